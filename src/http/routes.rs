//! Every route of the service. A path that is not here does not exist.

use actix_web::web::{self, ServiceConfig};
use actix_web::{FromRequest, Handler, Resource, Responder, Route};

use super::{
    Failure, assess, cds_hooks, export, health, history, knowledge, metrics, patient_assess, replay,
    resource, search, smart_configuration, start_page, subscription, withdraw,
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
    to.service(read_only_operation("/fhir/{version}/RiskAssessment/$knowledge-diff", replay::knowledge_diff));
    to.service(read_only_operation("/fhir/{version}/RiskAssessment/{id}/$replay", replay::replay));
    to.service(read_only_operation("/fhir/{version}/$export", export::of_system));
    to.service(read_only_operation("/fhir/{version}/Patient/$export", export::of_patients));
    to.service(
        web::resource("/fhir/{version}/$export/{job}")
            .route(web::get().to(export::status))
            .route(web::head().to(export::status))
            .route(web::delete().to(export::cancel))
            .default_service(only("GET, HEAD, DELETE")),
    );
    to.service(get("/fhir/{version}/$export/{job}/{file}", export::file));
    to.service(
        web::resource("/fhir/{version}/Subscription")
            .route(web::get().to(subscription::search))
            .route(web::head().to(subscription::search))
            .route(web::post().to(subscription::create))
            .default_service(only("GET, HEAD, POST")),
    );
    to.service(
        web::resource("/fhir/{version}/Subscription/{id}")
            .route(web::get().to(subscription::get))
            .route(web::head().to(subscription::get))
            .route(web::put().to(subscription::update))
            .route(web::delete().to(subscription::delete))
            .default_service(only("GET, HEAD, PUT, DELETE")),
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

/// An operation that changes nothing that a client sees: FHIR lets it be called by GET and by POST.
fn read_only_operation<F, Args>(path: &str, handler: F) -> Resource
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    web::resource(path)
        .route(web::get().to(handler.clone()))
        .route(web::head().to(handler.clone()))
        .route(web::post().to(handler))
        .default_service(only("GET, HEAD, POST"))
}

fn only(allowed: &'static str) -> Route {
    web::to(move || std::future::ready(Failure::MethodNotAllowed { allowed }))
}
