//! What a Provenance looks like when it leaves.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use fhir_wire::{
    CodeableConcept, Coding, Extension, ExtensionValue, Identifier, Provenance, ProvenanceSource, Reference,
    Software, WireError, provenance,
};

fn value() -> Provenance<'static> {
    Provenance {
        id: "a1-provenance".into(),
        target: vec![Reference::literal("RiskAssessment/a1/_history/1")],
        occurred_date_time: "2026-11-22T23:59:59Z".into(),
        recorded: "2026-11-23T08:00:00.5Z".into(),
        activity: CodeableConcept::coded(Coding {
            system: Some("http://terminology.hl7.org/CodeSystem/v3-DataOperation".into()),
            code: "CREATE".into(),
            display: None,
        }),
        software: Software { name: "Spinemet".into(), versions: vec![("engine".into(), "0.1.0".into())] },
        requester: Some(Reference::logical(Identifier { system: None, value: "ehr".into() })),
        source: vec![ProvenanceSource {
            what: Reference::literal("Observation/o1/_history/3"),
            extension: vec![Extension::value(
                "https://example.org/digest",
                ExtensionValue::String("00ff".into()),
            )],
        }],
    }
}

#[test]
fn every_element_reaches_its_place() {
    let expected = concat!(
        r#"{"resourceType":"Provenance","id":"a1-provenance","contained":[{"resourceType":"Device","id":"software","#,
        r#""modelNumber":"Spinemet","version":[{"type":{"text":"engine"},"value":"0.1.0"}]}],"#,
        r#""target":[{"reference":"RiskAssessment/a1/_history/1"}],"occurredDateTime":"2026-11-22T23:59:59Z","#,
        r#""recorded":"2026-11-23T08:00:00.5Z","activity":{"coding":[{"system":"#,
        r#""http://terminology.hl7.org/CodeSystem/v3-DataOperation","code":"CREATE"}]},"#,
        r#""agent":[{"type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/provenance-participant-type","#,
        r##""code":"assembler"}]},"who":{"reference":"#software"}},"##,
        r#"{"type":{"text":"requester"},"who":{"identifier":{"value":"ehr"}}}],"#,
        r#""entity":[{"extension":[{"url":"https://example.org/digest","valueString":"00ff"}],"#,
        r#""role":"source","what":{"reference":"Observation/o1/_history/3"}}]}"#,
    );
    assert_eq!(String::from_utf8(provenance(&value()).unwrap()).unwrap(), expected);
}

#[test]
fn what_fhir_does_not_allow_is_refused_by_its_element() {
    let missing = |element: &str| Err(WireError::Missing { element: element.to_owned() });
    let without_target = Provenance { target: Vec::new(), ..value() };
    assert_eq!(provenance(&without_target), missing("Provenance.target"));
    let without_name =
        Provenance { software: Software { name: " ".into(), versions: Vec::new() }, ..value() };
    assert_eq!(provenance(&without_name), missing("Provenance.contained[0].modelNumber"));
    let nobody = Provenance { requester: Some(Reference::default()), ..value() };
    assert_eq!(provenance(&nobody), missing("Provenance.agent[1].who"));
    let element = "Provenance.recorded".to_owned();
    let undated = Provenance { recorded: "2026-11-23".into(), ..value() };
    assert_eq!(provenance(&undated), Err(WireError::Malformed { element, data_type: "instant" }));
}
