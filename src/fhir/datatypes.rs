//! Reading views of the FHIR datatypes that the mapping needs.

use std::borrow::Cow;

use serde::Deserialize;
use spinemet_engine::clinical::PartialDate;

use super::issue::Issue;
use super::json::{Json, Kind, Object};
use super::reader::Reader;
use fhir_wire::IssueType;

/// `Coding`: a code with its system.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Coding<'a> {
    /// URI of the code system; empty where none was sent.
    #[serde(borrow, default)]
    pub system: Cow<'a, str>,
    /// The code; empty where none was sent.
    #[serde(borrow, default)]
    pub code: Cow<'a, str>,
    /// The sender's words for it.
    #[serde(borrow)]
    pub display: Option<Cow<'a, str>>,
}

/// `CodeableConcept`: codes for one meaning, and words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct CodeableConcept<'a> {
    /// The codes.
    #[serde(borrow, default)]
    pub coding: Vec<Coding<'a>>,
    /// The words.
    #[serde(borrow)]
    pub text: Option<Cow<'a, str>>,
}

impl<'a> CodeableConcept<'a> {
    /// Reads a CodeableConcept. A sound one is read in one go; only for a faulty one is it worth finding out, element by
    /// element, what is wrong and what can still be used.
    pub fn read(reader: &mut Reader, value: Json<'a>) -> Option<Self> {
        if value.kind() == Kind::Object
            && let Ok(sound) = serde_json::from_str::<Self>(value.text())
            && (!sound.coding.is_empty() || sound.text.is_some())
        {
            return Some(sound);
        }
        let object = reader.object(value)?;
        // R5 has a CodeableReference where R4 has a CodeableConcept: the concept is one level deeper.
        if object.get("concept").is_some() {
            return reader.member(&object, "concept", Self::read);
        }
        let coding = reader.list(&object, "coding", |reader, value| {
            let coding = reader.object(value)?;
            Some(Coding {
                system: reader.string(&coding, "system").unwrap_or_default(),
                code: reader.string(&coding, "code").unwrap_or_default(),
                display: reader.string(&coding, "display"),
            })
        });
        Some(Self { coding, text: reader.string(&object, "text") })
    }

    /// A concept in words alone.
    pub fn worded(text: String) -> Self {
        Self { coding: Vec::new(), text: Some(Cow::Owned(text)) }
    }

    /// The words sent: the text, then the displays.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.text
            .as_deref()
            .into_iter()
            .chain(self.coding.iter().filter_map(|coding| coding.display.as_deref()))
    }

    /// Whether a coding has this code, whatever its system: for FHIR's own closed lists, where senders often leave the
    /// system out.
    pub fn has_code(&self, code: &str) -> bool {
        self.coding.iter().any(|coding| coding.code == code)
    }
}

/// `Quantity`: a number with its unit. The number keeps its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity<'a> {
    /// The number as sent.
    pub value: Option<&'a str>,
    /// `<`, `<=`, `>=`, `>` or `ad`.
    pub comparator: Option<Cow<'a, str>>,
    /// The unit in words.
    pub unit: Option<Cow<'a, str>>,
    /// The unit's code, usually UCUM.
    pub code: Option<Cow<'a, str>>,
}

impl<'a> Quantity<'a> {
    /// Reads a Quantity.
    pub fn read(reader: &mut Reader, value: Json<'a>) -> Option<Self> {
        let object = reader.object(value)?;
        Some(Self {
            value: reader.number(&object, "value"),
            comparator: reader.string(&object, "comparator"),
            unit: reader.string(&object, "unit"),
            code: reader.string(&object, "code"),
        })
    }
}

/// Whether a text has the form of an `id`: 1 to 64 ASCII letters, digits, hyphens and dots.
pub fn is_id(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.');
    (1..=64).contains(&text.len()) && text.bytes().all(allowed)
}

/// Reads a `Reference` to a resource of a kind: the literal one, else the logical one as `Kind?identifier=system|value`.
pub fn reference<'a>(reader: &mut Reader, value: Json<'a>, kind: &str) -> Option<Cow<'a, str>> {
    let object = reader.object(value)?;
    let literal = reader.string(&object, "reference");
    literal.or_else(|| {
        reader.member(&object, "identifier", |reader, value| identifier(reader, value, kind)).map(Cow::Owned)
    })
}

/// Reads an `Identifier` as a name for a resource of a kind: `Kind?identifier=system|value`.
pub fn identifier(reader: &mut Reader, value: Json<'_>, kind: &str) -> Option<String> {
    let object = reader.object(value)?;
    let value = reader.string(&object, "value")?;
    let system = reader.string(&object, "system").unwrap_or_default();
    Some(format!("{kind}?identifier={system}|{value}"))
}

/// Reads a `date`, `dateTime` or `instant`, and reports an illegible one.
pub fn date(reader: &mut Reader, object: &Object<'_>, name: &'static str) -> Option<PartialDate> {
    reader.member(object, name, |reader, value| {
        let Ok(text) = value.string() else {
            reader.report(Issue::error(
                IssueType::Structure,
                "Expected a date as a string; the element was not used.",
            ));
            return None;
        };
        match PartialDate::parse(&text) {
            Ok(date) => Some(date),
            Err(error) => {
                reader.report(Issue::error(
                    IssueType::Value,
                    format!("This is {error}; the element was not used."),
                ));
                None
            }
        }
    })
}

/// Reads a `Period` as the interval from its start to its end; an open end counts as the start's own end.
pub fn period(reader: &mut Reader, object: &Object<'_>, name: &'static str) -> Option<PartialDate> {
    match period_bounds(reader, object, name) {
        (Some(start), Some(end)) => Some(PartialDate::spanning(&start, &end)),
        (start, end) => start.or(end),
    }
}

/// Reads the events of a `Timing`, as the interval from the first to the last.
pub fn timing(reader: &mut Reader, object: &Object<'_>, name: &'static str) -> Option<PartialDate> {
    reader.member(object, name, |reader, value| {
        let timing = reader.object(value)?;
        let events = reader.list(&timing, "event", |reader, value| {
            let text = value.string().ok()?;
            let event = PartialDate::parse(&text).ok();
            if event.is_none() {
                reader.report(Issue::error(IssueType::Value, "This is no date; the element was not used."));
            }
            event
        });
        events.into_iter().reduce(|all, event| PartialDate::spanning(&all, &event))
    })
}

/// Reads the two ends of a `Period`. Where it ends before it begins, one of them is wrong, and neither is used.
pub fn period_bounds(
    reader: &mut Reader,
    object: &Object<'_>,
    name: &'static str,
) -> (Option<PartialDate>, Option<PartialDate>) {
    let bounds = reader.member(object, name, |reader, value| {
        let period = reader.object(value)?;
        let (start, end) = (date(reader, &period, "start"), date(reader, &period, "end"));
        if let (Some(start), Some(end)) = (&start, &end)
            && start.earliest() > end.latest()
        {
            reader.report(Issue::error(
                IssueType::Value,
                "The period ends before it begins; neither of its dates was used.",
            ));
            return None;
        }
        Some((start, end))
    });
    bounds.unwrap_or_default()
}
