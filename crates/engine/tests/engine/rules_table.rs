//! The rules that the engine names are those of the specification, all of them and as it puts them.

use std::collections::BTreeSet;

use spinemet_engine::clinical::Domain;
use spinemet_engine::guidance::{Application, RULES, RULINGS, Role, Rule, Strength, TreatmentOption};
use spinemet_engine::scoring::Instrument;

use crate::shared::specification;

#[test]
fn the_catalogue_is_the_specification_rule_by_rule() {
    let Some(stated) = specification("rules.json") else {
        return;
    };
    let stated: Vec<[&str; 5]> = stated
        .as_array()
        .unwrap()
        .iter()
        .map(|rule| {
            ["id", "section", "seed_lines", "kind", "strength"].map(|name| rule[name].as_str().unwrap())
        })
        .collect();
    assert_eq!(stated.len(), RULES.len());
    for (rule, stated) in RULES.iter().zip(stated) {
        let strength = rule.strength.key().to_uppercase();
        assert_eq!([rule.id, rule.section, rule.lines, rule.kind.key(), &strength], stated);
    }
}

#[test]
fn every_id_that_is_named_is_a_rule() {
    for id in Instrument::ALL.iter().flat_map(|instrument| instrument.rule_ids()) {
        assert!(Rule::from_id(id).is_some(), "{id}");
    }
}

#[test]
fn a_rule_says_where_it_stands() {
    let rule = Rule::from_id("CN-2.4-23-SEP").unwrap();
    let place = "脊柱转移性肿瘤手术治疗专家共识, 中国脊柱脊髓杂志 2023;33(4), § 2.4 (135-136)";
    assert_eq!(rule.citation().to_string(), place);
}

#[test]
fn contraindications_are_just_the_eighteen_of_the_consensus() {
    let used: BTreeSet<&str> = TreatmentOption::ALL
        .iter()
        .flat_map(|option| option.table().contraindications)
        .map(|criterion| {
            assert_eq!(criterion.rule.strength, Strength::Contraindication, "{}", criterion.rule.id);
            criterion.rule.id
        })
        .collect();
    let listed: BTreeSet<&str> =
        RULES.iter().filter(|rule| rule.strength == Strength::Contraindication).map(|rule| rule.id).collect();
    assert_eq!(used.len(), 18);
    assert_eq!(used, listed);
    assert_eq!(Role::Contraindication.key(), "contraindication");
}

#[test]
fn no_rule_and_no_ruling_is_listed_twice() {
    let ids: BTreeSet<&str> = RULES.iter().map(|rule| rule.id).collect();
    assert_eq!((ids.len(), RULES.len()), (151, 151));
    let ids: Vec<&str> = RULINGS.iter().map(|ruling| ruling.id).collect();
    let expected: Vec<String> = (1..=20).map(|number| format!("RUL-{number}")).collect();
    assert_eq!(ids, expected);
    let slugs: BTreeSet<&str> = RULINGS.iter().map(|ruling| ruling.slug).collect();
    assert_eq!(slugs.len(), RULINGS.len());
}

/// What the specification says of these in its notes: never shown, misprinted, no cards, not in the text.
#[test]
fn four_rules_are_left_out_for_a_reason() {
    let left_out: Vec<(&str, &str)> = RULES
        .iter()
        .filter_map(|rule| match rule.application {
            Application::LeftOut(omission) => Some((rule.id, omission.key())),
            Application::Executable | Application::Shown => None,
        })
        .collect();
    assert_eq!(
        left_out,
        [
            ("CN-1.6-TREND", "says-nothing-of-the-patient"),
            ("CN-2.1-POINTS-ERR", "misprint"),
            ("CN-3.7-BRACHY", "out-of-scope"),
            ("CN-4-FIG1", "not-in-the-text"),
        ]
    );
}

#[test]
fn every_standing_of_a_rule_has_its_slug() {
    for rule in RULES {
        let key = match rule.application {
            Application::Executable => "executable",
            Application::Shown => "shown",
            Application::LeftOut(_) => "left-out",
        };
        assert_eq!(rule.application.key(), key, "{}", rule.id);
        assert!(Application::KEYS.contains(&key));
    }
}
