//! Medications: which drug, and whether it was given, is prescribed, was stopped or is not taken.

use spinemet_engine::clinical::{DrugUse, Evidence, Fact, PartialDate, Statement};

use super::decision::{Ignored, NearMiss};
use super::input::{Input, Reading};
use super::set::MappingSet;
use super::{Found, evidence};
use crate::fhir::{self, CodeableConcept, Reader, Resource};

/// What a resource says of a drug, and of which date.
type Told = (DrugUse, Option<PartialDate>);

impl MappingSet {
    #[expect(clippy::needless_pass_by_value, reason = "one signature for every resource that is mapped")]
    pub(super) fn map_medication<'a>(
        &self,
        reader: &mut Reader,
        resource: &Resource<'a>,
        code: CodeableConcept<'a>,
    ) -> Result<Vec<Found>, Ignored> {
        let element = format!("{}.medication", resource.kind);
        let (rule, reading) = match self.meaning(&code) {
            Ok(Some((rule, reading))) if rule.input == Input::Drug => (rule, reading),
            Ok(_) => return Err(Ignored::CodeNotKnown),
            Err(reason) => return Ok(vec![Found::near_miss(None, element, reason)]),
        };
        let Reading::Statement(Statement::Drug(drug, _)) = reading else {
            return Err(Ignored::CodeNotKnown);
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
        (_, Some(end)) => Ok((DrugUse::Given, Some(end))),
        ("completed" | "stopped", None) => match day {
            Some(day) => Ok((DrugUse::Given, Some(day))),
            None => Ok((DrugUse::Stopped, start)),
        },
        (_, None) => Ok((DrugUse::Prescribed, start.or(day))),
    }
}
