//! Measurements against a hospital's thresholds.

use jiff::ToSpan;
use jiff::tz::TimeZone;

use super::{RiskBasis, Thresholds};
use crate::clinical::{Amount, Analyte, Case, LaboratoryRecord, Measured};
use crate::guidance::truth::Truth;

/// The measurements of some analytes that are new enough before an operation. Body mass index and bone density change
/// slowly: for them the window of prognosis holds.
pub(super) fn of(case: &Case, analytes: &[Analyte]) -> Vec<LaboratoryRecord> {
    let is_new_enough = |record: &&LaboratoryRecord| match record.analyte {
        Analyte::BodyMassIndex | Analyte::BoneDensityTScore => record.for_prognosis.is_usable(),
        _ => record.for_operation.is_usable(),
    };
    case.laboratory
        .iter()
        .filter(|record| analytes.contains(&record.analyte))
        .filter(is_new_enough)
        .cloned()
        .collect()
}

/// Whether any measurement is beyond its threshold; several of one analyte that differ leave it open.
pub(super) fn truth(records: &[LaboratoryRecord], thresholds: &Thresholds) -> Truth {
    if records.is_empty() {
        return Truth::Unknown;
    }
    Truth::any(records.iter().map(|record| beyond(record.analyte, record.measured, thresholds)))
}

fn beyond(analyte: Analyte, measured: Measured, thresholds: &Thresholds) -> Truth {
    let reaches = |threshold: Option<Amount>| {
        threshold.and_then(|threshold| measured.reaches(threshold)).map_or(Truth::Unknown, Truth::from)
    };
    match analyte {
        Analyte::BodyMassIndex => reaches(thresholds.obesity_body_mass_index),
        Analyte::Albumin => !reaches(thresholds.malnutrition_albumin),
        // At or below: the next thousandth above is not.
        Analyte::BoneDensityTScore => !reaches(
            thresholds.low_bone_density_t_score.map(|t| Amount::from_thousandths(t.thousandths() + 1)),
        ),
        Analyte::Leukocytes => !reaches(thresholds.leukopenia),
        Analyte::Platelets => !reaches(thresholds.thrombocytopenia),
        Analyte::Inr => reaches(thresholds.coagulopathy_inr),
        Analyte::Aptt => reaches(thresholds.coagulopathy_aptt),
        _ => Truth::Unknown,
    }
}

/// Whether measurements make a coagulopathy severe, by the hospital's own thresholds. They never exclude it: what makes
/// it severe is not only these two.
pub(super) fn severe_coagulopathy(case: &Case, thresholds: &Thresholds) -> bool {
    let beyond = |record: &LaboratoryRecord| match record.analyte {
        Analyte::Inr => {
            thresholds.severe_coagulopathy_inr.and_then(|inr| record.measured.reaches(inr)) == Some(true)
        }
        Analyte::Platelets => {
            thresholds.severe_coagulopathy_platelets.and_then(|count| record.measured.reaches(count))
                == Some(false)
        }
        _ => false,
    };
    of(case, &[Analyte::Inr, Analyte::Platelets]).iter().any(beyond)
}

/// Whether the patient has reached the age that the hospital calls old.
pub(super) fn old_age(case: &Case, thresholds: &Thresholds) -> (Truth, RiskBasis) {
    let Some(birth) = &case.birth_date else {
        return (Truth::Unknown, RiskBasis::NotRecorded);
    };
    let Some(years) = thresholds.old_age_years else {
        return (Truth::Unknown, RiskBasis::NoThreshold);
    };
    let reached = |birth: jiff::Timestamp| {
        let birthday = birth.to_zoned(TimeZone::UTC).checked_add(i64::from(years).years());
        birthday.is_ok_and(|birthday| birthday.timestamp() <= case.as_of)
    };
    let truth = match (reached(birth.earliest()), reached(birth.latest())) {
        (true, true) => Truth::True,
        (false, false) => Truth::False,
        _ => Truth::Unknown,
    };
    (truth, RiskBasis::Age)
}
