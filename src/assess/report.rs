//! What the OperationOutcome of an answer says: what was used, what was not understood, what is missing.

use std::collections::BTreeMap;

use fhir_wire::{IssueSeverity, IssueType};
use spinemet_engine::assessment::Scope;
use spinemet_engine::clinical::{Domain, Freshness, Place};
use spinemet_engine::scoring::{Instrument, Reachable, Score};

use super::Evaluation;
use crate::fhir::{Issue, Resource, is_id};
use crate::mapping::{Ignored, Outcome};
use crate::texts::Speaker;

/// Every issue, the worst first; within a severity by place and words, so that the order of the entries does not show.
pub(super) fn issues(evaluation: &Evaluation<'_>, speaker: Speaker<'_>) -> Vec<Issue> {
    let mut issues: Vec<Issue> = Vec::new();
    issues.extend(evaluation.record.issues.iter().cloned());
    issues.extend(evaluation.mapped.issues.iter().cloned());
    issues.extend(patient_without_id(evaluation, speaker));
    issues.extend(near_misses(evaluation, speaker));
    issues.extend(out_of_date(evaluation, speaker));
    issues.extend(scope(evaluation, speaker));
    issues.extend(conflicts(evaluation, speaker));
    issues.extend(disagreeing_totals(evaluation, speaker));
    issues.extend(missing(evaluation, speaker));
    issues.extend(used(evaluation, speaker));
    issues.extend(ignored(evaluation, speaker));
    issues.sort_by(|a, b| {
        let rank = |issue: &Issue| match issue.severity {
            IssueSeverity::Fatal | IssueSeverity::Error => 0,
            IssueSeverity::Warning => 1,
            IssueSeverity::Information => 2,
        };
        rank(a).cmp(&rank(b))
    });
    issues
}

/// A resource by its address rather than by its position, so that the order of the entries does not matter. The place
/// stands where there is no address.
fn expression(resource: &Resource<'_>, element: &str) -> String {
    let path = element.split_once('.').map_or("", |(_, path)| path);
    let place = match resource.reference.rsplit_once('/') {
        Some((kind, id)) if kind == resource.kind && is_id(id) => {
            format!("Bundle.entry.resource.where(id='{id}')")
        }
        _ => resource.place.clone(),
    };
    if path.is_empty() { place } else { format!("{place}.{path}") }
}

/// That the patient is known by a name of this Bundle alone, which what is stored then refers to.
fn patient_without_id(evaluation: &Evaluation<'_>, speaker: Speaker<'_>) -> Option<Issue> {
    let patient = &evaluation.record.patient;
    let place = evaluation.record.resources.iter().find(|resource| resource.reference == *patient);
    let place = place.map_or("Bundle.entry", |resource| resource.place.as_str());
    let details = speaker.say("sentence", "patient-without-id");
    patient.starts_with("urn:").then(|| Issue::warning(IssueType::Incomplete, details).at(place))
}

/// Resources that were meant for an input but could not be used.
fn near_misses(evaluation: &Evaluation<'_>, speaker: Speaker<'_>) -> Vec<Issue> {
    let mut found: Vec<Issue> = evaluation
        .mapped
        .decisions
        .iter()
        .filter_map(|decision| {
            let Outcome::NearMiss { rule, element, reason } = &decision.outcome else { return None };
            let resource = evaluation.record.resources.get(decision.resource)?;
            let mut details =
                speaker.sentence("near-miss", &[("reason", speaker.say("near-miss", reason.key()))]);
            if let Some(rule) = rule {
                details = format!("{details} [{rule}]");
            }
            let kind = if reason.is_contradiction() { IssueType::Conflict } else { IssueType::NotSupported };
            Some(Issue::warning(kind, details).at(expression(resource, element)))
        })
        .collect();
    found.sort_by(|a, b| (&a.expression, &a.details).cmp(&(&b.expression, &b.details)));
    found
}

/// Facts that are too old, or not true yet.
fn out_of_date(evaluation: &Evaluation<'_>, speaker: Speaker<'_>) -> Vec<Issue> {
    let facts = &evaluation.assessment.case.facts;
    let told = facts.iter().filter_map(|(fact, freshness)| {
        let key = match freshness {
            Freshness::Stale => "stale",
            Freshness::NotYet => "not-yet",
            Freshness::Fresh | Freshness::Ageing | Freshness::Overtaken | Freshness::Undated => return None,
        };
        let details = speaker.sentence(key, &[("statement", &fact.statement.to_string())]);
        Some(
            Issue::warning(IssueType::Expired, details)
                .at(fact_expression(evaluation, &fact.evidence.resource)),
        )
    });
    told.collect()
}

/// Whether the scores apply to this patient at all, where that needs saying.
fn scope(evaluation: &Evaluation<'_>, speaker: Speaker<'_>) -> Option<Issue> {
    let scope = evaluation.assessment.scope;
    let details = speaker.say("scope", scope.key());
    match scope {
        Scope::InScope => None,
        Scope::SpineNotConfirmed | Scope::MetastasisNotConfirmed => {
            Some(Issue::warning(IssueType::Incomplete, details))
        }
        Scope::NoSpinalMetastasisOnRecord | Scope::Minor | Scope::PrimarySpinalTumour => {
            Some(Issue::information(details))
        }
    }
}

/// Where the record contradicts itself.
fn conflicts(evaluation: &Evaluation<'_>, speaker: Speaker<'_>) -> Vec<Issue> {
    let conflicts = speaker.conflicts(&evaluation.assessment);
    conflicts.into_iter().map(|details| Issue::warning(IssueType::Conflict, details)).collect()
}

/// SINS totals as sent that the items on record cannot come to.
fn disagreeing_totals(evaluation: &Evaluation<'_>, speaker: Speaker<'_>) -> Vec<Issue> {
    let of_sins: Vec<&Score> = evaluation
        .assessment
        .scores
        .iter()
        .filter(|score| score.instrument == Instrument::Sins2010)
        .collect();
    let disagreeing = evaluation.mapped.sins_totals.iter().filter_map(|(position, sent)| {
        let at_level = of_sins.iter().find(|score| score.place == Some(sent.place));
        let only = of_sins.first().filter(|_| of_sins.len() == 1 && sent.place == Place::Unstated);
        let score = at_level.or(only)?;
        let Reachable::Totals(totals) = score.reachable else { return None };
        if totals.contains(sent.total) {
            return None;
        }
        let words = [
            ("total", sent.total.to_string()),
            ("level", speaker.level(score.place)),
            ("totals", speaker.reachable(score)),
        ];
        let words: Vec<(&str, &str)> = words.iter().map(|(name, word)| (*name, word.as_str())).collect();
        let resource = evaluation.record.resources.get(*position)?;
        let details = speaker.sentence("total-disagrees", &words);
        Some(Issue::warning(IssueType::Conflict, details).at(expression(resource, &sent.element)))
    });
    disagreeing.collect()
}

/// What the scores and the guidance still need, the most decisive first.
fn missing(evaluation: &Evaluation<'_>, speaker: Speaker<'_>) -> Vec<Issue> {
    speaker
        .missing(&evaluation.assessment)
        .into_iter()
        .map(|details| Issue { code: IssueType::Incomplete, ..Issue::information(details) })
        .collect()
}

/// Each resource that became a fact, with what it says.
fn used(evaluation: &Evaluation<'_>, speaker: Speaker<'_>) -> Vec<Issue> {
    let mut by_resource: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (fact, freshness) in &evaluation.assessment.case.facts {
        if freshness.is_usable() {
            by_resource.entry(&fact.evidence.resource).or_default().push(fact.statement.to_string());
        }
    }
    by_resource
        .into_iter()
        .map(|(resource, statements)| {
            let details = speaker.sentence("used", &[("statements", &speaker.clauses(&statements))]);
            Issue::information(details).at(fact_expression(evaluation, resource))
        })
        .collect()
}

fn fact_expression(evaluation: &Evaluation<'_>, reference: &str) -> String {
    let resource = evaluation.record.resources.iter().find(|resource| resource.reference == reference);
    resource.map_or_else(|| "Bundle.entry".to_owned(), |resource| expression(resource, ""))
}

/// How many resources were not needed, and why, in one issue.
fn ignored(evaluation: &Evaluation<'_>, speaker: Speaker<'_>) -> Option<Issue> {
    let mut reasons: BTreeMap<Ignored, BTreeMap<&str, usize>> = BTreeMap::new();
    for decision in &evaluation.mapped.decisions {
        let Outcome::Ignored(reason) = &decision.outcome else { continue };
        let Some(resource) = evaluation.record.resources.get(decision.resource) else { continue };
        if resource.kind != "Patient" {
            *reasons.entry(*reason).or_default().entry(resource.kind.as_ref()).or_default() += 1;
        }
    }
    if reasons.is_empty() {
        return None;
    }
    let sentences: Vec<String> =
        reasons.iter().map(|(reason, kinds)| ignored_for(*reason, kinds, speaker)).collect();
    let count: usize = reasons.values().flat_map(BTreeMap::values).sum();
    let total = evaluation.record.resources.len();
    let (count, total, reasons) = (count.to_string(), total.to_string(), speaker.clauses(&sentences));
    let words = [("count", count.as_str()), ("total", &total), ("reasons", &reasons)];
    Some(Issue::information(speaker.sentence("ignored", &words)))
}

fn ignored_for(reason: Ignored, kinds: &BTreeMap<&str, usize>, speaker: Speaker<'_>) -> String {
    let count: usize = kinds.values().sum();
    let types: Vec<String> = kinds.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
    let (count, types) = (count.to_string(), speaker.list(&types));
    let words =
        [("count", count.as_str()), ("types", &types), ("reason", speaker.say("ignored", reason.key()))];
    speaker.sentence("ignored-reason", &words)
}
