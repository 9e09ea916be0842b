//! What a person or a script can rely on at the command line: outputs, exit codes, and what happens to bad input.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may fail loudly"
)]

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

const AS_OF: &str = "2026-11-22T00:00:00Z";

/// What a run of the program gave.
struct Run {
    code: i32,
    out: String,
    complaints: String,
}

fn spinemet(arguments: &[&str]) -> Run {
    spinemet_with(arguments, "")
}

/// Runs the program with a text on its standard input.
fn spinemet_with(arguments: &[&str], input: &str) -> Run {
    let mut child = command(arguments).stdin(Stdio::piped()).spawn().unwrap();
    // A program that does not read its input may have ended before it is written.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    Run {
        code: output.status.code().expect("it ended by itself"),
        out: String::from_utf8(output.stdout).unwrap(),
        complaints: String::from_utf8(output.stderr).unwrap(),
    }
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_spinemet"));
    command
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_remove("SPINEMET_CONFIG")
        // It is the tests', and no setting: the program would refuse it.
        .env_remove("SPINEMET_TEST_POSTGRES")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// A patient with a metastasis in T12, Karnofsky 80 and some near misses.
fn record(patient: &str) -> Value {
    let subject = json!({ "reference": format!("Patient/{patient}") });
    let loinc = |code: &str| json!({ "coding": [{ "system": "http://loinc.org", "code": code }] });
    let resources = [
        json!({ "resourceType": "Patient", "id": patient, "birthDate": "1970-01-02" }),
        json!({
            "resourceType": "Observation", "id": "kps", "status": "final", "subject": subject,
            "code": loinc("89243-0"), "effectiveDateTime": "2026-11-20", "valueInteger": 80,
        }),
        json!({
            "resourceType": "Observation", "id": "far-off", "status": "final", "subject": subject,
            "code": loinc("89243-0"), "effectiveDateTime": "2026-11-20",
            "valueQuantity": { "value": 80, "unit": "kg" },
        }),
        json!({
            "resourceType": "Observation", "id": "heart-rate", "status": "final", "subject": subject,
            "code": loinc("8867-4"), "valueQuantity": { "value": 72, "unit": "/min" },
        }),
    ];
    let entries: Vec<Value> = resources.into_iter().map(|resource| json!({ "resource": resource })).collect();
    json!({ "resourceType": "Bundle", "type": "collection", "entry": entries })
}

/// A file in a directory of its own.
fn file(content: &str) -> (TempDir, String) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("input.json");
    std::fs::write(&path, content).unwrap();
    let path = path.to_str().unwrap().to_owned();
    (directory, path)
}

fn lines(out: &str) -> Vec<Value> {
    out.lines().map(|line| serde_json::from_str(line).expect(line)).collect()
}

#[test]
fn the_table_looks_as_recorded() {
    let run = spinemet(&["assess", "--as-of", AS_OF, "examples/breast-t12.json"]);
    assert_eq!((run.code, run.complaints.as_str()), (0, ""));
    let recorded = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/cli/breast-t12.txt");
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(&recorded, &run.out).unwrap();
    }
    let recorded = std::fs::read_to_string(recorded).unwrap();
    assert_eq!(run.out, recorded, "run with UPDATE_SNAPSHOTS=1 and read the difference");
}

#[test]
fn the_table_says_what_is_missing_and_whether_it_matters() {
    let run = spinemet(&["assess", "--as-of", AS_OF, "examples/kidney-missing.json"]);
    assert_eq!(run.code, 0, "{}", run.complaints);
    for words in ["remain possible", "not recorded", "Not known, and whether it matters"] {
        assert!(run.out.contains(words), "{words}: {}", run.out);
    }
}

#[test]
fn the_table_speaks_chinese() {
    let run = spinemet(&["assess", "--as-of", AS_OF, "--language", "zh", "examples/lung-zh.json"]);
    assert_eq!(run.code, 0, "{}", run.complaints);
    for words in ["脊柱", "备注", "得分", "供多学科团队讨论的治疗方案"] {
        assert!(run.out.contains(words), "{words}: {}", run.out);
    }
    assert!(!run.out.contains("Options for"), "{}", run.out);
}

#[test]
fn output_to_a_file_has_no_colour() {
    let run = spinemet(&["assess", "--as-of", AS_OF, "examples/breast-t12.json"]);
    assert!(!run.out.contains('\u{1b}'));
}

#[test]
fn json_has_stable_keys_and_codes() {
    let run = spinemet(&["assess", "--format", "json", "--as-of", AS_OF, "examples/breast-t12.json"]);
    assert_eq!(run.code, 0, "{}", run.complaints);
    let answer = &lines(&run.out)[0];
    assert_eq!(answer["format"], "spinemet-assessment/1");
    assert_eq!(answer["source"], json!({ "file": "examples/breast-t12.json", "line": null }));
    assert_eq!(answer["patient"], "Patient/breast-t12");
    assert_eq!(answer["as_of"], AS_OF);
    assert_eq!(answer["scope"], "in-scope");
    let instruments: Vec<&str> = answer["scores"]
        .as_array()
        .unwrap()
        .iter()
        .map(|score| score["instrument"].as_str().unwrap())
        .collect();
    assert_eq!(
        instruments,
        [
            "tomita-2001",
            "tomita-2001-receptors",
            "tokuhashi-2005",
            "tokuhashi-2005-receptors",
            "modified-bauer-2008",
            "katagiri-2014",
            "van-der-linden-2005",
            "sins-2010",
            "escc-2010",
            "noms-2013",
        ]
    );
    let sins = &answer["scores"][7];
    assert_eq!((&sins["level"], &sins["settled"]), (&json!("T12"), &json!(true)));
    assert_eq!(sins["totals"].as_array().unwrap().len(), 1);
    let item = &sins["items"][0];
    let mut keys: Vec<&String> = item.as_object().unwrap().keys().collect();
    keys.sort();
    assert_eq!(keys, ["assignments", "evidence", "item", "points", "remarks", "standing", "values"]);
    for key in ["verdicts", "alerts", "missing", "conflicts", "issues"] {
        assert!(answer[key].is_array(), "{key}");
    }
}

#[test]
fn json_is_the_same_whatever_the_order_of_the_entries() {
    let mut turned = record("a");
    turned["entry"].as_array_mut().unwrap().reverse();
    let assess = |record: &Value| {
        spinemet_with(&["assess", "-", "--format", "fhir", "--as-of", AS_OF], &record.to_string()).out
    };
    assert_eq!(assess(&record("a")), assess(&turned));
}

#[test]
fn fhir_is_the_bundle_of_the_service_without_the_time_of_storing() {
    let run = spinemet(&["assess", "--format", "fhir", "--as-of", AS_OF, "examples/breast-t12.json"]);
    assert_eq!(run.code, 0, "{}", run.complaints);
    let answer = &lines(&run.out)[0];
    assert_eq!(answer["resourceType"], "Bundle");
    let entries = answer["entry"].as_array().unwrap();
    let (outcome, assessments) = entries.split_last().unwrap();
    assert_eq!(outcome["resource"]["resourceType"], "OperationOutcome");
    assert_eq!(assessments.len(), 11);
    for entry in assessments {
        let resource = &entry["resource"];
        assert_eq!(resource["resourceType"], "RiskAssessment");
        let url =
            format!("http://127.0.0.1:8080/fhir/R4/RiskAssessment/{}", resource["id"].as_str().unwrap());
        assert_eq!(entry["fullUrl"], url);
        assert_eq!(resource["meta"]["versionId"], "1");
        assert!(resource["meta"].get("lastUpdated").is_none());
    }
}

#[test]
fn one_spoilt_line_costs_none_of_the_others() {
    let input = format!("{}\nspoilt\n\n{}\n", record("first"), record("last"));
    let run = spinemet_with(&["assess", "-", "--format", "json", "--as-of", AS_OF], &input);
    assert_eq!(run.code, 1);
    let answers = lines(&run.out);
    assert_eq!(answers.len(), 3);
    assert_eq!((&answers[0]["patient"], &answers[0]["source"]["line"]), (&json!("Patient/first"), &json!(1)));
    assert_eq!((&answers[1]["patient"], &answers[1]["source"]["line"]), (&Value::Null, &json!(2)));
    assert!(answers[1]["error"].is_string());
    assert_eq!(answers[1]["issues"][0]["code"], "structure");
    assert_eq!((&answers[2]["patient"], &answers[2]["source"]["line"]), (&json!("Patient/last"), &json!(4)));
    let complaint =
        "spinemet: standard input, line 2: the body is not acceptable JSON: Bundle: The body is not JSON";
    assert!(run.complaints.starts_with(complaint), "{}", run.complaints);

    let run = spinemet_with(&["assess", "-", "--as-of", AS_OF], &input);
    assert_eq!((run.code, run.complaints.as_str()), (1, ""));
    for words in ["Patient/first", "Could not be assessed", "standard input, line 2", "Patient/last"] {
        assert!(run.out.contains(words), "{words}: {}", run.out);
    }

    let run = spinemet_with(&["assess", "-", "--format", "fhir", "--as-of", AS_OF], &input);
    let kinds: Vec<Value> = lines(&run.out).iter().map(|answer| answer["resourceType"].clone()).collect();
    assert_eq!(kinds, ["Bundle", "OperationOutcome", "Bundle"]);
}

#[test]
fn bad_input_is_told_from_bad_usage_and_from_missing_files() {
    let (_directory, not_json) = file("this, is\nno, json\n");
    let (_other, no_bundle) = file(r#"{"resourceType":"Patient","id":"1"}"#);
    let (_another, empty) = file("\n");
    let cases: [(&[&str], i32, &str); 11] = [
        (&["assess", &not_json], 1, "not JSON: line 1"),
        (&["assess", &no_bundle], 1, "Expected a Bundle"),
        (&["assess", &empty], 1, "is empty"),
        (&["assess", "no-such-file.json"], 3, "no-such-file.json: cannot be read"),
        (&["assess", "src"], 3, "src: cannot be read"),
        (&["assess", "--mappings", "no-such-directory", &no_bundle], 3, "no-such-directory"),
        (&["serve", "--config", "no-such-file.toml"], 3, "no-such-file.toml"),
        (&["health", "--config", "no-such-file.toml"], 3, "no-such-file.toml"),
        (&["assess"], 2, "Usage"),
        (&["assess", "--as-of", "yesterday", &no_bundle], 2, "not a date"),
        (&["assess", "--language", "tlh", &no_bundle], 2, "use en or zh"),
    ];
    for (arguments, code, words) in cases {
        let run = spinemet(arguments);
        let said = format!("{}{}", run.out, run.complaints);
        assert_eq!(run.code, code, "{arguments:?}: {said}");
        assert!(said.contains(words), "{arguments:?}: {said}");
        assert!(!said.contains("panicked"), "{arguments:?}: {said}");
    }
}

#[test]
fn a_missing_file_costs_none_of_the_others() {
    let run = spinemet(&["assess", "no-such-file.json", "examples/breast-t12.json", "--as-of", AS_OF]);
    assert_eq!(run.code, 3);
    assert!(run.out.contains("Patient/breast-t12"), "{}", run.out);
}

#[test]
fn a_date_means_its_end() {
    let as_of = |date: &str| {
        let run =
            spinemet_with(&["assess", "-", "--format", "json", "--as-of", date], &record("a").to_string());
        lines(&run.out)[0]["as_of"].clone()
    };
    assert_eq!(as_of("2026-11-22"), "2026-11-22T23:59:59Z");
    assert_eq!(as_of("2026-11-22T08:00:00+08:00"), AS_OF);
}

#[test]
fn explain_names_the_rule_or_the_reason_for_every_resource() {
    let record = record("a").to_string();
    let run = spinemet_with(&["explain", "-", "--as-of", AS_OF], &record);
    assert_eq!((run.code, run.complaints.as_str()), (0, ""));
    for words in [
        "karnofsky = 80",
        "performance-status/karnofsky",
        "(performance-status.toml:",
        "Observation/far-off",
        "Observation.valueQuantity: the unit is",
        "Observation/heart-rate",
        "no mapping rule knows its code",
        "4 resources. Facts: 2, near misses: 1, left aside: 1.",
    ] {
        assert!(run.out.contains(words), "{words}: {}", run.out);
    }
    let run = spinemet_with(&["explain", "-", "--format", "json", "--as-of", AS_OF], &record);
    let answer = &lines(&run.out)[0];
    assert_eq!(answer["counts"], json!({ "resources": 4, "mapped": 2, "near_misses": 1, "left_aside": 1 }));
    let kps = &answer["resources"][1];
    assert_eq!(kps["outcome"], "mapped");
    assert_eq!(kps["statement"], "karnofsky = 80");
    assert_eq!(kps["freshness"], "fresh");
    assert_eq!(kps["file"], "performance-status.toml");
    assert!(kps["line"].as_u64().unwrap() > 1);
    assert_eq!(answer["resources"][2]["reason"], "unit");
}

#[test]
fn explain_says_which_fact_is_too_old() {
    let run = spinemet_with(&["explain", "-", "--as-of", "2027-06-01"], &record("a").to_string());
    assert!(run.out.contains("karnofsky = 80 (too old to be used)"), "{}", run.out);
}

#[test]
fn mapping_files_are_checked_with_their_samples() {
    let run = spinemet(&["mappings", "check"]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.complaints);
    assert!(run.out.contains("all as expected"), "{}", run.out);

    let site = tempfile::tempdir().unwrap();
    let path = site.path().join("site.toml");
    let directory = site.path().to_str().unwrap();
    let sample = "topic = \"site\"\n[[sample]]\nname = \"a wish\"\nexpect = [\"karnofsky = 70\"]\nresource = '''\
        {\"resourceType\":\"Observation\",\"status\":\"final\"}'''\n";
    std::fs::write(&path, sample).unwrap();
    let run = spinemet(&["mappings", "check", "--mappings", directory]);
    assert_eq!(run.code, 1, "{}", run.out);
    for words in ["a wish", "expected karnofsky = 70", "found", "1 failed"] {
        assert!(run.out.contains(words), "{words}: {}", run.out);
    }

    std::fs::write(&path, "topic = \"site\"\nsurprise = 1\n").unwrap();
    let run = spinemet(&["mappings", "check", "--mappings", directory]);
    assert_eq!(run.code, 1);
    assert!(run.complaints.contains("site.toml:2"), "{}", run.complaints);
}

#[test]
fn help_shows_examples_and_exit_codes() {
    for arguments in [
        &["--help"] as &[&str],
        &["serve", "--help"],
        &["assess", "--help"],
        &["explain", "--help"],
        &["mappings", "check", "--help"],
        &["health", "--help"],
    ] {
        let run = spinemet(arguments);
        assert_eq!(run.code, 0, "{arguments:?}");
        assert!(run.out.contains("Examples:"), "{arguments:?}: {}", run.out);
        assert!(run.out.contains("Exit codes"), "{arguments:?}: {}", run.out);
    }
}

#[test]
fn a_reader_that_has_seen_enough_ends_the_program_quietly() {
    let many = format!("{}\n", record("a")).repeat(2000);
    let mut child = command(&["assess", "-", "--as-of", AS_OF, "--format", "json"])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || {
        // Refused once the program has ended, as it should be.
        let _ = input.write_all(many.as_bytes());
    });
    let mut first = [0_u8; 100];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}

#[test]
fn health_asks_the_configured_address() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let ask = |listen: &str| {
        let output = command(&["health"]).env("SPINEMET_LISTEN", listen).output().unwrap();
        output.status.code().unwrap()
    };
    for (answer, code) in
        [("HTTP/1.1 200 OK\r\n\r\n", 0), ("HTTP/1.1 503 Service Unavailable\r\n\r\n", 1), ("", 1)]
    {
        let listener = listener.try_clone().unwrap();
        let server = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = [0_u8; 512];
            let count = stream.read(&mut request).unwrap();
            assert!(request[..count].starts_with(b"GET /livez HTTP/1.1\r\n"));
            stream.write_all(answer.as_bytes()).unwrap();
        });
        assert_eq!(ask(&format!("0.0.0.0:{}", address.port())), code, "{answer:?}");
        server.join().unwrap();
    }
    drop(listener);
    assert_eq!(ask(&address.to_string()), 1);
}
