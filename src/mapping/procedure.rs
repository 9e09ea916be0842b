//! Procedures, and orders and appointments for them.

use spinemet_engine::clinical::{
    Answer, Evidence, Fact, PartialDate, Place, Procedure, ProcedureState, Question, Statement,
};

use super::decision::{Ignored, NearMiss};
use super::input::{Input, Reading};
use super::meaning::Meaning;
use super::rule::Rule;
use super::set::MappingSet;
use super::site::{SentSite, Site};
use super::{Found, evidence};
use crate::fhir::{self, CodeableConcept, Object, Reader, Record, Resource};

/// How far a procedure is, and of which date.
type Told = (ProcedureState, Option<PartialDate>);

/// Where a procedure is done.
pub(super) enum Where {
    /// In the spine, at these places; or nothing is said.
    Spine(Vec<Place>),
    /// Elsewhere in the body.
    Elsewhere,
    /// Somewhere that is not known here.
    Unknown,
}

impl MappingSet {
    #[expect(clippy::needless_pass_by_value, reason = "one signature for every resource that is mapped")]
    pub(super) fn map_procedure<'a>(
        &self,
        reader: &mut Reader,
        record: &Record<'a>,
        resource: &Resource<'a>,
        code: CodeableConcept<'a>,
    ) -> Result<Vec<Found>, Ignored> {
        let element = format!("{}.code", resource.kind);
        let (rule, meaning, site) = match (self.meaning(&code), self.meaning_at_site(&code)) {
            (Ok(Some((rule, meaning))), _) if rule.input == Input::Procedure => (rule, meaning, None),
            (Ok(None), Some((rule, meaning, site))) if rule.input == Input::Procedure => {
                (rule, meaning, Some(site))
            }
            (Ok(None), _) if self.is_of_unknown_system(&code) => {
                return Ok(vec![Found::near_miss(None, element, NearMiss::UnknownSystem)]);
            }
            (Ok(Some((rule, _))), _) if rule.input == Input::Ignored => return Err(Ignored::ByRule),
            (Ok(None), _) if self.rule_of_words(&code).is_some_and(|rule| rule.input == Input::Procedure) => {
                return Ok(vec![Found::near_miss(None, element, NearMiss::WordsOfUnknownCode)]);
            }
            (Ok(_), _) => return Err(Ignored::CodeNotKnown),
            (Err(reason), _) => return Ok(vec![Found::near_miss(None, element, reason)]),
        };
        if let Some(reason) = self.contradiction_in_words(&code, &meaning)
            && (reason == NearMiss::LabelDisagrees || resource.kind == "Procedure")
        {
            return Ok(vec![Found::near_miss(Some(rule), element, reason)]);
        }
        let object = &resource.object;
        let Some(status) = reader.string(object, "status") else {
            return Ok(vec![Found::near_miss(
                Some(rule),
                format!("{}.status", resource.kind),
                NearMiss::NoStatus,
            )]);
        };
        let (state, effective) = match resource.kind.as_ref() {
            "Procedure" => done(reader, object, &status),
            "Appointment" => booked(reader, object, &status),
            _ => ordered(reader, object, &status),
        }?;
        let mut sites = fhir::body_sites(reader, record, object);
        if sites.is_empty() {
            sites = fhir::irradiated_volumes(reader, record, object);
        }
        let mut sites = SentSite::of(resource, sites);
        if !self.add_named_site(resource, &mut sites, site) {
            let element = format!("{}.bodySite", resource.kind);
            return Ok(vec![Found::near_miss(Some(rule), element, NearMiss::SiteContradictsCode)]);
        }
        let evidence = Evidence { effective, ..evidence(resource, rule, element, &code) };
        let fact = |statement| Found::Fact(Fact { statement, evidence: evidence.clone() });
        let procedures = self.procedures(reader, object, &meaning);
        Ok(self.found(resource, rule, &meaning, &sites, &procedures, state, fact))
    }

    /// The procedures that a meaning names; radiotherapy whose technique is said to be stereotactic is just that.
    pub(super) fn procedures(
        &self,
        reader: &mut Reader,
        object: &Object<'_>,
        meaning: &Meaning,
    ) -> Vec<Procedure> {
        let named: Vec<Procedure> = meaning.of(Input::Procedure).filter_map(procedure).collect();
        let is_stereotactic = named.contains(&Procedure::Radiotherapy)
            && fhir::radiotherapy_techniques(reader, object).iter().any(|technique| {
                let meaning = self.meaning(technique).ok().flatten();
                meaning.is_some_and(|(_, meaning)| {
                    let mut said = meaning.of(Input::Procedure).filter_map(procedure);
                    said.any(|procedure| procedure == Procedure::StereotacticRadiotherapy)
                })
            });
        named
            .into_iter()
            .map(|named| match named {
                Procedure::Radiotherapy if is_stereotactic => Procedure::StereotacticRadiotherapy,
                named => named,
            })
            .collect()
    }

    /// What procedures in some state say, wherever they are done.
    #[expect(clippy::too_many_arguments, reason = "the parts of one resource")]
    fn found(
        &self,
        resource: &Resource<'_>,
        rule: &Rule,
        meaning: &Meaning,
        sites: &[SentSite<'_>],
        procedures: &[Procedure],
        state: ProcedureState,
        fact: impl Fn(Statement) -> Found,
    ) -> Vec<Found> {
        let at_site = format!("{}.bodySite", resource.kind);
        // Radiotherapy anywhere is a risk for wounds, whatever it did not do to the spine.
        let irradiated = procedures.iter().any(|procedure| procedure.is_radiotherapy())
            && state != ProcedureState::Planned;
        let somewhere =
            || fact(Statement::Answered(Question::PriorRadiotherapy, Place::Unstated, Answer::Yes));
        // What one site says does not answer for another that is not known.
        let unknown = sites.iter().filter(|site| self.site_of(&site.concept).is_none());
        let unread =
            unknown.map(|site| Found::near_miss(Some(rule), site.element.clone(), NearMiss::SiteNotKnown));
        match self.site_in_spine(sites.iter().map(|site| &site.concept)) {
            Where::Spine(_) if meaning.only_in_spine && sites.is_empty() => {
                vec![Found::near_miss(Some(rule), at_site, NearMiss::SiteMissing)]
            }
            Where::Spine(places) => places
                .iter()
                .flat_map(|place| procedures.iter().map(|named| Statement::Procedure(*named, state, *place)))
                .map(fact)
                .chain(unread)
                .collect(),
            Where::Elsewhere if irradiated => vec![somewhere()],
            Where::Elsewhere => vec![Found::ignored(Ignored::NotTheSpine)],
            Where::Unknown => {
                let mut found: Vec<Found> = unread.collect();
                // A bone, not said which.
                if found.is_empty() {
                    found.push(Found::near_miss(Some(rule), at_site, NearMiss::SiteNotKnown));
                }
                found.extend(irradiated.then(somewhere));
                found
            }
        }
    }

    /// Where in the spine, if there. Of several sites those in the spine count.
    pub(super) fn site_in_spine<'c, 'a: 'c>(
        &self,
        sites: impl IntoIterator<Item = &'c CodeableConcept<'a>>,
    ) -> Where {
        let known: Vec<Option<Site>> =
            sites.into_iter().map(|site| self.site_of(site).map(|found| found.site)).collect();
        if known.is_empty() {
            return Where::Spine(vec![Place::Unstated]);
        }
        let places: Vec<Place> = known
            .iter()
            .filter_map(|site| match site {
                Some(Site::Vertebra(vertebra)) => Some(Place::At(*vertebra)),
                Some(Site::Spine | Site::SpineRegion) => Some(Place::Unstated),
                _ => None,
            })
            .collect();
        match () {
            () if !places.is_empty() => Where::Spine(places),
            () if known.contains(&None) || known.contains(&Some(Site::Bone)) => Where::Unknown,
            () => Where::Elsewhere,
        }
    }
}

fn procedure(reading: &Reading) -> Option<Procedure> {
    match reading {
        Reading::Statement(Statement::Procedure(procedure, _, _)) => Some(*procedure),
        _ => None,
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

/// An appointment that stands is a plan for its day.
fn booked(reader: &mut Reader, object: &Object<'_>, status: &str) -> Result<Told, Ignored> {
    match status {
        "booked" | "pending" | "arrived" | "checked-in" | "waitlist" => {
            Ok((ProcedureState::Planned, fhir::date(reader, object, "start")))
        }
        _ => Err(Ignored::Status),
    }
}
