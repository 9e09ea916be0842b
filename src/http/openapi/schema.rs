//! The forms of bodies, as far as JSON Schema can say it: of a FHIR resource its type and what every client relies on. The
//! whole is said by FHIR's definitions and our profiles.

use serde_json::{Map, Value, json};

use crate::conformance;
use crate::http::resource;

/// Every schema, by its name.
pub(super) fn schemas() -> Map<String, Value> {
    let mut schemas = Map::new();
    let own = resource::TYPES.into_iter().chain(conformance::TYPES);
    let others = ["CapabilityStatement", "Subscription", "Parameters"];
    for resource_type in own.chain(others) {
        schemas.insert(resource_type.to_owned(), of_type(resource_type));
    }
    schemas.insert("OperationOutcome".to_owned(), operation_outcome());
    for (name, code) in [("Searchset", "searchset"), ("History", "history"), ("Collection", "collection")] {
        schemas.insert(name.to_owned(), bundle(&json!({"const": code})));
    }
    schemas.insert("Bundle".to_owned(), bundle(&json!({"type": "string"})));
    schemas.extend(plain());
    schemas.extend(of_cds_hooks());
    schemas
}

fn of_type(resource_type: &str) -> Value {
    json!({
        "type": "object",
        "required": ["resourceType"],
        "properties": {"resourceType": {"const": resource_type}},
    })
}

fn operation_outcome() -> Value {
    json!({
        "type": "object",
        "required": ["resourceType", "issue"],
        "properties": {
            "resourceType": {"const": "OperationOutcome"},
            "issue": {"type": "array", "minItems": 1, "items": {
                "type": "object",
                "required": ["severity", "code", "details"],
                "properties": {
                    "severity": {"enum": ["fatal", "error", "warning", "information"]},
                    "code": {"type": "string"},
                    "details": {
                        "type": "object", "required": ["text"], "properties": {"text": {"type": "string"}},
                    },
                    "expression": {"type": "array", "minItems": 1, "items": {"type": "string"}},
                },
            }},
        },
    })
}

fn bundle(code: &Value) -> Value {
    json!({
        "type": "object",
        "required": ["resourceType", "type"],
        "properties": {
            "resourceType": {"const": "Bundle"},
            "type": code,
            "total": {"type": "integer", "minimum": 0},
            "link": {"type": "array", "minItems": 1, "items": {
                "type": "object",
                "required": ["relation", "url"],
                "properties": {"relation": {"type": "string"}, "url": {"type": "string", "format": "uri"}},
            }},
            "entry": {"type": "array", "minItems": 1, "items": {"type": "object"}},
        },
    })
}

fn plain() -> Vec<(String, Value)> {
    let record = json!({
        "description": "A Bundle with the record of one patient, or Parameters with it in a part \"bundle\".",
        "type": "object",
        "required": ["resourceType"],
        "properties": {"resourceType": {"enum": ["Bundle", "Parameters"]}},
    });
    let manifest = json!({
        "type": "object",
        "required": ["transactionTime", "request", "requiresAccessToken", "output", "error"],
        "properties": {
            "transactionTime": {"type": "string", "format": "date-time"},
            "request": {"type": "string"},
            "requiresAccessToken": {"type": "boolean"},
            "output": {"type": "array", "items": {"$ref": "#/components/schemas/ExportFile"}},
            "error": {"type": "array", "items": {"$ref": "#/components/schemas/ExportFile"}},
        },
    });
    let file = json!({
        "type": "object",
        "required": ["type", "url"],
        "properties": {
            "type": {"type": "string"}, "url": {"type": "string", "format": "uri"}, "count": {"type": "integer"},
        },
    });
    let probe = json!({
        "type": "object", "required": ["status"], "properties": {"status": {"enum": ["live", "ready", "not ready"]}},
    });
    let resource = json!({
        "type": "object", "required": ["resourceType"], "properties": {"resourceType": {"type": "string"}},
    });
    let form = json!({
        "type": "object", "properties": {"record": {"type": "string"}},
    });
    let search = json!({
        "description": "The parameters of the search, as in the query of the same search by GET.",
        "type": "object",
        "properties": {"_count": {"type": "integer", "minimum": 0}},
        "additionalProperties": {"type": "string", "minLength": 1},
    });
    let named = [
        ("Record", record),
        ("ExportManifest", manifest),
        ("ExportFile", file),
        ("Probe", probe),
        ("Resource", resource),
        ("RecordForm", form),
        ("SearchForm", search),
        ("Object", json!({"type": "object"})),
        ("Text", json!({"type": "string"})),
        ("Lines", json!({"type": "string"})),
    ];
    named.into_iter().map(|(name, schema)| (name.to_owned(), schema)).collect()
}

/// Source: <https://cds-hooks.hl7.org/2.0/>.
fn of_cds_hooks() -> Vec<(String, Value)> {
    let services = json!({
        "type": "object",
        "required": ["services"],
        "properties": {"services": {"type": "array", "items": {
            "type": "object",
            "required": ["hook", "description", "id"],
            "properties": {
                "hook": {"type": "string"}, "title": {"type": "string"}, "description": {"type": "string"},
                "id": {"type": "string"}, "prefetch": {"type": "object", "additionalProperties": {"type": "string"}},
            },
        }}},
    });
    let request = json!({
        "type": "object",
        "required": ["hook", "hookInstance", "context"],
        "properties": {
            "hook": {"type": "string"},
            "hookInstance": {"type": "string", "format": "uuid"},
            "fhirServer": {"type": "string", "format": "uri"},
            "fhirAuthorization": {"type": "object"},
            "context": {"type": "object"},
            "prefetch": {"type": "object"},
        },
    });
    let entry = |outcome: &str, needed: &[&str], name: &str, more: &Value| {
        let required: Vec<&str> =
            ["card", "outcome", "outcomeTimestamp"].iter().chain(needed).copied().collect();
        json!({
            "type": "object",
            "required": required,
            "properties": {
                "card": {"type": "string", "minLength": 1},
                "outcome": {"const": outcome},
                "outcomeTimestamp": {"type": "string", "format": "date-time"},
                name: more,
            },
        })
    };
    let suggestion = json!({"type": "object", "required": ["id"], "properties": {"id": {"type": "string", "minLength": 1}}});
    let accepted = entry(
        "accepted",
        &["acceptedSuggestions"],
        "acceptedSuggestions",
        &json!({"type": "array", "minItems": 1, "items": suggestion}),
    );
    let overridden = entry("overridden", &[], "overrideReason", &json!({"type": ["object", "null"]}));
    let feedback = json!({
        "type": "object",
        "required": ["feedback"],
        "properties": {
            "feedback": {"type": "array", "minItems": 1, "maxItems": 1000, "items": {"anyOf": [accepted, overridden]}},
        },
    });
    let report = json!({
        "type": "object", "required": ["rules"], "properties": {"rules": {"type": "array", "items": {"type": "object"}}},
    });
    let explanation = json!({
        "type": "object",
        "required": ["service", "hookInstance"],
        "properties": {"service": {"type": "string"}, "hookInstance": {"type": "string"}},
    });
    let named = [
        ("CdsServices", services),
        ("CdsRequest", request),
        ("CdsResponse", cards()),
        ("CdsFeedback", feedback),
        ("RuleReport", report),
        ("CallExplanation", explanation),
    ];
    named.into_iter().map(|(name, schema)| (name.to_owned(), schema)).collect()
}

fn cards() -> Value {
    json!({
        "type": "object",
        "required": ["cards"],
        "properties": {"cards": {"type": "array", "items": {
            "type": "object",
            "required": ["uuid", "summary", "indicator", "source"],
            "properties": {
                "uuid": {"type": "string"},
                "summary": {"type": "string", "maxLength": 139},
                "detail": {"type": "string"},
                "indicator": {"enum": ["info", "warning", "critical"]},
                "source": {"type": "object", "required": ["label"], "properties": {"label": {"type": "string"}}},
                "suggestions": {"type": "array", "minItems": 1, "items": {"type": "object", "required": ["label"]}},
                "selectionBehavior": {"enum": ["any", "at-most-one"]},
                "links": {"type": "array", "minItems": 1, "items": {
                    "type": "object", "required": ["label", "url", "type"],
                }},
            },
        }}},
    })
}
