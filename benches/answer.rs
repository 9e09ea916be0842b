//! What does a whole answer cost beside merely parsing its request?
//!
//! Measures, in one run and in turn, on the same bytes:
//! * `Value`: parsing to `serde_json::Value`, the least that a service without a reading model does;
//! * `lean`: reading the record one level deep;
//! * `whole`: the whole way, reading, mapping, assessing, rendering every RiskAssessment and the Bundle around them.
//!
//! Two bodies: a complete spinal-metastasis record among the 187 resources of a public patient (from `../shared`, else
//! among as many made-up ones), and the same record among 5,000 resources. Prints medians and ratios.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    reason = "a bench may fail loudly, and its sizes are small"
)]

mod records;

use std::hint::black_box;
use std::time::{Duration, Instant};

use fhir_wire::{Bundle, BundleEntry, BundleType};
use serde_json::{Value, json};
use spinemet::assess::{Assessor, Request};
use spinemet::fhir::{FhirVersion, Record};
use spinemet::language::Language;

/// Rounds of each measurement; each round runs every contender once, so that a drifting machine drifts for all.
const ROUNDS: usize = 15;

fn main() {
    let assessor = Assessor::new(None).expect("the embedded files are sound");
    let patient = records::example();
    let bystanders = records::public_patient().unwrap_or_else(|| {
        println!("../shared is not there: bystanders are made up");
        made_up(187)
    });
    println!(
        "{:<28} {:>9} {:>10} {:>10} {:>10} {:>12} {:>12}",
        "body", "resources", "bytes", "Value ms", "lean ms", "whole ms", "whole/Value"
    );
    let small = body(&patient, &bystanders);
    let small_whole = measure("a patient's record", &assessor, &small);
    let many: Vec<Value> = (0..5_000_usize.saturating_sub(patient.len()))
        .map(|index| renamed(&bystanders[index % bystanders.len()], index))
        .collect();
    let large = body(&patient, &many);
    let large_whole = measure("5,000 resources", &assessor, &large);
    let per_byte = |whole: Duration, bytes: usize| whole.as_secs_f64() / bytes as f64;
    let growth = per_byte(large_whole, large.len()) / per_byte(small_whole, small.len());
    println!("cost per byte, large over small: {growth:.2} (1 is linear growth, less is better)");
}

/// Measures one body and prints its row. Returns the median of the whole way.
fn measure(name: &str, assessor: &Assessor, body: &[u8]) -> Duration {
    let repeats = (4_000_000 / body.len()).max(1);
    let request = Request {
        body,
        version: FhirVersion::R4,
        tenant: "bench",
        language: Language::English,
        as_of: "2026-11-22T00:00:00Z".parse().expect("an instant"),
    };
    let mut times: [Vec<Duration>; 3] = Default::default();
    for _ in 0..ROUNDS {
        times[0].push(time(repeats, || serde_json::from_slice::<Value>(body).expect("JSON")));
        times[1].push(time(repeats, || {
            Record::read(body).map(|record| record.resources.len()).expect("a record")
        }));
        times[2].push(time(repeats, || answer(assessor, &request)));
    }
    let [value, lean, whole] = times.map(|mut times| {
        times.sort_unstable();
        times[ROUNDS / 2]
    });
    let milliseconds = |time: Duration| time.as_secs_f64() * 1_000.0;
    println!(
        "{name:<28} {:>9} {:>10} {:>10.3} {:>10.3} {:>12.3} {:>12.2}",
        Record::read(body).map_or(0, |record| record.resources.len()),
        body.len(),
        milliseconds(value),
        milliseconds(lean),
        milliseconds(whole),
        whole.as_secs_f64() / value.as_secs_f64(),
    );
    whole
}

fn time<T>(repeats: usize, mut work: impl FnMut() -> T) -> Duration {
    let start = Instant::now();
    for _ in 0..repeats {
        black_box(work());
    }
    start.elapsed() / u32::try_from(repeats).expect("few repeats")
}

/// From the bytes of the request to the bytes of the answer.
fn answer(assessor: &Assessor, request: &Request<'_>) -> Vec<u8> {
    let answer = assessor.assess(request).expect("an answer");
    assert!(
        answer.resources.len() >= 5,
        "a complete record gives Tomita, Tokuhashi, SINS, ESCC and guidance"
    );
    let entries: Vec<BundleEntry<'_>> = answer
        .resources
        .iter()
        .map(|resource| BundleEntry { resource: Some(&resource.body), ..BundleEntry::default() })
        .collect();
    fhir_wire::bundle(&Bundle { entry: entries, ..Bundle::new(BundleType::Collection) }).expect("a Bundle")
}

fn made_up(count: usize) -> Vec<Value> {
    (0..count)
        .map(|index| {
            json!({
                "resourceType": "Observation", "id": format!("lab-{index}"), "status": "final",
                "category": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "laboratory"}]}],
                "code": {"coding": [{"system": "http://loinc.org", "code": "718-7", "display": "Hemoglobin [Mass/volume] in Blood"}]},
                "effectiveDateTime": "2026-11-20T08:00:00Z", "issued": "2026-11-20T09:00:00Z",
                "valueQuantity": {"value": 12.5, "unit": "g/dL", "system": "http://unitsofmeasure.org", "code": "g/dL"}
            })
        })
        .collect()
}

fn renamed(resource: &Value, index: usize) -> Value {
    let mut copy = resource.clone();
    copy["id"] = json!(format!("copy-{index}"));
    copy
}

/// A collection of the example patient's resources and the bystanders, which become theirs.
fn body(patient: &[Value], bystanders: &[Value]) -> Vec<u8> {
    let subject = patient
        .iter()
        .find(|resource| resource["resourceType"] == "Patient")
        .map(|resource| format!("Patient/{}", resource["id"].as_str().expect("an id")))
        .expect("a Patient");
    let entries: Vec<Value> = patient
        .iter()
        .cloned()
        .chain(bystanders.iter().map(|resource| {
            let mut resource = resource.clone();
            if resource.get("subject").is_some() {
                resource["subject"] = json!({ "reference": subject });
            }
            resource
        }))
        .map(|resource| json!({ "resource": resource }))
        .collect();
    serde_json::to_vec(&json!({ "resourceType": "Bundle", "type": "collection", "entry": entries }))
        .expect("JSON")
}
