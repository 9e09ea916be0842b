//! The FHIR paths: what they are follows from the path, what they take from the search parameters and the
//! OperationDefinitions.

use fhir_wire::{SystemInteraction, TypeInteraction};
use serde_json::{Value, json};

use super::operation::{Audience, FHIR_JSON, Operation, READING, SENDING};
use crate::conformance;
use crate::fhir::FhirVersion;
use crate::http::endpoint::Method;
use crate::http::interaction::Interaction;
use crate::http::resource;
use crate::http::searchable::{Searchable, includes, reverse_includes, search_parameters};

/// What FHIR's `date` and `dateTime` may be.
fn date() -> Value {
    json!({"anyOf": [
        {"type": "string", "format": "date"},
        {"type": "string", "format": "date-time"},
        {"type": "string", "pattern": "^[1-9][0-9]{3}(-(0[1-9]|1[0-2]))?$"},
    ]})
}

fn text() -> Value {
    json!({"type": "string", "minLength": 1})
}

fn whole_number(from: u32) -> Value {
    json!({"type": "integer", "minimum": from})
}

/// What an interaction takes and answers.
pub(super) fn describe(method: Method, path: &str, interaction: Interaction) -> Option<Operation> {
    match interaction {
        Interaction::Capabilities => Some(
            of_conformance("What the service can do: the CapabilityStatement.")
                .answers(200, FHIR_JSON, "CapabilityStatement")
                .answers_empty(304)
                .refuses(&[400, 404, 406]),
        ),
        Interaction::Type(resource_type, interaction) => Some(of_type(method, &resource_type, interaction)),
        Interaction::Operation { name, .. } => operation(method, path, &name),
        Interaction::Followup => followup(method, path),
        // None of them is served.
        Interaction::System(
            SystemInteraction::Batch
            | SystemInteraction::Transaction
            | SystemInteraction::HistorySystem
            | SystemInteraction::SearchSystem,
        ) => None,
    }
}

fn of_callers(summary: impl Into<String>) -> Operation {
    Operation::new("FHIR", Audience::Callers, summary)
}

fn of_conformance(summary: impl Into<String>) -> Operation {
    let form = json!({"enum": ["json", "application/fhir+json", "application/json"]});
    Operation::new("Conformance", Audience::Everybody, summary).query(
        "_format",
        "The form of the answer.",
        &form,
    )
}

fn of_type(method: Method, resource_type: &str, interaction: TypeInteraction) -> Operation {
    use TypeInteraction as Type;
    let is_published = conformance::TYPES.contains(&resource_type);
    let start = |summary: &str| {
        let summary = format!("{resource_type}: {summary}.");
        if is_published { of_conformance(summary) } else { of_callers(summary) }
    };
    let named = |operation: Operation| operation.answers(200, FHIR_JSON, resource_type);
    match interaction {
        Type::Read | Type::Vread => {
            let read = named(start(if interaction == Type::Read { "read" } else { "read a version" }));
            let read = read
                .header("If-None-Match", "Not again what has this tag.", &json!({"type": "string"}))
                .answers_empty(304);
            if is_published { read.refuses(&[400, 404, 406]) } else { read.refuses(&READING).refuses(&[410]) }
        }
        Type::HistoryInstance | Type::HistoryType => start("its history, the latest first")
            .query("_count", "How many on a page.", &whole_number(1))
            .query("_since", "Only what was stored since then.", &date())
            .answers(200, FHIR_JSON, "History")
            .refuses(&READING)
            .refuses(&[410]),
        Type::SearchType => search(method, resource_type, start("search"), is_published),
        Type::Create => start("create")
            .body(FHIR_JSON, resource_type, true)
            .answers(201, FHIR_JSON, resource_type)
            .refuses(&READING)
            .refuses(&SENDING),
        Type::Update => named(start("change"))
            .header("If-Match", "Only this version.", &json!({"type": "string"}))
            .body(FHIR_JSON, resource_type, true)
            .refuses(&READING)
            .refuses(&SENDING)
            .refuses(&[412]),
        Type::Delete => start("end").answers_empty(204).refuses(&READING),
    }
}

fn search(method: Method, resource_type: &str, start: Operation, is_published: bool) -> Operation {
    let start = start.answers(200, FHIR_JSON, "Searchset").refuses(if is_published {
        &[400, 404, 406]
    } else {
        &READING
    });
    if method == Method::Post {
        return start
            .body("application/x-www-form-urlencoded", "SearchForm", false)
            .refuses(&[408, 410, 413, 415]);
    }
    let parameters = search_parameters(resource_type, FhirVersion::R4);
    let searched = parameters.iter().fold(start, |operation, known| {
        let about = known.definition.as_deref().unwrap_or("As FHIR has it.");
        operation.query(known.name, about, &values(known))
    });
    // A preference that is not known is no error.
    let handling = json!({"type": "string", "examples": ["handling=strict", "handling=lenient"]});
    let searched = searched.header("Prefer", "What becomes of parameters that are not known.", &handling);
    if is_published {
        return searched.query("_count", "How many on a page.", &whole_number(0));
    }
    if !resource::TYPES.contains(&resource_type) {
        return searched;
    }
    let searched = searched
        .query("_count", "How many on a page; with 0 they are only counted.", &whole_number(0))
        .query(
            "_total",
            "Whether all matches are counted.",
            &json!({"enum": ["none", "estimate", "accurate"]}),
        )
        .query(
            "_summary",
            "What of each is given.",
            &json!({"enum": ["true", "text", "data", "count", "false"]}),
        )
        .query(
            "_elements",
            "These elements alone.",
            &json!({"type": "string", "pattern": "^[A-Za-z]+(,[A-Za-z]+)*$"}),
        )
        .query("_sort", "In which order; a minus sign turns it.", &sorting(&parameters))
        .refuses(&[410]);
    let given = [("_include", includes(resource_type)), ("_revinclude", reverse_includes(resource_type))];
    given.into_iter().filter(|(_, values)| !values.is_empty()).fold(searched, |operation, (name, values)| {
        operation.query(name, "What is given besides.", &json!({"enum": values}))
    })
}

/// What a value of a search parameter looks like. Prefixes, modifiers and lists are FHIR's.
fn values(known: &Searchable) -> Value {
    match known.kind {
        "date" => date(),
        "number" => json!({"type": "number"}),
        // Where the type is not known by the parameter, it stands before the id.
        "reference" if known.refers_to_any => {
            json!({"type": "string", "pattern": "^[A-Z][A-Za-z]{1,40}/[A-Za-z0-9.-]{1,64}$"})
        }
        _ => text(),
    }
}

fn sorting(parameters: &[Searchable]) -> Value {
    let dates = parameters.iter().filter(|known| known.kind == "date").map(|known| known.name);
    let keys = dates.chain(["_id"]).flat_map(|name| [name.to_owned(), format!("-{name}")]);
    json!({"enum": keys.collect::<Vec<_>>()})
}

/// A parameter of an operation, as its definition has it.
struct Parameter {
    name: String,
    about: String,
    schema: Value,
}

/// What is published about an operation: its title, and the parameters of a simple type that it takes.
fn defined(name: &str) -> Option<(String, Vec<Parameter>)> {
    let published = conformance::find("OperationDefinition", name)?;
    let definition: Value = serde_json::from_str(&published.body(FhirVersion::R4)).ok()?;
    let field = |of: &Value, name: &str| of.get(name).and_then(Value::as_str).map(str::to_owned);
    let parameter = |parameter: &Value| {
        let schema = match parameter.get("type")?.as_str()? {
            "dateTime" | "date" | "instant" => date(),
            "integer" | "positiveInt" => whole_number(1),
            "code" | "string" => text(),
            _ => return None,
        };
        let is_taken = parameter.get("use")? == "in";
        let (parameter, about) = (field(parameter, "name")?, field(parameter, "documentation")?);
        let schema = bounded(name, &parameter).unwrap_or(schema);
        is_taken.then_some(Parameter { name: parameter, about, schema })
    };
    let parameters = definition.get("parameter").and_then(Value::as_array);
    let parameters = parameters.into_iter().flatten().filter_map(parameter).collect();
    Some((field(&definition, "title")?, parameters))
}

/// What an OperationDefinition says of a parameter in words alone.
fn bounded(operation: &str, parameter: &str) -> Option<Value> {
    match (operation, parameter) {
        ("knowledge-diff", "assessments") => Some(json!({"enum": ["latest", "all"]})),
        ("knowledge-diff", "_count") => Some(json!({"type": "integer", "minimum": 1, "maximum": 1000})),
        _ => None,
    }
}

fn with_query(operation: Operation, parameters: Vec<Parameter>) -> Operation {
    parameters.into_iter().fold(operation, |operation, Parameter { name, about, schema }| {
        operation.query(&name, &about, &schema)
    })
}

fn operation(method: Method, path: &str, name: &str) -> Option<Operation> {
    let language = json!({"type": "string", "examples": ["en", "zh"]});
    let key = json!({"type": "string", "pattern": "^[!-~]{1,255}$"});
    let described = match name {
        "assess" => {
            let (title, parameters) = defined(name)?;
            let assessed = with_query(of_callers(title), parameters)
                .header("Accept-Language", "The language of texts.", &language)
                .answers(200, FHIR_JSON, "Collection")
                .refuses(&READING)
                .refuses(&SENDING);
            if path.contains("{id}") {
                assessed.refuses(&[501, 502, 504])
            } else {
                assessed
                    .header("Idempotency-Key", "The same key gets the same answer.", &key)
                    .body(FHIR_JSON, "Record", true)
            }
        }
        "explain-mapping" => {
            let (title, parameters) = defined(name)?;
            with_query(of_callers(title), parameters)
                .header("Accept-Language", "The language of texts.", &language)
                .body(FHIR_JSON, "Record", true)
                .answers(200, FHIR_JSON, "Parameters")
                .refuses(&READING)
                .refuses(&SENDING)
        }
        "withdraw" => of_callers(defined(name)?.0)
            .header("If-Match", "Only this version.", &json!({"type": "string"}))
            .body(FHIR_JSON, "Parameters", false)
            .answers(200, FHIR_JSON, "RiskAssessment")
            .refuses(&READING)
            .refuses(&SENDING)
            .refuses(&[410, 412]),
        "replay" | "knowledge-diff" => {
            let (title, parameters) = defined(name)?;
            asked(method, of_callers(title), parameters)
                .answers(200, FHIR_JSON, "Parameters")
                .refuses(&READING)
                .refuses(&[410, 422])
        }
        "export" => export(method, path),
        "status" => asked(method, of_callers("How a Subscription stands."), Vec::new())
            .answers(200, FHIR_JSON, "Searchset")
            .refuses(&READING),
        "events" => events(method),
        _ => return None,
    };
    Some(described)
}

/// An operation that changes nothing: asked in the query by GET, in Parameters by POST.
fn asked(method: Method, operation: Operation, parameters: Vec<Parameter>) -> Operation {
    if method == Method::Post {
        operation.body(FHIR_JSON, "Parameters", false).refuses(&[408, 413, 415])
    } else {
        with_query(operation, parameters)
    }
}

/// Source: <https://hl7.org/fhir/uv/subscriptions-backport/STU1.1/OperationDefinition-backport-subscription-events.html>.
fn events(method: Method) -> Operation {
    let parameter = |name: &str, about: &str, schema| Parameter {
        name: name.to_owned(),
        about: about.to_owned(),
        schema,
    };
    let number = json!({"type": "integer", "minimum": 0, "maximum": i64::MAX});
    let parameters = vec![
        parameter("eventsSinceNumber", "From this event on.", number.clone()),
        parameter("eventsUntilNumber", "Up to this event.", number),
        parameter("content", "How much of each.", json!({"enum": ["empty", "id-only", "full-resource"]})),
    ];
    asked(method, of_callers("What a Subscription told, or should have told."), parameters)
        .answers(200, FHIR_JSON, "Bundle")
        .refuses(&READING)
}

/// Source: <https://hl7.org/fhir/uv/bulkdata/STU2/export.html>.
fn export(method: Method, path: &str) -> Operation {
    let parameter = |name: &str, about: &str, schema| Parameter {
        name: name.to_owned(),
        about: about.to_owned(),
        schema,
    };
    let mut parameters = vec![
        parameter(
            "_type",
            "The types, separated by commas.",
            json!({"enum": ["RiskAssessment", "Provenance", "RiskAssessment,Provenance"]}),
        ),
        parameter(
            "_since",
            "Only what was stored since then.",
            json!({"type": "string", "format": "date-time"}),
        ),
        parameter(
            "_outputFormat",
            "The form of the files.",
            json!({"enum": ["application/fhir+ndjson", "application/ndjson", "ndjson"]}),
        ),
    ];
    if path.contains("/Patient/") {
        parameters.push(parameter("patient", "Only of this patient.", text()));
    }
    let prefer = json!({"enum": ["respond-async", "respond-async, handling=lenient"]});
    asked(method, of_callers("Begin an export of everything as NDJSON."), parameters)
        .needed_header("Prefer", "An export is asynchronous.", &prefer)
        .answers_empty(202)
        .refuses(&READING)
        .refuses(&SENDING)
        .refuses(&[429])
}

/// What an operation hands out, and what is known without being listed.
fn followup(method: Method, path: &str) -> Option<Operation> {
    let described = match (method, path) {
        (_, path) if path.ends_with("/.well-known/smart-configuration") => {
            of_conformance("How a client gets a token.")
                .answers(200, "application/json", "Object")
                .refuses(&[404])
        }
        (Method::Get, path) if path.ends_with("/{job}") => of_callers("How an export stands.")
            .answers(200, "application/json", "ExportManifest")
            .answers_empty(202)
            .refuses(&READING)
            .refuses(&[429]),
        (Method::Delete, path) if path.ends_with("/{job}") => {
            of_callers("Cancel or remove an export.").answers_empty(202).refuses(&READING)
        }
        (Method::Get, path) if path.ends_with("/{job}/{file}") => of_callers("A file of an export.")
            .answers(200, "application/fhir+ndjson", "Lines")
            .refuses(&READING),
        _ => return None,
    };
    Some(described)
}
