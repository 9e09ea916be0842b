//! Row by row: what the mapping decided, and how old the facts are.

use serde_json::Value;
use spinemet_engine::clinical::Freshness;

use super::{Outcome, Row, Translated};
use crate::assess::Evaluation;
use crate::fhir::{CodeableConcept, Observation, Reader, Resource};
use crate::mapping::{self, Decision, MappingSet};
use crate::texts::Speaker;

/// Every resource in the order sent.
pub(super) fn rows(evaluation: &Evaluation<'_>, mappings: &MappingSet, speaker: Speaker<'_>) -> Vec<Row> {
    let decisions = evaluation.mapped.decisions.iter();
    decisions
        .filter_map(|decision| {
            let resource = evaluation.record.resources.get(decision.resource)?;
            let mut rows = demographics(evaluation, resource);
            if rows.is_empty() {
                rows.push(row(evaluation, resource, decision, mappings, speaker));
            }
            for row in &mut rows {
                if row.outcome != Outcome::LeftAside && mappings.has_translations() {
                    row.translations = translations(resource, mappings);
                }
            }
            Some(rows)
        })
        .flatten()
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
                code: code_of_component(evaluation, resource, element).or(blank.code),
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

/// What a Patient resource says, which the mapping takes from the record and not by a decision.
fn demographics(evaluation: &Evaluation<'_>, resource: &Resource<'_>) -> Vec<Row> {
    let facts = evaluation.assessment.case.facts.iter();
    let said =
        facts.filter(|(fact, _)| resource.kind == "Patient" && fact.evidence.resource == resource.reference);
    said.map(|(fact, freshness)| Row {
        statement: Some(fact.statement.to_string()),
        freshness: Some(Freshness::key(*freshness)),
        rule: Some(fact.evidence.rule.clone()),
        ..blank(resource)
    })
    .collect()
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
        translations: Vec::new(),
    }
}

/// The codes anywhere in a resource that a ConceptMap translates, each once.
fn translations(resource: &Resource<'_>, mappings: &MappingSet) -> Vec<Translated> {
    let members = resource.object.members();
    let values = members.iter().filter_map(|(_, text)| serde_json::from_str::<Value>(text).ok());
    let mut found = Vec::new();
    values.for_each(|value| collect_translations(&value, mappings, &mut found));
    found
}

fn collect_translations(value: &Value, mappings: &MappingSet, found: &mut Vec<Translated>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| collect_translations(value, mappings, found)),
        Value::Object(members) => {
            let text = |name: &str| members.get(name).and_then(Value::as_str);
            if let (Some(system), Some(code)) = (text("system"), text("code"))
                && let Some((to, source)) = mappings.translation(system, code)
            {
                let translated = Translated {
                    from: format!("{system}|{code}"),
                    to: format!("{}|{}", to.system, to.code),
                    file: source.file.to_owned(),
                    line: source.line,
                };
                if !found.contains(&translated) {
                    found.push(translated);
                }
            }
            members.values().for_each(|value| collect_translations(value, mappings, found));
        }
        _ => {}
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
    in_words(&mapping::code_of(&mut reader, &evaluation.record, resource)?)
}

/// The code of the component in which an element is: that of the whole says little of it.
fn code_of_component(evaluation: &Evaluation<'_>, resource: &Resource<'_>, element: &str) -> Option<String> {
    let place = element.strip_prefix("Observation.component[")?.split(']').next()?;
    let mut reader = Reader::at(&resource.place);
    let code = mapping::code_of(&mut reader, &evaluation.record, resource)?;
    let observation = Observation::read(&mut reader, &evaluation.record, &resource.object, code);
    in_words(&observation.component.get(place.parse::<usize>().ok()?)?.code)
}

/// A concept by its first code, else by its words.
fn in_words(concept: &CodeableConcept<'_>) -> Option<String> {
    let coded = concept.coding.first().map(|coding| format!("{}|{}", coding.system, coding.code));
    coded.or_else(|| concept.words().next().map(str::to_owned))
}
