//! Searching the store, on SQLite and on PostgreSQL alike, held against a list in memory: every search finds exactly what
//! it should, in every order, on pages of every size, while others write.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod databases;
mod in_memory;

use databases::{TestDatabase, query};
use in_memory::{Known, TYPE, searches};
use serde_json::{Value, json};
use spinemet::fhir::search::{Key, Order};
use spinemet::store::{Draft, History, Position, Search, Store, Stored};

const TENANT: &str = "hospital-a";

on_both_databases!(
    every_search_finds_what_a_list_finds_in_every_order_and_page_size,
    pages_stay_as_they_were_while_others_write,
    history_has_every_version_the_latest_first,
    what_is_purged_is_found_no_more_and_its_history_says_deleted,
    a_revision_takes_the_place_of_the_version_that_it_expects_and_of_no_other,
    an_identifier_that_comes_later_finds_what_was_stored_earlier,
);

/// Stores resources in groups of several sizes, withdraws every tenth, and returns what is then current.
async fn fill(store: &Store) -> Vec<Known> {
    let mut all: Vec<Known> = (0..200).map(Known::number).collect();
    let mut begin = 0;
    for size in (1..).map(|step| step * 7 % 11 + 1) {
        let end = (begin + size).min(all.len());
        let group = &mut all[begin..end];
        let stored = store.put(TENANT, group.iter().map(Known::draft).collect()).await.unwrap();
        for (known, stored) in group.iter_mut().zip(stored) {
            known.updated = stored.last_updated.as_microsecond();
        }
        begin = end;
        if begin == all.len() {
            break;
        }
    }
    for known in all.iter_mut().step_by(10) {
        known.status = "entered-in-error";
        let stored = store.revise(TENANT, known.draft(), 1).await.unwrap().unwrap();
        known.updated = stored.last_updated.as_microsecond();
    }
    // What another tenant and another type have must not be found.
    store.put("hospital-b", all.iter().map(Known::draft).collect()).await.unwrap();
    let other = Draft::new("Provenance", "x".to_owned(), None, b"{\"status\":\"final\"}".to_vec());
    store.put(TENANT, vec![other]).await.unwrap();
    all
}

const ORDERS: [Order; 6] = [
    Order { by: Key::Updated, is_descending: false },
    Order { by: Key::Updated, is_descending: true },
    Order { by: Key::Date, is_descending: false },
    Order { by: Key::Date, is_descending: true },
    Order { by: Key::Id, is_descending: false },
    Order { by: Key::Id, is_descending: true },
];

fn sorted(mut known: Vec<&Known>, order: Order) -> Vec<String> {
    known.sort_by(|one, other| match order.by {
        Key::Updated => one.updated.cmp(&other.updated),
        Key::Date => (one.date, one.updated).cmp(&(other.date, other.updated)),
        Key::Id => one.id.cmp(&other.id),
    });
    if order.is_descending {
        known.reverse();
    }
    known.into_iter().map(|known| known.id.clone()).collect()
}

async fn every_search_finds_what_a_list_finds_in_every_order_and_page_size(database: &TestDatabase) {
    let store = database.open().await;
    let all = fill(&store).await;
    let snapshot = store.snapshot().await.unwrap();
    for (text, matches) in searches(&all) {
        let asked = query(&text);
        let search = Search { tenant: TENANT, resource_type: TYPE, conditions: &asked.conditions, snapshot };
        let expected: Vec<&Known> = all.iter().filter(|known| matches(known)).collect();
        assert_eq!(store.count(&search).await.unwrap(), expected.len() as u64, "{text}");
        let usual = store.usual_order(&search).await.unwrap();
        let in_pages = ORDERS.into_iter().map(|order| (order, 13));
        for (order, size) in in_pages.chain([(usual, 1000)]) {
            let expected = sorted(expected.clone(), order);
            let found = all_pages(&store, &search, order, size).await;
            let found: Vec<&String> = found.iter().map(|stored| &stored.id).collect();
            assert_eq!(found, expected.iter().collect::<Vec<_>>(), "{text} {order:?} {size}");
        }
    }
}

async fn all_pages(store: &Store, search: &Search<'_>, order: Order, size: usize) -> Vec<Stored> {
    let mut all = Vec::new();
    let mut after: Option<Position> = None;
    loop {
        let page = store.search(search, order, after.as_ref(), size).await.unwrap();
        assert!(page.found.len() <= size);
        assert!(page.next.is_none() || page.found.len() == size);
        all.extend(page.found);
        after = page.next;
        if after.is_none() {
            return all;
        }
    }
}

async fn pages_stay_as_they_were_while_others_write(database: &TestDatabase) {
    let store = database.open().await;
    let all = fill(&store).await;
    let snapshot = store.snapshot().await.unwrap();
    let asked = query("method=sins");
    let search = Search { tenant: TENANT, resource_type: TYPE, conditions: &asked.conditions, snapshot };
    for order in ORDERS {
        let before: Vec<Stored> = all_pages(&store, &search, order, 1000).await;
        let mut after = None;
        let mut seen = Vec::new();
        loop {
            let page = store.search(&search, order, after.as_ref(), 5).await.unwrap();
            seen.extend(page.found);
            after = page.next;
            if after.is_none() {
                break;
            }
            // New ones, and new versions of those that are still to come.
            let number = 1000 + seen.len();
            store
                .put(
                    TENANT,
                    vec![Known { id: format!("{order:?}{number}"), ..Known::number(number) }.draft()],
                )
                .await
                .unwrap();
            let known = &all[number % all.len()];
            let current = store.read(TENANT, TYPE, &known.id).await.unwrap().unwrap();
            store.revise(TENANT, known.draft(), current.version).await.unwrap().unwrap();
        }
        assert_eq!(seen, before, "{order:?}");
        assert_eq!(store.count(&search).await.unwrap(), before.len() as u64);
    }
}

async fn history_has_every_version_the_latest_first(database: &TestDatabase) {
    let store = database.open().await;
    let all = fill(&store).await;
    let snapshot = store.snapshot().await.unwrap();
    let history = History { tenant: TENANT, resource_type: TYPE, id: None, since: None, snapshot };
    assert_eq!(store.count_history(&history).await.unwrap(), 220);
    let mut seen = Vec::new();
    let mut before = None;
    loop {
        let (versions, has_more) = store.history(&history, before, 17).await.unwrap();
        before = versions.last().map(|stored| stored.last_updated.as_microsecond());
        seen.extend(versions);
        if !has_more {
            break;
        }
        store.put(TENANT, vec![Known::number(300 + seen.len()).draft()]).await.unwrap();
    }
    assert_eq!(seen.len(), 220);
    assert!(seen.windows(2).all(|pair| pair[0].last_updated > pair[1].last_updated));

    let one = History { id: Some(&all[0].id), ..history };
    let (versions, _) = store.history(&one, None, 100).await.unwrap();
    let numbers: Vec<u32> = versions.iter().map(|stored| stored.version).collect();
    assert_eq!(numbers, [2, 1]);
    for version in versions {
        let read = store.read_version(TENANT, TYPE, &version.id, version.version).await.unwrap();
        assert_eq!(read, Some(version));
    }
    assert_eq!(store.read_version(TENANT, TYPE, &all[0].id, 3).await.unwrap(), None);

    let since = History { since: Some(all[190].updated), ..history };
    let (versions, _) = store.history(&since, None, 1000).await.unwrap();
    assert!(versions.iter().all(|stored| stored.last_updated.as_microsecond() >= all[190].updated));
    let after = seen.iter().filter(|stored| stored.last_updated.as_microsecond() >= all[190].updated).count();
    assert_eq!(versions.len(), after);
}

async fn what_is_purged_is_found_no_more_and_its_history_says_deleted(database: &TestDatabase) {
    let store = database.open().await;
    let all = fill(&store).await;
    let middle = all[101].updated;
    let old: Vec<&Known> = all.iter().filter(|known| known.updated < middle).collect();
    let begun = store.snapshot().await.unwrap();
    let before = jiff::Timestamp::from_microsecond(middle).unwrap();
    assert_eq!(store.purge(TENANT, TYPE, before).await.unwrap(), old.len() as u64);
    assert_eq!(store.purge(TENANT, TYPE, before).await.unwrap(), 0);
    for snapshot in [begun, store.snapshot().await.unwrap()] {
        for text in
            ["", "method=sins", "patient=3", "date=ge2020", "probability=ge0", "identifier:missing=true"]
        {
            let asked = query(text);
            let search =
                Search { tenant: TENANT, resource_type: TYPE, conditions: &asked.conditions, snapshot };
            let found = all_pages(&store, &search, ORDERS[0], 1000).await;
            assert!(!found.is_empty());
            assert!(
                found.iter().all(|stored| stored.body.is_some() && stored.last_updated >= before),
                "{text}"
            );
        }
    }
    for known in &old {
        let last = store.read(TENANT, TYPE, &known.id).await.unwrap().unwrap();
        assert_eq!((last.version, last.body.as_ref()), (2, None), "{known:?}");
        assert_eq!(store.read_version(TENANT, TYPE, &known.id, 1).await.unwrap(), None);
    }
    // Nothing that could find them is left.
    let left: Vec<(i64,)> = store
        .fetch(spinemet::store::Sql::new(
            "SELECT count(*) FROM posting WHERE NOT EXISTS \
             (SELECT 1 FROM resource_version r WHERE r.sequence = posting.sequence)",
        ))
        .await
        .unwrap();
    assert_eq!(left, [(0,)]);
    // What another has is its own business.
    let search =
        Search { tenant: "hospital-b", resource_type: TYPE, conditions: &[], snapshot: i64::MAX - 1 };
    assert_eq!(store.count(&search).await.unwrap(), 200);
    // The same facts again are a new version, and found again.
    let again = store.put(TENANT, vec![old[0].draft()]).await.unwrap().remove(0);
    assert_eq!(again.version, 3);
    assert_eq!(store.read(TENANT, TYPE, &old[0].id).await.unwrap(), Some(again));
}

async fn a_revision_takes_the_place_of_the_version_that_it_expects_and_of_no_other(database: &TestDatabase) {
    let store = database.open().await;
    let known = Known::number(1);
    assert_eq!(store.revise(TENANT, known.draft(), 1).await.unwrap(), None);
    store.put(TENANT, vec![known.draft()]).await.unwrap();
    assert_eq!(store.revise(TENANT, known.draft(), 2).await.unwrap(), None);
    // Many at once: one has it.
    let revisions: Vec<_> = (0..20)
        .map(|_| {
            let (store, draft) = (store.clone(), known.draft());
            tokio::spawn(async move { store.revise(TENANT, draft, 1).await.unwrap() })
        })
        .collect();
    let mut done = 0;
    for revision in revisions {
        done += usize::from(revision.await.unwrap().is_some());
    }
    assert_eq!(done, 1);
    let stored = store.read(TENANT, TYPE, &known.id).await.unwrap().unwrap();
    assert_eq!(stored.version, 2);
    // What is stored again is not a third version.
    let again = store.put(TENANT, vec![known.draft()]).await.unwrap().remove(0);
    assert_eq!(again, stored);
    let body: Value = serde_json::from_slice(stored.json()).unwrap();
    assert_eq!(body["id"], known.id);
}

async fn an_identifier_that_comes_later_finds_what_was_stored_earlier(database: &TestDatabase) {
    let store = database.open().await;
    let draft = |id: &str, patient: &str| {
        let body = json!({"resourceType": TYPE, "id": id, "subject": {"reference": patient}});
        Draft::new(TYPE, id.to_owned(), Some(patient.to_owned()), body.to_string().into_bytes())
    };
    let found = async |tenant: &str, text: &str| -> Vec<String> {
        let (asked, snapshot) = (query(text), store.snapshot().await.unwrap());
        let search = Search { tenant, resource_type: TYPE, conditions: &asked.conditions, snapshot };
        let found = all_pages(&store, &search, ORDERS[0], 1000).await;
        assert_eq!(store.count(&search).await.unwrap(), found.len() as u64);
        found.into_iter().map(|stored| stored.id).collect()
    };
    store.put(TENANT, vec![draft("first", "Patient/1"), draft("other", "Patient/2")]).await.unwrap();
    assert!(found(TENANT, "subject:identifier=urn:mrn|7").await.is_empty());
    // The same resource again, with what is known of the patient by now.
    let known = draft("first", "Patient/1").with_subject_identifier("urn:mrn", "7");
    store.put(TENANT, vec![known]).await.unwrap();
    store.put(TENANT, vec![draft("later", "Patient/1")]).await.unwrap();
    for text in
        ["subject:identifier=urn:mrn|7", "patient:identifier=7", "subject.identifier=urn:mrn|,urn:x|1"]
    {
        assert_eq!(found(TENANT, text).await, ["first", "later"], "{text}");
    }
    store.revise(TENANT, draft("first", "Patient/1"), 1).await.unwrap().unwrap();
    assert_eq!(found(TENANT, "subject:identifier=urn:mrn|7").await, ["later", "first"], "a new version, too");
    assert_eq!(found(TENANT, "subject:identifier=urn:mrn|7&_id=first").await, ["first"]);
    // Another's patient of the same name is another patient.
    store.put("hospital-b", vec![draft("theirs", "Patient/1")]).await.unwrap();
    assert!(found("hospital-b", "subject:identifier=urn:mrn|7").await.is_empty());

    let kept = async || -> i64 {
        let sql = spinemet::store::Sql::new("SELECT count(*) FROM subject_identifier");
        store.fetch::<(i64,)>(sql).await.unwrap()[0].0
    };
    assert!(kept().await > 0);
    store.purge(TENANT, TYPE, jiff::Timestamp::now()).await.unwrap();
    assert_eq!(kept().await, 0, "it goes with the last that is stored of the patient");
}
