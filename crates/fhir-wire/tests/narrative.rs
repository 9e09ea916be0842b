//! Text from a hospital stays text.

use fhir_wire::{IssueSeverity, IssueType, Narrative, OperationOutcome, OutcomeIssue, escape_xhtml};
use fhir_wire::{WireError, operation_outcome, printable};

#[test]
fn markup_in_text_is_escaped_everywhere() {
    let evil = r#"</div><script>alert("1")</script>&'"#;
    let safe = "&lt;/div&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;";
    assert_eq!(escape_xhtml(evil), safe);
    let div =
        Narrative::new().heading(evil).paragraph(evil).list(&[evil]).table(&[evil], &[vec![evil]]).div();
    let expected = format!(
        "<div xmlns=\"http://www.w3.org/1999/xhtml\"><h3>{safe}</h3><p>{safe}</p><ul><li>{safe}</li></ul>\
         <table><thead><tr><th>{safe}</th></tr></thead><tbody><tr><td>{safe}</td></tr></tbody></table></div>"
    );
    assert_eq!(div, expected);
}

#[test]
fn characters_that_xml_cannot_hold_are_left_out() {
    assert_eq!(escape_xhtml("a\u{0}b\u{b}c\u{FFFF}d\ne 王"), "abcd\ne 王");
    assert_eq!(printable("a\u{0}b"), "ab");
    assert_eq!(printable("王 某"), "王 某");
}

#[test]
fn empty_lists_and_tables_leave_no_element() {
    let narrative = Narrative::new().list(&[]).table(&["head"], &[]);
    assert_eq!(narrative.div(), "<div xmlns=\"http://www.w3.org/1999/xhtml\"></div>");
}

/// FHIR's txt-2: a narrative has some text.
#[test]
fn a_narrative_that_says_nothing_is_refused() {
    for narrative in [Narrative::new(), Narrative::new().paragraph(" \n"), Narrative::new().list(&[])] {
        let issues = vec![OutcomeIssue {
            severity: IssueSeverity::Information,
            code: IssueType::Informational,
            details: None,
            diagnostics: None,
            expression: Vec::new(),
        }];
        let element = "OperationOutcome.text.div".to_owned();
        let outcome = OperationOutcome { narrative: Some(narrative), issues };
        assert_eq!(operation_outcome(&outcome), Err(WireError::Missing { element }));
    }
}
