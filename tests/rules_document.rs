//! `docs/rules.md` says of every rule of the consensus what becomes of it here: where it is applied and which tests show
//! that, where it is shown, or why it is left out. The document is made from the engine's catalogue and from the source;
//! this test compares it with the committed one, and writes it where `UPDATE_DOCUMENTS=1` is set.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may fail loudly"
)]

mod source;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use source::{is_word_start, read, root, rust_files, without_comments_and_strings};
use spinemet::language::Language;
use spinemet::texts::{Speaker, Texts};
use spinemet_engine::clinical::Domain;
use spinemet_engine::guidance::{Application, CONSENSUS, RULES, RULINGS, Rule};

const DOCUMENT: &str = "docs/rules.md";

/// Executable rules that no source applies yet or no test names yet. The goal is an empty list.
const PENDING: &[&str] = &[];

/// The catalogue lists every rule, and applies none.
const CATALOGUE: [&str; 3] = ["guidance/rule.rs", "guidance/rule/", "guidance/ruling.rs"];

/// Tests about the catalogue as a whole: that they name a rule shows nothing about it.
const ABOUT_THE_CATALOGUE: [&str; 2] = ["tests/rules_document.rs", "tests/engine/rules_table.rs"];

/// For each rule's id, the places that name it.
type Places = BTreeMap<&'static str, BTreeSet<String>>;

#[test]
fn the_document_is_what_the_source_says() {
    let document = document();
    let path = root().join(DOCUMENT);
    if std::env::var_os("UPDATE_DOCUMENTS").is_some_and(|value| value == "1") {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &document).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    let differs = committed.lines().zip(document.lines()).find(|(committed, made)| committed != made);
    assert!(
        committed == document,
        "{DOCUMENT} is not what the source says: make it with \
         `UPDATE_DOCUMENTS=1 cargo test --test rules_document`. First difference: {differs:#?}"
    );
}

#[test]
fn every_executable_rule_is_applied_and_has_a_test() {
    let (applied, tested) = (applied(), tested());
    let mut wrong = Vec::new();
    let executable = RULES.iter().filter(|rule| rule.application == Application::Executable);
    for rule in executable.clone().filter(|rule| !PENDING.contains(&rule.id)) {
        if !applied.contains_key(rule.id) {
            wrong.push(format!("{}: no source of the engine applies it", rule.id));
        }
        if !tested.contains_key(rule.id) {
            wrong.push(format!("{}: no test names it", rule.id));
        }
    }
    for id in PENDING {
        assert!(executable.clone().any(|rule| rule.id == *id), "{id} is pending and not executable");
        if applied.contains_key(id) && tested.contains_key(id) {
            wrong.push(format!("{id}: is applied and has a test; take it from PENDING"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_rule_that_is_left_out_is_applied_nowhere() {
    let applied = applied();
    for rule in RULES.iter().filter(|rule| matches!(rule.application, Application::LeftOut(_))) {
        assert!(!applied.contains_key(rule.id), "{}: {:?}", rule.id, applied.get(rule.id));
    }
}

fn document() -> String {
    let texts = Texts::embedded().unwrap();
    let speaker = texts.of(Language::English);
    let (applied, tested, said) = (applied(), tested(), said());
    let mut document = String::new();
    let count = |key: &str| RULES.iter().filter(|rule| rule.application.key() == key).count();
    write!(
        document,
        "# The rules of the consensus\n\n\
         What becomes of each of the {} rules of the consensus ({CONSENSUS}). Made by `tests/rules_document.rs`: not to be \
         edited.\n\n\
         {} are applied (something is computed from them), {} are shown for the reader to judge by, {} are left out. \
         Every rule, whatever its standing, is on the page `GET /knowledge` in one sentence; where else it is shown is \
         said by the key of the text in `locales/`.\n",
        RULES.len(),
        count("executable"),
        count("shown"),
        count("left-out"),
    )
    .unwrap();
    let mut section = "";
    for rule in RULES {
        if rule.section != section {
            section = rule.section;
            write!(
                document,
                "\n## {section} {}\n\n\
                 | rule | lines | kind | strength | in the program | where | tests |\n\
                 |---|---|---|---|---|---|---|\n",
                speaker.say("section", section),
            )
            .unwrap();
        }
        writeln!(
            document,
            "| {} | {} | {} | {} | {} | {} | {} |",
            rule.id,
            rule.lines,
            speaker.say("rule-kind", rule.kind.key()),
            speaker.say("strength", rule.strength.key()),
            speaker.say("application", rule.application.key()),
            whereabouts(*rule, speaker, &applied, &said),
            listed(tested.get(rule.id)),
        )
        .unwrap();
    }
    document.push_str("\n## Rulings\n\n| ruling | about | rules |\n|---|---|---|\n");
    for ruling in RULINGS {
        let rules: Vec<&str> = ruling.rules.iter().map(|rule| rule.id).collect();
        let about = ruling.slug.replace('-', " ");
        writeln!(document, "| {} | {about} | {} |", ruling.id, rules.join(", ")).unwrap();
    }
    document
}

fn whereabouts(rule: Rule, speaker: Speaker<'_>, applied: &Places, said: &Places) -> String {
    match rule.application {
        Application::Executable if !applied.contains_key(rule.id) => "pending".to_owned(),
        Application::Executable => listed(applied.get(rule.id)),
        Application::Shown => {
            let page = BTreeSet::from(["`/knowledge`".to_owned()]);
            listed(Some(&said.get(rule.id).cloned().unwrap_or_default().union(&page).cloned().collect()))
        }
        Application::LeftOut(omission) => speaker.say("omission", omission.key()).to_owned(),
    }
}

fn listed(places: Option<&BTreeSet<String>>) -> String {
    let places = places.into_iter().flatten().map(String::as_str);
    places.collect::<Vec<_>>().join("<br>")
}

/// Where the engine names the constant of a rule: file, and the function or constant around it.
fn applied() -> Places {
    let names = constants();
    let mut places = Places::new();
    for file in rust_files("crates/engine/src") {
        let shown = file.shown();
        if CATALOGUE.iter().any(|catalogue| shown.contains(catalogue)) {
            continue;
        }
        for (at, name) in named(&file.code) {
            let id = names.get(name).unwrap_or_else(|| panic!("{shown}: {name} is no rule"));
            let within = enclosing(&file.code, at).unwrap_or("the whole file");
            let short = shown.trim_start_matches("crates/engine/src/");
            places.entry(id).or_default().insert(format!("`{short}`: `{within}`"));
        }
    }
    places
}

/// The ids of the rules by the names of their constants, as the catalogue declares them.
fn constants() -> BTreeMap<String, &'static str> {
    let files = rust_files("crates/engine/src/guidance/rule").into_iter();
    let declarations: Vec<String> = files.map(|file| file.text).collect();
    let declared = declarations.iter().flat_map(|text| text.lines()).filter_map(|line| {
        let (name, rest) = line.trim().split_once(" = \"")?;
        Some((name.to_owned(), Rule::from_id(rest.split_once('"')?.0)?.id))
    });
    let constants: BTreeMap<String, &'static str> = declared.collect();
    assert_eq!(constants.len(), RULES.len(), "every rule has a constant");
    constants
}

/// `cn::NAME` and `rules::NAME` in code, with where they stand.
fn named(code: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    for module in ["cn::", "rules::"] {
        for (at, _) in code.match_indices(module).filter(|(at, _)| starts_a_path(code, *at)) {
            let after = &code[at + module.len()..];
            let is_of_name = |character: char| {
                character.is_ascii_uppercase() || character.is_ascii_digit() || character == '_'
            };
            let length = after.find(|character| !is_of_name(character)).unwrap_or(after.len());
            if length > 0 {
                found.push((at, &after[..length]));
            }
        }
    }
    found
}

/// Whether a module's name is whole: at the start of a path, or behind another module.
fn starts_a_path(code: &str, at: usize) -> bool {
    is_word_start(code, at) || code[..at].ends_with("::")
}

/// The name of the last function, constant or static that begins before a place; for a place in a doc comment that of the
/// next, which is what the comment is about.
fn enclosing(code: &str, at: usize) -> Option<&str> {
    let line = code[..at].rfind('\n').map_or(0, |end| end + 1);
    if code[line..].trim_start().starts_with("/// ") {
        return code[line..].lines().find_map(declared);
    }
    code[..at].lines().rev().find_map(declared)
}

/// The name of the function, constant or static that a line begins.
fn declared(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let line = line.strip_prefix("pub(crate) ").or_else(|| line.strip_prefix("pub(super) ")).unwrap_or(line);
    let line = line.strip_prefix("pub ").unwrap_or(line);
    let line = line.strip_prefix("async ").unwrap_or(line);
    let function = line.strip_prefix("const fn ").or_else(|| line.strip_prefix("fn "));
    let named = function.or_else(|| line.strip_prefix("const ")).or_else(|| line.strip_prefix("static "))?;
    let is_of_name = |character: char| character.is_alphanumeric() || character == '_';
    named.split(|character| !is_of_name(character)).next().filter(|name| !name.is_empty())
}

/// Where tests name a rule, by its id or by its constant: file, and the function or table around it.
fn tested() -> Places {
    let names = constants();
    let mut places = Places::new();
    for directory in ["tests", "crates/engine/tests"] {
        for file in rust_files(directory) {
            let shown = file.shown();
            if ABOUT_THE_CATALOGUE.iter().any(|about| shown.ends_with(about)) {
                continue;
            }
            let mut add = |id: &'static str, text: &str, at: usize| {
                let within = enclosing(text, at).unwrap_or("the whole file");
                places.entry(id).or_default().insert(format!("`{shown}`: `{within}`"));
            };
            for (at, id) in ids(&file.text) {
                add(id, &file.text, at);
            }
            for (at, name) in named(&file.code) {
                add(names.get(name).unwrap_or_else(|| panic!("{shown}: {name} is no rule")), &file.code, at);
            }
        }
    }
    places
}

/// The ids of rules in a text, with where they stand.
fn ids(text: &str) -> Vec<(usize, &'static str)> {
    let is_of_id = |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '.');
    text.match_indices("CN-")
        .filter_map(|(at, _)| {
            let after = &text[at..];
            let length = after.find(|character| !is_of_id(character)).unwrap_or(after.len());
            Rule::from_id(after[..length].trim_end_matches('.')).map(|rule| (at, rule.id))
        })
        .collect()
}

/// Which English texts cite a rule, other than its own sentence, by their keys.
fn said() -> Places {
    let mut places = Places::new();
    for file in ["locales/en.toml", "locales/knowledge.en.toml"] {
        let mut section = String::new();
        for line in read(file).lines() {
            if let Some(named) = line.strip_prefix('[') {
                named.trim_end_matches(']').clone_into(&mut section);
            }
            let Some((key, text)) = line.split_once(" = ") else { continue };
            for (_, id) in ids(text) {
                places.entry(id).or_default().insert(format!("`{section}.{key}`"));
            }
        }
    }
    places
}

#[test]
fn places_are_found_in_source() {
    let code = without_comments_and_strings(
        "const A: Rule = cn::SEP_CI1; // cn::SEP_CI2\n\
         pub const fn of(x: X) -> Rule {\n    guidance::rules::SEP_RT\n}\n\
         fn other() {\n    icn::NOTHING;\n    cn::not_a_constant();\n}\n",
    );
    let found: Vec<(&str, Option<&str>)> =
        named(&code).into_iter().map(|(at, name)| (name, enclosing(&code, at))).collect();
    assert_eq!(found, [("SEP_CI1", Some("A")), ("SEP_RT", Some("of"))]);
    let described =
        "fn before() {}\n/// CN-3.7-SEP-35 holds.\n#[test]\nfn after() {\n    // CN-3.7-SEP-35\n}\n";
    let found: Vec<Option<&str>> =
        ids(described).into_iter().map(|(at, _)| enclosing(described, at)).collect();
    assert_eq!(found, [Some("after"), Some("after")], "a comment is about what follows it");
    let found: Vec<&str> =
        ids("CN-2.1-2-3, (CN-1.6-24H). CN-2.1-2-34 CN-3.7-SEP-35.").into_iter().map(|(_, id)| id).collect();
    assert_eq!(found, ["CN-2.1-2-3", "CN-1.6-24H", "CN-3.7-SEP-35"]);
}
