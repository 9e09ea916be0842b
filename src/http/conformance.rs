//! What is published in FHIR about the service's data: read and searched in each release, and by canonical URL.

use std::borrow::Cow;

use actix_web::web::{Data, Path, Query as QueryString};
use actix_web::{HttpRequest, HttpResponse};
use fhir_wire::{Bundle, BundleEntry, BundleLink, BundleType, IssueType, SearchMode};

use super::document::Document;
use super::media::JsonAccepted;
use super::request::Release;
use super::{Failure, State, outcome};
use crate::conformance::{Published, Query, find};
use crate::fhir::{FhirVersion, Issue, render};

/// How many resources a page has, where the client does not say.
const PAGE: usize = 20;

/// `GET /fhir/{version}/CodeSystem/{id}`, and so for every published type.
pub(super) async fn read(
    request: HttpRequest,
    release: Release,
    _accepted: JsonAccepted,
    path: Path<(String, String, String)>,
) -> Result<HttpResponse, Failure> {
    let (_, resource_type, id) = path.into_inner();
    let published = find(&resource_type, &id).ok_or(Failure::UnknownId)?;
    Ok(give(&request, published, release.0))
}

/// `GET /fhir/CodeSystem/{id}`, which is what a canonical URL leads to where its host is this service. R4, the release
/// in which it was written.
pub(super) async fn resolve(
    request: HttpRequest,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let published = find(&path.0, &path.1).ok_or(Failure::UnknownId)?;
    Ok(give(&request, published, FhirVersion::R4))
}

fn give(request: &HttpRequest, published: &Published, release: FhirVersion) -> HttpResponse {
    Document::new(published.body(release).into_owned()).answer(request, |response| {
        response.content_type(outcome::CONTENT_TYPE);
    })
}

/// `GET /fhir/{version}/CodeSystem?url=...`, and so for every published type.
pub(super) async fn search(
    state: Data<State>,
    request: HttpRequest,
    release: Release,
    _accepted: JsonAccepted,
) -> Result<HttpResponse, Failure> {
    let resource_type = request.match_info().get("type").unwrap_or_default();
    let asked = Asked::of(&request)?;
    if asked.has_unknown && is_strict(&request) {
        return Err(Failure::IllegibleParameter { name: "of this search", expected: UNKNOWN });
    }
    let found = asked.query.matches(resource_type);
    let base = format!("{}/fhir/{}/{resource_type}", state.base_url(), release.0);
    let bodies: Vec<(String, Cow<'_, str>)> = found
        .iter()
        .skip(asked.offset)
        .take(asked.count)
        .map(|published| (format!("{base}/{}", published.id()), published.body(release.0)))
        .collect();
    let remark = asked.has_unknown.then(|| render::outcome(&[unknown()])).transpose()?;
    let matches = bodies.iter().map(|(url, body)| BundleEntry {
        full_url: Some(url.as_str().into()),
        resource: Some(body.as_bytes()),
        search: Some(SearchMode::Match),
        ..BundleEntry::default()
    });
    let remark = remark.iter().map(|body| BundleEntry {
        resource: Some(body),
        search: Some(SearchMode::Outcome),
        ..BundleEntry::default()
    });
    let link = |relation: &'static str, offset| BundleLink {
        relation: relation.into(),
        url: asked.url(&base, offset).into(),
    };
    let mut links = vec![link("self", asked.offset)];
    let next = asked.offset.saturating_add(asked.count);
    if asked.count > 0 && next < found.len() {
        links.push(link("next", next));
    }
    let body = fhir_wire::bundle(&Bundle {
        total: u32::try_from(found.len()).ok(),
        link: links,
        entry: matches.chain(remark).collect(),
        ..Bundle::new(BundleType::Searchset)
    })?;
    Ok(HttpResponse::Ok().content_type(outcome::CONTENT_TYPE).body(body))
}

const UNKNOWN: &str = "known are _id, name, status, title, url, version, _count and _offset";

fn unknown() -> Issue {
    Issue::warning(
        IssueType::NotSupported,
        format!("A parameter of the search is not understood and was not used: {UNKNOWN}."),
    )
}

/// What a search asks.
struct Asked {
    query: Query,
    /// The criteria as they were understood, for the links.
    understood: Vec<(String, String)>,
    count: usize,
    offset: usize,
    has_unknown: bool,
}

impl Asked {
    fn of(request: &HttpRequest) -> Result<Self, Failure> {
        let illegible = |name| Failure::IllegibleParameter { name, expected: "it is a whole number" };
        let parameters = QueryString::<Vec<(String, String)>>::from_query(request.query_string())
            .map_err(|_| Failure::IllegibleParameter { name: "of this search", expected: UNKNOWN })?;
        let mut asked = Self {
            query: Query::default(),
            understood: Vec::new(),
            count: PAGE,
            offset: 0,
            has_unknown: false,
        };
        for (name, value) in parameters.into_inner() {
            match name.as_str() {
                "_count" => asked.count = value.parse().map_err(|_| illegible("_count"))?,
                "_offset" => asked.offset = value.parse().map_err(|_| illegible("_offset"))?,
                "_summary" if value == "count" => asked.count = 0,
                // They say how the answer is written. Every search is in the order of the ids, and has a total.
                "_format" | "_pretty" | "_total" | "_sort" => {}
                _ if asked.query.add(&name, &value) => asked.understood.push((name, value)),
                _ => asked.has_unknown = true,
            }
        }
        Ok(asked)
    }

    /// The URL of a page.
    fn url(&self, base: &str, offset: usize) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(&self.understood).append_pair("_count", &self.count.to_string());
        if offset > 0 {
            // An offset is stable: what is published does not change while the program runs.
            query.append_pair("_offset", &offset.to_string());
        }
        format!("{base}?{}", query.finish())
    }
}

/// Whether the client wants no answer to a search that is not understood whole.
fn is_strict(request: &HttpRequest) -> bool {
    let preferences = request.headers().get_all("Prefer").filter_map(|header| header.to_str().ok());
    preferences.flat_map(|header| header.split([',', ';'])).any(|part| part.trim() == "handling=strict")
}
