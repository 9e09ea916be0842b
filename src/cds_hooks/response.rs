//! Cards as they go over the wire.
//!
//! CDS Hooks allows no `null` and nothing empty, except for the list of cards itself: whatever is optional is left out.

use serde::Serialize;

/// The answer of a service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CdsResponse {
    /// The cards, the most urgent first; none where there is nothing to say.
    pub cards: Vec<Card>,
}

impl CdsResponse {
    /// Nothing to say.
    pub(super) const fn silent() -> Self {
        Self { cards: Vec::new() }
    }
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
    /// What a clinician may answer instead of following it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub override_reasons: Vec<Coding>,
}

/// How urgent a card is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Indicator {
    /// For the discussion.
    Info,
    /// Before deciding.
    Warning,
    /// Now.
    Critical,
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
