//! Orders for tests, and records to look at them beside.

#![allow(dead_code, missing_docs, reason = "each test file uses its own part")]

use serde_json::{Value, json};

use crate::prefetch::{PATIENT, breast, finding, searchset};

pub const SCT: &str = "http://snomed.info/sct";

fn subject() -> Value {
    json!({"reference": format!("Patient/{PATIENT}")})
}

/// A draft order of a procedure or of imaging, by its words or `system|code`.
pub fn service_request(id: &str, what: &str, date: Option<&str>, level: Option<&str>) -> Value {
    let mut order = json!({
        "resourceType": "ServiceRequest", "id": id, "status": "draft", "intent": "order",
        "code": concept(what), "subject": subject(),
    });
    if let Some(date) = date {
        order["occurrenceDateTime"] = json!(date);
    }
    if let Some(level) = level {
        order["bodySite"] = json!([{"text": level}]);
    }
    order
}

/// A draft prescription.
pub fn prescription(id: &str, drug: &str, start: Option<&str>, end: Option<&str>) -> Value {
    let mut order = json!({
        "resourceType": "MedicationRequest", "id": id, "status": "draft", "intent": "order",
        "medicationCodeableConcept": concept(drug), "subject": subject(), "authoredOn": "2026-11-22",
    });
    let bounds: serde_json::Map<String, Value> = [("start", start), ("end", end)]
        .into_iter()
        .filter_map(|(name, date)| Some((name.to_owned(), json!(date?))))
        .collect();
    if !bounds.is_empty() {
        order["dosageInstruction"] =
            json!([{"text": "as usual", "timing": {"repeat": {"boundsPeriod": bounds}}}]);
    }
    order
}

pub fn concept(what: &str) -> Value {
    match what.split_once('|') {
        Some((system, code)) => json!({"coding": [{"system": system, "code": code}]}),
        None => json!({"text": what}),
    }
}

/// A procedure that was done, or an order of one that stands.
pub fn done(id: &str, what: &str, date: &str) -> Value {
    json!({
        "resourceType": "Procedure", "id": id, "status": "completed", "code": concept(what), "subject": subject(),
        "performedDateTime": date,
    })
}

pub fn planned(id: &str, what: &str, date: &str) -> Value {
    json!({
        "resourceType": "ServiceRequest", "id": id, "status": "active", "intent": "order", "code": concept(what),
        "subject": subject(), "occurrenceDateTime": date,
    })
}

/// A dose that was given.
pub fn given(id: &str, drug: &str, date: &str) -> Value {
    json!({
        "resourceType": "MedicationAdministration", "id": id, "status": "completed",
        "medicationCodeableConcept": concept(drug), "subject": subject(), "effectiveDateTime": date,
    })
}

/// An answer to one of our questions.
pub fn answered(question: &str, answer: &str, level: Option<&str>) -> Value {
    finding(&format!("{question}-1"), question, answer, level)
}

/// The sample patient with further resources, whatever key they would come under.
pub fn record(further: &[Value]) -> Value {
    let mut prefetch = breast();
    prefetch["procedures"] = searchset(further);
    prefetch
}

/// A call about draft orders.
pub fn signing(drafts: &[Value], prefetch: &Value) -> Value {
    call("order-sign", &json!({"draftOrders": crate::records::bundle(drafts)}), prefetch)
}

pub fn call(hook: &str, context: &Value, prefetch: &Value) -> Value {
    let mut request = json!({
        "hook": hook,
        "hookInstance": "0b0f8e7e-6c5a-4f3c-9d7a-2f6a3a6f3c11",
        "context": {"userId": "Practitioner/example", "patientId": PATIENT, "encounterId": "enc-1"},
        "prefetch": prefetch,
    });
    for (name, value) in context.as_object().unwrap() {
        request["context"][name] = value.clone();
    }
    request
}
