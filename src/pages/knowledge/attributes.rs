//! What United States rules (45 CFR 170.315(b)(11)) ask every decision support to say of itself, and what users must know
//! beyond that.

use serde::Serialize;
use spinemet_engine::clinical::Domain;
use spinemet_engine::guidance::Input;
use spinemet_engine::scoring::Instrument;

use super::{Named, Versions};
use crate::texts::{Speaker, fill};

/// The attributes by group. The first group is the list of the rule for evidence-based decision support, whole and in its
/// order; the next nine are its list for predictive decision support; the last is our own.
const GROUPS: [(&str, &[&str]); 11] = [
    (
        "evidence-based",
        &[
            "citation",
            "developer",
            "funding",
            "dates",
            "race",
            "ethnicity",
            "spoken-language",
            "sexual-orientation",
            "gender-identity",
            "sex",
            "birth-date",
            "social-determinants",
            "health-status",
        ],
    ),
    ("details", &["contact", "development-funding", "output", "output-type"]),
    ("purpose", &["intended-use", "population", "intended-users", "decision-role"]),
    ("cautions", &["out-of-scope", "risks"]),
    ("development", &["training-criteria", "input-features", "representativeness", "relevance"]),
    ("fairness-process", &["fairness", "bias"]),
    (
        "external-validation",
        &["external-data", "external-party", "external-representativeness", "external-process"],
    ),
    (
        "performance",
        &[
            "internal-validity",
            "internal-fairness",
            "external-validity",
            "external-fairness",
            "outcome-evaluations",
        ],
    ),
    ("maintenance", &["validity-monitoring", "local-validity", "fairness-monitoring", "local-fairness"]),
    ("updates", &["update-schedule", "correction"]),
    (
        "beyond",
        &[
            "inputs-required",
            "input-quality",
            "missing-data",
            "logic",
            "validation",
            "freshness",
            "regulation",
        ],
    ),
];

/// Attributes that belong together.
#[derive(Debug, Serialize)]
pub(super) struct Group<'t> {
    #[serde(rename = "group")]
    pub(super) name: Named<'t>,
    pub(super) attributes: Vec<Attribute<'t>>,
}

/// One attribute with what there is to say of it.
#[derive(Debug, Serialize)]
pub(super) struct Attribute<'t> {
    #[serde(rename = "attribute")]
    pub(super) name: Named<'t>,
    pub(super) value: String,
}

pub(super) fn all<'t>(speaker: Speaker<'t>, versions: Versions<'_>) -> Vec<Group<'t>> {
    let mut citations: Vec<&str> = Vec::new();
    for citation in Instrument::ALL.iter().map(|instrument| instrument.citation()) {
        // An adjusted score is of the same paper as the score that it adjusts.
        if !citations.contains(&citation) {
            citations.push(citation);
        }
    }
    let inputs: Vec<&str> = Input::ALL.iter().map(|input| speaker.say("input", input.key())).collect();
    let source = super::source(speaker);
    let words = [
        ("consensus", source.as_str()),
        ("citations", &speaker.clauses(&citations)),
        ("inputs", &speaker.list(&inputs)),
        ("performance", &performance(speaker)),
        ("program", versions.program),
        ("knowledge", versions.knowledge),
        ("mapping", versions.mapping),
    ];
    let attribute = |key: &&'static str| Attribute {
        name: Named::of(speaker, "attribute", key),
        value: fill(speaker.say("attribute-value", key), &words),
    };
    let group = |(key, attributes): &(&'static str, &[&'static str])| Group {
        name: Named::of(speaker, "attribute-group", key),
        attributes: attributes.iter().map(attribute).collect(),
    };
    GROUPS.iter().map(group).collect()
}

/// What is known of each score, in one text.
fn performance(speaker: Speaker<'_>) -> String {
    let sentences: Vec<String> = Instrument::ALL
        .iter()
        .map(|instrument| {
            let name = speaker.say("instrument", instrument.key());
            format!("{name}{}{}", speaker.say("card", "colon"), known_performance(speaker, *instrument))
        })
        .collect();
    sentences.join(speaker.say("sentence", "sentence-gap"))
}

/// What is known of how well a score does; that nothing is known is said too.
pub(super) fn known_performance(speaker: Speaker<'_>, instrument: Instrument) -> &str {
    if speaker.knows("performance", instrument.key()) {
        speaker.say("performance", instrument.key())
    } else {
        speaker.say("knowledge", "performance-not-known")
    }
}
