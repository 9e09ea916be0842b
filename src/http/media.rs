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

/// The body is an HTML form as browsers send it without files.
#[derive(Debug, Clone, Copy)]
pub(super) struct FormBody;

impl FromRequest for FormBody {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _payload: &mut dev::Payload) -> Self::Future {
        let media = header(request, &CONTENT_TYPE).map(MediaType::parse);
        let is_form =
            media.is_some_and(|media| media.name.eq_ignore_ascii_case("application/x-www-form-urlencoded"));
        let wrong = Failure::UnsupportedBody(
            "This takes the form of GET /explain; programs use POST /fhir/R4/$explain-mapping.",
        );
        ready(if is_form { Ok(Self) } else { Err(wrong) })
    }
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
    if is_accepted {
        return Ok(());
    }
    Err(Failure::NotAcceptable(
        "Answers are JSON of the FHIR release in the path: let Accept (or _format) include application/fhir+json.",
    ))
}

/// The form of a document that is made both for programs and for people: JSON unless a page is preferred.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DocumentFormat {
    Json,
    Html,
}

impl FromRequest for DocumentFormat {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _payload: &mut dev::Payload) -> Self::Future {
        let preferred = match query_parameter(request, "_format").as_deref() {
            Some("json" | "application/json") => Some(Self::Json),
            Some("html" | "text/html") => Some(Self::Html),
            Some(_) => None,
            None => header(request, &ACCEPT).map_or(Some(Self::Json), Self::preferred),
        };
        ready(preferred.ok_or(Failure::NotAcceptable(
            "This is given as JSON or as a page: let Accept (or _format) include application/json or text/html.",
        )))
    }
}

impl DocumentFormat {
    /// What the client prefers; `None` where it takes neither.
    fn preferred(accept: &str) -> Option<Self> {
        let json = quality(accept, &["application/json", "application/*", "*/*"]);
        let html = quality(accept, &["text/html", "text/*", "*/*"]);
        match (json > 0.0, html > 0.0) {
            (false, false) => None,
            _ if html > json => Some(Self::Html),
            _ => Some(Self::Json),
        }
    }
}

/// How much a client wants a media type, from the first of these ranges that it names.
fn quality(accept: &str, ranges: &[&str]) -> f32 {
    let named = |range: &&str| {
        let mut offered = accept.split(',').map(MediaType::parse);
        offered.find(|media| media.name.eq_ignore_ascii_case(range)).map(|media| media.quality())
    };
    ranges.iter().find_map(named).unwrap_or_default()
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
        let is_range = self.name == "*/*" || self.name.eq_ignore_ascii_case("application/*");
        self.quality() > 0.0 && (is_range || (self.is_json() && self.suits(release)))
    }

    /// How much the client wants it: 1 unless it says otherwise, nothing where that is illegible.
    fn quality(&self) -> f32 {
        self.parameter("q").map_or(1.0, |quality| quality.parse().unwrap_or_default())
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
