//! Defaults, then the file, then the environment; and nothing is ignored.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

use std::path::{Path, PathBuf};

use spinemet::language::Language;
use spinemet::settings::{LogFormat, Settings, SettingsError};
use spinemet_engine::clinical::{FreshnessPolicy, Window};

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("spinemet.example.toml")
}

#[test]
fn the_example_file_says_what_the_defaults_are() {
    assert_eq!(Settings::from_layers(Some(&example()), []).unwrap(), Settings::default());
}

#[test]
fn the_example_file_has_every_key() {
    let text = std::fs::read_to_string(example()).unwrap();
    // The error about an unknown key lists the known ones.
    let error = with_file("unknown = 1").unwrap_err().to_string();
    let known: Vec<&str> = error.split('`').skip(1).step_by(2).filter(|key| *key != "unknown").collect();
    assert!(known.len() > 15, "{error}");
    for key in known {
        let forms = [
            format!("{key} = "),
            format!("# {key} = "),
            format!("[{key}]"),
            format!("# [[{key}]]"),
            format!("# [{key}]"),
        ];
        assert!(text.lines().any(|line| forms.iter().any(|form| line.starts_with(form))), "{key}");
    }
}

#[test]
fn a_hospital_sets_how_long_findings_stay_good() {
    let settings = with_file("[clinical.freshness]\npain = { fresh = 1, usable = 2 }").unwrap();
    let policy: FreshnessPolicy = settings.clinical.freshness.into();
    let expected = Window { fresh_hours: 1, usable_hours: 2 };
    assert_eq!(policy, FreshnessPolicy { pain: expected, ..FreshnessPolicy::default() });
    for (wrong, named) in [
        ("[clinical.freshness]\npain = { fresh = 3, usable = 2 }", "clinical.freshness.pain"),
        ("[clinical.freshness]\npian = { fresh = 1, usable = 2 }", "pian"),
        ("[clinical.freshness]\npain = { fresh = -1, usable = 2 }", "line 2"),
        ("[clinical.freshness]\npain = { fresh = 1 }", "usable"),
    ] {
        let error = with_file(wrong).unwrap_err().to_string();
        assert!(error.contains(named), "{wrong}: {error}");
    }
}

#[test]
fn an_unknown_key_is_named_with_its_line() {
    let error = with_file("language = \"zh\"\nlangauge = \"zh\"").unwrap_err().to_string();
    assert!(error.contains("langauge") && error.contains("line 2"), "{error}");
}

#[test]
fn a_wrong_value_is_named_with_its_line() {
    for line in [
        "listen = \"localhost\"",
        "language = \"de\"",
        "tenant = \"a b\"",
        "tenant = \"\"",
        "log_level = \"loud\"",
        "workers = 0",
        "body_read_deadline_milliseconds = 0",
        "assess_body_limit_bytes = -1",
        "public_base_url = \"ftp://example.org\"",
        "public_base_url = \"https://example.org/\"",
    ] {
        let error = with_file(line).unwrap_err().to_string();
        assert!(error.contains("line 1") && error.contains("settings.toml"), "{line}: {error}");
    }
}

#[test]
fn the_environment_wins_over_the_file() {
    let directory = tempfile::tempdir().unwrap();
    let file = write(directory.path(), "language = \"en\"\nworkers = 7\ntenant = \"file\"");
    let variables = [
        ("SPINEMET_LANGUAGE", "zh"),
        ("SPINEMET_WORKERS", "3"),
        ("SPINEMET_LOG_FORMAT", "json"),
        ("SPINEMET_TENANT", "42"),
        ("PATH", "/bin"),
    ];
    let settings = Settings::from_layers(Some(&file), variables.map(owned)).unwrap();
    assert_eq!(settings.language, Language::Chinese);
    assert_eq!(settings.workers.unwrap().get(), 3);
    assert_eq!(settings.log_format, LogFormat::Json);
    assert_eq!(settings.tenant.as_str(), "42");
}

#[test]
fn the_environment_can_name_the_file() {
    let directory = tempfile::tempdir().unwrap();
    let file = write(directory.path(), "language = \"zh\"");
    let variable = ("SPINEMET_CONFIG".to_owned(), file.to_str().unwrap().to_owned());
    assert_eq!(Settings::from_layers(None, [variable]).unwrap().language, Language::Chinese);
}

#[test]
fn a_wrong_variable_is_named() {
    for variable in [("SPINEMET_LANGAUGE", "zh"), ("SPINEMET_WORKERS", "many"), ("SPINEMET_LISTEN", "here")] {
        let error = Settings::from_layers(None, [owned(variable)]).unwrap_err();
        assert!(error.to_string().contains(variable.0), "{error}");
    }
}

#[test]
fn a_missing_file_is_an_error() {
    let outcome = Settings::from_layers(Some(Path::new("no/such/file.toml")), []);
    assert!(matches!(outcome, Err(SettingsError::Unreadable { .. })), "{outcome:?}");
}

#[test]
fn deadlines_must_fit_together() {
    let error = with_file("body_read_deadline_milliseconds = 60_000").unwrap_err();
    assert!(matches!(error, SettingsError::Inconsistent(_)), "{error}");
}

fn with_file(text: &str) -> Result<Settings, SettingsError> {
    let directory = tempfile::tempdir().unwrap();
    Settings::from_layers(Some(&write(directory.path(), text)), [])
}

fn write(directory: &Path, text: &str) -> PathBuf {
    let file = directory.join("settings.toml");
    std::fs::write(&file, text).unwrap();
    file
}

fn owned((name, value): (&str, &str)) -> (String, String) {
    (name.to_owned(), value.to_owned())
}
