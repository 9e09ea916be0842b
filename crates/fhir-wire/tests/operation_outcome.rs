//! What an OperationOutcome looks like when it leaves.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use fhir_wire::{
    CodeableConcept, Coding, IssueSeverity, IssueType, Narrative, OperationOutcome, OutcomeIssue, WireError,
    operation_outcome,
};

fn issue() -> OutcomeIssue<'static> {
    OutcomeIssue {
        severity: IssueSeverity::Error,
        code: IssueType::Structure,
        details: None,
        diagnostics: None,
        expression: Vec::new(),
    }
}

#[test]
fn the_smallest_one_is_written_byte_for_byte() {
    let body = operation_outcome(&OperationOutcome { narrative: None, issues: vec![issue()] }).unwrap();
    let expected = r#"{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"structure"}]}"#;
    assert_eq!(String::from_utf8(body).unwrap(), expected);
}

#[test]
fn every_element_reaches_its_place() {
    let outcome = OperationOutcome {
        narrative: Some(Narrative::new().paragraph("One entry was left out.")),
        issues: vec![OutcomeIssue {
            severity: IssueSeverity::Warning,
            code: IssueType::CodeInvalid,
            details: Some(CodeableConcept {
                coding: vec![Coding::new("https://example.org/issue", "unit", "Unit")],
                text: Some("The unit is not known.".into()),
            }),
            diagnostics: Some("mapping rule lab-1".into()),
            expression: vec!["Bundle.entry[3].resource.valueQuantity.code".into(), "Bundle.entry[4]".into()],
        }],
    };
    let expected = concat!(
        r#"{"resourceType":"OperationOutcome","text":{"status":"generated","#,
        r#""div":"<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>One entry was left out.</p></div>"},"#,
        r#""issue":[{"severity":"warning","code":"code-invalid","details":{"coding":["#,
        r#"{"system":"https://example.org/issue","code":"unit","display":"Unit"}],"#,
        r#""text":"The unit is not known."},"diagnostics":"mapping rule lab-1","#,
        r#""expression":["Bundle.entry[3].resource.valueQuantity.code","Bundle.entry[4]"]}]}"#,
    );
    assert_eq!(String::from_utf8(operation_outcome(&outcome).unwrap()).unwrap(), expected);
}

/// fhirbolt does not know that `issue` is required, because it is a list.
#[test]
fn an_outcome_without_an_issue_is_refused() {
    let element = "OperationOutcome.issue".to_owned();
    assert_eq!(operation_outcome(&OperationOutcome::default()), Err(WireError::Missing { element }));
}

/// fhirbolt would write a blank item of a list of primitives as `""`.
#[test]
fn a_blank_expression_is_refused() {
    let issues = vec![OutcomeIssue { expression: vec!["a".into(), "".into()], ..issue() }];
    let element = "OperationOutcome.issue[0].expression[1]".to_owned();
    let outcome = OperationOutcome { narrative: None, issues };
    assert_eq!(operation_outcome(&outcome), Err(WireError::Missing { element }));
}
