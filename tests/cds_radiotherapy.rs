//! Orders of radiotherapy and of a biopsy: what the consensus says of them, and nothing where it says nothing.
//!
//! Radiotherapy alone presumes stability (CN-2.3-LOW, CN-1.2-MECH-STAB). It keeps two weeks from an operation (CN-3.7-OP-RT-14,
//! CN-3.7-RT-OP-14), and does not come before one for a fracture (CN-3.7-NO-PREOP-RT). Whether a tumour is sensitive to it is no
//! rule about an order. A biopsy is advised or may be left out (CN-1.4): neither speaks against one that is ordered. Both wait
//! where neurology gets worse (CN-1.4-NEURO-EMERG).

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may fail loudly"
)]

mod hooks;
mod orders;
mod prefetch;
mod records;
mod schema;

use orders::{answered, done, planned, record, service_request, signing};
use prefetch::finding;
use serde_json::Value;
use spinemet::language::Language;

/// A stable level without pain under load, whose tumour is in the bone alone.
fn stable_level() -> Vec<Value> {
    let of = |question: &str, value: &str| finding(&format!("{question}-l3"), question, value, Some("L3"));
    vec![
        of("sins-pain", "pain-none"),
        of("sins-lesion", "lesion-mixed"),
        of("sins-alignment", "alignment-normal"),
        of("sins-collapse", "collapse-none"),
        of("sins-posterolateral", "posterolateral-none"),
        of("escc-grade", "escc-0"),
    ]
}

/// What is ordered, where, and when.
type Ordered = (&'static str, Option<&'static str>, Option<&'static str>);

/// The order, what stands beside it, and what the card says: its indicator, its topic and its rules.
type Case =
    (&'static str, Ordered, Vec<Value>, Option<(&'static str, &'static str, &'static [&'static str])>);

fn cases() -> Vec<Case> {
    let (radiotherapy, stereotactic, biopsy) = ("radiotherapy", "SBRT", "vertebral biopsy");
    let unstable = Some(("warning", "criteria-not-met", &["CN-2.3-LOW", "CN-1.2-MECH-STAB"][..]));
    let emergency = Some(("critical", "emergency-first", &["CN-1.4-NEURO-EMERG"][..]));
    let worse = || answered("neurological-progression", "yes", None);
    let operated = |date: &str| done("op", "spinal fixation", date);
    vec![
        ("stable, without pain under load", (radiotherapy, Some("L3"), None), stable_level(), None),
        ("stereotactic, stable, intact", (stereotactic, Some("L3"), None), stable_level(), None),
        ("mechanical pain and SINS 11", (radiotherapy, Some("T12"), None), vec![], unstable),
        ("the same without a level", (radiotherapy, None, None), vec![], unstable),
        (
            "stereotactic, mechanical pain and SINS 11",
            (stereotactic, Some("T12"), None),
            vec![],
            Some(("warning", "criteria-not-met", &["CN-3.7-SSRS-1ST", "CN-1.2-MECH-STAB"])),
        ),
        (
            "after an operation, wound healed: given beside it, so that stability is no matter",
            (radiotherapy, Some("T12"), Some("2026-12-01")),
            vec![operated("2026-11-10"), answered("wound-healed", "yes", None)],
            None,
        ),
        (
            "eight days after an operation",
            (radiotherapy, Some("T12"), Some("2026-11-24")),
            vec![operated("2026-11-16"), answered("wound-healed", "no", None)],
            Some(("warning", "interval", &["CN-3.7-OP-RT-14"])),
        ),
        (
            "ten days before an operation",
            (radiotherapy, Some("T12"), Some("2026-11-25")),
            vec![planned("op", "spinal fixation", "2026-12-05")],
            Some(("warning", "interval", &["CN-3.7-RT-OP-14"])),
        ),
        ("while neurology gets worse", (radiotherapy, Some("T12"), None), vec![worse()], emergency),
        ("a biopsy", (biopsy, Some("T12"), None), vec![], None),
        ("a biopsy without a level", (biopsy, None, None), vec![], None),
        (
            "a biopsy before an operation",
            (biopsy, Some("T12"), None),
            vec![planned("op", "spinal fixation", "2026-12-05")],
            None,
        ),
        ("a biopsy while neurology gets worse", (biopsy, Some("T12"), None), vec![worse()], emergency),
    ]
}

#[test]
fn radiotherapy_and_biopsy_are_judged_by_what_the_consensus_says_of_them() {
    for (name, (what, level, date), beside, expected) in cases() {
        let order = service_request("order", what, date, level);
        let body = signing(&[order], &record(&beside));
        let answer = hooks::respond("spinemet-order-sign", &body, Language::English).unwrap();
        let cards = answer["cards"].as_array().unwrap();
        let Some((indicator, topic, rules)) = expected else {
            assert!(cards.is_empty(), "{name}: {answer}");
            continue;
        };
        assert_eq!(cards.len(), 1, "{name}: {answer}");
        assert_eq!(cards[0]["indicator"], indicator, "{name}: {answer}");
        assert_eq!(cards[0]["source"]["topic"]["code"], topic, "{name}: {answer}");
        for rule in rules {
            assert!(cards[0]["detail"].as_str().unwrap().contains(rule), "{name}: {rule} in {answer}");
        }
    }
}
