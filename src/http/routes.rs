//! Every route of the service. A path that is not here does not exist.

use actix_web::web::{self, ServiceConfig};
use actix_web::{FromRequest, Handler, Resource, Responder, Route};

use super::{
    Failure, assess, cds_hooks, health, history, knowledge, metrics, patient_assess, resource, search,
    smart_configuration, start_page, withdraw,
};

/// Adds the routes to an application.
pub(super) fn add(to: &mut ServiceConfig) {
    // People and operations.
    to.service(get("/", start_page::show));
    to.service(get("/knowledge", knowledge::show));
    to.service(get("/livez", health::live));
    to.service(get("/readyz", health::ready));
    to.service(get("/metrics", metrics::show));

    // FHIR: an integration engineer and a hospital's interface.
    to.service(post("/fhir/{version}/$assess", assess::assess));
    to.service(get("/fhir/{version}/.well-known/smart-configuration", smart_configuration::show));
    to.service(post("/fhir/{version}/Patient/{id}/$assess", patient_assess::assess));
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

    to.default_service(web::to(|| std::future::ready(Failure::UnknownPath)));
}

/// A path that answers GET, and HEAD with the same headers and no body.
fn get<F, Args>(path: &str, handler: F) -> Resource
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    web::resource(path)
        .route(web::get().to(handler.clone()))
        .route(web::head().to(handler))
        .default_service(only("GET, HEAD"))
}

/// A path that answers POST.
fn post<F, Args>(path: &str, handler: F) -> Resource
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    web::resource(path).route(web::post().to(handler)).default_service(only("POST"))
}

fn only(allowed: &'static str) -> Route {
    web::to(move || std::future::ready(Failure::MethodNotAllowed { allowed }))
}
