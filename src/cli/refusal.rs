//! That a record could not be used, and why: in the form in which the answer would have come.

use serde::Serialize;

use super::json::{Issue, Source, as_line};
use super::page::{ALARM, FAINT, Look, Page, TITLE};
use super::records::Place;
use crate::assess::Rejection;

/// For people.
pub(super) fn page(title: &str, rejection: &Rejection, place: &Place<'_>, look: Look) -> Vec<u8> {
    let mut page = Page::new(look);
    page.line(0, TITLE, title);
    page.line(0, FAINT, &place.to_string());
    for issue in rejection.issues() {
        page.bullet(0, ALARM, &issue.in_one_line());
    }
    page.space();
    page.into_bytes()
}

/// For machines.
pub(super) fn json(
    format: &'static str,
    rejection: &Rejection,
    place: &Place<'_>,
) -> Result<Vec<u8>, serde_json::Error> {
    #[derive(Serialize)]
    struct Refusal<'a> {
        format: &'static str,
        source: Source,
        error: String,
        issues: Vec<Issue<'a>>,
    }
    let issues = rejection.issues().iter().map(Into::into).collect();
    as_line(&Refusal { format, source: place.into(), error: rejection.to_string(), issues })
}

/// In one line, for standard error: what is wrong first of all.
pub(super) fn complaint(rejection: &Rejection, place: &Place<'_>) -> String {
    match rejection.issues().first() {
        Some(issue) => format!("{place}: {rejection}: {}", issue.in_one_line()),
        None => format!("{place}: {rejection}"),
    }
}
