//! The summary: one line of fewer than 140 characters, the most decisive statement first.

use spinemet_engine::assessment::Scope;
use spinemet_engine::clinical::{Domain, Place};
use spinemet_engine::guidance::{Alert, Severity};
use spinemet_engine::scoring::{Instrument, Reachable, Score};

use super::View;
use crate::texts::fill;

/// CDS Hooks: fewer than 140 characters.
const LIMIT: usize = 139;

/// In which order scores are let in as long as they fit: those of a level first, because what is urgent shows there.
const BY_URGENCY: [Instrument; 4] =
    [Instrument::Escc2010, Instrument::Sins2010, Instrument::Tokuhashi2005, Instrument::Tomita2001];

/// Leading statement, scores in short form, and what is missing: as much of it as fits.
pub(super) fn summary(view: &View<'_>) -> String {
    let lead = lead(view);
    let tail = tail(view);
    let mut shown: Vec<(Instrument, String)> = Vec::new();
    let mut summary = joined(view, &lead, &shown, &tail);
    for instrument in BY_URGENCY {
        let Some(text) = score(view, instrument) else { continue };
        let mut more = shown.clone();
        more.push((instrument, text));
        more.sort_unstable();
        let longer = joined(view, &lead, &more, &tail);
        if longer.chars().count() <= LIMIT {
            (shown, summary) = (more, longer);
        }
    }
    shortened(&summary)
}

fn joined(view: &View<'_>, lead: &str, scores: &[(Instrument, String)], tail: &[String]) -> String {
    let say = |key: &str| view.speaker.say("card", key);
    let scores: Vec<&str> = scores.iter().map(|(_, text)| text.as_str()).collect();
    let groups = [scores.join(say("comma")), tail.join(say("comma"))];
    let rest: Vec<&str> = groups.iter().map(String::as_str).filter(|group| !group.is_empty()).collect();
    if rest.is_empty() {
        return lead.to_owned();
    }
    let separator = if lead.ends_with(['?', '？']) { " " } else { say("colon") };
    format!("{lead}{separator}{}", view.speaker.clauses(&rest))
}

/// The most urgent alert that must be seen before deciding, else what the card is about.
fn lead(view: &View<'_>) -> String {
    let urgent = |alert: &&Alert| alert.kind.severity() != Severity::Info;
    if let Some(alert) = view.assessment.alerts.iter().find(urgent) {
        let section = "card.alert";
        if view.speaker.knows(section, alert.kind.key()) {
            let level = place(view, alert.place);
            let words = view.speaker.say(section, alert.kind.key());
            return fill(words, &[("level", &level)]);
        }
    }
    let key = match view.assessment.scope {
        Scope::SpineNotConfirmed => "lead-spine-not-confirmed",
        Scope::MetastasisNotConfirmed => "lead-metastasis-not-confirmed",
        _ => "lead",
    };
    view.text(key, &[])
}

/// A score in short form: of several levels the one that decides, and how many there are beside it.
fn score(view: &View<'_>, instrument: Instrument) -> Option<String> {
    let of_instrument = || view.assessment.scores.iter().filter(|score| score.instrument == instrument);
    let score = match instrument {
        Instrument::Sins2010 => decisive(view, &view.assessment.least_stable(), instrument),
        Instrument::Escc2010 => decisive(view, &view.assessment.worst_compression(), instrument),
        _ => of_instrument().next(),
    }?;
    let name = view.speaker.say("card.score", instrument.key());
    let mut text = format!("{name}{} {}", place(view, score.place), result(view, score));
    if let Some(band) = score.band().filter(|band| view.speaker.knows("card.band", band.key())) {
        text.push_str(&view.text("in-brackets", &[("text", view.speaker.say("card.band", band.key()))]));
    }
    let others = of_instrument().count().saturating_sub(1);
    if others > 0 {
        text.push_str(&view.text("other-levels", &[("count", &others.to_string())]));
    }
    Some(text)
}

/// Of the levels that may be the worst, the one that is at least as bad as any for certain.
fn decisive<'a>(view: &View<'a>, places: &[Place], instrument: Instrument) -> Option<&'a Score> {
    let scores = places.iter().filter_map(|place| view.assessment.score(instrument, Some(*place)));
    // Of equals the first, that is the one nearest to the head.
    scores.reduce(|worst, score| if least(score) > least(worst) { score } else { worst })
}

/// The least that a score can be.
fn least(score: &Score) -> Option<u8> {
    match score.reachable {
        Reachable::Totals(totals) => totals.min(),
        Reachable::Grades(grades) => grades.iter().min().map(|grade| grade as u8),
        Reachable::Decisions(_) => None,
    }
}

/// `13`, `4-6`, `1b`, `1b-2` or "unknown".
pub(super) fn result(view: &View<'_>, score: &Score) -> String {
    let ends = match score.reachable {
        Reachable::Totals(totals) => {
            totals.min().zip(totals.max()).map(|(least, most)| (least.to_string(), most.to_string()))
        }
        Reachable::Decisions(_) => None,
        Reachable::Grades(grades) if grades == spinemet_engine::clinical::ValueSet::all() => None,
        Reachable::Grades(grades) => {
            let keys = || grades.iter().map(Domain::key);
            keys().next().zip(keys().last()).map(|(least, most)| (least.to_owned(), most.to_owned()))
        }
    };
    match ends {
        Some((least, most)) if least == most => least,
        Some((least, most)) => format!("{least}-{most}"),
        None => view.speaker.say("sentence", "unknown").to_owned(),
    }
}

/// How much is missing.
fn tail(view: &View<'_>) -> Vec<String> {
    let mut tail = Vec::new();
    let missing = view.assessment.missing.iter().filter(|missing| missing.input.is_scored()).count();
    match missing {
        0 => {}
        1 => tail.push(view.text("missing-one", &[])),
        count => tail.push(view.text("missing-many", &[("count", &count.to_string())])),
    }
    if !view.shortfalls.is_empty() {
        tail.push(view.text("incomplete", &[]));
    }
    tail
}

/// ` T12`, or nothing where the level is not known.
fn place(view: &View<'_>, place: Option<Place>) -> String {
    match place {
        Some(Place::At(vertebra)) => view.text("level", &[("level", vertebra.key())]),
        Some(Place::Unstated) | None => String::new(),
    }
}

/// What fits, with a mark where something was cut off.
pub(super) fn shortened(text: &str) -> String {
    if text.chars().count() <= LIMIT {
        return text.to_owned();
    }
    text.chars().take(LIMIT - 1).chain(['…']).collect()
}
