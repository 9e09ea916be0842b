//! Medications: which drug, and whether it was given, is prescribed, was stopped or is not taken.

use spinemet_engine::clinical::{Drug, DrugUse, Evidence, Fact, PartialDate, Statement};

use super::decision::{Ignored, NearMiss};
use super::input::{Input, Reading};
use super::products::Product;
use super::rule::Rule;
use super::set::MappingSet;
use super::{Found, evidence};
use crate::fhir::{self, CodeableConcept, Reader, Record, Resource};

/// Why a concept names no drug that can be used.
pub(super) enum Unnamed<'s> {
    Ignored(Ignored),
    NearMiss(Option<&'s Rule>, NearMiss),
}

/// What a resource says of a drug, and of which date.
type Told = (DrugUse, Option<PartialDate>);

impl MappingSet {
    #[expect(clippy::needless_pass_by_value, reason = "one signature for every resource that is mapped")]
    pub(super) fn map_medication<'a>(
        &self,
        reader: &mut Reader,
        _record: &Record<'a>,
        resource: &Resource<'a>,
        code: CodeableConcept<'a>,
    ) -> Result<Vec<Found>, Ignored> {
        let element = format!("{}.medication", resource.kind);
        let (rule, drug) = match self.drug_of(&code) {
            Ok(found) => found,
            Err(Unnamed::Ignored(reason)) => return Err(reason),
            Err(Unnamed::NearMiss(rule, reason)) => return Ok(vec![Found::near_miss(rule, element, reason)]),
        };
        let Some(status) = reader.string(&resource.object, "status") else {
            return Ok(vec![Found::near_miss(
                Some(rule),
                format!("{}.status", resource.kind),
                NearMiss::NoStatus,
            )]);
        };
        let (taken, effective) = match resource.kind.as_ref() {
            "MedicationAdministration" => administered(reader, resource, &status),
            "MedicationRequest" => requested(reader, resource, &status),
            "MedicationDispense" => dispensed(reader, resource, &status),
            _ => stated(reader, resource, &status),
        }?;
        let evidence = Evidence { effective, ..evidence(resource, rule, element, &code) };
        Ok(vec![Found::Fact(Fact { statement: Statement::Drug(drug, taken), evidence })])
    }

    /// Which drug a concept names: by its codes, else in words. Where both are understood they must name the same: a label
    /// that names another drug than the code shows that one of them is wrong.
    pub(super) fn drug_of(&self, code: &CodeableConcept<'_>) -> Result<(&Rule, Drug), Unnamed<'_>> {
        let by_code = match self.meaning(code) {
            Ok(Some((rule, _))) if rule.input == Input::Ignored => {
                return Err(Unnamed::Ignored(Ignored::ByRule));
            }
            Ok(found) => found.filter(|(rule, _)| rule.input == Input::Drug),
            Err(reason) => return Err(Unnamed::NearMiss(None, reason)),
        };
        let by_code =
            by_code.and_then(|(rule, meaning)| Some((rule, drug(meaning.of(Input::Drug).next()?)?)));
        let mut named: Option<(&Rule, Drug)> = by_code;
        let mut unclear = None;
        for words in code.words() {
            if let Some((rule, _)) = named
                && self.doubts.are_in(words)
            {
                return Err(Unnamed::NearMiss(Some(rule), NearMiss::LabelInDoubt));
            }
            match self.products.read(words) {
                Product::Known((position, reading)) => {
                    let Some(found) = self.rules.get(*position).zip(drug(reading)) else { continue };
                    if named.is_some_and(|(_, known)| known != found.1) {
                        let reason = if by_code.is_some() {
                            NearMiss::LabelDisagrees
                        } else {
                            NearMiss::CodesDisagree
                        };
                        return Err(Unnamed::NearMiss(Some(found.0), reason));
                    }
                    named = named.or(Some(found));
                }
                Product::OtherForm(_) => return Err(Unnamed::Ignored(Ignored::ByRule)),
                Product::Unclear(position) => unclear = self.rules.get(position),
                Product::Unknown => {}
            }
        }
        match (named, unclear) {
            (_, Some(rule)) if by_code.is_none() => Err(Unnamed::NearMiss(Some(rule), NearMiss::Illegible)),
            (Some(found), _) => Ok(found),
            (None, _) => Err(Unnamed::Ignored(Ignored::CodeNotKnown)),
        }
    }
}

fn drug(reading: &Reading) -> Option<Drug> {
    match reading {
        Reading::Statement(Statement::Drug(drug, _)) => Some(*drug),
        _ => None,
    }
}

/// The first of these elements that is there: a date, or the end of a period.
fn end_of(
    reader: &mut Reader,
    resource: &Resource<'_>,
    dates: &[&'static str],
    periods: &[&'static str],
) -> Option<PartialDate> {
    let date = dates.iter().find_map(|name| fhir::date(reader, &resource.object, name));
    date.or_else(|| periods.iter().find_map(|name| fhir::period_bounds(reader, &resource.object, name).1))
}

fn administered(reader: &mut Reader, resource: &Resource<'_>, status: &str) -> Result<Told, Ignored> {
    match status {
        "completed" | "in-progress" | "stopped" | "on-hold" => {
            let dates = ["effectiveDateTime", "occurrenceDateTime", "occurenceDateTime"];
            let periods = ["effectivePeriod", "occurrencePeriod", "occurencePeriod"];
            Ok((DrugUse::Given, end_of(reader, resource, &dates, &periods)))
        }
        _ => Err(Ignored::Status),
    }
}

/// An order says nothing of the last dose; one that is only proposed says nothing at all.
fn requested(reader: &mut Reader, resource: &Resource<'_>, status: &str) -> Result<Told, Ignored> {
    let intent = reader.string(&resource.object, "intent");
    if matches!(intent.as_deref(), Some("proposal" | "option")) {
        return Err(Ignored::NotEstablished);
    }
    if reader.boolean(&resource.object, "doNotPerform") == Some(true) {
        return Err(Ignored::Status);
    }
    let written = fhir::date(reader, &resource.object, "authoredOn");
    match status {
        "active" | "on-hold" => Ok((DrugUse::Prescribed, written)),
        "stopped" | "cancelled" | "completed" | "ended" => Ok((DrugUse::Stopped, written)),
        _ => Err(Ignored::Status),
    }
}

fn dispensed(reader: &mut Reader, resource: &Resource<'_>, status: &str) -> Result<Told, Ignored> {
    match status {
        "completed" => Ok((DrugUse::Prescribed, fhir::date(reader, &resource.object, "whenHandedOver"))),
        _ => Err(Ignored::Status),
    }
}

/// A statement with an end tells the last day; one without an end that it goes on.
fn stated(reader: &mut Reader, resource: &Resource<'_>, status: &str) -> Result<Told, Ignored> {
    let day = fhir::date(reader, &resource.object, "effectiveDateTime");
    let (start, end) = fhir::period_bounds(reader, &resource.object, "effectivePeriod");
    let adherence = reader.member(&resource.object, "adherence", |reader, value| {
        let adherence = reader.object(value)?;
        reader.member(&adherence, "code", CodeableConcept::read)
    });
    let not_taken = adherence.is_some_and(|code| code.has_code("not-taking"));
    match (status, end) {
        ("not-taken", _) => Ok((DrugUse::NotTaken, day.or(start))),
        ("entered-in-error" | "draft" | "unknown", _) => Err(Ignored::Status),
        (_, _) if not_taken => Ok((DrugUse::NotTaken, day.or(start))),
        (_, Some(end)) => Ok((DrugUse::LastTaken, Some(end))),
        ("completed" | "stopped", None) => match day {
            Some(day) => Ok((DrugUse::LastTaken, Some(day))),
            None => Ok((DrugUse::Stopped, start)),
        },
        (_, None) => Ok((DrugUse::Prescribed, start.or(day))),
    }
}
