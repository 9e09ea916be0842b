//! What an EHR tells about cards that were shown: accepted or overridden, one or many, of one call or of several.
//!
//! A clinician's own words are read no further than to see that there are some: they may be about a patient.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::error::CdsError;
use super::request::missing;
use crate::fhir::{Issue, Json, Object, Reader, is_too_deep};
use fhir_wire::IssueType;

/// The most cards that one request may be about.
const MOST: usize = 1000;

/// The longest text that is taken for an id or a code.
const LONGEST: usize = 256;

/// What was done with a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feedback {
    /// The card's uuid.
    pub card: String,
    /// What was done.
    pub outcome: FeedbackOutcome,
    /// When, as the client wrote it.
    pub outcome_at: String,
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeedbackOutcome {
    /// Suggestions were taken.
    Accepted {
        /// Their uuids.
        suggestions: Vec<String>,
    },
    /// The card was put aside.
    Overridden {
        /// The code system and code of the reason, where one of a list was chosen.
        reason: Option<(String, String)>,
        /// Whether the clinician wrote a reason.
        has_comment: bool,
    },
}

impl FeedbackOutcome {
    /// The word on the wire.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Accepted { .. } => "accepted",
            Self::Overridden { .. } => "overridden",
        }
    }
}

#[derive(Deserialize)]
struct Body<'a> {
    #[serde(borrow, default)]
    feedback: Option<&'a RawValue>,
}

/// Reads a request. One entry that is wrong refuses all, so that nothing is half told.
pub(super) fn read(body: &[u8]) -> Result<Vec<Feedback>, CdsError> {
    let text = std::str::from_utf8(body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)).unwrap_or_default();
    let unreadable = || {
        let details =
            "Expected a JSON object with one member, feedback: an array of what was done with cards.";
        CdsError::malformed(Issue::error(IssueType::Structure, details))
    };
    if is_too_deep(body) || !text.trim_ascii_start().starts_with('{') {
        return Err(unreadable());
    }
    let body: Body<'_> = serde_json::from_str(text).map_err(|_| unreadable())?;
    let entries = body.feedback.and_then(|raw| Json::parse(raw.get()).ok()?.array().ok());
    let entries = entries.ok_or_else(|| missing("feedback", "Send an array of what was done with cards."))?;
    if entries.is_empty() || entries.len() > MOST {
        let details = format!("Send 1 to {MOST} entries.");
        return Err(CdsError::malformed(Issue::error(IssueType::Value, details).at("feedback")));
    }
    entries.iter().enumerate().map(|(index, entry)| read_entry(*entry, index)).collect()
}

fn read_entry(entry: Json<'_>, index: usize) -> Result<Feedback, CdsError> {
    let place = format!("feedback[{index}]");
    let mut reader = Reader::at(&place);
    let object = reader.object(entry);
    let read = object.and_then(|object| {
        Some((
            text(&mut reader, &object, "card")?,
            text(&mut reader, &object, "outcome")?,
            text(&mut reader, &object, "outcomeTimestamp")?,
            suggestions(&mut reader, &object),
            reason(&mut reader, &object),
        ))
    });
    let issues = reader.into_issues();
    if !issues.is_empty() {
        return Err(CdsError::Malformed(issues));
    }
    let required = "An entry needs card, outcome and outcomeTimestamp, each as a string.";
    let Some((card, outcome, outcome_at, suggestions, (reason, has_comment))) = read else {
        return Err(missing(&place, required));
    };
    if outcome_at.parse::<Timestamp>().is_err() {
        let details = "This is no instant of RFC 3339, as 2026-11-22T08:00:00Z is.";
        let issue = Issue::error(IssueType::Value, details).at(format!("{place}.outcomeTimestamp"));
        return Err(CdsError::malformed(issue));
    }
    let outcome = match outcome.as_str() {
        "accepted" if suggestions.is_empty() => {
            return Err(missing(
                &format!("{place}.acceptedSuggestions"),
                "Name the suggestions that were accepted, by id.",
            ));
        }
        "accepted" => FeedbackOutcome::Accepted { suggestions },
        "overridden" => FeedbackOutcome::Overridden { reason, has_comment },
        _ => {
            let details = "An outcome is accepted or overridden.";
            let issue = Issue::error(IssueType::Value, details).at(format!("{place}.outcome"));
            return Err(CdsError::malformed(issue));
        }
    };
    Ok(Feedback { card, outcome, outcome_at })
}

/// A text that may be an id, a code or a date: not empty, not long, nothing invisible in it.
fn text(reader: &mut Reader<'_>, object: &Object<'_>, name: &'static str) -> Option<String> {
    let text = reader.string(object, name)?;
    let is_fit = !text.trim().is_empty() && text.len() <= LONGEST && !text.chars().any(char::is_control);
    is_fit.then(|| text.into_owned())
}

fn suggestions(reader: &mut Reader<'_>, object: &Object<'_>) -> Vec<String> {
    reader.list(object, "acceptedSuggestions", |reader, value| {
        let suggestion = reader.object(value)?;
        text(reader, &suggestion, "id").filter(|id| !id.contains(' '))
    })
}

/// The coded reason, and whether there are words.
fn reason(reader: &mut Reader<'_>, object: &Object<'_>) -> (Option<(String, String)>, bool) {
    let read = reader.member(object, "overrideReason", |reader, value| {
        let given = reader.object(value)?;
        let coded = reader.member(&given, "reason", |reader, value| {
            let coding = reader.object(value)?;
            let system = text(reader, &coding, "system").unwrap_or_default();
            Some((system, text(reader, &coding, "code")?))
        });
        let comment = reader.string(&given, "userComment");
        Some((coded, comment.is_some_and(|comment| !comment.trim().is_empty())))
    });
    read.unwrap_or_default()
}
