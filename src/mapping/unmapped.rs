//! The codes and words of records that no rule knows yet: what an engineer of a new site has to look at.

use super::decision::{Ignored, NearMiss, Outcome};
use super::{Mapped, code_of};
use crate::fhir::{self, CodeableConcept, Observation, Reader, Record, Resource, Value};

/// A code or word that was sent and is not known here.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unmapped {
    /// What it was sent as.
    pub place: UnmappedPlace,
    /// The type of the resource.
    pub kind: String,
    /// The system of the code; empty for words.
    pub system: String,
    /// The code, or the words where there is none.
    pub code: String,
    /// The rule that asked, for an answer.
    pub rule: Option<String>,
}

/// What an unknown code was sent as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum UnmappedPlace {
    /// The code of an Observation or of a component: a question.
    Question,
    /// The code of another resource: a statement.
    Meaning,
    /// The value of an Observation that a rule asked for.
    Answer,
    /// A body site.
    Site,
}

/// An unknown code with what was said beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting {
    /// The code.
    pub unmapped: Unmapped,
    /// The sender's words for it.
    pub display: Option<String>,
    /// For a question: what its answer looked like.
    pub answer: Option<AnswerShape>,
}

/// What the answer to an unknown question looked like; never the answer itself where it is a number or text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum AnswerShape {
    /// A number in this unit.
    Number(String),
    /// A code: system, code, words.
    Code(String, String, String),
    /// Words.
    Text,
    /// True or false.
    Boolean,
}

/// Every unknown code of a record that was mapped.
pub fn unmapped(record: &Record<'_>, mapped: &Mapped) -> Vec<Sighting> {
    let mut sightings = Vec::new();
    for decision in &mapped.decisions {
        let Some(resource) = record.resources.get(decision.resource) else { continue };
        match &decision.outcome {
            Outcome::Ignored(Ignored::CodeNotKnown)
            | Outcome::NearMiss { reason: NearMiss::UnknownSystem | NearMiss::WordsOfUnknownCode, .. } => {
                codes(record, resource, &mut sightings);
            }
            // The name of a drug that is not understood whole.
            Outcome::NearMiss { reason: NearMiss::Illegible, .. } if resource.kind != "Observation" => {
                codes(record, resource, &mut sightings);
            }
            Outcome::NearMiss { rule, reason: NearMiss::UnknownAnswer | NearMiss::Illegible, .. } => {
                answers(record, resource, rule.as_deref(), &mut sightings);
            }
            Outcome::NearMiss { reason: NearMiss::SiteNotKnown, .. } => sites(resource, &mut sightings),
            _ => (),
        }
    }
    sightings
}

fn codes(record: &Record<'_>, resource: &Resource<'_>, sightings: &mut Vec<Sighting>) {
    let mut reader = Reader::default();
    let Some(code) = code_of(&mut reader, record, resource) else { return };
    if resource.kind != "Observation" {
        sightings.extend(sighting(UnmappedPlace::Meaning, resource, &code, None, None));
        return;
    }
    let observation = Observation::read(&mut reader, record, &resource.object, code);
    for question in std::iter::once(&observation.own).chain(&observation.component) {
        let answer = question.value.as_ref().and_then(shape);
        // A panel's own code asks nothing.
        if answer.is_some() || observation.component.is_empty() {
            sightings.extend(sighting(UnmappedPlace::Question, resource, &question.code, None, answer));
        }
    }
}

fn answers(record: &Record<'_>, resource: &Resource<'_>, rule: Option<&str>, sightings: &mut Vec<Sighting>) {
    let mut reader = Reader::default();
    let Some(code) = fhir::code(&mut reader, &resource.object) else { return };
    let observation = Observation::read(&mut reader, record, &resource.object, code);
    for question in std::iter::once(&observation.own).chain(&observation.component) {
        if let Some(Value::Concept(concept)) = &question.value {
            sightings.extend(sighting(UnmappedPlace::Answer, resource, concept, rule, None));
        }
    }
}

fn sites(resource: &Resource<'_>, sightings: &mut Vec<Sighting>) {
    let mut reader = Reader::default();
    let sites = if resource.kind == "Observation" {
        reader.member(&resource.object, "bodySite", CodeableConcept::read).into_iter().collect()
    } else {
        reader.list(&resource.object, "bodySite", CodeableConcept::read)
    };
    sightings
        .extend(sites.iter().filter_map(|site| sighting(UnmappedPlace::Site, resource, site, None, None)));
}

/// A concept by its first code, else by its words.
fn sighting(
    place: UnmappedPlace,
    resource: &Resource<'_>,
    concept: &CodeableConcept<'_>,
    rule: Option<&str>,
    answer: Option<AnswerShape>,
) -> Option<Sighting> {
    let words = concept.words().next().map(str::to_owned);
    let (system, code) = match concept.coding.iter().find(|coding| !coding.code.is_empty()) {
        Some(coding) => (coding.system.clone().into_owned(), coding.code.clone().into_owned()),
        None => (String::new(), words.clone()?),
    };
    let kind = resource.kind.clone().into_owned();
    let unmapped = Unmapped { place, kind, system, code, rule: rule.map(str::to_owned) };
    Some(Sighting { unmapped, display: words, answer })
}

fn shape(value: &Value<'_>) -> Option<AnswerShape> {
    match value {
        Value::Integer(_) => Some(AnswerShape::Number(String::new())),
        Value::Quantity(quantity) => {
            let unit = quantity.code.as_deref().or(quantity.unit.as_deref()).unwrap_or_default();
            Some(AnswerShape::Number(unit.to_owned()))
        }
        Value::Concept(concept) => {
            let words = concept.words().next().unwrap_or_default().to_owned();
            match concept.coding.first() {
                Some(coding) => Some(AnswerShape::Code(
                    coding.system.clone().into_owned(),
                    coding.code.clone().into_owned(),
                    words,
                )),
                None => Some(AnswerShape::Text),
            }
        }
        Value::Boolean(_) => Some(AnswerShape::Boolean),
        Value::Text(_) => Some(AnswerShape::Text),
        Value::Unread | Value::Several => None,
    }
}
