//! The codes and words of records that no rule knows yet: what an engineer of a new site has to look at.

use super::decision::{Ignored, NearMiss, Outcome};
use super::observation::Recognised;
use super::set::MappingSet;
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
    /// The code, or the words where there is none; empty for an answer in words, which are not repeated.
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
pub fn unmapped(set: &MappingSet, record: &Record<'_>, mapped: &Mapped) -> Vec<Sighting> {
    use NearMiss::{
        Illegible, SiteNotKnown, UnknownAnswer, UnknownCode, UnknownSystem, UnknownWords, WordsOfUnknownCode,
    };
    let mut sightings = Vec::new();
    for decision in &mapped.decisions {
        let Some(resource) = record.resources.get(decision.resource) else { continue };
        let looking = Looking { set, record, resource };
        sightings.extend(match &decision.outcome {
            Outcome::Ignored(Ignored::CodeNotKnown) => looking.codes(None),
            Outcome::NearMiss {
                element,
                reason: UnknownSystem | WordsOfUnknownCode | UnknownCode | UnknownWords,
                ..
            } => looking.codes(Some(element)),
            // The name of a drug that is not understood whole.
            Outcome::NearMiss { reason: Illegible, .. } if resource.kind != "Observation" => {
                looking.codes(None)
            }
            Outcome::NearMiss { rule, element, reason: UnknownAnswer | Illegible } => {
                looking.answer(element, rule.as_deref()).into_iter().collect()
            }
            Outcome::NearMiss { element, reason: SiteNotKnown, .. } => looking.sites(element),
            _ => Vec::new(),
        });
    }
    sightings
}

/// Looking at one resource for what was not known of it.
struct Looking<'s, 'r, 'a> {
    set: &'s MappingSet,
    record: &'r Record<'a>,
    resource: &'r Resource<'a>,
}

impl<'a> Looking<'_, '_, 'a> {
    /// The codes: that of one question, or all that nobody asks.
    fn codes(&self, element: Option<&str>) -> Vec<Sighting> {
        let mut reader = Reader::default();
        let Some(code) = code_of(&mut reader, self.record, self.resource) else { return Vec::new() };
        if self.resource.kind != "Observation" {
            return sighting(UnmappedPlace::Meaning, self.resource, &code, None, None).into_iter().collect();
        }
        let observation = Observation::read(&mut reader, self.record, &self.resource.object, code);
        let is_panel = !observation.component.is_empty();
        let asked = observation.questions().filter_map(|(path, question)| {
            let is_meant = match element {
                Some(element) => element.strip_suffix(".code") == Some(&path),
                None => matches!(self.set.recognise(&question.code), Recognised::No),
            };
            let answer = question.value.as_ref().and_then(shape);
            // A panel's own code asks nothing.
            let is_asked = answer.is_some() || !is_panel || element.is_some();
            (is_meant && is_asked)
                .then(|| sighting(UnmappedPlace::Question, self.resource, &question.code, None, answer))?
        });
        asked.collect()
    }

    /// The answer in an element. Words are not repeated that stand alone: they may say anything of the patient.
    fn answer(&self, element: &str, rule: Option<&str>) -> Option<Sighting> {
        let observation = self.observation()?;
        let (_, question) = observation.questions().find(|(path, _)| is_within(element, path))?;
        match &question.value {
            Some(Value::Concept(concept)) => {
                sighting(UnmappedPlace::Answer, self.resource, concept, rule, None)
            }
            Some(Value::Text(_)) => {
                let answer = CodeableConcept::worded(String::new());
                sighting(UnmappedPlace::Answer, self.resource, &answer, rule, None)
            }
            _ => None,
        }
    }

    /// The body site in an element, or the level that a component names.
    fn sites(&self, element: &str) -> Vec<Sighting> {
        let observation = self.observation();
        let named =
            observation.iter().flat_map(Observation::questions).find(|(path, _)| is_within(element, path));
        if let Some((_, question)) = named {
            let Some(Value::Concept(concept)) = &question.value else { return Vec::new() };
            return sighting(UnmappedPlace::Site, self.resource, concept, None, None).into_iter().collect();
        }
        let sites = fhir::body_sites(&mut Reader::default(), self.record, &self.resource.object);
        let number = element.strip_suffix(']').and_then(|element| element.rsplit('[').next()?.parse().ok());
        let sent =
            sites.iter().enumerate().filter(|(at, _)| number.is_none_or(|number: usize| *at == number));
        sent.filter_map(|(_, site)| sighting(UnmappedPlace::Site, self.resource, site, None, None)).collect()
    }

    fn observation(&self) -> Option<Observation<'a>> {
        if self.resource.kind != "Observation" {
            return None;
        }
        let mut reader = Reader::default();
        let code = fhir::code(&mut reader, &self.resource.object)?;
        Some(Observation::read(&mut reader, self.record, &self.resource.object, code))
    }
}

/// Whether an element is the value of the question at a path.
fn is_within(element: &str, path: &str) -> bool {
    element.strip_prefix(path).is_some_and(|rest| rest.starts_with(".value"))
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
    Some(Sighting { unmapped, display: words.filter(|words| !words.is_empty()), answer })
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
