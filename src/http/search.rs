//! Searches: `GET /fhir/{version}/{type}?...` and `POST /fhir/{version}/{type}/_search`.

use actix_web::web::{Data, Form, Query as QueryString, ReqData};
use actix_web::{HttpRequest, HttpResponse};

use super::media::JsonAccepted;
use super::middleware::audit::AuditedPatient;
use super::page_link::{self, Place};
use super::request::{Handling, Release};
use super::resource::{Held, TYPES, given};
use super::{Failure, State, outcome};
use crate::access::{Caller, Permission};
use crate::fhir::render::{self, Given, Link, Searchset};
use crate::fhir::search::{Condition, Context, Include, Key, Order, Query, Shape, Term};
use crate::fhir::{FhirVersion, Issue, is_id};
use crate::store::{Position, Search, StoreError, Stored};

/// Resources that are given besides what was found, at most.
const MOST_INCLUDED: usize = 1000;

/// Names and values, as they were sent.
pub(super) type Parameters = Vec<(String, String)>;

/// With the parameters in the URL.
pub(super) async fn get(
    request: HttpRequest,
    state: Data<State>,
    release: Release,
    _accepted: JsonAccepted,
    held: Held,
    caller: ReqData<Caller>,
) -> Result<HttpResponse, Failure> {
    let parameters = in_url(&request)?;
    answer(&state, &caller, release.0, held.0, Handling::of(&request), parameters).await
}

/// With the parameters in the body, and more in the URL.
pub(super) async fn post(
    request: HttpRequest,
    state: Data<State>,
    release: Release,
    _accepted: JsonAccepted,
    held: Held,
    caller: ReqData<Caller>,
    form: Option<Form<Parameters>>,
) -> Result<HttpResponse, Failure> {
    let mut parameters = in_url(&request)?;
    match form {
        Some(form) => parameters.extend(form.into_inner()),
        // A search for everything need not say so.
        None if request.headers().get("content-length").is_none_or(|length| length == "0") => (),
        None => {
            return Err(Failure::UnsupportedBody(
                "A search is read as Content-Type: application/x-www-form-urlencoded, and not compressed.",
            ));
        }
    }
    answer(&state, &caller, release.0, held.0, Handling::of(&request), parameters).await
}

/// The parameters in the URL.
pub(super) fn in_url(request: &HttpRequest) -> Result<Parameters, Failure> {
    QueryString::from_query(request.query_string()).map(QueryString::into_inner).map_err(|_| {
        Failure::IllegibleParameter {
            name: "of the URL",
            expected: "the text after the ? is percent-encoded UTF-8",
        }
    })
}

async fn answer(
    state: &State,
    caller: &Caller,
    release: FhirVersion,
    resource_type: &'static str,
    handling: Handling,
    parameters: Parameters,
) -> Result<HttpResponse, Failure> {
    let address =
        Address { state, caller, release, path: resource_type.to_owned(), transport: transport(&parameters) };
    let link = parameters.iter().find(|(name, _)| name == page_link::PARAMETER);
    let page = match link {
        Some((_, text)) => Asked::again(&address, resource_type, text).await?,
        None => Asked::first(&address, resource_type, handling, &parameters).await?,
    };
    let patient = asked_patient(&page.query.used);
    let body = page.answer(&address, resource_type).await?;
    let mut response = HttpResponse::Ok().content_type(outcome::CONTENT_TYPE).body(body);
    AuditedPatient::note(&mut response, patient.as_deref());
    Ok(response)
}

/// The patient of whom alone something was asked, as a reference.
fn asked_patient(parameters: &Parameters) -> Option<String> {
    let is_patient =
        |name: &str| matches!(name, "patient" | "patient:Patient" | "subject:Patient" | "subject");
    let (name, asked) = parameters.iter().find(|(name, _)| is_patient(name))?;
    let id = asked.rsplit_once("Patient/").map_or(asked.as_str(), |(_, id)| id);
    let is_named = name != "subject" || asked.contains("Patient/");
    (is_named && is_id(id)).then(|| format!("Patient/{id}"))
}

/// `_format` and `_pretty`, which every link repeats.
pub(super) fn transport(parameters: &Parameters) -> Parameters {
    parameters.iter().filter(|(name, _)| name == "_format" || name == "_pretty").cloned().collect()
}

/// Where a search or history lies.
pub(super) struct Address<'a> {
    pub(super) state: &'a State,
    pub(super) caller: &'a Caller,
    pub(super) release: FhirVersion,
    /// Below the base of the FHIR release.
    pub(super) path: String,
    pub(super) transport: Parameters,
}

impl Address<'_> {
    pub(super) fn base(&self) -> String {
        format!("{}/fhir/{}", self.state.base_url(), self.release)
    }

    /// The id of the patient to whom the caller is limited here.
    pub(super) fn only_patient(&self) -> Option<&str> {
        let kind = self.path.split('/').next().unwrap_or_default();
        self.caller.only_patient(Permission::Search, kind)
    }

    /// The path as links know it.
    pub(super) fn linked_path(&self) -> String {
        format!("{}/{}", self.release, self.path)
    }

    pub(super) fn link(&self, relation: &'static str, parameters: &Parameters) -> Link {
        let mut query = Vec::with_capacity(parameters.len() + self.transport.len());
        for (name, value) in parameters.iter().chain(&self.transport) {
            query.push(format!("{}={}", encoded(name), encoded(value)));
        }
        let mark = if query.is_empty() { "" } else { "?" };
        Link { relation, url: format!("{}/{}{mark}{}", self.base(), self.path, query.join("&")) }
    }

    pub(super) async fn next(&self, place: Place) -> Result<Link, Failure> {
        let text = self.state.page_links().await?.seal(self.caller.tenant(), place)?;
        Ok(self.link("next", &vec![(page_link::PARAMETER.to_owned(), text)]))
    }
}

/// Percent-encoded, but for what FHIR's own links leave as it is.
fn encoded(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~:/,$".contains(&byte);
    let encode =
        |byte: u8| if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(encode).collect()
}

/// A page that is asked for.
struct Asked {
    query: Query,
    /// As it was given to the first page.
    self_parameters: Parameters,
    snapshot: i64,
    order: Order,
    after: Option<Position>,
    total: Option<u64>,
}

impl Asked {
    async fn first(
        address: &Address<'_>,
        resource_type: &str,
        handling: Handling,
        parameters: &Parameters,
    ) -> Result<Self, Failure> {
        let state = address.state;
        let snapshot = state.store.snapshot().await?;
        let is_strict = handling.is_strict(&state.settings);
        let query = parse(address, resource_type, is_strict, snapshot, parameters)?;
        let search = search(address, resource_type, &query, snapshot);
        let order = match query.controls.order {
            Some(order) => order,
            None => state.store.usual_order(&search).await?,
        };
        let is_counted = query.controls.is_counted || query.controls.shape == Shape::Count;
        let total = if is_counted { Some(state.store.count(&search).await?) } else { None };
        Ok(Self { self_parameters: query.used.clone(), query, snapshot, order, after: None, total })
    }

    async fn again(address: &Address<'_>, resource_type: &str, text: &str) -> Result<Self, Failure> {
        let links = address.state.page_links().await?;
        let (tenant, path) = (address.caller.tenant(), address.linked_path());
        let place = links.open(tenant, text, &path, address.only_patient())?;
        let query = parse(address, resource_type, false, place.snapshot, &place.parameters)?;
        let by = match place.after {
            Position::Updated(_) => Key::Updated,
            Position::Date(..) => Key::Date,
            Position::Id(_) => Key::Id,
        };
        Ok(Self {
            query,
            self_parameters: vec![(page_link::PARAMETER.to_owned(), text.to_owned())],
            snapshot: place.snapshot,
            order: Order { by, is_descending: place.is_descending },
            after: Some(place.after),
            total: place.total,
        })
    }

    async fn answer(self, address: &Address<'_>, resource_type: &'static str) -> Result<Vec<u8>, Failure> {
        let state = address.state;
        let mut links = vec![address.link("self", &self.self_parameters)];
        let issues: Vec<Issue> = self.query.ignored.iter().map(|name| ignored(name)).collect();
        let mut found = Vec::new();
        let mut included = Vec::new();
        if self.query.controls.shape != Shape::Count {
            let search = search(address, resource_type, &self.query, self.snapshot);
            let limit = self.query.controls.count;
            let page = state.store.search(&search, self.order, self.after.as_ref(), limit).await?;
            included = includes(address, &self.query, resource_type, &page.found, self.snapshot).await?;
            found = page.found;
            if let Some(after) = page.next {
                let place = Place::new(
                    address.linked_path(),
                    self.query.used.clone(),
                    address.only_patient().map(str::to_owned),
                    self.snapshot,
                    self.order.is_descending,
                    after,
                    self.total,
                );
                links.push(address.next(place).await?);
            }
        }
        let matches: Vec<Given<'_>> = found.iter().map(given).collect();
        let included: Vec<Given<'_>> = included.iter().map(given).collect();
        let page = Searchset {
            matches: &matches,
            included: &included,
            issues: &issues,
            total: self.total,
            links: &links,
            shape: &self.query.controls.shape,
        };
        Ok(render::searchset(&page, state.base_url(), address.release)?)
    }
}

fn parse(
    address: &Address<'_>,
    resource_type: &str,
    is_strict: bool,
    now: i64,
    parameters: &Parameters,
) -> Result<Query, Failure> {
    let context = Context {
        resource_type,
        base: &address.base(),
        profiles: render::profiles(resource_type, address.release),
        now,
        is_strict,
    };
    Ok(Query::parse(parameters, &context)?)
}

fn search<'a>(address: &Address<'a>, resource_type: &'a str, query: &'a Query, snapshot: i64) -> Search<'a> {
    Search { tenant: address.caller.tenant(), resource_type, conditions: &query.conditions, snapshot }
}

/// That a parameter was left out, which the client must see: a filter that is dropped in silence gives too much.
pub(super) fn ignored(name: &str) -> Issue {
    Issue::warning(
        fhir_wire::IssueType::NotSupported,
        format!("The search parameter {name} is not known here and was left out; see the self link."),
    )
}

/// What belongs to a page: what it refers to and what refers to it, as far as it is held here.
async fn includes(
    address: &Address<'_>,
    query: &Query,
    resource_type: &str,
    found: &[Stored],
    snapshot: i64,
) -> Result<Vec<Stored>, StoreError> {
    let (state, caller) = (address.state, address.caller);
    let tenant = caller.tenant();
    let mut included: Vec<Stored> = Vec::new();
    for include in &query.controls.includes {
        let more = match include {
            Include::Referred(parameter) => {
                referred(state, tenant, resource_type, parameter, found, snapshot).await?
            }
            Include::Referring { resource_type: source, parameter } if TYPES.contains(&source.as_str()) => {
                let references = found.iter().map(|stored| format!("{}/{}", stored.resource_type, stored.id));
                let terms: Vec<Term> =
                    references.map(|reference| Term::reference(parameter, &reference)).collect();
                let conditions = [Condition::AnyOf(terms)];
                by_conditions(state, tenant, source, &conditions, snapshot).await?
            }
            Include::Referring { .. } => Vec::new(),
        };
        for stored in more {
            let is_same =
                |other: &Stored| (&other.resource_type, &other.id) == (&stored.resource_type, &stored.id);
            let is_allowed = caller.may(Permission::Search, &stored.resource_type);
            if is_allowed && !found.iter().any(is_same) && !included.iter().any(is_same) {
                included.push(stored);
            }
        }
    }
    Ok(included)
}

/// The held resources that those found refer to by a parameter.
async fn referred(
    state: &State,
    tenant: &str,
    resource_type: &str,
    parameter: &str,
    found: &[Stored],
    snapshot: i64,
) -> Result<Vec<Stored>, StoreError> {
    let mut all = Vec::new();
    for held in TYPES {
        let prefix = format!("{held}/");
        let ids: Vec<String> = found
            .iter()
            .flat_map(|stored| crate::fhir::search::references(resource_type, parameter, stored.json()))
            .filter_map(|reference| reference.strip_prefix(&prefix).map(str::to_owned))
            .take(MOST_INCLUDED)
            .collect();
        if !ids.is_empty() {
            all.extend(by_conditions(state, tenant, held, &[Condition::Ids(ids)], snapshot).await?);
        }
    }
    Ok(all)
}

async fn by_conditions(
    state: &State,
    tenant: &str,
    resource_type: &str,
    conditions: &[Condition],
    snapshot: i64,
) -> Result<Vec<Stored>, StoreError> {
    if matches!(conditions, [Condition::AnyOf(terms)] if terms.is_empty()) {
        return Ok(Vec::new());
    }
    let search = Search { tenant, resource_type, conditions, snapshot };
    let order = Order { by: Key::Updated, is_descending: false };
    Ok(state.store.search(&search, order, None, MOST_INCLUDED).await?.found)
}
