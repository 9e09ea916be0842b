//! The account for people: facts, then near misses, then what was left aside.

use std::collections::BTreeMap;

use spinemet_engine::clinical::Freshness;

use super::super::page::{FAINT, HEADING, Look, PLAIN, Page, TITLE};
use super::super::records::Place;
use super::super::refusal::in_one_line;
use super::account::{Entry, Fate, Rule, counts};
use crate::assess::Evaluation;
use crate::fhir::{Issue, Resource};
use crate::mapping::Ignored;
use crate::texts::Speaker;

/// How many of the resources that were left aside for one reason are named.
const NAMES_SHOWN: usize = 12;

/// What each resource of one record became.
pub(super) fn answer(
    entries: &[Entry<'_>],
    evaluation: &Evaluation<'_>,
    place: &Place<'_>,
    speaker: Speaker<'_>,
    look: Look,
) -> Vec<u8> {
    let mut page = Page::new(look);
    page.line(0, TITLE, &evaluation.record.patient);
    page.line(0, FAINT, &format!("{} · {place}", evaluation.assessment.case.as_of));
    let facts: Vec<Vec<String>> = entries.iter().filter_map(mapped).collect();
    section(&mut page, "Became facts", &["Resource", "Statement", "Rule"], &facts);
    let not_used: Vec<Vec<String>> = entries.iter().filter_map(|entry| near_miss(entry, speaker)).collect();
    section(&mut page, "Near misses: someone should look", &["Resource", "Why not used", "Rule"], &not_used);
    left_aside(&mut page, entries, speaker);
    problems(&mut page, evaluation);
    let (mapped, near_misses, left_aside) = counts(entries);
    let resources = evaluation.record.resources.len();
    page.space();
    page.line(
        0,
        PLAIN,
        &format!(
            "{resources} resources. Facts: {mapped}, near misses: {near_misses}, left aside: {left_aside}."
        ),
    );
    page.space();
    page.into_bytes()
}

fn section(page: &mut Page, heading: &str, header: &[&str], rows: &[Vec<String>]) {
    if !rows.is_empty() {
        page.space();
        page.line(0, HEADING, heading);
        page.table(2, Some(header), rows);
    }
}

fn mapped(entry: &Entry<'_>) -> Option<Vec<String>> {
    let Fate::Mapped { statement, freshness, rule } = &entry.fate else { return None };
    let statement = match freshness {
        Some(Freshness::Fresh) => statement.clone(),
        Some(Freshness::Ageing) => format!("{statement} (ageing)"),
        Some(Freshness::Overtaken) => format!("{statement} (something happened since)"),
        Some(Freshness::Undated) => format!("{statement} (undated)"),
        Some(Freshness::Stale) => format!("{statement} (too old to be used)"),
        Some(Freshness::NotYet) => format!("{statement} (dated later, not used)"),
        None => format!("{statement} (not used)"),
    };
    Some(vec![name(entry.resource), statement, rule_in_words(rule)])
}

fn near_miss(entry: &Entry<'_>, speaker: Speaker<'_>) -> Option<Vec<String>> {
    let Fate::NearMiss { element, reason, rule } = &entry.fate else { return None };
    let rule = rule.as_ref().map(rule_in_words).unwrap_or_default();
    let reason = speaker.say("near-miss", reason.key());
    Some(vec![name(entry.resource), format!("{element}: {reason}"), rule])
}

/// These are usually the most, and the least worth looking at: reason by reason.
fn left_aside(page: &mut Page, entries: &[Entry<'_>], speaker: Speaker<'_>) {
    let mut by_reason: BTreeMap<Ignored, Vec<String>> = BTreeMap::new();
    for entry in entries {
        if let Fate::LeftAside(reason) = entry.fate {
            by_reason.entry(reason).or_default().push(name(entry.resource));
        }
    }
    if !by_reason.is_empty() {
        page.space();
        page.line(0, HEADING, "Left aside");
    }
    for (reason, names) in by_reason {
        page.bullet(2, PLAIN, &format!("{}: {}", speaker.say("ignored", reason.key()), names.len()));
        page.line(4, FAINT, &shortened(&names));
    }
}

/// The first names of a list, and how many more there are.
fn shortened(names: &[String]) -> String {
    match names.split_at_checked(NAMES_SHOWN) {
        Some((shown, more)) if !more.is_empty() => {
            format!("{} and {} more (--format json names all)", shown.join(", "), more.len())
        }
        _ => names.join(", "),
    }
}

/// A resource by its address; by its place where it has none.
fn name(resource: &Resource<'_>) -> String {
    if resource.reference.contains(['/', ':']) {
        resource.reference.clone()
    } else {
        format!("{} ({})", resource.kind, resource.place)
    }
}

fn rule_in_words(rule: &Rule<'_>) -> String {
    match &rule.source {
        Some(source) => format!("{} ({}:{})", rule.id, source.file, source.line),
        None => rule.id.to_owned(),
    }
}

/// What was wrong with the input beside the mapping.
fn problems(page: &mut Page, evaluation: &Evaluation<'_>) {
    let issues: Vec<&Issue> = evaluation.record.issues.iter().chain(&evaluation.mapped.issues).collect();
    if !issues.is_empty() {
        page.space();
        page.line(0, HEADING, "Problems with the input");
    }
    for issue in issues {
        page.bullet(2, PLAIN, &in_one_line(issue));
    }
}
