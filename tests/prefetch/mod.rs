//! Prefetches for tests: the sample patient as an EHR would send it, and patients drawn at random.

#![allow(dead_code, reason = "each test file uses its own part")]

use serde_json::{Value, json};

use crate::records::example;

/// What discovery asks for.
pub const KEYS: [&str; 9] = [
    "conditions",
    "encounters",
    "exams",
    "findings",
    "laboratory",
    "medications",
    "patient",
    "procedures",
    "serviceRequests",
];

pub const PATIENT: &str = "breast-t12";

/// A patient-view request with a prefetch.
pub fn request(prefetch: &Value) -> Value {
    request_with(prefetch, &json!({}))
}

/// The same with further members.
pub fn request_with(prefetch: &Value, members: &Value) -> Value {
    let mut request = json!({
        "hook": "patient-view",
        "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
        "context": {"userId": "Practitioner/example", "patientId": PATIENT},
        "prefetch": prefetch,
    });
    for (name, value) in members.as_object().unwrap() {
        request[name] = value.clone();
    }
    request
}

/// A searchset as a server sends it.
pub fn searchset(resources: &[Value]) -> Value {
    let entries: Vec<Value> =
        resources.iter().map(|resource| json!({"resource": resource, "search": {"mode": "match"}})).collect();
    if entries.is_empty() {
        return json!({"resourceType": "Bundle", "type": "searchset", "total": 0});
    }
    json!({"resourceType": "Bundle", "type": "searchset", "total": entries.len(), "entry": entries})
}

/// The sample patient's Patient resource.
pub fn patient() -> Value {
    of_sample(|resource| resource["resourceType"] == "Patient").remove(0)
}

/// The complete sample patient, sorted into the keys as the searches would.
pub fn breast() -> Value {
    let has_code = |resource: &Value| resource["code"].get("coding").is_some();
    json!({
        "patient": patient(),
        "conditions": searchset(&of_sample(|resource| resource["resourceType"] == "Condition")),
        "findings": searchset(&of_sample(|resource| resource["resourceType"] == "Observation" && has_code(resource))),
        "exams": searchset(&of_sample(|resource| resource["resourceType"] == "Observation" && !has_code(resource))),
        "procedures": null, "serviceRequests": null, "medications": null, "laboratory": null, "administrations": null,
        "encounters": null,
    })
}

pub fn of_sample(is_wanted: impl Fn(&Value) -> bool) -> Vec<Value> {
    let sample = example("breast-t12.json");
    let resources = sample["entry"].as_array().unwrap().iter().map(|entry| entry["resource"].clone());
    resources.filter(is_wanted).collect()
}

/// A patient with some of the findings at some levels, by a number.
pub fn random(seed: u64) -> Value {
    let mut dice = Dice::new(seed);
    let mut prefetch = breast();
    let levels = ["C3", "C7", "T1", "T5", "T12", "L1", "L4", "S2"];
    let mut exams = Vec::new();
    for level in levels.iter().take(dice.up_to(levels.len() as u64 + 1)) {
        let answers = [
            ("escc-grade", vec!["escc-0", "escc-1a", "escc-1b", "escc-1c", "escc-2", "escc-3"]),
            ("sins-pain", vec!["pain-mechanical", "pain-occasional", "pain-none"]),
            ("sins-lesion", vec!["lesion-lytic", "lesion-mixed", "lesion-blastic"]),
            ("sins-alignment", vec!["alignment-subluxation", "alignment-deformity", "alignment-normal"]),
            ("sins-collapse", vec!["collapse-over-50", "collapse-under-50", "collapse-none"]),
            ("sins-posterolateral", vec!["posterolateral-bilateral", "posterolateral-none"]),
        ];
        for (question, values) in answers {
            if dice.up_to(3) > 0 {
                let value = values[dice.up_to(values.len() as u64)];
                exams.push(finding(&format!("{question}-{level}"), question, value, Some(level)));
            }
        }
    }
    let frankel = ["frankel-a", "frankel-c", "frankel-d", "frankel-e"];
    exams.push(finding("frankel", "frankel-grade", frankel[dice.up_to(4)], None));
    for key in ["conditions", "findings"] {
        let entries = prefetch[key]["entry"].as_array_mut().unwrap();
        entries.retain(|_| dice.up_to(2) > 0);
        let count = entries.len();
        prefetch[key]["total"] = json!(count);
    }
    match dice.up_to(4) {
        0 => prefetch["exams"] = Value::Null,
        1 => drop(prefetch.as_object_mut().unwrap().remove("findings")),
        _ => prefetch["exams"] = searchset(&exams),
    }
    prefetch
}

pub fn finding(id: &str, question: &str, value: &str, level: Option<&str>) -> Value {
    let coded = |code: &str| json!({"coding": [{"system": "https://spinemet.org/fhir/CodeSystem/finding", "code": code}]});
    let mut finding = json!({
        "resourceType": "Observation", "id": id, "status": "final", "code": coded(question),
        "subject": {"reference": format!("Patient/{PATIENT}")}, "effectiveDateTime": "2026-11-21",
        "valueCodeableConcept": coded(value),
    });
    if let Some(level) = level {
        finding["bodySite"] = json!({"text": level});
    }
    finding
}

/// A small generator of numbers: the same for the same seed.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `sides`.
    pub fn up_to(&mut self, sides: u64) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from((self.0 >> 16) % sides).unwrap()
    }
}
