//! What a RiskAssessment looks like when it leaves, and what may not leave.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

mod support;

use fhir_wire::{
    CodeableConcept, Coding, Extension, ExtensionValue, Identifier, Prediction, Quantity, Range, Reference,
    RiskAssessment, WireError, risk_assessment,
};
use serde_json::{Value, json};
use support::{minimal, reachable_totals, realistic, score};

fn written(value: &RiskAssessment<'_>) -> Value {
    serde_json::from_slice(&risk_assessment(value).unwrap()).unwrap()
}

/// The element that the writer complains about.
fn refused(value: &RiskAssessment<'_>) -> String {
    match risk_assessment(value).unwrap_err() {
        WireError::Missing { element }
        | WireError::Malformed { element, .. }
        | WireError::Inconsistent { element, .. } => element,
        WireError::Serializer(text) => panic!("left to fhirbolt: {text}"),
    }
}

#[test]
fn the_smallest_one_is_written_byte_for_byte() {
    let expected = concat!(
        r#"{"resourceType":"RiskAssessment","id":"a1","status":"final","#,
        r#""method":{"coding":[{"system":"https://spinemet.org/fhir/CodeSystem/instrument","#,
        r#""code":"sins-2010","display":"Spinal Instability Neoplastic Score (SINS, 2010)"}]},"#,
        r#""code":{"text":"Spinal instability"},"#,
        r#""subject":{"reference":"Patient/1"},"occurrenceDateTime":"2026-05-04T10:00:00+08:00"}"#,
    );
    assert_eq!(String::from_utf8(risk_assessment(&minimal()).unwrap()).unwrap(), expected);
}

#[test]
fn every_element_reaches_its_place() {
    let body = written(&RiskAssessment {
        contained: vec![score()],
        basis: vec![Reference::literal("#score")],
        language: Some("en".into()),
        extension: vec![
            Extension::value("https://example.org/text", ExtensionValue::String("words".into())),
            reachable_totals(),
        ],
        subject: Reference {
            identifier: Some(Identifier { system: Some("urn:oid:1.2.3".into()), value: "A 17".into() }),
            display: Some("王某".into()),
            ..Reference::default()
        },
        condition: Some(Reference::literal("Condition/c")),
        performer: Some(Reference::display("Spinemet")),
        prediction: vec![Prediction {
            probability: Some("12.50".into()),
            qualitative_risk: Some(CodeableConcept::text("high")),
            when_range: Some(Range {
                low: None,
                high: Some(Quantity {
                    value: "6".into(),
                    unit: Some("months".into()),
                    ucum: Some("mo".into()),
                }),
            }),
            rationale: Some("because".into()),
            ..Prediction::new(CodeableConcept::text("fracture"))
        }],
        mitigation: Some("brace".into()),
        note: vec!["remark".into()],
        ..minimal()
    });
    let mut rest = body.clone();
    rest.as_object_mut().unwrap().shift_remove("contained");
    assert_eq!(
        rest,
        json!({
            "resourceType": "RiskAssessment",
            "id": "a1",
            "language": "en",
            "extension": [
                {"url": "https://example.org/text", "valueString": "words"},
                {"url": "https://spinemet.org/fhir/StructureDefinition/reachable-totals", "extension": [
                    {"url": "min", "valueInteger": 10},
                    {"url": "max", "valueInteger": 13},
                    {"url": "total", "valueInteger": 10},
                    {"url": "total", "valueInteger": 11},
                    {"url": "total", "valueInteger": 13},
                    {"url": "band", "valueCoding": {
                        "system": "https://spinemet.org/fhir/CodeSystem/band",
                        "code": "sins-potentially-unstable",
                        "display": "SINS 7-12: potentially unstable",
                    }},
                    {"url": "band", "valueCoding": {
                        "system": "https://spinemet.org/fhir/CodeSystem/band",
                        "code": "sins-unstable",
                        "display": "SINS 13-18: unstable",
                    }},
                ]},
            ],
            "status": "final",
            "method": {"coding": [{
                "system": "https://spinemet.org/fhir/CodeSystem/instrument",
                "code": "sins-2010",
                "display": "Spinal Instability Neoplastic Score (SINS, 2010)",
            }]},
            "code": {"text": "Spinal instability"},
            "subject": {"identifier": {"system": "urn:oid:1.2.3", "value": "A 17"}, "display": "王某"},
            "occurrenceDateTime": "2026-05-04T10:00:00+08:00",
            "condition": {"reference": "Condition/c"},
            "performer": {"display": "Spinemet"},
            "basis": [{"reference": "#score"}],
            "prediction": [{
                "outcome": {"text": "fracture"},
                "probabilityDecimal": serde_json::from_str::<Value>("12.50").unwrap(),
                "qualitativeRisk": {"text": "high"},
                "whenRange": {"high": {
                    "value": 6, "unit": "months", "system": "http://unitsofmeasure.org", "code": "mo",
                }},
                "rationale": "because",
            }],
            "mitigation": "brace",
            "note": [{"text": "remark"}],
        })
    );
}

#[test]
fn a_contained_score_keeps_numbers_and_reasons_apart() {
    let body = written(&RiskAssessment {
        contained: vec![score()],
        basis: vec![Reference::literal("#score")],
        ..minimal()
    });
    let observation = &body["contained"][0];
    assert_eq!(observation["resourceType"], "Observation");
    assert_eq!(observation["effectiveDateTime"], "2026-05-04");
    assert_eq!(observation["bodySite"]["text"], "T12");
    assert_eq!(observation["dataAbsentReason"]["coding"][0]["code"], "unknown");
    assert_eq!(observation.get("valueInteger"), None);
    let items = observation["component"].as_array().unwrap();
    assert_eq!(items.len(), 6);
    assert_eq!(
        items[0],
        json!({
            "extension": [{
                "url": "https://spinemet.org/fhir/StructureDefinition/reachable-points",
                "extension": [
                    {"url": "min", "valueInteger": 3},
                    {"url": "max", "valueInteger": 3},
                    {"url": "points", "valueInteger": 3},
                ],
            }],
            "code": {"coding": [{
                "system": "https://spinemet.org/fhir/CodeSystem/score-item",
                "code": "sins-location",
                "display": "SINS: location",
            }]},
            "valueInteger": 3,
        })
    );
    assert_eq!(items[5].get("valueInteger"), None);
    assert_eq!(items[5]["dataAbsentReason"]["coding"][0]["code"], "unknown");
}

/// The example that the outside validators see, too.
#[test]
fn a_realistic_one_is_the_example() {
    let body = String::from_utf8(risk_assessment(&realistic()).unwrap()).unwrap();
    assert_eq!(body, include_str!("data/risk_assessment.json").trim_end());
}

#[test]
fn nothing_that_differs_between_the_releases_is_written() {
    let body = String::from_utf8(risk_assessment(&realistic()).unwrap()).unwrap();
    for name in ["\"meta\"", "reasonCode", "reasonReference", "\"reason\""] {
        assert!(!body.contains(name), "{name}");
    }
}

/// fhirbolt writes a blank string as `""`, which FHIR forbids.
#[test]
fn blank_text_is_refused_by_name() {
    assert_eq!(
        refused(&RiskAssessment { mitigation: Some(" ".into()), ..minimal() }),
        "RiskAssessment.mitigation"
    );
    assert_eq!(
        refused(&RiskAssessment { note: vec!["".into()], ..minimal() }),
        "RiskAssessment.note[0].text"
    );
    assert_eq!(refused(&RiskAssessment { id: "".into(), ..minimal() }), "RiskAssessment.id");
    let method = CodeableConcept::coded(Coding::new("https://example.org", "", "words"));
    assert_eq!(refused(&RiskAssessment { method, ..minimal() }), "RiskAssessment.method.coding[0].code");
}

/// fhirbolt writes an empty reference or concept as `{}`, which FHIR's ele-1 forbids.
#[test]
fn empty_structures_are_refused_by_name() {
    let subject = Reference::default();
    assert_eq!(refused(&RiskAssessment { subject, ..minimal() }), "RiskAssessment.subject");
    let code = CodeableConcept::default();
    assert_eq!(refused(&RiskAssessment { code, ..minimal() }), "RiskAssessment.code");
    let extension = vec![Extension::parts("https://example.org/parts", Vec::new())];
    assert_eq!(refused(&RiskAssessment { extension, ..minimal() }), "RiskAssessment.extension[0].extension");
    let prediction = vec![Prediction {
        when_range: Some(Range::default()),
        ..Prediction::new(CodeableConcept::text("fracture"))
    }];
    assert_eq!(
        refused(&RiskAssessment { prediction, ..minimal() }),
        "RiskAssessment.prediction[0].whenRange"
    );
}

/// fhirbolt keeps every primitive as an unchecked string.
#[test]
fn malformed_primitives_are_refused_by_name() {
    for id in ["a_1", "a/1", "ü", &"a".repeat(65)] {
        assert_eq!(
            refused(&RiskAssessment { id: id.to_owned().into(), ..minimal() }),
            "RiskAssessment.id",
            "{id}"
        );
    }
    for code in [" final", "fi  nal", "a\tb", "a\nb"] {
        let method = CodeableConcept::coded(Coding::new("https://example.org", code, "words"));
        let element = refused(&RiskAssessment { method, ..minimal() });
        assert_eq!(element, "RiskAssessment.method.coding[0].code", "{code:?}");
    }
    let method = CodeableConcept::coded(Coding::new("https://example.org/a b", "code", "words"));
    assert_eq!(refused(&RiskAssessment { method, ..minimal() }), "RiskAssessment.method.coding[0].system");
    assert_eq!(
        refused(&RiskAssessment { mitigation: Some("nul \u{0} byte".into()), ..minimal() }),
        "RiskAssessment.mitigation"
    );
}

#[test]
fn a_date_time_must_exist() {
    let attempt = |text: &'static str| {
        risk_assessment(&RiskAssessment { occurrence_date_time: text.into(), ..minimal() }).is_ok()
    };
    for good in [
        "2026",
        "2026-02",
        "2024-02-29",
        "2000-02-29",
        "2026-05-04T10:00:00Z",
        "2026-05-04T23:59:60+14:00",
        "2026-05-04T10:00:00.123-03:30",
    ] {
        assert!(attempt(good), "{good}");
    }
    for bad in [
        "",
        "26",
        "0000",
        "2026-13",
        "2026-1-5",
        "2026-02-30",
        "2023-02-29",
        "1900-02-29",
        "2026-05-04T10:00:00",
        "2026-05-04T10:00Z",
        "2026-05-04T24:00:00Z",
        "2026-05-04T10:00:00.Z",
        "2026-05-04T10:00:00+15:00",
        "2026-05-04T10:00:00+0800",
        "2026-05T10:00:00Z",
        "2026-05-04T",
        "2026-05-04-01",
        "2026-05-04 10:00:00Z",
        "２０２６",
    ] {
        assert!(!attempt(bad), "{bad}");
    }
}

/// fhirbolt writes `"abc"` as an error without a place, and lets a probability of 1,000 pass.
#[test]
fn a_probability_is_a_decimal_of_at_most_100() {
    let assessment = |text: &'static str| RiskAssessment {
        prediction: vec![Prediction {
            probability: Some(text.into()),
            ..Prediction::new(CodeableConcept::text("fracture"))
        }],
        ..minimal()
    };
    for good in ["0", "0.10", "100", "100.0", "1e1"] {
        assert!(risk_assessment(&assessment(good)).is_ok(), "{good}");
    }
    for bad in ["", "abc", "01", ".5", "5.", "+5", "1e", "NaN", "Infinity", "-1", "100.1", "1e999"] {
        let element = refused(&assessment(bad));
        assert_eq!(element, "RiskAssessment.prediction[0].probabilityDecimal", "{bad}");
    }
}

/// The text of a decimal is part of its meaning.
#[test]
fn decimals_keep_their_precision() {
    let assessment = RiskAssessment {
        extension: vec![Extension::value("https://example.org/d", ExtensionValue::Decimal("1.500".into()))],
        ..minimal()
    };
    let body = String::from_utf8(risk_assessment(&assessment).unwrap()).unwrap();
    assert!(body.contains(r#""valueDecimal":1.500"#), "{body}");
}

#[test]
fn contained_resources_and_references_to_them_match() {
    let unreferenced = RiskAssessment { contained: vec![score()], ..minimal() };
    assert_eq!(refused(&unreferenced), "RiskAssessment.contained[0]");
    let dangling = RiskAssessment { basis: vec![Reference::literal("#score")], ..minimal() };
    assert_eq!(refused(&dangling), "RiskAssessment");
    let repeated = RiskAssessment {
        contained: vec![score(), score()],
        basis: vec![Reference::literal("#score")],
        ..minimal()
    };
    assert_eq!(refused(&repeated), "RiskAssessment.contained[1].id");
}

#[test]
fn an_error_never_repeats_the_content() {
    let secret = RiskAssessment { subject: Reference::literal("Patient/王 某"), ..minimal() };
    let text = risk_assessment(&secret).unwrap_err().to_string();
    assert_eq!(text, "RiskAssessment.subject.reference is not a valid uri");
}
