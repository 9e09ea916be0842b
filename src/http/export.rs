//! `$export`: everything as NDJSON, by the asynchronous pattern of FHIR Bulk Data Access.
//!
//! An export is a snapshot: the last commit before it was asked for, and what was asked. Its files are ranges of the
//! order of commits, read from the store whenever they are fetched. So an export costs no disk, survives a restart, is
//! the same from every replica, and its lines do not change while new assessments come in.

mod files;
mod polls;
mod request;

use std::time::Duration;

use actix_web::http::header::{CONTENT_LOCATION, EXPIRES, HttpDate, RETRY_AFTER};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;

use super::caller::{caller_name, require_search, tenant_of};
use super::media::{JsonAccepted, JsonBody};
use super::operation_parameters::OperationParameters;
use super::request::{DeclaredBody, Release};
use super::{Failure, OperationFailure, State};
use crate::fhir::{FhirVersion, Issue, render};
use crate::store::ExportJob;
use crate::subscriptions::identifier;
use files::{File, Lines, lay_out};
pub(super) use polls::Polls;
use request::{ExportRequest, Level};

const NDJSON: &str = "application/fhir+ndjson";
/// How long a client should wait before it asks for the status again.
const RETRY: Duration = Duration::from_secs(1);
/// The number of the file that says what was left out.
const REMARKS: usize = 0;

/// `GET|POST /fhir/{version}/$export`
pub(super) async fn of_system(
    state: Data<State>,
    request: HttpRequest,
    release: Release,
    _accepted: JsonAccepted,
    _sent: JsonBody,
    body: DeclaredBody,
) -> Result<HttpResponse, Failure> {
    kick_off(state, request, release, body, Level::System).await
}

/// `GET|POST /fhir/{version}/Patient/$export`
pub(super) async fn of_patients(
    state: Data<State>,
    request: HttpRequest,
    release: Release,
    _accepted: JsonAccepted,
    _sent: JsonBody,
    body: DeclaredBody,
) -> Result<HttpResponse, Failure> {
    kick_off(state, request, release, body, Level::Patient).await
}

async fn kick_off(
    state: Data<State>,
    request: HttpRequest,
    release: Release,
    body: DeclaredBody,
    level: Level,
) -> Result<HttpResponse, Failure> {
    let parameters = OperationParameters::read(&request, body, &state).await?;
    let url = format!("{}{}", state.base_url(), request.uri());
    let client = caller_name(&request);
    let asked = ExportRequest::read(&request, &parameters, level, url, client.as_deref())?;
    for kind in &asked.types {
        require_search(&request, kind)?;
    }
    let tenant = tenant_of(&state, &request);
    let now = jiff::Timestamp::now();
    let lifetime = state.settings.export_lifetime_milliseconds.duration();
    let job = ExportJob {
        id: identifier(),
        snapshot: state.store.snapshot().await?,
        expires: now.checked_add(lifetime).unwrap_or(jiff::Timestamp::MAX),
        request: serde_json::to_string(&asked).map_err(|_| Failure::Panicked)?,
        files: None,
    };
    let most = i64::try_from(state.settings.export_limit.get()).unwrap_or(i64::MAX);
    if !state.store.add_export(&tenant, &job, now, most).await? {
        return Err(OperationFailure::TooManyExports.into());
    }
    let location = format!("{}/fhir/{}/$export/{}", state.base_url(), release.0, job.id);
    begin(&state, tenant, job, asked);
    Ok(HttpResponse::Accepted().insert_header((CONTENT_LOCATION, location)).finish())
}

/// Lays out the files beside the requests.
fn begin(state: &Data<State>, tenant: String, job: ExportJob, asked: ExportRequest) {
    if !state.exports.begin(&job.id) {
        return;
    }
    let state = state.clone();
    actix_web::rt::spawn(async move {
        let outcome = match lay_out(&state.store, &tenant, &job, &asked).await {
            Ok(files) => {
                let files = serde_json::to_string(&files).unwrap_or_default();
                state.store.lay_out_export(&tenant, &job.id, &files).await
            }
            Err(error) => Err(error),
        };
        if let Err(error) = outcome {
            tracing::error!(%error, "an export could not be laid out; the next look at its status tries again");
        }
        state.exports.end(&job.id);
    });
}

/// `GET /fhir/{version}/$export/{job}`
pub(super) async fn status(
    state: Data<State>,
    request: HttpRequest,
    release: Release,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let (_, id) = path.into_inner();
    let tenant = tenant_of(&state, &request);
    let (job, asked) = find(&state, &request, &tenant, &id).await?;
    let Some(files) = files_of(&job)? else {
        if state.exports.is_too_fast(&id, RETRY) {
            return Err(OperationFailure::PolledTooFast.into());
        }
        // After a restart, or on another replica, nobody may be at it.
        begin(&state, tenant, job, asked);
        return Ok(HttpResponse::Accepted()
            .insert_header((RETRY_AFTER, RETRY.as_secs().to_string()))
            .insert_header(("X-Progress", "laying out the files"))
            .finish());
    };
    let expires = HttpDate::from(std::time::SystemTime::from(job.expires));
    let manifest = manifest(&state, &job, &asked, &files, release.0);
    Ok(HttpResponse::Ok().insert_header((EXPIRES, expires)).json(manifest))
}

/// `DELETE /fhir/{version}/$export/{job}`
pub(super) async fn cancel(
    state: Data<State>,
    request: HttpRequest,
    _release: Release,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let (_, id) = path.into_inner();
    let tenant = tenant_of(&state, &request);
    find(&state, &request, &tenant, &id).await?;
    if state.store.cancel_export(&tenant, &id).await? {
        Ok(HttpResponse::Accepted().finish())
    } else {
        Err(OperationFailure::UnknownExport.into())
    }
}

/// `GET /fhir/{version}/$export/{job}/{file}`
pub(super) async fn file(
    state: Data<State>,
    request: HttpRequest,
    release: Release,
    path: Path<(String, String, String)>,
) -> Result<HttpResponse, Failure> {
    let (_, id, number) = path.into_inner();
    let number: usize = number.parse().map_err(|_| OperationFailure::UnknownExport)?;
    let tenant = tenant_of(&state, &request);
    let (job, asked) = find(&state, &request, &tenant, &id).await?;
    let files = files_of(&job)?.ok_or(OperationFailure::UnknownExport)?;
    let mut response = HttpResponse::Ok();
    response.content_type(NDJSON);
    if number == REMARKS && !asked.ignored.is_empty() {
        return Ok(response.body(remarks(&asked)?));
    }
    let file = number
        .checked_sub(1)
        .and_then(|index| files.into_iter().nth(index))
        .ok_or(OperationFailure::UnknownExport)?;
    Ok(response.streaming(Lines::of(state, tenant, job, asked, file, release.0)))
}

/// An export that this caller asked for. Another's is not there.
async fn find(
    state: &State,
    request: &HttpRequest,
    tenant: &str,
    id: &str,
) -> Result<(ExportJob, ExportRequest), Failure> {
    let job = state
        .store
        .export(tenant, id, jiff::Timestamp::now())
        .await?
        .ok_or(OperationFailure::UnknownExport)?;
    let asked: ExportRequest =
        serde_json::from_str(&job.request).map_err(|_| OperationFailure::UnknownExport)?;
    if asked.client != caller_name(request) {
        return Err(OperationFailure::UnknownExport.into());
    }
    Ok((job, asked))
}

fn files_of(job: &ExportJob) -> Result<Option<Vec<File>>, Failure> {
    job.files
        .as_deref()
        .map(serde_json::from_str)
        .transpose()
        .map_err(|_| OperationFailure::UnknownExport.into())
}

fn remarks(asked: &ExportRequest) -> Result<Vec<u8>, Failure> {
    let issues: Vec<Issue> = asked
        .ignored
        .iter()
        .map(|remark| Issue::warning(fhir_wire::IssueType::NotSupported, remark.clone()))
        .collect();
    let mut line = render::outcome(&issues)?;
    line.push(b'\n');
    Ok(line)
}

/// What a client learns about an export that is ready.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Manifest {
    transaction_time: String,
    request: String,
    requires_access_token: bool,
    output: Vec<Output>,
    error: Vec<Output>,
}

#[derive(Serialize)]
struct Output {
    #[serde(rename = "type")]
    kind: String,
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<i64>,
}

fn manifest(
    state: &State,
    job: &ExportJob,
    asked: &ExportRequest,
    files: &[File],
    release: FhirVersion,
) -> Manifest {
    let url = |number: usize| format!("{}/fhir/{release}/$export/{}/{number}", state.base_url(), job.id);
    let snapshot = jiff::Timestamp::from_microsecond(job.snapshot).unwrap_or(jiff::Timestamp::MIN);
    let output = files.iter().enumerate().map(|(index, file)| Output {
        kind: file.kind.clone(),
        url: url(index + 1),
        count: Some(file.count),
    });
    let error = (!asked.ignored.is_empty()).then(|| Output {
        kind: "OperationOutcome".to_owned(),
        url: url(REMARKS),
        count: None,
    });
    Manifest {
        transaction_time: format!("{snapshot:.6}"),
        request: asked.url.clone(),
        requires_access_token: state.needs_tokens(),
        output: output.collect(),
        error: error.into_iter().collect(),
    }
}
