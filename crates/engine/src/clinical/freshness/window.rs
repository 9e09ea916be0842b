//! How long facts stay good.

use jiff::{SignedDuration, Timestamp};

use super::Freshness;
use crate::clinical::PartialDate;
use crate::clinical::value_set::domain;

domain! {
    /// A kind of fact by how it ages.
    WindowKind, "freshness-window" {
        /// Karnofsky and ECOG.
        Performance = "performance",
        /// Neurology where neither a deficit nor ESCC 1c or worse is on record.
        Neurology = "neurology",
        /// Neurology with a deficit, or with ESCC 1c or worse.
        NeurologyAtRisk = "neurology-at-risk",
        /// Type of pain.
        Pain = "pain",
        /// MRI for an ESCC grade below 1c.
        Escc = "escc",
        /// MRI for an ESCC grade of 1c or worse, or where neurology has got worse since.
        EsccAtRisk = "escc-at-risk",
        /// CT or MRI for the other findings at a level.
        SinsImaging = "sins-imaging",
        /// Numbers of foci and visceral status.
        Staging = "staging",
        /// Laboratory values before an operation.
        Laboratory = "laboratory",
        /// Laboratory values in a prognostic score.
        LaboratoryForPrognosis = "laboratory-for-prognosis",
        /// Plans, judgements and states that specification F.2 does not list.
        Judgement = "judgement",
        /// A pregnancy: as fresh as a judgement, and used with a warning for as long as it may last.
        Pregnancy = "pregnancy",
        /// An embolisation, by the consensus itself (CN-1.6-24H, CN-1.6-48H).
        Embolisation = "embolisation",
    }
}

/// Two ages, in hours: up to the first a fact is fresh, up to the second it is usable with a warning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Fresh up to this age.
    pub fresh_hours: u32,
    /// Usable with a warning up to this age.
    pub usable_hours: u32,
}

impl Window {
    /// A window in whole days.
    pub const fn days(fresh: u32, usable: u32) -> Self {
        Self { fresh_hours: fresh * 24, usable_hours: usable * 24 }
    }

    /// Judges a date. A partial date is an interval, and the older end decides. A date without a time counts as
    /// its whole day, so that a fact of "seven days ago" is not seven and a half days old.
    pub(super) fn judge(self, date: &PartialDate, as_of: Timestamp) -> Freshness {
        let whole_days = date.earliest() != date.latest();
        let allowance = if whole_days { SignedDuration::from_hours(24) } else { SignedDuration::ZERO };
        let age = as_of.duration_since(date.earliest()) - allowance;
        if age <= SignedDuration::from_hours(self.fresh_hours.into()) {
            Freshness::Fresh
        } else if age <= SignedDuration::from_hours(self.usable_hours.into()) {
            Freshness::Ageing
        } else {
            Freshness::Stale
        }
    }
}
