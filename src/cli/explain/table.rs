//! The explanation for people: facts, then near misses, then what was left aside.

use std::collections::BTreeMap;

use super::super::page::{FAINT, HEADING, Look, PLAIN, Page, TITLE};
use super::super::records::Place;
use crate::explanation::{Explanation, Outcome, Row};
use crate::pages::explain::counts_in_words;
use crate::texts::{Speaker, fill};

/// How many of the resources that were left aside for one reason are named.
const NAMES_SHOWN: usize = 12;

/// What each resource of one record became.
pub(super) fn answer(
    explanation: &Explanation,
    place: &Place<'_>,
    speaker: Speaker<'_>,
    look: Look,
) -> Vec<u8> {
    let say = |key: &str| speaker.say("explain", key);
    let mut page = Page::new(look);
    page.line(0, TITLE, &explanation.patient);
    page.line(0, FAINT, &format!("{} · {place}", explanation.as_of));
    let rows = |outcome: Outcome| explanation.rows.iter().filter(move |row| row.outcome == outcome);
    let facts: Vec<Vec<String>> = rows(Outcome::Mapped)
        .map(|row| vec![row.name(), row.statement_in_words(speaker), row.rule_in_words()])
        .collect();
    section(&mut page, speaker, Outcome::Mapped, &[say("resource"), say("statement"), say("rule")], &facts);
    let near_misses: Vec<Vec<String>> = rows(Outcome::NearMiss)
        .map(|row| vec![row.name(), row.reason_in_words(speaker), row.rule_in_words()])
        .collect();
    section(&mut page, speaker, Outcome::NearMiss, &[say("resource"), say("why"), say("rule")], &near_misses);
    left_aside(&mut page, rows(Outcome::LeftAside), speaker);
    problems(&mut page, explanation, speaker);
    page.space();
    page.line(0, PLAIN, &counts_in_words(&explanation.counts, speaker));
    page.space();
    page.into_bytes()
}

fn section(page: &mut Page, speaker: Speaker<'_>, outcome: Outcome, header: &[&str], rows: &[Vec<String>]) {
    if !rows.is_empty() {
        page.space();
        page.line(0, HEADING, speaker.say("explain.outcome", outcome.key()));
        page.table(2, Some(header), rows);
    }
}

/// These are usually the most, and the least worth looking at: reason by reason.
fn left_aside<'r>(page: &mut Page, rows: impl Iterator<Item = &'r Row>, speaker: Speaker<'_>) {
    let mut by_reason: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for row in rows {
        by_reason.entry(row.words.as_deref().unwrap_or_default()).or_default().push(row.name());
    }
    if !by_reason.is_empty() {
        page.space();
        page.line(0, HEADING, speaker.say("explain.outcome", Outcome::LeftAside.key()));
    }
    for (reason, names) in by_reason {
        page.bullet(2, PLAIN, &format!("{reason}{}{}", speaker.say("card", "colon"), names.len()));
        page.line(4, FAINT, &shortened(&names, speaker));
    }
}

/// The first names of a list, and how many more there are.
fn shortened(names: &[String], speaker: Speaker<'_>) -> String {
    let comma = speaker.say("card", "comma");
    match names.split_at_checked(NAMES_SHOWN) {
        Some((shown, more)) if !more.is_empty() => {
            let more = fill(speaker.say("explain", "more"), &[("number", &more.len().to_string())]);
            format!("{}{more}", shown.join(comma))
        }
        _ => names.join(comma),
    }
}

/// What was wrong with the input beside the mapping.
fn problems(page: &mut Page, explanation: &Explanation, speaker: Speaker<'_>) {
    if !explanation.issues.is_empty() {
        page.space();
        page.line(0, HEADING, speaker.say("cli", "problems"));
    }
    for issue in &explanation.issues {
        page.bullet(2, PLAIN, &issue.in_one_line());
    }
}
