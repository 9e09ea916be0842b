//! What is kept of an assessment makes the same assessment again, byte for byte, and says what another program changes.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod records;

use records::{ASSESSOR, example};
use serde_json::{Value, json};
use spinemet::assess::{Answer, Archived, Assessor, Circumstances, IllegibleArchive, Kept, Request};
use spinemet::fhir::FhirVersion;
use spinemet::language::Language;
use spinemet_engine::clinical::{FreshnessPolicy, Window};
use spinemet_engine::guidance::Thresholds;

const EXAMPLES: [&str; 3] = ["breast-t12.json", "kidney-missing.json", "lung-zh.json"];

fn assess(record: &str, language: Language, requester: Option<&str>) -> (Answer, Kept) {
    let request = Request {
        body: record.as_bytes(),
        version: FhirVersion::R4,
        tenant: "test",
        language,
        as_of: "2026-11-22T12:00:00Z".parse().unwrap(),
    };
    let recorded = "2026-11-23T08:00:00Z".parse().unwrap();
    let (answer, kept) = ASSESSOR.assess_to_keep(&request, &Circumstances { recorded, requester }).unwrap();
    (answer, kept.expect("it is in scope"))
}

#[test]
fn a_kept_assessment_is_read_back_as_it_was_and_makes_the_same_bytes() {
    for name in EXAMPLES {
        for language in Language::ALL {
            let (answer, kept) = assess(&example(name).to_string(), language, None);
            assert!(kept.archived.facts.len() > 5, "{name}");
            let read = Archived::from_json(&kept.archived.to_json()).unwrap();
            assert_eq!(read, kept.archived, "{name}");
            let replayed = ASSESSOR.replay(&read, "test").unwrap();
            assert_eq!(replayed.resources, answer.resources, "{name}");
            assert_eq!(replayed.differences, [], "{name}");
        }
    }
}

#[test]
fn another_policy_shows_in_the_facts_and_results_that_it_changes() {
    let (_, kept) = assess(&example("breast-t12.json").to_string(), Language::English, None);
    let policy = FreshnessPolicy {
        performance: Window { fresh_hours: 1, usable_hours: 2 },
        ..FreshnessPolicy::default()
    };
    let strict = Assessor::new(None).unwrap().with_policy(policy, Thresholds::default());
    let replayed = strict.replay(&kept.archived, "test").unwrap();
    assert!(replayed.changes_results());
    let about: Vec<&str> = replayed.differences.iter().map(|difference| difference.about.as_str()).collect();
    assert!(about.iter().any(|about| about.starts_with("freshness of karnofsky")), "{about:?}");
    assert!(about.contains(&"score tokuhashi-2005"), "{about:?}");
    assert!(!about.contains(&"score tomita-2001"), "{about:?}");
    let tokuhashi =
        replayed.differences.iter().find(|difference| difference.about == "score tokuhashi-2005").unwrap();
    let (stored, now) = (tokuhashi.stored.as_ref().unwrap(), tokuhashi.now.as_ref().unwrap());
    assert!(!stored.contains('|') && now.contains('|'), "{stored} became {now}: one total, then several");
    assert_eq!(strict.differences(&kept.archived), replayed.differences);
}

#[test]
fn another_version_of_the_knowledge_is_named() {
    let (_, kept) = assess(&example("breast-t12.json").to_string(), Language::English, None);
    let mut older = kept.archived;
    older.versions.knowledge = "2025.1.1".to_owned();
    let replayed = ASSESSOR.replay(&older, "test").unwrap();
    assert_eq!(replayed.differences.len(), 1);
    assert_eq!(replayed.differences[0].about, "version knowledge");
    assert_eq!(replayed.differences[0].stored.as_deref(), Some("2025.1.1"));
    assert!(!replayed.changes_results());
}

#[test]
fn what_this_version_does_not_know_is_not_guessed() {
    let (_, kept) = assess(&example("breast-t12.json").to_string(), Language::English, None);
    let stored: Value = serde_json::from_slice(&kept.archived.to_json()).unwrap();
    let with = |pointer: &str, value: Value| {
        let mut changed = stored.clone();
        *changed.pointer_mut(pointer).unwrap() = value;
        Archived::from_json(changed.to_string().as_bytes()).unwrap_err()
    };
    assert_eq!(with("/facts/0/statement", json!("karnofsky = 75")), IllegibleArchive::Statement);
    assert_eq!(with("/facts/0/freshness", json!("ripe")), IllegibleArchive::Value);
    assert_eq!(with("/language", json!("de")), IllegibleArchive::Value);
    assert_eq!(with("/as_of", json!("now")), IllegibleArchive::Value);
    assert_eq!(with("/versions", json!({})), IllegibleArchive::Form);
    assert_eq!(Archived::from_json(b""), Err(IllegibleArchive::Form));
}

#[test]
fn the_provenance_names_inputs_software_and_requester_and_is_reproducible() {
    let record = example("breast-t12.json").to_string();
    let (answer, kept) = assess(&record, Language::English, Some("ehr-client"));
    let provenance: Value = serde_json::from_slice(&kept.provenance.body).unwrap();
    assert_eq!(provenance["id"], format!("{}-provenance", kept.archived.identity));
    let targets: Vec<&str> = provenance["target"]
        .as_array()
        .unwrap()
        .iter()
        .map(|target| target["reference"].as_str().unwrap())
        .collect();
    let expected: Vec<String> = answer
        .resources
        .iter()
        .map(|resource| format!("RiskAssessment/{}/_history/1", resource.id))
        .collect();
    assert_eq!(targets, expected);
    assert_eq!(provenance["occurredDateTime"], "2026-11-22T12:00:00Z");
    assert_eq!(provenance["recorded"], "2026-11-23T08:00:00Z");
    assert_eq!(provenance["agent"][1]["who"]["identifier"]["value"], "ehr-client");
    let versions = &provenance["contained"][0]["version"];
    assert_eq!(versions[0]["value"], env!("CARGO_PKG_VERSION"));
    assert_eq!(versions[2]["value"], ASSESSOR.mappings().version());

    let sources = provenance["entity"].as_array().unwrap();
    assert!(sources.len() > 5);
    for source in sources {
        assert_eq!(source["role"], "source");
        assert_eq!(source["extension"][0]["valueString"].as_str().unwrap().len(), 64, "{source}");
    }
    let (_, again) = assess(&record, Language::English, Some("ehr-client"));
    assert_eq!(again.provenance, kept.provenance);
}

#[test]
fn a_source_is_named_with_its_version_and_changes_its_digest_with_its_content() {
    let mut record = example("breast-t12.json");
    let versioned = record["entry"]
        .as_array_mut()
        .unwrap()
        .iter_mut()
        .find(|entry| entry["resource"]["resourceType"] == "Observation");
    let resource = &mut versioned.unwrap()["resource"];
    let id = resource["id"].as_str().unwrap().to_owned();
    resource["meta"] = json!({ "versionId": "7" });
    let source_of = |record: &Value| {
        let (_, kept) = assess(&record.to_string(), Language::English, None);
        let provenance: Value = serde_json::from_slice(&kept.provenance.body).unwrap();
        let sources = provenance["entity"].as_array().unwrap().clone();
        let reference = format!("Observation/{id}/_history/7");
        sources
            .into_iter()
            .find(|source| source["what"]["reference"] == reference)
            .expect("the source is named")
    };
    let before = source_of(&record);
    let changed =
        record["entry"].as_array_mut().unwrap().iter_mut().find(|entry| entry["resource"]["id"] == *id);
    changed.unwrap()["resource"]["note"] = json!([{ "text": "seen again" }]);
    let after = source_of(&record);
    assert_ne!(before["extension"], after["extension"]);
}
