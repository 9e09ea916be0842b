//! Row by row: what the mapping decided, and how old the facts are.

use spinemet_engine::clinical::Freshness;

use super::{Outcome, Row};
use crate::assess::Evaluation;
use crate::fhir::{Reader, Resource};
use crate::mapping::{self, Decision, MappingSet};
use crate::texts::Speaker;

/// Every resource in the order sent.
pub(super) fn rows(evaluation: &Evaluation<'_>, mappings: &MappingSet, speaker: Speaker<'_>) -> Vec<Row> {
    let decisions = evaluation.mapped.decisions.iter();
    decisions
        .filter_map(|decision| {
            let resource = evaluation.record.resources.get(decision.resource)?;
            let row = birth_date(evaluation, resource)
                .unwrap_or_else(|| row(evaluation, resource, decision, mappings, speaker));
            Some(row)
        })
        .collect()
}

fn row(
    evaluation: &Evaluation<'_>,
    resource: &Resource<'_>,
    decision: &Decision,
    mappings: &MappingSet,
    speaker: Speaker<'_>,
) -> Row {
    let blank = Row { code: code(evaluation, resource), ..blank(resource) };
    match &decision.outcome {
        mapping::Outcome::Mapped { statement, rule } => {
            let facts = &evaluation.assessment.case.facts;
            let fact = facts.iter().find(|(fact, _)| {
                fact.evidence.resource == resource.reference && fact.statement == *statement
            });
            Row {
                statement: Some(statement.to_string()),
                freshness: fact.map(|(_, freshness)| Freshness::key(*freshness)),
                ..with_rule(blank, rule, mappings)
            }
        }
        mapping::Outcome::NearMiss { rule, element, reason } => {
            let blank = match rule {
                Some(rule) => with_rule(blank, rule, mappings),
                None => blank,
            };
            Row {
                outcome: Outcome::NearMiss,
                element: Some(element.clone()),
                reason: Some(reason.key()),
                words: Some(speaker.say("near-miss", reason.key()).to_owned()),
                ..blank
            }
        }
        mapping::Outcome::Ignored(reason) => Row {
            outcome: Outcome::LeftAside,
            reason: Some(reason.key()),
            words: Some(speaker.say("ignored", reason.key()).to_owned()),
            ..blank
        },
    }
}

/// The patient's birth date, which the mapping takes from the record and not by a decision.
fn birth_date(evaluation: &Evaluation<'_>, resource: &Resource<'_>) -> Option<Row> {
    if resource.kind != "Patient" {
        return None;
    }
    let facts = &evaluation.assessment.case.facts;
    let (fact, freshness) = facts.iter().find(|(fact, _)| fact.evidence.resource == resource.reference)?;
    Some(Row {
        statement: Some(fact.statement.to_string()),
        freshness: Some(Freshness::key(*freshness)),
        rule: Some(fact.evidence.rule.clone()),
        ..blank(resource)
    })
}

fn blank(resource: &Resource<'_>) -> Row {
    Row {
        resource: resource.reference.clone(),
        kind: resource.kind.clone().into_owned(),
        place: resource.place.clone(),
        code: None,
        outcome: Outcome::Mapped,
        statement: None,
        freshness: None,
        element: None,
        reason: None,
        words: None,
        rule: None,
        file: None,
        line: None,
    }
}

fn with_rule(row: Row, rule: &str, mappings: &MappingSet) -> Row {
    let source = mappings.rule_source(rule);
    Row {
        rule: Some(rule.to_owned()),
        file: source.map(|source| source.file.to_owned()),
        line: source.map(|source| source.line),
        ..row
    }
}

/// The code of a resource as sent, else its words. What is wrong with it, the mapping has said already.
fn code(evaluation: &Evaluation<'_>, resource: &Resource<'_>) -> Option<String> {
    let mut reader = Reader::at(&resource.place);
    let concept = mapping::code_of(&mut reader, &evaluation.record, resource)?;
    let coded = concept.coding.first().map(|coding| format!("{}|{}", coding.system, coding.code));
    coded.or_else(|| concept.words().next().map(str::to_owned))
}
