//! What an AuditEvent looks like when it leaves.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use fhir_wire::{
    AuditAction, AuditEntity, AuditEvent, AuditOutcome, Coding, Reference, WireError, audit_event,
};

fn value() -> AuditEvent<'static> {
    AuditEvent {
        id: "e1".into(),
        kind: Coding::new(
            "http://terminology.hl7.org/CodeSystem/audit-event-type",
            "rest",
            "RESTful Operation",
        ),
        subtype: Coding::new("http://hl7.org/fhir/restful-interaction", "search-type", "search-type"),
        action: AuditAction::Execute,
        recorded: "2026-11-23T08:00:00Z".into(),
        outcome: AuditOutcome::MinorFailure,
        who: Reference::display("ehr"),
        address: Some("192.0.2.1".into()),
        observer: Reference::display("Spinemet"),
        entity: vec![AuditEntity {
            what: Some(Reference::literal("Patient/p1")),
            kind: Coding::new("http://terminology.hl7.org/CodeSystem/audit-entity-type", "1", "Person"),
            role: Some(Coding::new("http://terminology.hl7.org/CodeSystem/object-role", "1", "Patient")),
            query_base64: Some("YT0x".into()),
        }],
    }
}

#[test]
fn every_element_reaches_its_place() {
    let expected = concat!(
        r#"{"resourceType":"AuditEvent","id":"e1","type":{"system":"http://terminology.hl7.org/CodeSystem/audit-event-type","#,
        r#""code":"rest","display":"RESTful Operation"},"subtype":[{"system":"http://hl7.org/fhir/restful-interaction","#,
        r#""code":"search-type","display":"search-type"}],"action":"E","recorded":"2026-11-23T08:00:00Z","outcome":"4","#,
        r#""agent":[{"who":{"display":"ehr"},"requestor":true,"network":{"address":"192.0.2.1","type":"2"}}],"#,
        r#""source":{"observer":{"display":"Spinemet"}},"entity":[{"what":{"reference":"Patient/p1"},"#,
        r#""type":{"system":"http://terminology.hl7.org/CodeSystem/audit-entity-type","code":"1","display":"Person"},"#,
        r#""role":{"system":"http://terminology.hl7.org/CodeSystem/object-role","code":"1","display":"Patient"},"#,
        r#""query":"YT0x"}]}"#,
    );
    assert_eq!(String::from_utf8(audit_event(&value()).unwrap()).unwrap(), expected);
}

#[test]
fn an_event_of_nobody_is_refused() {
    let element = "AuditEvent.agent[0].who".to_owned();
    let nobody = AuditEvent { who: Reference::default(), ..value() };
    assert_eq!(audit_event(&nobody), Err(WireError::Missing { element }));
}
