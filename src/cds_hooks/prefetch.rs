//! What was sent along, and what was not: the states of a prefetch key told apart.
//!
//! | sent | read as |
//! |---|---|
//! | key absent | fetched, where the EHR's server is a registered one; else not sent: its inputs are unknown, and the card says so |
//! | `null`, or a Bundle without entries | asked and nothing found: its inputs are not recorded, never "none" |
//! | OperationOutcome, or no FHIR resource | fetched, as above; else not available: unknown, and the card says so |
//! | resource, or Bundle | used |
//! | Bundle with a further page | used, and the further pages fetched, as above; else incomplete: the card says so |
//! | Bundle with an OperationOutcome in it, or with an entry that cannot be read | used, and incomplete: the card says so |
//!
//! Of stays in hospital nothing is said where they did not come: see `PrefetchKey::may_be_missing`.
//!
//! Keys that were not asked for are used as well: some clients answer several services with one set of data.

use fhir_wire::{IssueSeverity, IssueType};

use super::error::CdsError;
use super::fetched::Fetched;
use super::prefetch_key::PrefetchKey;
use super::request::Request;
use super::service::Service;
use crate::ehr::Found;
use crate::fhir::{Issue, Json, Kind, Object, Record, RecordBuilder};

/// What was sent along as one record of the patient.
pub(super) struct Prefetch<'a> {
    /// The record.
    pub record: Record<'a>,
    /// Where data could not be had, in the order of the service's keys.
    pub shortfalls: Vec<Shortfall>,
}

/// A key whose data could not be had, or not whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shortfall {
    /// The key; `None` for one that was not asked for.
    pub key: Option<PrefetchKey>,
    /// How far it could not be had.
    pub kind: ShortfallKind,
}

/// How far data could not be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ShortfallKind {
    /// The client did not send the key.
    NotSent,
    /// The client sent an error, or something that is no FHIR resource.
    NotAvailable,
    /// There is more than was sent.
    Incomplete,
}

impl ShortfallKind {
    /// Stable slug for texts.
    pub const fn key(self) -> &'static str {
        match self {
            Self::NotSent => "not-sent",
            Self::NotAvailable => "not-available",
            Self::Incomplete => "incomplete",
        }
    }
}

impl<'a> Prefetch<'a> {
    /// Reads what was sent along for a service, and what was fetched because it was not.
    pub fn read(request: &Request<'a>, service: Service, found: &'a [Found]) -> Result<Self, CdsError> {
        let empty = Object::default();
        let sent = request.prefetch.as_ref().unwrap_or(&empty);
        let fetched = Fetched::of(found, &request.patient);
        let mut builder = RecordBuilder::default();
        let mut shortfalls: Vec<Shortfall> = Vec::new();
        let mut added: Vec<Option<PrefetchKey>> = Vec::new();
        for key in service.prefetch().iter().copied().filter(|key| sent.get(key.name()).is_none()) {
            let pages = fetched.pages(key);
            if pages.is_empty() {
                let was_tried = fetched.was_tried(key);
                let kind = if was_tried { ShortfallKind::NotAvailable } else { ShortfallKind::NotSent };
                shortfalls.push(Shortfall { key: Some(key), kind });
            } else {
                builder.add_pages(pages, &place(Some(key)))?;
                added.push(Some(key));
            }
        }
        for (name, value) in sent.iter() {
            let key = service.prefetch().iter().copied().find(|key| key.name() == name);
            let pages = key.map_or(&[][..], |key| fetched.pages(key));
            match value.kind() {
                Kind::Null => {}
                _ if !pages.is_empty() => {
                    let begun = Some(value).filter(|value| is_bundle(*value));
                    let pages: Vec<Json<'a>> = begun.into_iter().chain(pages.iter().copied()).collect();
                    builder.add_pages(&pages, &place(key))?;
                    added.push(key);
                }
                Kind::Object => {
                    builder.add(value, &place(key))?;
                    added.push(key);
                }
                _ => shortfalls.push(Shortfall { key, kind: ShortfallKind::NotAvailable }),
            }
        }
        let record = builder.finish(Some(&request.patient))?;
        require_same_patient(&record)?;
        added.sort_unstable();
        added.dedup();
        shortfalls.extend(
            added.into_iter().filter_map(|key| Some(Shortfall { key, kind: shortfall(&record, key)? })),
        );
        shortfalls.retain(|shortfall| !shortfall.key.is_some_and(PrefetchKey::may_be_missing));
        shortfalls.sort_by_key(|shortfall| (shortfall.key.is_none(), shortfall.key));
        shortfalls.dedup();
        Ok(Self { record, shortfalls })
    }
}

/// Whether a value is the first page of several, and not the error in whose place something was fetched.
fn is_bundle(value: Json<'_>) -> bool {
    let kind = value.object().ok().and_then(|resource| resource.get("resourceType")?.string().ok());
    kind.as_deref() == Some("Bundle")
}

/// The place of a key. One that was not asked for is not named, because its name is the client's choice.
fn place(key: Option<PrefetchKey>) -> String {
    format!("prefetch.{}", key.map_or("other", PrefetchKey::name))
}

/// Whether a place is that of the key, or below it.
fn is_at(expression: &str, place: &str) -> bool {
    expression.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

/// What could not be had of a key whose value was an object.
fn shortfall(record: &Record<'_>, key: Option<PrefetchKey>) -> Option<ShortfallKind> {
    let place = place(key);
    let is_error =
        record.resources.iter().any(|found| found.place == place && found.kind == "OperationOutcome");
    let is_no_resource = record.issues.iter().any(|issue| {
        issue.code == IssueType::Required && issue.expression.as_deref() == Some(place.as_str())
    });
    if is_error || is_no_resource {
        return Some(ShortfallKind::NotAvailable);
    }
    let is_faulty = record.issues.iter().any(|issue| {
        !matches!(issue.severity, IssueSeverity::Information)
            && issue.expression.as_deref().is_some_and(|expression| is_at(expression, &place))
    });
    if is_faulty {
        return Some(ShortfallKind::Incomplete);
    }
    let is_other_than_asked = key == Some(PrefetchKey::Patient) && patients(record).next().is_none();
    is_other_than_asked.then_some(ShortfallKind::NotAvailable)
}

/// The references of the patients that the client sent as the patient. One without an id names nobody.
fn patients<'r>(record: &'r Record<'_>) -> impl Iterator<Item = &'r str> {
    let place = place(Some(PrefetchKey::Patient));
    record
        .resources
        .iter()
        .filter(move |resource| resource.kind == "Patient" && is_at(&resource.place, &place))
        .map(|resource| resource.reference.as_str())
        .filter(|reference| reference.starts_with("Patient/"))
}

/// Refuses a request whose context and prefetch are of different patients. Nothing of it may be used: which of the two
/// the clinician is looking at cannot be known.
fn require_same_patient(record: &Record<'_>) -> Result<(), CdsError> {
    if patients(record).all(|reference| reference == record.patient) {
        return Ok(());
    }
    let details =
        "The Patient in the prefetch is not the patient of the context. Nothing of the request was used.";
    Err(CdsError::malformed(Issue::error(IssueType::Conflict, details).at(place(Some(PrefetchKey::Patient)))))
}

/// Refuses to be silent where nothing that was sent speaks of spinal metastasis only because the patient or the conditions
/// could not be had: then an empty list of cards would be read as "nothing to say".
pub(super) fn require_needed(record: &Record<'_>, shortfalls: &[Shortfall]) -> Result<(), CdsError> {
    let place = place(Some(PrefetchKey::Conditions));
    let has_conditions =
        record.resources.iter().any(|found| found.kind == "Condition" && !is_at(&found.place, &place));
    let is_elsewhere =
        |shortfall: &Shortfall| has_conditions && shortfall.key == Some(PrefetchKey::Conditions);
    let left: Vec<Shortfall> =
        shortfalls.iter().copied().filter(|shortfall| !is_elsewhere(shortfall)).collect();
    let missing: Vec<Issue> = needed(&left).collect();
    if missing.is_empty() { Ok(()) } else { Err(CdsError::MissingData(missing)) }
}

/// That the orders which are sent off are nowhere in what was sent.
pub(super) fn missing_orders(shortfalls: &[Shortfall]) -> CdsError {
    let key = PrefetchKey::ServiceRequests;
    let kind = shortfalls.iter().find(|shortfall| shortfall.key == Some(key));
    let orders = not_had(key, kind.map_or(ShortfallKind::Incomplete, |shortfall| shortfall.kind));
    CdsError::MissingData(needed(shortfalls).chain([orders]).collect())
}

/// What is not there of the data that every service needs.
fn needed(shortfalls: &[Shortfall]) -> impl Iterator<Item = Issue> {
    let keys = [PrefetchKey::Patient, PrefetchKey::Conditions];
    let found = move |shortfall: &&Shortfall| shortfall.key.is_some_and(|key| keys.contains(&key));
    shortfalls.iter().filter(found).filter_map(|shortfall| Some(not_had(shortfall.key?, shortfall.kind)))
}

/// That a key's data could not be had, with the query that would give it.
fn not_had(key: PrefetchKey, kind: ShortfallKind) -> Issue {
    let what = match kind {
        ShortfallKind::NotSent => "is not there",
        ShortfallKind::NotAvailable => "holds an error or no FHIR resource",
        ShortfallKind::Incomplete => "holds one page of several",
    };
    let (name, template) = (key.name(), key.template());
    let details = format!("The prefetch key {name} {what}, and the service cannot do without it: {template}");
    Issue::error(IssueType::Incomplete, details).at(place(Some(key)))
}
