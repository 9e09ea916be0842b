//! What came from a server: whether it is what was asked for, and whether there is more.

use crate::fhir::{Json, Kind, Object, is_too_deep};

use super::failure::FetchFailure;

/// What a query asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Expected {
    /// One resource, by its type and id.
    Resource { kind: String, id: String },
    /// A page of a search.
    Page,
}

impl Expected {
    /// What a query relative to the base asks for.
    pub(super) fn of(query: &str) -> Self {
        match query.split_once('/') {
            Some((kind, id)) if !query.contains('?') => {
                Self::Resource { kind: kind.to_owned(), id: id.to_owned() }
            }
            _ => Self::Page,
        }
    }

    fn is(&self, resource: &Object<'_>) -> bool {
        let (kind, id) = match self {
            Self::Resource { kind, id } => (kind.as_str(), Some(id)),
            Self::Page => ("Bundle", None),
        };
        string(resource, "resourceType").as_deref() == Some(kind)
            && id.is_none_or(|id| string(resource, "id").as_ref() == Some(id))
    }
}

/// A body that is what was asked for.
pub(super) struct Page {
    /// The resource, as it came.
    pub text: String,
    /// The link to the next page, as it stands there.
    pub next: Option<String>,
}

impl Page {
    /// Judges a body.
    pub(super) fn read(body: Vec<u8>, expected: &Expected) -> Result<Self, FetchFailure> {
        if is_too_deep(&body) {
            return Err(FetchFailure::NotAsAsked);
        }
        let text = String::from_utf8(body).map_err(|_| FetchFailure::NotAsAsked)?;
        let resource = Json::parse(&text).ok().and_then(|json| json.object().ok());
        let resource = resource.filter(|resource| expected.is(resource)).ok_or(FetchFailure::NotAsAsked)?;
        let next = if *expected == Expected::Page { next_link(&resource) } else { None };
        Ok(Self { text, next })
    }
}

/// The first link with the relation `next`.
pub(crate) fn next_link(bundle: &Object<'_>) -> Option<String> {
    let links = bundle.get("link").filter(|links| links.kind() == Kind::Array)?.array().ok()?;
    let mut links = links.into_iter().filter_map(|link| link.object().ok());
    let next = links.find(|link| string(link, "relation").as_deref() == Some("next"))?;
    string(&next, "url")
}

fn string(object: &Object<'_>, name: &str) -> Option<String> {
    object.get(name)?.string().ok().map(std::borrow::Cow::into_owned)
}
