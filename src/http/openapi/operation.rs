//! One method at one path, as OpenAPI has it.

use serde_json::{Map, Value, json};

use super::Tokens;
use crate::cds_hooks::Service;
use crate::fhir::FhirVersion;

/// FHIR in JSON.
pub(super) const FHIR_JSON: &str = "application/fhir+json";
/// The answers of FHIR paths that are read, besides what they are asked for.
pub(super) const READING: [u16; 7] = [400, 401, 403, 404, 406, 500, 503];
/// And of those that take a body.
pub(super) const SENDING: [u16; 4] = [408, 413, 415, 422];

/// Who may call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Audience {
    Everybody,
    CdsClients,
    Callers,
}

/// What a method at a path takes and answers.
#[derive(Debug)]
pub(super) struct Operation {
    summary: String,
    tag: &'static str,
    audience: Audience,
    parameters: Vec<Value>,
    body: Option<Value>,
    answers: Map<String, Value>,
}

impl Operation {
    pub(super) fn new(tag: &'static str, audience: Audience, summary: impl Into<String>) -> Self {
        let (parameters, body, answers) = (Vec::new(), None, Map::new());
        Self { summary: summary.into(), tag, audience, parameters, body, answers }
    }

    /// A parameter in the query.
    pub(super) fn query(self, name: &str, about: &str, schema: &Value) -> Self {
        self.parameter("query", name, about, schema)
    }

    /// A header that may be sent.
    pub(super) fn header(self, name: &str, about: &str, schema: &Value) -> Self {
        self.parameter("header", name, about, schema)
    }

    fn parameter(mut self, place: &str, name: &str, about: &str, schema: &Value) -> Self {
        self.parameters.push(json!({"name": name, "in": place, "description": about, "schema": schema}));
        self
    }

    /// A header that must be sent.
    pub(super) fn needed_header(mut self, name: &str, about: &str, schema: &Value) -> Self {
        self.parameters.push(
            json!({"name": name, "in": "header", "description": about, "schema": schema, "required": true}),
        );
        self
    }

    /// A body of one of the schemas.
    pub(super) fn body(mut self, media: &str, schema: &str, is_needed: bool) -> Self {
        let content = json!({media: {"schema": named(schema)}});
        self.body = Some(json!({"required": is_needed, "content": content}));
        self
    }

    /// An answer of one of the schemas.
    pub(super) fn answers(self, status: u16, media: &str, schema: &str) -> Self {
        self.answers_content(status, &json!({media: {"schema": named(schema)}}))
    }

    /// An answer in one of several forms.
    pub(super) fn answers_content(mut self, status: u16, content: &Value) -> Self {
        self.answers.insert(status.to_string(), json!({"description": meaning(status), "content": content}));
        self
    }

    /// An answer without a body.
    pub(super) fn answers_empty(mut self, status: u16) -> Self {
        self.answers.insert(status.to_string(), json!({"description": meaning(status)}));
        self
    }

    /// Answers that say in an OperationOutcome what is wrong.
    pub(super) fn refuses(self, statuses: &[u16]) -> Self {
        statuses.iter().fold(self, |this, status| this.answers(*status, FHIR_JSON, "OperationOutcome"))
    }

    /// As JSON, with the parameters of its path.
    pub(super) fn to_json(&self, of_path: Vec<Value>, tokens: Tokens) -> Value {
        let needs_token = match self.audience {
            Audience::Everybody => false,
            Audience::CdsClients => tokens.of_cds_clients,
            Audience::Callers => tokens.of_callers,
        };
        let mut operation = Map::new();
        operation.insert("summary".to_owned(), self.summary.as_str().into());
        operation.insert("tags".to_owned(), json!([self.tag]));
        let parameters: Vec<Value> = of_path.into_iter().chain(self.parameters.iter().cloned()).collect();
        if !parameters.is_empty() {
            operation.insert("parameters".to_owned(), parameters.into());
        }
        if let Some(body) = &self.body {
            operation.insert("requestBody".to_owned(), body.clone());
        }
        operation.insert("responses".to_owned(), self.answers.clone().into());
        if needs_token {
            operation.insert("security".to_owned(), json!([{"token": []}]));
        }
        operation.into()
    }
}

fn named(schema: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{schema}")})
}

/// The parameters of a path.
pub(super) fn path_parameters(path: &str) -> Vec<Value> {
    let names = path.split('/').filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'));
    let is_cds = path.starts_with("/cds-services");
    let parameter = |name: &str| {
        let schema = match name.split_once(':').map_or(name, |(name, _)| name) {
            "version" => json!({"enum": FhirVersion::ALL.map(FhirVersion::name)}),
            "id" if is_cds => {
                json!({"enum": Service::ALL.iter().map(|service| service.id()).collect::<Vec<_>>()})
            }
            "hookInstance" => json!({"type": "string", "format": "uuid"}),
            "versionId" | "file" => json!({"type": "integer", "minimum": 0, "maximum": u32::MAX}),
            _ => json!({"type": "string", "pattern": "^[A-Za-z0-9.-]{1,64}$"}),
        };
        let name = name.split_once(':').map_or(name, |(name, _)| name);
        json!({"name": name, "in": "path", "required": true, "schema": schema})
    };
    names.map(parameter).collect()
}

/// What a status means here.
const fn meaning(status: u16) -> &'static str {
    match status {
        200 => "What was asked for.",
        201 => "It is stored.",
        202 => "It is under way, or cancelled.",
        204 => "It is gone.",
        304 => "The client has it already.",
        400 => "A parameter, a header or the body is illegible.",
        401 => "There is no token, or none that is accepted.",
        403 => "The token does not allow this.",
        404 => "There is no such thing.",
        406 => "Nothing that the client takes can be written.",
        408 => "The body did not arrive in time.",
        410 => "It was deleted, or the link has expired.",
        412 => "Another version is the current one, or data is missing that the service needs.",
        413 => "The body is too large.",
        415 => "The body is in a form that is not read here.",
        422 => "The body was read, and cannot be worked on.",
        429 => "Too much at once: wait as long as Retry-After says.",
        501 => "There is no server whose records could be fetched.",
        502 => "The record system could not be asked.",
        503 => "The service cannot answer now.",
        504 => "The record system did not answer in time.",
        _ => "A defect of the service.",
    }
}
