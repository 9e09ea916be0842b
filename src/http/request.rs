//! What handlers take out of a request: the FHIR release, the language, query parameters, the body.

use std::future::{Ready, ready};

use actix_web::http::header::{ACCEPT_LANGUAGE, CONTENT_LENGTH};
use actix_web::web::{Bytes, Data, Payload, Query};
use actix_web::{FromRequest, HttpRequest, dev};

use super::{Failure, State};
use crate::fhir::FhirVersion;
use crate::language::Language;
use crate::settings::{SearchHandling, Settings};

/// The FHIR release that the path names.
#[derive(Debug, Clone, Copy)]
pub(super) struct Release(pub(super) FhirVersion);

impl Release {
    pub(super) fn of(request: &HttpRequest) -> Result<Self, Failure> {
        let named = request.match_info().get("version").unwrap_or_default();
        named.parse().map(Self).map_err(|_| Failure::UnknownFhirVersion)
    }
}

impl FromRequest for Release {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _payload: &mut dev::Payload) -> Self::Future {
        ready(Self::of(request))
    }
}

/// The language that the client asks for, else the operator's choice.
#[derive(Debug, Clone, Copy)]
pub(super) struct SpokenLanguage(pub(super) Language);

impl FromRequest for SpokenLanguage {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _payload: &mut dev::Payload) -> Self::Future {
        let asked = request
            .headers()
            .get(ACCEPT_LANGUAGE)
            .and_then(|header| header.to_str().ok())
            .and_then(Language::from_accept_language);
        let usual = || request.app_data::<Data<State>>().map(|state| state.settings.language);
        ready(Ok(Self(asked.or_else(usual).unwrap_or_default())))
    }
}

/// As [`SpokenLanguage`], unless the query parameter `language` names one: a link can then lead to a language.
#[derive(Debug, Clone, Copy)]
pub(super) struct ChosenLanguage(pub(super) Language);

impl FromRequest for ChosenLanguage {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, payload: &mut dev::Payload) -> Self::Future {
        let Some(tag) = query_parameter(request, "language") else {
            let spoken = SpokenLanguage::from_request(request, payload).into_inner();
            return ready(spoken.map(|language| Self(language.0)));
        };
        let illegible = Failure::IllegibleParameter { name: "language", expected: "use en or zh" };
        ready(tag.parse().map(Self).map_err(|_| illegible))
    }
}

/// What the client wants done with search parameters that are not known: `Prefer: handling=strict` or `lenient`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Handling(Option<SearchHandling>);

impl Handling {
    pub(super) fn of(request: &HttpRequest) -> Self {
        let wishes = request.headers().get_all("prefer").filter_map(|header| header.to_str().ok());
        Self(wishes.flat_map(|wishes| wishes.split([',', ';'])).find_map(|wish| match wish.trim() {
            "handling=strict" => Some(SearchHandling::Strict),
            "handling=lenient" => Some(SearchHandling::Lenient),
            _ => None,
        }))
    }

    /// Whether they fail the search; the operator decides where the client does not.
    pub(super) fn is_strict(self, settings: &Settings) -> bool {
        self.0.unwrap_or(settings.search_handling) == SearchHandling::Strict
    }
}

/// The whole body, within the operator's limit of size and time.
///
/// Without the deadline, a client that sends a byte a second would be waited for as long as it likes: actix-web has a
/// time limit for the headers and none for the body.
pub(super) async fn read_body(body: DeclaredBody, settings: &Settings) -> Result<Bytes, Failure> {
    let limit_bytes = settings.assess_body_limit_bytes.get();
    if body.length_bytes.is_some_and(|length| length > limit_bytes) {
        return Err(Failure::BodyTooLarge { limit_bytes });
    }
    let deadline = settings.body_read_deadline_milliseconds.duration();
    tokio::time::timeout(deadline, body.payload.to_bytes_limited(limit_bytes))
        .await
        .map_err(|_| Failure::BodyTooSlow)?
        .map_err(|_| Failure::BodyTooLarge { limit_bytes })?
        .map_err(|_| Failure::BodyBrokenOff)
}

/// A body that was not read yet, and the length that the client declared.
pub(super) struct DeclaredBody {
    payload: Payload,
    length_bytes: Option<usize>,
}

impl FromRequest for DeclaredBody {
    type Error = actix_web::Error;
    type Future = Ready<Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, payload: &mut dev::Payload) -> Self::Future {
        let declared = request.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok());
        // A length beyond usize is beyond the limit as well.
        let length_bytes = declared.map(|length| length.parse().unwrap_or(usize::MAX));
        ready(
            Payload::from_request(request, payload)
                .into_inner()
                .map(|payload| Self { payload, length_bytes }),
        )
    }
}

/// The first value of a query parameter.
pub(super) fn query_parameter(request: &HttpRequest, name: &str) -> Option<String> {
    let parameters = Query::<Vec<(String, String)>>::from_query(request.query_string()).ok()?;
    parameters.into_inner().into_iter().find(|(found, _)| found == name).map(|(_, value)| value)
}
