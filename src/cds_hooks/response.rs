//! Cards as they go over the wire.
//!
//! CDS Hooks allows no `null` and nothing empty, except for the list of cards itself: whatever is optional is left out.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::ser::{Error as _, Serializer};
use serde_json::value::RawValue;

/// The answer of a service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CdsResponse {
    /// The cards, the most urgent first; none where there is nothing to say.
    pub cards: Vec<Card>,
}

/// A card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Card {
    /// Names this card in feedback. The same call gets the same one.
    pub uuid: String,
    /// One sentence of fewer than 140 characters.
    pub summary: String,
    /// More, in GitHub-flavoured Markdown.
    pub detail: String,
    /// How urgent it is.
    pub indicator: Indicator,
    /// Who says it, and about what.
    pub source: Source,
    /// What may be done about it with one click.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub suggestions: Vec<Suggestion>,
    /// How many suggestions may be taken; there where there are any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub selection_behavior: Option<SelectionBehavior>,
    /// What a clinician may answer instead of following it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub override_reasons: Vec<Coding>,
    /// Where to read on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// What CDS Hooks has no member for, by reverse domain.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub extension: BTreeMap<&'static str, Vec<Reference>>,
}

/// A FHIR reference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reference {
    /// The resource, as `Type/id`.
    pub reference: String,
}

/// How urgent a card is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Indicator {
    /// Now.
    Critical,
    /// Before deciding.
    Warning,
    /// For the discussion.
    Info,
}

impl Indicator {
    /// The word on the wire.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// Who says what a card says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Source {
    /// The service's name.
    pub label: &'static str,
    /// Where to read about it.
    pub url: &'static str,
    /// What the card is about.
    pub topic: Coding,
}

/// A code with its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Coding {
    /// The code system.
    pub system: &'static str,
    /// The code.
    pub code: &'static str,
    /// The words.
    pub display: String,
}

/// Something that may be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Suggestion {
    /// What it is.
    pub label: String,
    /// Names it in feedback.
    pub uuid: String,
    /// Whether it is the one to take; said of few.
    #[serde(skip_serializing_if = "is_false")]
    pub is_recommended: bool,
    /// All that it does.
    pub actions: Vec<Action>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for this signature")]
const fn is_false(value: &bool) -> bool {
    !*value
}

/// One change of the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Action {
    /// What sort of change.
    #[serde(rename = "type")]
    pub kind: ActionType,
    /// What it does, in words.
    pub description: String,
    /// The whole resource that is to be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource: Option<ResourceBody>,
    /// The resource that is to go, as `Type/id`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource_id: Option<String>,
}

/// What sort of change an action is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ActionType {
    /// A new resource.
    Create,
    /// The same resource, changed.
    Update,
    /// A resource that goes.
    Delete,
}

/// A resource as JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResourceBody(pub String);

impl Serialize for ResourceBody {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let raw: &RawValue = serde_json::from_str(&self.0).map_err(S::Error::custom)?;
        raw.serialize(to)
    }
}

/// How many of a card's suggestions may be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SelectionBehavior {
    /// One or none: they exclude each other.
    AtMostOne,
    /// Any number.
    Any,
}

/// Where to read on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Link {
    /// What is there.
    pub label: String,
    /// Where it is.
    pub url: String,
    /// A page, or an app to be launched by SMART.
    #[serde(rename = "type")]
    pub kind: LinkType,
}

/// A page, or an app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum LinkType {
    /// A page.
    Absolute,
    /// An app to be launched by SMART.
    Smart,
}
