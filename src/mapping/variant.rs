//! Driver variants: the answer is in one element, the gene in another.

use spinemet_engine::clinical::{Answer, Driver, Evidence, Fact, Statement};

use super::Found;
use super::decision::{Ignored, NearMiss};
use super::input::{Input, Reading};
use super::observation::{Asked, Context, Recognised};
use super::rule::Rule;
use crate::fhir::Value;

/// The gene that the components of an Observation name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gene {
    /// One that the guidance knows as a driver.
    Driver(Driver),
    /// Another one.
    Other,
    /// Several, or one that is not understood.
    Unclear,
    /// None.
    Unnamed,
}

/// What the components of an Observation say of its variant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Studied {
    gene: Gene,
    /// Whether just one variant of the gene is named.
    is_one_variant: bool,
}

/// What was studied.
pub(super) fn studied(questions: &[Asked<'_, '_, '_>]) -> Studied {
    let names_variant = |recognised: &Recognised<'_>| matches!(recognised, Recognised::By(rule) if rule.input == Input::VariantName);
    Studied {
        gene: gene(questions),
        is_one_variant: questions
            .iter()
            .any(|(_, question, recognised)| question.value.is_some() && names_variant(recognised)),
    }
}

/// The gene among the components.
fn gene(questions: &[Asked<'_, '_, '_>]) -> Gene {
    let named =
        questions.iter().filter_map(|(_, question, recognised)| match (recognised, &question.value) {
            (Recognised::By(rule), value) if rule.input == Input::Gene => Some(match value {
                Some(Value::Concept(concept)) => rule.read_concept(concept),
                Some(Value::Text(text)) => rule.read_words(text),
                _ => Err(NearMiss::NoValue),
            }),
            _ => None,
        });
    named.fold(Gene::Unnamed, |gene, reading| match (gene, reading) {
        (Gene::Unnamed, Ok(Reading::Gene(Some(driver)))) => Gene::Driver(driver),
        (Gene::Unnamed, Ok(Reading::Gene(None)) | Err(NearMiss::UnknownAnswer)) => Gene::Other,
        (same @ Gene::Driver(known), Ok(Reading::Gene(Some(driver)))) if known == driver => same,
        _ => Gene::Unclear,
    })
}

/// What "present" or "absent" says of the gene.
pub(super) fn found(
    context: &Context<'_, '_>,
    rule: &Rule,
    element: String,
    answer: Answer,
    evidence: impl Fn(String) -> Evidence,
) -> Found {
    match context.studied.gene {
        Gene::Driver(_) if answer == Answer::No && context.studied.is_one_variant => {
            Found::ignored(Ignored::ByRule)
        }
        Gene::Driver(driver) => {
            Found::Fact(Fact { statement: Statement::Driver(driver, answer), evidence: evidence(element) })
        }
        Gene::Other => Found::ignored(Ignored::ByRule),
        Gene::Unclear => {
            Found::near_miss(Some(rule), "Observation.component".to_owned(), NearMiss::UnknownAnswer)
        }
        Gene::Unnamed => Found::near_miss(Some(rule), "Observation.component".to_owned(), NearMiss::NoValue),
    }
}
