//! A search of a list that is in memory and short: what is published, and the subscriptions of a tenant. Every page has the
//! total, and its place is an offset.

use actix_web::{HttpRequest, HttpResponse};
use fhir_wire::{Bundle, BundleEntry, BundleLink, BundleType, SearchMode};

use super::request::Handling;
use super::search::{ignored, in_url};
use super::{Failure, outcome};
use crate::fhir::search::Refusal;
use crate::fhir::{Issue, render};
use crate::settings::Settings;

/// How many resources a page has, where the client does not say.
const PAGE: usize = 20;

/// A resource with its URL.
pub(super) struct Listed<'a> {
    pub url: String,
    pub body: std::borrow::Cow<'a, [u8]>,
}

/// What a search asks.
#[derive(Debug)]
pub(super) struct Asked {
    /// The criteria, by their names: all of them, each by one of its values, which commas separate.
    pub criteria: Vec<(String, String)>,
    /// What was not understood.
    ignored: Vec<Issue>,
    count: usize,
    offset: usize,
}

impl Asked {
    /// Reads a search by the parameters of these names.
    ///
    /// # Errors
    /// [`Failure::Search`] for a parameter without a value, and, where the search is strict, for one that is not known.
    pub(super) fn of(request: &HttpRequest, settings: &Settings, known: &[&str]) -> Result<Self, Failure> {
        let is_strict = Handling::of(request).is_strict(settings);
        let mut asked = Self { criteria: Vec::new(), ignored: Vec::new(), count: PAGE, offset: 0 };
        for (name, value) in in_url(request)? {
            if value.is_empty() {
                return Err(Refusal::new(&name, "it has no value").into());
            }
            match name.as_str() {
                "_count" => asked.count = number(&name, &value)?,
                "_offset" => asked.offset = number(&name, &value)?,
                "_summary" if value == "count" => asked.count = 0,
                // They say how the answer is written. Every search is in the order of the ids, and has a total.
                "_format" | "_pretty" | "_total" | "_sort" => {}
                _ if known.contains(&name.as_str()) => asked.criteria.push((name, value)),
                _ if is_strict => return Err(Refusal::new(&name, "it is not a search parameter here").into()),
                _ => asked.ignored.push(ignored(Refusal::new(&name, "").parameter.as_str())),
            }
        }
        Ok(asked)
    }

    /// The page of what was found, all of it in its order, at the URL of the type.
    pub(super) fn answer(&self, base: &str, found: Vec<Listed<'_>>) -> Result<HttpResponse, Failure> {
        let total = found.len();
        let page: Vec<Listed<'_>> = found.into_iter().skip(self.offset).take(self.count).collect();
        let remark = (!self.ignored.is_empty()).then(|| render::outcome(&self.ignored)).transpose()?;
        let matches = page.iter().map(|listed| BundleEntry {
            full_url: Some(listed.url.as_str().into()),
            resource: Some(&listed.body),
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
            url: self.url(base, offset).into(),
        };
        let mut links = vec![link("self", self.offset)];
        let next = self.offset.saturating_add(self.count);
        if self.count > 0 && next < total {
            links.push(link("next", next));
        }
        let body = fhir_wire::bundle(&Bundle {
            total: u32::try_from(total).ok(),
            link: links,
            entry: matches.chain(remark).collect(),
            ..Bundle::new(BundleType::Searchset)
        })?;
        Ok(HttpResponse::Ok().content_type(outcome::CONTENT_TYPE).body(body))
    }

    /// The URL of a page.
    fn url(&self, base: &str, offset: usize) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(&self.criteria).append_pair("_count", &self.count.to_string());
        if offset > 0 {
            query.append_pair("_offset", &offset.to_string());
        }
        format!("{base}?{}", query.finish())
    }
}

fn number(name: &str, text: &str) -> Result<usize, Failure> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Refusal::new(name, "it is a whole number, from 0").into());
    }
    // What is beyond usize is beyond every list as well.
    Ok(text.parse().unwrap_or(usize::MAX))
}
