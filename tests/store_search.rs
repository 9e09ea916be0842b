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

use databases::TestDatabase;
use serde_json::{Value, json};
use spinemet::fhir::search::{Context, Key, Order, Query};
use spinemet::store::{Draft, History, Position, Search, Store, Stored};

const TENANT: &str = "hospital-a";
const TYPE: &str = "RiskAssessment";
const METHODS: &str = "https://spinemet.org/fhir/CodeSystem/instrument";

on_both_databases!(
    every_search_finds_what_a_list_finds_in_every_order_and_page_size,
    pages_stay_as_they_were_while_others_write,
    history_has_every_version_the_latest_first,
    what_is_purged_is_found_no_more_and_its_history_says_deleted,
    a_revision_takes_the_place_of_the_version_that_it_expects_and_of_no_other,
);

/// What a resource of the list is like.
#[derive(Debug, Clone)]
struct Known {
    id: String,
    patient: usize,
    method: &'static str,
    status: &'static str,
    /// Seconds since 1970.
    date: i64,
    probability: Option<f64>,
    identifier: Option<usize>,
    updated: i64,
}

impl Known {
    fn number(number: usize) -> Self {
        Self {
            id: format!("id-{:03}", number * 7919 % 1000),
            patient: number % 7,
            method: ["tomita", "sins", "guidance"][number / 3 % 3],
            status: if number.is_multiple_of(5) { "preliminary" } else { "final" },
            // Many share a second, and the order is not that of storing.
            date: 1_767_225_600 + i64::try_from(number * 37 % 60).unwrap() * 86_400,
            probability: number
                .is_multiple_of(4)
                .then(|| f64::from(u8::try_from(number % 100).unwrap()) / 100.0),
            identifier: number.is_multiple_of(3).then_some(number % 10),
            updated: 0,
        }
    }

    fn draft(&self) -> Draft {
        let mut body = json!({
            "resourceType": TYPE,
            "id": self.id,
            "status": self.status,
            "method": {"coding": [{"system": METHODS, "code": self.method}]},
            "subject": {"reference": format!("Patient/{}", self.patient)},
            "occurrenceDateTime": instant(self.date),
        });
        if let Some(probability) = self.probability {
            body["prediction"] = json!([{"probabilityDecimal": probability}]);
        }
        if let Some(identifier) = self.identifier {
            body["identifier"] = json!([{"system": "urn:x", "value": identifier.to_string()}]);
        }
        let subject = Some(format!("Patient/{}", self.patient));
        Draft::new(TYPE, self.id.clone(), subject, body.to_string().into_bytes())
            .with_subject_identifier("urn:mrn", &format!("mrn-{}", self.patient))
    }
}

fn instant(seconds: i64) -> String {
    jiff::Timestamp::from_second(seconds).unwrap().to_string()
}

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

type Matches = Box<dyn Fn(&Known) -> bool>;

/// Searches, and what they mean.
fn searches(all: &[Known]) -> Vec<(String, Matches)> {
    let middle = all[100].updated;
    let middle_text = format!("{:.6}", jiff::Timestamp::from_microsecond(middle).unwrap());
    let day = 1_767_225_600 + 30 * 86_400;
    let date = instant(day)[..10].to_owned();
    let case = |text: &str, matches: Matches| (text.to_owned(), matches);
    vec![
        case("", Box::new(|_| true)),
        case("patient=3", Box::new(|known| known.patient == 3)),
        case("subject=Patient/3", Box::new(|known| known.patient == 3)),
        case("subject:Patient=3,4", Box::new(|known| matches!(known.patient, 3 | 4))),
        case("subject=Group/3", Box::new(|_| false)),
        case("patient=3&subject=Patient/4", Box::new(|_| false)),
        case("subject:identifier=urn:mrn|mrn-2", Box::new(|known| known.patient == 2)),
        case("patient.identifier=mrn-2", Box::new(|known| known.patient == 2)),
        case("subject:identifier=urn:other|mrn-2", Box::new(|_| false)),
        case("method=sins", Box::new(|known| known.method == "sins")),
        case("method=sins,tomita", Box::new(|known| known.method != "guidance")),
        case(&format!("method={METHODS}|sins"), Box::new(|known| known.method == "sins")),
        case(&format!("method={METHODS}|"), Box::new(|_| true)),
        case("method=|sins", Box::new(|_| false)),
        case("method:not=sins", Box::new(|known| known.method != "sins")),
        case("method:not=sins,tomita", Box::new(|known| known.method == "guidance")),
        case("method=sins&patient=1", Box::new(|known| known.method == "sins" && known.patient == 1)),
        case(
            "method=sins,guidance&status=final,preliminary&patient=1,2",
            Box::new(|known| {
                known.method != "tomita"
                    && known.status != "entered-in-error"
                    && matches!(known.patient, 1 | 2)
            }),
        ),
        case("status=entered-in-error", Box::new(|known| known.status == "entered-in-error")),
        case("status:not=entered-in-error", Box::new(|known| known.status != "entered-in-error")),
        case(
            "status:not=final&method=sins",
            Box::new(|known| known.status != "final" && known.method == "sins"),
        ),
        case("identifier=urn:x|4", Box::new(|known| known.identifier == Some(4))),
        case("identifier:missing=true", Box::new(|known| known.identifier.is_none())),
        case("identifier:missing=false", Box::new(|known| known.identifier.is_some())),
        case("condition:missing=true", Box::new(|_| true)),
        case("encounter=Encounter/1", Box::new(|_| false)),
        case("probability=0.24", Box::new(|known| known.probability == Some(0.24))),
        case("probability=gt0.24", Box::new(|known| known.probability.is_some_and(|number| number > 0.24))),
        case(
            "probability=le0.24,0.92",
            Box::new(|known| {
                known.probability.is_some_and(|number| number <= 0.24 || (number - 0.92).abs() < 0.001)
            }),
        ),
        case("probability:missing=true", Box::new(|known| known.probability.is_none())),
        case("_id=id-000,id-919,id-nothing", Box::new(|known| known.id == "id-000" || known.id == "id-919")),
        case("_id=id-000&status=final", Box::new(|_| false)),
        case(&format!("_lastUpdated=gt{middle_text}"), Box::new(move |known| known.updated > middle)),
        case(&format!("_lastUpdated=ge{middle_text}"), Box::new(move |known| known.updated >= middle)),
        case(&format!("_lastUpdated=lt{middle_text}"), Box::new(move |known| known.updated < middle)),
        case(&format!("_lastUpdated={middle_text}"), Box::new(move |known| known.updated == middle)),
        case(
            &format!("_lastUpdated=gt{middle_text}&method=sins"),
            Box::new(move |known| known.updated > middle && known.method == "sins"),
        ),
        case("_lastUpdated=lt2001", Box::new(|_| false)),
        case(&format!("date={date}"), Box::new(move |known| known.date == day)),
        case(&format!("date=ne{date}"), Box::new(move |known| known.date != day)),
        case(&format!("date=gt{date}"), Box::new(move |known| known.date > day)),
        case(&format!("date=ge{date}"), Box::new(move |known| known.date >= day)),
        case(&format!("date=lt{date}"), Box::new(move |known| known.date < day)),
        case(&format!("date=le{date}"), Box::new(move |known| known.date <= day)),
        case(&format!("date=sa{date}"), Box::new(move |known| known.date > day)),
        case(&format!("date=eb{date}"), Box::new(move |known| known.date < day)),
        case("date=2026-01", Box::new(|known| instant(known.date).starts_with("2026-01"))),
        case(
            &format!("date=ge{date}&date=lt2026-02-10&method=sins"),
            Box::new(move |known| {
                known.date >= day && instant(known.date).as_str() < "2026-02-10" && known.method == "sins"
            }),
        ),
        case("date:missing=true", Box::new(|_| false)),
        case("date:missing=false&patient=1", Box::new(|known| known.patient == 1)),
        case("_profile=http://nobody", Box::new(|_| false)),
        case("_tag:not=x", Box::new(|_| true)),
        case("_security=x", Box::new(|_| false)),
        case("_source=urn:x", Box::new(|_| false)),
        case("risk=high", Box::new(|_| false)),
        case("performer:missing=true&patient=6", Box::new(|known| known.patient == 6)),
    ]
}

fn parse(text: &str) -> Query {
    let pairs: Vec<(String, String)> = text
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let context =
        Context { resource_type: TYPE, base: "http://here/fhir/R4", profiles: &[], now: 0, is_strict: true };
    Query::parse(&pairs, &context).unwrap()
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
        let query = parse(&text);
        let search = Search { tenant: TENANT, resource_type: TYPE, conditions: &query.conditions, snapshot };
        let expected: Vec<&Known> = all.iter().filter(|known| matches(known)).collect();
        assert_eq!(store.count(&search).await.unwrap(), expected.len() as u64, "{text}");
        let usual = store.usual_order(&search).await.unwrap();
        for order in ORDERS.into_iter().chain([usual]) {
            let expected = sorted(expected.clone(), order);
            for size in [13, 1000] {
                let found = all_pages(&store, &search, order, size).await;
                let found: Vec<&String> = found.iter().map(|stored| &stored.id).collect();
                assert_eq!(found, expected.iter().collect::<Vec<_>>(), "{text} {order:?} {size}");
            }
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
    let query = parse("method=sins");
    let search = Search { tenant: TENANT, resource_type: TYPE, conditions: &query.conditions, snapshot };
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
            let query = parse(text);
            let search =
                Search { tenant: TENANT, resource_type: TYPE, conditions: &query.conditions, snapshot };
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
