//! What does mapping cost, as records grow and as a hospital adds rules?
//!
//! Measures, in turn, on the same bytes: parsing to `serde_json::Value`; reading and mapping (from the bytes to the
//! facts); mapping alone. Once for bundles of growing size, where the time a resource must stay the same; and once for a
//! growing number of rules of the site, where the time of the whole must stay the same. One resource in four is one that
//! a rule knows, by code or in words. Prints medians.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    reason = "a bench may fail loudly, and its sizes are small"
)]

use std::fmt::Write;
use std::hint::black_box;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use spinemet::fhir::Record;
use spinemet::mapping::{Form, Layer, MappingSet, MappingSource};

/// Rounds of each measurement; each round runs every contender once, so that a drifting machine drifts for all.
const ROUNDS: usize = 15;

fn main() {
    println!(
        "{:>9} {:>10} {:>7} {:>10} {:>12} {:>10} {:>14} {:>18}",
        "resources",
        "bytes",
        "rules",
        "Value ms",
        "read+map ms",
        "map ms",
        "map us/resource",
        "(read+map)/Value"
    );
    let shipped = set(0);
    for resources in [500, 1_000, 5_000, 10_000] {
        measure(&shipped, &body(resources));
    }
    println!();
    let large = body(5_000);
    for added in [0, 1_000, 10_000] {
        measure(&set(added), &large);
    }
}

fn measure(set: &MappingSet, body: &[u8]) {
    let record = Record::read(body).expect("a record");
    let mut times: [Vec<Duration>; 3] = Default::default();
    for _ in 0..ROUNDS {
        times[0].push(time(|| serde_json::from_slice::<Value>(body).expect("JSON")));
        times[1].push(time(|| set.map(&Record::read(body).expect("a record"))));
        times[2].push(time(|| set.map(&record)));
    }
    let [value, whole, map] = times.map(|mut times| {
        times.sort_unstable();
        times[ROUNDS / 2].as_secs_f64() * 1_000.0
    });
    println!(
        "{:>9} {:>10} {:>7} {value:>10.2} {whole:>12.2} {map:>10.2} {:>14.2} {:>18.2}",
        record.resources.len(),
        body.len(),
        set.rule_count(),
        map * 1_000.0 / record.resources.len() as f64,
        whole / value,
    );
}

fn time<T>(run: impl Fn() -> T) -> Duration {
    let start = Instant::now();
    black_box(run());
    start.elapsed()
}

/// The program's files, and so many rules of a site, each with a code, words, coded and worded answers.
fn set(added: usize) -> MappingSet {
    let mut text =
        String::from("topic = \"bench\"\n[system]\nlocal = [\"https://hospital.example/codes\"]\n");
    for number in 0..added {
        let _ = write!(
            text,
            "[[rule]]\nid = \"r{number}\"\ninput = \"karnofsky\"\nquestion = [\"local|Q{number}\"]\n\
             question_text = [\"ward question {number}\"]\nnumber = {{ unit = [\"\"] }}\n\
             answer = [{{ value = \"80\", code = [\"local|A{number}\"], text = [\"answer {number}\"] }}]\n"
        );
    }
    let mut sources = MappingSource::embedded();
    sources.push(MappingSource { name: "bench.toml".to_owned(), text, layer: Layer::Site, form: Form::Toml });
    MappingSet::compile(&sources).expect("the files are sound")
}

/// A Bundle with so many resources.
fn body(resources: usize) -> Vec<u8> {
    let observation = |index: usize, code: Value, value: Value| {
        json!({
            "resourceType": "Observation", "id": format!("o{index}"), "status": "final",
            "category": [{ "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/observation-category",
                "code": "laboratory", "display": "Laboratory" }] }],
            "subject": { "reference": "Patient/p" }, "encounter": { "reference": format!("Encounter/{index}") },
            "effectiveDateTime": "2026-11-20T09:30:00+08:00", "issued": "2026-11-20T10:00:00+08:00",
            "code": code, "valueQuantity": value,
            "performer": [{ "reference": "Practitioner/1", "display": "A practitioner" }],
        })
    };
    let loinc = |code: &str, words: &str| json!({ "coding": [{ "system": "http://loinc.org", "code": code, "display": words }], "text": words });
    let percent = || json!({ "value": 80, "unit": "%", "system": "http://unitsofmeasure.org", "code": "%" });
    let per_minute =
        || json!({ "value": 72, "unit": "/min", "system": "http://unitsofmeasure.org", "code": "/min" });
    let entries = (1..resources).map(|index| match index % 8 {
        0 => observation(index, loinc("89243-0", "Karnofsky Performance Status score"), percent()),
        1 => observation(index, json!({ "text": "KPS评分" }), json!({ "value": 80, "unit": "分" })),
        2 => {
            observation(index, json!({ "text": "Some finding of the ward that nobody asked for" }), percent())
        }
        _ => observation(index, loinc("8867-4", "Heart rate"), per_minute()),
    });
    let patient = json!({ "resourceType": "Patient", "id": "p", "birthDate": "1960-01-01" });
    let entries: Vec<Value> =
        std::iter::once(patient).chain(entries).map(|resource| json!({ "resource": resource })).collect();
    let bundle = json!({ "resourceType": "Bundle", "type": "collection", "entry": entries });
    serde_json::to_vec(&bundle).expect("JSON")
}
