//! Histories: `GET /fhir/{version}/{type}/_history` and `GET /fhir/{version}/{type}/{id}/_history`.

use actix_web::web::{Data, Path, ReqData};
use actix_web::{HttpRequest, HttpResponse};

use super::media::JsonAccepted;
use super::middleware::audit::AuditedPatient;
use super::page_link::{self, Place};
use super::request::{Handling, Release};
use super::resource::{Held, given};
use super::search::{Address, Parameters, in_url, transport};
use super::{Failure, State, outcome};
use crate::access::Caller;
use crate::fhir::render::{self, Given};
use crate::fhir::search::{Interval, Refusal};
use crate::store::{History, Position};

const USUAL_COUNT: usize = 50;
const MOST_ON_A_PAGE: usize = 1000;

/// Of all resources of a type.
pub(super) async fn of_type(
    request: HttpRequest,
    state: Data<State>,
    release: Release,
    _accepted: JsonAccepted,
    held: Held,
    caller: ReqData<Caller>,
) -> Result<HttpResponse, Failure> {
    answer(&request, &state, &caller, release, held, None).await
}

/// Of one resource.
pub(super) async fn of_resource(
    request: HttpRequest,
    state: Data<State>,
    release: Release,
    _accepted: JsonAccepted,
    held: Held,
    caller: ReqData<Caller>,
    path: Path<(String, String, String)>,
) -> Result<HttpResponse, Failure> {
    let (_, _, id) = path.into_inner();
    let stored = state.store.read(caller.tenant(), held.0, &id).await?.ok_or(Failure::UnknownId)?;
    let mut response = answer(&request, &state, &caller, release, held, Some(id)).await?;
    AuditedPatient::note(&mut response, stored.subject.as_deref());
    Ok(response)
}

/// What is asked of a history.
struct Asked {
    count: usize,
    since: Option<i64>,
}

async fn answer(
    request: &HttpRequest,
    state: &State,
    caller: &Caller,
    release: Release,
    held: Held,
    id: Option<String>,
) -> Result<HttpResponse, Failure> {
    let parameters = in_url(request)?;
    let path = match &id {
        Some(id) => format!("{}/{id}/_history", held.0),
        None => format!("{}/_history", held.0),
    };
    let address = Address { state, caller, release: release.0, path, transport: transport(&parameters) };
    let link = parameters.iter().find(|(name, _)| name == page_link::PARAMETER).map(|(_, text)| text);
    let place = match link {
        Some(text) => {
            Some(state.page_links().await?.open(caller.tenant(), text, &address.linked_path(), None)?)
        }
        None => None,
    };
    let is_strict = Handling::of(request).is_strict(&state.settings);
    let asked = match &place {
        Some(place) => Asked::read(&place.parameters, false)?,
        None => Asked::read(&parameters, is_strict)?,
    };
    let snapshot = match &place {
        Some(place) => place.snapshot,
        None => state.store.snapshot().await?,
    };
    let tenant = caller.tenant();
    let history = History { tenant, resource_type: held.0, id: id.as_deref(), since: asked.since, snapshot };
    let (before, total) = match place {
        Some(Place { after: Position::Updated(before), total, .. }) => (Some(before), total),
        Some(_) => return Err(Failure::ForeignLink),
        None => (None, Some(state.store.count_history(&history).await?)),
    };
    let (versions, has_more) = state.store.history(&history, before, asked.count).await?;
    let used = asked.used(&parameters, link);
    let mut links = vec![address.link("self", &used)];
    if let Some(last) = versions.last().filter(|_| has_more) {
        let after = Position::Updated(last.last_updated.as_microsecond());
        let place = Place::new(address.linked_path(), asked.parameters(), None, snapshot, true, after, total);
        links.push(address.next(place).await?);
    }
    let versions: Vec<Given<'_>> = versions.iter().map(given).collect();
    let body = render::history(&versions, total, &links, state.base_url(), release.0)?;
    Ok(HttpResponse::Ok().content_type(outcome::CONTENT_TYPE).body(body))
}

impl Asked {
    /// Reads the parameters. What is not known is refused where that is asked for; else the self link leaves it out, as
    /// the Bundle of a history has no place for a remark.
    fn read(parameters: &Parameters, is_strict: bool) -> Result<Self, Failure> {
        let mut asked = Self { count: USUAL_COUNT, since: None };
        for (name, text) in parameters {
            match name.as_str() {
                "_count" => asked.count = count(text)?,
                "_since" => asked.since = Some(since(text)?),
                "_format" | "_pretty" => (),
                _ if is_strict => return Err(Refusal::unknown(name).into()),
                _ => (),
            }
        }
        Ok(asked)
    }

    /// What was understood.
    fn parameters(&self) -> Parameters {
        let since = self.since.and_then(|since| jiff::Timestamp::from_microsecond(since).ok());
        let since = since.map(|since| ("_since".to_owned(), format!("{since:.6}")));
        [("_count".to_owned(), self.count.to_string())].into_iter().chain(since).collect()
    }

    fn used(&self, given: &Parameters, link: Option<&String>) -> Parameters {
        if let Some(text) = link {
            return vec![(page_link::PARAMETER.to_owned(), text.clone())];
        }
        let is_given = |name: &str| given.iter().any(|(given, _)| given == name);
        self.parameters().into_iter().filter(|(name, _)| is_given(name)).collect()
    }
}

fn count(text: &str) -> Result<usize, Failure> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number || text.bytes().all(|byte| byte == b'0') {
        return Err(Failure::IllegibleParameter {
            name: "_count",
            expected: "it is a number of versions, from 1",
        });
    }
    Ok(text.parse().unwrap_or(usize::MAX).min(MOST_ON_A_PAGE))
}

fn since(text: &str) -> Result<i64, Failure> {
    let interval: Result<Interval, _> = text.replace(' ', "+").parse();
    interval.map(|interval| interval.start).map_err(|_| Failure::IllegibleParameter {
        name: "_since",
        expected: "it is a FHIR instant, such as 2026-05-03T10:00:00.123456Z",
    })
}
