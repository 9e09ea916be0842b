//! Measurements: laboratory values, body mass index, bone density.

use std::fmt;

use super::value_set::domain;

domain! {
    /// What was measured. Each has one unit here; converting is the business of whoever reads records.
    Analyte, "analyte" {
        /// C-reactive protein, mg/dL.
        Crp = "crp",
        /// Lactate dehydrogenase, U/L.
        Ldh = "ldh",
        /// Albumin, g/dL.
        Albumin = "albumin",
        /// Total calcium, mg/dL.
        Calcium = "calcium",
        /// Total bilirubin, mg/dL.
        Bilirubin = "bilirubin",
        /// Platelets, 10⁹/L.
        Platelets = "platelets",
        /// Leukocytes, 10⁹/L.
        Leukocytes = "leukocytes",
        /// Haemoglobin, g/dL.
        Haemoglobin = "haemoglobin",
        /// International normalised ratio.
        Inr = "inr",
        /// Activated partial thromboplastin time, seconds.
        Aptt = "aptt",
        /// Body mass index, kg/m².
        BodyMassIndex = "body-mass-index",
        /// Bone density as a T-score.
        BoneDensityTScore = "bone-density-t-score",
    }
}

impl Analyte {
    /// The unit of the amounts, in UCUM.
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Crp | Self::Calcium | Self::Bilirubin => "mg/dL",
            Self::Ldh => "U/L",
            Self::Albumin | Self::Haemoglobin => "g/dL",
            Self::Platelets | Self::Leukocytes => "10*9/L",
            Self::Inr | Self::BoneDensityTScore => "1",
            Self::Aptt => "s",
            Self::BodyMassIndex => "kg/m2",
        }
    }
}

/// An amount in thousandths of the analyte's unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Amount {
    thousandths: i64,
}

impl Amount {
    /// So many thousandths of the unit.
    pub const fn from_thousandths(thousandths: i64) -> Self {
        Self { thousandths }
    }

    /// The amount in thousandths of the unit.
    pub const fn thousandths(self) -> i64 {
        self.thousandths
    }
}

/// A plain decimal number as a whole number of its last place: "3.7" with three decimals is 3700. `None` where it has more
/// digits before or after the point than these, or is written otherwise, e.g. with an exponent.
pub fn scaled_decimal(text: &str, most_whole_digits: usize, decimals: usize) -> Option<i64> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let fits = !whole.is_empty() && whole.len() <= most_whole_digits && fraction.len() <= decimals;
    if !fits || !is_number(whole) || !is_number(fraction) {
        return None;
    }
    format!("{whole}{fraction:0<decimals$}").parse::<i64>().ok().map(|scaled| sign * scaled)
}

/// `3.7`, without needless noughts.
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.thousandths < 0 { "-" } else { "" };
        let (whole, fraction) =
            (self.thousandths.unsigned_abs() / 1000, self.thousandths.unsigned_abs() % 1000);
        if fraction == 0 {
            return write!(f, "{sign}{whole}");
        }
        let digits = format!("{fraction:03}");
        write!(f, "{sign}{whole}.{}", digits.trim_end_matches('0'))
    }
}

/// A measured amount: exact, or with one end open where the laboratory gave a limit (`<0.3`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Measured {
    /// Just so much.
    Exactly(Amount),
    /// Less than this.
    Below(Amount),
    /// This or less.
    AtMost(Amount),
    /// More than this.
    Above(Amount),
    /// This or more.
    AtLeast(Amount),
}

impl Measured {
    /// Whether the amount is at or above a threshold; `None` where the limit given leaves that open.
    pub fn reaches(self, threshold: Amount) -> Option<bool> {
        match self {
            Self::Exactly(amount) => Some(amount >= threshold),
            Self::Below(limit) => (limit <= threshold).then_some(false),
            Self::AtMost(limit) => (limit < threshold).then_some(false),
            Self::Above(limit) | Self::AtLeast(limit) => (limit >= threshold).then_some(true),
        }
    }
}

/// `= 3.7`, `< 0.3`.
impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exactly(amount) => write!(f, "= {amount}"),
            Self::Below(amount) => write!(f, "< {amount}"),
            Self::AtMost(amount) => write!(f, "<= {amount}"),
            Self::Above(amount) => write!(f, "> {amount}"),
            Self::AtLeast(amount) => write!(f, ">= {amount}"),
        }
    }
}
