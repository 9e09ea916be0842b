//! What a suggestion offers to create is complete, a draft, and says what it was given.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

use fhir_wire::{CodeableConcept, Coding, Reference, ServiceRequest, Task, WireError, service_request, task};
use serde_json::{Value, json};

fn order() -> ServiceRequest<'static> {
    ServiceRequest {
        category: vec![CodeableConcept::coded(Coding::new("http://snomed.info/sct", "363679005", "Imaging"))],
        priority: Some("urgent".into()),
        code: CodeableConcept::coded(Coding::new("http://snomed.info/sct", "241645008", "MRI of spine")),
        subject: Reference::literal("Patient/1"),
        encounter: Some(Reference::literal("Encounter/2")),
        authored_on: "2026-11-22T08:00:00Z".into(),
        reason_code: vec![CodeableConcept::text("grade the compression")],
        body_site: vec![CodeableConcept::text("T12")],
        note: vec!["axial T2".into()],
    }
}

#[test]
fn an_order_is_written_whole_and_as_a_draft() {
    let written: Value = serde_json::from_slice(&service_request(&order()).unwrap()).unwrap();
    assert_eq!(
        written,
        json!({
            "resourceType": "ServiceRequest", "status": "draft", "intent": "proposal",
            "category": [{"coding": [{"system": "http://snomed.info/sct", "code": "363679005", "display": "Imaging"}]}],
            "priority": "urgent",
            "code": {"coding": [{"system": "http://snomed.info/sct", "code": "241645008", "display": "MRI of spine"}]},
            "subject": {"reference": "Patient/1"}, "encounter": {"reference": "Encounter/2"},
            "authoredOn": "2026-11-22T08:00:00Z", "reasonCode": [{"text": "grade the compression"}],
            "bodySite": [{"text": "T12"}], "note": [{"text": "axial T2"}]
        })
    );
}

#[test]
fn a_task_is_written_whole_and_as_a_draft() {
    let value = Task {
        code: CodeableConcept::text("record a finding"),
        description: "Record the ESCC grade".into(),
        patient: Reference::literal("Patient/1"),
        encounter: None,
        authored_on: "2026-11-22".into(),
        reason_code: Some(CodeableConcept::text("CN-2.4-HOW")),
    };
    let written: Value = serde_json::from_slice(&task(&value).unwrap()).unwrap();
    assert_eq!(
        written,
        json!({
            "resourceType": "Task", "status": "draft", "intent": "proposal", "code": {"text": "record a finding"},
            "description": "Record the ESCC grade", "for": {"reference": "Patient/1"},
            "authoredOn": "2026-11-22", "reasonCode": {"text": "CN-2.4-HOW"}
        })
    );
}

#[test]
fn what_fhir_would_not_allow_does_not_leave() {
    let refused = |order: &ServiceRequest<'_>| match service_request(order).unwrap_err() {
        WireError::Missing { element }
        | WireError::Malformed { element, .. }
        | WireError::Inconsistent { element, .. } => element,
        WireError::Serializer(text) => panic!("left to fhirbolt: {text}"),
    };
    let undated = ServiceRequest { authored_on: "yesterday".into(), ..order() };
    assert_eq!(refused(&undated), "ServiceRequest.authoredOn");
    let blank = ServiceRequest { priority: Some(" ".into()), ..order() };
    assert_eq!(refused(&blank), "ServiceRequest.priority");
    let mute = ServiceRequest { note: vec!["  ".into()], ..order() };
    assert_eq!(refused(&mute), "ServiceRequest.note[0].text");
    let nothing = ServiceRequest { code: CodeableConcept::default(), ..order() };
    assert_eq!(refused(&nothing), "ServiceRequest.code");
}
