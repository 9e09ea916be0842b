//! Pages of other origins that call from a browser: which may, and what they may send and see.
//!
//! A browser asks first, with OPTIONS and without a token; that is answered before anybody is asked who they are. Where
//! everybody on this machine may call, any page may call the CDS services, so that a sandbox in a browser works without
//! settings; what is stored is reached by the pages of the settings alone.

use actix_cors::Cors;
use actix_web::http::header::{ETAG, HeaderName, LOCATION, RETRY_AFTER, WWW_AUTHENTICATE};

use super::request_id;
use crate::http::State;

/// How long a browser may remember the answer.
const REMEMBERED_SECONDS: usize = 600;

/// What the settings allow.
pub(in crate::http) fn cross_origin(state: &State) -> Cors {
    let mut cors = Cors::default()
        .allowed_methods(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
        // Clients in browsers add headers of their own; whatever is not known here is not looked at.
        .allow_any_header()
        .expose_headers([ETAG, LOCATION, RETRY_AFTER, WWW_AUTHENTICATE, request_id::HEADER])
        .expose_headers([HeaderName::from_static("content-location")])
        .max_age(REMEMBERED_SECONDS);
    for origin in &state.settings.allowed_origins {
        cors = if origin.as_str() == "*" {
            cors.allow_any_origin()
        } else {
            cors.allowed_origin(origin.as_str())
        };
    }
    if state.access.is_development() {
        cors = cors.allowed_origin_fn(|_, request| request.uri.path().starts_with("/cds-services"));
    }
    cors
}
