//! One stored body serves each release and version: only `meta` is put in.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

mod support;

use fhir_wire::{IssueSeverity, IssueType, OperationOutcome, OutcomeIssue};
use fhir_wire::{Meta, WireError, operation_outcome, risk_assessment, with_meta};
use fhirbolt::{model::r4::resources, model::r4::types, serde::json as fhirbolt_json};
use support::realistic;

fn meta() -> Meta<'static> {
    Meta {
        version_id: Some("3".into()),
        last_updated: Some("2026-05-04T10:00:00.123Z".into()),
        profile: vec!["https://spinemet.org/fhir/StructureDefinition/spinemet-risk-assessment".into()],
    }
}

/// The same body by fhirbolt's own hand.
#[test]
fn the_result_is_what_fhirbolt_would_have_written() {
    let by_fhirbolt = |meta: Option<types::Meta>| {
        let assessment = resources::RiskAssessment {
            id: Some("a1".into()),
            meta: meta.map(Box::new),
            status: "final".into(),
            method: Some(Box::new(types::CodeableConcept {
                coding: vec![types::Coding {
                    system: Some(support::INSTRUMENT.into()),
                    code: Some("sins-2010".into()),
                    display: Some("Spinal Instability Neoplastic Score (SINS, 2010)".into()),
                    ..types::Coding::default()
                }],
                ..types::CodeableConcept::default()
            })),
            code: Some(Box::new(types::CodeableConcept {
                text: Some("Spinal instability".into()),
                ..types::CodeableConcept::default()
            })),
            subject: Box::new(types::Reference {
                reference: Some("Patient/1".into()),
                ..types::Reference::default()
            }),
            occurrence: Some(resources::RiskAssessmentOccurrence::DateTime(
                "2026-05-04T10:00:00+08:00".into(),
            )),
            ..resources::RiskAssessment::default()
        };
        let mut body = Vec::new();
        fhirbolt_json::to_writer(&mut body, &assessment, None).unwrap();
        String::from_utf8(body).unwrap()
    };
    let body = risk_assessment(&support::minimal()).unwrap();
    assert_eq!(by_fhirbolt(None).as_bytes(), body);
    let expected = by_fhirbolt(Some(types::Meta {
        version_id: Some("3".into()),
        last_updated: Some("2026-05-04T10:00:00.123Z".into()),
        profile: vec!["https://spinemet.org/fhir/StructureDefinition/spinemet-risk-assessment".into()],
        ..types::Meta::default()
    }));
    assert_eq!(String::from_utf8(with_meta(&body, &meta()).unwrap()).unwrap(), expected);
}

#[test]
fn meta_stands_between_the_id_and_the_rest() {
    let body = risk_assessment(&realistic()).unwrap();
    let written = String::from_utf8(with_meta(&body, &meta()).unwrap()).unwrap();
    let inserted = concat!(
        r#","meta":{"versionId":"3","lastUpdated":"2026-05-04T10:00:00.123Z","#,
        r#""profile":["https://spinemet.org/fhir/StructureDefinition/spinemet-risk-assessment"]}"#,
    );
    assert!(
        written.starts_with(&format!(r#"{{"resourceType":"RiskAssessment","id":"a1"{inserted},"language""#))
    );
    assert_eq!(written.replacen(inserted, "", 1).as_bytes(), body);
}

#[test]
fn a_body_without_an_id_takes_meta_after_its_type() {
    let issue = OutcomeIssue {
        severity: IssueSeverity::Information,
        code: IssueType::Informational,
        details: None,
        diagnostics: None,
        expression: Vec::new(),
    };
    let body = operation_outcome(&OperationOutcome { narrative: None, issues: vec![issue] }).unwrap();
    let written = with_meta(&body, &Meta { version_id: Some("1".into()), ..Meta::default() }).unwrap();
    let start = br#"{"resourceType":"OperationOutcome","meta":{"versionId":"1"},"issue":["#;
    assert!(written.starts_with(start));
}

#[test]
fn what_does_not_fit_is_refused() {
    let body = risk_assessment(&support::minimal()).unwrap();
    let once = with_meta(&body, &meta()).unwrap();
    assert!(matches!(with_meta(&once, &meta()), Err(WireError::Inconsistent { .. })));
    assert_eq!(with_meta(&body, &Meta::default()), Err(WireError::Missing { element: "meta".into() }));
    for text in ["", "{}", "[]", r#"{"id":"1"}"#, r#"{"resourceType":"A"#, r#"{"resourceType":"A","id":"1"#] {
        assert!(with_meta(text.as_bytes(), &meta()).is_err(), "{text}");
    }
    let day = Meta { last_updated: Some("2026-05-04".into()), ..Meta::default() };
    let refused = with_meta(&body, &day).unwrap_err().to_string();
    assert_eq!(refused, "meta.lastUpdated is not a valid instant");
    let version = Meta { version_id: Some("1\"".into()), ..Meta::default() };
    assert_eq!(with_meta(&body, &version).unwrap_err().to_string(), "meta.versionId is not a valid id");
}
