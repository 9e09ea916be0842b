//! An event of the audit log as an AuditEvent, by the patterns of IHE's Basic Audit Log: identifiers, never content.

use fhir_wire::{
    AuditAction, AuditEntity, AuditEvent, AuditOutcome, Coding, Identifier, Reference, WireError,
};
use serde_json::{Map, Value, json};

use super::RenderedResource;

const EVENT_TYPE: &str = "http://terminology.hl7.org/CodeSystem/audit-event-type";
const INTERACTION: &str = "http://hl7.org/fhir/restful-interaction";
const ENTITY_TYPE: &str = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
const OBJECT_ROLE: &str = "http://terminology.hl7.org/CodeSystem/object-role";
const OUTCOME: &str = "http://terminology.hl7.org/CodeSystem/audit-event-outcome";

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audited<'a> {
    /// The id of the event.
    pub id: &'a str,
    /// When.
    pub recorded: jiff::Timestamp,
    /// The interaction, as FHIR calls it: `read`, `search-type`, `operation`.
    pub interaction: &'a str,
    /// What was done.
    pub action: AuditAction,
    /// How it ended.
    pub outcome: AuditOutcome,
    /// The client, where it is known.
    pub client: Option<&'a str>,
    /// The resource that was asked for, where it was one.
    pub resource: Option<&'a str>,
    /// The patient, as a reference, where it is known.
    pub patient: Option<&'a str>,
    /// What was asked, with its parameters, in base64.
    pub query_base64: &'a str,
    /// By which the log of the service finds the request.
    pub request_id: &'a str,
}

/// Renders an event in the shape of R4 and R4B.
///
/// # Errors
/// [`WireError`] where FHIR would not allow what was to be written.
pub fn audit_event(event: &Audited<'_>) -> Result<RenderedResource, WireError> {
    let coding = |system: &'static str, code: &'static str| Coding {
        system: Some(system.into()),
        code: code.into(),
        display: None,
    };
    let entity = |what, kind: &'static str, role: &'static str| AuditEntity {
        what,
        kind: coding(ENTITY_TYPE, kind),
        role: Some(coding(OBJECT_ROLE, role)),
        query_base64: None,
    };
    let request = Identifier { system: None, value: event.request_id.into() };
    let mut entities = vec![AuditEntity {
        query_base64: Some(event.query_base64.into()),
        ..entity(Some(Reference::logical(request)), "2", "24")
    }];
    entities.extend(event.patient.map(|patient| entity(Some(Reference::literal(patient)), "1", "1")));
    entities.extend(event.resource.map(|resource| entity(Some(Reference::literal(resource)), "2", "4")));
    let who = match event.client {
        Some(client) => Reference::logical(Identifier { system: None, value: client.into() }),
        None => Reference::display("not known: no token was asked for, or none was accepted"),
    };
    let body = fhir_wire::audit_event(&AuditEvent {
        id: event.id.into(),
        kind: coding(EVENT_TYPE, "rest"),
        subtype: Coding { system: Some(INTERACTION.into()), code: event.interaction.into(), display: None },
        action: event.action,
        recorded: event.recorded.to_string().into(),
        outcome: event.outcome,
        who,
        address: None,
        observer: Reference::display("Spinemet"),
        entity: entities,
    })?;
    Ok(RenderedResource { id: event.id.to_owned(), body })
}

/// An AuditEvent as R5 has it, from one of R4: other elements for the same. `None` where it is none of ours.
pub fn audit_event_in_r5(body: &[u8]) -> Option<Vec<u8>> {
    let r4: Value = serde_json::from_slice(body).ok()?;
    let concept = |coding: &Value| json!({ "coding": [coding] });
    let mut r5 = Map::new();
    for kept in ["action", "recorded", "agent", "source", "meta"] {
        if let Some(value) = r4.get(kept) {
            r5.insert(kept.to_owned(), value.clone());
        }
    }
    r5.insert("category".to_owned(), json!([concept(r4.get("type")?)]));
    r5.insert("code".to_owned(), concept(r4.get("subtype")?.get(0)?));
    let outcome = json!({ "code": { "system": OUTCOME, "code": r4.get("outcome")? } });
    r5.insert("outcome".to_owned(), outcome);
    let entities = r4.get("entity")?.as_array()?.iter().map(|entity| {
        let mut entity = entity.as_object().cloned().unwrap_or_default();
        entity.remove("type");
        if let Some(role) = entity.get_mut("role") {
            *role = concept(role);
        }
        Value::Object(entity)
    });
    r5.insert("entity".to_owned(), entities.collect());
    // The type and the id stand first, as in everything that is written here.
    let head = format!(r#"{{"resourceType":"AuditEvent","id":{}"#, r4.get("id")?);
    let rest = Value::Object(r5).to_string();
    Some(format!("{head},{}", rest.strip_prefix('{')?).into_bytes())
}
