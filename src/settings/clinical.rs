//! What a hospital's own clinicians sign off: how long findings stay good, and from which value on a measurement is a risk.

use serde::{Deserialize, Serialize};
use spinemet_engine::clinical::{Amount, FreshnessPolicy, Window, scaled_decimal};

use super::values::InvalidValue;

/// What depends on the hospital and not on the consensus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Clinical {
    /// How long findings stay good.
    pub freshness: Freshness,
    /// From which value on a measurement counts.
    pub thresholds: Thresholds,
}

/// From which value on a measurement counts. The consensus gives no cut-offs, so that none has a default: without a
/// threshold the measurement is shown and decides nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Thresholds {
    /// Old from this age on, in years.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_age_years: Option<u16>,
    /// Obesity from this body mass index on, in kg/m².
    #[serde(skip_serializing_if = "Option::is_none")]
    pub obesity_body_mass_index: Option<Decimal>,
    /// Malnutrition below this albumin, in g/dL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub malnutrition_albumin: Option<Decimal>,
    /// Low bone density at this T-score or below.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low_bone_density_t_score: Option<Decimal>,
    /// Leukopenia below so many leukocytes, in 10⁹/L.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leukopenia: Option<Decimal>,
    /// Thrombocytopenia below so many platelets, in 10⁹/L.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thrombocytopenia: Option<Decimal>,
    /// Disturbed coagulation from this INR on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coagulopathy_inr: Option<Decimal>,
    /// Disturbed coagulation from this aPTT on, in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coagulopathy_aptt: Option<Decimal>,
    /// Severe coagulopathy, which contraindicates cement and ablation, from this INR on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severe_coagulopathy_inr: Option<Decimal>,
    /// Severe coagulopathy below so many platelets, in 10⁹/L.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severe_coagulopathy_platelets: Option<Decimal>,
}

/// A number with up to three decimals, written as text (`"3.5"`) so that it is just what was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Decimal(Amount);

impl TryFrom<String> for Decimal {
    type Error = InvalidValue;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let invalid = InvalidValue("a threshold is a number with at most three decimals, as text: \"3.5\"");
        let thousandths = scaled_decimal(&text, 9, 3).ok_or(invalid)?;
        Ok(Self(Amount::from_thousandths(thousandths)))
    }
}

impl From<Decimal> for String {
    fn from(decimal: Decimal) -> Self {
        decimal.0.to_string()
    }
}

impl From<Thresholds> for spinemet_engine::guidance::Thresholds {
    fn from(thresholds: Thresholds) -> Self {
        let amount = |decimal: Option<Decimal>| decimal.map(|decimal| decimal.0);
        Self {
            old_age_years: thresholds.old_age_years,
            obesity_body_mass_index: amount(thresholds.obesity_body_mass_index),
            malnutrition_albumin: amount(thresholds.malnutrition_albumin),
            low_bone_density_t_score: amount(thresholds.low_bone_density_t_score),
            leukopenia: amount(thresholds.leukopenia),
            thrombocytopenia: amount(thresholds.thrombocytopenia),
            coagulopathy_inr: amount(thresholds.coagulopathy_inr),
            coagulopathy_aptt: amount(thresholds.coagulopathy_aptt),
            severe_coagulopathy_inr: amount(thresholds.severe_coagulopathy_inr),
            severe_coagulopathy_platelets: amount(thresholds.severe_coagulopathy_platelets),
        }
    }
}

/// How long findings stay good, by kind. The defaults are an engineering policy without published source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Freshness {
    /// Karnofsky and ECOG.
    pub performance: Hours,
    /// Frankel, ASIA and walking, where neither a deficit nor ESCC 1c or worse is on record.
    pub neurology: Hours,
    /// The same with a deficit, or with ESCC 1c or worse.
    pub neurology_at_risk: Hours,
    /// Type of pain.
    pub pain: Hours,
    /// MRI for an ESCC grade below 1c.
    pub escc: Hours,
    /// MRI for an ESCC grade of 1c or worse, or where neurology has got worse since.
    pub escc_at_risk: Hours,
    /// CT or MRI for other findings at a level.
    pub sins_imaging: Hours,
    /// Numbers of bone foci and visceral status.
    pub staging: Hours,
    /// Laboratory values before an operation.
    pub laboratory: Hours,
    /// Laboratory values in a prognostic score.
    pub laboratory_for_prognosis: Hours,
    /// Plans, judgements and states at one time.
    pub judgement: Hours,
}

/// Two ages in hours: fresh up to the first, usable with a warning up to the second, then as if not recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// Fresh up to this age.
    pub fresh: u32,
    /// Usable with a warning up to this age.
    pub usable: u32,
}

impl Freshness {
    /// Every window with its key.
    pub(super) const fn windows(&self) -> [(&'static str, Hours); 11] {
        [
            ("performance", self.performance),
            ("neurology", self.neurology),
            ("neurology_at_risk", self.neurology_at_risk),
            ("pain", self.pain),
            ("escc", self.escc),
            ("escc_at_risk", self.escc_at_risk),
            ("sins_imaging", self.sins_imaging),
            ("staging", self.staging),
            ("laboratory", self.laboratory),
            ("laboratory_for_prognosis", self.laboratory_for_prognosis),
            ("judgement", self.judgement),
        ]
    }
}

impl Default for Freshness {
    fn default() -> Self {
        let policy = FreshnessPolicy::default();
        Self {
            performance: policy.performance.into(),
            neurology: policy.neurology.into(),
            neurology_at_risk: policy.neurology_at_risk.into(),
            pain: policy.pain.into(),
            escc: policy.escc.into(),
            escc_at_risk: policy.escc_at_risk.into(),
            sins_imaging: policy.sins_imaging.into(),
            staging: policy.staging.into(),
            laboratory: policy.laboratory.into(),
            laboratory_for_prognosis: policy.laboratory_for_prognosis.into(),
            judgement: policy.judgement.into(),
        }
    }
}

impl From<Freshness> for FreshnessPolicy {
    fn from(freshness: Freshness) -> Self {
        Self {
            performance: freshness.performance.into(),
            neurology: freshness.neurology.into(),
            neurology_at_risk: freshness.neurology_at_risk.into(),
            pain: freshness.pain.into(),
            escc: freshness.escc.into(),
            escc_at_risk: freshness.escc_at_risk.into(),
            sins_imaging: freshness.sins_imaging.into(),
            staging: freshness.staging.into(),
            laboratory: freshness.laboratory.into(),
            laboratory_for_prognosis: freshness.laboratory_for_prognosis.into(),
            judgement: freshness.judgement.into(),
        }
    }
}

impl From<Window> for Hours {
    fn from(window: Window) -> Self {
        Self { fresh: window.fresh_hours, usable: window.usable_hours }
    }
}

impl From<Hours> for Window {
    fn from(hours: Hours) -> Self {
        Self { fresh_hours: hours.fresh, usable_hours: hours.usable }
    }
}
