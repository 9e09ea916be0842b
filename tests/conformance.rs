//! What is published about the service's data: complete, found as FHIR says, and true of what the service sends.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod support;

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;
use spinemet::conformance::{CANONICAL_BASE, PACKAGE_NAME, TYPES, all, exists_in, find, package};
use spinemet::fhir::FhirVersion;
use support::{TestApp, assert_refused, bundle, json};

fn resource(resource_type: &str, id: &str) -> Value {
    let published = find(resource_type, id).unwrap_or_else(|| panic!("{resource_type}/{id} is published"));
    serde_json::from_str(&published.body(FhirVersion::R4)).unwrap()
}

fn list<'a>(of: &'a Value, name: &str) -> &'a [Value] {
    of[name].as_array().map_or(&[], Vec::as_slice)
}

fn text<'a>(of: &'a Value, name: &str) -> &'a str {
    of[name].as_str().unwrap_or_default()
}

/// Every string in a resource, however deep.
fn strings<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::String(text) => found.push(text),
        Value::Array(items) => items.iter().for_each(|item| strings(item, found)),
        Value::Object(members) => members.values().for_each(|member| strings(member, found)),
        _ => {}
    }
}

/// The canonical URLs of ours that a resource names and nobody publishes.
fn dangling(resource: &Value) -> Vec<String> {
    let mut found = Vec::new();
    strings(resource, &mut found);
    let ours = found.into_iter().filter_map(|text| text.strip_prefix(CANONICAL_BASE)?.strip_prefix('/'));
    let is_lacking = |path: &&str| {
        let path = path.split(['|', '#']).next().unwrap_or_default();
        path.split_once('/').is_none_or(|(resource_type, id)| find(resource_type, id).is_none())
    };
    ours.filter(is_lacking).map(str::to_owned).collect()
}

#[test]
fn every_generated_file_is_in_the_program() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("profiles/generated");
    let mut files = BTreeSet::new();
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        let content: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let (resource_type, id) = (text(&content, "resourceType"), text(&content, "id"));
        assert_eq!(path.file_stem().unwrap().to_str().unwrap(), format!("{resource_type}-{id}"));
        assert_eq!(
            resource(resource_type, id),
            content,
            "add {resource_type}-{id} to src/conformance/files.rs"
        );
        files.insert(format!("{resource_type}/{id}"));
    }
    assert!(files.len() > 50, "{files:?}");
}

#[test]
fn what_is_published_has_the_canonical_url_of_its_type_and_id() {
    let mut urls = BTreeSet::new();
    for published in all() {
        let url = format!("{CANONICAL_BASE}/{}/{}", published.resource_type(), published.id());
        assert_eq!(published.url(), url);
        assert!(urls.insert(url), "{} stands twice", published.url());
        assert!(TYPES.contains(&published.resource_type()), "{} has no route", published.resource_type());
    }
}

#[test]
fn nothing_that_is_published_names_something_that_is_not() {
    for published in all() {
        let resource = resource(published.resource_type(), published.id());
        assert_eq!(dangling(&resource), [""; 0], "{}", published.url());
    }
}

#[tokio::test]
async fn no_answer_of_the_service_names_something_that_is_not_published() {
    let app = TestApp::start().await;
    let examples = [include_str!("../examples/breast-t12.json").to_owned(), bundle().to_string()];
    for body in examples {
        for language in ["en", "zh"] {
            let request = app.post("/fhir/R4/$assess?asOf=2026-11-22", body.clone());
            let answer = json(request.header("Accept-Language", language).send().await.unwrap()).await;
            assert!(list(&answer, "entry").len() > 1, "{answer}");
            assert_eq!(dangling(&answer), [""; 0]);
        }
    }
    let statement = json(app.get("/fhir/R4/metadata").send().await.unwrap()).await;
    assert_eq!(dangling(&statement), [""; 0]);
}

#[tokio::test]
async fn everything_is_read_in_every_release_that_has_it_and_by_its_canonical_url() {
    let app = TestApp::start().await;
    for published in all() {
        let path = format!("{}/{}", published.resource_type(), published.id());
        for release in
            FhirVersion::ALL.into_iter().filter(|release| exists_in(published.resource_type(), *release))
        {
            let response = app.get(&format!("/fhir/{release}/{path}")).send().await.unwrap();
            assert_eq!(response.status(), 200, "{path}");
            assert_eq!(response.headers()["content-type"], "application/fhir+json; charset=utf-8");
            assert_eq!(json(response).await["url"], published.url());
        }
        let by_url = published.url().strip_prefix("https://spinemet.org").unwrap();
        assert_eq!(json(app.get(by_url).send().await.unwrap()).await["url"], published.url());
    }
    for path in ["/fhir/R4/CodeSystem/unknown", "/fhir/CodeSystem/unknown", "/fhir/R4/ValueSet/finding%2F"] {
        assert_refused(app.get(path).send().await.unwrap(), 404).await;
    }
}

#[tokio::test]
async fn a_search_finds_what_fits_all_criteria() {
    let app = TestApp::start().await;
    let finding = "https://spinemet.org/fhir/CodeSystem/finding";
    let cases = [
        (format!("CodeSystem?url={finding}"), vec!["finding"]),
        ("CodeSystem?_id=finding,band,nothing".to_owned(), vec!["band", "finding"]),
        ("CodeSystem?name=FIND&status=draft".to_owned(), vec!["finding"]),
        ("CodeSystem?_id=finding&status=active".to_owned(), vec![]),
        (format!("CodeSystem?url={finding}&version=9"), vec![]),
        ("ValueSet?title=bands".to_owned(), vec!["band"]),
        ("Questionnaire?_format=json&_sort=_id".to_owned(), vec!["missing-findings"]),
    ];
    for (search, expected) in cases {
        let found = json(app.get(&format!("/fhir/R4/{search}")).send().await.unwrap()).await;
        let ids: Vec<&str> =
            list(&found, "entry").iter().map(|entry| text(&entry["resource"], "id")).collect();
        assert_eq!(ids, expected, "{search}");
        assert_eq!(found["total"], expected.len(), "{search}");
        assert_eq!(found["type"], "searchset");
    }
}

#[tokio::test]
async fn pages_show_everything_once() {
    let app = TestApp::start().await;
    let mut next = Some(app.url("/fhir/R4/StructureDefinition?status=draft&_count=7"));
    let mut seen = Vec::new();
    while let Some(url) = next {
        let page = json(app.client.get(&url).send().await.unwrap()).await;
        assert!(list(&page, "entry").len() <= 7);
        for entry in list(&page, "entry") {
            assert_eq!(entry["search"]["mode"], "match");
            assert!(text(entry, "fullUrl").ends_with(text(&entry["resource"], "id")));
            seen.push(text(&entry["resource"], "id").to_owned());
        }
        assert!(list(&page, "link").iter().any(|link| link["relation"] == "self" && link["url"] == url));
        let link = list(&page, "link").iter().find(|link| link["relation"] == "next");
        next = link.map(|link| text(link, "url").to_owned());
    }
    let expected: Vec<&str> = all()
        .iter()
        .filter(|published| published.resource_type() == "StructureDefinition")
        .map(spinemet::conformance::Published::id)
        .collect();
    assert_eq!(seen, expected);
    let counted = json(app.get("/fhir/R4/StructureDefinition?_count=0").send().await.unwrap()).await;
    assert_eq!((counted["total"].as_u64(), counted.get("entry")), (Some(expected.len() as u64), None));
}

#[tokio::test]
async fn an_unknown_parameter_is_named_unused_and_refused_where_the_client_is_strict() {
    let app = TestApp::start().await;
    let path = "/fhir/R4/Questionnaire?colour=green";
    let found = json(app.get(path).send().await.unwrap()).await;
    let outcome = &found["entry"][1];
    assert_eq!(outcome["search"]["mode"], "outcome");
    assert_eq!(outcome["resource"]["resourceType"], "OperationOutcome");
    let strict = app.get(path).header("Prefer", "handling=strict").send().await.unwrap();
    assert_refused(strict, 400).await;
    assert_refused(app.get("/fhir/R4/Questionnaire?_count=many").send().await.unwrap(), 400).await;
}

/// The concepts of the findings: code, words and Chinese words.
fn findings() -> Vec<(String, String, String)> {
    let system = resource("CodeSystem", "finding");
    let words = |concept: &Value| {
        let chinese = text(&concept["designation"][0], "value").to_owned();
        (text(concept, "code").to_owned(), text(concept, "display").to_owned(), chinese)
    };
    list(&system, "concept").iter().map(words).collect()
}

/// The items of the questionnaire, those in groups too.
fn items<'a>(of: &'a Value, found: &mut Vec<&'a Value>) {
    for item in list(of, "item") {
        found.push(item);
        items(item, found);
    }
}

#[test]
fn the_questionnaire_asks_in_the_words_of_the_code_system_in_both_languages() {
    let questionnaire = resource("Questionnaire", "missing-findings");
    let mut asked = Vec::new();
    items(&questionnaire, &mut asked);
    let findings = findings();
    for item in &asked {
        let chinese = text(&item["_text"]["extension"][0]["extension"][1], "valueString");
        assert!(!text(item, "text").is_empty() && !chinese.is_empty(), "{item}");
        let link = text(item, "linkId");
        match findings.iter().find(|(code, ..)| code == link) {
            Some((_, words, words_in_chinese)) => {
                assert_eq!((text(item, "text"), chinese), (words.as_str(), words_in_chinese.as_str()));
                assert_eq!(text(&item["code"][0], "code"), link);
            }
            None => assert!(link == "level" || link.starts_with("loinc|"), "{link} is no finding"),
        }
    }
}

#[test]
fn the_questionnaire_asks_every_question_that_the_engine_knows() {
    use spinemet_engine::clinical::{Domain, Question, QuestionScope};
    let questionnaire = resource("Questionnaire", "missing-findings");
    let mut patient = Vec::new();
    let mut level = Vec::new();
    for item in list(&questionnaire, "item") {
        match text(item, "linkId") {
            "level" => level.extend(list(item, "item")),
            _ => patient.push(item),
        }
    }
    for question in Question::ALL {
        let asked = if question.scope() == QuestionScope::Level { &level } else { &patient };
        let item = asked.iter().find(|item| text(item, "linkId") == question.key());
        assert_eq!(item.map(|item| text(item, "type")), Some("boolean"), "{}", question.key());
    }
}

#[test]
fn the_concept_maps_hold_every_code_of_the_mapping_files() {
    let map = resource("ConceptMap", "performance-status");
    let of_loinc = list(&map, "group").iter().find(|group| group["source"] == "http://loinc.org").unwrap();
    let target = |code: &str| {
        let element = list(of_loinc, "element").iter().find(|element| element["code"] == code);
        element.map(|element| text(&element["target"][0], "code").to_owned())
    };
    assert_eq!(target("89243-0").as_deref(), Some("karnofsky"));
    assert_eq!(target("LA29177-5").as_deref(), Some("karnofsky=80"));
    assert_eq!(target("LA9627-6"), None, "ECOG 5 is deliberately not mapped");
    let inputs = resource("CodeSystem", "mapping-input");
    let known: BTreeSet<&str> =
        list(&inputs, "concept").iter().map(|concept| text(concept, "code")).collect();
    let mut count = 0;
    for published in all().iter().filter(|published| published.resource_type() == "ConceptMap") {
        for group in list(&resource("ConceptMap", published.id()), "group") {
            for element in list(group, "element") {
                count += 1;
                for target in list(element, "target") {
                    assert!(known.contains(text(target, "code")), "{target}");
                }
            }
        }
    }
    assert!(count > 1_000, "{count} codes");
}

/// The codes, as `system|code`, that the profiles of Observations take for their question.
fn codes_of_profiles() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for profile in all().iter().filter(|published| published.id().ends_with("-observation")) {
        let profile = resource("StructureDefinition", profile.id());
        let elements = list(&profile["differential"], "element");
        let Some(code) = elements.iter().find(|element| element["id"] == "Observation.code") else {
            continue;
        };
        for coding in list(&code["patternCodeableConcept"], "coding") {
            found.insert(format!("{}|{}", text(coding, "system"), text(coding, "code")));
        }
        let Some(id) = text(&code["binding"], "valueSet").rsplit('/').next().filter(|id| !id.is_empty())
        else {
            continue;
        };
        for include in list(&resource("ValueSet", id)["compose"], "include") {
            let code = |concept| format!("{}|{}", text(include, "system"), text(concept, "code"));
            found.extend(list(include, "concept").iter().map(code));
        }
    }
    found
}

/// The questions of the rules of the mapping files that read an Observation: the rule, and its codes as `system|code`.
fn questions_of_rules() -> Vec<(String, BTreeSet<String>)> {
    // What is asked in components of other Observations.
    const IN_COMPONENTS: [&str; 3] = ["level", "variant-gene", "variant-name"];
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("mappings");
    let parsed = |file: &Path| std::fs::read_to_string(file).unwrap().parse::<toml::Table>().unwrap();
    let systems = parsed(&directory.join("systems.toml"));
    let uri = |name: &str| systems["system"][name][0].as_str().unwrap().to_owned();
    let mut found = Vec::new();
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        for rule in parsed(&path).get("rule").and_then(toml::Value::as_array).into_iter().flatten() {
            let id = rule["id"].as_str().unwrap();
            let Some(asked) = rule.get("question").and_then(toml::Value::as_array) else { continue };
            if rule["input"].as_str() == Some("ignored") || IN_COMPONENTS.contains(&id) {
                continue;
            }
            let code = |code: &toml::Value| {
                let (system, code) = code.as_str().unwrap().split_once('|').unwrap();
                format!("{}|{code}", uri(system))
            };
            found.push((id.to_owned(), asked.iter().map(code).collect()));
        }
    }
    found
}

#[test]
fn every_question_of_the_mapping_files_has_a_profile_and_no_profile_asks_another() {
    let accepted = codes_of_profiles();
    let rules = questions_of_rules();
    for (rule, codes) in &rules {
        assert!(!codes.is_disjoint(&accepted), "no profile accepts {rule}: {codes:?}");
    }
    let asked: BTreeSet<&String> = rules.iter().flat_map(|(_, codes)| codes).collect();
    let stray: Vec<&String> = accepted.iter().filter(|code| !asked.contains(code)).collect();
    assert!(stray.is_empty(), "no mapping file asks {stray:?}");
    let of_loinc = |code: &&&String| code.starts_with("http://loinc.org|");
    let lacking: Vec<_> = asked.iter().filter(of_loinc).filter(|code| !accepted.contains(**code)).collect();
    assert!(lacking.is_empty(), "no profile accepts {lacking:?}");
}

#[tokio::test]
async fn other_releases_get_the_words_of_their_own() {
    let app = TestApp::start().await;
    for (release, kind, relation) in
        [("R4", "choice", "equivalence"), ("R4B", "choice", "equivalence"), ("R5", "coding", "relationship")]
    {
        let path = format!("/fhir/{release}/Questionnaire/missing-findings");
        let questionnaire = json(app.get(&path).send().await.unwrap()).await;
        let mut asked = Vec::new();
        items(&questionnaire, &mut asked);
        let frankel = asked.iter().find(|item| item["linkId"] == "frankel-grade").unwrap();
        assert_eq!(frankel["type"], kind, "{release}");
        let path = format!("/fhir/{release}/ConceptMap/performance-status");
        let map = json(app.get(&path).send().await.unwrap()).await;
        assert!(map["group"][0]["element"][0]["target"][0].get(relation).is_some(), "{release}: {map}");
    }
}

#[test]
fn the_package_holds_everything_of_r4_with_a_manifest_and_an_index() {
    let files = package();
    let parsed = |name: &str| -> Value {
        let file =
            files.iter().find(|file| file.name == name).unwrap_or_else(|| panic!("{name} is in the package"));
        serde_json::from_str(&file.content).unwrap()
    };
    let manifest = parsed("package.json");
    assert_eq!(manifest["name"], PACKAGE_NAME);
    assert_eq!(manifest["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(manifest["fhirVersions"], serde_json::json!(["4.0.1"]));
    assert_eq!(manifest["canonical"], CANONICAL_BASE);
    assert_eq!(manifest["dependencies"], serde_json::json!({ "hl7.fhir.r4.core": "4.0.1" }));
    let index = parsed(".index.json");
    let listed = list(&index, "files");
    let of_r4 = all().iter().filter(|published| exists_in(published.resource_type(), FhirVersion::R4));
    assert_eq!(listed.len(), of_r4.count());
    assert_eq!(files.len(), listed.len() + 2, "nothing is in it that the index does not list");
    for entry in listed {
        let resource = parsed(text(entry, "filename"));
        for name in ["resourceType", "id", "url", "version", "kind", "type"] {
            // The index knows a type where it is a name.
            let expected = resource.get(name).filter(|value| value.is_string());
            assert_eq!(entry.get(name), expected, "{} {name}", text(entry, "filename"));
        }
    }
}
