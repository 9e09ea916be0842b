//! What an integration engineer is promised: a Bundle in, RiskAssessments out, the same for the same record.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may fail loudly"
)]

mod records;

use records::{AS_OF, assess, assess_in, bundle, example, resources};
use serde_json::{Value, json};
use spinemet::assess::{Answer, Rejection};
use spinemet::language::Language;

fn by_suffix<'a>(resources: &'a [Value], suffix: &str) -> &'a Value {
    resources
        .iter()
        .find(|resource| resource["id"].as_str().is_some_and(|id| id.ends_with(suffix)))
        .unwrap_or_else(|| panic!("no RiskAssessment ends with {suffix}"))
}

fn total(resource: &Value) -> Option<i64> {
    resource["contained"][0]["valueInteger"].as_i64()
}

fn reachable(resource: &Value) -> Vec<i64> {
    let extension = resource["extension"].as_array().unwrap().iter().find(|extension| {
        extension["url"] == "https://spinemet.org/fhir/StructureDefinition/reachable-totals"
    });
    extension.map_or_else(Vec::new, |extension| {
        let parts = extension["extension"].as_array().unwrap().iter();
        parts
            .filter(|part| part["url"] == "total")
            .map(|part| part["valueInteger"].as_i64().unwrap())
            .collect()
    })
}

#[test]
fn a_complete_record_gives_every_score_and_the_guidance() {
    let found = resources(&assess(&example("breast-t12.json")).unwrap());
    let suffixes = [
        "-tomita-2001",
        "-tomita-2001-receptors",
        "-tokuhashi-2005",
        "-tokuhashi-2005-receptors",
        "-modified-bauer-2008",
        "-katagiri-2014",
        "-van-der-linden-2005",
        "-sins-2010-t12",
        "-escc-2010-t12",
        "-noms-2013-t12",
        "-guidance",
    ];
    assert_eq!(found.len(), suffixes.len());
    for suffix in suffixes {
        let resource = by_suffix(&found, suffix);
        for element in [
            "status",
            "method",
            "code",
            "subject",
            "occurrenceDateTime",
            "basis",
            "text",
            "note",
            "performer",
        ] {
            assert!(!resource[element].is_null(), "{suffix} has no {element}");
        }
        assert_eq!(resource["resourceType"], "RiskAssessment");
        assert_eq!(resource["occurrenceDateTime"], AS_OF);
    }
    // Laboratory values and surgical judgement are not on record: Katagiri and NOMS stay open.
    let open = ["-guidance", "-katagiri-2014", "-noms-2013-t12"];
    for suffix in suffixes.iter().filter(|suffix| !open.contains(suffix)) {
        let resource = by_suffix(&found, suffix);
        assert_eq!(resource["status"], "final", "{suffix}");
        assert!(!resource["prediction"][0]["outcome"]["coding"][0]["code"].is_null(), "{suffix}");
        assert!(!resource["mitigation"].is_null(), "{suffix}");
    }
}

#[test]
fn entry_order_and_key_order_do_not_show_in_the_answer() {
    let original = example("breast-t12.json");
    let first = assess(&original).unwrap();
    for seed in 1..20_u64 {
        let shuffled = shuffle(&original, seed);
        let again = assess(&shuffled).unwrap();
        assert_eq!(again.resources, first.resources, "seed {seed}");
        assert_eq!(again.issues, first.issues, "seed {seed}");
    }
}

/// The same JSON with the keys of every object and the entries of the Bundle in another order.
fn shuffle(value: &Value, seed: u64) -> Value {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let mut shuffled = reorder(value, &mut next);
    let entries = shuffled["entry"].as_array_mut().unwrap();
    for index in (1..entries.len()).rev() {
        entries.swap(index, usize::try_from(next() % (index as u64 + 1)).unwrap());
    }
    shuffled
}

fn reorder(value: &Value, next: &mut impl FnMut() -> u64) -> Value {
    match value {
        Value::Object(members) => {
            let mut members: Vec<(u64, &String, &Value)> =
                members.iter().map(|(key, value)| (next(), key, value)).collect();
            members.sort_by_key(|(rank, _, _)| *rank);
            Value::Object(
                members.into_iter().map(|(_, key, value)| (key.clone(), reorder(value, next))).collect(),
            )
        }
        Value::Array(elements) => {
            Value::Array(elements.iter().map(|element| reorder(element, next)).collect())
        }
        other => other.clone(),
    }
}

#[test]
fn another_fact_another_tenant_or_another_language_is_another_assessment() {
    let original = example("breast-t12.json");
    let id = |answer: &Answer| answer.resources[0].id.clone();
    let first = id(&assess(&original).unwrap());
    let mut changed = original.clone();
    for entry in changed["entry"].as_array_mut().unwrap() {
        if entry["resource"]["valueInteger"] == json!(80) {
            entry["resource"]["valueInteger"] = json!(70);
        }
    }
    assert_ne!(changed, original, "the example has a Karnofsky of 80");
    assert_ne!(id(&assess(&changed).unwrap()), first);
    assert_ne!(id(&assess_in(&original, "other", Language::English, AS_OF).unwrap()), first);
    assert_ne!(id(&assess_in(&original, "test", Language::Chinese, AS_OF).unwrap()), first);
    assert_eq!(id(&assess_in(&original, "test", Language::English, "2026-11-21T12:00:00Z").unwrap()), first);
}

#[test]
fn what_is_missing_widens_the_score_and_is_named() {
    let complete = resources(&assess(&example("breast-t12.json")).unwrap());
    let tokuhashi = total(by_suffix(&complete, "-tokuhashi-2005")).unwrap();
    let mut partial = example("breast-t12.json");
    let is_karnofsky = |entry: &Value| entry["resource"]["code"]["coding"][0]["code"] == "89243-0";
    partial["entry"].as_array_mut().unwrap().retain(|entry| !is_karnofsky(entry));
    let answer = assess(&partial).unwrap();
    let partial = resources(&answer);
    let partial = by_suffix(&partial, "-tokuhashi-2005");
    assert_eq!(
        reachable(partial),
        vec![tokuhashi - 2, tokuhashi - 1, tokuhashi],
        "Karnofsky gives 0, 1 or 2 points"
    );
    assert!(total(partial).is_none());
    assert_eq!(partial["contained"][0]["dataAbsentReason"]["coding"][0]["code"], "unknown");
    assert!(answer.issues.iter().any(|issue| issue.details.contains("Karnofsky")), "{:#?}", answer.issues);
}

#[test]
fn what_was_sent_as_unknown_is_never_read_as_none() {
    let patient = json!({"resourceType": "Patient", "id": "p"});
    let spine = json!({
        "resourceType": "Condition", "id": "m", "subject": {"reference": "Patient/p"},
        "code": {"coding": [{"system": "http://snomed.info/sct", "code": "94602001"}]}
    });
    let found = resources(&assess(&bundle(&[patient, spine])).unwrap());
    let tomita = by_suffix(&found, "-tomita-2001");
    assert_eq!(reachable(tomita), (2..=10).collect::<Vec<i64>>());
    assert_eq!(tomita["status"], "preliminary");
    assert!(tomita["prediction"].is_null());
    let tokuhashi = by_suffix(&found, "-tokuhashi-2005");
    assert_eq!(reachable(tokuhashi), (0..=15).collect::<Vec<i64>>());
}

#[test]
fn a_record_without_spinal_metastasis_is_not_scored() {
    let patient = json!({"resourceType": "Patient", "id": "p"});
    let karnofsky = json!({
        "resourceType": "Observation", "id": "k", "status": "final", "subject": {"reference": "Patient/p"},
        "code": {"coding": [{"system": "http://loinc.org", "code": "89243-0"}]}, "valueInteger": 80
    });
    let answer = assess(&bundle(&[patient, karnofsky])).unwrap();
    assert!(answer.resources.is_empty());
    assert!(!answer.issues.is_empty(), "the answer says why there is nothing");
}

#[test]
fn one_bad_entry_never_costs_the_good_ones() {
    let good = resources(&assess(&example("breast-t12.json")).unwrap());
    let bad = [
        json!(null),
        json!(17),
        json!("text"),
        json!([]),
        json!({}),
        json!({"resource": null}),
        json!({"resource": []}),
        json!({"resource": {"id": "x"}}),
        json!({"resource": {"resourceType": 7}}),
        json!({"resource": {"resourceType": "Observation", "code": "KPS"}}),
        json!({"resource": {"resourceType": "Observation", "code": {"coding": []}}}),
        json!({"resource": {"resourceType": "Observation", "status": ["final"], "code": {"coding": [{"system": "http://loinc.org", "code": "89243-0"}]}, "valueInteger": {}}}),
        json!({"resource": {"resourceType": "Condition", "code": {"coding": "C50"}, "bodySite": {}}}),
        json!({"resource": {"resourceType": "Observation", "pets": ["x"], "component": [{}, null, {"code": null}]}}),
    ];
    for entry in bad {
        for position in [0, 3] {
            let mut record = example("breast-t12.json");
            record["entry"].as_array_mut().unwrap().insert(position, entry.clone());
            let answer = assess(&record).unwrap_or_else(|_| panic!("refused because of {entry}"));
            assert_eq!(resources(&answer), good, "{entry}");
        }
    }
}

#[test]
fn a_body_that_is_nobodys_record_is_refused_with_its_place() {
    let patient = |id: &str| json!({"resourceType": "Patient", "id": id});
    let unprocessable = [
        (json!([]).to_string(), "Bundle"),
        (json!("Bundle").to_string(), "Bundle"),
        (json!({"resourceType": "Patient"}).to_string(), "resourceType"),
        (json!({"entry": []}).to_string(), "resourceType"),
        (bundle(&[]).to_string(), "Bundle.entry"),
        (json!({"resourceType": "Bundle", "type": "collection"}).to_string(), "Bundle.entry"),
        (json!({"resourceType": "Bundle", "type": "collection", "entry": {}}).to_string(), "Bundle.entry"),
        (bundle(&[patient("a"), patient("b")]).to_string(), "Bundle.entry[0].resource"),
        (json!({"resourceType": "Parameters", "parameter": []}).to_string(), "Parameters.parameter"),
    ];
    for (body, place) in unprocessable {
        match records::assess_bytes(body.as_bytes()) {
            Err(Rejection::Unprocessable(issues)) => {
                assert!(
                    issues.iter().any(|issue| issue.expression.as_deref() == Some(place)),
                    "{body}: {issues:?}"
                );
            }
            other => panic!("{body}: {other:?}"),
        }
    }
    let deep = format!("{{\"resourceType\":\"Bundle\",\"x\":{}{}}}", "[".repeat(5000), "]".repeat(5000));
    let malformed = [
        String::new(),
        "{".to_owned(),
        "not json".to_owned(),
        "{\"resourceType\":\"Bundle\"} trailing".to_owned(),
        "{\"resourceType\":\"Bundle\",\"resourceType\":\"Bundle\"}".to_owned(),
        "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":{\"resourceType\":\"Patient\",\"id\":\"a\",\"id\":\"b\"}}]}".to_owned(),
        deep,
    ];
    for body in malformed {
        match records::assess_bytes(body.as_bytes()) {
            Err(Rejection::Malformed(issues)) => {
                assert!(
                    issues.iter().all(|issue| issue.expression.is_some() && !issue.details.is_empty()),
                    "{issues:?}"
                );
            }
            other => panic!("{}: {other:?}", &body[..body.len().min(80)]),
        }
    }
    assert!(matches!(records::assess_bytes(b"{\"resourceType\":\"\xff\"}"), Err(Rejection::Malformed(_))));
}

#[test]
fn parameters_with_a_bundle_part_are_the_same_as_the_bundle() {
    let record = example("breast-t12.json");
    let parameters =
        json!({"resourceType": "Parameters", "parameter": [{"name": "bundle", "resource": record}]});
    assert_eq!(assess(&parameters).unwrap().resources, assess(&record).unwrap().resources);
}

#[test]
fn what_was_not_used_is_said_in_the_language_of_the_answer() {
    let mut record = example("breast-t12.json");
    record["entry"].as_array_mut().unwrap().push(json!({ "resource": {
        "resourceType": "Observation", "id": "kilograms", "status": "final",
        "code": { "coding": [{ "system": "http://loinc.org", "code": "89243-0" }] },
        "subject": { "reference": "Patient/breast-t12" }, "effectiveDateTime": "2026-11-20",
        "valueQuantity": { "value": 80, "unit": "kg" },
    }}));
    let cases = [
        (
            Language::English,
            "Not used: the unit is not one of this input. [",
            "no mapping rule knows its code",
            "; ",
        ),
        (Language::Chinese, "未采用：单位不是该输入项所用的单位。 [", "没有映射规则认识其编码", "；"),
    ];
    for (language, near_miss, ignored, separator) in cases {
        let answer = assess_in(&record, "test", language, AS_OF).unwrap();
        let said: Vec<&str> = answer.issues.iter().map(|issue| issue.details.as_str()).collect();
        assert!(said.iter().any(|words| words.starts_with(near_miss)), "{said:#?}");
        assert!(said.iter().any(|words| words.contains(&format!("{ignored}{separator}"))), "{said:#?}");
        if language == Language::Chinese {
            let foreign = said.iter().find(|words| words.contains("; ") || words.contains(", "));
            assert_eq!(foreign, None);
        }
    }
}

#[test]
fn several_levels_never_say_the_same_thing_twice() {
    let answer = assess(&example("kidney-missing.json")).unwrap();
    let said: Vec<&str> = answer.issues.iter().map(|issue| issue.details.as_str()).collect();
    assert_each_once(&said);
    let start = "Not recorded, and needed for the guidance or the further scores: ";
    let needed =
        said.iter().find_map(|words| words.strip_prefix(start)).expect("a sentence on what is needed");
    assert_each_once(&needed.trim_end_matches('.').split(", ").collect::<Vec<_>>());
}

fn assert_each_once(said: &[&str]) {
    for (position, words) in said.iter().enumerate() {
        assert!(!said[..position].contains(words), "twice: {words}");
    }
}

#[test]
fn resources_of_another_patient_are_never_used() {
    let own = example("breast-t12.json");
    let expected = resources(&assess(&own).unwrap());
    let mut mixed = own;
    mixed["entry"].as_array_mut().unwrap().push(json!({"resource": {
        "resourceType": "Observation", "id": "stranger", "status": "final", "subject": {"reference": "Patient/stranger"},
        "effectiveDateTime": "2026-11-21",
        "code": {"coding": [{"system": "http://loinc.org", "code": "89243-0"}]}, "valueInteger": 10
    }}));
    let answer = assess(&mixed).unwrap();
    assert_eq!(resources(&answer), expected);
    assert!(answer.issues.iter().any(|issue| issue.details.contains("another subject")));
}

#[test]
fn issues_and_errors_never_repeat_what_was_sent() {
    let mut record = example("breast-t12.json");
    record["entry"].as_array_mut().unwrap().push(json!({"resource": {
        "resourceType": "Observation", "id": "odd", "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": "89243-0"}], "text": "CANARY-TEXT"},
        "effectiveDateTime": "CANARY-DATE", "valueString": "CANARY-VALUE", "performer": "CANARY-NAME"
    }}));
    let answer = assess(&record).unwrap();
    let text = format!("{:?}", answer.issues);
    assert!(!text.contains("CANARY"), "{text}");
    assert!(text.contains("odd"), "the resource is named by its address");
}

#[test]
fn no_mutation_of_a_body_makes_the_way_panic() {
    let original = example("breast-t12.json").to_string().into_bytes();
    let pieces: [&[u8]; 9] = [b"null", b"[]", b"{}", b"\"\"", b"-1e999", b"\\u0000", b"\"", b"}", b"[[[["];
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = move |bound: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % bound as u64).unwrap()
    };
    let mut refused = 0;
    for _ in 0..600 {
        let mut body = original.clone();
        for _ in 0..=next(3) {
            let at = next(body.len());
            match next(3) {
                0 => body[at] = u8::try_from(next(256)).unwrap(),
                1 => drop(body.drain(at..(at + next(40)).min(original.len()).min(body.len()).max(at))),
                _ => drop(body.splice(at..at, pieces[next(pieces.len())].iter().copied())),
            }
        }
        match records::assess_bytes(&body) {
            Ok(answer) => assert!(!answer.issues.is_empty()),
            Err(rejection) => {
                refused += 1;
                assert!(rejection.issues().iter().all(|issue| issue.expression.is_some()));
            }
        }
    }
    assert!(
        refused > 100 && refused < 600,
        "{refused} of 600 were refused: the mutations are of one kind only"
    );
}

#[test]
fn a_sins_total_that_its_items_cannot_come_to_is_a_conflict_and_changes_nothing() {
    let own = example("breast-t12.json");
    let with_total = |total: u32| {
        let mut record = own.clone();
        let patient = record["entry"]
            .as_array()
            .unwrap()
            .iter()
            .find(|entry| entry["resource"]["resourceType"] == "Patient");
        let subject = format!("Patient/{}", patient.unwrap()["resource"]["id"].as_str().unwrap());
        record["entry"].as_array_mut().unwrap().push(json!({ "resource": {
            "resourceType": "Observation", "id": "total", "status": "final", "subject": { "reference": subject },
            "code": { "text": "SINS total" }, "bodySite": { "text": "T12" }, "valueInteger": total,
        } }));
        records::assess(&record).unwrap()
    };
    let conflicts = |answer: &spinemet::assess::Answer| -> Vec<String> {
        let conflicts = answer.issues.iter().filter(|issue| issue.code == fhir_wire::IssueType::Conflict);
        conflicts.map(|issue| issue.expression.clone().unwrap_or_default()).collect()
    };
    let alone = records::assess(&own).unwrap();
    let total = resources(&alone)
        .iter()
        .find(|resource| resource["id"].as_str().unwrap().contains("-sins-2010"))
        .and_then(|resource| resource["contained"][0]["valueInteger"].as_u64())
        .unwrap();
    let right = with_total(u32::try_from(total).unwrap());
    assert_eq!(conflicts(&right), conflicts(&alone));
    let wrong = with_total(u32::try_from(total).unwrap() + 1);
    assert_eq!(conflicts(&wrong), ["Bundle.entry.resource.where(id='total').valueInteger"]);
    assert_eq!(resources(&wrong), resources(&alone));
}
