//! The tables of primary tumours and of drugs, row by row against the files of the specification.

use serde_json::Value;
use spinemet_engine::clinical::{
    Answer, Domain, Drug, PrimarySite, Radiosensitivity, ValueSet, radiosensitivity,
};
use spinemet_engine::guidance::{Hold, Truth, hold, hypervascular};
use spinemet_engine::scoring::{Graded, katagiri, tokuhashi, tomita};

use crate::shared::specification;

/// The group of the program for a row, with the other groups that the row speaks of.
const SITES: [(&str, &[&str]); 29] = [
    ("lung NSCLC", &["lung-non-small-cell"]),
    ("lung SCLC", &["lung-small-cell"]),
    ("osteosarcoma", &["osteosarcoma"]),
    ("stomach", &["stomach"]),
    ("bladder / urothelial", &["bladder"]),
    ("esophagus", &["esophagus"]),
    ("pancreas", &["pancreas"]),
    ("liver (HCC)", &["liver"]),
    ("gallbladder / bile duct", &["biliary"]),
    ("unknown primary (CUP)", &["unidentified"]),
    ("kidney RCC", &["kidney"]),
    ("uterus corpus (endometrium)", &["uterus"]),
    ("cervix uteri", &["cervix"]),
    ("rectum", &["rectum"]),
    ("colon", &["colon"]),
    ("thyroid differentiated (papillary/follicular)", &["thyroid"]),
    ("thyroid anaplastic", &["thyroid-anaplastic"]),
    ("breast HR+ ", &["breast"]),
    ("breast ER/HR- or TNBC", &["breast"]),
    ("prostate", &["prostate"]),
    ("carcinoid / NET well differentiated", &["carcinoid"]),
    ("ovary", &["ovary"]),
    ("melanoma", &["melanoma"]),
    ("lymphoma", &["lymphoma"]),
    ("myeloma / plasmacytoma", &["myeloma"]),
    ("soft-tissue / other sarcoma", &["sarcoma"]),
    ("head and neck SCC", &["head-and-neck"]),
    ("testis / germ cell (seminoma)", &["germ-cell"]),
    ("adrenal, thymus, skin non-melanoma, other", &["other"]),
];

fn text<'v>(row: &'v Value, table: &str, member: &str) -> &'v str {
    row[table][member].as_str().unwrap()
}

/// The groups of growth that a row names, in words like `rapid unless on molecularly targeted drug -> moderate`.
fn growths(words: &str) -> Vec<&'static str> {
    ["slow", "moderate", "rapid"].into_iter().filter(|group| words.contains(group)).collect()
}

#[test]
fn every_primary_tumour_is_grouped_as_the_specification_says() {
    let Some(rows) = specification("primary-sites.json") else { return };
    let rows = rows.as_array().unwrap();
    assert_eq!(rows.len(), SITES.len());
    for (row, (name, keys)) in rows.iter().zip(SITES) {
        assert_eq!(row["site"].as_str().unwrap(), name);
        for site in keys.iter().map(|key| PrimarySite::from_key(key).unwrap()) {
            check(row, site, name);
        }
    }
}

fn check(row: &Value, site: PrimarySite, name: &str) {
    // Tokuhashi: what is stated, and beside it the other reading of an ambiguous one.
    let points: Vec<u8> = tokuhashi::primary_group(site).0.iter().map(Graded::points).collect();
    let stated = u8::try_from(row["tokuhashi2005"]["points"].as_u64().unwrap()).unwrap();
    assert!(points.contains(&stated), "{name}: {points:?}");
    let is_ambiguous = text(row, "tokuhashi2005", "status").starts_with("ambiguous");
    assert_eq!(points.len() > 1, is_ambiguous, "{name}: {points:?}");

    // Tomita: a group that is only recalled is not used; Katagiri's stands in where it is confirmed (B.9).
    let growth: Vec<&str> = tomita::growth(site).0.iter().map(Domain::key).collect();
    let (group, status) = (text(row, "tomita2001", "group"), text(row, "tomita2001", "status"));
    let (kept, named) = (text(row, "katagiri2014", "group"), text(row, "katagiri2014", "status") == "named");
    match status {
        confirmed if !confirmed.starts_with('R') && !confirmed.starts_with("ambiguous") => {
            assert_eq!(growth, [group], "{name}: {status}");
        }
        // Literally slow by Katagiri, rapid by what is recalled: both.
        _ if name == "thyroid anaplastic" => assert_eq!(growth, ["slow", "rapid"]),
        _ if name == "cervix uteri" => assert_eq!(growth, ["moderate", "rapid"]),
        _ if named => assert_eq!(growth, growths(kept), "{name}: by analogy"),
        _ => assert_eq!(growth, ["slow", "moderate", "rapid"], "{name}: nothing is confirmed"),
    }

    // Katagiri: what is named; what is recalled or not named stays open.
    let open = katagiri::Treatability { hormone_dependent: ValueSet::all(), targeted: ValueSet::all() };
    let found: Vec<&str> = katagiri::growth(site, &open).0.iter().map(Domain::key).collect();
    let expected = match name {
        _ if !named => vec!["slow", "moderate", "rapid"],
        "breast HR+ " | "breast ER/HR- or TNBC" => vec!["slow", "moderate"],
        "lung SCLC" => vec!["rapid"],
        _ => growths(kept),
    };
    assert_eq!(found, expected, "{name}");

    // Radiosensitivity: by the consensus or by the AO Foundation; what is recalled classes nothing.
    let class = text(row, "radiosensitivity", "cls");
    let confirmed = text(row, "radiosensitivity", "status").starts_with(['S', 'C']);
    let expected = match (class.split([' ', '(']).next().unwrap(), confirmed) {
        // The row is about seminoma alone, the group is not.
        ("sensitive", true) if name.starts_with("testis") => Radiosensitivity::Unclassified,
        ("sensitive", true) => Radiosensitivity::Sensitive,
        ("resistant", true) => Radiosensitivity::Resistant,
        _ => Radiosensitivity::Unclassified,
    };
    assert_eq!(radiosensitivity(site), expected, "{name}: {class}");

    // Vessels: only the tumours that the table calls rich in them; of all others imaging decides.
    let rich = row["hypervascular"]["value"].as_bool() == Some(true);
    assert_eq!(hypervascular(site), if rich { Truth::True } else { Truth::Unknown }, "{name}");
}

#[test]
fn hormones_and_targeted_drugs_move_the_groups_of_katagiri() {
    let with = |site, hormone: Option<Answer>, targeted: Option<Answer>| {
        let set = |answer: Option<Answer>| answer.map_or_else(ValueSet::all, ValueSet::only);
        let treatability =
            katagiri::Treatability { hormone_dependent: set(hormone), targeted: set(targeted) };
        katagiri::growth(site, &treatability).0.iter().map(Domain::key).collect::<Vec<_>>()
    };
    for site in [PrimarySite::Breast, PrimarySite::Prostate] {
        assert_eq!(with(site, Some(Answer::Yes), None), ["slow"]);
        assert_eq!(with(site, Some(Answer::No), None), ["moderate"]);
    }
    for site in [PrimarySite::Lung, PrimarySite::LungNonSmallCell] {
        assert_eq!(with(site, None, Some(Answer::Yes)), ["moderate"]);
        assert_eq!(with(site, None, Some(Answer::No)), ["rapid"]);
    }
}

/// The drugs of a row by the slugs of the program.
const DRUGS: [(&str, &[&str]); 23] = [
    ("bevacizumab (+ biosimilars)", &["bevacizumab"]),
    ("ramucirumab", &["ramucirumab"]),
    ("ziv-aflibercept", &["aflibercept"]),
    ("sunitinib", &["sunitinib"]),
    ("sorafenib", &["sorafenib"]),
    ("pazopanib", &["pazopanib"]),
    ("axitinib", &["axitinib"]),
    ("cabozantinib", &["cabozantinib"]),
    ("lenvatinib", &["lenvatinib"]),
    ("regorafenib", &["regorafenib"]),
    ("vandetanib", &["vandetanib"]),
    ("tivozanib", &["tivozanib"]),
    ("fruquintinib", &["fruquintinib"]),
    ("apatinib (rivoceranib)", &["apatinib"]),
    ("anlotinib", &["anlotinib"]),
    ("nintedanib", &["nintedanib"]),
    ("ponatinib", &["ponatinib"]),
    (
        "gefitinib, erlotinib, icotinib, afatinib, dacomitinib, osimertinib, almonertinib, furmonertinib",
        &[
            "gefitinib",
            "erlotinib",
            "icotinib",
            "afatinib",
            "dacomitinib",
            "osimertinib",
            "almonertinib",
            "furmonertinib",
        ],
    ),
    (
        "cetuximab, panitumumab, necitumumab, amivantamab",
        &["cetuximab", "panitumumab", "necitumumab", "amivantamab"],
    ),
    ("everolimus / temsirolimus", &["everolimus", "temsirolimus"]),
    ("ibrutinib, acalabrutinib, zanubrutinib", &["btk-inhibitor"]),
    (
        "ALK/ROS1/RET/MET/KRAS inhibitors, CDK4/6, PARP, HER2 agents, checkpoint inhibitors",
        &[
            "alk-ros1-inhibitor",
            "ret-inhibitor",
            "met-inhibitor",
            "kras-inhibitor",
            "cdk4-6-inhibitor",
            "parp-inhibitor",
            "her2-agent",
            "checkpoint-inhibitor",
        ],
    ),
    ("denosumab, zoledronic acid", &["denosumab", "zoledronic-acid"]),
];

#[test]
fn every_drug_is_held_as_the_specification_says() {
    let Some(rows) = specification("drug-holds.json") else { return };
    let rows = rows.as_array().unwrap();
    assert_eq!(rows.len(), DRUGS.len());
    for (row, (name, keys)) in rows.iter().zip(DRUGS) {
        assert_eq!(row["drug"].as_str().unwrap(), name);
        let status = row["status"].as_str().unwrap();
        let days = row["preop_days"].as_u64();
        for key in keys {
            let found = hold(Drug::from_key(key).unwrap());
            let Hold::Figures { figures, restart_days, is_disputed } = found else {
                match found {
                    Hold::Unconfirmed => {
                        assert!(status.starts_with("RECALL") || status == "PARTIAL", "{key}: {status}");
                    }
                    Hold::NoRule => assert!(["NO RULE", "NO NUMBER"].contains(&status), "{key}: {status}"),
                    _ => assert_eq!(status, "NO HOLD", "{key}"),
                }
                continue;
            };
            let stated = figures.iter().map(|figure| u64::from(figure.days));
            assert!(stated.clone().any(|figure| Some(figure) == days), "{key}: {figures:?}");
            // Intravenous drugs against VEGF whose label is only recalled have the figure of the consensus for their class.
            let by_class = ["ramucirumab", "aflibercept"].contains(key);
            assert_eq!(by_class, status.starts_with("RECALL"), "{key}: {status}");
            assert_eq!(is_disputed, status == "CONFLICT", "{key}");
            let restart = row["postop_days"].as_u64().filter(|_| status == "CONFIRMED");
            assert_eq!(restart_days.map(u64::from), restart, "{key}: {status}");
        }
    }
}
