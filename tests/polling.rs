//! A poller misses nothing and counts nothing twice, however many write: on SQLite, and on a PostgreSQL with two replicas.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod databases;

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use databases::{TestDatabase, query};
use spinemet::fhir::search::{Key, Order};
use spinemet::store::{Draft, History, Search, Store, Stored};

const TENANT: &str = "hospital-a";
const TYPE: &str = "RiskAssessment";
const WRITERS: usize = 24;
/// How often each of them writes at least.
const WRITES: usize = 25;
/// When it gives up waiting for pollers.
const MOST_WRITES: usize = 40 * WRITES;
const POLLERS: usize = 6;
/// In how many rounds each poller has to have found something new before the writers stop.
const ROUNDS: usize = 4;
const IN_ORDER: Order = Order { by: Key::Updated, is_descending: false };

on_both_databases!(every_poller_sees_every_version_once_and_in_order);

async fn every_poller_sees_every_version_once_and_in_order(database: &TestDatabase) {
    // Two writers on one SQLite file are two processes that share it.
    let replicas = [database.open().await, database.open().await];
    let progress = Arc::new(Progress { writing: AtomicUsize::new(WRITERS), ..Progress::default() });
    let pollers: Vec<_> = (0..POLLERS)
        .map(|number| {
            let (store, progress) = (replicas[number % 2].clone(), Arc::clone(&progress));
            let poll = async move {
                match number % 3 {
                    0 => poll_by_search(&store, "", &progress, number).await,
                    1 => poll_by_search(&store, "&patient=1", &progress, number).await,
                    _ => poll_by_history(&store, &progress, number).await,
                }
            };
            tokio::spawn(poll)
        })
        .collect();
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let (store, progress) = (replicas[writer % 2].clone(), Arc::clone(&progress));
            tokio::spawn(async move {
                let mut written = 0;
                // On, until every poller has asked between writes: else it would show nothing.
                while written < WRITES || (written < MOST_WRITES && !progress.has_been_watched()) {
                    let drafts =
                        (0..=writer % 3).map(|part| draft(&format!("{writer}-{written}-{part}"))).collect();
                    store.put(TENANT, drafts).await.unwrap();
                    written += 1;
                }
                progress.writing.fetch_sub(1, Ordering::Release);
                written * (writer % 3 + 1)
            })
        })
        .collect();
    let mut written = 0;
    for writer in writers {
        written += writer.await.unwrap();
    }
    let snapshot = replicas[0].snapshot().await.unwrap();
    let search = Search { tenant: TENANT, resource_type: TYPE, conditions: &[], snapshot };
    let all = replicas[0].search(&search, IN_ORDER, None, written + 1).await.unwrap().found;
    assert_eq!(all.len(), written);
    for poller in pollers {
        let seen = poller.await.unwrap();
        assert!(seen == all, "{} of {} seen", seen.len(), all.len());
    }
    assert!(progress.has_been_watched(), "every poller asked while others wrote: {:?}", progress.rounds);
}

/// What writers and pollers know of each other.
#[derive(Default)]
struct Progress {
    /// How many still write.
    writing: AtomicUsize,
    /// In how many rounds each poller has found something new.
    rounds: [AtomicUsize; POLLERS],
}

impl Progress {
    fn has_been_watched(&self) -> bool {
        self.rounds.iter().all(|rounds| rounds.load(Ordering::Acquire) >= ROUNDS)
    }
}

/// Every version in the order in which it came: asks again and again for what was stored after the last it saw, page by
/// page, until nobody writes.
async fn poll_by_search(store: &Store, filter: &str, progress: &Progress, number: usize) -> Vec<Stored> {
    let mut seen: Vec<Stored> = Vec::new();
    loop {
        let is_last = progress.writing.load(Ordering::Acquire) == 0;
        let since = seen.last().map_or_else(|| "2001".to_owned(), |last| format!("{:.6}", last.last_updated));
        let asked = query(&format!("_lastUpdated=gt{since}{filter}"));
        let snapshot = store.snapshot().await.unwrap();
        let search = Search { tenant: TENANT, resource_type: TYPE, conditions: &asked.conditions, snapshot };
        let counted = store.count(&search).await.unwrap();
        let mut after = None;
        let before = seen.len();
        loop {
            let page = store.search(&search, IN_ORDER, after.as_ref(), 7).await.unwrap();
            seen.extend(page.found);
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!((seen.len() - before) as u64, counted, "the pages hold what was counted before them");
        progress.rounds[number].fetch_add(usize::from(seen.len() > before), Ordering::Release);
        if is_last {
            return seen;
        }
    }
}

/// The same by the history, which comes latest first and begins with what was seen last.
async fn poll_by_history(store: &Store, progress: &Progress, number: usize) -> Vec<Stored> {
    let mut seen: Vec<Stored> = Vec::new();
    let mut known = HashSet::new();
    loop {
        let is_last = progress.writing.load(Ordering::Acquire) == 0;
        let since = seen.last().map(|last| last.last_updated.as_microsecond());
        let snapshot = store.snapshot().await.unwrap();
        let history = History { tenant: TENANT, resource_type: TYPE, id: None, since, snapshot };
        let mut fresh = Vec::new();
        let mut before = None;
        loop {
            let (versions, has_more) = store.history(&history, before, 7).await.unwrap();
            before = versions.last().map(|last| last.last_updated.as_microsecond());
            fresh.extend(versions);
            if !has_more {
                break;
            }
        }
        fresh.reverse();
        let repeated =
            fresh.iter().filter(|version| known.contains(&(version.id.clone(), version.version))).count();
        assert_eq!(repeated, usize::from(since.is_some()), "only the last one comes again");
        fresh.retain(|version| known.insert((version.id.clone(), version.version)));
        progress.rounds[number].fetch_add(usize::from(!fresh.is_empty()), Ordering::Release);
        seen.extend(fresh);
        if is_last {
            return seen;
        }
    }
}

fn draft(id: &str) -> Draft {
    let body = format!(r#"{{"resourceType":"{TYPE}","id":"{id}","subject":{{"reference":"Patient/1"}}}}"#);
    Draft::new(TYPE, id.to_owned(), Some("Patient/1".to_owned()), body.into_bytes())
}
