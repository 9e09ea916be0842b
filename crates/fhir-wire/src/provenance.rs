//! Writing a Provenance: what something was made from, by which software, and for whom.

use fhirbolt::model::r4::{Resource, resources, types};

use crate::{
    CodeableConcept, Coding, Extension, Reference, Text, WireError, datatype::model, path::Path, primitive,
    serializer,
};

/// The id of the software inside the Provenance.
const SOFTWARE: &str = "software";
const PARTICIPATION: &str = "http://terminology.hl7.org/CodeSystem/provenance-participant-type";

/// A Provenance with the elements that are the same in R4, R4B and R5, without `meta`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance<'a> {
    /// The id on this server.
    pub id: Text<'a>,
    /// What was made, each with its version.
    pub target: Vec<Reference<'a>>,
    /// The instant that the activity speaks of.
    pub occurred_date_time: Text<'a>,
    /// When this was recorded.
    pub recorded: Text<'a>,
    /// What was done.
    pub activity: CodeableConcept<'a>,
    /// The software that did it.
    pub software: Software<'a>,
    /// Who asked for it, where that is known.
    pub requester: Option<Reference<'a>>,
    /// What it was made from.
    pub source: Vec<ProvenanceSource<'a>>,
}

/// A program with the versions of its parts: a Device inside the Provenance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Software<'a> {
    /// Its name.
    pub name: Text<'a>,
    /// What has a version, and that version.
    pub versions: Vec<(Text<'a>, Text<'a>)>,
}

/// Something that was made use of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProvenanceSource<'a> {
    /// The resource, with its version where it has one.
    pub what: Reference<'a>,
    /// What FHIR has no element for, e.g. a digest of the content.
    pub extension: Vec<Extension<'a>>,
}

/// Writes a Provenance as JSON without `meta`, `resourceType` first and `id` second.
///
/// # Errors
///
/// When a required element is empty, or a text does not have the form of its data type. The error names the element.
pub fn provenance(value: &Provenance<'_>) -> Result<Vec<u8>, WireError> {
    let path = Path::resource("Provenance");
    if value.target.is_empty() {
        return Err(path.child("target").missing());
    }
    let occurred = primitive::date_time(&value.occurred_date_time, &path.child("occurredDateTime"))?;
    let by =
        |code| CodeableConcept::coded(Coding { system: Some(PARTICIPATION.into()), code, display: None });
    let local = Reference::literal(format!("#{SOFTWARE}"));
    let mut agents = vec![agent(&by("assembler".into()), &local, &path.item("agent", 0))?];
    if let Some(requester) = &value.requester {
        agents.push(agent(&CodeableConcept::text("requester"), requester, &path.item("agent", 1))?);
    }
    serializer::to_json(&resources::Provenance {
        id: Some(primitive::id(&value.id, &path.child("id"))?.into()),
        contained: vec![software(&value.software, &path.item("contained", 0))?],
        target: model::list(&value.target, &path, "target", model::reference)?,
        occurred: Some(resources::ProvenanceOccurred::DateTime(occurred.into())),
        recorded: primitive::instant(&value.recorded, &path.child("recorded"))?.into(),
        activity: model::optional_concept(Some(&value.activity), &path, "activity")?,
        agent: agents,
        entity: model::list(&value.source, &path, "entity", source)?,
        ..resources::Provenance::default()
    })
}

fn agent(
    kind: &CodeableConcept<'_>,
    who: &Reference<'_>,
    path: &Path<'_>,
) -> Result<resources::ProvenanceAgent, WireError> {
    Ok(resources::ProvenanceAgent {
        r#type: model::optional_concept(Some(kind), path, "type")?,
        who: Box::new(model::reference(who, &path.child("who"))?),
        ..resources::ProvenanceAgent::default()
    })
}

fn source(value: &ProvenanceSource<'_>, path: &Path<'_>) -> Result<resources::ProvenanceEntity, WireError> {
    Ok(resources::ProvenanceEntity {
        extension: model::list(&value.extension, path, "extension", model::extension)?,
        role: "source".into(),
        what: Box::new(model::reference(&value.what, &path.child("what"))?),
        ..resources::ProvenanceEntity::default()
    })
}

/// Only elements of Device that R4 and R5 share: its name is another element in each.
fn software(value: &Software<'_>, path: &Path<'_>) -> Result<Resource, WireError> {
    let version = |(part, version): &(Text<'_>, Text<'_>), path: &Path<'_>| {
        Ok(resources::DeviceVersion {
            r#type: model::optional_concept(Some(&CodeableConcept::text(part.as_ref())), path, "type")?,
            value: primitive::text(version, &path.child("value"))?.into(),
            ..resources::DeviceVersion::default()
        })
    };
    Ok(Resource::Device(Box::new(resources::Device {
        id: Some(SOFTWARE.into()),
        model_number: Some(types::String::from(primitive::text(&value.name, &path.child("modelNumber"))?)),
        version: model::list(&value.versions, path, "version", version)?,
        ..resources::Device::default()
    })))
}
