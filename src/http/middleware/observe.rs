//! The outermost layer: request ids, one log line and one count a request, and the headers of every answer.

use std::time::{Duration, Instant};

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::header::{
    CACHE_CONTROL, HeaderMap, HeaderName, HeaderValue, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpResponse};
use tracing::Instrument;

use super::request_id::{self, RequestId};
use super::watched_body::WatchedBody;
use crate::http::State;
use crate::telemetry::metrics::Requests;

/// The headers that every answer has, unless the handler set its own. Answers are patient data, so nothing between
/// us and the client may keep them.
const HEADERS: [(HeaderName, &str); 3] =
    [(CACHE_CONTROL, "no-store"), (X_CONTENT_TYPE_OPTIONS, "nosniff"), (REFERRER_POLICY, "no-referrer")];

/// Wraps the whole application.
pub(in crate::http) async fn observe<B: MessageBody>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let id = RequestId::of(request.headers());
    let body = WatchedBody::install(&mut request);
    let mut line = Line::begin(&request);
    let requests = request.app_data::<Data<State>>().map(|state| state.service_metrics.requests.clone());
    let span = tracing::info_span!("request", request_id = %id);
    let outcome = next.call(request).instrument(span.clone()).await;
    let outcome = match outcome {
        Ok(mut response) => {
            set_headers(response.headers_mut(), &id);
            line.status = response.status();
            Ok(response)
        }
        // An inner layer gave up: there is an answer, but the request it belongs to is gone.
        Err(error) => {
            let mut response = span.in_scope(|| HttpResponse::from_error(error));
            set_headers(response.headers_mut(), &id);
            line.status = response.status();
            Err(InternalError::from_response("answered", response).into())
        }
    };
    span.in_scope(|| line.end(body.bytes(), requests.as_ref()));
    body.say_farewell();
    outcome
}

fn set_headers(headers: &mut HeaderMap, id: &RequestId) {
    for (name, value) in HEADERS {
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
    headers.insert(request_id::HEADER, id.header_value());
}

/// The line about a request: what was asked by route, never by path, as paths hold ids.
struct Line {
    method: &'static str,
    route: String,
    status: StatusCode,
    begun: Instant,
}

impl Line {
    fn begin(request: &ServiceRequest) -> Self {
        Self {
            method: method_name(request.method()),
            route: request.match_pattern().map_or_else(|| "unknown".to_owned(), |route| plain(&route)),
            status: StatusCode::OK,
            begun: Instant::now(),
        }
    }

    fn end(&self, body_bytes: usize, requests: Option<&Requests>) {
        let duration = self.begun.elapsed();
        if let Some(requests) = requests {
            requests.answered(self.method, &self.route, self.status.as_u16(), duration);
        }
        tracing::info!(
            method = self.method,
            route = self.route,
            status = self.status.as_u16(),
            duration_milliseconds = milliseconds(duration),
            body_bytes,
            "answered"
        );
    }
}

/// Three digits behind the point, as a number.
fn milliseconds(duration: Duration) -> f64 {
    (duration.as_secs_f64() * 1_000_000.0).round() / 1_000.0
}

/// A route as people name it: `{type:A|B}` is `{type}`.
fn plain(route: &str) -> String {
    let mut parts = route.split(':');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |named, part| {
        named + part.find('}').map_or("", |end| part.get(end..).unwrap_or_default())
    })
}

/// A method can be any word, so that an unknown one could carry anything into the log.
fn method_name(method: &Method) -> &'static str {
    const KNOWN: [(&Method, &str); 9] = [
        (&Method::GET, "GET"),
        (&Method::HEAD, "HEAD"),
        (&Method::POST, "POST"),
        (&Method::PUT, "PUT"),
        (&Method::PATCH, "PATCH"),
        (&Method::DELETE, "DELETE"),
        (&Method::OPTIONS, "OPTIONS"),
        (&Method::TRACE, "TRACE"),
        (&Method::CONNECT, "CONNECT"),
    ];
    KNOWN.into_iter().find(|(known, _)| *known == method).map_or("other", |(_, name)| name)
}
