//! The detail: alerts, scores, what is missing and whether it matters, what everything rests on, limits and sources.

use fhir_wire::{IssueSeverity, IssueType};
use spinemet_engine::assessment::Scope;
use spinemet_engine::clinical::{Domain, Place};
use spinemet_engine::guidance::{Alert, Severity, Verdict, VerdictKind};
use spinemet_engine::scoring::{Instrument, Score};

use super::markdown::{Inline, Markdown};
use super::{View, basis, levels, sources, summary};
use crate::cds_hooks::PrefetchKey;
use crate::wording::distinct;

const SECTION: &str = "card.detail";

/// The most sentences about missing inputs, and the most about records that could not be used.
const MOST_SENTENCES: usize = 6;

/// The most options that are named with one verdict, and the most inputs in one sentence.
const MOST_NAMES: usize = 8;

/// The verdicts that say something definite.
pub(super) const SHOWN_KINDS: [VerdictKind; 3] =
    [VerdictKind::Option, VerdictKind::Relative, VerdictKind::Contraindicated];

/// The whole detail. It is read in a sidebar: what decides comes whole, and of the rest it is said how much there is. The
/// RiskAssessments have everything.
pub(super) fn detail(view: &View<'_>) -> String {
    let mut markdown = Markdown::default();
    scope_and_alerts(view, &mut markdown);
    scores(view, &mut markdown);
    not_had(view, &mut markdown);
    missing(view, &mut markdown);
    remarks(view, &mut markdown);
    basis::write(view, &mut markdown);
    options(view, &mut markdown);
    sources::write(view, &mut markdown);
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
    sources::close(view, &distinct(rules.into_iter()), &mut markdown);
    markdown.finish()
}

fn scope_and_alerts(view: &View<'_>, markdown: &mut Markdown) {
    if matches!(view.assessment.scope, Scope::SpineNotConfirmed | Scope::MetastasisNotConfirmed) {
        markdown.paragraph(&Inline::own(view.speaker.say("scope", view.assessment.scope.key())).bold());
    }
    if !view.assessment.case.is_adult() {
        markdown.paragraph(&Inline::own(view.speaker.say(SECTION, "age-unknown")).bold());
    }
    let (remarks, urgent): (Vec<&Alert>, Vec<&Alert>) =
        view.assessment.alerts.iter().partition(|alert| alert.kind.severity() == Severity::Info);
    let timers = view.assessment.timers.iter().filter(|timer| timer.severity() != Severity::Info);
    let urgent = urgent.into_iter().map(|alert| view.speaker.alert(alert));
    let urgent = urgent.chain(timers.map(|timer| view.speaker.timer(timer)));
    let mut items: Vec<Inline> = urgent.map(|words| Inline::own(&words).bold()).collect();
    items.extend(capped(view, remarks.into_iter().map(|alert| view.speaker.alert(alert)).collect()));
    markdown.bullets(&items);
}

/// The scores of the consensus, and what came of the others in a line: the levels that do not decide, and the further
/// instruments.
pub(super) fn scores(view: &View<'_>, markdown: &mut Markdown) {
    let say = |key: &str| view.speaker.say("card", key);
    let header = [say("score-instrument"), say("score-level"), say("score-result"), say("score-band")];
    let levels = levels::decisive(view.assessment);
    let rows: Vec<[Inline; 4]> = shown(view, &levels).map(|score| score_row(view, score)).collect();
    markdown.table(say("score-heading"), header, &rows);
    let others: Vec<String> =
        levels::others(view.assessment, &levels).map(|place| level(view, place)).collect();
    if !others.is_empty() {
        let words = view.text_of(SECTION, "other-levels", &[("levels", &view.speaker.clauses(&others))]);
        markdown.paragraph(&Inline::own(&words));
    }
}

/// Whether a score is one of the consensus, or one of those adjusted as it advises.
const fn is_of_consensus(score: &Score) -> bool {
    use Instrument::{
        Escc2010, Sins2010, Tokuhashi2005, TokuhashiReceptorAdjusted, Tomita2001, TomitaReceptorAdjusted,
    };
    matches!(
        score.instrument,
        Tomita2001 | TomitaReceptorAdjusted | Tokuhashi2005 | TokuhashiReceptorAdjusted | Sins2010 | Escc2010
    )
}

/// The scores that a card shows: of the patient, and of some levels.
pub(super) fn shown<'a>(view: &View<'a>, levels: &[Place]) -> impl Iterator<Item = &'a Score> + use<'a> {
    let levels = levels.to_vec();
    let is_shown = move |score: &&Score| score.place.is_none_or(|place| levels.contains(&place));
    view.assessment.scores.iter().filter(|score| is_of_consensus(score)).filter(is_shown)
}

/// Those of them that are not adjusted for receptors.
pub(super) fn shown_raw<'a>(view: &View<'a>, levels: &[Place]) -> impl Iterator<Item = &'a Score> + use<'a> {
    use Instrument::{TokuhashiReceptorAdjusted, TomitaReceptorAdjusted};
    let is_adjusted =
        |score: &Score| matches!(score.instrument, TomitaReceptorAdjusted | TokuhashiReceptorAdjusted);
    shown(view, levels).filter(move |score| !is_adjusted(score))
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
        Inline::own(speaker.say("card.score", score.instrument.key())),
        Inline::own(level),
        Inline::own(&speaker.reachable(score)),
        Inline::own(&speaker.clauses(&bands)),
    ]
}

/// `L3: SINS 3-6, ESCC unknown`.
fn level(view: &View<'_>, place: Place) -> String {
    let name = match place {
        Place::At(vertebra) => vertebra.key(),
        Place::Unstated => view.speaker.say("sentence", "unknown"),
    };
    let results = [Instrument::Sins2010, Instrument::Escc2010].into_iter().filter_map(|instrument| {
        let score = view.assessment.score(instrument, Some(place))?;
        let name = view.speaker.say("card.score", instrument.key());
        Some(format!("{name} {}", summary::result(view, score)))
    });
    let results: Vec<String> = results.collect();
    format!("{name}{}{}", view.speaker.say("card", "colon"), results.join(view.speaker.say("card", "comma")))
}

/// The data that the EHR did not send, or not whole. What is not there is unknown.
pub(super) fn not_had(view: &View<'_>, markdown: &mut Markdown) {
    let kinds = distinct(view.shortfalls.iter().map(|shortfall| shortfall.kind));
    let items = kinds.into_iter().map(|kind| {
        let of_kind = view.shortfalls.iter().filter(|shortfall| shortfall.kind == kind);
        let keys = of_kind.map(|shortfall| shortfall.key.map_or("other", PrefetchKey::name));
        let data: Vec<&str> = keys.map(|key| view.speaker.say("card.data", key)).collect();
        let key = format!("data-{}", kind.key());
        Inline::own(&view.text(&key, &[("data", &view.speaker.clauses(&data))]))
    });
    markdown.list(view.speaker.say("card", "data-heading"), &items.collect::<Vec<_>>());
}

fn missing(view: &View<'_>, markdown: &mut Markdown) {
    let mut sentences = view.speaker.missing_in_short(view.assessment, MOST_NAMES);
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
    let levels = levels::decisive(view.assessment);
    for note in shown(view, &levels).flat_map(|score| &score.notes) {
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
            let mut named: Vec<String> = of_kind.map(|verdict| option(view, verdict)).collect();
            let more = named.len().saturating_sub(MOST_NAMES);
            named.truncate(MOST_NAMES);
            if more > 0 {
                named.push(view.text("more", &[("count", &more.to_string())]));
            }
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
