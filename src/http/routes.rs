//! Every route of the service. A path that is not here does not exist, and what is here is in the CapabilityStatement and
//! the OpenAPI description by itself: for FHIR, the method and the path say what it is (`interaction.rs`).

use super::endpoint::{Endpoints, at, get, post, read_only_operation};
use super::{
    assess, capability_statement, cds_hooks, conformance, explain, export, health, history, knowledge,
    metrics, openapi, patient_assess, replay, resource, search, smart_configuration, start_page,
    subscription, withdraw,
};
use crate::conformance as published;

/// The routes, in the order in which they are tried.
pub(super) fn add(to: &mut Endpoints) {
    // People and operations.
    to.service(get("/", start_page::show));
    to.service(get("/knowledge", knowledge::show));
    to.service(at("/explain").get(explain::form).post(explain::answer));
    to.service(get("/livez", health::live));
    to.service(get("/readyz", health::ready));
    to.service(get("/metrics", metrics::show));
    to.service(get("/mapping.schema.json", explain::schema));
    to.service(get("/openapi.json", openapi::show));

    // FHIR: an integration engineer and a hospital's interface.
    to.service(post("/fhir/{version}/$assess", assess::assess));
    to.service(get("/fhir/{version}/.well-known/smart-configuration", smart_configuration::show));
    to.service(post("/fhir/{version}/Patient/{id}/$assess", patient_assess::assess));
    to.service(post("/fhir/{version}/$explain-mapping", explain::operation));
    to.service(read_only_operation("/fhir/{version}/RiskAssessment/$knowledge-diff", replay::knowledge_diff));
    to.service(read_only_operation("/fhir/{version}/RiskAssessment/{id}/$replay", replay::replay));
    to.service(read_only_operation("/fhir/{version}/$export", export::of_system));
    to.service(read_only_operation("/fhir/{version}/Patient/$export", export::of_patients));
    to.service(at("/fhir/{version}/$export/{job}").get(export::status).delete(export::cancel));
    to.service(get("/fhir/{version}/$export/{job}/{file}", export::file));
    to.service(at("/fhir/{version}/Subscription").get(subscription::search).post(subscription::create));
    to.service(
        at("/fhir/{version}/Subscription/{id}")
            .get(subscription::get)
            .put(subscription::update)
            .delete(subscription::delete),
    );
    to.service(read_only_operation("/fhir/{version}/Subscription/{id}/$status", subscription::ask_status));
    to.service(read_only_operation("/fhir/{version}/Subscription/{id}/$events", subscription::ask_events));
    to.service(post("/fhir/{version}/RiskAssessment/{id}/$withdraw", withdraw::withdraw));
    let held = format!("/fhir/{{version}}/{{type:{}}}", resource::TYPES.join("|"));
    to.service(post(&format!("{held}/_search"), search::post));
    to.service(get(&format!("{held}/_history"), history::of_type));
    to.service(get(&held, search::get));
    to.service(get(&format!("{held}/{{id}}"), resource::read));
    to.service(get(&format!("{held}/{{id}}/_history"), history::of_resource));
    to.service(get(&format!("{held}/{{id}}/_history/{{versionId}}"), resource::read_version));

    // CDS Hooks: an EHR.
    to.service(get("/cds-services", cds_hooks::discover));
    to.service(post("/cds-services/{id}", cds_hooks::call));
    to.service(at("/cds-services/{id}/feedback").get(cds_hooks::report).post(cds_hooks::feedback));
    to.service(get("/cds-services/{id}/explanations/{hookInstance}", cds_hooks::explain));

    // Conformance: what is served, and what is published about the data.
    to.service(get("/fhir/{version}/metadata", capability_statement::show));
    let published = format!("/fhir/{{version}}/{{type:{}}}", published::TYPES.join("|"));
    to.service(get(&published, conformance::search));
    to.service(get(&format!("{published}/{{id}}"), conformance::read));
    let canonical = format!("/fhir/{{type:{}}}/{{id}}", published::TYPES.join("|"));
    to.service(get(&canonical, conformance::resolve));
}
