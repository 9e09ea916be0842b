//! General condition and neurology: Karnofsky, ECOG, Frankel.

use super::value_set::{ValueSet, domain};

domain! {
    /// Karnofsky performance status in percent, in steps of ten. 0 (dead) is no input to any score.
    Karnofsky, "karnofsky" {
        /// Moribund.
        K10 = "10",
        /// Very sick.
        K20 = "20",
        /// Severely disabled.
        K30 = "30",
        /// Disabled.
        K40 = "40",
        /// Requires considerable assistance.
        K50 = "50",
        /// Requires occasional assistance.
        K60 = "60",
        /// Cares for self.
        K70 = "70",
        /// Normal activity with effort.
        K80 = "80",
        /// Normal activity, minor signs.
        K90 = "90",
        /// Normal.
        K100 = "100",
    }
}

domain! {
    /// ECOG performance status. 5 (dead) is no input to any score.
    Ecog, "ecog" {
        /// Fully active.
        E0 = "0",
        /// Restricted in strenuous activity.
        E1 = "1",
        /// Up and about more than half of waking hours.
        E2 = "2",
        /// In bed or chair more than half of waking hours.
        E3 = "3",
        /// Completely disabled.
        E4 = "4",
    }
}

impl Ecog {
    /// The Karnofsky interval for this grade: specification B.7 and ruling RUL-12, never a single point.
    pub fn karnofsky(self) -> ValueSet<Karnofsky> {
        use Karnofsky::{K10, K20, K30, K40, K50, K60, K70, K80, K90, K100};
        match self {
            Self::E0 => [K90, K100],
            Self::E1 => [K70, K80],
            Self::E2 => [K50, K60],
            Self::E3 => [K30, K40],
            Self::E4 => [K10, K20],
        }
        .into_iter()
        .collect()
    }
}

domain! {
    /// Frankel grade of spinal cord function; also holds an ASIA Impairment Scale letter, which maps one to one by
    /// custom (specification B.5).
    Frankel, "frankel" {
        /// No motor and no sensory function.
        A = "A",
        /// Sensation only.
        B = "B",
        /// Motor function, useless.
        C = "C",
        /// Motor function, useful.
        D = "D",
        /// Normal.
        E = "E",
    }
}
