//! `GET /fhir/{version}/metadata`: the CapabilityStatement, made from the routes when the service starts.

use std::collections::BTreeMap;
use std::io;

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use fhir_wire::{
    CapabilityOperation, CapabilityResource, CapabilitySearchParameter, CapabilitySecurity,
    CapabilityStatement, Extension, ExtensionValue, SystemInteraction, Text, TypeInteraction, WireError,
    capability_statement,
};

use super::document::Document;
use super::endpoint::Endpoints;
use super::interaction::{Interaction, interactions};
use super::media::JsonAccepted;
use super::request::Release;
use super::searchable::{self, Searchable};
use super::{State, outcome};
use crate::conformance;
use crate::fhir::FhirVersion;
use crate::fhir::render;
use crate::subscriptions::TOPIC;

/// When what the statement says last changed.
const DATE: &str = "2026-11-26";

/// The extension by which a topic is named.
const TOPIC_EXTENSION: &str = "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/\
                               capabilitystatement-subscriptiontopic-canonical";

/// Where our OperationDefinitions are.
const OPERATION_DEFINITION: &str = "https://spinemet.org/fhir/OperationDefinition";

/// The statement in the release of the path.
pub(super) async fn show(
    state: Data<State>,
    request: HttpRequest,
    release: Release,
    _accepted: JsonAccepted,
) -> HttpResponse {
    state.capabilities.of(release.0).answer(&request, |response| {
        response.content_type(outcome::CONTENT_TYPE);
    })
}

/// The statement in every release.
#[derive(Debug)]
pub(super) struct CapabilityStatements {
    r4: Document,
    r4b: Document,
    r5: Document,
}

impl CapabilityStatements {
    /// The statements of a service at this address.
    pub(super) fn new(base_url: &str) -> io::Result<Self> {
        let of = |release| statement(base_url, release).map(Document::new).map_err(io::Error::other);
        Ok(Self { r4: of(FhirVersion::R4)?, r4b: of(FhirVersion::R4B)?, r5: of(FhirVersion::R5)? })
    }

    const fn of(&self, release: FhirVersion) -> &Document {
        match release {
            FhirVersion::R4 => &self.r4,
            FhirVersion::R4B => &self.r4b,
            FhirVersion::R5 => &self.r5,
        }
    }
}

fn statement(base_url: &str, release: FhirVersion) -> Result<Vec<u8>, WireError> {
    let served = Served::of_the_routes(release);
    let url = format!("{base_url}/fhir/{release}");
    capability_statement(&CapabilityStatement {
        url: format!("{url}/metadata").into(),
        name: "Spinemet".into(),
        title: "Spinemet: scores and guidance for spinal metastases".into(),
        date: DATE.into(),
        publisher: "Spinemet".into(),
        description: "Assesses the record of a patient with spinal metastases: published scores, an expert consensus \
                      as guidance, and what is not known and would matter. It informs clinicians and does not replace \
                      their judgement."
            .into(),
        software_name: "Spinemet".into(),
        software_version: env!("CARGO_PKG_VERSION").into(),
        implementation_description: "Spinemet at this address".into(),
        implementation_url: url.into(),
        fhir_version: release.publication().into(),
        format: vec!["application/fhir+json".into(), "json".into()],
        security: Some(CapabilitySecurity {
            description: Some(
                "Where clients of the API are registered, each call carries a bearer token with SMART scopes \
                 (system or patient); /.well-known/smart-configuration says more. Where none are, as on a \
                 developer's machine, no token is asked for."
                    .into(),
            ),
            ..CapabilitySecurity::default()
        }),
        resource: served.resources.into_values().map(with_versions).collect(),
        interaction: served.interactions,
        operation: served.operations,
    })
}

/// What the routes serve.
#[derive(Default)]
struct Served {
    resources: BTreeMap<String, CapabilityResource<'static>>,
    interactions: Vec<SystemInteraction>,
    operations: Vec<CapabilityOperation<'static>>,
}

impl Served {
    fn of_the_routes(release: FhirVersion) -> Self {
        let mut served = Self::default();
        let endpoints = Endpoints::all();
        let served_at = endpoints.described().flat_map(|(method, path)| interactions(method, path));
        let exists = |interaction: &Interaction| match interaction {
            Interaction::Type(resource_type, _) => conformance::exists_in(resource_type, release),
            _ => true,
        };
        let served_at = served_at.filter(exists);
        for interaction in served_at {
            match interaction {
                Interaction::System(interaction) => add(&mut served.interactions, interaction),
                Interaction::Type(resource_type, interaction) => {
                    add(&mut served.resource(resource_type, release).interaction, interaction);
                }
                Interaction::Operation { resource_type: Some(resource_type), name } => {
                    add(&mut served.resource(resource_type, release).operation, operation(&name));
                }
                Interaction::Operation { resource_type: None, name } => {
                    add(&mut served.operations, operation(&name));
                }
                Interaction::Capabilities | Interaction::Followup => {}
            }
        }
        served
    }

    fn resource(&mut self, resource_type: String, release: FhirVersion) -> &mut CapabilityResource<'static> {
        self.resources.entry(resource_type.clone()).or_insert_with(|| CapabilityResource {
            supported_profile: render::profiles(&resource_type, release)
                .iter()
                .map(|url| (*url).into())
                .collect(),
            search_param: search_parameters(&resource_type, release),
            search_include: texts(searchable::includes(&resource_type)),
            search_rev_include: texts(searchable::reverse_includes(&resource_type)),
            extension: topics(&resource_type, release),
            resource_type: resource_type.into(),
            ..CapabilityResource::default()
        })
    }
}

/// The parameters of a search, as the statement has them.
fn search_parameters(resource_type: &str, release: FhirVersion) -> Vec<CapabilitySearchParameter<'static>> {
    let listed = |searchable: Searchable| CapabilitySearchParameter {
        name: searchable.name.into(),
        kind: searchable.kind.into(),
        definition: searchable.definition.map(Into::into),
        documentation: None,
    };
    searchable::search_parameters(resource_type, release).into_iter().map(listed).collect()
}

fn texts(values: Vec<String>) -> Vec<Text<'static>> {
    values.into_iter().map(Text::from).collect()
}

/// What can be subscribed to, said at Subscription as the Subscriptions Backport has it.
///
/// Source: <https://hl7.org/fhir/uv/subscriptions-backport/STU1.1/StructureDefinition-capabilitystatement-subscriptiontopic-canonical.html>,
/// which is for R4 and R4B. R5 has the resource SubscriptionTopic and no such extension.
fn topics(resource_type: &str, release: FhirVersion) -> Vec<Extension<'static>> {
    if resource_type != "Subscription" || release == FhirVersion::R5 {
        return Vec::new();
    }
    vec![Extension::value(TOPIC_EXTENSION, ExtensionValue::Canonical(TOPIC.into()))]
}

fn operation(name: &str) -> CapabilityOperation<'static> {
    let definition = match name {
        // HL7's own.
        "export" => "http://hl7.org/fhir/uv/bulkdata/OperationDefinition/export".to_owned(),
        "status" | "events" => {
            format!(
                "http://hl7.org/fhir/uv/subscriptions-backport/OperationDefinition/backport-subscription-{name}"
            )
        }
        _ => format!("{OPERATION_DEFINITION}/{name}"),
    };
    CapabilityOperation { name: name.to_owned().into(), definition: definition.into(), documentation: None }
}

/// Adds what is not listed yet: a search is answered by GET and by POST, an operation at several paths.
fn add<T: PartialEq>(to: &mut Vec<T>, item: T) {
    if !to.contains(&item) {
        to.push(item);
    }
}

/// What the interactions of a type say about its versions.
fn with_versions(mut resource: CapabilityResource<'static>) -> CapabilityResource<'static> {
    let can = |interaction| resource.interaction.contains(&interaction);
    let keeps_versions = can(TypeInteraction::Vread) || can(TypeInteraction::HistoryInstance);
    if !can(TypeInteraction::SearchType) {
        resource.search_param.clear();
        resource.search_include.clear();
        resource.search_rev_include.clear();
    }
    resource.read_history = Some(can(TypeInteraction::Vread));
    resource.versioning = Some(if keeps_versions { "versioned" } else { "no-version" }.into());
    resource
}
