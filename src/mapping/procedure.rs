//! Procedures and orders of procedures.

use spinemet_engine::clinical::{Evidence, Fact, PartialDate, Place, ProcedureState, Statement};

use super::decision::{Ignored, NearMiss};
use super::input::{Input, Reading};
use super::set::MappingSet;
use super::site::Site;
use super::{Found, evidence};
use crate::fhir::{self, CodeableConcept, Object, Reader, Resource};

/// How far a procedure is, and of which date.
type Told = (ProcedureState, Option<PartialDate>);

impl MappingSet {
    #[expect(clippy::needless_pass_by_value, reason = "one signature for every resource that is mapped")]
    pub(super) fn map_procedure<'a>(
        &self,
        reader: &mut Reader,
        resource: &Resource<'a>,
        code: CodeableConcept<'a>,
    ) -> Result<Vec<Found>, Ignored> {
        let element = format!("{}.code", resource.kind);
        let (rule, reading) = match self.meaning(&code) {
            Ok(Some((rule, reading))) if rule.input == Input::Procedure => (rule, reading),
            Ok(_) => return Err(Ignored::CodeNotKnown),
            Err(reason) => return Ok(vec![Found::near_miss(None, element, reason)]),
        };
        let Reading::Statement(Statement::Procedure(procedure, _, _)) = reading else {
            return Err(Ignored::CodeNotKnown);
        };
        let object = &resource.object;
        let Some(status) = reader.string(object, "status") else {
            return Ok(vec![Found::near_miss(
                Some(rule),
                format!("{}.status", resource.kind),
                NearMiss::NoStatus,
            )]);
        };
        let (state, effective) = if resource.kind == "Procedure" {
            done(reader, object, &status)
        } else {
            ordered(reader, object, &status)
        }?;
        let sites = reader.list(object, "bodySite", CodeableConcept::read);
        let places = match self.places(&sites) {
            Ok(places) => places,
            Err(reason) => {
                return Ok(vec![Found::near_miss(Some(rule), format!("{}.bodySite", resource.kind), reason)]);
            }
        };
        let evidence = Evidence { effective, ..evidence(resource, rule, element, &code) };
        let facts = places.into_iter().map(|place| {
            let statement = Statement::Procedure(procedure, state, place);
            Found::Fact(Fact { statement, evidence: evidence.clone() })
        });
        Ok(facts.collect())
    }

    /// Where in the spine. A site elsewhere makes it another procedure than what is meant here.
    fn places(&self, sites: &[CodeableConcept<'_>]) -> Result<Vec<Place>, NearMiss> {
        if sites.is_empty() {
            return Ok(vec![Place::Unstated]);
        }
        sites
            .iter()
            .map(|site| match self.site_of(site).map(|found| found.site) {
                Some(Site::Vertebra(vertebra)) => Ok(Place::At(vertebra)),
                Some(Site::Spine | Site::SpineRegion) => Ok(Place::Unstated),
                Some(_) => Err(NearMiss::SiteNotSpine),
                None => Err(NearMiss::SiteNotKnown),
            })
            .collect()
    }
}

/// A procedure that was done: its end, because intervals count from there. A period without an end has no date.
fn done(reader: &mut Reader, object: &Object<'_>, status: &str) -> Result<Told, Ignored> {
    let day =
        ["performedDateTime", "occurrenceDateTime"].iter().find_map(|name| fhir::date(reader, object, name));
    let mut bounds = (None, None);
    for name in ["performedPeriod", "occurrencePeriod"] {
        if bounds == (None, None) {
            bounds = fhir::period_bounds(reader, object, name);
        }
    }
    let (start, end) = bounds;
    match status {
        "completed" => Ok((ProcedureState::Done, day.or(end))),
        "in-progress" | "on-hold" => Ok((ProcedureState::Ongoing, day.or(start))),
        "preparation" => Ok((ProcedureState::Planned, day.or(start))),
        _ => Err(Ignored::Status),
    }
}

/// An order that stands is a plan; a draft or a proposal is none.
fn ordered(reader: &mut Reader, object: &Object<'_>, status: &str) -> Result<Told, Ignored> {
    let intent = reader.string(object, "intent");
    if matches!(intent.as_deref(), Some("proposal" | "option" | "directive")) {
        return Err(Ignored::NotEstablished);
    }
    if reader.boolean(object, "doNotPerform") == Some(true) || !matches!(status, "active" | "on-hold") {
        return Err(Ignored::Status);
    }
    let day = fhir::date(reader, object, "occurrenceDateTime");
    let (start, _) = fhir::period_bounds(reader, object, "occurrencePeriod");
    Ok((ProcedureState::Planned, day.or(start)))
}
