//! `docs/cds-hooks-requirements.md` says of every numbered requirement on services which test shows it, or why it does not
//! apply. It is made from `tests/data/cds_hooks_requirements.toml`; this test compares it with the committed one, and writes it
//! where `UPDATE_DOCUMENTS=1` is set.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may fail loudly"
)]

use std::collections::BTreeSet;
use std::fmt::Write;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const DOCUMENT: &str = "docs/cds-hooks-requirements.md";

struct Requirement {
    ids: Vec<i64>,
    text: String,
    proof: String,
}

fn requirements() -> Vec<Requirement> {
    let list = std::fs::read_to_string(format!("{ROOT}/tests/data/cds_hooks_requirements.toml")).unwrap();
    let list: toml::Table = list.parse().unwrap();
    let entries = list["requirement"].as_array().unwrap().iter();
    entries
        .map(|entry| {
            let word = |name: &str| entry.get(name).map(|value| value.as_str().unwrap().to_owned());
            let proof = match (word("test"), word("why")) {
                (Some(test), None) => {
                    let (file, function) = test.split_once("::").unwrap();
                    let source = std::fs::read_to_string(format!("{ROOT}/tests/{file}.rs")).unwrap();
                    assert!(source.contains(&format!("fn {function}(")), "{test} does not exist");
                    format!("`{test}`")
                }
                (None, Some(why)) => format!("Does not apply. {why}"),
                _ => panic!("one of test and why: {entry:?}"),
            };
            let ids = entry["ids"].as_array().unwrap().iter().map(|id| id.as_integer().unwrap()).collect();
            Requirement { ids, text: word("text").unwrap(), proof }
        })
        .collect()
}

#[test]
fn the_document_says_what_the_list_says() {
    let mut document = String::from(
        "# CDS Hooks 2.0: the requirements on services\n\n\
         Made by `UPDATE_DOCUMENTS=1 cargo test --test cds_requirements`. The numbers are those of Inferno's register of the\n\
         requirements of CDS Hooks 2.0; the words are ours.\n\n| number | requirement | shown by |\n|---|---|---|\n",
    );
    let mut rows: Vec<(i64, String)> = Vec::new();
    for requirement in requirements() {
        for id in &requirement.ids {
            rows.push((*id, format!("| {id} | {} | {} |", requirement.text, requirement.proof)));
        }
    }
    rows.sort();
    for (_, row) in &rows {
        writeln!(document, "{row}").unwrap();
    }
    let path = format!("{ROOT}/{DOCUMENT}");
    if std::env::var_os("UPDATE_DOCUMENTS").is_some_and(|value| value == "1") {
        std::fs::write(&path, &document).unwrap();
    }
    assert!(
        std::fs::read_to_string(&path).unwrap_or_default() == document,
        "{DOCUMENT} is not what the list says: make it with `UPDATE_DOCUMENTS=1 cargo test --test cds_requirements`"
    );
}

#[test]
fn every_requirement_on_services_is_listed_once() {
    let listed: Vec<i64> = requirements().into_iter().flat_map(|requirement| requirement.ids).collect();
    let distinct: BTreeSet<i64> = listed.iter().copied().collect();
    assert_eq!(listed.len(), distinct.len(), "a number is listed twice");
    let path = format!("{ROOT}/../shared/reference/cds-hooks-2.0-requirements.csv");
    let Ok(register) = std::fs::read_to_string(path) else {
        println!("SKIPPED: ../shared/reference/cds-hooks-2.0-requirements.csv is not there");
        return;
    };
    let expected: BTreeSet<i64> = records(&register)
        .into_iter()
        .filter(|fields| fields.get(4).is_some_and(|actors| actors.contains("Service")))
        .map(|fields| fields[0].parse().unwrap())
        .collect();
    assert_eq!(distinct, expected);
}

/// The records of a CSV file, with quotes and line ends inside fields.
fn records(text: &str) -> Vec<Vec<String>> {
    let mut records = vec![vec![String::new()]];
    let mut is_quoted = false;
    for character in text.chars() {
        let record = records.last_mut().unwrap();
        match character {
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => record.push(String::new()),
            '\n' if !is_quoted => records.push(vec![String::new()]),
            '\r' => {}
            character => record.last_mut().unwrap().push(character),
        }
    }
    records
}
