//! Orders that are being written: which of them the guidance speaks about, where in the spine, and for when.
//!
//! They are read through the same rules as the record, and never become facts of it.

use spinemet_engine::clinical::{Evidence, PartialDate, Place};
use spinemet_engine::guidance::order::{Order, Ordered};

use super::decision::{Ignored, NearMiss, Outcome};
use super::evidence;
use super::input::Input;
use super::medication::Unnamed;
use super::procedure::Where;
use super::rule::Rule;
use super::set::MappingSet;
use crate::fhir::{self, CodeableConcept, Json, Object, Reader, Record, Resource};

/// From when to when an order runs.
type Dates = (Option<PartialDate>, Option<PartialDate>);

/// What is ordered and where in the spine.
struct Recognised<'s> {
    rule: &'s Rule,
    ordered: Vec<Ordered>,
    place: Place,
}

impl MappingSet {
    /// What a resource orders: one thing, or the several parts of an operation.
    ///
    /// # Errors
    /// Why it is no order that the guidance speaks about.
    pub fn orders(&self, record: &Record<'_>, resource: &Resource<'_>) -> Result<Vec<Order>, Outcome> {
        let mut reader = Reader::at(&resource.place);
        let reader = &mut reader;
        let element = format!("{}.code", resource.kind);
        let concepts = concepts(reader, record, resource)?;
        let mut refusal = Outcome::Ignored(Ignored::NoCode);
        let mut found = None;
        for code in concepts {
            let recognised = if resource.kind == "MedicationRequest" {
                self.ordered_drug(&code, &element)
            } else {
                self.ordered_procedures(reader, resource, &code, &element)
            };
            match recognised {
                Ok(recognised) => {
                    found = Some((recognised, code));
                    break;
                }
                Err(reason) => refusal = reason,
            }
        }
        let Some((recognised, code)) = found else { return Err(refusal) };
        if !is_wanted(reader, resource) {
            return Err(Outcome::Ignored(Ignored::Status));
        }
        let subject = fhir::subject(reader, &resource.object);
        if !record.is_about_patient(subject.as_deref()) {
            return Err(Outcome::Ignored(Ignored::OtherSubject));
        }
        let (effective, until) = dates(reader, resource);
        let evidence = Evidence { effective, ..evidence(resource, recognised.rule, element, &code) };
        let order = |ordered| Order {
            ordered,
            place: recognised.place,
            evidence: evidence.clone(),
            until: until.clone(),
        };
        Ok(recognised.ordered.into_iter().map(order).collect())
    }

    fn ordered_drug(&self, code: &CodeableConcept<'_>, element: &str) -> Result<Recognised<'_>, Outcome> {
        match self.drug_of(code) {
            Ok((rule, drug)) => {
                Ok(Recognised { rule, ordered: vec![Ordered::Drug(drug)], place: Place::Unstated })
            }
            Err(Unnamed::Ignored(reason)) => Err(Outcome::Ignored(reason)),
            Err(Unnamed::NearMiss(rule, reason)) => Err(near_miss(rule, element, reason)),
        }
    }

    /// The procedures that a code names, if they are to be done in the spine. Of several levels none is chosen.
    fn ordered_procedures(
        &self,
        reader: &mut Reader,
        resource: &Resource<'_>,
        code: &CodeableConcept<'_>,
        element: &str,
    ) -> Result<Recognised<'_>, Outcome> {
        let (rule, meaning) = match self.meaning(code) {
            Ok(Some((rule, meaning))) if rule.input == Input::Procedure => (rule, meaning),
            Ok(_) => return Err(Outcome::Ignored(Ignored::CodeNotKnown)),
            Err(reason) => return Err(near_miss(None, element, reason)),
        };
        if self.contradiction_in_words(code, &meaning) == Some(NearMiss::LabelDisagrees) {
            return Err(near_miss(Some(rule), element, NearMiss::LabelDisagrees));
        }
        let sites = reader.list(&resource.object, "bodySite", CodeableConcept::read);
        let place = match self.site_in_spine(&sites) {
            Where::Spine(_) if meaning.only_in_spine && sites.is_empty() => {
                return Err(near_miss(Some(rule), element, NearMiss::SiteMissing));
            }
            Where::Spine(places) => {
                places.first().filter(|_| places.len() == 1).copied().unwrap_or(Place::Unstated)
            }
            Where::Elsewhere => return Err(Outcome::Ignored(Ignored::NotTheSpine)),
            // Words for a site that nobody knows do not make it another order, unless the code is one for any site.
            Where::Unknown if meaning.only_in_spine => {
                return Err(near_miss(Some(rule), element, NearMiss::SiteNotKnown));
            }
            Where::Unknown => Place::Unstated,
        };
        let procedures = self.procedures(reader, &resource.object, &meaning);
        Ok(Recognised { rule, ordered: procedures.into_iter().map(Ordered::Procedure).collect(), place })
    }
}

fn near_miss(rule: Option<&Rule>, element: &str, reason: NearMiss) -> Outcome {
    Outcome::NearMiss { rule: rule.map(|rule| rule.id.clone()), element: element.to_owned(), reason }
}

/// The concepts that may say what is ordered, the most telling first.
fn concepts<'a>(
    reader: &mut Reader,
    record: &Record<'a>,
    resource: &Resource<'a>,
) -> Result<Vec<CodeableConcept<'a>>, Outcome> {
    let object = &resource.object;
    match resource.kind.as_ref() {
        "ServiceRequest" | "Procedure" => Ok(coded(reader, object, "code").into_iter().collect()),
        "MedicationRequest" => Ok(fhir::medication(reader, record, object).into_iter().collect()),
        "DeviceRequest" => {
            let code = coded(reader, object, "codeCodeableConcept").or_else(|| coded(reader, object, "code"));
            Ok(code.into_iter().collect())
        }
        "Appointment" => {
            let booked = fhir::appointment(reader, record, object);
            let words = reader.string(object, "description");
            let described = words.map(|text| CodeableConcept { coding: Vec::new(), text: Some(text) });
            Ok(booked.into_iter().chain(described).collect())
        }
        _ => Err(Outcome::Ignored(Ignored::TypeNotRead)),
    }
}

/// A concept; in R5 some elements hold it inside a CodeableReference.
fn coded<'a>(reader: &mut Reader, object: &Object<'a>, name: &'static str) -> Option<CodeableConcept<'a>> {
    reader.member(object, name, |reader, value| {
        let object = reader.object(value)?;
        match object.get("concept") {
            Some(concept) => CodeableConcept::read(reader, concept),
            None => CodeableConcept::read(reader, value),
        }
    })
}

/// Whether the order stands or is being written: not taken back, not carried out, and not an order to leave it.
fn is_wanted(reader: &mut Reader, resource: &Resource<'_>) -> bool {
    let status = reader.string(&resource.object, "status");
    let is_over = matches!(
        status.as_deref(),
        Some(
            "revoked"
                | "cancelled"
                | "stopped"
                | "ended"
                | "completed"
                | "entered-in-error"
                | "not-done"
                | "noshow"
                | "fulfilled"
        )
    );
    !is_over && reader.boolean(&resource.object, "doNotPerform") != Some(true)
}

fn dates(reader: &mut Reader, resource: &Resource<'_>) -> Dates {
    let object = &resource.object;
    match resource.kind.as_ref() {
        "MedicationRequest" => doses(reader, object),
        "Appointment" => {
            let (start, end) = (fhir::date(reader, object, "start"), fhir::date(reader, object, "end"));
            if start.is_some() {
                return (start, end);
            }
            let wished = reader.list(object, "requestedPeriod", |reader, value| {
                let period = reader.object(value)?;
                Some((fhir::date(reader, &period, "start"), fhir::date(reader, &period, "end")))
            });
            wished.into_iter().next().unwrap_or_default()
        }
        _ => occurrence(reader, object),
    }
}

/// When a procedure shall be: `occurrence[x]` of a request, `performed[x]` of a procedure.
fn occurrence(reader: &mut Reader, object: &Object<'_>) -> Dates {
    for name in ["occurrenceDateTime", "performedDateTime"] {
        if let Some(day) = fhir::date(reader, object, name) {
            return (Some(day), None);
        }
    }
    for name in ["occurrencePeriod", "performedPeriod"] {
        let bounds = fhir::period_bounds(reader, object, name);
        if bounds != (None, None) {
            return bounds;
        }
    }
    reader.member(object, "occurrenceTiming", timing).unwrap_or_default()
}

/// From the first to the last dose, as far as the instructions say.
fn doses(reader: &mut Reader, object: &Object<'_>) -> Dates {
    let instructions = reader.list(object, "dosageInstruction", |reader, value| {
        let dosage = reader.object(value)?;
        reader.member(&dosage, "timing", timing)
    });
    let begins = instructions.iter().filter_map(|(begins, _)| begins.clone());
    let begins = begins.min_by_key(PartialDate::earliest);
    // Only where every instruction ends is the last dose known.
    let ends: Option<Vec<PartialDate>> = instructions.into_iter().map(|(_, until)| until).collect();
    (begins, ends.and_then(|ends| ends.into_iter().max_by_key(PartialDate::latest)))
}

/// The bounds of a `Timing`, or its events.
fn timing(reader: &mut Reader, value: Json<'_>) -> Option<Dates> {
    let timing = reader.object(value)?;
    let bounds = reader.member(&timing, "repeat", |reader, value| {
        let repeat = reader.object(value)?;
        Some(fhir::period_bounds(reader, &repeat, "boundsPeriod"))
    });
    if let Some(bounds) = bounds.filter(|bounds| *bounds != (None, None)) {
        return Some(bounds);
    }
    let events = reader.list(&timing, "event", |_, value| {
        value.string().ok().and_then(|text| PartialDate::parse(&text).ok())
    });
    let first = events.iter().min_by_key(|event| event.earliest()).cloned();
    Some((first, events.into_iter().max_by_key(PartialDate::latest)))
}
