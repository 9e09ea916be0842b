//! What a hospital can rely on when it adds codes of its own: what wins, what is refused, and what an example shows.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may fail loudly"
)]

use spinemet::fhir::Record;
use spinemet::mapping::{Form, Layer, MappingSet, MappingSource};

/// The program's files with these of the site over them: `(name, text)`; one called `.json` is a ConceptMap.
fn set(site: &[(&str, &str)]) -> Result<MappingSet, String> {
    let mut sources = MappingSource::embedded();
    for (name, text) in site {
        let form = if name.contains(".json") { Form::ConceptMap } else { Form::Toml };
        sources.push(MappingSource {
            name: (*name).to_owned(),
            text: (*text).to_owned(),
            layer: Layer::Site,
            form,
        });
    }
    MappingSet::compile(&sources).map_err(|error| error.to_string())
}

/// What an Observation with a code and a value becomes; its first decision where it becomes nothing.
fn mapped(set: &MappingSet, code: &str, value: &str) -> String {
    let bundle = format!(
        r#"{{"resourceType": "Bundle", "type": "collection", "entry": [
            {{"resource": {{"resourceType": "Patient", "id": "p"}}}},
            {{"resource": {{"resourceType": "Observation", "id": "o", "status": "final",
                "subject": {{"reference": "Patient/p"}}, "effectiveDateTime": "2026-11-20",
                "code": {code}, {value}}}}}]}}"#
    );
    let record = Record::read(bundle.as_bytes()).unwrap();
    let mapped = set.map(&record);
    let facts: Vec<String> = mapped.facts.iter().map(|fact| fact.statement.to_string()).collect();
    if facts.is_empty() {
        format!("{:?}", mapped.decisions.last().unwrap().outcome)
    } else {
        facts.join("; ")
    }
}

fn coded(system: &str, code: &str) -> String {
    format!(r#"{{"coding": [{{"system": "{system}", "code": "{code}"}}]}}"#)
}

const LOINC: &str = "http://loinc.org";
const LOCAL: &str = "https://hospital.example/codes";
const KARNOFSKY_80: &str = r#""valueInteger": 80"#;

#[test]
fn a_rule_of_the_site_takes_the_place_of_the_program_s_with_all_its_codes_and_words() {
    let site = r#"
        topic = "performance-status"
        [system]
        local = ["https://hospital.example/codes"]
        [[rule]]
        id = "karnofsky"
        input = "karnofsky"
        question = ["local|KPS"]
        question_text = ["activity index"]
        number = { unit = [""] }
    "#;
    let (before, after) = (set(&[]).unwrap(), set(&[("site.toml", site)]).unwrap());
    let words = |text: &str| format!(r#"{{"text": "{text}"}}"#);
    let cases = [
        (coded(LOINC, "89243-0"), true, false),
        (words("kps"), true, false),
        (coded(LOCAL, "KPS"), false, true),
        (words("activity index"), false, true),
    ];
    for (code, by_program, by_site) in cases {
        for (set, is_mapped) in [(&before, by_program), (&after, by_site)] {
            let found = mapped(set, &code, KARNOFSKY_80);
            assert_eq!(found == "karnofsky = 80", is_mapped, "{code}: {found}");
        }
    }
    assert_eq!(after.rule_count(), before.rule_count());
    let source = after.rule_source("performance-status/karnofsky").unwrap();
    assert_eq!((source.file, source.line), ("site.toml", 5));
}

#[test]
fn a_code_or_word_of_the_site_wins_over_the_program_s_and_leaves_the_rest_of_its_rule() {
    let site = r#"
        topic = "site"
        [[rule]]
        id = "ecog-under-the-code-of-karnofsky"
        input = "ecog"
        question = ["loinc|89243-0"]
        question_text = ["kps"]
        number = { unit = [""] }
    "#;
    let set = set(&[("site.toml", site)]).unwrap();
    let one = r#""valueInteger": 1"#;
    assert_eq!(mapped(&set, &coded(LOINC, "89243-0"), one), "ecog = 1");
    assert_eq!(mapped(&set, r#"{"text": "KPS"}"#, one), "ecog = 1");
    assert_eq!(mapped(&set, r#"{"text": "karnofsky"}"#, KARNOFSKY_80), "karnofsky = 80");
}

#[test]
fn whatever_is_wrong_is_named_with_file_line_and_reason() {
    let rule = |id: &str, rest: &str| format!("[[rule]]\nid = \"{id}\"\ninput = \"ecog\"\n{rest}\n");
    let map = |relation: &str| {
        format!(
            r#"{{"resourceType": "ConceptMap", "status": "active", "group": [{{"source": "{LOCAL}", "target": "{LOINC}",
            "element": [
            {{"code": "KPS", "target": [{{"code": "89243-0", {relation}}}]}}]}}]}}"#
        )
    };
    let topic = "topic = \"site\"\n";
    let local = format!("[system]\nlocal = [\"{LOCAL}\"]\n");
    let cases: [(Vec<(&str, String)>, &str); 12] = [
        (vec![("a.toml", "topic = ".to_owned())], "a.toml:1: "),
        (vec![("a.toml", format!("{topic}{}", rule("a", "colour = 1")))], "a.toml:5: unknown field `colour`"),
        (
            vec![("a.toml", rule("a", "question = [\"loinc|1-8\"]"))],
            "a.toml:1: a file with rules needs a topic",
        ),
        (vec![("a.toml", format!("{topic}{}", rule("a", "")))], "a.toml:2: the rule is never asked"),
        (
            vec![("a.toml", format!("{topic}{}", rule("a", "question = [\"local|A\"]")))],
            "a.toml:2: no code system is called \"local\"",
        ),
        (
            vec![("a.toml", format!("{topic}[[rule]]\nid = \"a\"\ninput = \"FILL-IN\"\n"))],
            "a.toml:2: no input is called \"FILL-IN\"; known are ",
        ),
        (
            vec![(
                "a.toml",
                format!(
                    "{topic}{}{}",
                    rule("a", "question_text = [\"x\"]"),
                    rule("a", "question_text = [\"y\"]")
                ),
            )],
            "a.toml:6: the rule site/a stands twice, also in a.toml:2",
        ),
        (
            vec![
                ("a.toml", format!("{topic}{}", rule("a", "question = [\"loinc|1-8\"]"))),
                ("b.toml", format!("{topic}{}", rule("b", "question = [\"loinc|1-8\"]"))),
            ],
            "b.toml:2: the code 1-8 already asks another question",
        ),
        (
            vec![(
                "a.toml",
                format!(
                    "{topic}{}{}",
                    rule("a", "question_text = [\"x\"]"),
                    rule("b", "question_text = [\"x\"]")
                ),
            )],
            "a.toml:6: the words \"x\" already ask another question",
        ),
        (
            vec![("a.json", "{\"resourceType\": \"Bundle\"}".to_owned())],
            "a.json:1: the resource is no ConceptMap",
        ),
        (vec![("a.json", "{\n\"group\": 1}".to_owned())], "a.json:2: no ConceptMap: "),
        (
            vec![
                ("a.toml", format!("{topic}{local}{}", rule("a", "question = [\"local|KPS\"]"))),
                ("b.json", map("\"equivalence\": \"equal\"")),
            ],
            "b.json:3: the code KPS of https://hospital.example/codes already means something else",
        ),
    ];
    for (files, expected) in cases {
        let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let error = set(&files).err().unwrap_or_default();
        assert!(error.starts_with(expected), "expected {expected}\nfound    {error}");
    }
}

#[test]
fn a_wrong_name_is_answered_with_those_that_there_are() {
    let rule = |input: &str, rest: &str| {
        let text = format!("topic = \"site\"\n[[rule]]\nid = \"a\"\ninput = \"{input}\"\n{rest}\n");
        set(&[("a.toml", &text)]).err().unwrap_or_default()
    };
    let meaning = |value: &str| format!("meaning = [{{ value = \"{value}\", text = [\"x\"] }}]");
    let cases = [
        (
            rule("hemoglobin", ""),
            "a.toml:2: no input is called \"hemoglobin\"; did you mean haemoglobin? known are ",
        ),
        (
            rule("drug", &meaning("Bevacizumap")),
            "has no value \"Bevacizumap\"; did you mean bevacizumab? known are ",
        ),
        (rule("primary", &meaning("mamma")), "has no value \"mamma\"; known are "),
        (
            rule("haemoglobin", "question = [\"loinc|718-7\"]\nnumber = { unit = [\"g/L\"] }"),
            "a.toml:2: haemoglobin is a measurement: its units need factors to g/dL, as number = { convert = [{ unit = \
             [\"g/dL\"], factor = \"1\" }] }; or translate your code in a ConceptMap to one that a rule has already",
        ),
        (
            set(&[("a.toml", "[[site]]\nvalue = \"Th12\"\ntext = [\"BWK 12\"]\n")]).err().unwrap_or_default(),
            "a.toml:1: no site is called \"Th12\"; did you mean T12 or T1? known are ",
        ),
    ];
    for (error, expected) in cases {
        assert!(error.contains(expected), "expected {expected}\nfound    {error}");
    }
}

#[test]
fn words_of_codes_that_nobody_listed_of_a_known_system_are_reported_and_not_used() {
    let site = format!(
        "topic = \"site\"\n[system]\nlocal = [\"{LOCAL}\"]\n\
         [[rule]]\nid = \"a\"\ninput = \"ecog\"\nquestion = [\"local|ECOG\"]\nnumber = {{ unit = [\"\"] }}\n"
    );
    let (before, after) = (set(&[]).unwrap(), set(&[("site.toml", &site)]).unwrap());
    let worded = |system: &str| {
        format!(r#"{{"coding": [{{"system": "{system}", "code": "X-1", "display": "Karnofsky score"}}]}}"#)
    };
    assert_eq!(
        mapped(&before, &worded(LOCAL), KARNOFSKY_80),
        "karnofsky = 80",
        "nobody has named the system"
    );
    for (set, system) in [(&after, LOCAL), (&before, LOINC)] {
        let found = mapped(set, &worded(system), KARNOFSKY_80);
        assert!(found.contains("karnofsky") && found.contains("WordsOfUnknownCode"), "{system}: {found}");
    }
    // Words that no question consists of are nobody's.
    let other = format!(
        r#"{{"coding": [{{"system": "{LOCAL}", "code": "X-2", "display": "Karnofsky of the ward"}}]}}"#
    );
    assert!(mapped(&after, &other, KARNOFSKY_80).contains("CodeNotKnown"));
}

#[test]
fn what_a_site_calls_ignored_is_left_aside_by_rule_whatever_it_is() {
    let site = format!(
        "topic = \"site\"\n[system]\nlocal = [\"{LOCAL}\"]\n[[rule]]\nid = \"a\"\ninput = \"ignored\"\n\
         meaning = [{{ value = \"yes\", code = [\"local|X\"] }}]\n"
    );
    let set = set(&[("site.toml", &site)]).unwrap();
    let code = coded(LOCAL, "X");
    for resource in [
        format!(r#""resourceType": "Condition", "code": {code}"#),
        format!(r#""resourceType": "Procedure", "status": "completed", "code": {code}"#),
        format!(
            r#""resourceType": "MedicationStatement", "status": "active", "medicationCodeableConcept": {code}"#
        ),
    ] {
        let bundle = format!(
            r#"{{"resourceType": "Bundle", "type": "collection", "entry": [
                {{"resource": {{"resourceType": "Patient", "id": "p"}}}}, {{"resource": {{ {resource} }}}}]}}"#
        );
        let record = Record::read(bundle.as_bytes()).unwrap();
        let outcome = set.map(&record).decisions.pop().unwrap().outcome;
        assert_eq!(format!("{outcome:?}"), "Ignored(ByRule)", "{resource}");
    }
}

#[test]
fn a_concept_map_translates_what_is_the_same_and_names_what_is_not() {
    let map = |target: &str| {
        format!(
            r#"{{"resourceType": "ConceptMap", "status": "active", "group": [{{"source": "{LOCAL}", "target": "{LOINC}",
            "element": [{{"code": "KPS", "target": [{target}]}}]}}]}}"#
        )
    };
    // The target, and the reason why it is not used.
    let cases = [
        (r#"{"code": "89243-0", "equivalence": "equivalent"}"#, None),
        (r#"{"code": "89243-0", "equivalence": "equal"}"#, None),
        (r#"{"code": "89243-0", "relationship": "equivalent"}"#, None),
        (r#"{"code": "89243-0", "equivalence": "wider"}"#, Some("\"wider\"")),
        (r#"{"code": "89243-0", "equivalence": "relatedto"}"#, Some("\"relatedto\"")),
        (
            r#"{"code": "89243-0", "relationship": "source-is-narrower-than-target"}"#,
            Some("source-is-narrower"),
        ),
        (r#"{"code": "89243-0", "relationship": "related-to", "equivalence": "equal"}"#, Some("related-to")),
        (r#"{"code": "89243-0"}"#, Some("is not said")),
        (r#"{"equivalence": "equal"}"#, Some("no target code")),
        (
            r#"{"code": "89243-0", "equivalence": "equal", "dependsOn": [{"property": "x", "value": "y"}]}"#,
            Some("on a condition only"),
        ),
        (r#"{"code": "0-0", "equivalence": "equal"}"#, Some("no rule knows the code 0-0")),
    ];
    for (target, reason) in cases {
        let set = set(&[("map.json", &map(target))]).unwrap();
        let found = mapped(&set, &coded(LOCAL, "KPS"), KARNOFSKY_80);
        assert_eq!(found == "karnofsky = 80", reason.is_none(), "{target}: {found}");
        let remarks: Vec<String> = set.remarks().iter().map(ToString::to_string).collect();
        match reason {
            None => assert!(remarks.is_empty(), "{target}: {remarks:?}"),
            Some(reason) => {
                assert_eq!(remarks.len(), 1, "{target}: {remarks:?}");
                let remark = &remarks[0];
                assert!(remark.starts_with("map.json:2: ") && remark.contains(reason), "{target}: {remark}");
            }
        }
    }
}

#[test]
fn a_concept_map_translates_answers_and_body_sites_too() {
    let map = format!(
        r#"{{"resourceType": "ConceptMap", "status": "active", "group": [
            {{"source": "{LOCAL}", "target": "https://spinemet.org/fhir/CodeSystem/finding",
              "element": [{{"code": "BILSKY-2", "target": [{{"code": "escc-2", "equivalence": "equal"}}]}}]}},
            {{"source": "{LOCAL}", "target": "http://snomed.info/sct",
              "element": [{{"code": "TH12", "target": [{{"code": "23215003", "equivalence": "equal"}}]}}]}}]}}"#
    );
    let set = set(&[("map.json", &map)]).unwrap();
    let value = format!(
        r#""valueCodeableConcept": {}, "bodySite": {}"#,
        coded(LOCAL, "BILSKY-2"),
        coded(LOCAL, "TH12")
    );
    let code = coded("https://spinemet.org/fhir/CodeSystem/finding", "escc-grade");
    assert_eq!(mapped(&set, &code, &value), "escc at T12 = 2");
}

#[test]
fn the_version_names_the_content_of_every_file() {
    let program = set(&[]).unwrap();
    let with_site = set(&[("site.toml", "topic = \"site\"\n")]).unwrap();
    assert_ne!(program.version(), with_site.version());
}

#[test]
fn a_sample_that_does_not_hold_keeps_the_files_out_of_use() {
    let directory = tempfile::tempdir().unwrap();
    let sample = |topic: &str, name: &str, expect: &str| {
        format!(
            "topic = \"{topic}\"\n[[sample]]\nname = \"{name}\"\nresource = '''{{\"resourceType\": \"Observation\", \
             \"status\": \"final\", \"code\": {{\"text\": \"kps\"}}, \"valueInteger\": 80}}'''\nexpect = [{expect}]\n"
        )
    };
    let path = directory.path().join("site.toml");
    std::fs::write(&path, sample("site", "KPS 80", "\"karnofsky = 80\"")).unwrap();
    MappingSet::load([directory.path()]).unwrap();
    std::fs::write(&path, sample("site", "KPS 80", "")).unwrap();
    let error = MappingSet::load([directory.path()]).unwrap_err().to_string();
    let expected = "site.toml:2: the sample \"KPS 80\": expected nothing, found karnofsky = 80";
    assert!(error.ends_with(expected), "{error}");
}

#[test]
fn the_example_hospital_works_as_its_readers_see_it() {
    let root = env!("CARGO_MANIFEST_DIR");
    let directory = format!("{root}/examples/site-mappings/mappings");
    let set = MappingSet::load([std::path::Path::new(&directory)]).unwrap();
    assert!(set.remarks().is_empty(), "{:?}", set.remarks());
    let text = std::fs::read(format!("{root}/examples/site-mappings/record.json")).unwrap();
    let record = Record::read(&text).unwrap();
    let facts = set.map(&record).facts;
    let mut statements: Vec<String> = facts.iter().map(|fact| fact.statement.to_string()).collect();
    statements.sort();
    let expected = ["albumin = 3.55 g/dL", "birth-date = 1961-04-02", "escc at T10 = 2", "karnofsky = 70"];
    assert_eq!(statements, expected);
}
