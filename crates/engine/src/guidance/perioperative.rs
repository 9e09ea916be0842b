//! What makes an operation riskier: the seven factors of the consensus, blood and coagulation, healing of the wound,
//! infection of the surgical site, thromboembolism (CN-1.1-RISK7, CN-1.1-HEME, CN-1.1-TARGET-WOUND, CN-3.6-SSI-RISK,
//! CN-3.6-SSI-PREV, CN-3.6-VTE-PREV, CN-3.7-RT-WOUND).
//!
//! The consensus gives no cut-offs (RUL-20). A factor is present or absent where somebody diagnosed it or excluded it; a
//! measurement decides only where the hospital has set a threshold, and is shown in any case.

mod measured;
mod thresholds;

use super::drug_hold::delays_healing;
use super::rule::{Rule, rules as cn};
use super::timer::may_still_act;
use super::truth::Truth;
use crate::clinical::{
    Analyte, Case, Domain, Drug, DrugRecord, DrugUse, Evidence, Finding, LaboratoryRecord, Question,
    Standing, domain,
};
pub use thresholds::{ThresholdKind, Thresholds};

domain! {
    /// A factor that makes an operation riskier.
    RiskFactor, "risk-factor" {
        /// Old age.
        OldAge = "old-age",
        /// Obesity.
        Obesity = "obesity",
        /// Diabetes.
        Diabetes = "diabetes",
        /// Low bone density.
        LowBoneDensity = "low-bone-density",
        /// Malnutrition.
        Malnutrition = "malnutrition",
        /// Glucocorticoids.
        Glucocorticoids = "glucocorticoids",
        /// Bone marrow suppression.
        MarrowSuppression = "marrow-suppression",
        /// Too few leukocytes.
        Leukopenia = "leukopenia",
        /// Too few platelets.
        Thrombocytopenia = "thrombocytopenia",
        /// A disorder of coagulation.
        Coagulopathy = "coagulopathy",
        /// A drug against VEGF or EGFR, which may delay healing.
        DrugDelayingHealing = "drug-delaying-healing",
        /// Earlier chemotherapy.
        PriorChemotherapy = "prior-chemotherapy",
        /// Earlier radiotherapy.
        PriorRadiotherapy = "prior-radiotherapy",
        /// Smoking.
        Smoking = "smoking",
        /// Heart, vessels or lungs: what the consensus calls comorbidity.
        Comorbidity = "comorbidity",
        /// Risk of bleeding, which speaks against drugs for prophylaxis.
        BleedingRisk = "bleeding-risk",
        /// Venous thromboembolism on record.
        VenousThromboembolism = "venous-thromboembolism",
    }
}

domain! {
    /// What a factor rests on.
    RiskBasis, "risk-basis" {
        /// Somebody diagnosed or excluded it.
        Stated = "stated",
        /// A measurement beyond, or within, the hospital's threshold.
        Measured = "measured",
        /// A drug on record.
        Drug = "drug",
        /// The birth date and the hospital's threshold.
        Age = "age",
        /// A measurement is on record, but the hospital has set no threshold.
        NoThreshold = "no-threshold",
        /// What was stated and what was measured do not fit each other.
        Contradiction = "contradiction",
        /// Nothing is on record.
        NotRecorded = "not-recorded",
    }
}

/// One factor and whether it is present.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Risk {
    /// Which factor.
    pub factor: RiskFactor,
    /// Whether it is present.
    pub truth: Truth,
    /// What that rests on.
    pub basis: RiskBasis,
    /// The rules that name it.
    pub rules: &'static [Rule],
    /// The measurements that bear on it, decisive or not.
    pub measurements: Vec<LaboratoryRecord>,
    /// The records behind it.
    pub evidence: Vec<Evidence>,
}

impl RiskFactor {
    /// The rules that name it.
    pub const fn rules(self) -> &'static [Rule] {
        match self {
            Self::OldAge | Self::Diabetes | Self::LowBoneDensity | Self::Glucocorticoids => {
                &[cn::RISK_FACTORS]
            }
            Self::Obesity => &[cn::RISK_FACTORS, cn::SSI_PREVENTION],
            Self::Malnutrition => &[cn::RISK_FACTORS, cn::MALNUTRITION, cn::SSI_RISK],
            Self::MarrowSuppression => &[cn::RISK_FACTORS, cn::BLOOD_COUNTS],
            Self::Leukopenia | Self::Thrombocytopenia | Self::Coagulopathy => &[cn::BLOOD_COUNTS],
            Self::DrugDelayingHealing => &[cn::TARGETED_DRUG_WOUND],
            Self::PriorChemotherapy => &[cn::SSI_RISK],
            Self::PriorRadiotherapy => &[cn::SSI_RISK, cn::RT_WOUND],
            Self::Smoking | Self::Comorbidity => &[cn::SSI_PREVENTION],
            Self::BleedingRisk | Self::VenousThromboembolism => &[cn::VTE_PREVENTION],
        }
    }

    /// The questions that state it.
    const fn questions(self) -> &'static [Question] {
        match self {
            Self::OldAge | Self::DrugDelayingHealing => &[],
            Self::Obesity => &[Question::Obesity],
            Self::Diabetes => &[Question::Diabetes],
            Self::LowBoneDensity => &[Question::LowBoneDensity],
            Self::Malnutrition => &[Question::Malnutrition],
            Self::Glucocorticoids => &[Question::Glucocorticoids],
            Self::MarrowSuppression => &[Question::MarrowSuppression],
            Self::Leukopenia => &[Question::Leukopenia],
            Self::Thrombocytopenia => &[Question::Thrombocytopenia],
            Self::Coagulopathy => &[Question::Coagulopathy, Question::SevereCoagulopathy],
            Self::PriorChemotherapy => &[Question::PriorChemotherapy],
            Self::PriorRadiotherapy => &[Question::PriorRadiotherapy],
            Self::Smoking => &[Question::Smoking],
            Self::Comorbidity => &[Question::CardiovascularDisease, Question::PulmonaryDysfunction],
            Self::BleedingRisk => &[Question::BleedingRisk],
            Self::VenousThromboembolism => &[Question::VenousThromboembolism],
        }
    }

    /// The measurements that bear on it.
    const fn analytes(self) -> &'static [Analyte] {
        match self {
            Self::Obesity => &[Analyte::BodyMassIndex],
            Self::LowBoneDensity => &[Analyte::BoneDensityTScore],
            Self::Malnutrition => &[Analyte::Albumin],
            Self::Leukopenia => &[Analyte::Leukocytes],
            Self::Thrombocytopenia => &[Analyte::Platelets],
            Self::Coagulopathy => &[Analyte::Inr, Analyte::Aptt],
            _ => &[],
        }
    }
}

/// Every factor, in the order of the consensus.
pub fn risks(case: &Case, thresholds: &Thresholds) -> Vec<Risk> {
    RiskFactor::ALL.iter().map(|factor| risk(*factor, case, thresholds)).collect()
}

fn risk(factor: RiskFactor, case: &Case, thresholds: &Thresholds) -> Risk {
    let measurements: Vec<LaboratoryRecord> = measured::of(case, factor.analytes());
    let (stated, mut evidence) = stated(factor, case);
    let measured = measured::truth(&measurements, thresholds);
    let (truth, basis) = match factor {
        RiskFactor::OldAge => measured::old_age(case, thresholds),
        RiskFactor::DrugDelayingHealing => drug_delaying_healing(case, &mut evidence),
        _ if contradicts_itself(factor, case) => (Truth::Unknown, RiskBasis::Contradiction),
        _ => together(stated, measured, !measurements.is_empty()),
    };
    if basis != RiskBasis::Stated {
        evidence.extend(measurements.iter().map(|record| record.evidence.clone()));
    }
    Risk { factor, truth, basis, rules: factor.rules(), measurements, evidence }
}

/// What was said of it, with the records.
fn stated(factor: RiskFactor, case: &Case) -> (Truth, Vec<Evidence>) {
    let answered = |question| case.known_answer(question, None).map_or(Truth::Unknown, Truth::from);
    let truths = factor.questions().iter().map(|question| answered(*question));
    let truth = if factor.questions().is_empty() { Truth::Unknown } else { Truth::any(truths) };
    // Coagulation may be disturbed without being so severely: only the wider question excludes it.
    let is_excluded = factor == RiskFactor::Coagulopathy && answered(Question::Coagulopathy) == Truth::False;
    let truth = if truth == Truth::Unknown && is_excluded { Truth::False } else { truth };
    let findings = factor.questions().iter().filter_map(|question| case.answer(*question, None));
    (truth, findings.flat_map(Finding::evidence).cloned().collect())
}

/// Whether the record both states and denies it.
fn contradicts_itself(factor: RiskFactor, case: &Case) -> bool {
    let findings = factor.questions().iter().filter_map(|question| case.answer(*question, None));
    findings.map(Finding::standing).any(|standing| standing == Standing::Conflicting)
}

/// What was stated and what was measured. Where they do not fit, neither is believed.
fn together(stated: Truth, measured: Truth, is_measured: bool) -> (Truth, RiskBasis) {
    match (stated, measured) {
        (Truth::Unknown, Truth::Unknown) if is_measured => (Truth::Unknown, RiskBasis::NoThreshold),
        (Truth::Unknown, Truth::Unknown) => (Truth::Unknown, RiskBasis::NotRecorded),
        (Truth::Unknown, measured) => (measured, RiskBasis::Measured),
        (Truth::False, Truth::True) => (Truth::Unknown, RiskBasis::Contradiction),
        // A diagnosis stands although one value is within bounds: it may be treated, or come and go.
        (stated, _) => (stated, RiskBasis::Stated),
    }
}

/// A drug against VEGF or EGFR that may still act. A record of drugs is never complete, so that none on record does not mean
/// that there is none.
fn drug_delaying_healing(case: &Case, evidence: &mut Vec<Evidence>) -> (Truth, RiskBasis) {
    let acting = Drug::ALL.iter().copied().filter(|drug| delays_healing(*drug));
    let acting: Vec<(Drug, Truth)> = acting
        .map(|drug| (drug, may_still_act(case, drug)))
        .filter(|(_, truth)| *truth != Truth::False)
        .collect();
    if acting.is_empty() {
        return (Truth::Unknown, RiskBasis::NotRecorded);
    }
    let concerned = |record: &&DrugRecord| {
        record.taken != DrugUse::NotTaken && acting.iter().any(|(drug, _)| *drug == record.drug)
    };
    evidence.extend(case.drugs.iter().filter(concerned).map(|record| record.evidence.clone()));
    (Truth::any(acting.into_iter().map(|(_, truth)| truth)), RiskBasis::Drug)
}

/// Whether any of some analytes was measured lately enough before an operation.
pub(super) fn is_measured(case: &Case, analytes: &[Analyte]) -> bool {
    !measured::of(case, analytes).is_empty()
}

/// Whether measurements make a coagulopathy severe by the hospital's own thresholds (CN-3.4-VP-CI3, RUL-20). They never
/// exclude it.
pub fn is_coagulopathy_severe(case: &Case, thresholds: &Thresholds) -> bool {
    measured::severe_coagulopathy(case, thresholds)
}
