//! Rulings: how statements of the consensus that are ambiguous, or contradict each other or their sources, are read here.
//! Specification A.3.

use super::rule::{Rule, rules as cn};

/// One ruling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ruling {
    /// Its id in the specification, e.g. `RUL-7`.
    pub id: &'static str,
    /// What it is about, as a stable slug.
    pub slug: &'static str,
    /// The rules that it reads.
    pub rules: &'static [Rule],
}

const fn ruling(id: &'static str, slug: &'static str, rules: &'static [Rule]) -> Ruling {
    Ruling { id, slug, rules }
}

/// Every ruling, in the order of the specification.
pub const RULINGS: &[Ruling] = &[
    ruling("RUL-1", "tomita-points", &[cn::TOMITA_POINTS_MISPRINT, cn::TNBC]),
    ruling("RUL-2", "tokuhashi-vertebral-bins", &[cn::TOKUHASHI_BINS]),
    ruling("RUL-3", "tokuhashi-middle-band", &[cn::TOKUHASHI_9_11]),
    ruling("RUL-4", "receptor-negative-breast-cancer", &[cn::TNBC]),
    ruling("RUL-5", "sins-as-indication", &[cn::SINS_JUDGEMENT, cn::SINS_INDEP, cn::SINS_MID, cn::SINS_HIGH]),
    ruling("RUL-6", "sins-at-treated-levels", &[cn::SINS_NOT_VALIDATED]),
    ruling(
        "RUL-7",
        "separation-surgery-and-vascularity",
        &[cn::SEP_CI1, cn::SEP_CI2, cn::ESCC_23_SEP, cn::EMB_HYPER],
    ),
    ruling("RUL-8", "radiosurgery-first", &[cn::SSRS_FIRST]),
    ruling("RUL-9", "radiotherapy-intervals", &[cn::RT_TO_SURGERY, cn::SURGERY_TO_RT, cn::SEP_35]),
    ruling("RUL-10", "emergency-overrides-timing", &[cn::NEURO_EMERG]),
    ruling("RUL-11", "poor-scores-hide-nothing", &[cn::TOMITA_8_10, cn::TOKUHASHI_0_8]),
    ruling("RUL-12", "ecog-is-not-karnofsky", &[cn::KARNOFSKY]),
    ruling("RUL-13", "collapse-of-exactly-half", &[cn::SINS_ITEMS]),
    ruling("RUL-14", "solitary", &[cn::TES_IND, cn::TOMITA_ITEMS]),
    ruling("RUL-15", "tomita-score-and-type", &[cn::TOMITA_ITEMS, cn::TES_TYPE25]),
    ruling("RUL-16", "en-bloc-criteria", &[cn::TES_IND]),
    ruling("RUL-17", "mechanical-pain-and-augmentation", &[cn::MECH_STAB, cn::VP_IND]),
    ruling("RUL-18", "microwave-ablation", &[cn::MW_CI2, cn::RFA_1CM]),
    ruling("RUL-19", "single-dose-radiosurgery", &[cn::SSRS_SINGLE_DOSE]),
    ruling(
        "RUL-20",
        "numbers-left-open",
        &[cn::RISK_FACTORS, cn::MALNUTRITION, cn::BX_REC, cn::VP_CI3, cn::VP_IND],
    ),
];
