//! Observations: a question with an answer, alone or in components.

use spinemet_engine::clinical::{Evidence, Fact, PartialDate, Place, Vertebra};

use super::decision::{Ignored, NearMiss};
use super::input::{Input, Reading, at, is_about_level};
use super::rule::Rule;
use super::set::MappingSet;
use super::site::Site;
use super::words::{normalise, run_together};
use super::{Found, evidence};
use crate::fhir::{CodeableConcept, Observation, Question, Reader, Resource, Value};

/// How a question was recognised.
enum Recognised<'s> {
    /// By this rule.
    By(&'s Rule),
    /// By rules that mean different things.
    Ambiguous,
    /// By its code, but under a system that is not known.
    CodeOfUnknownSystem,
    /// Not at all.
    No,
}

/// Where an Observation says that it was made.
enum Level {
    Known(Place),
    Unusable(NearMiss),
}

/// What all questions of one Observation share.
struct Context<'a> {
    resource: &'a Resource<'a>,
    effective: Option<PartialDate>,
    preliminary: bool,
    level: Level,
    body_site: Option<CodeableConcept<'a>>,
}

impl MappingSet {
    pub(super) fn map_observation<'a>(
        &self,
        reader: &mut Reader,
        resource: &Resource<'a>,
        code: CodeableConcept<'a>,
    ) -> Result<Vec<Found>, Ignored> {
        if matches!(self.recognise(&code), Recognised::No) && !self.knows_a_component(resource) {
            return Err(Ignored::CodeNotKnown);
        }
        let observation = Observation::read(reader, &resource.object, code);
        let questions: Vec<(String, &Question<'_>, Recognised<'_>)> = std::iter::once(&observation.own)
            .chain(&observation.component)
            .enumerate()
            .map(|(position, question)| (path(position), question, self.recognise(&question.code)))
            .filter(|(_, _, recognised)| !matches!(recognised, Recognised::No))
            .collect();
        if questions.is_empty() {
            return Err(Ignored::CodeNotKnown);
        }
        let preliminary = match observation.status.as_deref() {
            Some("final" | "amended" | "corrected") => false,
            Some("preliminary") => true,
            Some(_) => return Err(Ignored::Status),
            None => {
                return Ok(vec![Found::near_miss(None, "Observation.status".to_owned(), NearMiss::NoStatus)]);
            }
        };
        let level = self.level(observation.body_site.as_ref(), &questions);
        let context = Context {
            resource,
            effective: observation.effective.clone(),
            preliminary,
            level,
            body_site: observation.body_site.clone(),
        };
        let found = questions
            .iter()
            .flat_map(|(path, question, recognised)| self.answer(&context, path, question, recognised));
        Ok(found.collect())
    }

    /// Whether a component asks a question that a rule knows: only then is the rest of a panel worth reading. What is wrong
    /// with the components of an unknown panel concerns nobody.
    fn knows_a_component(&self, resource: &Resource<'_>) -> bool {
        if resource.object.get("component").is_none() {
            return false;
        }
        let mut reader = Reader::default();
        let codes = reader.list(&resource.object, "component", |reader, value| {
            let component = reader.object(value)?;
            reader.member(&component, "code", CodeableConcept::read)
        });
        codes.iter().any(|code| !matches!(self.recognise(code), Recognised::No))
    }

    /// Which rule asks the question of a code: by code, else in words where no known code system was used.
    fn recognise(&self, code: &CodeableConcept<'_>) -> Recognised<'_> {
        let mut rules =
            code.coding.iter().filter_map(|coding| self.questions.get(&coding.system, &coding.code));
        if let Some(first) = rules.next() {
            return if rules.all(|rule| rule == first) { self.by(*first) } else { Recognised::Ambiguous };
        }
        let elsewhere =
            |system: &str| self.questions.knows_system(system) || self.meanings.knows_system(system);
        if code.coding.iter().any(|coding| elsewhere(&coding.system)) {
            return Recognised::No;
        }
        let mut in_words = code.words().filter_map(|words| self.question_words.is_about(&normalise(words)));
        if let Some(first) = in_words.next() {
            return if in_words.all(|rule| rule == first) { self.by(first) } else { Recognised::Ambiguous };
        }
        let known_code = |code: &str| code.len() >= 5 && self.questions.knows_code_elsewhere(code);
        if code.coding.iter().any(|coding| known_code(&coding.code)) {
            return Recognised::CodeOfUnknownSystem;
        }
        Recognised::No
    }

    fn by(&self, position: usize) -> Recognised<'_> {
        self.rules.get(position).map_or(Recognised::No, Recognised::By)
    }

    /// The level of an Observation: from its body site, or from a component that says so.
    fn level(
        &self,
        body_site: Option<&CodeableConcept<'_>>,
        questions: &[(String, &Question<'_>, Recognised<'_>)],
    ) -> Level {
        let mut stated = questions.iter().filter_map(|(_, question, recognised)| match recognised {
            Recognised::By(rule) if rule.input == Input::Level => Some(self.level_answer(rule, question)),
            _ => None,
        });
        if let Some(level) = stated.next() {
            return level.map_or_else(Level::Unusable, |vertebra| Level::Known(Place::At(vertebra)));
        }
        let Some(body_site) = body_site else { return Level::Known(Place::Unstated) };
        match self.site_of(body_site).map(|found| found.site) {
            Some(Site::Vertebra(vertebra)) => Level::Known(Place::At(vertebra)),
            Some(Site::Spine) => Level::Known(Place::Unstated),
            Some(Site::SpineRegion) => Level::Unusable(NearMiss::SiteIsRegion),
            Some(_) => Level::Unusable(NearMiss::SiteNotSpine),
            None => Level::Unusable(NearMiss::SiteNotKnown),
        }
    }

    fn level_answer(&self, rule: &Rule, question: &Question<'_>) -> Result<Vertebra, NearMiss> {
        let words = match &question.value {
            Some(Value::Concept(concept)) => match self.site_of(concept).map(|found| found.site) {
                Some(Site::Vertebra(vertebra)) => return Ok(vertebra),
                Some(Site::SpineRegion) => return Err(NearMiss::SiteIsRegion),
                Some(_) => return Err(NearMiss::SiteNotSpine),
                None => return Err(NearMiss::SiteNotKnown),
            },
            Some(Value::Text(text)) => text,
            _ => return Err(NearMiss::SiteNotKnown),
        };
        if let Some(Site::Vertebra(vertebra)) =
            self.site_words.get(&run_together(words)).map(|found| found.site)
        {
            return Ok(vertebra);
        }
        match rule.read_words(words) {
            Ok(Reading::Level(vertebra)) => Ok(vertebra),
            _ => Err(NearMiss::SiteNotKnown),
        }
    }

    /// What the answer to one question gives.
    fn answer(
        &self,
        context: &Context<'_>,
        path: &str,
        question: &Question<'_>,
        recognised: &Recognised<'_>,
    ) -> Vec<Found> {
        let code_element = || format!("{path}.code");
        let rule = match recognised {
            Recognised::By(rule) if rule.input == Input::Level => return Vec::new(),
            Recognised::By(rule) => *rule,
            Recognised::Ambiguous => {
                return vec![Found::near_miss(None, code_element(), NearMiss::CodesDisagree)];
            }
            Recognised::CodeOfUnknownSystem => {
                return vec![Found::near_miss(None, code_element(), NearMiss::UnknownSystem)];
            }
            Recognised::No => return Vec::new(),
        };
        if rule.input == Input::Ignored {
            return vec![Found::ignored(Ignored::ByRule)];
        }
        if question.value.is_none() && question.is_absent {
            return vec![Found::ignored(Ignored::DataAbsent)];
        }
        let element = match &question.value {
            Some(value) => format!("{path}.{}", value.element()),
            None => format!("{path}.interpretation"),
        };
        match read_answer(rule, question) {
            Ok(reading) => self.facts(context, rule, element, question, reading),
            Err(reason) => vec![Found::near_miss(Some(rule), element, reason)],
        }
    }

    /// Turns what an answer says into facts.
    fn facts(
        &self,
        context: &Context<'_>,
        rule: &Rule,
        element: String,
        question: &Question<'_>,
        reading: Reading,
    ) -> Vec<Found> {
        let evidence = |element: String| Evidence {
            effective: context.effective.clone(),
            preliminary: context.preliminary,
            ..evidence(context.resource, rule, element, &question.code)
        };
        let statement = match reading {
            Reading::Statement(statement) if is_about_level(&statement) => match context.level {
                Level::Known(place) => at(statement, place),
                Level::Unusable(reason) => {
                    return vec![Found::near_miss(Some(rule), "Observation.bodySite".to_owned(), reason)];
                }
            },
            Reading::Statement(statement) => statement,
            Reading::Ignored | Reading::Level(_) => return vec![Found::ignored(Ignored::ByRule)],
            located => {
                let sites: Vec<CodeableConcept<'_>> = context.body_site.iter().cloned().collect();
                return self.located(rule, &located, &sites, "Observation", |statement, element| Fact {
                    statement,
                    evidence: evidence(element),
                });
            }
        };
        vec![Found::Fact(Fact { statement, evidence: evidence(element) })]
    }
}

/// The FHIRPath of the question at a position: the Observation itself, then its components.
fn path(position: usize) -> String {
    match position.checked_sub(1) {
        None => "Observation".to_owned(),
        Some(component) => format!("Observation.component[{component}]"),
    }
}

/// What an answer says. Value and interpretation must not contradict each other.
fn read_answer(rule: &Rule, question: &Question<'_>) -> Result<Reading, NearMiss> {
    let mut interpretation = None;
    for concept in &question.interpretation {
        interpretation = rule.read_codes(concept)?.or(interpretation);
    }
    let value = match &question.value {
        Some(Value::Integer(text)) => rule.read_integer(text)?,
        Some(Value::Quantity(quantity)) => rule.read_quantity(quantity)?,
        Some(Value::Concept(concept)) => rule.read_concept(concept)?,
        Some(Value::Boolean(value)) => rule.read_boolean(*value)?,
        Some(Value::Text(text)) => rule.read_words(text)?,
        Some(Value::Unread) => return Err(NearMiss::ValueType),
        None => return interpretation.ok_or(NearMiss::NoValue),
    };
    match interpretation {
        Some(interpretation) if interpretation != value => Err(NearMiss::InterpretationDisagrees),
        _ => Ok(value),
    }
}
