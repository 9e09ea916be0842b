//! `_pretty=true`: an answer for the eyes of people, with a line for each element.

use actix_web::body::{BoxBody, MessageBody, to_bytes};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::CONTENT_TYPE;
use actix_web::middleware::Next;
use actix_web::{Error, error};

use crate::http::request::query_parameter;

/// Breaks the lines of FHIR answers for those who ask for it.
pub(in crate::http) async fn pretty<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let is_wanted = query_parameter(request.request(), "_pretty").as_deref() == Some("true");
    let response = next.call(request).await?.map_into_boxed_body();
    if !is_wanted || !is_fhir(&response) {
        return Ok(response);
    }
    let (request, response) = response.into_parts();
    let (head, body) = response.into_parts();
    let body = to_bytes(body).await.map_err(|_| error::ErrorInternalServerError("body"))?;
    let value: Result<serde_json::Value, _> = serde_json::from_slice(&body);
    let pretty = value.and_then(|value| serde_json::to_vec_pretty(&value)).unwrap_or_else(|_| body.to_vec());
    Ok(ServiceResponse::new(request, head.set_body(BoxBody::new(pretty))))
}

fn is_fhir(response: &ServiceResponse) -> bool {
    let media = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    media.is_some_and(|media| media.starts_with("application/fhir+json"))
}
