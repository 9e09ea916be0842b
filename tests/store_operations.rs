//! What the store promises to exports, subscriptions, replays and repeated requests, on SQLite and on PostgreSQL alike.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod databases;

use databases::TestDatabase;
use jiff::Timestamp;
use serde_json::json;
use spinemet::store::{
    ArchivedAssessment, Draft, ExportJob, Exported, GivenAnswer, Progress, Store, SubscriptionEvent,
    SubscriptionRow,
};

const TENANT: &str = "hospital-a";

on_both_databases!(
    an_archived_assessment_is_read_back_and_found_page_by_page,
    an_answer_is_kept_under_its_key_until_it_expires,
    an_export_is_a_range_of_what_stood_at_its_snapshot,
    there_are_so_many_exports_and_no_more,
    one_process_alone_tends_to_a_subscription,
    a_subscription_is_changed_only_in_the_version_that_is_expected,
    what_is_purged_takes_along_what_it_was_made_from,
    nothing_is_left_that_would_find_what_was_purged_however_much_it_was,
);

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + second).unwrap()
}

fn assessment(id: &str, subject: &str) -> Draft {
    let body = json!({ "resourceType": "RiskAssessment", "id": id, "subject": { "reference": subject } });
    Draft::new("RiskAssessment", id.to_owned(), Some(subject.to_owned()), body.to_string().into_bytes())
}

async fn archive(store: &Store, id: &str, patient: &str, second: i64) {
    let archived = ArchivedAssessment {
        id: id.to_owned(),
        patient: patient.to_owned(),
        as_of: at(second),
        body: format!("body of {id}").into_bytes(),
    };
    let drafts = vec![assessment(&format!("{id}-guidance"), patient)];
    store.write(TENANT, drafts, vec![archived.statement(TENANT).unwrap()]).await.unwrap();
}

async fn an_archived_assessment_is_read_back_and_found_page_by_page(database: &TestDatabase) {
    let store = database.open().await;
    for (id, patient, second) in
        [("a", "Patient/1", 1), ("b", "Patient/1", 3), ("c", "Patient/2", 2), ("d", "Patient/1", 2)]
    {
        archive(&store, id, patient, second).await;
    }
    assert_eq!(store.archived(TENANT, "c").await.unwrap().unwrap(), b"body of c");
    assert_eq!(store.archived("hospital-b", "c").await.unwrap(), None);
    let ids = async |after: &str, latest_only: bool, limit: i64| -> Vec<String> {
        let page = store.archived_after(TENANT, after, latest_only, limit).await.unwrap();
        page.into_iter().map(|(id, _)| id).collect()
    };
    assert_eq!(ids("", false, 10).await, ["a", "b", "c", "d"]);
    assert_eq!(ids("a", false, 2).await, ["b", "c"]);
    assert_eq!(ids("", true, 10).await, ["b", "c"]);
}

async fn an_answer_is_kept_under_its_key_until_it_expires(database: &TestDatabase) {
    let store = database.open().await;
    let answer = |body: &str| GivenAnswer { request: b"r".to_vec(), body: body.as_bytes().to_vec() };
    assert!(store.keep_answer(TENANT, b"k", &answer("one"), at(0), at(10)).await.unwrap());
    assert!(!store.keep_answer(TENANT, b"k", &answer("two"), at(1), at(11)).await.unwrap());
    assert_eq!(store.given_answer(TENANT, b"k", at(9)).await.unwrap(), Some(answer("one")));
    assert_eq!(store.given_answer(TENANT, b"k", at(10)).await.unwrap(), None);
    assert_eq!(store.given_answer("hospital-b", b"k", at(9)).await.unwrap(), None);
    assert!(store.keep_answer(TENANT, b"k", &answer("three"), at(10), at(20)).await.unwrap());
    assert_eq!(store.given_answer(TENANT, b"k", at(11)).await.unwrap(), Some(answer("three")));
}

async fn an_export_is_a_range_of_what_stood_at_its_snapshot(database: &TestDatabase) {
    let store = database.open().await;
    let ids: Vec<String> = (0..7).map(|number| format!("r{number}")).collect();
    for id in &ids {
        store.put(TENANT, vec![assessment(id, "Patient/1")]).await.unwrap();
    }
    let snapshot = store.snapshot().await.unwrap();
    store.put(TENANT, vec![assessment("later", "Patient/1")]).await.unwrap();
    store.revise(TENANT, assessment("r0", "Patient/1"), 1).await.unwrap().unwrap();
    let of = |patients: &'static [String]| Exported {
        tenant: TENANT,
        resource_type: "RiskAssessment",
        snapshot,
        patients,
    };
    let (mut after, mut found) = (0, Vec::new());
    loop {
        let (through, count) = store.end_of_export_file(&of(&[]), after, 3).await.unwrap();
        let file = store.exported(&of(&[]), after, through, 100).await.unwrap();
        assert_eq!(file.len(), usize::try_from(count).unwrap());
        found.extend(file.into_iter().map(|stored| (stored.id, stored.version)));
        if count < 3 {
            break;
        }
        after = through;
    }
    assert_eq!(found, ids.iter().map(|id| (id.clone(), 1)).collect::<Vec<_>>());
    let nobody: &'static [String] = Box::leak(Box::new(["Patient/2".to_owned()]));
    assert_eq!(store.end_of_export_file(&of(nobody), 0, 3).await.unwrap(), (snapshot, 0));
}

async fn there_are_so_many_exports_and_no_more(database: &TestDatabase) {
    let store = database.open().await;
    let job = |id: &str, second| ExportJob {
        id: id.to_owned(),
        snapshot: 1,
        expires: at(second),
        request: "{}".to_owned(),
        files: None,
    };
    assert!(store.add_export(TENANT, &job("a", 5), at(0), 2).await.unwrap());
    assert!(store.add_export(TENANT, &job("b", 9), at(0), 2).await.unwrap());
    assert!(!store.add_export(TENANT, &job("c", 9), at(0), 2).await.unwrap());
    assert!(store.add_export("hospital-b", &job("a", 9), at(0), 2).await.unwrap());
    assert!(store.add_export(TENANT, &job("c", 9), at(5), 2).await.unwrap(), "one has expired");
    store.lay_out_export(TENANT, "b", "[]").await.unwrap();
    store.lay_out_export(TENANT, "b", "[1]").await.unwrap();
    assert_eq!(store.export(TENANT, "b", at(6)).await.unwrap().unwrap().files.as_deref(), Some("[]"));
    assert_eq!(store.export(TENANT, "b", at(9)).await.unwrap(), None);
    assert!(store.cancel_export(TENANT, "b").await.unwrap());
    assert!(!store.cancel_export(TENANT, "b").await.unwrap());
}

fn subscription() -> SubscriptionRow {
    SubscriptionRow {
        tenant: TENANT.to_owned(),
        id: "s".to_owned(),
        version: 1,
        updated: at(0),
        owner: None,
        status: "active".to_owned(),
        body: "{}".to_owned(),
        problem: None,
        progress: Progress::default(),
    }
}

async fn one_process_alone_tends_to_a_subscription(database: &TestDatabase) {
    let (first, second) = (database.open().await, database.open().await);
    store_before(&first).await;
    assert!(first.add_subscription(&subscription(), 1).await.unwrap());
    assert!(
        !first.add_subscription(&SubscriptionRow { id: "t".to_owned(), ..subscription() }, 1).await.unwrap()
    );
    let mut row = second.subscriptions_to_tend(100).await.unwrap().remove(0);
    assert!(first.lease_subscription(&row, "one", 100, 200).await.unwrap());
    assert!(!second.lease_subscription(&row, "two", 150, 250).await.unwrap());
    assert!(second.subscriptions_to_tend(150).await.unwrap().is_empty());

    first.put(TENANT, vec![assessment("a", "Patient/1"), assessment("b", "Patient/2")]).await.unwrap();
    let changes = first.changes_after(TENANT, row.progress.position, 10).await.unwrap();
    assert_eq!(
        changes.iter().map(|change| change.id.as_str()).collect::<Vec<_>>(),
        ["a", "b"],
        "from its start on"
    );
    let events: Vec<SubscriptionEvent> = changes
        .iter()
        .zip(1..)
        .map(|(change, number)| SubscriptionEvent {
            number,
            resource: change.id.clone(),
            version: change.version,
            stored: change.sequence,
        })
        .collect();
    row.progress = Progress { position: changes[1].sequence, events: 2, ..Progress::default() };
    assert!(first.advance_subscription(&row, "one", 300, &events).await.unwrap());
    assert!(first.advance_subscription(&row, "one", 300, &events).await.unwrap(), "the same events again");
    assert!(!second.advance_subscription(&row, "two", 300, &[]).await.unwrap(), "whose lease it is not");
    assert_eq!(second.subscription_events(TENANT, "s", 1, 9, 9).await.unwrap(), events);
    assert!(second.lease_subscription(&row, "two", 300, 400).await.unwrap(), "when the lease has ended");
    assert!(!first.advance_subscription(&row, "one", 500, &[]).await.unwrap());
    assert_eq!(first.latest_change(TENANT).await.unwrap(), changes[1].sequence);
    row.progress.delivered = 1;
    first.forget_events(&row, i64::MAX).await.unwrap();
    assert_eq!(first.subscription_events(TENANT, "s", 1, 9, 9).await.unwrap(), events[1..]);
    assert!(first.remove_subscription(TENANT, "s").await.unwrap());
    assert!(first.subscription_events(TENANT, "s", 1, 9, 9).await.unwrap().is_empty());
}

async fn store_before(store: &Store) {
    store.put(TENANT, vec![assessment("before", "Patient/1")]).await.unwrap();
}

async fn a_subscription_is_changed_only_in_the_version_that_is_expected(database: &TestDatabase) {
    let store = database.open().await;
    store.add_subscription(&subscription(), 10).await.unwrap();
    let changed = SubscriptionRow { version: 2, body: "{\"a\":1}".to_owned(), ..subscription() };
    assert!(!store.change_subscription(&changed, 7).await.unwrap());
    assert!(store.change_subscription(&changed, 1).await.unwrap());
    let read = store.subscription(TENANT, "s").await.unwrap().unwrap();
    assert_eq!((read.version, read.body.as_str()), (2, "{\"a\":1}"));
    assert!(
        !store.lease_subscription(&subscription(), "one", 0, 9).await.unwrap(),
        "of a version that is no more"
    );
    assert_eq!(store.subscriptions("hospital-b").await.unwrap(), []);
}

async fn what_is_purged_takes_along_what_it_was_made_from(database: &TestDatabase) {
    let store = database.open().await;
    archive(&store, "a", "Patient/1", 1).await;
    archive(&store, "ab", "Patient/1", 2).await;
    tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    let between = Timestamp::now();
    tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    archive(&store, "b", "Patient/1", 3).await;
    store.purge(TENANT, "RiskAssessment", between).await.unwrap();
    assert_eq!(store.archived(TENANT, "a").await.unwrap(), None);
    assert_eq!(store.archived(TENANT, "ab").await.unwrap(), None);
    assert!(store.archived(TENANT, "b").await.unwrap().is_some());
}

async fn nothing_is_left_that_would_find_what_was_purged_however_much_it_was(database: &TestDatabase) {
    let store = database.open().await;
    let many = |name: &str| -> Vec<Draft> {
        let body = |number: usize| {
            json!({
                "status": "final", "subject": { "reference": format!("Patient/{number}") },
                "identifier": [{ "system": "urn:x", "value": number.to_string() }, { "system": "urn:y", "value": "1" }],
                "prediction": [{ "probabilityDecimal": number }],
            })
        };
        let draft = |number: usize| {
            let id = format!("{name}-{number}");
            Draft::new("RiskAssessment", id, None, body(number).to_string().into_bytes())
        };
        (0..1100).map(draft).collect()
    };
    let count = async |table: &str| -> i64 {
        let rows: Vec<(i64,)> =
            store.fetch(spinemet::store::Sql::new(&format!("SELECT count(*) FROM {table}"))).await.unwrap();
        rows[0].0
    };
    store.put(TENANT, many("young")).await.unwrap();
    let tables = ["posting", "number_posting"];
    let kept = [count(tables[0]).await, count(tables[1]).await];
    assert!(kept[0] > 10_000, "more than is swept at once: {kept:?}");
    store.purge(TENANT, "RiskAssessment", Timestamp::UNIX_EPOCH).await.unwrap();
    store.put("hospital-b", many("old")).await.unwrap();
    assert_eq!([count(tables[0]).await, count(tables[1]).await], [2 * kept[0], 2 * kept[1]]);
    tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    assert_eq!(store.purge("hospital-b", "RiskAssessment", Timestamp::now()).await.unwrap(), 1100);
    assert_eq!([count(tables[0]).await, count(tables[1]).await], kept);
}
