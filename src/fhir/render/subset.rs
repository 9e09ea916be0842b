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
        Shape::Elements(names) => {
            names.iter().any(|asked| asked == name)
                // What refers into the resource needs what it refers to.
                || (name == "contained" && names.iter().any(|asked| asked == "basis"))
        }
        Shape::Whole | Shape::Count => true,
    };
    let mut part: Map<String, Value> = members
        .into_iter()
        .filter(|(name, _)| {
            IDENTITY.contains(&name.as_str()) || required.contains(&name.as_str()) || is_asked(name)
        })
        .collect();
    mark(&mut part);
    serde_json::to_vec(&part).unwrap_or(resource)
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
