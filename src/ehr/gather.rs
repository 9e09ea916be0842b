//! A patient's whole record, from the server that the settings name: what the mapping reads, search by search.

use std::sync::Arc;

use super::bearer::BearerToken;
use super::failure::FetchFailure;
use super::fetch::{Found, Start, Wanted, fetch};
use super::server::Server;
use crate::fhir::Json;

/// Whether an assessment can be made without the answer to a search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Need {
    /// No: an assessment without it would be of somebody else, so to say.
    Must,
    /// Yes; what it would say is unknown then.
    May,
}

/// What is asked for, by resource type, behind `patient={id}`. The newest come first, so that what a limit cuts off is old.
const SEARCHES: [(&str, &str, Need); 10] = [
    ("Condition", "&_count=200", Need::Must),
    ("Observation", "&_sort=-date&_count=200", Need::Must),
    ("Procedure", "&_count=200", Need::May),
    ("ServiceRequest", "&_count=200", Need::May),
    ("MedicationRequest", "&_include=MedicationRequest:medication&_count=200", Need::May),
    ("MedicationAdministration", "&_include=MedicationAdministration:medication&_count=200", Need::May),
    ("MedicationStatement", "&_include=MedicationStatement:medication&_count=200", Need::May),
    ("MedicationDispense", "&_include=MedicationDispense:medication&_count=200", Need::May),
    ("AllergyIntolerance", "&_count=200", Need::May),
    ("Encounter", "&class=ACUTE,IMP,NONAC&_sort=-date&_count=200", Need::May),
];

const PATIENT: &str = "Patient";

/// A patient's record as it could be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GatheredRecord {
    /// A Bundle, as if it had been sent.
    pub bundle: String,
    /// The resource types of which nothing, or not everything, could be had.
    pub not_had: Vec<&'static str>,
    /// The resource types of which there is more than was read.
    pub incomplete: Vec<&'static str>,
}

/// Why a record could not be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GatherFailure {
    /// There is no such patient.
    #[error("no such patient")]
    NoSuchPatient,
    /// Without this the record is none.
    #[error("{kind} could not be had: {failure}")]
    NotHad {
        /// The resource type.
        kind: &'static str,
        /// Why.
        failure: FetchFailure,
    },
}

/// Gathers the record of a patient. `id` is a FHIR id.
pub(super) async fn gather(
    server: &Arc<Server>,
    id: &str,
    token: Option<Arc<BearerToken>>,
    deadline: tokio::time::Instant,
) -> Result<GatheredRecord, GatherFailure> {
    let searches = SEARCHES.iter().map(|(kind, options, _)| Wanted {
        key: kind,
        from: Start::Query(format!("{kind}?patient={id}{options}")),
    });
    let patient = Wanted { key: PATIENT, from: Start::Query(format!("{PATIENT}/{id}")) };
    let found = fetch(server, std::iter::once(patient).chain(searches).collect(), token, deadline).await;
    let mut record = GatheredRecord { bundle: String::new(), not_had: Vec::new(), incomplete: Vec::new() };
    let mut entries: Vec<String> = Vec::new();
    for kind in std::iter::once(PATIENT).chain(SEARCHES.iter().map(|(kind, ..)| *kind)) {
        let found = found.iter().find(|found| found.key == kind);
        judge(kind, found, &mut record)?;
        for page in found.map_or(&[][..], |found| &found.pages) {
            entries_of(page, &mut entries);
        }
    }
    record.bundle =
        format!(r#"{{"resourceType":"Bundle","type":"collection","entry":[{}]}}"#, entries.join(","));
    Ok(record)
}

/// Notes how far a type could be had, or gives up where it cannot be done without.
fn judge(
    kind: &'static str,
    found: Option<&Found>,
    record: &mut GatheredRecord,
) -> Result<(), GatherFailure> {
    // Nothing was found out where the task itself failed.
    let failure = match found {
        Some(Found { failure: None, .. }) => return Ok(()),
        Some(Found { failure: Some(failure), .. }) => *failure,
        None => FetchFailure::Connection,
    };
    if kind == PATIENT && failure == FetchFailure::NotFound {
        return Err(GatherFailure::NoSuchPatient);
    }
    let has_some = found.is_some_and(|found| !found.pages.is_empty());
    let must = kind == PATIENT || SEARCHES.iter().any(|(own, _, need)| *own == kind && *need == Need::Must);
    // What a limit of the settings cuts off is old; what a passing failure cuts off may come if it is tried again.
    if must && (!has_some || failure.is_passing()) {
        return Err(GatherFailure::NotHad { kind, failure });
    }
    if has_some {
        record.incomplete.push(kind);
    } else {
        record.not_had.push(kind);
    }
    Ok(())
}

/// The entries of a page, or the resource as one.
fn entries_of(page: &str, entries: &mut Vec<String>) {
    let Some(resource) = Json::parse(page).ok().and_then(|json| json.object().ok()) else { return };
    let is_bundle =
        resource.get("resourceType").and_then(|kind| kind.string().ok()).as_deref() == Some("Bundle");
    if !is_bundle {
        entries.push(format!(r#"{{"resource":{page}}}"#));
        return;
    }
    let found = resource.get("entry").and_then(|found| found.array().ok()).unwrap_or_default();
    entries.extend(found.into_iter().map(|entry| entry.text().to_owned()));
}
