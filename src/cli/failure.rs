//! What ends a command before its time.

use std::io;

use super::status::Status;
use crate::assess::AssessorError;
use crate::http::ServeError;
use crate::mapping::MappingError;
use crate::settings::SettingsError;
use crate::store::{BackupError, StoreError};
use crate::telemetry::TelemetryError;

/// Why a command could not go on.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// The answer could not be written, e.g. because the disk is full or the reader closed the pipe.
    #[error("the output cannot be written: {0}")]
    Output(#[from] io::Error),
    /// The mapping files or texts cannot be used.
    #[error(transparent)]
    Assessor(#[from] AssessorError),
    /// A directory of mapping files cannot be read.
    #[error(transparent)]
    MappingFiles(MappingError),
    /// The settings cannot be used.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The log cannot be started.
    #[error(transparent)]
    Telemetry(#[from] TelemetryError),
    /// The service does not run.
    #[error(transparent)]
    Serve(#[from] ServeError),
    /// The database could not be copied.
    #[error("{0}{cause}", cause = cause(.0))]
    Backup(#[from] BackupError),
    /// The database failed.
    #[error("{0}{cause}", cause = cause(.0))]
    Store(#[from] StoreError),
    /// The answer cannot be written as JSON.
    #[error("the answer cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// The answer cannot be written in FHIR.
    #[error("the answer cannot be written in FHIR: {0}")]
    Fhir(#[from] fhir_wire::WireError),
}

impl Failure {
    /// What the exit code says of it.
    pub(super) const fn status(&self) -> Status {
        match self {
            Self::Output(_) | Self::Assessor(_) | Self::MappingFiles(_) | Self::Settings(_) => {
                Status::Unusable
            }
            Self::Telemetry(_)
            | Self::Serve(_)
            | Self::Backup(_)
            | Self::Store(_)
            | Self::Json(_)
            | Self::Fhir(_) => Status::NotAll,
        }
    }

    /// Whether the reader of the output has gone, as `head` does once it has seen enough.
    pub(super) fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}

/// What an error says of its cause.
fn cause(error: &dyn std::error::Error) -> String {
    error.source().map_or_else(String::new, |cause| format!(": {cause}"))
}
