//! What became of each resource, put together from the mapping's decisions and the freshness of the facts.

use spinemet_engine::clinical::Freshness;

use crate::assess::Evaluation;
use crate::fhir::Resource;
use crate::mapping::{Decision, Ignored, MappingSet, NearMiss, Outcome, RuleSource};

/// One line of the account: a resource, or a question in it, and what became of it.
pub(super) struct Entry<'a> {
    pub(super) resource: &'a Resource<'a>,
    pub(super) fate: Fate<'a>,
}

/// What became of a resource or a question.
pub(super) enum Fate<'a> {
    /// It became this statement.
    Mapped { statement: String, freshness: Option<Freshness>, rule: Rule<'a> },
    /// It was meant for an input but could not be used.
    NearMiss { element: &'a str, reason: NearMiss, rule: Option<Rule<'a>> },
    /// It was rightly left aside.
    LeftAside(Ignored),
}

/// A rule and where it stands; one of the program's own stands in no file.
pub(super) struct Rule<'a> {
    pub(super) id: &'a str,
    pub(super) source: Option<RuleSource<'a>>,
}

/// Every resource in the order sent.
pub(super) fn of<'a>(evaluation: &'a Evaluation<'a>, mappings: &'a MappingSet) -> Vec<Entry<'a>> {
    let decisions = evaluation.mapped.decisions.iter();
    decisions
        .filter_map(|decision| {
            let resource = evaluation.record.resources.get(decision.resource)?;
            let fate = birth_date(evaluation, resource)
                .unwrap_or_else(|| fate(evaluation, resource, decision, mappings));
            Some(Entry { resource, fate })
        })
        .collect()
}

fn fate<'a>(
    evaluation: &'a Evaluation<'a>,
    resource: &'a Resource<'a>,
    decision: &'a Decision,
    mappings: &'a MappingSet,
) -> Fate<'a> {
    let rule = |id: &'a str| Rule { id, source: mappings.rule_source(id) };
    match &decision.outcome {
        Outcome::Mapped { statement, rule: id } => {
            let facts = &evaluation.assessment.case.facts;
            let fact = facts.iter().find(|(fact, _)| {
                fact.evidence.resource == resource.reference && fact.statement == *statement
            });
            let freshness = fact.map(|(_, freshness)| *freshness);
            Fate::Mapped { statement: statement.to_string(), freshness, rule: rule(id) }
        }
        Outcome::NearMiss { rule: id, element, reason } => {
            Fate::NearMiss { element, reason: *reason, rule: id.as_deref().map(rule) }
        }
        Outcome::Ignored(reason) => Fate::LeftAside(*reason),
    }
}

/// The patient's birth date, which the mapping takes from the record and not by a decision.
fn birth_date<'a>(evaluation: &'a Evaluation<'a>, resource: &Resource<'_>) -> Option<Fate<'a>> {
    if resource.kind != "Patient" {
        return None;
    }
    let facts = &evaluation.assessment.case.facts;
    let (fact, freshness) = facts.iter().find(|(fact, _)| fact.evidence.resource == resource.reference)?;
    let rule = Rule { id: &fact.evidence.rule, source: None };
    Some(Fate::Mapped { statement: fact.statement.to_string(), freshness: Some(*freshness), rule })
}

/// How many entries ended in each of the three ways: mapped, near misses, left aside.
pub(super) fn counts(entries: &[Entry<'_>]) -> (usize, usize, usize) {
    entries.iter().fold((0, 0, 0), |(mapped, near_misses, left_aside), entry| match entry.fate {
        Fate::Mapped { .. } => (mapped + 1, near_misses, left_aside),
        Fate::NearMiss { .. } => (mapped, near_misses + 1, left_aside),
        Fate::LeftAside(_) => (mapped, near_misses, left_aside + 1),
    })
}
