//! Observations: a question with an answer, alone or in components.

use spinemet_engine::clinical::{Evidence, Fact, PartialDate, Place, Vertebra};

use super::decision::{Ignored, NearMiss};
use super::histology::Refinement;
use super::input::{Input, Reading, at, is_about_level};
use super::rule::Rule;
use super::set::MappingSet;
use super::site::{SentSite, Site};
use super::unread;
use super::variant::{self, Studied};
use super::words::{normalise, run_together};
use super::{Found, SinsTotal, evidence};
use crate::fhir::{self, CodeableConcept, Observation, Question, Reader, Record, Resource, Value};

/// How a question was recognised.
pub(super) enum Recognised<'s> {
    /// By this rule.
    By(&'s Rule),
    /// By rules that mean different things.
    Ambiguous,
    /// By its code, but under a system that is not known.
    CodeOfUnknownSystem,
    /// By a code that is not the question's, or whose label is of something else.
    Wrongly(&'s Rule, NearMiss),
    /// Not at all.
    No,
}

/// Where an Observation says that it was made.
pub(super) enum Level {
    Known(Place),
    /// Which element names it, and why that does not tell it.
    Unusable(String, NearMiss),
}

/// What all questions of one Observation share.
pub(super) struct Context<'r, 'a> {
    pub resource: &'r Resource<'a>,
    pub effective: Option<PartialDate>,
    pub preliminary: bool,
    pub level: Level,
    pub body_site: Option<CodeableConcept<'a>>,
    /// What a variant is of.
    pub studied: Studied,
    /// What it is about, where that is not the patient.
    pub focus: Vec<String>,
}

/// A question, where it stands and how it was recognised.
pub(super) type Asked<'q, 's, 'a> = (String, &'q Question<'a>, Recognised<'s>);

impl MappingSet {
    pub(super) fn map_observation<'a>(
        &self,
        reader: &mut Reader,
        record: &Record<'a>,
        resource: &Resource<'a>,
        code: CodeableConcept<'a>,
    ) -> Result<Vec<Found>, Ignored> {
        if matches!(self.recognise(&code), Recognised::No) && !self.knows_a_component(resource) {
            return Err(Ignored::CodeNotKnown);
        }
        let mut observation = Observation::read(reader, record, &resource.object, code);
        // A member of a panel is about what the panel is about.
        if observation.body_site.is_none()
            && let Some(panel) = record.panel_of(resource)
        {
            let sites = fhir::body_sites(&mut Reader::default(), record, &panel.object);
            observation.body_site = sites.into_iter().next();
        }
        let asked = observation.questions().map(|(path, question)| {
            let recognised = self.recognise(&question.code);
            (path, question, recognised)
        });
        let (questions, unread): (Vec<Asked<'_, '_, 'a>>, Vec<_>) = asked.partition(is_recognised);
        if questions.is_empty() {
            return Err(Ignored::CodeNotKnown);
        }
        if observation.focus.iter().any(|focus| record.is_somebody_else(resource, focus)) {
            return Err(Ignored::OtherSubject);
        }
        let preliminary = match observation.status.as_deref() {
            Some("final" | "amended" | "corrected") => false,
            Some("preliminary") => true,
            Some(_) => return Err(Ignored::Status),
            None => {
                return Ok(vec![Found::near_miss(None, "Observation.status".to_owned(), NearMiss::NoStatus)]);
            }
        };
        let context = Context {
            resource,
            effective: observation.effective.clone(),
            preliminary,
            level: self.level(observation.body_site.as_ref(), &questions),
            body_site: observation.body_site.clone(),
            studied: variant::studied(&questions),
            focus: observation.focus.iter().map(|focus| focus.clone().into_owned()).collect(),
        };
        let mut found = self.answers(&context, &questions);
        // The code of a panel asks nothing; with a value it does.
        let unread = unread
            .iter()
            .filter(|(path, question, _)| question.value.is_some() || path.contains(".component"));
        unread::add(&mut found, unread.map(|(path, question, _)| (format!("{path}.code"), *question)));
        Ok(found)
    }

    /// What the answers to questions give.
    pub(super) fn answers(&self, context: &Context<'_, '_>, questions: &[Asked<'_, '_, '_>]) -> Vec<Found> {
        questions
            .iter()
            .flat_map(|(path, question, recognised)| self.answer(context, path, question, recognised))
            .collect()
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
    pub(super) fn recognise(&self, code: &CodeableConcept<'_>) -> Recognised<'_> {
        let mut rules =
            code.coding.iter().filter_map(|coding| self.questions.get(&coding.system, &coding.code));
        if let Some(first) = rules.next() {
            return match self.rules.get(*first) {
                _ if !rules.all(|rule| rule == first) => Recognised::Ambiguous,
                Some(rule) if self.is_mislabelled(rule, code) => {
                    Recognised::Wrongly(rule, NearMiss::LabelDisagrees)
                }
                Some(rule) => Recognised::By(rule),
                None => Recognised::No,
            };
        }
        let misused = code.coding.iter().find_map(|coding| self.misused.get(&coding.system, &coding.code));
        if let Some(rule) = misused.and_then(|position| self.rules.get(*position)) {
            return Recognised::Wrongly(rule, NearMiss::MisusedCode);
        }
        let elsewhere =
            |system: &str| self.questions.knows_system(system) || self.meanings.knows_system(system);
        if code.coding.iter().any(|coding| elsewhere(&coding.system)) {
            let named = code.words().find_map(|words| self.question_words.phrase(&normalise(words)));
            return match named.and_then(|position| self.rules.get(position)) {
                Some(rule) if rule.input.is_asked() => {
                    Recognised::Wrongly(rule, NearMiss::WordsOfUnknownCode)
                }
                _ => Recognised::No,
            };
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

    /// Whether the words beside the code of a question are about something else.
    fn is_mislabelled(&self, rule: &Rule, code: &CodeableConcept<'_>) -> bool {
        let asks_otherwise = |words: &str| {
            let other = self.question_words.is_about(&normalise(words));
            other.and_then(|position| self.rules.get(position)).is_some_and(|other| other.input != rule.input)
        };
        !rule.allows_label(code) || code.words().any(asks_otherwise)
    }

    fn by(&self, position: usize) -> Recognised<'_> {
        self.rules.get(position).map_or(Recognised::No, Recognised::By)
    }

    /// The level of an Observation: from its body site, or from a component that says so.
    pub(super) fn level(
        &self,
        body_site: Option<&CodeableConcept<'_>>,
        questions: &[Asked<'_, '_, '_>],
    ) -> Level {
        let stated = questions.iter().filter_map(|(path, question, recognised)| match recognised {
            Recognised::By(rule) if rule.input == Input::Level => {
                Some((answer_element(path, question), self.level_answer(rule, question)))
            }
            _ => None,
        });
        let stated: Vec<(String, Result<Vertebra, NearMiss>)> = stated.collect();
        let by_site = body_site.map(|site| self.site_of(site).map(|found| found.site));
        if let Some((element, first)) = stated.first() {
            let is_elsewhere = |vertebra: Vertebra| {
                by_site.flatten().is_some_and(|site| site.excludes(Site::Vertebra(vertebra)))
            };
            let unusable = |reason| Level::Unusable(element.clone(), reason);
            return match first {
                _ if stated.iter().any(|(_, other)| other != first) => unusable(NearMiss::CodesDisagree),
                Ok(vertebra) if is_elsewhere(*vertebra) => unusable(NearMiss::CodesDisagree),
                Ok(vertebra) => Level::Known(Place::At(*vertebra)),
                Err(reason) => unusable(*reason),
            };
        }
        let unusable = |reason| Level::Unusable("Observation.bodySite".to_owned(), reason);
        match by_site {
            None | Some(Some(Site::Spine)) => Level::Known(Place::Unstated),
            Some(Some(Site::Vertebra(vertebra))) => Level::Known(Place::At(vertebra)),
            Some(Some(Site::SpineRegion)) => unusable(NearMiss::SiteIsRegion),
            Some(Some(_)) => unusable(NearMiss::SiteNotSpine),
            Some(None) => unusable(NearMiss::SiteNotKnown),
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
        context: &Context<'_, '_>,
        path: &str,
        question: &Question<'_>,
        recognised: &Recognised<'_>,
    ) -> Vec<Found> {
        let code_element = || format!("{path}.code");
        let rule = match recognised {
            Recognised::By(rule) if rule.input == Input::Level => {
                let unread = self.level_answer(rule, question).err();
                let element = answer_element(path, question);
                return unread
                    .map(|reason| Found::near_miss(Some(rule), element, reason))
                    .into_iter()
                    .collect();
            }
            Recognised::By(rule) if matches!(rule.input, Input::Gene | Input::VariantName) => {
                return Vec::new();
            }
            Recognised::By(rule) => *rule,
            Recognised::Ambiguous => {
                return vec![Found::near_miss(None, code_element(), NearMiss::CodesDisagree)];
            }
            Recognised::CodeOfUnknownSystem => {
                return vec![Found::near_miss(None, code_element(), NearMiss::UnknownSystem)];
            }
            Recognised::Wrongly(rule, reason) => {
                return vec![Found::near_miss(Some(rule), code_element(), *reason)];
            }
            Recognised::No => return Vec::new(),
        };
        if question.is_modified {
            return vec![Found::ignored(Ignored::ModifierExtension)];
        }
        if rule.input == Input::Ignored {
            return vec![match &question.value {
                Some(Value::Quantity(quantity)) if rule.contradicts_unit(quantity, &question.code) => {
                    let element = format!("{path}.valueQuantity");
                    Found::near_miss(Some(rule), element, NearMiss::UnitContradictsCode)
                }
                _ => Found::ignored(Ignored::ByRule),
            }];
        }
        if rule.input == Input::Histology {
            let histology = match &question.value {
                Some(Value::Concept(concept)) => self.histology(concept),
                _ => None,
            };
            return vec![histology.map_or(Found::ignored(Ignored::ByRule), |histology| {
                let evidence = Evidence {
                    effective: context.effective.clone(),
                    preliminary: context.preliminary,
                    ..evidence(context.resource, rule, format!("{path}.value"), &question.code)
                };
                Found::Refinement(Box::new(Refinement { focus: context.focus.clone(), histology, evidence }))
            })];
        }
        // The code of a panel may be that of its total, which it then leaves to be added up.
        if rule.input == Input::SinsTotal && question.value.is_none() {
            return Vec::new();
        }
        if question.value.is_none() && question.is_absent {
            return vec![Found::ignored(Ignored::DataAbsent)];
        }
        let element = answer_element(path, question);
        match read_answer(rule, question) {
            Ok(reading) => self.facts(context, rule, element, question, reading),
            Err(reason) => vec![Found::near_miss(Some(rule), element, reason)],
        }
    }

    /// Turns what an answer says into facts.
    fn facts(
        &self,
        context: &Context<'_, '_>,
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
            Reading::Statement(statement) if is_about_level(&statement) => match &context.level {
                Level::Known(place) => at(statement, *place),
                Level::Unusable(element, reason) => {
                    return vec![Found::near_miss(Some(rule), element.clone(), *reason)];
                }
            },
            Reading::Statement(statement) => statement,
            Reading::Variant(answer) => {
                return vec![variant::found(context, rule, element, answer, evidence)];
            }
            Reading::SinsTotal(total) => {
                return vec![match &context.level {
                    Level::Known(place) => Found::SinsTotal(SinsTotal { place: *place, total, element }),
                    Level::Unusable(element, reason) => {
                        Found::near_miss(Some(rule), element.clone(), *reason)
                    }
                }];
            }
            Reading::Ignored
            | Reading::Level(_)
            | Reading::Gene(_)
            | Reading::Histology(_)
            | Reading::BenignSpinalTumour => {
                return vec![Found::ignored(Ignored::ByRule)];
            }
            located => {
                let sites = SentSite::of(context.resource, context.body_site.iter().cloned().collect());
                return self.located(rule, &located, &sites, "Observation", |statement, element| Fact {
                    statement,
                    evidence: evidence(element),
                });
            }
        };
        vec![Found::Fact(Fact { statement, evidence: evidence(element) })]
    }
}

/// Where the answer to a question stands.
fn answer_element(path: &str, question: &Question<'_>) -> String {
    match &question.value {
        Some(value) => format!("{path}.{}", value.element()),
        None => format!("{path}.interpretation"),
    }
}

/// Whether a rule asks the question.
pub(super) const fn is_recognised(asked: &Asked<'_, '_, '_>) -> bool {
    !matches!(asked.2, Recognised::No)
}

/// What an answer says. Value and interpretation must not contradict each other.
fn read_answer(rule: &Rule, question: &Question<'_>) -> Result<Reading, NearMiss> {
    let mut interpretation = None;
    for concept in &question.interpretation {
        interpretation = rule.read_codes(concept)?.or(interpretation);
    }
    let value = match &question.value {
        Some(Value::Integer(text)) => rule.read_integer(text)?,
        Some(Value::Quantity(quantity)) => rule.read_quantity(quantity, &question.code)?,
        Some(Value::Concept(concept)) => rule.read_concept(concept)?,
        Some(Value::Boolean(value)) => rule.read_boolean(*value)?,
        Some(Value::Text(text)) => rule.read_text(text, &question.code)?,
        Some(Value::Unread) => return Err(NearMiss::ValueType),
        Some(Value::Several) => return Err(NearMiss::SeveralValues),
        None => return interpretation.ok_or(NearMiss::NoValue),
    };
    match interpretation {
        Some(interpretation) if interpretation != value => Err(NearMiss::InterpretationDisagrees),
        _ => Ok(value),
    }
}
