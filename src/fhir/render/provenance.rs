//! Where the RiskAssessments of an assessment come from, as one Provenance.

use fhir_wire::{
    CodeableConcept, Extension, ExtensionValue, Identifier, Provenance, ProvenanceSource, Reference,
    Software, WireError,
};
use spinemet_engine::assessment::KNOWLEDGE_VERSION;

use super::{RenderedResource, coding, reference, urls};

/// What the software is called.
const SOFTWARE: &str = "Spinemet";

/// Where an assessment comes from.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// The identity of the assessment.
    pub identity: &'a str,
    /// The ids of its RiskAssessments.
    pub targets: &'a [&'a str],
    /// The instant at which the patient was looked at.
    pub occurred: jiff::Timestamp,
    /// When that was done.
    pub recorded: jiff::Timestamp,
    /// The version of the mapping files.
    pub mapping_version: &'a str,
    /// The resources that were used.
    pub sources: &'a [Source<'a>],
    /// Who asked, where that is known.
    pub requester: Option<&'a str>,
}

/// A resource that was used.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// Its reference.
    pub reference: &'a str,
    /// Its version, where the sender gave one.
    pub version: Option<&'a str>,
    /// The SHA-256 of its content as sent, in hexadecimal.
    pub sha256: Option<&'a str>,
}

/// The id of the Provenance of an assessment.
pub fn provenance_id(identity: &str) -> String {
    format!("{identity}-provenance")
}

/// Renders the Provenance of an assessment. The same origin gives the same bytes.
///
/// # Errors
/// [`WireError`] where FHIR would not allow what was to be written.
pub fn provenance(origin: &Origin<'_>) -> Result<RenderedResource, WireError> {
    let id = provenance_id(origin.identity);
    let (occurred, recorded) = (origin.occurred.to_string(), origin.recorded.to_string());
    let target = |id: &&str| Reference::literal(format!("RiskAssessment/{id}/_history/1"));
    let versions = [
        ("engine", env!("CARGO_PKG_VERSION")),
        ("knowledge", KNOWLEDGE_VERSION),
        ("mapping", origin.mapping_version),
    ];
    let requester =
        origin.requester.map(|name| Reference::logical(Identifier { system: None, value: name.into() }));
    let body = fhir_wire::provenance(&Provenance {
        id: id.as_str().into(),
        target: origin.targets.iter().map(target).collect(),
        occurred_date_time: occurred.into(),
        recorded: recorded.into(),
        activity: CodeableConcept::coded(coding(urls::DATA_OPERATION, "CREATE")),
        software: Software {
            name: SOFTWARE.into(),
            versions: versions.map(|(part, version)| (part.into(), version.into())).to_vec(),
        },
        requester,
        source: origin.sources.iter().map(source).collect(),
    })?;
    Ok(RenderedResource { id, body })
}

fn source<'a>(source: &Source<'a>) -> ProvenanceSource<'a> {
    let what = match source.version {
        // Only a literal reference can name a version.
        Some(version) if source.reference.contains('/') && !source.reference.contains("/_history/") => {
            Reference::literal(format!("{}/_history/{version}", source.reference))
        }
        _ => reference(source.reference),
    };
    let digest = source
        .sha256
        .map(|digest| Extension::value(urls::CONTENT_DIGEST, ExtensionValue::String(digest.into())));
    ProvenanceSource { what, extension: digest.into_iter().collect() }
}
