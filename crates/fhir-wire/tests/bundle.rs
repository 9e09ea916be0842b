//! What a Bundle looks like when it leaves: the resources inside byte for byte as they were.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use fhir_wire::{
    Bundle, BundleEntry, BundleLink, BundleRequest, BundleResponse, BundleType, SearchMode, WireError, bundle,
};

const RESOURCE: &[u8] = br#"{"resourceType":"Basic","id":"1","value":1.500}"#;

fn entry(full_url: &'static str) -> BundleEntry<'static> {
    BundleEntry { full_url: Some(full_url.into()), resource: Some(RESOURCE), ..BundleEntry::default() }
}

fn written(value: &Bundle<'_>) -> String {
    String::from_utf8(bundle(value).unwrap()).unwrap()
}

fn refused(value: &Bundle<'_>) -> String {
    bundle(value).unwrap_err().to_string()
}

#[test]
fn an_empty_list_is_left_out() {
    assert_eq!(
        written(&Bundle { total: Some(0), ..Bundle::new(BundleType::Searchset) }),
        r#"{"resourceType":"Bundle","type":"searchset","total":0}"#
    );
}

#[test]
fn a_searchset_is_written_byte_for_byte() {
    let page = Bundle {
        id: Some("b1".into()),
        timestamp: Some("2026-05-04T10:00:00Z".into()),
        total: Some(2),
        link: vec![BundleLink { relation: "self".into(), url: "https://example.org/Basic?a=\"b\"".into() }],
        entry: vec![
            BundleEntry { search: Some(SearchMode::Match), ..entry("https://example.org/Basic/1") },
            BundleEntry { search: Some(SearchMode::Outcome), ..entry("urn:uuid:2") },
        ],
        ..Bundle::new(BundleType::Searchset)
    };
    let expected = concat!(
        r#"{"resourceType":"Bundle","id":"b1","type":"searchset","timestamp":"2026-05-04T10:00:00Z","total":2,"#,
        r#""link":[{"relation":"self","url":"https://example.org/Basic?a=\"b\""}],"entry":["#,
        r#"{"fullUrl":"https://example.org/Basic/1","#,
        r#""resource":{"resourceType":"Basic","id":"1","value":1.500},"search":{"mode":"match"}},"#,
        r#"{"fullUrl":"urn:uuid:2","#,
        r#""resource":{"resourceType":"Basic","id":"1","value":1.500},"search":{"mode":"outcome"}}]}"#,
    );
    assert_eq!(written(&page), expected);
}

#[test]
fn a_history_is_written_byte_for_byte() {
    let history = Bundle {
        entry: vec![BundleEntry {
            request: Some(BundleRequest { method: "PUT".into(), url: "Basic/1".into() }),
            response: Some(BundleResponse {
                status: "200".into(),
                etag: Some("W/\"2\"".into()),
                last_modified: Some("2026-05-04T10:00:00Z".into()),
            }),
            ..entry("https://example.org/Basic/1")
        }],
        ..Bundle::new(BundleType::History)
    };
    let expected = concat!(
        r#"{"resourceType":"Bundle","type":"history","entry":[{"fullUrl":"https://example.org/Basic/1","#,
        r#""resource":{"resourceType":"Basic","id":"1","value":1.500},"#,
        r#""request":{"method":"PUT","url":"Basic/1"},"#,
        r#""response":{"status":"200","etag":"W/\"2\"","lastModified":"2026-05-04T10:00:00Z"}}]}"#,
    );
    assert_eq!(written(&history), expected);
}

#[test]
fn the_rules_for_bundles_are_kept() {
    let collection =
        |entry: Vec<BundleEntry<'static>>| Bundle { entry, ..Bundle::new(BundleType::Collection) };
    let total = Bundle { total: Some(1), ..collection(Vec::new()) };
    assert!(refused(&total).starts_with("Bundle.total breaks bdl-1"));
    let search = BundleEntry { search: Some(SearchMode::Match), ..entry("urn:uuid:1") };
    assert!(refused(&collection(vec![search])).starts_with("Bundle.entry[0].search breaks bdl-2"));
    let history = Bundle { entry: vec![entry("urn:uuid:1")], ..Bundle::new(BundleType::History) };
    assert!(refused(&history).starts_with("Bundle.entry[0].request breaks bdl-3"));
    let batch = Bundle { entry: vec![entry("urn:uuid:1")], ..Bundle::new(BundleType::BatchResponse) };
    assert!(refused(&batch).starts_with("Bundle.entry[0].response breaks bdl-4"));
    let empty = BundleEntry { resource: None, ..entry("urn:uuid:1") };
    assert!(refused(&collection(vec![empty])).starts_with("Bundle.entry[0].resource breaks bdl-5"));
    let twice = collection(vec![entry("urn:uuid:1"), entry("urn:uuid:1")]);
    assert!(refused(&twice).starts_with("Bundle.entry[1].fullUrl breaks bdl-7"));
    let version =
        |body: &'static [u8]| BundleEntry { resource: Some(body), ..entry("https://example.org/Basic/1") };
    let (first, second) = (
        version(br#"{"resourceType":"Basic","id":"1","meta":{"versionId":"1"}}"#),
        version(br#"{"resourceType":"Basic","id":"1","meta":{"versionId":"2"}}"#),
    );
    assert!(bundle(&collection(vec![first.clone(), second.clone()])).is_ok(), "two versions of one resource");
    assert!(
        refused(&collection(vec![first.clone(), second, first]))
            .starts_with("Bundle.entry[2].fullUrl breaks bdl-7")
    );
    let versioned = collection(vec![entry("https://example.org/Basic/1/_history/2")]);
    assert!(refused(&versioned).starts_with("Bundle.entry[0].fullUrl breaks bdl-8"));
}

#[test]
fn malformed_elements_are_refused_by_name() {
    let id = Bundle { id: Some("b 1".into()), ..Bundle::new(BundleType::Collection) };
    assert_eq!(refused(&id), "Bundle.id is not a valid id");
    let day = Bundle { timestamp: Some("2026-05-04".into()), ..Bundle::new(BundleType::Collection) };
    assert_eq!(refused(&day), "Bundle.timestamp is not a valid instant");
    let body = BundleEntry { resource: Some(b"null"), ..BundleEntry::default() };
    let value = Bundle { entry: vec![body], ..Bundle::new(BundleType::Collection) };
    let element = "Bundle.entry[0].resource".to_owned();
    assert_eq!(bundle(&value), Err(WireError::Malformed { element, data_type: "resource body" }));
}
