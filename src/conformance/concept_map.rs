//! What the mapping files map, as FHIR has it: a ConceptMap for each topic, from the codes of terminologies to the
//! inputs of the engine, and the CodeSystem of those inputs.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::{Value, json};

use super::CANONICAL_BASE;
use crate::fhir::is_id;
use crate::mapping::{MappedCode, MappingSource, Topic, vocabulary};

/// The id of the CodeSystem.
const INPUT: &str = "mapping-input";

/// What is said of every code of a start.
const PREFIX_REMARK: &str = "This and every code that starts so.";

/// What every resource says about itself, as those in `profiles/` do.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Canonical<'a> {
    resource_type: &'a str,
    id: &'a str,
    url: String,
    version: &'a str,
    name: String,
    title: String,
    status: &'a str,
    experimental: bool,
    date: &'a str,
    publisher: &'a str,
    description: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    case_sensitive: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    concept: Vec<Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    group: Vec<Value>,
}

impl<'a> Canonical<'a> {
    fn new(resource_type: &'a str, id: &'a str, title: String, description: String) -> Self {
        Self {
            resource_type,
            id,
            url: format!("{CANONICAL_BASE}/{resource_type}/{id}"),
            version: env!("CARGO_PKG_VERSION"),
            name: pascal_case(id),
            title,
            status: "draft",
            experimental: false,
            date: "2026-01-01",
            publisher: "Spinemet",
            description,
            case_sensitive: None,
            content: None,
            concept: Vec::new(),
            group: Vec::new(),
        }
    }
}

/// The resources about the mapping files inside the program, as R4 has them.
pub(super) fn of_the_mapping() -> Vec<String> {
    // The files inside the program are compiled at every start, which fails where they cannot be read.
    let topics = vocabulary(&MappingSource::embedded()).unwrap_or_default();
    let maps = topics.iter().filter(|topic| is_id(&topic.name) && !topic.codes.is_empty()).map(concept_map);
    let resources = maps.chain([code_system(&topics)]);
    resources.filter_map(|resource| serde_json::to_string(&resource).ok()).collect()
}

fn concept_map(topic: &Topic) -> Canonical<'_> {
    let mut systems: BTreeMap<&str, BTreeMap<(&str, bool), BTreeSet<&MappedCode>>> = BTreeMap::new();
    for code in &topic.codes {
        let of_system = systems.entry(&code.system).or_default();
        of_system.entry((&code.code, code.is_prefix)).or_default().insert(code);
    }
    let group = |(system, codes): (&str, BTreeMap<(&str, bool), BTreeSet<&MappedCode>>)| {
        let element: Vec<Value> =
            codes.into_iter().map(|((code, _), meanings)| element(code, &meanings)).collect();
        json!({"source": system, "target": input_system(), "element": element})
    };
    Canonical {
        group: systems.into_iter().map(group).collect(),
        ..Canonical::new(
            "ConceptMap",
            &topic.name,
            format!("Mapping: {}", topic.name),
            "The codes that the mapping files inside the program know, and the inputs or values that they mean. A site \
             adds and replaces in files of its own. What is not listed is not understood, and never guessed."
                .to_owned(),
        )
    }
}

fn element(code: &str, meanings: &BTreeSet<&MappedCode>) -> Value {
    let target = |meaning: &&MappedCode| {
        let equivalence = if meaning.is_exact { "equivalent" } else { "wider" };
        if meaning.is_prefix {
            json!({"code": meaning.meaning, "equivalence": equivalence, "comment": PREFIX_REMARK})
        } else {
            json!({"code": meaning.meaning, "equivalence": equivalence})
        }
    };
    json!({"code": code, "target": meanings.iter().map(target).collect::<Vec<_>>()})
}

fn code_system(topics: &[Topic]) -> Canonical<'static> {
    let codes = topics.iter().flat_map(|topic| &topic.codes);
    let meanings: BTreeSet<&str> = codes.map(|code| code.meaning.as_str()).collect();
    Canonical {
        case_sensitive: Some(true),
        content: Some("complete"),
        concept: meanings.into_iter().map(|meaning| json!({"code": meaning})).collect(),
        ..Canonical::new(
            "CodeSystem",
            INPUT,
            "Inputs of the engine".to_owned(),
            "The inputs that records are mapped to, and their values: karnofsky is an input, karnofsky=80 a value of it. \
             Values separated by a vertical bar are those that a code leaves open."
                .to_owned(),
        )
    }
}

/// A ConceptMap of R4 as R5 has it: there a relation is named from the other side.
pub(super) fn for_r5(body: &str) -> String {
    body.replace(r#""equivalence":"equivalent""#, r#""relationship":"equivalent""#)
        .replace(r#""equivalence":"wider""#, r#""relationship":"source-is-narrower-than-target""#)
}

fn input_system() -> String {
    format!("{CANONICAL_BASE}/CodeSystem/{INPUT}")
}

/// `performance-status` as the name that FHIR wants: `PerformanceStatus`.
fn pascal_case(id: &str) -> String {
    let capital = |word: &str| {
        let mut characters = word.chars();
        characters
            .next()
            .map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + characters.as_str())
    };
    id.split(|character: char| !character.is_alphanumeric()).map(capital).collect()
}
