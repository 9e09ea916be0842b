//! The numbers that the consensus leaves open (RUL-20).

use crate::clinical::{Amount, domain};
use crate::guidance::rule::{Rule, rules as cn};

/// Thresholds that a hospital sets. None has a default: without one, a measurement decides nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Thresholds {
    /// From this age on, in whole years, a patient is old.
    pub old_age_years: Option<u16>,
    /// From this body mass index on, in kg/m², obesity.
    pub obesity_body_mass_index: Option<Amount>,
    /// Below this albumin, in g/dL, malnutrition.
    pub malnutrition_albumin: Option<Amount>,
    /// At or below this T-score, low bone density.
    pub low_bone_density_t_score: Option<Amount>,
    /// Below so many leukocytes, in 10⁹/L, leukopenia.
    pub leukopenia: Option<Amount>,
    /// Below so many platelets, in 10⁹/L, thrombocytopenia.
    pub thrombocytopenia: Option<Amount>,
    /// From this INR on, a disorder of coagulation.
    pub coagulopathy_inr: Option<Amount>,
    /// From this aPTT on, in seconds, a disorder of coagulation.
    pub coagulopathy_aptt: Option<Amount>,
    /// From this INR on, severe coagulopathy: then cement and ablation are contraindicated (CN-3.4-VP-CI3).
    pub severe_coagulopathy_inr: Option<Amount>,
    /// Below so many platelets, in 10⁹/L, severe coagulopathy.
    pub severe_coagulopathy_platelets: Option<Amount>,
}

domain! {
    /// A number that the consensus leaves open and that a hospital may set.
    ThresholdKind, "threshold" {
        /// Age, in years.
        OldAge = "old-age-years",
        /// Body mass index, in kg/m².
        Obesity = "obesity-body-mass-index",
        /// Albumin, in g/dL.
        Malnutrition = "malnutrition-albumin",
        /// T-score.
        LowBoneDensity = "low-bone-density-t-score",
        /// Leukocytes, in 10⁹/L.
        Leukopenia = "leukopenia",
        /// Platelets, in 10⁹/L.
        Thrombocytopenia = "thrombocytopenia",
        /// INR.
        CoagulopathyInr = "coagulopathy-inr",
        /// aPTT, in seconds.
        CoagulopathyAptt = "coagulopathy-aptt",
        /// INR of severe coagulopathy.
        SevereCoagulopathyInr = "severe-coagulopathy-inr",
        /// Platelets of severe coagulopathy, in 10⁹/L.
        SevereCoagulopathyPlatelets = "severe-coagulopathy-platelets",
    }
}

impl ThresholdKind {
    /// The rules that leave the number open.
    pub const fn rules(self) -> &'static [Rule] {
        match self {
            Self::OldAge | Self::Obesity | Self::LowBoneDensity => &[cn::RISK_FACTORS],
            Self::Malnutrition => &[cn::RISK_FACTORS, cn::MALNUTRITION],
            Self::Leukopenia | Self::Thrombocytopenia | Self::CoagulopathyInr | Self::CoagulopathyAptt => {
                &[cn::BLOOD_COUNTS]
            }
            Self::SevereCoagulopathyInr | Self::SevereCoagulopathyPlatelets => {
                &[cn::VP_CI3, cn::RFA_CI1, cn::MW_CI1]
            }
        }
    }
}

impl Thresholds {
    /// The threshold of a kind, where the hospital has set one.
    pub fn of(&self, kind: ThresholdKind) -> Option<Amount> {
        match kind {
            ThresholdKind::OldAge => {
                self.old_age_years.map(|years| Amount::from_thousandths(i64::from(years) * 1000))
            }
            ThresholdKind::Obesity => self.obesity_body_mass_index,
            ThresholdKind::Malnutrition => self.malnutrition_albumin,
            ThresholdKind::LowBoneDensity => self.low_bone_density_t_score,
            ThresholdKind::Leukopenia => self.leukopenia,
            ThresholdKind::Thrombocytopenia => self.thrombocytopenia,
            ThresholdKind::CoagulopathyInr => self.coagulopathy_inr,
            ThresholdKind::CoagulopathyAptt => self.coagulopathy_aptt,
            ThresholdKind::SevereCoagulopathyInr => self.severe_coagulopathy_inr,
            ThresholdKind::SevereCoagulopathyPlatelets => self.severe_coagulopathy_platelets,
        }
    }
}
