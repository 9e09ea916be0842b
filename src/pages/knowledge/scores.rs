//! The scores with their tables, and those that are held back.

use serde::Serialize;
use spinemet_engine::clinical::Domain;
use spinemet_engine::guidance::{self, definition};
use spinemet_engine::scoring;

use super::Named;
use super::attributes::known_performance;
use crate::texts::Speaker;

/// A score or grading with all that it is made of.
#[derive(Debug, Serialize)]
pub(super) struct Instrument<'t> {
    #[serde(rename = "instrument")]
    pub(super) name: Named<'t>,
    pub(super) citation: &'static str,
    /// Least and greatest total; null for a grading.
    pub(super) totals: Option<Range>,
    pub(super) items: Vec<Item<'t>>,
    pub(super) bands: Vec<Band<'t>>,
    pub(super) limits: &'t str,
    pub(super) performance: &'t str,
    /// The rules of the consensus that speak of it.
    pub(super) rules: Vec<&'static str>,
}

#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct Range {
    pub(super) least: u8,
    pub(super) greatest: u8,
}

#[derive(Debug, Serialize)]
pub(super) struct Item<'t> {
    #[serde(rename = "item")]
    pub(super) name: Named<'t>,
    pub(super) choices: Vec<Choice<'t>>,
    pub(super) rules: Vec<&'static str>,
}

#[derive(Debug, Serialize)]
pub(super) struct Choice<'t> {
    pub(super) value: Named<'t>,
    /// Null for a grade.
    pub(super) points: Option<u8>,
}

#[derive(Debug, Serialize)]
pub(super) struct Band<'t> {
    #[serde(rename = "band")]
    pub(super) name: Named<'t>,
    pub(super) totals: Option<Range>,
    /// What the source pairs with it.
    pub(super) meaning: &'t str,
    pub(super) rules: Vec<&'static str>,
}

/// A score that is known and not computed.
#[derive(Debug, Serialize)]
pub(super) struct HeldBack<'t> {
    #[serde(rename = "score")]
    pub(super) name: Named<'t>,
    pub(super) citation: Option<&'static str>,
    pub(super) reason: &'t str,
}

pub(super) fn all(speaker: Speaker<'_>) -> Vec<Instrument<'_>> {
    scoring::Instrument::ALL.iter().map(|instrument| of(speaker, *instrument)).collect()
}

pub(super) fn held_back(speaker: Speaker<'_>) -> Vec<HeldBack<'_>> {
    let held_back = |score: &scoring::HeldBack| HeldBack {
        name: Named::of(speaker, "held-back", score.key()),
        citation: score.citation(),
        reason: speaker.say("held-back-reason", score.key()),
    };
    scoring::HeldBack::ALL.iter().map(held_back).collect()
}

fn of(speaker: Speaker<'_>, instrument: scoring::Instrument) -> Instrument<'_> {
    let mut rules = ids(definition::of_instrument(instrument));
    rules.extend(instrument.rule_ids().iter().copied().filter(|id| !definition_names(instrument, id)));
    Instrument {
        name: Named::of(speaker, "instrument", instrument.key()),
        citation: instrument.citation(),
        totals: range(instrument.range()),
        items: instrument.items().iter().map(|item| item_of(speaker, *item)).collect(),
        bands: scoring::Band::ALL
            .iter()
            .filter(|band| band.instrument() == instrument)
            .map(|band| band_of(speaker, *band))
            .collect(),
        limits: speaker.say("limit", instrument.key()),
        performance: known_performance(speaker, instrument),
        rules,
    }
}

fn definition_names(instrument: scoring::Instrument, id: &str) -> bool {
    definition::of_instrument(instrument).iter().any(|rule| rule.id == id)
}

fn item_of(speaker: Speaker<'_>, item: scoring::Item) -> Item<'_> {
    let section = format!("value.{}", item.key());
    let choice = |choice: scoring::Choice| Choice {
        value: Named::of(speaker, &section, choice.key),
        points: choice.points,
    };
    Item {
        name: Named::of(speaker, "item", item.key()),
        choices: item.choices().into_iter().map(choice).collect(),
        rules: ids(definition::of_item(item)),
    }
}

fn band_of(speaker: Speaker<'_>, band: scoring::Band) -> Band<'_> {
    Band {
        name: Named::of(speaker, "band", band.key()),
        totals: range(band.range()),
        meaning: speaker.say("mitigation", band.key()),
        rules: ids(definition::of_band(band)),
    }
}

fn range(range: Option<(u8, u8)>) -> Option<Range> {
    range.map(|(least, greatest)| Range { least, greatest })
}

fn ids(rules: &[guidance::Rule]) -> Vec<&'static str> {
    rules.iter().map(|rule| rule.id).collect()
}
