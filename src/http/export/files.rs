//! The files of an export: where each begins and ends, and its lines as they are read from the store.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::web::{Bytes, Data};
use futures_core::Stream;
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;

use super::request::ExportRequest;
use crate::fhir::FhirVersion;
use crate::http::State;
use crate::http::resource::given;
use crate::store::{ExportJob, Exported, Store, StoreError};

/// How many resources a file holds at most: some hundred megabytes, so that a broken download costs minutes.
const FILE_RESOURCES: i64 = 50_000;
/// How many resources are read at a time.
const PAGE_RESOURCES: i64 = 200;

/// A file: a type, and a range of the order of commits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(rename = "type")]
    pub(super) kind: String,
    after: i64,
    through: i64,
    pub(super) count: i64,
}

/// Lays out the files of an export.
pub(super) async fn lay_out(
    store: &Store,
    tenant: &str,
    job: &ExportJob,
    request: &ExportRequest,
) -> Result<Vec<File>, StoreError> {
    let mut files = Vec::new();
    for kind in &request.types {
        let exported = exported(tenant, kind, job, request);
        let mut after = request.since.unwrap_or(0);
        loop {
            let (through, count) = store.end_of_export_file(&exported, after, FILE_RESOURCES).await?;
            if count > 0 {
                files.push(File { kind: kind.clone(), after, through, count });
            }
            if count < FILE_RESOURCES {
                break;
            }
            after = through;
        }
    }
    Ok(files)
}

fn exported<'a>(tenant: &'a str, kind: &'a str, job: &ExportJob, request: &'a ExportRequest) -> Exported<'a> {
    Exported { tenant, resource_type: kind, snapshot: job.snapshot, patients: &request.patients }
}

/// The lines of a file. Read as fast as the client takes them, and no faster.
pub(super) struct Lines(mpsc::Receiver<io::Result<Bytes>>);

impl Lines {
    pub(super) fn of(
        state: Data<State>,
        tenant: String,
        job: ExportJob,
        request: ExportRequest,
        file: File,
        release: FhirVersion,
    ) -> Self {
        let (lines, receiver) = mpsc::channel(1);
        actix_web::rt::spawn(async move {
            let exported = exported(&tenant, &file.kind, &job, &request);
            let mut after = file.after;
            loop {
                let page = match state.store.exported(&exported, after, file.through, PAGE_RESOURCES).await {
                    Ok(page) => page,
                    Err(error) => {
                        tracing::error!(%error, "an export broke off");
                        // The client sees a broken transfer, never a file that looks complete.
                        let _ = lines.send(Err(io::Error::other(error))).await;
                        return;
                    }
                };
                let Some(last) = page.last() else { return };
                after = last.last_updated.as_microsecond();
                let mut chunk = Vec::with_capacity(page.iter().map(|stored| stored.json().len() + 256).sum());
                for stored in &page {
                    match given(stored).resource(release) {
                        Ok(resource) => {
                            chunk.extend_from_slice(&resource);
                            chunk.push(b'\n');
                        }
                        Err(error) => {
                            tracing::error!(%error, "a stored resource cannot be exported");
                            let _ = lines.send(Err(io::Error::other(error))).await;
                            return;
                        }
                    }
                }
                if lines.send(Ok(Bytes::from(chunk))).await.is_err() {
                    // Whoever asked has gone.
                    return;
                }
            }
        });
        Self(receiver)
    }
}

impl Stream for Lines {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context)
    }
}
