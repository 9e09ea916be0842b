//! The Bundles of searches and histories.

use fhir_wire::{
    Bundle, BundleEntry, BundleLink, BundleRequest, BundleResponse, BundleType, SearchMode, WireError,
};

use super::{Given, outcome, subset};
use crate::fhir::search::Shape;
use crate::fhir::{FhirVersion, Issue};

/// A way to this page or another.
#[derive(Debug, Clone)]
pub struct Link {
    /// `self`, `next` and so on.
    pub relation: &'static str,
    /// Its URL.
    pub url: String,
}

/// What a search found.
#[derive(Debug)]
pub struct Searchset<'a> {
    /// What was looked for.
    pub matches: &'a [Given<'a>],
    /// What belongs to it.
    pub included: &'a [Given<'a>],
    /// What is to be said about the search.
    pub issues: &'a [Issue],
    /// How many matches there are on all pages together, where they were counted.
    pub total: Option<u64>,
    /// The ways to pages.
    pub links: &'a [Link],
    /// What of each resource is given.
    pub shape: &'a Shape,
}

/// Writes the page of a search.
///
/// # Errors
/// [`WireError`] where FHIR would not allow what was to be written: a fault of the program, not of the input.
pub fn searchset(page: &Searchset<'_>, base_url: &str, release: FhirVersion) -> Result<Vec<u8>, WireError> {
    let matches = page.matches.iter().map(|given| (given, SearchMode::Match));
    let included = page.included.iter().map(|given| (given, SearchMode::Include));
    let resources: Vec<(String, SearchMode, Vec<u8>)> = matches
        .chain(included)
        .map(|(given, mode)| {
            let resource = subset(given.resource_type, given.resource(release)?, page.shape);
            Ok((given.url(base_url, release), mode, resource))
        })
        .collect::<Result<_, WireError>>()?;
    let remarks = if page.issues.is_empty() { None } else { Some(outcome(page.issues)?) };
    let remarks = remarks.iter().map(|body| BundleEntry {
        resource: Some(body),
        search: Some(SearchMode::Outcome),
        ..BundleEntry::default()
    });
    let entries = resources.iter().map(|(url, mode, body)| BundleEntry {
        full_url: Some(url.as_str().into()),
        resource: Some(body),
        search: Some(*mode),
        ..BundleEntry::default()
    });
    fhir_wire::bundle(&Bundle {
        total: page.total.map(total),
        link: links(page.links),
        entry: entries.chain(remarks).collect(),
        ..Bundle::new(BundleType::Searchset)
    })
}

/// Writes the page of a history.
///
/// # Errors
/// As [`searchset`].
pub fn history(
    versions: &[Given<'_>],
    count: Option<u64>,
    ways: &[Link],
    base_url: &str,
    release: FhirVersion,
) -> Result<Vec<u8>, WireError> {
    // A deletion has no body.
    let is_live = |given: &&Given<'_>| !given.body.is_empty();
    let bodies: Vec<Option<Vec<u8>>> = versions
        .iter()
        .map(|given| Some(given).filter(is_live).map(|given| given.resource(release)).transpose())
        .collect::<Result<_, _>>()?;
    let entries = versions.iter().zip(&bodies).map(|(given, body)| {
        let (method, status) = match (body, given.version) {
            (None, _) => ("DELETE", "204"),
            (Some(_), 1) => ("POST", "201"),
            (Some(_), _) => ("PUT", "200"),
        };
        let url = match method {
            "POST" => given.resource_type.to_owned(),
            _ => format!("{}/{}", given.resource_type, given.id),
        };
        BundleEntry {
            full_url: Some(given.url(base_url, release).into()),
            resource: body.as_deref(),
            search: None,
            request: Some(BundleRequest { method: method.into(), url: url.into() }),
            response: Some(BundleResponse {
                status: status.into(),
                etag: Some(format!("W/\"{}\"", given.version).into()),
                last_modified: given.last_updated.map(|instant| format!("{instant:.6}").into()),
            }),
        }
    });
    fhir_wire::bundle(&Bundle {
        total: count.map(total),
        link: links(ways),
        entry: entries.collect(),
        ..Bundle::new(BundleType::History)
    })
}

fn links(links: &[Link]) -> Vec<BundleLink<'_>> {
    links
        .iter()
        .map(|link| BundleLink { relation: link.relation.into(), url: link.url.as_str().into() })
        .collect()
}

/// FHIR's unsignedInt ends here.
fn total(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX).min(i32::MAX.unsigned_abs())
}
