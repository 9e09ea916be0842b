//! Media types: what is read (`Content-Type`, `Content-Encoding`) and what is written (`Accept`, `_format`).
//!
//! JSON and nothing else, both ways. A missing `Content-Type` is taken for JSON; a missing `Accept` takes anything.

use std::future::{Ready, ready};

use actix_web::http::header::{ACCEPT, CONTENT_ENCODING, CONTENT_TYPE, HeaderName};
use actix_web::{FromRequest, HttpRequest, dev};

use super::Failure;
use super::request::{Release, query_parameter};
use crate::fhir::FhirVersion;

/// The names of JSON, the FHIR one first.
const JSON: [&str; 3] = ["application/fhir+json", "application/json", "application/json+fhir"];

/// The body is JSON, in the FHIR release of the path where it names one, and not compressed.
///
/// Compressed bodies are refused: a limit on inflated bytes is easy to get wrong, and a proxy can do it.
#[derive(Debug, Clone, Copy)]
pub(super) struct JsonBody;

impl FromRequest for JsonBody {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _payload: &mut dev::Payload) -> Self::Future {
        ready(check_body(request).map(|()| Self))
    }
}

fn check_body(request: &HttpRequest) -> Result<(), Failure> {
    let encoding = header(request, &CONTENT_ENCODING);
    if encoding.is_some_and(|coding| !coding.trim().eq_ignore_ascii_case("identity")) {
        return Err(Failure::UnsupportedBody(
            "Compressed bodies are not read: send it without Content-Encoding.",
        ));
    }
    let Some(content_type) = header(request, &CONTENT_TYPE) else {
        return Ok(());
    };
    let media = MediaType::parse(content_type);
    if !media.is_json() {
        return Err(Failure::UnsupportedBody("Only JSON is read: use Content-Type: application/fhir+json."));
    }
    if media.parameter("charset").is_some_and(|charset| !is_utf8(charset)) {
        return Err(Failure::UnsupportedBody("Only UTF-8 is read: use charset=utf-8, or leave it out."));
    }
    // The paths of CDS Hooks name no release.
    let names_release = request.match_info().get("version").is_some();
    if names_release && !media.suits(Release::of(request)?.0) {
        return Err(Failure::UnsupportedBody(
            "The fhirVersion of the Content-Type is not the FHIR release in the path.",
        ));
    }
    Ok(())
}

/// ASCII is UTF-8 as well.
fn is_utf8(charset: &str) -> bool {
    ["utf-8", "utf8", "us-ascii"].iter().any(|name| charset.eq_ignore_ascii_case(name))
}

/// The client takes JSON in the FHIR release of the path.
#[derive(Debug, Clone, Copy)]
pub(super) struct JsonAccepted;

impl FromRequest for JsonAccepted {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _payload: &mut dev::Payload) -> Self::Future {
        ready(check_accepted(request).map(|()| Self))
    }
}

fn check_accepted(request: &HttpRequest) -> Result<(), Failure> {
    let release = Release::of(request)?.0;
    // FHIR lets `_format` win over `Accept`, for those who cannot set headers.
    let is_accepted = match query_parameter(request, "_format") {
        // An unescaped plus sign arrives as a space.
        Some(format) => format == "json" || MediaType::parse(&format.replace(' ', "+")).takes_json(release),
        None => header(request, &ACCEPT)
            .is_none_or(|accept| accept.split(',').any(|range| MediaType::parse(range).takes_json(release))),
    };
    if is_accepted { Ok(()) } else { Err(Failure::NotAcceptable) }
}

/// The value of a header, as far as it is text; what is not text matches nothing.
fn header<'request>(request: &'request HttpRequest, name: &HeaderName) -> Option<&'request str> {
    request.headers().get(name).map(|value| value.to_str().unwrap_or_default())
}

/// A media type or range with its parameters, e.g. `application/fhir+json; fhirVersion=4.0`.
struct MediaType<'text> {
    name: &'text str,
    parameters: &'text str,
}

impl<'text> MediaType<'text> {
    fn parse(text: &'text str) -> Self {
        let (name, parameters) = text.split_once(';').unwrap_or((text, ""));
        Self { name: name.trim(), parameters }
    }

    fn is_json(&self) -> bool {
        JSON.iter().any(|name| self.name.eq_ignore_ascii_case(name))
    }

    fn takes_json(&self, release: FhirVersion) -> bool {
        let is_wanted = self
            .parameter("q")
            .is_none_or(|quality| quality.parse::<f32>().is_ok_and(|quality| quality > 0.0));
        let is_range = self.name == "*/*" || self.name.eq_ignore_ascii_case("application/*");
        is_wanted && (is_range || (self.is_json() && self.suits(release)))
    }

    /// Whether `fhirVersion` is absent or the number of the release.
    fn suits(&self, release: FhirVersion) -> bool {
        self.parameter("fhirVersion").is_none_or(|number| number == release.number())
    }

    fn parameter(&self, name: &str) -> Option<&'text str> {
        self.parameters
            .split(';')
            .filter_map(|parameter| parameter.split_once('='))
            .find(|(found, _)| found.trim().eq_ignore_ascii_case(name))
            .map(|(_, value)| value.trim().trim_matches('"'))
    }
}
