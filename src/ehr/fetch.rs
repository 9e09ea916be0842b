//! Fetching what did not come along: all queries at once, page after page, until the deadline.

use std::collections::HashSet;
use std::sync::Arc;

use tokio::task::JoinSet;
use tokio::time::Instant;
use url::Url;

use super::bearer::BearerToken;
use super::failure::FetchFailure;
use super::page::{Expected, Page};
use super::server::Server;

/// Data to fetch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The caller's name for it.
    pub key: &'static str,
    /// Where to begin.
    pub from: Start,
}

/// Where to begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Start {
    /// With a read or search relative to the base URL, as `Condition?patient=1`.
    Query(String),
    /// With the page after the one that is there, by the link that stands on it.
    NextPage(String),
}

/// What was fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The caller's name for it.
    pub key: &'static str,
    /// The resource, or the pages in their order: each a JSON object with a `resourceType`.
    pub pages: Vec<String>,
    /// Why there is not more, where there is more.
    pub failure: Option<FetchFailure>,
}

/// Fetches everything that is wanted, in the order in which it is wanted. What the deadline cuts off keeps the pages that
/// came before.
pub(super) async fn fetch(
    server: &Arc<Server>,
    wanted: Vec<Wanted>,
    token: Option<Arc<BearerToken>>,
    deadline: Instant,
) -> Vec<Found> {
    let order: Vec<&str> = wanted.iter().map(|wanted| wanted.key).collect();
    let mut tasks = JoinSet::new();
    for wanted in wanted {
        let (server, token) = (Arc::clone(server), token.clone());
        tasks.spawn(async move { pages(&server, wanted, token.as_deref(), deadline).await });
    }
    let mut found = Vec::new();
    while let Some(outcome) = tasks.join_next().await {
        // One that panicked found nothing; its data then counts as not had.
        found.extend(outcome.ok());
    }
    found.sort_by_key(|found| order.iter().position(|key| *key == found.key));
    for Found { key, failure, .. } in &found {
        if let Some(failure) = failure {
            tracing::warn!(key, %failure, "data could not be fetched from the EHR");
        }
    }
    found
}

async fn pages(server: &Server, wanted: Wanted, token: Option<&BearerToken>, deadline: Instant) -> Found {
    let mut pages = Vec::new();
    let outcome = match wanted.from {
        Start::Query(query) => {
            let expected = Expected::of(&query);
            walk(server, server.base.query(&query), &expected, token, deadline, &mut pages).await
        }
        Start::NextPage(link) => {
            walk(server, server.base.sent_link(&link), &Expected::Page, token, deadline, &mut pages).await
        }
    };
    Found { key: wanted.key, pages, failure: outcome.err() }
}

/// Reads pages from `next` on.
async fn walk(
    server: &Server,
    mut next: Option<Url>,
    expected: &Expected,
    token: Option<&BearerToken>,
    deadline: Instant,
    pages: &mut Vec<String>,
) -> Result<(), FetchFailure> {
    let mut seen = HashSet::new();
    let mut left_bytes = server.response_limit_bytes;
    loop {
        let url = next.ok_or(FetchFailure::LeadsElsewhere)?;
        if seen.len() >= server.page_limit {
            return Err(FetchFailure::TooManyPages);
        }
        if !seen.insert(url.clone()) {
            return Err(FetchFailure::GoesRound);
        }
        let body = server.get(&url, token, left_bytes, deadline).await?;
        left_bytes = left_bytes.saturating_sub(body.len());
        let page = Page::read(body, expected)?;
        pages.push(page.text);
        match page.next {
            Some(link) => next = server.base.link(&url, &link),
            None => return Ok(()),
        }
    }
}
