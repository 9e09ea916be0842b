//! The paths that are not FHIR's: CDS Hooks, pages, health.

use serde_json::json;

use super::operation::{Audience, FHIR_JSON, Operation, SENDING};
use crate::conformance;
use crate::http::endpoint::Method;

/// What a method at a path takes and answers.
pub(super) fn describe(method: Method, path: &str) -> Option<Operation> {
    let language = json!({"enum": ["en", "zh"]});
    let page = |summary: &str| Operation::new("Pages", Audience::Everybody, summary);
    let described = match (method, path) {
        (Method::Get, "/") => page("What this is, and what to try.").answers(200, "text/plain", "Text"),
        (Method::Get, "/knowledge") => page("What the program knows: scores, options, rules, texts.")
            .query("language", "The language of texts.", &language)
            .query("_format", "JSON, or a page.", &json!({"enum": ["json", "html", "application/json", "text/html"]}))
            .answers_content(200, &json!({
                "application/json": {"schema": {"type": "object"}}, "text/html": {"schema": {"type": "string"}},
            }))
            .answers_empty(304)
            .refuses(&[400, 406]),
        (Method::Get, "/explain") => page("A form in which a record is pasted.")
            .query("language", "The language of texts.", &language)
            .answers(200, "text/html", "Text")
            .refuses(&[400]),
        (Method::Post, "/explain") => page("What each resource of the pasted record became, and why.")
            .query("language", "The language of texts.", &language)
            .body("application/x-www-form-urlencoded", "RecordForm", true)
            .answers(200, "text/html", "Text")
            .refuses(&[400, 503])
            .refuses(&SENDING),
        (Method::Get, "/livez") => operations("Whether the process lives.").answers(200, "application/json", "Probe"),
        (Method::Get, "/readyz") => operations("Whether the service can do its work.")
            .answers(200, "application/json", "Probe")
            .answers(503, "application/json", "Probe"),
        (Method::Get, "/metrics") => operations("Figures for monitoring.")
            .answers(200, "application/openmetrics-text", "Text")
            .refuses(&[500]),
        (Method::Get, "/mapping.schema.json") => published("The JSON Schema of mapping files, for editors.")
            .answers(200, "application/schema+json", "Object"),
        (Method::Get, "/openapi.json") => {
            published("This description.").answers(200, "application/json", "Object").answers_empty(304)
        }
        (Method::Get, path) if is_canonical(path) => {
            published("What the canonical URL with this path names, in the release in which it was written.")
                .answers(200, FHIR_JSON, "Resource")
                .answers_empty(304)
                .refuses(&[404])
        }
        _ => return cds_hooks(method, path),
    };
    Some(described)
}

fn operations(summary: &str) -> Operation {
    Operation::new("Operations", Audience::Everybody, summary)
}

fn published(summary: &str) -> Operation {
    Operation::new("Conformance", Audience::Everybody, summary)
}

/// `/fhir/CodeSystem/{id}`, and so for every published type.
fn is_canonical(path: &str) -> bool {
    let resource_type = path.strip_prefix("/fhir/").and_then(|rest| rest.strip_suffix("/{id}"));
    resource_type.is_some_and(|resource_type| conformance::TYPES.contains(&resource_type))
}

/// Source: <https://cds-hooks.hl7.org/2.0/>; reports and explanations are ours.
fn cds_hooks(method: Method, path: &str) -> Option<Operation> {
    let of_clients = |summary: &str| Operation::new("CDS Hooks", Audience::CdsClients, summary);
    let language = json!({"type": "string", "examples": ["en", "zh"]});
    let described = match (method, path) {
        (Method::Get, "/cds-services") => of_clients("Which services there are.")
            .header("Accept-Language", "The language of texts.", &language)
            .answers(200, "application/json", "CdsServices")
            .refuses(&[401, 403]),
        (Method::Post, "/cds-services/{id}") => of_clients("Call a service: cards.")
            .header("Accept-Language", "The language of texts.", &language)
            .body("application/json", "CdsRequest", true)
            .answers(200, "application/json", "CdsResponse")
            .refuses(&[400, 401, 403, 404, 412, 500, 503])
            .refuses(&SENDING),
        (Method::Post, "/cds-services/{id}/feedback") => of_clients("What users did with cards.")
            .body("application/json", "CdsFeedback", true)
            .answers_empty(200)
            .refuses(&[400, 401, 403, 404, 500, 503])
            .refuses(&SENDING),
        (Method::Get, "/cds-services/{id}/feedback") => {
            of_clients("How each rule fares with those who see its cards.")
                .answers(200, "application/json", "RuleReport")
                .refuses(&[401, 403, 404, 500, 503])
        }
        (Method::Get, "/cds-services/{id}/explanations/{hookInstance}") => {
            of_clients("Why a call was answered as it was.")
                .header("Accept-Language", "The language of texts.", &language)
                .answers(200, "application/json", "CallExplanation")
                .refuses(&[401, 403, 404, 500, 503])
        }
        _ => return None,
    };
    Some(described)
}
