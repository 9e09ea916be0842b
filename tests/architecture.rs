//! The arrows between the rooms, and a few tidy rules, read from the source text and the manifests.
//!
//! Crate walls are enforced by the compiler; the rooms of the root package are modules, and nothing but this test
//! stops one from reaching into another. The tables below are the allowed arrows: to change the design, change a
//! table here and the reason in ARCHITECTURE.md in one commit.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may fail loudly"
)]

mod source;

use std::collections::BTreeSet;
use std::path::PathBuf;

use source::{SourceFile, all_source, is_word_start, read, rust_files, without_comments_and_strings};

/// What each room of the root package may name, besides itself: other rooms, our two crates, or single items of them.
/// `fhir::render` (writing) is a room of its own, though it lies in `src/fhir/`.
const ROOMS: [(&str, &[&str]); 19] = [
    ("language", &[]),
    ("texts", &["language", "engine"]),
    ("wording", &["language", "texts", "engine"]),
    ("fhir", &["engine::clinical", "fhir_wire::IssueType", "fhir_wire::IssueSeverity"]),
    ("fhir::render", &["fhir", "engine", "fhir_wire", "language", "texts", "wording"]),
    ("mapping", &["fhir", "engine", "fhir_wire::IssueType", "fhir_wire::IssueSeverity"]),
    ("assess", &["fhir", "fhir::render", "mapping", "engine", "fhir_wire", "language", "texts", "wording"]),
    ("cds_hooks", &["assess", "ehr", "fhir", "engine", "fhir_wire", "language", "texts", "wording"]),
    ("conformance", &["fhir", "mapping", "subscriptions"]),
    ("explanation", &["assess", "fhir", "fhir::render", "mapping", "engine", "fhir_wire", "texts"]),
    ("pages", &["engine", "explanation", "fhir::Issue", "language", "texts", "wording"]),
    ("store", &["assess::Rendered", "fhir::search"]),
    ("ehr", &["settings", "fhir"]),
    ("subscriptions", &["ehr", "fhir", "fhir::render", "fhir_wire", "settings", "store"]),
    ("access", &["settings", "ehr", "fhir"]),
    ("settings", &["language", "engine::clinical", "engine::guidance::Thresholds"]),
    ("telemetry", &["settings"]),
    ("http", &[ANYTHING]),
    ("main", &[ANYTHING, "http"]),
];

/// Every room and crate but the outermost ones.
const ANYTHING: &str = "*";

/// `main` is the command line (`src/main.rs`, `src/cli*`); it starts `http`, and nothing starts it.
const OUTERMOST: [&str; 2] = ["http", "main"];

/// Outside crates that belong to some rooms only.
const OUTSIDE: [(&str, &[&str]); 9] = [
    ("fhirbolt", &[]),
    ("actix_web", &["http"]),
    ("actix_http", &["http"]),
    ("sqlx", &["store"]),
    ("toml", &["mapping", "texts", "settings"]),
    ("clap", &["main"]),
    ("jsonwebtoken", &["access"]),
    ("prometheus_client", &["telemetry"]), // others count through `telemetry::metrics`
    ("reqwest", &["ehr"]),
];

/// What the manifest of the clinical core may depend on: nothing that does I/O, knows a wire format or reads a clock.
const ENGINE_DEPENDENCIES: [&str; 1] = ["jiff"];

/// The longest file that can still be read in one sitting.
const MOST_LINES: usize = 500;

#[test]
fn every_arrow_between_rooms_is_allowed() {
    let mut wrong = Vec::new();
    for file in rust_files("src") {
        let room = room_of_file(&file);
        if file.module.is_empty() && file.path.ends_with("lib.rs") {
            continue;
        }
        let Some((_, allowed)) = ROOMS.iter().find(|(name, _)| *name == room) else {
            wrong.push(format!(
                "{}: the room `{room}` is not in the table of tests/architecture.rs",
                file.shown()
            ));
            continue;
        };
        for (line, target) in file.references() {
            if !is_allowed(&room, allowed, &target) {
                let also = allowed.join(", ");
                let named = target.join("::");
                wrong.push(format!(
                    "{}:{line}: `{room}` names `{named}`; beside itself it may name [{also}]",
                    file.shown()
                ));
            }
        }
    }
    report("arrows that run against ARCHITECTURE.md", &wrong);
}

#[test]
fn outside_crates_stay_in_their_rooms() {
    let mut wrong = Vec::new();
    for file in rust_files("src") {
        let room = room_of_file(&file);
        for (name, rooms) in OUTSIDE {
            if !rooms.contains(&room.as_str()) {
                let lines = file.lines_with(|code| names_crate(code, name));
                wrong.extend(
                    lines
                        .iter()
                        .map(|line| format!("{}:{line}: `{name}` belongs to {rooms:?}", file.shown())),
                );
            }
        }
    }
    for (member, forbidden) in
        [("crates/engine", "fhirbolt"), ("crates/engine", "serde_json"), ("crates/engine", "serde")]
    {
        for file in rust_files(&format!("{member}/src")) {
            let lines = file.lines_with(|code| names_crate(code, forbidden));
            wrong.extend(
                lines.iter().map(|line| format!("{}:{line}: {member} names `{forbidden}`", file.shown())),
            );
        }
    }
    report("outside crates in the wrong room", &wrong);
}

#[test]
fn the_manifests_keep_the_walls() {
    let ours = ["spinemet", "spinemet-engine", "fhir-wire"];
    let engine = dependencies("crates/engine/Cargo.toml");
    let beyond: Vec<&String> =
        engine.iter().filter(|name| !ENGINE_DEPENDENCIES.contains(&name.as_str())).collect();
    assert!(
        beyond.is_empty(),
        "the clinical core depends on {beyond:?}; it may depend on {ENGINE_DEPENDENCIES:?} only"
    );
    let wire = dependencies("crates/fhir-wire/Cargo.toml");
    let inward: Vec<&String> = wire.iter().filter(|name| ours.contains(&name.as_str())).collect();
    assert!(inward.is_empty(), "fhir-wire depends on {inward:?}; it may depend on nothing of ours");
    let root = dependencies("Cargo.toml");
    assert!(
        !root.iter().any(|name| name.starts_with("fhirbolt")),
        "fhirbolt belongs to crates/fhir-wire alone"
    );
}

#[test]
fn nothing_but_fhir_wire_depends_on_fhirbolt() {
    let lock: toml::Table = read("Cargo.lock").parse().unwrap();
    for package in lock["package"].as_array().unwrap() {
        let name = package["name"].as_str().unwrap();
        let uses = package.get("dependencies").and_then(toml::Value::as_array).into_iter().flatten();
        let uses_fhirbolt =
            uses.filter_map(toml::Value::as_str).any(|dependency| dependency.starts_with("fhirbolt"));
        let may = name == "fhir-wire" || name.starts_with("fhirbolt");
        assert!(
            may || !uses_fhirbolt,
            "`{name}` depends on fhirbolt, which is compiled anew in every crate that uses it"
        );
    }
}

#[test]
fn the_clinical_core_reads_no_clock_and_waits_for_nothing() {
    let forbidden = [
        "SystemTime",
        "Instant::now",
        "Timestamp::now",
        "Zoned::now",
        "std::fs",
        "std::net",
        "std::env",
        "async ",
    ];
    let mut wrong = Vec::new();
    for file in rust_files("crates/engine/src") {
        for word in forbidden {
            let lines = file.lines_with(|code| code.contains(word));
            wrong.extend(lines.iter().map(|line| format!("{}:{line}: `{word}`", file.shown())));
        }
    }
    report("the clinical core is pure: time is an argument, and nothing is read or awaited", &wrong);
}

#[test]
fn no_number_passes_through_serde_buffers() {
    // fhirbolt switches serde_json's `arbitrary_precision` on for the whole build, and with it `1.5` arrives as a map
    // wherever serde buffers a value: under `flatten`, `untagged` and internally tagged enums.
    let mut wrong = Vec::new();
    for file in all_source() {
        for attribute in serde_attributes(&file.code) {
            let words = attribute.split(|character: char| !character.is_alphanumeric());
            if words.clone().any(|word| matches!(word, "flatten" | "untagged" | "tag")) {
                wrong.push(format!("{}: #[serde({attribute})]", file.shown()));
            }
        }
    }
    report("serde attributes that lose numbers", &wrong);
}

#[test]
fn every_file_says_what_it_is_and_can_be_read_in_one_sitting() {
    let mut wrong = Vec::new();
    for file in all_source() {
        if !file.text.starts_with("//!") {
            wrong.push(format!("{}: does not begin with a `//!` comment that says what it is", file.shown()));
        }
        if file.path.ends_with("mod.rs") {
            wrong.push(format!("{}: write `room.rs` beside `room/`", file.shown()));
        }
        let lines = file.text.lines().count();
        if lines > MOST_LINES {
            wrong.push(format!("{}: {lines} lines, more than {MOST_LINES}", file.shown()));
        }
    }
    report("untidy files", &wrong);
}

fn room_of_file(file: &SourceFile) -> String {
    if file.module.is_empty() { "main".to_owned() } else { room_of_path(&file.module) }
}

fn room_of_path(path: &[String]) -> String {
    let first = path.first().map_or("", String::as_str);
    let is_writing = first == "fhir" && path.get(1).is_some_and(|second| second == "render");
    match first {
        "fhir" if is_writing => "fhir::render".to_owned(),
        "cli" => "main".to_owned(),
        other => other.to_owned(),
    }
}

fn is_allowed(room: &str, allowed: &[&str], target: &[String]) -> bool {
    let reached = room_of_path(target);
    let is_room_or_crate =
        ROOMS.iter().any(|(name, _)| *name == reached) || reached == "engine" || reached == "fhir_wire";
    if !is_room_or_crate || reached == room {
        return true;
    }
    if allowed.contains(&ANYTHING) && !OUTERMOST.contains(&reached.as_str()) {
        return true;
    }
    let is_item = |name: &str| name.contains("::") && !ROOMS.iter().any(|(room, _)| *room == name);
    let full = target.join("::");
    let names_item = |name: &str| full == name || full.starts_with(&format!("{name}::"));
    allowed.iter().any(|name| *name == reached || is_item(name) && names_item(name))
}

fn names_crate(code: &str, name: &str) -> bool {
    let is_name = |(at, _): &(usize, &str)| {
        let after = &code[at + name.len()..];
        is_word_start(code, *at)
            && (after.starts_with("::") || after.trim_start().starts_with(';') && code.contains("use "))
    };
    code.match_indices(name).any(|found| is_name(&found))
}

fn serde_attributes(code: &str) -> Vec<&str> {
    code.match_indices("serde(")
        .filter_map(|(at, word)| {
            let inside = &code[at + word.len()..];
            inside.find(")]").map(|end| &inside[..end])
        })
        .collect()
}

/// The names in `[dependencies]` and `[build-dependencies]`, also those of single targets. What tests need is free.
fn dependencies(manifest: &str) -> BTreeSet<String> {
    let manifest: toml::Table = read(manifest).parse().unwrap();
    let targets =
        manifest.get("target").and_then(toml::Value::as_table).into_iter().flat_map(toml::Table::values);
    let tables = targets.filter_map(toml::Value::as_table).chain(std::iter::once(&manifest));
    let mut names = BTreeSet::new();
    for table in tables {
        for section in ["dependencies", "build-dependencies"] {
            let section = table.get(section).and_then(toml::Value::as_table).into_iter().flatten();
            names.extend(section.map(|(name, value)| {
                let renamed = value.get("package").and_then(toml::Value::as_str);
                renamed.unwrap_or(name).to_owned()
            }));
        }
    }
    names
}

fn report(what: &str, wrong: &[String]) {
    assert!(wrong.is_empty(), "{what}:\n{}", wrong.join("\n"));
}

#[test]
fn references_are_found_however_they_are_written() {
    let module: Vec<String> = ["fhir", "render", "score"].map(str::to_owned).to_vec();
    let cases: [(&str, &[&str]); 9] = [
        ("use crate::http;", &["http"]),
        ("use crate::{http::App, store};", &["http::App", "store"]),
        (
            "use crate::{\n    fhir::{self, Issue, render::{Frame as F}},\n    store as s,\n};",
            &["fhir", "fhir::Issue", "fhir::render::Frame", "store"],
        ),
        ("let x = crate::store::Store::new();", &["store::Store::new"]),
        ("use super::super::Issue;", &["fhir::Issue"]),
        ("fn f(x: &fhir_wire::IssueType) {}", &["fhir_wire::IssueType"]),
        ("use spinemet_engine::clinical::*;", &["engine::clinical"]),
        ("// use crate::http;\nlet s = \"crate::http\"; let r = r#\"crate::http\"#;", &[]),
        ("use other_crate::http;", &[]),
    ];
    for (text, expected) in cases {
        let file = SourceFile {
            path: PathBuf::new(),
            module: module.clone(),
            text: text.to_owned(),
            code: without_comments_and_strings(text),
        };
        let found: Vec<String> = file.references().into_iter().map(|(_, path)| path.join("::")).collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn an_arrow_is_judged_by_the_table() {
    let path = |text: &str| text.split("::").map(str::to_owned).collect::<Vec<_>>();
    let allowed = |room: &str, target: &str| {
        let (_, allowed) = ROOMS.iter().find(|(name, _)| *name == room).unwrap();
        is_allowed(room, allowed, &path(target))
    };
    assert!(allowed("mapping", "fhir::Issue"));
    assert!(allowed("mapping", "engine::clinical::Fact"));
    assert!(allowed("mapping", "fhir_wire::IssueType"));
    assert!(!allowed("mapping", "fhir_wire::RiskAssessment"));
    assert!(!allowed("mapping", "fhir::render::risk_assessments"));
    assert!(!allowed("fhir", "engine::scoring::Score"));
    assert!(!allowed("fhir", "mapping"));
    assert!(allowed("store", "assess::Rendered"));
    assert!(!allowed("store", "assess::Assessor"));
    assert!(!allowed("cds_hooks", "http::App"));
    assert!(!allowed("http", "cli::Status"));
    assert!(allowed("main", "http::App"));
    assert!(allowed("http", "store::Store"));
}
