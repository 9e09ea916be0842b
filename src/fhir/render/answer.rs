//! What goes out: a stored resource with its `meta`, the Bundle of an answer, and the OperationOutcome in it.

use fhir_wire::{
    Bundle, BundleEntry, BundleType, CodeableConcept, Meta, OperationOutcome, OutcomeIssue, WireError,
};
use serde_json::Value;

use super::audit::audit_event_in_r5;
use super::urls::RISK_ASSESSMENT_PROFILE;
use crate::fhir::{FhirVersion, Issue};

/// A stored resource as it is given: the body without `meta`, and what the store says about it.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    /// The type.
    pub resource_type: &'a str,
    /// The logical id.
    pub id: &'a str,
    /// JSON without `meta`.
    pub body: &'a [u8],
    /// The version of the resource.
    pub version: u32,
    /// When it was stored, if it was.
    pub last_updated: Option<jiff::Timestamp>,
    /// The id of the one before it.
    pub predecessor: Option<&'a str>,
    /// The patient whom it is about, as a reference.
    pub subject: Option<&'a str>,
}

impl Given<'_> {
    /// The whole resource in a release of FHIR.
    ///
    /// The body is the same for all releases: RiskAssessment did not change from R4 to R5 in what we write. The profile
    /// is R4's; the other releases have none. The one before it is its `parent`, which is written here and not in the
    /// body: it depends on what was stored before, and the body only on the facts. Of what tells of other resources R5
    /// alone says whose they are.
    ///
    /// # Errors
    /// [`WireError`] where the body is no resource or has a `meta`.
    pub fn resource(&self, release: FhirVersion) -> Result<Vec<u8>, WireError> {
        let meta = Meta {
            version_id: Some(self.version.to_string().into()),
            last_updated: self.last_updated.map(|instant| format!("{instant:.6}").into()),
            profile: profiles(self.resource_type, release).iter().map(|url| (*url).into()).collect(),
        };
        let mut resource = fhir_wire::with_meta(self.body, &meta)?;
        if self.resource_type == "AuditEvent" && release == FhirVersion::R5 {
            resource = audit_event_in_r5(&resource).unwrap_or(resource);
        }
        let is_about_others = matches!(self.resource_type, "Provenance" | "AuditEvent");
        if let Some(patient) = self.subject.filter(|_| is_about_others && release == FhirVersion::R5) {
            self.refer(&mut resource, "patient", patient);
        }
        if let Some(predecessor) = self.predecessor {
            self.refer(&mut resource, "parent", &format!("{}/{predecessor}", self.resource_type));
        }
        Ok(resource)
    }

    /// Puts a reference behind the id.
    fn refer(&self, resource: &mut Vec<u8>, element: &str, reference: &str) {
        let head = format!(r#"{{"resourceType":"{}","id":"{}""#, self.resource_type, self.id);
        if resource.starts_with(head.as_bytes()) {
            let member = format!(r#","{element}":{{"reference":{}}}"#, Value::from(reference));
            resource.splice(head.len()..head.len(), member.into_bytes());
        }
    }

    /// Its absolute URL, without the version.
    pub fn url(&self, base_url: &str, release: FhirVersion) -> String {
        format!("{base_url}/fhir/{release}/{}/{}", self.resource_type, self.id)
    }
}

/// The profiles that all our resources of a type have.
pub fn profiles(resource_type: &str, release: FhirVersion) -> &'static [&'static str] {
    match (resource_type, release) {
        ("RiskAssessment", FhirVersion::R4) => &[RISK_ASSESSMENT_PROFILE],
        _ => &[],
    }
}

/// The Bundle of an answer: the RiskAssessments, then the OperationOutcome.
///
/// It has neither id nor timestamp, so that the same question twice gets the same bytes.
///
/// # Errors
/// [`WireError`] where FHIR would not allow what was to be written: a fault of the program, not of the input.
pub fn answer(
    given: &[Given<'_>],
    issues: &[Issue],
    base_url: &str,
    release: FhirVersion,
) -> Result<Vec<u8>, WireError> {
    let bodies: Vec<Vec<u8>> = given.iter().map(|given| given.resource(release)).collect::<Result<_, _>>()?;
    // An OperationOutcome must not be empty.
    let outcome = if issues.is_empty() {
        outcome(&[Issue::information("Nothing to remark.")])?
    } else {
        outcome(issues)?
    };
    let resources = given.iter().zip(&bodies).map(|(given, body)| BundleEntry {
        full_url: Some(given.url(base_url, release).into()),
        resource: Some(body),
        ..BundleEntry::default()
    });
    let last = BundleEntry { resource: Some(&outcome), ..BundleEntry::default() };
    fhir_wire::bundle(&Bundle {
        entry: resources.chain([last]).collect(),
        ..Bundle::new(BundleType::Collection)
    })
}

/// Issues as an OperationOutcome.
///
/// # Errors
/// [`WireError`] where there is no issue, or where FHIR would not allow one.
pub fn outcome(issues: &[Issue]) -> Result<Vec<u8>, WireError> {
    let issues = issues.iter().map(|issue| OutcomeIssue {
        severity: issue.severity,
        code: issue.code,
        details: Some(CodeableConcept::text(issue.details.as_str())),
        diagnostics: None,
        expression: issue.expression.iter().map(|place| place.as_str().into()).collect(),
    });
    fhir_wire::operation_outcome(&OperationOutcome { narrative: None, issues: issues.collect() })
}
