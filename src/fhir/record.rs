//! One patient's record as it came: the resources of one or more Bundles, and whose they are.

mod builder;
mod names;

use std::borrow::Cow;
use std::sync::OnceLock;

use fhir_wire::IssueType;
use spinemet_engine::clinical::PartialDate;

pub use builder::RecordBuilder;
pub use names::canonical as canonical_reference;
use names::{Names, Subjects};

use super::envelope::{Envelope, Opened};
use super::guard::MAXIMUM_DEPTH;
use super::issue::Issue;
use super::json::{Json, Object, is_duplicate_key, is_nested_too_deeply};
use super::reader::Reader;

/// Why a body could not be assessed at all. Each becomes an OperationOutcome.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// Not JSON, not UTF-8, nested too deeply, or with a key that stands twice.
    #[error("the body is not acceptable JSON")]
    Malformed(Vec<Issue>),
    /// JSON, but not one patient's Bundle.
    #[error("the body cannot be assessed")]
    Unprocessable(Vec<Issue>),
}

impl Rejection {
    fn malformed(issue: Issue) -> Self {
        Self::Malformed(vec![issue])
    }

    fn unprocessable(issue: Issue) -> Self {
        Self::Unprocessable(vec![issue])
    }

    /// The same refusal, after what was wrong before.
    fn after(self, before: &[Issue]) -> Self {
        let joined = |issues: Vec<Issue>| before.iter().cloned().chain(issues).collect();
        match self {
            Self::Malformed(issues) => Self::Malformed(joined(issues)),
            Self::Unprocessable(issues) => Self::Unprocessable(joined(issues)),
        }
    }

    /// What was wrong.
    pub fn issues(&self) -> &[Issue] {
        match self {
            Self::Malformed(issues) | Self::Unprocessable(issues) => issues,
        }
    }
}

/// What a Patient resource says of the patient.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Demographics {
    /// Birth date.
    pub birth_date: Option<PartialDate>,
    /// Whether the administrative gender is `male`. Nothing is read from any other.
    pub is_male: bool,
}

/// A patient's record.
pub struct Record<'a> {
    /// Whose it is, as a reference: `Patient/123`, or a `urn:uuid:` where the sender used one.
    pub patient: String,
    /// What the Patient resource says, with its reference; `None` where there is none.
    pub demographics: Option<(Demographics, String)>,
    /// The resources, in the order sent.
    pub resources: Vec<Resource<'a>>,
    /// What was wrong with the envelope, entry by entry.
    pub issues: Vec<Issue>,
    subjects: Subjects,
    /// Found out when the first reference is followed.
    names: OnceLock<Names>,
    /// Likewise, when the panel of an Observation is asked for.
    panels: OnceLock<Names>,
}

/// A resource, one level deep.
pub struct Resource<'a> {
    /// `resourceType`.
    pub kind: Cow<'a, str>,
    /// The resource as a reference: `Observation/123`, its `fullUrl`, or just its type where it has neither.
    pub reference: String,
    /// `fullUrl` of its entry.
    pub full_url: Option<String>,
    /// Where it stands, as a FHIRPath expression.
    pub place: String,
    /// Its members.
    pub object: Object<'a>,
    /// Where it is contained in another resource, which then is what others refer to: whom that one is about.
    pub container: Option<Container>,
}

/// The resource in which another one is contained.
pub struct Container {
    /// Its subject, which is that of what it contains.
    pub subject: Option<String>,
}

impl Resource<'_> {
    /// `meta.versionId`, where it is legible.
    pub fn version(&self) -> Option<String> {
        let meta = self.object.get("meta")?.object().ok()?;
        meta.get("versionId")?.string().ok().map(Cow::into_owned)
    }
}

impl<'a> Record<'a> {
    /// Reads a body: a Bundle, or Parameters with a part `bundle`.
    ///
    /// # Errors
    /// [`Rejection`] where it is not one patient's Bundle. What is wrong with single entries is in `issues` instead.
    pub fn read(body: &'a [u8]) -> Result<Self, Rejection> {
        let text = text(body)?;
        let envelope = envelope(text, "Bundle")?;
        let kind = resource_type(&envelope.members);
        match kind.as_deref() {
            Some("Bundle") => {
                let mut builder = RecordBuilder::default();
                builder.add_bundle(envelope, "Bundle");
                builder.finish(None)
            }
            Some("Parameters") => {
                let (place, bundle) = bundle_part(&envelope.members)?;
                let mut builder = RecordBuilder::default();
                builder.add_bundle(self::envelope(bundle.text(), &place)?, &place);
                builder.finish(None)
            }
            Some(_) => Err(Rejection::unprocessable(
                Issue::error(
                    IssueType::Invalid,
                    "Expected a Bundle, or Parameters with a part named \"bundle\".",
                )
                .at("resourceType"),
            )),
            None => Err(Rejection::unprocessable(
                Issue::error(
                    IssueType::Required,
                    "This is no FHIR resource: resourceType is missing or no string.",
                )
                .at("resourceType"),
            )),
        }
    }

    /// The identifiers of the patient, each with its system, which may be empty.
    pub fn patient_identifiers(&self) -> Vec<(String, String)> {
        self.subjects.identifiers()
    }

    /// Whether a resource with this subject belongs to the patient. Without a subject it does, because the record is
    /// one patient's.
    pub fn is_about_patient(&self, subject: Option<&str>) -> bool {
        subject.is_none_or(|subject| self.subjects.are(subject))
    }

    /// Whether what a resource is about (`focus`) is another person, or a thing: neither the patient nor a finding or treatment
    /// of theirs.
    pub fn is_somebody_else(&self, resource: &Resource<'_>, focus: &str) -> bool {
        let kind = if let Some(id) = focus.strip_prefix('#') {
            contained_kind(&resource.object, id)
        } else {
            let sent = self.resources.iter().find(|sent| sent.full_url.as_deref() == Some(focus));
            let by_name = || canonical_reference(focus).split(['/', '?']).next().map(str::to_owned);
            sent.map(|sent| sent.kind.clone().into_owned()).or_else(by_name)
        };
        match kind.as_deref() {
            Some("Patient") => !self.is_about_patient(Some(focus)),
            Some(
                "RelatedPerson" | "Person" | "Group" | "Practitioner" | "PractitionerRole" | "Device"
                | "Location" | "Organization" | "Substance",
            ) => true,
            _ => false,
        }
    }

    /// The Medication, ServiceRequest or BodyStructure that a reference names: by type and id, by `fullUrl`, absolute or relative, with or without version,
    /// or by a business identifier.
    pub fn resolve(&self, reference: &str) -> Option<&Resource<'a>> {
        self.resources.get(self.names.get_or_init(|| Names::of(&self.resources)).find(reference)?)
    }

    /// The Observation that has this one as a member.
    pub fn panel_of(&self, resource: &Resource<'_>) -> Option<&Resource<'a>> {
        let panels = self.panels.get_or_init(|| Names::of_members(&self.resources));
        let own = [Some(&resource.reference), resource.full_url.as_ref()];
        self.resources.get(own.into_iter().flatten().find_map(|name| panels.find(name))?)
    }
}

/// The type of a resource that another one contains.
fn contained_kind(object: &Object<'_>, id: &str) -> Option<String> {
    let mut reader = Reader::default();
    let contained = reader.list(object, "contained", |reader, value| reader.object(value));
    let found = contained.iter().find(|found| reader.string(found, "id").is_some_and(|own| own == id))?;
    resource_type(found).map(Cow::into_owned)
}

/// The body as text.
fn text(body: &[u8]) -> Result<&str, Rejection> {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    std::str::from_utf8(body).map_err(|error| {
        let details =
            format!("The body is not UTF-8 from byte {} on. Send FHIR JSON in UTF-8.", error.valid_up_to());
        Rejection::malformed(Issue::error(IssueType::Structure, details).at("Bundle"))
    })
}

/// Opens the outermost object with its entries.
fn envelope<'a>(text: &'a str, place: &str) -> Result<Envelope<'a>, Rejection> {
    match serde_json::from_str::<Opened<Envelope<'a>>>(text) {
        Ok(Opened::Object(envelope)) => Ok(envelope),
        Ok(Opened::Other) => Err(Rejection::unprocessable(
            Issue::error(IssueType::Structure, "Expected a JSON object with a FHIR Bundle.").at(place),
        )),
        Err(error) if is_nested_too_deeply(&error) => {
            let (line, column) = (error.line(), error.column());
            let details = format!(
                "The value that ends at line {line} column {column} is nested more than {MAXIMUM_DEPTH} levels deep, which \
                 no FHIR record is."
            );
            Err(Rejection::malformed(Issue::error(IssueType::TooLong, details).at(place)))
        }
        Err(error) if is_duplicate_key(&error) => Err(Rejection::malformed(
            Issue::error(
                IssueType::Structure,
                format!(
                    "A key stands twice in the same object, at line {} column {}; which of the two is meant cannot be \
                     known. Send it once.",
                    error.line(),
                    error.column()
                ),
            )
            .at(place),
        )),
        Err(error) => Err(Rejection::malformed(
            Issue::error(
                IssueType::Structure,
                format!("The body is not JSON: line {} column {} cannot be read.", error.line(), error.column()),
            )
            .at(place),
        )),
    }
}

fn resource_type<'a>(members: &Object<'a>) -> Option<Cow<'a, str>> {
    members.get("resourceType").and_then(|value| value.string().ok())
}

/// The resource of the one part named `bundle`, with its place.
fn bundle_part<'a>(parameters: &Object<'a>) -> Result<(String, Json<'a>), Rejection> {
    let mut reader = Reader::at("Parameters");
    let parts = reader.list(parameters, "parameter", |reader, value| {
        let part = reader.object(value)?;
        let is_bundle = reader.string(&part, "name").is_some_and(|name| name == "bundle");
        let place = format!("{}.resource", reader.place());
        Some((is_bundle, place, part.get("resource")))
    });
    let mut bundles = parts.into_iter().filter(|(is_bundle, _, _)| *is_bundle);
    match (bundles.next(), bundles.next()) {
        (Some((_, place, Some(resource))), None) if is_bundle(resource) => Ok((place, resource)),
        (Some((_, place, _)), None) => Err(Rejection::unprocessable(
            Issue::error(IssueType::Invalid, "The part \"bundle\" must hold a Bundle as its resource.")
                .at(place),
        )),
        _ => Err(Rejection::unprocessable(
            Issue::error(IssueType::Required, "Parameters must have exactly one part named \"bundle\".")
                .at("Parameters.parameter"),
        )),
    }
}

fn is_bundle(resource: Json<'_>) -> bool {
    resource.object().is_ok_and(|object| resource_type(&object).as_deref() == Some("Bundle"))
}
