//! Parts of a resource: `_summary` and `_elements`.

use serde_json::{Map, Value, json};

use crate::fhir::search::Shape;

/// What is always given: what says which resource it is.
const IDENTITY: [&str; 3] = ["resourceType", "id", "meta"];

/// What FHIR requires of a type, in any of its releases, and the rest of its summary.
const fn elements(resource_type: &str) -> (&'static [&'static str], &'static [&'static str]) {
    match resource_type.as_bytes() {
        b"RiskAssessment" => {
            (&["status", "subject"], &["identifier", "method", "code", "encounter", "occurrenceDateTime"])
        }
        b"Provenance" => (&["target", "recorded", "agent"], &[]),
        b"AuditEvent" => (
            &["type", "code", "recorded", "agent", "source"],
            &["category", "subtype", "action", "severity", "outcome", "outcomeDesc", "purposeOfEvent"],
        ),
        _ => (&[], &[]),
    }
}

/// The part of a resource that is asked for, marked as a part.
pub fn subset(resource_type: &str, resource: Vec<u8>, shape: &Shape) -> Vec<u8> {
    if *shape == Shape::Whole {
        return resource;
    }
    // We wrote it ourselves.
    let Ok(Value::Object(members)) = serde_json::from_slice(&resource) else { return resource };
    let (required, summary) = elements(resource_type);
    let is_asked = |name: &str| match shape {
        Shape::Summary => summary.contains(&name),
        Shape::Text => name == "text",
        Shape::Data => name != "text",
        Shape::Elements(names) => names.iter().any(|asked| asked == name),
        Shape::Whole | Shape::Count => true,
    };
    let is_given = |name: &str| IDENTITY.contains(&name) || required.contains(&name) || is_asked(name);
    let (mut part, rest): (Map<String, Value>, Map<String, Value>) =
        members.into_iter().partition(|(name, _)| is_given(name));
    // What refers into the resource needs what it refers to.
    if part.values().any(refers_inside) {
        part.extend(rest.into_iter().filter(|(name, _)| name == "contained"));
    }
    mark(&mut part);
    serde_json::to_vec(&part).unwrap_or(resource)
}

/// Whether there is a reference to something contained, however deep.
fn refers_inside(value: &Value) -> bool {
    match value {
        Value::Object(members) => members.iter().any(|(name, member)| match member {
            Value::String(text) => name == "reference" && text.starts_with('#'),
            _ => refers_inside(member),
        }),
        Value::Array(items) => items.iter().any(refers_inside),
        _ => false,
    }
}

/// Says that it is not the whole, so that nobody stores it as such.
fn mark(part: &mut Map<String, Value>) {
    let tag = json!({
        "system": "http://terminology.hl7.org/CodeSystem/v3-ObservationValue",
        "code": "SUBSETTED",
    });
    if let Some(Value::Object(meta)) = part.get_mut("meta") {
        meta.insert("tag".to_owned(), json!([tag]));
    }
}
