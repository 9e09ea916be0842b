//! Everything that can go wrong with a request, and what is said about it to whom.
//!
//! **The client** gets a status and an OperationOutcome. It says what is wrong, where, and what to do about it, as far
//! as the client can do something. It repeats nothing that was sent, because that may be a patient's, and nothing of
//! our inside (no paths, no SQL, no source lines): of our own failures it learns that they are ours, whether a second
//! try makes sense, and the request id (header `X-Request-Id`) by which the operator finds the rest.
//!
//! **The log** gets our own failures as errors with their causes, none of which quotes the input; and what clients did
//! wrong by its kind alone, at level debug.
//!
//! One kind of error is not rendered here: what is not HTTP at all (a broken request line, headers over the limit) is
//! answered by actix-web itself, with a status and no body.

mod operation;

use std::borrow::Cow;
use std::error::Error;

use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, RETRY_AFTER, WWW_AUTHENTICATE};
use actix_web::{HttpRequest, HttpResponse, Responder, ResponseError};
use fhir_wire::{IssueType, WireError};

pub use operation::OperationFailure;

use super::outcome;
use crate::assess::Rejection;
use crate::cds_hooks::CdsError;
use crate::ehr::{FetchFailure, GatherFailure};
use crate::fhir::Issue;
use crate::fhir::search::Refusal;
use crate::store::StoreError;

/// Why a request was not answered as it hoped.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Nothing is at this path.
    #[error("unknown path")]
    UnknownPath,
    /// The path names a FHIR release that is not served.
    #[error("unknown FHIR release")]
    UnknownFhirVersion,
    /// The caller showed no token, or none that is accepted. Why is nobody's business but the log's.
    #[error("not authenticated")]
    Unauthenticated,
    /// The caller is known, and may not do this.
    #[error("forbidden")]
    Forbidden,
    /// The server of the records knows no such patient.
    #[error("unknown patient")]
    UnknownPatient,
    /// There is no server whose records can be fetched.
    #[error("no server of records")]
    NoRecords,
    /// The record could not be fetched.
    #[error("the record could not be fetched: {kind}, {failure}")]
    RecordNotHad {
        /// What of it.
        kind: &'static str,
        /// Why.
        failure: FetchFailure,
    },
    /// Nothing is stored under this id.
    #[error("unknown id")]
    UnknownId,
    /// What was stored under this id was deleted.
    #[error("deleted")]
    Gone,
    /// The client means another version than the current one.
    #[error("other version")]
    OtherVersion,
    /// A search parameter cannot be used.
    #[error("unusable search parameter: {0}")]
    Search(#[from] Refusal),
    /// The link to a page is not one of ours, or for another path.
    #[error("foreign page link")]
    ForeignLink,
    /// The link to a page is too old.
    #[error("expired page link")]
    ExpiredLink,
    /// The link to the next page could not be made: a defect of ours, or the system has no randomness.
    #[error("a page link could not be made")]
    Unlinkable,
    /// The path is not for this method.
    #[error("method not allowed")]
    MethodNotAllowed {
        /// The value of the `Allow` header.
        allowed: String,
    },
    /// The body is not in a form that is read here.
    #[error("unsupported body: {0}")]
    UnsupportedBody(&'static str),
    /// The client takes nothing that can be written here.
    #[error("not acceptable: {0}")]
    NotAcceptable(&'static str),
    /// The body is larger than the operator allows.
    #[error("body too large")]
    BodyTooLarge {
        /// The limit.
        limit_bytes: usize,
    },
    /// The body did not arrive within the deadline.
    #[error("body too slow")]
    BodyTooSlow,
    /// The body broke off, or its framing is wrong.
    #[error("body broken off")]
    BodyBrokenOff,
    /// A query parameter is illegible.
    #[error("illegible query parameter {name}")]
    IllegibleParameter {
        /// The parameter.
        name: &'static str,
        /// What it should be.
        expected: &'static str,
    },
    /// The body was read and cannot be assessed.
    #[error("rejected: {0}")]
    Rejected(#[from] Rejection),
    /// A CDS Hooks request is not answered with cards.
    #[error("CDS Hooks: {0}")]
    Cds(#[from] CdsError),
    /// An operation, an export or a subscription.
    #[error(transparent)]
    Operation(#[from] OperationFailure),
    /// The request took longer than the operator allows.
    #[error("request deadline passed")]
    DeadlinePassed,
    /// The store failed; what it was given is not stored.
    #[error("the store failed")]
    Store(#[from] StoreError),
    /// The answer could not be written: a defect of ours.
    #[error("the answer could not be written")]
    Unwritable(#[from] WireError),
    /// The schema of mapping files could not be written: a defect of ours.
    #[error("the schema could not be written")]
    SchemaUnwritable(#[source] serde_json::Error),
    /// The metrics could not be written: a defect of ours.
    #[error("the metrics could not be written")]
    MetricsUnwritable(#[source] std::fmt::Error),
    /// The code panicked: a defect of ours.
    #[error("the code panicked")]
    Panicked,
}

impl Failure {
    fn issues(&self) -> Cow<'_, [Issue]> {
        match self {
            Self::Rejected(Rejection::Malformed(issues) | Rejection::Unprocessable(issues))
                if !issues.is_empty() =>
            {
                Cow::Borrowed(issues)
            }
            Self::Cds(error) if !error.issues().is_empty() => Cow::Borrowed(error.issues()),
            _ => Cow::Owned(vec![self.issue()]),
        }
    }

    fn issue(&self) -> Issue {
        match self {
            Self::UnknownPath => {
                Issue::error(IssueType::NotFound, "Nothing is at this path. GET / lists what is served.")
            }
            Self::UnknownFhirVersion => Issue::error(
                IssueType::NotFound,
                "The path names a FHIR release that is not served: use R4, R4B or R5, as in /fhir/R4/$assess.",
            ),
            Self::Unauthenticated => Issue::error(IssueType::Login, "This needs a valid token."),
            Self::Forbidden => Issue::error(IssueType::Forbidden, "The token does not allow this."),
            Self::UnknownPatient => {
                Issue::error(IssueType::NotFound, "The record system knows no patient with this id.")
            }
            Self::NoRecords => Issue::error(
                IssueType::NotSupported,
                "No server is set up here whose records could be fetched. Send the record to $assess.",
            ),
            Self::RecordNotHad { kind, .. } => Issue::error(
                IssueType::Transient,
                format!(
                    "{kind} could not be fetched from the record system, so nothing was assessed. Try again later."
                ),
            ),
            Self::UnknownId => Issue::error(IssueType::NotFound, "No resource is stored under this id."),
            Self::Gone => Issue::error(IssueType::Deleted, "The resource under this id was deleted."),
            Self::OtherVersion => Issue::error(
                IssueType::Conflict,
                "The resource has another version than If-Match names. Read it again, and decide anew.",
            ),
            Self::Search(Refusal { parameter, reason }) => Issue::error(
                IssueType::Value,
                format!("The search parameter {parameter} cannot be used: {reason}."),
            ),
            Self::ForeignLink => Issue::error(
                IssueType::Value,
                "The search parameter _page is not a link that was given here for this path. Begin the search again.",
            ),
            Self::ExpiredLink => Issue::error(
                IssueType::Expired,
                "The link to this page has expired. Begin the search again, or ask for what came since.",
            ),
            Self::MethodNotAllowed { allowed } => Issue::error(
                IssueType::NotSupported,
                format!("This path does not answer this method. It answers: {allowed}."),
            ),
            Self::UnsupportedBody(expected) | Self::NotAcceptable(expected) => {
                Issue::error(IssueType::NotSupported, *expected)
            }
            Self::BodyTooLarge { limit_bytes } => Issue::error(
                IssueType::TooLong,
                format!("The body is larger than {limit_bytes} bytes. Send only the resources that matter."),
            ),
            Self::BodyTooSlow => {
                Issue::error(IssueType::Timeout, "The body did not arrive in time. Send it again, faster.")
            }
            Self::BodyBrokenOff => Issue::error(IssueType::Structure, "The body broke off. Send it again."),
            Self::IllegibleParameter { name, expected } => Issue::error(
                IssueType::Value,
                format!("The query parameter {name} is illegible: {expected}."),
            ),
            Self::Rejected(_) => Issue::error(IssueType::Processing, "The body cannot be assessed."),
            Self::Cds(CdsError::UnknownService) => {
                Issue::error(IssueType::NotFound, "No CDS service has this id. GET /cds-services lists them.")
            }
            Self::Cds(CdsError::UnknownCall) => Issue::error(
                IssueType::NotFound,
                "Nothing is remembered of this call: it never came, it was refused, or it had nothing to say and is long ago.",
            ),
            Self::Cds(_) => Issue::error(IssueType::Processing, "The CDS Hooks request cannot be answered."),
            Self::Operation(failure) => failure.issue(),
            Self::DeadlinePassed => {
                Issue::error(IssueType::Timeout, "The request took too long here. Try again later.")
            }
            Self::Store(StoreError::Overloaded) => {
                Issue::error(IssueType::Throttled, "Too much is asked at once here. Try again in a second.")
            }
            Self::Store(_) => Issue::error(
                IssueType::NoStore,
                "The database failed, so the answer was not kept and is not given. Try again later.",
            ),
            Self::Unwritable(_)
            | Self::Unlinkable
            | Self::SchemaUnwritable(_)
            | Self::MetricsUnwritable(_)
            | Self::Panicked => Issue::error(
                IssueType::Exception,
                "The service failed: a defect of ours. The operator finds it by the X-Request-Id of this answer.",
            ),
        }
    }

    /// Seconds after which a second try makes sense.
    fn retry_after_seconds(&self) -> Option<u8> {
        match self {
            Self::Operation(failure) => failure.retry_after_seconds(),
            Self::Store(StoreError::Overloaded) => Some(1),
            Self::Store(_) | Self::DeadlinePassed => Some(10),
            Self::RecordNotHad { failure, .. } if failure.is_passing() => Some(10),
            _ => None,
        }
    }

    fn log(&self) {
        if self.status_code().is_server_error() {
            let cause = self.source().map(tracing::field::display);
            let root = self.source().and_then(Error::source).map(tracing::field::display);
            tracing::error!(failure = %self, cause, root, "failed");
        } else {
            tracing::debug!(failure = %self, "refused");
        }
    }
}

impl ResponseError for Failure {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::UnknownPath
            | Self::UnknownFhirVersion
            | Self::UnknownId
            | Self::UnknownPatient
            | Self::Cds(CdsError::UnknownService | CdsError::UnknownCall) => StatusCode::NOT_FOUND,
            Self::Cds(CdsError::MissingData(_)) | Self::OtherVersion => StatusCode::PRECONDITION_FAILED,
            Self::NoRecords => StatusCode::NOT_IMPLEMENTED,
            Self::RecordNotHad { failure: FetchFailure::Deadline, .. } => StatusCode::GATEWAY_TIMEOUT,
            Self::RecordNotHad { .. } => StatusCode::BAD_GATEWAY,
            Self::Unauthenticated => StatusCode::UNAUTHORIZED,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::Gone | Self::ExpiredLink => StatusCode::GONE,
            Self::Operation(failure) => failure.status(),
            Self::MethodNotAllowed { .. } => StatusCode::METHOD_NOT_ALLOWED,
            Self::UnsupportedBody(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::NotAcceptable(_) => StatusCode::NOT_ACCEPTABLE,
            Self::BodyTooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::BodyTooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::BodyBrokenOff
            | Self::IllegibleParameter { .. }
            | Self::Search(_)
            | Self::ForeignLink
            | Self::Rejected(Rejection::Malformed(_))
            | Self::Cds(CdsError::Malformed(_)) => StatusCode::BAD_REQUEST,
            Self::Rejected(Rejection::Unprocessable(_)) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::DeadlinePassed | Self::Store(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Unwritable(_)
            | Self::Unlinkable
            | Self::SchemaUnwritable(_)
            | Self::MetricsUnwritable(_)
            | Self::Panicked => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        self.log();
        let mut response = HttpResponse::build(self.status_code());
        response.content_type(outcome::CONTENT_TYPE);
        if let Self::MethodNotAllowed { allowed } = self {
            response.insert_header((ALLOW, allowed.as_str()));
        }
        if matches!(self, Self::Unauthenticated) {
            response.insert_header((WWW_AUTHENTICATE, "Bearer"));
        }
        if let Some(seconds) = self.retry_after_seconds() {
            response.insert_header((RETRY_AFTER, seconds.to_string()));
        }
        response.body(outcome::refusal(&self.issues()))
    }
}

impl From<GatherFailure> for Failure {
    fn from(failure: GatherFailure) -> Self {
        match failure {
            GatherFailure::NoSuchPatient => Self::UnknownPatient,
            GatherFailure::NotHad { kind, failure } => Self::RecordNotHad { kind, failure },
        }
    }
}

/// So that a route can answer with a failure directly.
impl Responder for Failure {
    type Body = actix_web::body::BoxBody;

    fn respond_to(self, _request: &HttpRequest) -> HttpResponse {
        self.error_response()
    }
}
