//! Writing a Bundle around resources that are written already.
//!
//! The resources are copied as they are: no parsing, no second serialisation, no fhirbolt.

use std::collections::{HashMap, HashSet};

use crate::{Text, WireError, json, path::Path, primitive};

/// What a Bundle is for, of those kinds that the service sends.
///
/// Source: <https://hl7.org/fhir/R4/valueset-bundle-type.html>.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BundleType {
    /// A set of resources, as an operation answers.
    Collection,
    /// The answer to a search.
    Searchset,
    /// The versions of resources.
    History,
    /// The answer to a batch.
    BatchResponse,
    /// What happened, told to a subscriber; in R5 only.
    SubscriptionNotification,
}

impl BundleType {
    /// The code in FHIR.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Collection => "collection",
            Self::Searchset => "searchset",
            Self::History => "history",
            Self::BatchResponse => "batch-response",
            Self::SubscriptionNotification => "subscription-notification",
        }
    }
}

/// Why a resource is in the answer to a search.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SearchMode {
    /// It is what was looked for.
    Match,
    /// It belongs to something that was looked for.
    Include,
    /// It is an OperationOutcome about the search.
    Outcome,
}

impl SearchMode {
    /// The code in FHIR.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Match => "match",
            Self::Include => "include",
            Self::Outcome => "outcome",
        }
    }
}

/// The request that made a version, in a history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BundleRequest<'a> {
    /// The HTTP method.
    pub method: Text<'a>,
    /// The URL, relative to the base.
    pub url: Text<'a>,
}

/// The answer to a request, in a history or the answer to a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BundleResponse<'a> {
    /// The HTTP status, such as `200` or `201 Created`.
    pub status: Text<'a>,
    /// The entity tag, such as `W/"1"`.
    pub etag: Option<Text<'a>>,
    /// When the version came to be, an `instant`.
    pub last_modified: Option<Text<'a>>,
}

/// A way to another page, or to this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BundleLink<'a> {
    /// Which page: `self`, `next`, `previous`, `first`, `last`.
    pub relation: Text<'a>,
    /// Its URL.
    pub url: Text<'a>,
}

/// One resource in a Bundle, with what the Bundle says about it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BundleEntry<'a> {
    /// The absolute URL of the resource, without a version.
    pub full_url: Option<Text<'a>>,
    /// The resource as JSON. Absent only for a deletion in a history, or an empty answer in a batch.
    pub resource: Option<&'a [u8]>,
    /// Why it is in the answer to a search.
    pub search: Option<SearchMode>,
    /// The request that made it, in a history.
    pub request: Option<BundleRequest<'a>>,
    /// The answer that the request got.
    pub response: Option<BundleResponse<'a>>,
}

/// A Bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle<'a> {
    /// The id of the Bundle itself.
    pub id: Option<Text<'a>>,
    /// What it is for.
    pub kind: BundleType,
    /// When it was put together, an `instant`.
    pub timestamp: Option<Text<'a>>,
    /// How many matches there are on all pages together; for searches and histories only.
    pub total: Option<u32>,
    /// The ways to other pages.
    pub link: Vec<BundleLink<'a>>,
    /// The resources.
    pub entry: Vec<BundleEntry<'a>>,
}

impl Bundle<'_> {
    /// An empty Bundle.
    pub const fn new(kind: BundleType) -> Self {
        Self { id: None, kind, timestamp: None, total: None, link: Vec::new(), entry: Vec::new() }
    }
}

/// Writes a Bundle as JSON.
///
/// # Errors
///
/// When a text does not have the form of its data type, an entry's resource is not a JSON object by its first and
/// last byte, or one of FHIR's rules for Bundles (bdl-1 to bdl-8, as far as they apply) is broken.
pub fn bundle(value: &Bundle<'_>) -> Result<Vec<u8>, WireError> {
    check::bundle(value, &Path::resource("Bundle"))?;
    let resources: usize = value.entry.iter().map(|entry| entry.resource.map_or(0, <[u8]>::len)).sum();
    let mut body = Vec::with_capacity(resources + 512 + 256 * (value.entry.len() + value.link.len()));
    let mut object = json::Object::open(&mut body);
    object.text("resourceType", "Bundle");
    if let Some(id) = &value.id {
        object.text("id", id);
    }
    object.text("type", value.kind.code());
    if let Some(timestamp) = &value.timestamp {
        object.text("timestamp", timestamp);
    }
    if let Some(total) = value.total {
        object.name("total").extend_from_slice(total.to_string().as_bytes());
    }
    object.list("link", &value.link, write_link);
    object.list("entry", &value.entry, write_entry);
    object.close();
    Ok(body)
}

fn write_link(body: &mut Vec<u8>, link: &BundleLink<'_>) {
    let mut object = json::Object::open(body);
    object.text("relation", &link.relation);
    object.text("url", &link.url);
    object.close();
}

fn write_entry(body: &mut Vec<u8>, entry: &BundleEntry<'_>) {
    let mut object = json::Object::open(body);
    if let Some(url) = &entry.full_url {
        object.text("fullUrl", url);
    }
    if let Some(resource) = entry.resource {
        object.name("resource").extend_from_slice(resource);
    }
    if let Some(search) = entry.search {
        let mut nested = json::Object::open(object.name("search"));
        nested.text("mode", search.code());
        nested.close();
    }
    if let Some(request) = &entry.request {
        let mut nested = json::Object::open(object.name("request"));
        nested.text("method", &request.method);
        nested.text("url", &request.url);
        nested.close();
    }
    if let Some(response) = &entry.response {
        write_response(object.name("response"), response);
    }
    object.close();
}

fn write_response(body: &mut Vec<u8>, response: &BundleResponse<'_>) {
    let mut object = json::Object::open(body);
    object.text("status", &response.status);
    if let Some(etag) = &response.etag {
        object.text("etag", etag);
    }
    if let Some(instant) = &response.last_modified {
        object.text("lastModified", instant);
    }
    object.close();
}

/// What FHIR asks of a Bundle beyond the shape.
mod check {
    use super::{Bundle, BundleEntry, BundleType, HashMap, HashSet, Path, WireError, primitive};

    pub(super) fn bundle(value: &Bundle<'_>, path: &Path<'_>) -> Result<(), WireError> {
        if let Some(id) = &value.id {
            primitive::id(id, &path.child("id"))?;
        }
        if let Some(timestamp) = &value.timestamp {
            primitive::instant(timestamp, &path.child("timestamp"))?;
        }
        if value.total.is_some() && !matches!(value.kind, BundleType::Searchset | BundleType::History) {
            return Err(path.child("total").inconsistent("bdl-1: total only in a searchset or history"));
        }
        if value.total.is_some_and(|total| i32::try_from(total).is_err()) {
            return Err(path.child("total").malformed("unsignedInt"));
        }
        for (index, link) in value.link.iter().enumerate() {
            let path = path.item("link", index);
            primitive::code(&link.relation, &path.child("relation"))?;
            primitive::uri(&link.url, &path.child("url"))?;
        }
        let mut first_of: HashMap<&str, &BundleEntry<'_>> = HashMap::with_capacity(value.entry.len());
        let mut versions = HashSet::new();
        for (index, item) in value.entry.iter().enumerate() {
            let path = path.item("entry", index);
            entry(item, value.kind, &path)?;
            let Some(url) = &item.full_url else { continue };
            if value.kind == BundleType::History {
                continue;
            }
            // Most URLs stand once; only where one stands again are the versions looked at.
            let Some(first) = first_of.insert(url.as_ref(), item) else { continue };
            versions.insert((url.as_ref(), version_id(first)));
            if !versions.insert((url.as_ref(), version_id(item))) {
                return Err(path
                    .child("fullUrl")
                    .inconsistent("bdl-7: entries with the same fullUrl must differ in meta.versionId"));
            }
        }
        Ok(())
    }

    /// `meta.versionId` of the resource of an entry.
    fn version_id(entry: &BundleEntry<'_>) -> Option<String> {
        let resource: serde_json::Value = serde_json::from_slice(entry.resource?).ok()?;
        resource.get("meta")?.get("versionId")?.as_str().map(str::to_owned)
    }

    fn entry(value: &BundleEntry<'_>, kind: BundleType, path: &Path<'_>) -> Result<(), WireError> {
        content(value, path)?;
        let needs_response = matches!(kind, BundleType::History | BundleType::BatchResponse);
        if value.search.is_some() && kind != BundleType::Searchset {
            return Err(path.child("search").inconsistent("bdl-2: search only in a searchset"));
        }
        if value.request.is_some() != (kind == BundleType::History) {
            return Err(path.child("request").inconsistent("bdl-3: request in a history and only there"));
        }
        if value.response.is_some() != needs_response {
            return Err(path
                .child("response")
                .inconsistent("bdl-4: response in a history or batch-response"));
        }
        if value.resource.is_none() && !needs_response {
            return Err(path.child("resource").inconsistent("bdl-5: an entry needs a resource"));
        }
        Ok(())
    }

    fn content(value: &BundleEntry<'_>, path: &Path<'_>) -> Result<(), WireError> {
        if let Some(url) = &value.full_url {
            primitive::uri(url, &path.child("fullUrl"))?;
            if url.contains("/_history/") {
                return Err(path.child("fullUrl").inconsistent("bdl-8: fullUrl names no version"));
            }
        }
        if value.resource.is_some_and(|body| !(body.starts_with(b"{") && body.ends_with(b"}"))) {
            return Err(path.child("resource").malformed("resource body"));
        }
        if let Some(request) = &value.request {
            primitive::code(&request.method, &path.child("request").child("method"))?;
            primitive::uri(&request.url, &path.child("request").child("url"))?;
        }
        if let Some(response) = &value.response {
            let path = path.child("response");
            primitive::text(&response.status, &path.child("status"))?;
            if let Some(etag) = &response.etag {
                primitive::text(etag, &path.child("etag"))?;
            }
            if let Some(instant) = &response.last_modified {
                primitive::instant(instant, &path.child("lastModified"))?;
            }
        }
        Ok(())
    }
}
