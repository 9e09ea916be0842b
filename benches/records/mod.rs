//! The records that benches send.

use serde_json::Value;

/// The resources of the complete example patient.
pub fn example() -> Vec<Value> {
    let text = include_str!("../../examples/breast-t12.json");
    let bundle: Value = serde_json::from_str(text).expect("the example is JSON");
    bundle["entry"].as_array().expect("entries").iter().map(|entry| entry["resource"].clone()).collect()
}

/// The resources of the public CDS Hooks request in `../shared`, without its Patient: the record is the example patient's.
pub fn public_patient() -> Option<Vec<Value>> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/patient-view-187-resources.json");
    let request: Value = serde_json::from_slice(&std::fs::read(path).ok()?).ok()?;
    let mut resources = Vec::new();
    for value in request["prefetch"].as_object()?.values() {
        match value["entry"].as_array() {
            Some(entries) => resources.extend(entries.iter().map(|entry| entry["resource"].clone())),
            None => resources.push(value.clone()),
        }
    }
    resources.retain(|resource| resource["resourceType"] != "Patient");
    Some(resources)
}
