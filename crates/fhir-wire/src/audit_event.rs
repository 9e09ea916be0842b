//! Writing an AuditEvent: who did what to which resource, and whether it was let happen.

use fhirbolt::model::r4::{resources, types};

use crate::{Coding, Reference, Text, WireError, datatype::model, path::Path, primitive, serializer};

/// What was done: the codes of FHIR's `audit-event-action`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuditAction {
    /// Something was made.
    Create,
    /// Something was read.
    Read,
    /// Something was changed.
    Update,
    /// Something was removed.
    Delete,
    /// Something was computed or searched.
    Execute,
}

impl AuditAction {
    /// The code in FHIR.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Create => "C",
            Self::Read => "R",
            Self::Update => "U",
            Self::Delete => "D",
            Self::Execute => "E",
        }
    }
}

/// How it ended: the codes of FHIR's `audit-event-outcome`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuditOutcome {
    /// As asked.
    Success,
    /// It was refused, or what was asked for is not there.
    MinorFailure,
    /// The service failed.
    SeriousFailure,
}

impl AuditOutcome {
    /// The code in FHIR.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Success => "0",
            Self::MinorFailure => "4",
            Self::SeriousFailure => "8",
        }
    }
}

/// An AuditEvent without `meta`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEvent<'a> {
    /// The id on this server.
    pub id: Text<'a>,
    /// What kind of event it is.
    pub kind: Coding<'a>,
    /// What exactly.
    pub subtype: Coding<'a>,
    /// What was done.
    pub action: AuditAction,
    /// When.
    pub recorded: Text<'a>,
    /// How it ended.
    pub outcome: AuditOutcome,
    /// Who asked.
    pub who: Reference<'a>,
    /// From which network address, where known.
    pub address: Option<Text<'a>>,
    /// Which system says so.
    pub observer: Reference<'a>,
    /// What was touched, or asked for.
    pub entity: Vec<AuditEntity<'a>>,
}

/// Something that an event touched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntity<'a> {
    /// The resource, or the identifier of what is none.
    pub what: Option<Reference<'a>>,
    /// Its type.
    pub kind: Coding<'a>,
    /// What part it plays.
    pub role: Option<Coding<'a>>,
    /// The query in base64, for a search.
    pub query_base64: Option<Text<'a>>,
}

/// Writes an AuditEvent as JSON without `meta`, `resourceType` first and `id` second.
///
/// The shape is that of R4 and R4B; R5 has other elements for the same.
///
/// # Errors
///
/// When a text does not have the form of its data type. The error names the element.
pub fn audit_event(value: &AuditEvent<'_>) -> Result<Vec<u8>, WireError> {
    serializer::to_json(&audit_event_model(value, &Path::resource("AuditEvent"))?)
}

fn audit_event_model(value: &AuditEvent<'_>, path: &Path<'_>) -> Result<resources::AuditEvent, WireError> {
    Ok(resources::AuditEvent {
        id: Some(primitive::id(&value.id, &path.child("id"))?.into()),
        r#type: Box::new(model::coding(&value.kind, &path.child("type"))?),
        subtype: vec![model::coding(&value.subtype, &path.item("subtype", 0))?],
        action: Some(value.action.code().into()),
        recorded: primitive::instant(&value.recorded, &path.child("recorded"))?.into(),
        outcome: Some(value.outcome.code().into()),
        agent: vec![agent(value, &path.item("agent", 0))?],
        source: resources::AuditEventSource {
            observer: Box::new(model::reference(&value.observer, &path.child("source").child("observer"))?),
            ..resources::AuditEventSource::default()
        },
        entity: model::list(&value.entity, path, "entity", entity)?,
        ..resources::AuditEvent::default()
    })
}

fn agent(value: &AuditEvent<'_>, path: &Path<'_>) -> Result<resources::AuditEventAgent, WireError> {
    let network = value.address.as_ref().map(|address| {
        let address = primitive::text(address, &path.child("network").child("address"))?;
        Ok(resources::AuditEventAgentNetwork {
            address: Some(types::String::from(address)),
            // "2" is an IP address in FHIR's network-type.
            r#type: Some("2".into()),
            ..resources::AuditEventAgentNetwork::default()
        })
    });
    Ok(resources::AuditEventAgent {
        who: Some(Box::new(model::reference(&value.who, &path.child("who"))?)),
        requestor: true.into(),
        network: network.transpose()?,
        ..resources::AuditEventAgent::default()
    })
}

fn entity(value: &AuditEntity<'_>, path: &Path<'_>) -> Result<resources::AuditEventEntity, WireError> {
    let role = value.role.as_ref().map(|role| model::coding(role, &path.child("role")));
    Ok(resources::AuditEventEntity {
        what: model::optional_reference(value.what.as_ref(), path, "what")?,
        r#type: Some(Box::new(model::coding(&value.kind, &path.child("type"))?)),
        role: role.transpose()?.map(Box::new),
        query: value.query_base64.as_ref().map(|query| types::Base64Binary::from(query.clone().into_owned())),
        ..resources::AuditEventEntity::default()
    })
}
