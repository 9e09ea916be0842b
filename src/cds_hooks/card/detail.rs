//! The detail: alerts, scores, what is missing and whether it matters, what everything rests on, limits and sources.

use fhir_wire::{IssueSeverity, IssueType};
use spinemet_engine::assessment::Scope;
use spinemet_engine::clinical::{Domain, Place};
use spinemet_engine::guidance::{Severity, Verdict, VerdictKind};
use spinemet_engine::scoring::{Instrument, Score};

use super::View;
use super::basis;
use super::markdown::{Inline, Markdown};
use crate::wording::distinct;

/// The most sentences about missing inputs, and the most about records that could not be used.
const MOST_SENTENCES: usize = 8;

/// The verdicts that say something definite.
const SHOWN_KINDS: [VerdictKind; 3] =
    [VerdictKind::Option, VerdictKind::Relative, VerdictKind::Contraindicated];

/// The whole detail.
pub(super) fn detail(view: &View<'_>) -> String {
    let mut markdown = Markdown::default();
    scope_and_alerts(view, &mut markdown);
    scores(view, &mut markdown);
    not_had(view, &mut markdown);
    missing(view, &mut markdown);
    remarks(view, &mut markdown);
    basis::write(view, &mut markdown);
    options(view, &mut markdown);
    limits_and_sources(view, &mut markdown);
    markdown.finish()
}

/// What cannot wait, with the scores it rests on: the detail of a card as an encounter begins.
pub(super) fn urgent(view: &View<'_>) -> String {
    let mut markdown = Markdown::default();
    scope_and_alerts(view, &mut markdown);
    scores(view, &mut markdown);
    not_had(view, &mut markdown);
    let timers = view.assessment.timers.iter().filter(|timer| timer.severity() != Severity::Info);
    let of_timers = timers.flat_map(|timer| timer.rules).map(|rule| rule.id);
    let rules: Vec<&str> =
        view.assessment.alerts.iter().map(|alert| alert.rule.id).chain(of_timers).collect();
    close(view, &distinct(rules.into_iter()), &mut markdown);
    markdown.finish()
}

/// Limits, rules and versions at the end of a card that is not an overview.
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

fn scope_and_alerts(view: &View<'_>, markdown: &mut Markdown) {
    if view.assessment.scope == Scope::SpineNotConfirmed {
        markdown.paragraph(&Inline::own(view.speaker.say("scope", view.assessment.scope.key())).bold());
    }
    let alerts = view.assessment.alerts.iter().map(|alert| {
        let words = Inline::own(&view.speaker.alert(alert));
        if alert.kind.severity() == Severity::Info { words } else { words.bold() }
    });
    let timers = view.assessment.timers.iter().filter(|timer| timer.severity() != Severity::Info);
    let timers = timers.map(|timer| Inline::own(&view.speaker.timer(timer)).bold());
    markdown.bullets(&alerts.chain(timers).collect::<Vec<_>>());
}

pub(super) fn scores(view: &View<'_>, markdown: &mut Markdown) {
    let say = |key: &str| view.speaker.say("card", key);
    let header = [say("score-instrument"), say("score-level"), say("score-result"), say("score-band")];
    let rows: Vec<[Inline; 4]> = shown(view).map(|score| score_row(view, score)).collect();
    markdown.table(say("score-heading"), header, &rows);
}

/// The scores of the consensus, and of the others those that say one thing: a card is short.
fn shown<'a>(view: &View<'a>) -> impl Iterator<Item = &'a Score> + use<'a> {
    use Instrument::{Escc2010, Sins2010, Tokuhashi2005, Tomita2001};
    view.assessment.scores.iter().filter(|score| {
        matches!(score.instrument, Tomita2001 | Tokuhashi2005 | Sins2010 | Escc2010) || score.band().is_some()
    })
}

fn score_row(view: &View<'_>, score: &Score) -> [Inline; 4] {
    let speaker = view.speaker;
    let level = match score.place {
        Some(Place::At(vertebra)) => vertebra.key(),
        Some(Place::Unstated) => speaker.say("sentence", "unknown"),
        None => speaker.say("card", "whole-patient"),
    };
    let bands: Vec<&str> = score.bands.iter().map(|band| speaker.say("band", band.key())).collect();
    [
        Inline::own(speaker.instrument(score)),
        Inline::own(level),
        Inline::own(&speaker.reachable(score)),
        Inline::own(&speaker.clauses(&bands)),
    ]
}

/// The data that the EHR did not send, or not whole. What is not there is unknown.
pub(super) fn not_had(view: &View<'_>, markdown: &mut Markdown) {
    let items = view.shortfalls.iter().map(|shortfall| {
        let data =
            view.speaker.say("card.data", shortfall.key.map_or("other", crate::cds_hooks::PrefetchKey::name));
        let key = format!("data-{}", shortfall.kind.key());
        Inline::own(&view.text(&key, &[("data", data)]))
    });
    markdown.list(view.speaker.say("card", "data-heading"), &items.collect::<Vec<_>>());
}

fn missing(view: &View<'_>, markdown: &mut Markdown) {
    let mut sentences = view.speaker.missing(view.assessment);
    if sentences.is_empty() {
        sentences.push(view.speaker.say("sentence", "nothing-missing").to_owned());
    }
    let heading = view.speaker.say("sentence", "missing-heading");
    markdown.list(heading, &capped(view, sentences));
}

/// The first sentences, and how many there are beside them.
fn capped(view: &View<'_>, mut sentences: Vec<String>) -> Vec<Inline> {
    let more = sentences.len().saturating_sub(MOST_SENTENCES);
    sentences.truncate(MOST_SENTENCES);
    if more > 0 {
        sentences.push(view.text("more", &[("count", &more.to_string())]));
    }
    sentences.iter().map(|sentence| Inline::own(sentence)).collect()
}

/// Contradictions, notes on the scores, and records that are too old or could not be used.
fn remarks(view: &View<'_>, markdown: &mut Markdown) {
    let mut sentences = view.speaker.conflicts(view.assessment);
    for note in shown(view).flat_map(|score| &score.notes) {
        let words = view.speaker.say("score-note", note.key()).to_owned();
        if !sentences.contains(&words) {
            sentences.push(words);
        }
    }
    let unusable = view.issues.iter().filter(|issue| {
        !matches!(issue.severity, IssueSeverity::Information) && issue.code != IssueType::Incomplete
    });
    let mut items: Vec<Inline> = sentences.iter().map(|sentence| Inline::own(sentence)).collect();
    let records: Vec<Inline> = unusable
        .map(|issue| {
            let words = Inline::own(&issue.details);
            let place = issue.expression.as_deref().map(Inline::foreign);
            Inline::joined(&[Some(words), place].into_iter().flatten().collect::<Vec<_>>(), " ")
        })
        .collect();
    let more = records.len().saturating_sub(MOST_SENTENCES);
    items.extend(records.into_iter().take(MOST_SENTENCES));
    if more > 0 {
        items.push(Inline::own(&view.text("more", &[("count", &more.to_string())])));
    }
    markdown.list(view.speaker.say("card", "remarks-heading"), &items);
}

/// The options of which something definite is said, one line a verdict.
fn options(view: &View<'_>, markdown: &mut Markdown) {
    let items: Vec<Inline> = SHOWN_KINDS
        .into_iter()
        .filter_map(|kind| {
            let of_kind = view.assessment.verdicts.iter().filter(|verdict| verdict.kind == kind);
            let named: Vec<String> = of_kind.map(|verdict| option(view, verdict)).collect();
            let verdict = view.speaker.say("verdict", kind.key());
            let list = view.speaker.clauses(&named);
            let words = view.text("option-line", &[("verdict", verdict), ("options", &list)]);
            (!named.is_empty()).then(|| Inline::own(&words))
        })
        .collect();
    if !items.is_empty() {
        markdown.list(view.speaker.say("card", "option-heading"), &items);
        markdown.paragraph(&Inline::own(view.speaker.say("mdt", "guidance")));
    }
}

/// An option with its level and the reasons that decide, each with its rule.
fn option(view: &View<'_>, verdict: &Verdict) -> String {
    let option = view.speaker.say("option", verdict.option.key());
    let level = view.speaker.level(verdict.place);
    match view.speaker.reasons(verdict) {
        reasons if reasons.is_empty() => format!("{option}{level}"),
        reasons => format!("{option}{level}{}", view.text("in-brackets", &[("text", &reasons)])),
    }
}

fn limits_and_sources(view: &View<'_>, markdown: &mut Markdown) {
    let speaker = view.speaker;
    let instruments: Vec<Instrument> = Instrument::ALL
        .iter()
        .copied()
        .filter(|instrument| shown(view).any(|score| score.instrument == *instrument))
        .collect();
    let limits = instruments.iter().map(|instrument| speaker.say("limit", instrument.key()));
    let limits: Vec<Inline> =
        limits.chain([speaker.say("sentence", "group-estimate")]).map(Inline::own).collect();
    markdown.list(speaker.say("card", "limit-heading"), &limits);
    let mut sources: Vec<Inline> = instruments
        .iter()
        .map(|instrument| {
            let rules = speaker.list(instrument.rule_ids());
            let words = [("citation", instrument.citation()), ("rules", rules.as_str())];
            Inline::own(&view.text("source-line", &words))
        })
        .collect();
    let rules = speaker.list(&rules_of_guidance(view));
    sources.push(Inline::own(&speaker.sentence("guidance-source", &[("rules", &rules)])));
    markdown.list(speaker.say("card", "source-heading"), &sources);
    markdown.paragraph(&versions(view));
}

/// The rules behind the alerts and the verdicts that are shown, each once.
fn rules_of_guidance(view: &View<'_>) -> Vec<&'static str> {
    let alerts = view.assessment.alerts.iter().map(|alert| alert.rule.id);
    let shown = view.assessment.verdicts.iter().filter(|verdict| SHOWN_KINDS.contains(&verdict.kind));
    let mut rules: Vec<&str> =
        alerts.chain(shown.flat_map(|verdict| &verdict.reasons).map(|reason| reason.rule.id)).collect();
    rules.push("CN-1.5-MDT");
    rules.sort_unstable();
    rules.dedup();
    rules
}
