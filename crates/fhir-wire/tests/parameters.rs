//! What Parameters look like when they leave.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use fhir_wire::{Parameter, ParameterContent, WireError, parameters};

#[test]
fn every_kind_of_value_reaches_its_place() {
    let values = [
        Parameter::new("same", ParameterContent::Boolean(false)),
        Parameter::new("count", ParameterContent::Integer(-3)),
        Parameter::new(
            "difference",
            ParameterContent::Parts(vec![
                Parameter::new("about", ParameterContent::String("a \"score\"".into())),
                Parameter::new("kind", ParameterContent::Code("result".into())),
            ]),
        ),
        Parameter::new("topic", ParameterContent::Canonical("https://example.org/topic".into())),
        Parameter::new("asOf", ParameterContent::DateTime("2026-11-23".into())),
        Parameter::new("since", ParameterContent::Instant("2026-11-23T08:00:00Z".into())),
        Parameter::new("focus", ParameterContent::Reference("RiskAssessment/a1".into())),
        Parameter::new("resource", ParameterContent::Resource(br#"{"resourceType":"Basic"}"#)),
    ];
    let expected = concat!(
        r#"{"resourceType":"Parameters","id":"p1","meta":{"profile":["https://example.org/profile"]},"parameter":["#,
        r#"{"name":"same","valueBoolean":false},{"name":"count","valueInteger":-3},{"name":"difference","part":["#,
        r#"{"name":"about","valueString":"a \"score\""},{"name":"kind","valueCode":"result"}]},"#,
        r#"{"name":"topic","valueCanonical":"https://example.org/topic"},"#,
        r#"{"name":"asOf","valueDateTime":"2026-11-23"},"#,
        r#"{"name":"since","valueInstant":"2026-11-23T08:00:00Z"},"#,
        r#"{"name":"focus","valueReference":{"reference":"RiskAssessment/a1"}},"#,
        r#"{"name":"resource","resource":{"resourceType":"Basic"}}]}"#,
    );
    let body = parameters(Some("p1"), Some("https://example.org/profile"), &values).unwrap();
    assert_eq!(String::from_utf8(body).unwrap(), expected);
    let empty = String::from_utf8(parameters(None, None, &[]).unwrap()).unwrap();
    assert_eq!(empty, r#"{"resourceType":"Parameters"}"#);
}

#[test]
fn a_wrong_value_is_refused_by_its_place() {
    let part = Parameter::new("since", ParameterContent::Instant("yesterday".into()));
    let values = [
        Parameter::new("a", ParameterContent::Boolean(true)),
        Parameter::new("b", ParameterContent::Parts(vec![part])),
    ];
    let element = "Parameters.parameter[1].part[0].valueInstant".to_owned();
    assert_eq!(parameters(None, None, &values), Err(WireError::Malformed { element, data_type: "instant" }));
    let empty = [Parameter::new("a", ParameterContent::Parts(Vec::new()))];
    let element = "Parameters.parameter[0].part".to_owned();
    assert_eq!(parameters(None, None, &empty), Err(WireError::Missing { element }));
}
