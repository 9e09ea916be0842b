//! Subscription: made, read, changed, ended, and asked how it stands.

use actix_web::http::StatusCode;
use actix_web::http::header::{ETAG, IF_MATCH, LAST_MODIFIED, LOCATION};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use fhir_wire::{Bundle, BundleEntry, BundleType, IssueType, SearchMode};

use super::caller::{caller_name, may_see_everything, tenant_of};
use super::idempotency::{Before, IdempotencyKey};
use super::listing::{Asked, Listed};
use super::media::{JsonAccepted, JsonBody};
use super::operation_parameters::OperationParameters;
use super::request::{DeclaredBody, Release, read_body};
use super::{Failure, OperationFailure, State, outcome};
use crate::fhir::{FhirVersion, Issue, Rejection};
use crate::store::{Progress, SubscriptionRow};
use crate::subscriptions::{
    Content, Event, Frame, HIDDEN, Kind, Sent, Standing, Status, Subscription, identifier, notification,
    read, render_event, status, uuid, write,
};

/// How many subscriptions a tenant has at most: each costs something with every assessment.
const MOST: i64 = 200;
/// How many events `$events` gives at a time.
const MOST_EVENTS: i64 = 100;

/// `POST /fhir/{version}/Subscription`
pub(super) async fn create(
    state: Data<State>,
    request: HttpRequest,
    release: Release,
    _media: (JsonAccepted, JsonBody),
    key: IdempotencyKey,
    body: DeclaredBody,
) -> Result<HttpResponse, Failure> {
    let body = read_body(body, &state.settings).await?;
    let tenant = tenant_of(&state, &request);
    let id = key.identity(&body).unwrap_or_else(identifier);
    let url = format!("{}/fhir/{}/Subscription/{id}/_history/1", state.base_url(), release.0);
    let pending = match key.before(&state, &tenant, &body).await? {
        Before::Given(answer) => return Ok(as_created(answer, &url)),
        Before::New(pending) => pending,
    };
    let Sent { is_off, subscription, .. } = accepted(&state, &body, release.0)?;
    let row = SubscriptionRow {
        tenant,
        id,
        version: 1,
        updated: jiff::Timestamp::now(),
        owner: caller_name(&request),
        status: first_status(is_off).code().to_owned(),
        body: serde_json::to_string(&subscription).map_err(|_| Failure::Panicked)?,
        problem: None,
        progress: Progress::default(),
    };
    // One that is there was made under this key, and the process ended before its answer was kept.
    let is_there = state.store.subscription(&row.tenant, &row.id).await?.is_some();
    if !is_there && !state.store.add_subscription(&row, MOST).await? {
        return Err(OperationFailure::TooManySubscriptions.into());
    }
    state.subscriptions.wake();
    let answer = pending.give(&state, write(&standing(&row), &subscription, release.0)).await?;
    Ok(as_created(answer, &url))
}

/// The answer of which something came that now is at a URL, in its first version.
fn as_created(mut answer: HttpResponse, url: &str) -> HttpResponse {
    *answer.status_mut() = StatusCode::CREATED;
    let headers = [(LOCATION, url.to_owned()), (ETAG, etag(1))];
    for (name, value) in headers {
        if let Ok(value) = value.parse() {
            answer.headers_mut().insert(name, value);
        }
    }
    answer
}

/// `GET /fhir/{version}/Subscription/{id}`
pub(super) async fn get(
    state: Data<State>,
    request: HttpRequest,
    release: Release,
    _accepted: JsonAccepted,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let (row, subscription) = find(&state, &request, &path.into_inner().1).await?;
    Ok(given(&row, &subscription, release.0, StatusCode::OK))
}

/// `PUT /fhir/{version}/Subscription/{id}`
pub(super) async fn update(
    state: Data<State>,
    request: HttpRequest,
    release: Release,
    _accepted: JsonAccepted,
    _sent: JsonBody,
    path: Path<(String, String)>,
    body: DeclaredBody,
) -> Result<HttpResponse, Failure> {
    let body = read_body(body, &state.settings).await?;
    let (_, id) = path.into_inner();
    let (mut row, before) = find(&state, &request, &id).await?;
    if let Some(expected) = request.headers().get(IF_MATCH)
        && expected.as_bytes() != etag(row.version).as_bytes()
    {
        return Err(OperationFailure::VersionConflict.into());
    }
    let Sent { id: sent_id, is_off, mut subscription } = accepted(&state, &body, release.0)?;
    if sent_id.as_deref() != Some(id.as_str()) {
        let issue = Issue::error(IssueType::Value, "The id of the resource must be the one in the path.");
        return Err(Rejection::Malformed(vec![issue.at("Subscription.id")]).into());
    }
    keep_hidden(&mut subscription, &before)?;
    let expected = row.version;
    row.version += 1;
    row.updated = jiff::Timestamp::now();
    first_status(is_off).code().clone_into(&mut row.status);
    row.body = serde_json::to_string(&subscription).map_err(|_| Failure::Panicked)?;
    row.problem = None;
    if !state.store.change_subscription(&row, expected).await? {
        return Err(OperationFailure::VersionConflict.into());
    }
    state.subscriptions.wake();
    Ok(given(&row, &subscription, release.0, StatusCode::OK))
}

/// `DELETE /fhir/{version}/Subscription/{id}`
pub(super) async fn delete(
    state: Data<State>,
    request: HttpRequest,
    _release: Release,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let (row, _) = find(&state, &request, &path.into_inner().1).await?;
    state.store.remove_subscription(&row.tenant, &row.id).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// The parameters of a search, with their types in FHIR.
pub(super) const PARAMETERS: [(&str, &str); 3] = [("_id", "token"), ("status", "token"), ("url", "uri")];

/// `GET /fhir/{version}/Subscription`, by `_id`, `status` and `url`.
pub(super) async fn search(
    state: Data<State>,
    request: HttpRequest,
    release: Release,
    _accepted: JsonAccepted,
) -> Result<HttpResponse, Failure> {
    let asked = Asked::of(&request, &state.settings, &PARAMETERS.map(|(name, _)| name))?;
    let mut rows = visible(&state, &request).await?;
    rows.sort_by(|one, other| one.id.cmp(&other.id));
    let base = format!("{}/fhir/{}/Subscription", state.base_url(), release.0);
    let mut found = Vec::with_capacity(rows.len());
    for row in &rows {
        let Ok(subscription) = serde_json::from_str::<Subscription>(&row.body) else { continue };
        let is_meant = asked.criteria.iter().all(|(name, values)| {
            let own = match name.as_str() {
                "_id" => &row.id,
                "status" => &row.status,
                _ => &subscription.endpoint,
            };
            values.split(',').any(|value| value == own)
        });
        if is_meant {
            let body = write(&standing(row), &subscription, release.0);
            found.push(Listed { url: format!("{base}/{}", row.id), body: body.into() });
        }
    }
    asked.answer(&base, found)
}

/// `GET /fhir/{version}/Subscription/{id}/$status`
pub(super) async fn ask_status(
    state: Data<State>,
    request: HttpRequest,
    release: Release,
    _media: (JsonAccepted, JsonBody),
    path: Path<(String, String)>,
    body: DeclaredBody,
) -> Result<HttpResponse, Failure> {
    // It takes none; what is sent must still be Parameters.
    OperationParameters::read(&request, body, &state).await?;
    let (row, subscription) = find(&state, &request, &path.into_inner().1).await?;
    let base = format!("{}/fhir/{}", state.base_url(), release.0);
    let uuid = uuid();
    let resource =
        status(&frame(&row, &base, &uuid, release.0, Kind::QueryStatus), subscription.content, &[])?;
    let entry = vec![BundleEntry {
        full_url: Some(format!("urn:uuid:{uuid}").into()),
        resource: Some(&resource),
        search: Some(SearchMode::Match),
        ..BundleEntry::default()
    }];
    let body = fhir_wire::bundle(&Bundle { total: Some(1), entry, ..Bundle::new(BundleType::Searchset) })?;
    Ok(HttpResponse::Ok().content_type(outcome::CONTENT_TYPE).body(body))
}

/// `GET /fhir/{version}/Subscription/{id}/$events`
pub(super) async fn ask_events(
    state: Data<State>,
    request: HttpRequest,
    release: Release,
    _media: (JsonAccepted, JsonBody),
    path: Path<(String, String)>,
    body: DeclaredBody,
) -> Result<HttpResponse, Failure> {
    let asked = OperationParameters::read(&request, body, &state).await?;
    let (row, subscription) = find(&state, &request, &path.into_inner().1).await?;
    let first = event_number(&asked, "eventsSinceNumber")?.unwrap_or(1);
    let last = event_number(&asked, "eventsUntilNumber")?.unwrap_or(i64::MAX);
    let content = match asked.get("content") {
        None => subscription.content,
        Some(code) => Content::ALL.into_iter().find(|content| content.code() == code).ok_or(
            Failure::IllegibleParameter { name: "content", expected: "use empty, id-only or full-resource" },
        )?,
    };
    let events = state.store.subscription_events(&row.tenant, &row.id, first, last, MOST_EVENTS).await?;
    let mut told: Vec<Event> = Vec::with_capacity(events.len());
    for event in &events {
        let is_full = content == Content::FullResource;
        told.push(render_event(&state.store, &row.tenant, event, is_full, release.0).await?);
    }
    let base = format!("{}/fhir/{}", state.base_url(), release.0);
    let body = notification(&frame(&row, &base, &uuid(), release.0, Kind::QueryEvent), content, &told)?;
    Ok(HttpResponse::Ok().content_type(outcome::CONTENT_TYPE).body(body))
}

fn event_number(asked: &OperationParameters, name: &'static str) -> Result<Option<i64>, Failure> {
    let Some(text) = asked.get(name) else { return Ok(None) };
    let number = text.parse::<i64>().ok().filter(|number| *number >= 0);
    number.map(Some).ok_or(Failure::IllegibleParameter { name, expected: "it is the number of an event" })
}

fn frame<'a>(
    row: &'a SubscriptionRow,
    base: &'a str,
    uuid: &'a str,
    release: FhirVersion,
    kind: Kind,
) -> Frame<'a> {
    Frame {
        base,
        release,
        subscription: &row.id,
        status: Status::from_code(&row.status).unwrap_or(Status::Error),
        events: row.progress.events,
        kind,
        uuid,
    }
}

/// Reads a Subscription and checks that its endpoint may be called.
fn accepted(state: &State, body: &[u8], release: FhirVersion) -> Result<Sent, Failure> {
    let sent = read(body, release).map_err(Rejection::Unprocessable)?;
    if state.subscriptions.allow(&sent.subscription.endpoint) {
        return Ok(sent);
    }
    let place =
        if release == FhirVersion::R5 { "Subscription.endpoint" } else { "Subscription.channel.endpoint" };
    let details = "The endpoint is not among those that the operator of this service allows.";
    Err(Rejection::Unprocessable(vec![Issue::error(IssueType::Forbidden, details).at(place)]).into())
}

const fn first_status(is_off: bool) -> Status {
    if is_off { Status::Off } else { Status::Requested }
}

/// Puts the values back that were not shown to whoever sends them again.
fn keep_hidden(subscription: &mut Subscription, before: &Subscription) -> Result<(), Failure> {
    // A secret must not go to another place than the one that it was given for.
    let is_same_place = subscription.endpoint == before.endpoint;
    for header in subscription.headers.iter_mut().filter(|header| header.value == HIDDEN) {
        let known = before.headers.iter().find(|known| known.name.eq_ignore_ascii_case(&header.name));
        match known {
            Some(known) if is_same_place => known.value.clone_into(&mut header.value),
            _ => {
                let details =
                    "The value of a header is not shown; where the endpoint or the header is new, send it.";
                let issue = Issue::error(IssueType::Value, details).at("Subscription");
                return Err(Rejection::Unprocessable(vec![issue]).into());
            }
        }
    }
    Ok(())
}

/// The subscriptions that a caller may see: its own.
async fn visible(state: &State, request: &HttpRequest) -> Result<Vec<SubscriptionRow>, Failure> {
    let mut rows = state.store.subscriptions(&tenant_of(state, request)).await?;
    let client = caller_name(request);
    if !may_see_everything(request) {
        rows.retain(|row| row.owner == client);
    }
    Ok(rows)
}

async fn find(
    state: &State,
    request: &HttpRequest,
    id: &str,
) -> Result<(SubscriptionRow, Subscription), Failure> {
    let row = state.store.subscription(&tenant_of(state, request), id).await?.ok_or(Failure::UnknownId)?;
    if !may_see_everything(request) && row.owner != caller_name(request) {
        return Err(Failure::UnknownId);
    }
    let subscription = serde_json::from_str(&row.body).map_err(|_| Failure::UnknownId)?;
    Ok((row, subscription))
}

fn standing(row: &SubscriptionRow) -> Standing<'_> {
    Standing {
        id: &row.id,
        version: u32::try_from(row.version).unwrap_or(u32::MAX),
        last_updated: row.updated,
        status: Status::from_code(&row.status).unwrap_or(Status::Error),
        problem: row.problem.as_deref(),
    }
}

fn etag(version: i64) -> String {
    format!("W/\"{version}\"")
}

fn given(
    row: &SubscriptionRow,
    subscription: &Subscription,
    release: FhirVersion,
    status: StatusCode,
) -> HttpResponse {
    let last_modified = actix_web::http::header::HttpDate::from(std::time::SystemTime::from(row.updated));
    HttpResponse::build(status)
        .content_type(outcome::CONTENT_TYPE)
        .insert_header((ETAG, etag(row.version)))
        .insert_header((LAST_MODIFIED, last_modified))
        .body(write(&standing(row), subscription, release))
}
