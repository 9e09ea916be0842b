//! The rules that the engine names exist in the specification, with the section and strength that it gives them.

use spinemet_engine::clinical::Domain;
use spinemet_engine::guidance::{RULES, Role, Strength, TreatmentOption};
use spinemet_engine::scoring::Instrument;

use crate::shared::specification;

#[test]
fn every_rule_is_in_the_specification_with_its_section_and_strength() {
    let Some(rules) = specification("rules.json") else {
        return;
    };
    let rules = rules.as_array().unwrap();
    let find =
        |id: &str| rules.iter().find(|rule| rule["id"] == id).unwrap_or_else(|| panic!("{id}: no such rule"));
    for rule in RULES {
        let stated = find(rule.id);
        assert_eq!(stated["section"], rule.section, "{}", rule.id);
        assert_eq!(stated["strength"].as_str().unwrap().to_lowercase(), rule.strength.key(), "{}", rule.id);
    }
    for id in Instrument::ALL.iter().flat_map(|instrument| instrument.rule_ids()) {
        find(id);
    }
    let of_specification =
        rules.iter().filter(|rule| rule["strength"] == "CI").map(|rule| rule["id"].as_str().unwrap());
    for id in of_specification {
        assert!(
            RULES.iter().any(|rule| rule.id == id),
            "{id}: a contraindication that the engine does not know"
        );
    }
}

#[test]
fn contraindications_are_just_the_eighteen_of_the_consensus() {
    let mut used: Vec<&str> = TreatmentOption::ALL
        .iter()
        .flat_map(|option| option.table().contraindications)
        .map(|criterion| {
            assert_eq!(criterion.rule.strength, Strength::Contraindication, "{}", criterion.rule.id);
            criterion.rule.id
        })
        .collect();
    used.sort_unstable();
    used.dedup();
    assert_eq!(used.len(), 18, "{used:?}");
    assert_eq!(Role::Contraindication.key(), "contraindication");
}

#[test]
fn no_rule_is_listed_twice() {
    let mut ids: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
    ids.sort_unstable();
    let before = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), before);
}
