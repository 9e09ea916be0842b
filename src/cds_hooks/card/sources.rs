//! The end of a detail: limits, sources, versions.

use spinemet_engine::clinical::Domain;
use spinemet_engine::scoring::Instrument;

use super::detail::{SHOWN_KINDS, shown};
use super::markdown::{Inline, Markdown};
use super::{View, levels};
use crate::wording::{distinct, is_decisive};

/// At the end of an overview: the limits of each instrument that is shown, its source, and the consensus.
pub(super) fn write(view: &View<'_>, markdown: &mut Markdown) {
    let speaker = view.speaker;
    let decisive = levels::decisive(view.assessment);
    let instruments: Vec<Instrument> = distinct(shown(view, &decisive).map(|score| score.instrument));
    let limits = instruments.iter().map(|instrument| speaker.say("card.limit", instrument.key()));
    let limits = distinct(limits.chain([speaker.say("sentence", "group-estimate")]));
    let limits: Vec<Inline> = limits.into_iter().map(Inline::own).collect();
    markdown.list(speaker.say("card", "limit-heading"), &limits);
    let citations = distinct(instruments.iter().map(|instrument| instrument.citation()));
    let citations = Inline::own(&speaker.clauses(&citations));
    let rules = speaker.list(&rules_of_guidance(view));
    let consensus = Inline::own(&speaker.sentence("guidance-source", &[("rules", &rules)]));
    markdown.list(speaker.say("card", "source-heading"), &[citations, consensus]);
    markdown.paragraph(&versions(view));
}

/// At the end of a card that is not an overview: limits, the rules behind it, versions.
pub(super) fn close(view: &View<'_>, rules: &[&str], markdown: &mut Markdown) {
    let speaker = view.speaker;
    markdown.list(speaker.say("card", "limit-heading"), &[Inline::own(speaker.say("card.order", "limit"))]);
    let rules = speaker.list(rules);
    let source = Inline::own(&speaker.sentence("guidance-source", &[("rules", &rules)]));
    markdown.list(speaker.say("card", "source-heading"), &[source]);
    markdown.paragraph(&versions(view));
}

fn versions(view: &View<'_>) -> Inline {
    let versions = [
        ("version", env!("CARGO_PKG_VERSION")),
        ("knowledge", spinemet_engine::assessment::KNOWLEDGE_VERSION),
        ("mapping", view.mapping_version),
    ];
    Inline::own(&view.speaker.sentence("performer", &versions))
}

/// The rules behind the alerts, and those that decide the verdicts that are shown, each once.
fn rules_of_guidance(view: &View<'_>) -> Vec<&'static str> {
    let alerts = view.assessment.alerts.iter().map(|alert| alert.rule.id);
    let shown = view.assessment.verdicts.iter().filter(|verdict| SHOWN_KINDS.contains(&verdict.kind));
    let reasons = shown.flat_map(|verdict| {
        verdict.reasons.iter().filter(|reason| is_decisive(verdict.kind, reason)).map(|reason| reason.rule.id)
    });
    let mut rules: Vec<&str> = alerts.chain(reasons).chain(["CN-1.5-MDT"]).collect();
    rules.sort_unstable();
    rules.dedup();
    rules
}
