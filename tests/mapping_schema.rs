//! The JSON Schema of mapping files: it is the one in the repository, and the shipped files keep to it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may fail loudly"
)]

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn schema() -> Value {
    serde_json::from_str(&spinemet::mapping::schema().unwrap()).unwrap()
}

#[test]
fn the_schema_in_the_repository_is_that_of_the_parser() {
    let path = root().join("mappings/mapping.schema.json");
    let made = spinemet::mapping::schema().unwrap();
    if std::env::var_os("UPDATE_DOCUMENTS").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(kept, made, "make it anew with UPDATE_DOCUMENTS=1 cargo test --test mapping_schema");
}

#[test]
fn every_shipped_file_and_the_example_keep_to_the_schema() {
    let validator = jsonschema::draft7::new(&schema()).unwrap();
    let directories = ["mappings", "examples/site-mappings/mappings"];
    let files: Vec<PathBuf> =
        directories.into_iter().flat_map(|name| toml_files(&root().join(name))).collect();
    assert!(files.len() > 10, "{files:?}");
    for file in files {
        let content: toml::Table = std::fs::read_to_string(&file).unwrap().parse().unwrap();
        let content = serde_json::to_value(content).unwrap();
        let wrong: Vec<String> = validator.iter_errors(&content).map(|error| error.to_string()).collect();
        assert!(wrong.is_empty(), "{}: {wrong:#?}", file.display());
    }
}

#[test]
fn an_editor_is_told_what_the_parser_would_refuse() {
    let validator = jsonschema::draft7::new(&schema()).unwrap();
    let rule = |member: Value| {
        let mut rule = json!({ "id": "a", "input": "karnofsky" });
        rule.as_object_mut().unwrap().extend(member.as_object().unwrap().clone());
        json!({ "topic": "site", "rule": [rule] })
    };
    let cases = [
        (rule(json!({ "question": ["loinc|89243-0"] })), true),
        (rule(json!({ "question": ["89243-0"] })), false),
        (rule(json!({ "input": "karnofski" })), false),
        (rule(json!({ "colour": "red" })), false),
        (rule(json!({ "answer": [{ "code": ["loinc|1-8"] }] })), false),
        (rule(json!({ "number": { "units": [""] } })), false),
        (json!({ "topic": "site", "sample": [{ "name": "a" }] }), false),
        (json!({ "topics": "site" }), false),
    ];
    for (file, is_valid) in cases {
        assert_eq!(validator.is_valid(&file), is_valid, "{file}");
    }
}

fn toml_files(directory: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.extension().is_some_and(|extension| extension == "toml")).collect()
}
