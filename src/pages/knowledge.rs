//! What the running program knows: its rules, tables and sources, as one value that is written as JSON or as a page.
//!
//! Nothing here is listed by hand: everything comes from the engine's own tables and from the texts, so that what is
//! shown is what is applied.

mod attributes;
mod drugs;
mod numbers;
mod options;
mod page;
mod readings;
mod rules;
mod scores;
mod tumours;

use serde::Serialize;
use spinemet_engine::assessment::KNOWLEDGE_VERSION;
use spinemet_engine::clinical::FreshnessPolicy;
use spinemet_engine::guidance::{CONSENSUS, Thresholds};

pub use page::content_security_policy;

use crate::texts::{Speaker, fill};

/// Everything that the program knows, in one language. Serialised, it is the JSON of `GET /knowledge`.
#[derive(Debug, Serialize)]
pub struct Knowledge<'t> {
    language: &'static str,
    versions: Versions<'t>,
    /// The consensus that the rules are taken from.
    source: String,
    /// What everybody must read first.
    notice: &'t str,
    source_attributes: Vec<attributes::Group<'t>>,
    instruments: Vec<scores::Instrument<'t>>,
    /// The rows of NOMS.
    decisions: Vec<readings::Decision<'t>>,
    readings: Vec<readings::Reading<'t>>,
    primary_tumours: Vec<tumours::Tumour<'t>>,
    options: Vec<options::TreatmentOption<'t>>,
    drug_holds: Vec<drugs::DrugHold<'t>>,
    intervals: Vec<numbers::IntervalLimit<'t>>,
    freshness: Vec<numbers::FreshnessWindow<'t>>,
    thresholds: Vec<numbers::Threshold<'t>>,
    rules: Vec<rules::Rule<'t>>,
    rulings: Vec<rules::Ruling<'t>>,
    held_back: Vec<scores::HeldBack<'t>>,
    #[serde(skip)]
    speaker: Speaker<'t>,
}

#[derive(Debug, Clone, Copy, Serialize)]
struct Versions<'t> {
    program: &'static str,
    knowledge: &'static str,
    mapping: &'t str,
}

/// The consensus by its own name, and in the reader's language.
fn source(speaker: Speaker<'_>) -> String {
    fill(speaker.say("knowledge", "consensus"), &[("consensus", CONSENSUS)])
}

/// A slug of the engine with its text.
#[derive(Debug, Clone, Copy, Serialize)]
struct Named<'t> {
    key: &'static str,
    name: &'t str,
}

impl<'t> Named<'t> {
    fn of(speaker: Speaker<'t>, section: &str, key: &'static str) -> Self {
        Self { key, name: speaker.say(section, key) }
    }
}

impl<'t> Knowledge<'t> {
    /// The knowledge of this program with this mapping, and with what the hospital has signed off.
    pub fn new(
        speaker: Speaker<'t>,
        mapping_version: &'t str,
        policy: &FreshnessPolicy,
        thresholds: &Thresholds,
    ) -> Self {
        let versions = Versions {
            program: env!("CARGO_PKG_VERSION"),
            knowledge: KNOWLEDGE_VERSION,
            mapping: mapping_version,
        };
        Self {
            language: speaker.language().tag(),
            versions,
            source: source(speaker),
            notice: speaker.say("knowledge", "emergency"),
            source_attributes: attributes::all(speaker, versions),
            instruments: scores::all(speaker),
            decisions: readings::decisions(speaker),
            readings: readings::all(speaker),
            primary_tumours: tumours::all(speaker),
            options: options::all(speaker),
            drug_holds: drugs::all(speaker),
            intervals: numbers::intervals(speaker),
            freshness: numbers::freshness(speaker, policy),
            thresholds: numbers::thresholds(speaker, thresholds),
            rules: rules::all(speaker),
            rulings: rules::rulings(speaker),
            held_back: scores::held_back(speaker),
            speaker,
        }
    }

    /// The knowledge as a page.
    pub fn page(&self) -> String {
        page::render(self)
    }
}
