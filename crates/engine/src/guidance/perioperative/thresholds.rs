//! The numbers that the consensus leaves open (RUL-20).

use crate::clinical::Amount;

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
