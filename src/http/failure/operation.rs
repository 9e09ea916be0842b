//! What can go wrong with the operations and with what has a state of its own: exports, subscriptions, repeated requests.

use actix_web::http::StatusCode;
use fhir_wire::IssueType;

use crate::assess::IllegibleArchive;
use crate::fhir::Issue;

/// Why such a request was not answered as it hoped.
#[derive(Debug, thiserror::Error)]
pub enum OperationFailure {
    /// A header is illegible.
    #[error("illegible header {name}")]
    IllegibleHeader {
        /// The header.
        name: &'static str,
        /// What it should be.
        expected: &'static str,
    },
    /// The key was sent before with another request.
    #[error("idempotency key reused")]
    IdempotencyKeyReused,
    /// What the assessment was made from was not kept.
    #[error("not replayable")]
    NotReplayable,
    /// What was kept cannot be read by this version.
    #[error("illegible archive: {0}")]
    IllegibleArchive(#[from] IllegibleArchive),
    /// There is no such export, any more or of this caller.
    #[error("unknown export")]
    UnknownExport,
    /// There are as many exports as the operator allows.
    #[error("too many exports")]
    TooManyExports,
    /// The status of an export was asked for too soon again.
    #[error("polled too fast")]
    PolledTooFast,
    /// There are as many subscriptions as there may be.
    #[error("too many subscriptions")]
    TooManySubscriptions,
    /// The resource is of another version than the client expects.
    #[error("version conflict")]
    VersionConflict,
}

impl OperationFailure {
    /// What the client is told.
    pub(super) fn issue(&self) -> Issue {
        match self {
            Self::IllegibleHeader { name, expected } => {
                Issue::error(IssueType::Value, format!("The header {name} is illegible: {expected}."))
            }
            Self::IdempotencyKeyReused => Issue::error(
                IssueType::Duplicate,
                "This Idempotency-Key was sent before with another request. Use a new key for a new request.",
            ),
            Self::NotReplayable => Issue::error(
                IssueType::NotFound,
                "What this assessment was made from was not kept: it is older than the keeping.",
            ),
            Self::IllegibleArchive(error) => Issue::error(
                IssueType::NotSupported,
                format!("The assessment cannot be made again by this version: {error}."),
            ),
            Self::UnknownExport => {
                Issue::error(IssueType::NotFound, "There is no such export: it was deleted, or has expired.")
            }
            Self::TooManyExports => Issue::error(
                IssueType::Throttled,
                "There are as many exports as this service keeps. Delete one, or try again later.",
            ),
            Self::PolledTooFast => {
                Issue::error(IssueType::Throttled, "Wait as long as Retry-After says before asking again.")
            }
            Self::TooManySubscriptions => Issue::error(
                IssueType::BusinessRule,
                "There are as many subscriptions as this service takes.",
            ),
            Self::VersionConflict => Issue::error(
                IssueType::Conflict,
                "The resource is of another version than If-Match says. Read it again before changing it.",
            ),
        }
    }

    pub(super) const fn status(&self) -> StatusCode {
        match self {
            Self::IllegibleHeader { .. } => StatusCode::BAD_REQUEST,
            Self::IdempotencyKeyReused | Self::IllegibleArchive(_) | Self::TooManySubscriptions => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
            Self::NotReplayable | Self::UnknownExport => StatusCode::NOT_FOUND,
            Self::TooManyExports | Self::PolledTooFast => StatusCode::TOO_MANY_REQUESTS,
            Self::VersionConflict => StatusCode::PRECONDITION_FAILED,
        }
    }

    /// Seconds after which a second try makes sense.
    pub(super) const fn retry_after_seconds(&self) -> Option<u8> {
        match self {
            Self::TooManyExports => Some(120),
            Self::PolledTooFast => Some(1),
            _ => None,
        }
    }
}
