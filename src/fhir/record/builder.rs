//! Putting a record together: entry by entry, then whose it is.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use fhir_wire::IssueType;
use foldhash::{HashSet, HashSetExt};

use super::names::{Subjects, canonical, identifiers};
use super::{Container, Demographics, Record, Rejection, Resource, envelope, resource_type};
use crate::fhir::datatypes;
use crate::fhir::envelope::{EntryEnvelope, Envelope, Opened};
use crate::fhir::issue::Issue;
use crate::fhir::json::{Json, Kind, Object};
use crate::fhir::reader::Reader;
use crate::fhir::resources;

/// Puts a record together from Bundles and single resources.
#[derive(Default)]
pub struct RecordBuilder<'a> {
    resources: Vec<Resource<'a>>,
    issues: Vec<Issue>,
    patients: BTreeMap<String, Patient>,
    deletions: Vec<Deletion>,
    duplicate_key: bool,
}

/// An entry that says that a resource was deleted.
struct Deletion {
    /// The resource, as a reference.
    reference: String,
    /// When, if it says so.
    at: Option<jiff::Timestamp>,
    /// How many resources stand before it: the last of them is the newer, as a history begins with the newest.
    position: usize,
}

/// A Patient resource.
struct Patient {
    names: Vec<String>,
    demographics: Demographics,
    place: String,
}

impl<'a> RecordBuilder<'a> {
    /// Adds whatever a prefetch key holds: a Bundle or a resource. `place` is its FHIRPath or field.
    ///
    /// # Errors
    /// [`Rejection::Malformed`] where a key stands twice.
    pub fn add(&mut self, value: Json<'a>, place: &str) -> Result<(), Rejection> {
        self.add_pages(&[value], place)
    }

    /// Adds the pages of one search, in their order. Only the last can say that there are more, and `total` counts the
    /// entries of all. The entries of the second page are at `{place}.page[1].entry`.
    ///
    /// # Errors
    /// [`Rejection::Malformed`] where a key stands twice.
    pub fn add_pages(&mut self, pages: &[Json<'a>], place: &str) -> Result<(), Rejection> {
        let mut opened = Vec::with_capacity(pages.len());
        for (index, page) in pages.iter().enumerate() {
            let place = if index == 0 { place.to_owned() } else { format!("{place}.page[{index}]") };
            opened.push((envelope(page.text(), &place)?, place));
        }
        let is_bundle = |page: &Envelope<'_>| resource_type(&page.members).as_deref() == Some("Bundle");
        let count = opened.iter().map(|(page, _)| page.entries.as_ref().map_or(0, Vec::len)).sum();
        if let Some((last, _)) = opened.last().filter(|(last, _)| is_bundle(last)) {
            self.note_further_pages(&last.members, count, place);
        }
        for (page, place) in opened {
            if is_bundle(&page) {
                self.add_entries(page, &place);
            } else {
                self.add_resource(page.members, None, place);
            }
        }
        Ok(())
    }

    /// Adds the entries of a Bundle.
    pub(crate) fn add_bundle(&mut self, envelope: Envelope<'a>, place: &str) {
        let count = envelope.entries.as_ref().map_or(0, Vec::len);
        self.note_further_pages(&envelope.members, count, place);
        self.add_entries(envelope, place);
    }

    fn add_entries(&mut self, envelope: Envelope<'a>, place: &str) {
        if envelope.entry_is_no_array {
            self.issues.push(
                Issue::error(IssueType::Structure, "Expected an array of entries; none was used.")
                    .at(format!("{place}.entry")),
            );
        }
        for (index, entry) in envelope.entries.unwrap_or_default().into_iter().enumerate() {
            let place = [place, ".entry[", &index.to_string(), "].resource"].concat();
            match entry {
                Opened::Object(entry) => self.add_entry(entry, place),
                Opened::Other => self.issues.push(
                    Issue::error(
                        IssueType::Structure,
                        "Expected an object with a resource; the entry was not used.",
                    )
                    .at(entry_of(&place)),
                ),
            }
        }
    }

    /// Adds an entry, whose resource stands at `place`.
    fn add_entry(&mut self, entry: EntryEnvelope<'a>, place: String) {
        let mut reader = Reader::at(entry_of(&place));
        let deleted = reader.member(&entry.members, "request", |reader, value| {
            let request = reader.object(value)?;
            reader.string(&request, "method").filter(|method| method == "DELETE")?;
            Some(reader.string(&request, "url").map(Cow::into_owned))
        });
        let full_url = reader.string(&entry.members, "fullUrl");
        if let Some(url) = &deleted {
            self.note_deletion(&mut reader, &entry, url.as_deref().or(full_url.as_deref()));
        }
        self.take_issues(reader);
        match entry.resource {
            Some(Opened::Object(resource)) if deleted.is_none() => {
                self.add_resource(resource, full_url.as_deref(), place);
            }
            Some(Opened::Other) => self.issues.push(
                Issue::error(
                    IssueType::Structure,
                    "Expected a resource as an object; the entry was not used.",
                )
                .at(place),
            ),
            Some(Opened::Object(_)) | None => {}
        }
    }

    fn note_deletion(&mut self, reader: &mut Reader<'_>, entry: &EntryEnvelope<'a>, named: Option<&str>) {
        let at = reader.member(&entry.members, "response", |reader, value| {
            let response = reader.object(value)?;
            reader.string(&response, "lastModified")?.parse().ok()
        });
        self.deletions.extend(named.map(|named| Deletion {
            reference: canonical(named),
            at,
            position: self.resources.len(),
        }));
    }

    fn add_resource(&mut self, object: Object<'a>, full_url: Option<&str>, place: String) {
        let mut reader = Reader::at(place.as_str());
        let kind = reader.string(&object, "resourceType");
        let id = reader.string(&object, "id");
        let Some(kind) = kind else {
            reader.report(Issue::error(
                IssueType::Required,
                "The resource has no resourceType; it was not used.",
            ));
            self.take_issues(reader);
            return;
        };
        let reference = match (id, full_url) {
            (Some(id), _) => [kind.as_ref(), "/", id.as_ref()].concat(),
            (None, Some(url)) => url.to_owned(),
            (None, None) => kind.clone().into_owned(),
        };
        if kind == "Patient" {
            let birth_date = datatypes::date(&mut reader, &object, "birthDate");
            let is_male = reader.string(&object, "gender").is_some_and(|gender| gender == "male");
            // The same patient may be sent twice, by a read and inside a search, under different names.
            let patient = self.patients.entry(reference.clone()).or_insert_with(|| Patient {
                names: Vec::new(),
                demographics: Demographics::default(),
                place: place.clone(),
            });
            let names = [Some(reference.as_str()), full_url];
            patient.names.extend(names.into_iter().flatten().map(canonical));
            patient.names.extend(identifiers(&mut reader, &object, "Patient"));
            let known = &mut patient.demographics;
            known.birth_date = known.birth_date.take().or(birth_date);
            known.is_male |= is_male;
        }
        if kind == "OperationOutcome" {
            reader.report(Issue::warning(
                IssueType::Incomplete,
                "The sender reports a problem here: data may be missing. What is missing counts as unknown.",
            ));
        }
        self.take_issues(reader);
        let full_url = full_url.map(str::to_owned);
        let contained = contained(&kind, &reference, &place, &object);
        self.resources.push(Resource { kind, reference, full_url, place, object, container: None });
        self.resources.extend(contained);
    }

    /// A searchset with a next page, or with fewer entries than were found, is not the whole record.
    fn note_further_pages(&mut self, members: &Object<'a>, count: usize, place: &str) {
        let mut reader = Reader::at(place);
        let relations = reader.list(members, "link", |reader, value| {
            let link = reader.object(value)?;
            reader.string(&link, "relation")
        });
        let total = reader.number(members, "total").and_then(|total| total.parse::<usize>().ok());
        if relations.iter().any(|relation| relation == "next") || total.is_some_and(|total| total > count) {
            reader.report(Issue::warning(
                IssueType::Incomplete,
                "This is one page of several: what stands on the others counts as unknown.",
            ));
        }
        self.take_issues(reader);
    }

    fn take_issues(&mut self, reader: Reader<'_>) {
        self.duplicate_key |= reader.has_duplicate_key();
        self.issues.extend(reader.into_issues());
    }

    /// Settles whose record it is. `expected` is the patient the caller asked about, where it named one.
    ///
    /// # Errors
    /// [`Rejection`] where the record is nobody's or several patients', or a key stands twice.
    pub fn finish(mut self, expected: Option<&str>) -> Result<Record<'a>, Rejection> {
        if self.duplicate_key {
            return Err(Rejection::Malformed(self.issues));
        }
        self.remove_deleted();
        self.keep_latest_versions();
        let (patient, names, demographics) = match expected {
            Some(expected) => self.expected_patient(expected),
            None => self.only_patient().map_err(|rejection| rejection.after(&self.issues))?,
        };
        Ok(Record {
            patient,
            demographics,
            resources: self.resources,
            issues: self.issues,
            subjects: Subjects { names },
            names: OnceLock::new(),
            panels: OnceLock::new(),
        })
    }

    fn expected_patient(&self, expected: &str) -> WhoseRecord {
        let name = canonical(expected);
        let found = self.patients.iter().find(|(_, patient)| patient.names.contains(&name));
        let names = found.map_or_else(|| vec![name.clone()], |(_, patient)| patient.names.clone());
        let demographics =
            found.map(|(reference, patient)| (patient.demographics.clone(), reference.clone()));
        (expected.to_owned(), names, demographics)
    }

    /// The one patient of the record: of its Patient resource, else of the subjects named.
    fn only_patient(&self) -> Result<WhoseRecord, Rejection> {
        let mut patients = self.patients.iter();
        match (patients.next(), patients.next()) {
            (Some((reference, patient)), None) => {
                let demographics = Some((patient.demographics.clone(), reference.clone()));
                Ok((reference.clone(), patient.names.clone(), demographics))
            }
            (Some(_), Some(_)) => Err(Rejection::Unprocessable(
                self.patients.values().map(|patient| several_patients(&patient.place)).collect(),
            )),
            (None, _) => self.subject_of_all(),
        }
    }

    fn subject_of_all(&self) -> Result<WhoseRecord, Rejection> {
        let mut subjects: BTreeMap<String, &str> = BTreeMap::new();
        for resource in &self.resources {
            let subject = resources::subject(&mut Reader::default(), &resource.object);
            if let Some(subject) = subject.filter(|subject| !subject.starts_with('#')) {
                subjects.entry(canonical(&subject)).or_insert(&resource.place);
            }
        }
        let mut subjects_seen = subjects.iter();
        match (subjects_seen.next(), subjects_seen.next()) {
            (Some((subject, _)), None) => Ok((subject.clone(), vec![subject.clone()], None)),
            (Some(_), Some(_)) => Err(Rejection::Unprocessable(
                subjects.values().map(|place| several_patients(&format!("{place}.subject"))).collect(),
            )),
            (None, _) => Err(Rejection::unprocessable(
                Issue::error(
                    IssueType::Required,
                    "Whose record this is cannot be known: it has no Patient and no resource with a subject.",
                )
                .at("Bundle.entry"),
            )),
        }
    }

    /// Removes the versions that are older than a deletion: by their times, else as they stand in a history, the newest first.
    fn remove_deleted(&mut self) {
        let deletions = std::mem::take(&mut self.deletions);
        if deletions.is_empty() {
            return;
        }
        let mut position = 0;
        self.resources.retain(|resource| {
            position += 1;
            let full_url = resource.full_url.as_deref().map(canonical);
            !deletions.iter().any(|deletion| {
                let is_it = deletion.reference == resource.reference
                    || full_url.as_deref() == Some(deletion.reference.as_str());
                is_it
                    && match (version(&resource.object).0, deletion.at) {
                        (Some(updated), Some(deleted)) => updated <= deleted,
                        _ => position > deletion.position,
                    }
            })
        });
    }

    /// Of several versions of a resource, keeps the last: by when it was updated, else by a version that is a number, where
    /// that can be told.
    fn keep_latest_versions(&mut self) {
        let mut seen: HashSet<&str> = HashSet::with_capacity(self.resources.len());
        let own = self.resources.iter().filter(|resource| resource.container.is_none());
        let mut latest: BTreeMap<String, (Version, Option<u64>)> = own
            .filter(|resource| !seen.insert(&resource.reference))
            .map(|resource| (resource.reference.clone(), Default::default()))
            .collect();
        if latest.is_empty() {
            return;
        }
        for resource in &self.resources {
            if let Some((newest, number)) = latest.get_mut(&resource.reference) {
                let version = version(&resource.object);
                *number = version.1.max(*number);
                *newest = version.max(*newest);
            }
        }
        self.resources.retain(|resource| match latest.get(&resource.reference) {
            Some((newest, number)) => match version(&resource.object) {
                (Some(updated), None) => Some(updated) >= newest.0,
                updated @ (Some(_), Some(_)) => updated >= *newest,
                (None, Some(own)) => Some(own) >= *number,
                (None, None) => true,
            },
            None => true,
        });
    }
}

/// The Observations that a report or an Observation contains. They are about whom it is about, and are known by its name. Those
/// of one that was entered in error are errors too.
fn contained<'a>(kind: &str, reference: &str, place: &str, object: &Object<'a>) -> Vec<Resource<'a>> {
    if !matches!(kind, "DiagnosticReport" | "Observation") || object.get("contained").is_none() {
        return Vec::new();
    }
    let mut reader = Reader::default();
    let status = reader.string(object, "status");
    if matches!(status.as_deref(), Some("entered-in-error" | "cancelled")) {
        return Vec::new();
    }
    let subject = resources::subject(&mut reader, object).map(Cow::into_owned);
    let objects = reader.list(object, "contained", |reader, value| Some(reader.object(value)));
    let mut found = Vec::new();
    for (index, object) in objects.into_iter().enumerate() {
        let Some(object) = object else { continue };
        if resource_type(&object).as_deref() == Some("Observation") {
            found.push(Resource {
                kind: Cow::Borrowed("Observation"),
                reference: reference.to_owned(),
                full_url: None,
                place: format!("{place}.contained[{index}]"),
                object,
                container: Some(Container { subject: subject.clone() }),
            });
        }
    }
    found
}

/// The place of the entry whose resource is at a place.
fn entry_of(place: &str) -> &str {
    place.strip_suffix(".resource").unwrap_or(place)
}

/// The patient's reference, the names under which resources may refer to them, and what their Patient resource says.
type WhoseRecord = (String, Vec<String>, Option<(Demographics, String)>);

fn several_patients(place: &str) -> Issue {
    Issue::error(
        IssueType::Invalid,
        "The record is of several patients. Send one patient's record at a time.",
    )
    .at(place)
}

/// When a resource was updated, and the number of its version.
type Version = (Option<jiff::Timestamp>, Option<u64>);

fn version(object: &Object<'_>) -> Version {
    let meta = object.get("meta").filter(|meta| meta.kind() == Kind::Object);
    let Some(meta) = meta.and_then(|meta| meta.object().ok()) else { return (None, None) };
    let text = |name: &str| meta.get(name)?.string().ok();
    let updated = text("lastUpdated").and_then(|updated| updated.parse().ok());
    (updated, text("versionId").and_then(|number| number.parse().ok()))
}
