//! Whatever an EHR sends: a refusal, or an answer that keeps to CDS Hooks, and never a failure of ours.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may fail loudly"
)]

mod hooks;
mod prefetch;
mod records;
mod schema;

use std::collections::BTreeMap;

use prefetch::Dice;
use serde_json::{Value, json};
use spinemet::cds_hooks::{CdsError, Service};
use spinemet::language::Language;

/// How often each request is changed.
const CHANGES: u64 = 60;

/// The requests of the recorded conversations of a hook.
fn requests(hook: &str) -> Vec<(String, Value)> {
    let directory = format!("{}/tests/data/cds_hooks/{hook}", env!("CARGO_MANIFEST_DIR"));
    let files = std::fs::read_dir(directory).unwrap().map(|file| file.unwrap().path());
    let mut requests: Vec<(String, Value)> = files
        .map(|path| {
            let conversation: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
            (path.display().to_string(), conversation["request"].clone())
        })
        .collect();
    requests.sort_by(|one, other| one.0.cmp(&other.0));
    requests
}

/// What stands at a place instead: nothing, something empty, something of another type, something out of range.
fn others() -> [Value; 16] {
    [
        Value::Null,
        json!([]),
        json!({}),
        json!(""),
        json!(" "),
        json!(7),
        json!(-1.5e300),
        json!(true),
        json!([null]),
        json!([[]]),
        json!({"a": null, "": {}}),
        json!("9999-99-99"),
        json!("\u{202e}<script>|`"),
        json!("x".repeat(3000)),
        json!({"resourceType": "Bundle", "entry": [null, {}, {"resource": null}, {"resource": {"resourceType": 3}}]}),
        json!({"resourceType": "OperationOutcome"}),
    ]
}

/// Changes a request at one to three places; members are left out as well.
fn changed(request: &Value, places: &[String], dice: &mut Dice) -> Value {
    let mut changed = request.clone();
    let others = others();
    for _ in 0..=dice.up_to(3) {
        let place = &places[dice.up_to(places.len() as u64)];
        let Some((parent, name)) = place.rsplit_once('/') else { continue };
        if dice.up_to(5) == 0
            && let Some(members) = changed.pointer_mut(parent).and_then(Value::as_object_mut)
        {
            members.remove(name);
        } else if let Some(value) = changed.pointer_mut(place) {
            *value = others[dice.up_to(others.len() as u64)].clone();
        }
    }
    changed
}

#[test]
fn no_request_of_any_hook_makes_an_answer_with_something_empty_in_it() {
    let mut outcomes: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    let mut seed = 0;
    for service in Service::ALL {
        let hook = service.hook().name();
        for (name, request) in requests(hook) {
            let mut places = Vec::new();
            hooks::places(&request, "", &mut places);
            for _ in 0..CHANGES {
                seed += 1;
                let mut dice = Dice::new(seed);
                let language = Language::ALL[dice.up_to(2)];
                let body = changed(&request, &places, &mut dice);
                // `respond` holds each answer to the schema and looks for what is null or empty.
                let outcome = match hooks::respond(service.id(), &body, language) {
                    Ok(answer) if answer["cards"] == json!([]) => "silent",
                    Ok(_) => "cards",
                    Err(CdsError::Malformed(issues) | CdsError::MissingData(issues)) => {
                        assert!(!issues.is_empty(), "{name} changed with {seed}: refused without a reason");
                        "refused"
                    }
                    Err(error) => panic!("{name} changed with {seed}: {error}"),
                };
                *outcomes.entry((hook, outcome)).or_default() += 1;
            }
        }
    }
    println!("{outcomes:#?}");
    for service in Service::ALL {
        for outcome in ["silent", "cards", "refused"] {
            let hook = service.hook().name();
            assert!(outcomes.contains_key(&(hook, outcome)), "no change of a request made {hook} {outcome}");
        }
    }
}
