//! Names by which resources refer to each other: type and id, `fullUrl`, absolute URL, or a business identifier.

use foldhash::{HashMap, HashMapExt};

use super::Resource;
use crate::fhir::datatypes;
use crate::fhir::json::Object;
use crate::fhir::reader::Reader;

/// What stands between a type and a business identifier, as in FHIR's conditional references.
const IDENTIFIER: &str = "?identifier=";

/// A reference without server and version, so that `https://ehr/fhir/Patient/1/_history/3` is `Patient/1`.
pub fn canonical(reference: &str) -> String {
    let reference = reference.split("/_history/").next().unwrap_or(reference);
    let is_url = reference.starts_with("http://") || reference.starts_with("https://");
    if !is_url || reference.contains(IDENTIFIER) {
        return reference.to_owned();
    }
    let mut segments = reference.rsplit('/');
    match (segments.next(), segments.next()) {
        (Some(id), Some(kind)) => format!("{kind}/{id}"),
        _ => reference.to_owned(),
    }
}

/// The business identifiers of a resource, as names: `Patient?identifier=system|value`.
pub(super) fn identifiers(reader: &mut Reader, object: &Object<'_>, kind: &str) -> Vec<String> {
    reader.list(object, "identifier", |reader, value| datatypes::identifier(reader, value, kind))
}

/// Under which names resources refer to the patient.
pub(super) struct Subjects {
    pub names: Vec<String>,
}

impl Subjects {
    /// The business identifiers among the names, each with its system.
    pub fn identifiers(&self) -> Vec<(String, String)> {
        let after = |name: &String| name.split_once(IDENTIFIER).map(|(_, identifier)| identifier.to_owned());
        let pair = |identifier: String| {
            identifier.split_once('|').map(|(system, value)| (system.to_owned(), value.to_owned()))
        };
        let mut found: Vec<(String, String)> = self.names.iter().filter_map(after).filter_map(pair).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Whether a subject is the patient. A business identifier may be one that the Patient resource does not list; it is
    /// somebody else's where the patient has another one of the same system.
    pub fn are(&self, subject: &str) -> bool {
        let subject = canonical(subject);
        if self.names.contains(&subject) {
            return true;
        }
        let system = subject.rsplit_once('|').map(|(system, _)| system);
        let is_of_system = |name: &String| name.rsplit_once('|').map(|(system, _)| system) == system;
        subject.contains(IDENTIFIER) && !self.names.iter().any(is_of_system)
    }
}

/// Whether something is found out about a resource of this type from another one that refers to it.
fn is_referable(kind: &str) -> bool {
    matches!(kind, "Medication" | "ServiceRequest" | "BodyStructure")
}

/// Positions of resources by the names that others may use for them.
#[derive(Debug, Default)]
pub(super) struct Names(HashMap<String, usize>);

impl Names {
    /// The names of those resources of a record that others refer to for what they are.
    pub fn of(resources: &[Resource<'_>]) -> Self {
        let mut names = HashMap::new();
        let referable = resources.iter().enumerate().filter(|(_, resource)| is_referable(&resource.kind));
        for (position, resource) in referable {
            let by_identifier = identifiers(&mut Reader::default(), &resource.object, &resource.kind);
            let own = [Some(&resource.reference), resource.full_url.as_ref()].into_iter().flatten();
            for name in own.map(|name| canonical(name)).chain(by_identifier) {
                names.entry(name).or_insert(position);
            }
        }
        Self(names)
    }

    /// The members of panels, each with the panel that it is in; one that is in several panels is in none of them.
    pub fn of_members(resources: &[Resource<'_>]) -> Self {
        let mut panels: HashMap<String, Option<usize>> = HashMap::new();
        let with_members = resources.iter().enumerate().filter(|(_, resource)| {
            resource.kind == "Observation" && resource.object.get("hasMember").is_some()
        });
        for (position, panel) in with_members {
            let members = Reader::default().list(&panel.object, "hasMember", |reader, value| {
                datatypes::reference(reader, value, "Observation").map(|member| canonical(&member))
            });
            for member in members {
                panels
                    .entry(member)
                    .and_modify(|panel| *panel = panel.filter(|known| *known == position))
                    .or_insert(Some(position));
            }
        }
        Self(panels.into_iter().filter_map(|(member, panel)| Some((member, panel?))).collect())
    }

    pub fn find(&self, reference: &str) -> Option<usize> {
        self.0.get(&canonical(reference)).copied()
    }
}
