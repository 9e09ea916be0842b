//! The texts are complete and say the same in both languages, as far as a program can tell.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may fail loudly"
)]

use std::collections::{BTreeMap, BTreeSet};

use spinemet::language::Language;
use spinemet::mapping::{Ignored, NearMiss};
use spinemet::texts::Texts;
use spinemet_engine::assessment::Scope;
use spinemet_engine::clinical::{
    Alignment, Collapse, Domain, Escc, Lesion, Pain, Posterolateral, PrimarySite, SinsLocation,
};
use spinemet_engine::guidance::{
    AlertKind, Input, Predicate, RULES, RULINGS, Rule, TreatmentOption, Truth, VerdictKind,
};
use spinemet_engine::scoring::{AssignmentStatus, Band, HeldBack, Instrument, Item, ScoreNote};
use spinemet_engine::vocabulary::vocabularies;

/// The files of a language.
fn files(language: Language) -> [&'static str; 5] {
    match language {
        Language::English => [
            include_str!("../locales/en.toml"),
            include_str!("../locales/guidance.en.toml"),
            include_str!("../locales/cards.en.toml"),
            include_str!("../locales/rules.en.toml"),
            include_str!("../locales/knowledge.en.toml"),
        ],
        Language::Chinese => [
            include_str!("../locales/zh.toml"),
            include_str!("../locales/guidance.zh.toml"),
            include_str!("../locales/cards.zh.toml"),
            include_str!("../locales/rules.zh.toml"),
            include_str!("../locales/knowledge.zh.toml"),
        ],
    }
}

/// Every text of a language by its section and key.
fn texts(language: Language) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    let mut open: Vec<(String, toml::Table)> = files(language)
        .into_iter()
        .map(|file| (String::new(), file.parse().expect("the file is TOML")))
        .collect();
    while let Some((section, table)) = open.pop() {
        for (key, value) in table {
            let key = format!("{section}.{key}");
            match value {
                toml::Value::Table(table) => open.push((key, table)),
                text => drop(texts.insert(key, text.as_str().expect("a text").to_owned())),
            }
        }
    }
    texts
}

#[test]
fn both_languages_have_the_same_keys() {
    let english: BTreeSet<String> = texts(Language::English).into_keys().collect();
    let chinese: BTreeSet<String> = texts(Language::Chinese).into_keys().collect();
    let missing: Vec<_> = english.difference(&chinese).collect();
    let left_over: Vec<_> = chinese.difference(&english).collect();
    assert!(missing.is_empty(), "the Chinese files lack {missing:#?}");
    assert!(left_over.is_empty(), "the English files lack {left_over:#?}");
}

#[test]
fn both_languages_fill_in_the_same_words_and_cite_the_same_rules() {
    let chinese = texts(Language::Chinese);
    for (key, english) in texts(Language::English) {
        let Some(chinese) = chinese.get(&key) else { continue };
        assert_eq!(words(&english), words(chinese), "words in braces of {key}");
        assert_eq!(rules(&english), rules(chinese), "rules of {key}");
        // What stands between two sentences: a space in English, nothing in Chinese.
        let may_be_blank = key == ".sentence.sentence-gap";
        let is_blank = chinese.trim().is_empty() || english.trim().is_empty();
        assert!(may_be_blank || !is_blank, "{key} is empty");
    }
}

#[test]
fn there_are_words_for_everything_that_the_engine_and_the_mapping_say() {
    let texts = Texts::embedded().unwrap();
    let speaker = texts.of(Language::English);
    let mut missing = Vec::new();
    let mut expect = |section: &str, keys: Vec<&'static str>| {
        missing.extend(
            keys.into_iter().filter(|key| !speaker.knows(section, key)).map(|key| format!("{section}.{key}")),
        );
    };
    expect("instrument", keys::<Instrument>());
    expect("item", keys::<Item>());
    expect("band", keys::<Band>());
    expect("mitigation", keys::<Band>());
    expect("limit", keys::<Instrument>());
    expect("assignment", keys::<AssignmentStatus>());
    expect("score-note", keys::<ScoreNote>());
    expect("scope", keys::<Scope>());
    expect("input", keys::<Input>());
    expect("predicate", keys::<Predicate>());
    expect("truth", keys::<Truth>());
    expect("option", keys::<TreatmentOption>());
    expect("verdict", keys::<VerdictKind>());
    expect("alert", keys::<AlertKind>());
    expect("value.sins-location", keys::<SinsLocation>());
    expect("value.sins-pain", keys::<Pain>());
    expect("value.sins-lesion", keys::<Lesion>());
    expect("value.sins-alignment", keys::<Alignment>());
    expect("value.sins-collapse", keys::<Collapse>());
    expect("value.sins-posterolateral", keys::<Posterolateral>());
    expect("value.escc-grade", keys::<Escc>());
    let told = |name: &&str| KNOWLEDGE.contains(name) || OPERATION.contains(name);
    for vocabulary in vocabularies().into_iter().filter(|vocabulary| told(&vocabulary.name)) {
        expect(vocabulary.name, vocabulary.keys);
    }
    for item in Item::ALL.iter().copied() {
        let section: &'static str = Box::leak(format!("value.{}", item.key()).into_boxed_str());
        expect(section, item.choices().iter().map(|choice| choice.key).collect());
    }
    expect("primary-site", keys::<PrimarySite>());
    expect("held-back-reason", keys::<HeldBack>());
    expect("section", RULES.iter().map(|rule| rule.section).collect());
    expect("ignored", Ignored::ALL.iter().map(|reason| reason.key()).collect());
    expect("near-miss", NearMiss::ALL.iter().map(|reason| reason.key()).collect());
    missing.retain(|key| !WORDLESS.contains(&key.as_str()));
    assert!(missing.is_empty(), "the locales lack {missing:#?}");
}

/// The vocabularies of the knowledge, whose sections are named as they are.
const OPERATION: [&str; 11] = [
    "timer",
    "timer-state",
    "timer-need",
    "hold-source",
    "drug",
    "risk-factor",
    "remark",
    "procedure",
    "concern",
    "drug-use",
    "procedure-state",
];

/// The vocabularies that the page about the knowledge shows.
const KNOWLEDGE: [&str; 15] = [
    "rule",
    "ruling",
    "rule-kind",
    "strength",
    "application",
    "omission",
    "role",
    "radiosensitivity",
    "held-back",
    "hold",
    "drug-class",
    "interval-limit",
    "time-unit",
    "freshness-window",
    "threshold",
];

/// The guidance is no single score, so nothing is said of its limits as one.
const WORDLESS: [&str; 1] = ["limit.guidance"];

/// A slug that nothing says any more would stay unseen.
#[test]
fn what_is_said_of_an_unmet_criterion_is_of_one_that_exists() {
    for language in Language::ALL {
        let told =
            texts(language).into_keys().filter_map(|key| Some(key.strip_prefix(".unmet.")?.to_owned()));
        let told: Vec<String> = told.collect();
        assert!(!told.is_empty());
        let unknown: Vec<_> = told.iter().filter(|key| Predicate::from_key(key).is_none()).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }
}

#[test]
fn every_rule_that_a_text_cites_exists() {
    for language in Language::ALL {
        for (key, text) in texts(language) {
            for id in rules(&text) {
                let exists = Rule::from_id(&id).is_some() || RULINGS.iter().any(|ruling| ruling.id == id);
                assert!(exists, "{key} cites {id}");
            }
        }
    }
}

#[test]
fn a_rule_is_told_in_one_sentence_that_orders_nothing() {
    const ORDERS: [&str; 6] = ["must ", "do not", "Do not", "请勿", "务必", "不得"];
    for (language, end) in [(Language::English, '.'), (Language::Chinese, '。')] {
        let told = texts(language).into_iter();
        for (key, text) in told.filter(|(key, _)| key.starts_with(".rule.")) {
            assert!(text.ends_with(end), "{key}");
            assert!(!text.trim_end_matches(end).contains("。"), "{key} is more than a sentence");
            assert!(!ORDERS.iter().any(|order| text.contains(order)), "{key} is put as an order: {text}");
        }
    }
}

fn keys<T: Domain>() -> Vec<&'static str> {
    T::ALL.iter().map(|value| value.key()).collect()
}

/// The words in braces that a program fills in.
fn words(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|after| after.split('}').next()).collect()
}

/// The ids of rules: `CN-2.1-2-3`, `RUL-11`.
fn rules(text: &str) -> BTreeSet<String> {
    text.split(|character: char| !(character.is_ascii_alphanumeric() || character == '-' || character == '.'))
        .filter(|word| word.starts_with("CN-") || word.starts_with("RUL-"))
        .map(|word| word.trim_end_matches(['.', '-']).to_owned())
        .collect()
}
