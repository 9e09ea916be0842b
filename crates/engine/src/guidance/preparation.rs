//! What the consensus advises around an operation that is planned: blood counts, infection of the wound, thromboembolism.

use super::alert::{Alert, AlertKind};
use super::perioperative::{Risk, RiskFactor, is_measured};
use super::truth::Truth;
use crate::clinical::{Analyte, Answer, Case, Question};

/// The factors that the consensus names for infection of the wound (CN-3.6-SSI-RISK, CN-3.6-SSI-PREV).
const INFECTION: [RiskFactor; 6] = [
    RiskFactor::Malnutrition,
    RiskFactor::PriorChemotherapy,
    RiskFactor::PriorRadiotherapy,
    RiskFactor::Smoking,
    RiskFactor::Obesity,
    RiskFactor::Comorbidity,
];

/// What is to be thought of before an operation; nothing as long as none is planned.
pub fn preparations(case: &Case, risks: &[Risk]) -> Vec<Alert> {
    if case.known_answer(Question::SurgeryPlanned, None) != Some(Answer::Yes) {
        return Vec::new();
    }
    let truth =
        |factor| risks.iter().find(|risk| risk.factor == factor).map_or(Truth::Unknown, |risk| risk.truth);
    let is_counted = is_measured(case, &[Analyte::Leukocytes])
        && is_measured(case, &[Analyte::Platelets])
        && is_measured(case, &[Analyte::Inr, Analyte::Aptt]);
    let prophylaxis = match truth(RiskFactor::BleedingRisk) {
        Truth::False => AlertKind::CombinedVteProphylaxis,
        Truth::True => AlertKind::VteProphylaxisAgainstBleeding,
        Truth::Unknown => AlertKind::VteProphylaxisUndecided,
    };
    [
        (!is_counted).then_some(AlertKind::BloodCountsNotRecent),
        INFECTION
            .into_iter()
            .any(|factor| truth(factor) == Truth::True)
            .then_some(AlertKind::SurgicalSiteInfectionRisk),
        Some(prophylaxis),
    ]
    .into_iter()
    .flatten()
    .map(|kind| kind.at(None))
    .collect()
}
