//! Why this crate checks before fhirbolt writes: what fhirbolt 0.4.0 lets pass when it is used directly.
//!
//! The traps of its typed reading are not repeated here, because instantiating it costs minutes of compiler time
//! and one of them never returns: it panics on any empty array, and loops for ever on an unknown array element
//! in the lax modes. That is why nothing in this repository reads with it.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use fhirbolt::{model::r4::resources, model::r4::types, serde::json};

fn written(assessment: &resources::RiskAssessment) -> Result<String, String> {
    let mut body = Vec::new();
    json::to_writer(&mut body, assessment, None).map_err(|error| error.to_string())?;
    Ok(String::from_utf8(body).unwrap())
}

fn assessment() -> resources::RiskAssessment {
    resources::RiskAssessment {
        status: "final".into(),
        subject: Box::new(types::Reference {
            reference: Some("Patient/1".into()),
            ..types::Reference::default()
        }),
        ..resources::RiskAssessment::default()
    }
}

/// A required element that was never touched is refused, by a mark in its `id`.
#[test]
fn an_untouched_required_element_is_refused() {
    let untouched = resources::RiskAssessment { subject: assessment().subject, ..Default::default() };
    assert_eq!(written(&untouched).unwrap_err(), "missing required field `RiskAssessment.status`");
}

/// A required element that was set to nothing is silently left out.
#[test]
fn an_emptied_required_element_passes() {
    let emptied = resources::RiskAssessment { status: types::Code::default(), ..assessment() };
    assert_eq!(
        written(&emptied).unwrap(),
        r#"{"resourceType":"RiskAssessment","subject":{"reference":"Patient/1"}}"#
    );
}

/// A value put over the mark of an untouched element does not remove the mark.
#[test]
fn the_mark_of_an_untouched_element_stays() {
    let mut marked = resources::RiskAssessment { subject: assessment().subject, ..Default::default() };
    marked.status.value = Some("final".to_owned());
    assert_eq!(written(&marked).unwrap_err(), "missing required field `RiskAssessment.status`");
}

/// Empty structures, blank strings, impossible dates and codes that do not exist pass.
#[test]
fn contents_are_not_checked() {
    let nonsense = resources::RiskAssessment {
        id: Some("no id/".into()),
        status: "nonsense".into(),
        subject: Box::new(types::Reference::default()),
        occurrence: Some(resources::RiskAssessmentOccurrence::DateTime("2020-02-30T99:99:99Z".into())),
        mitigation: Some("".into()),
        ..assessment()
    };
    let expected = concat!(
        r#"{"resourceType":"RiskAssessment","id":"no id/","status":"nonsense","subject":{},"#,
        r#""occurrenceDateTime":"2020-02-30T99:99:99Z","mitigation":""}"#,
    );
    assert_eq!(written(&nonsense).unwrap(), expected);
}

/// A decimal that is none is refused, but without its place.
#[test]
fn a_malformed_decimal_is_refused_without_a_place() {
    let prediction = resources::RiskAssessmentPrediction {
        probability: Some(resources::RiskAssessmentPredictionProbability::Decimal("abc".into())),
        ..resources::RiskAssessmentPrediction::default()
    };
    let malformed = resources::RiskAssessment { prediction: vec![prediction], ..assessment() };
    assert_eq!(written(&malformed).unwrap_err(), "error serializing decimal");
}

/// An exponent's letter changes; the digits do not.
#[test]
fn a_decimal_keeps_its_digits() {
    let prediction = |text: &str| resources::RiskAssessmentPrediction {
        relative_risk: Some(text.into()),
        ..resources::RiskAssessmentPrediction::default()
    };
    let decimals = resources::RiskAssessment {
        prediction: vec![prediction("1.50"), prediction("1E+2")],
        ..assessment()
    };
    let body = written(&decimals).unwrap();
    assert!(body.ends_with(r#""prediction":[{"relativeRisk":1.50},{"relativeRisk":1e+2}]}"#), "{body}");
}
