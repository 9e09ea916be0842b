//! `GET /openapi.json`: what every route takes and answers, made from the routes when the service starts.
//!
//! A FHIR path says by itself what it is; its description is made from the same values as the CapabilityStatement, the
//! search parameters and the OperationDefinitions (`fhir.rs`). The others are described in `service.rs`; a test finds a
//! route that nobody described.

mod fhir;
mod operation;
mod schema;
mod service;

use std::collections::BTreeMap;
use std::io;

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Value, json};

use super::State;
use super::document::Document;
use super::endpoint::{Endpoints, Method};
use super::interaction::interactions;
use operation::{Operation, path_parameters};

/// The description.
pub(super) async fn show(state: Data<State>, request: HttpRequest) -> HttpResponse {
    state.openapi.answer(&request, |response| {
        response.content_type("application/json");
    })
}

/// Which callers show a token.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tokens {
    /// CDS clients.
    pub of_cds_clients: bool,
    /// Callers of the FHIR API.
    pub of_callers: bool,
}

/// The description of a service at this address.
///
/// # Errors
/// Where it cannot be written: a defect of ours.
pub(super) fn document(base_url: &str, tokens: Tokens) -> io::Result<Document> {
    let mut paths: BTreeMap<String, BTreeMap<&'static str, Value>> = BTreeMap::new();
    for (method, route) in Endpoints::all().described() {
        for path in each_type(route) {
            // A test looks for a route without a description.
            let Some(operation) = describe(method, &path) else { continue };
            let parameters = path_parameters(&path);
            let described = operation.to_json(parameters, tokens);
            paths.entry(without_patterns(&path)).or_default().insert(verb(method), described);
        }
    }
    let description = json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Spinemet",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Scores and guidance for spinal metastases, from a FHIR record.",
            "description": "It informs clinicians and does not replace their judgement. The FHIR resources themselves are \
                            described by the CapabilityStatement and the profiles that it names. A GET is also answered \
                            as HEAD, without the body. A link to a further page is opaque: follow it as it is.",
            "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"},
        },
        "servers": [{"url": base_url}],
        "tags": [
            {"name": "FHIR", "description": "Assessing, reading, searching and following."},
            {"name": "CDS Hooks", "description": "Cards for an EHR, and what became of them."},
            {"name": "Conformance", "description": "What is published about the service and its data."},
            {"name": "Operations", "description": "Health and figures."},
            {"name": "Pages", "description": "For people."},
        ],
        "paths": paths,
        "components": {"schemas": schema::schemas(), "securitySchemes": {
            "token": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
        }},
    });
    Ok(Document::new(serde_json::to_vec(&description)?))
}

fn describe(method: Method, path: &str) -> Option<Operation> {
    match interactions(method, path).into_iter().next() {
        Some(interaction) => fhir::describe(method, path, interaction),
        None => service::describe(method, path),
    }
}

const fn verb(method: Method) -> &'static str {
    match method {
        Method::Get => "get",
        Method::Post => "post",
        Method::Put => "put",
        Method::Delete => "delete",
    }
}

/// A route for several types (`{type:Basic|Flag}`) as a path for each of them.
fn each_type(route: &str) -> Vec<String> {
    let Some((before, rest)) = route.split_once("{type:") else { return vec![route.to_owned()] };
    let Some((types, after)) = rest.split_once('}') else { return vec![route.to_owned()] };
    types.split('|').map(|resource_type| format!("{before}{resource_type}{after}")).collect()
}

/// `{name:pattern}` as `{name}`.
fn without_patterns(path: &str) -> String {
    let segment = |segment: &str| match segment.split_once(':') {
        Some((name, _)) if name.starts_with('{') => format!("{name}}}"),
        _ => segment.to_owned(),
    };
    path.split('/').map(segment).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_is_described() {
        let endpoints = Endpoints::all();
        let routes = endpoints
            .described()
            .flat_map(|(method, route)| each_type(route).into_iter().map(move |path| (method, path)));
        let without: Vec<_> = routes.filter(|(method, path)| describe(*method, path).is_none()).collect();
        assert!(without.is_empty(), "describe these in http/openapi: {without:?}");
    }

    #[test]
    fn a_route_for_several_types_is_a_path_for_each() {
        assert_eq!(each_type("/fhir/{type:Basic|Flag}/{id}"), ["/fhir/Basic/{id}", "/fhir/Flag/{id}"]);
        assert_eq!(each_type("/livez"), ["/livez"]);
        assert_eq!(without_patterns("/a/{id:[a-z]+}/b"), "/a/{id}/b");
    }
}
