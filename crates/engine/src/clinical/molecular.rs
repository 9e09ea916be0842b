//! What pathology says of the tumour beyond its site: receptors and driver variants.

use super::value_set::domain;

domain! {
    /// Receptors of a breast cancer, as far as ruling RUL-4 tells them apart. A single receptor leaves several of these.
    BreastReceptors, "breast-receptors" {
        /// Oestrogen receptor positive.
        ErPositive = "er-positive",
        /// Oestrogen receptor negative, progesterone receptor positive: "ER/HR negative" is ambiguous here.
        ErNegativePrPositive = "er-negative-pr-positive",
        /// Both hormone receptors negative, HER2 positive.
        HormoneNegativeHer2Positive = "hr-negative-her2-positive",
        /// Both hormone receptors and HER2 negative.
        TripleNegative = "triple-negative",
    }
}

impl BreastReceptors {
    /// Whether they lower the prognosis by the consensus (CN-2.2-TNBC); `None` where its words "ER/HR negative" leave that
    /// open (RUL-4).
    pub const fn lowers_prognosis(self) -> Option<bool> {
        match self {
            Self::ErPositive => Some(false),
            Self::ErNegativePrPositive => None,
            Self::HormoneNegativeHer2Positive | Self::TripleNegative => Some(true),
        }
    }
}

domain! {
    /// A gene whose variant drives the tumour and may be targeted by a drug.
    Driver, "driver" {
        /// EGFR.
        Egfr = "egfr",
        /// ALK.
        Alk = "alk",
        /// ROS1.
        Ros1 = "ros1",
        /// RET.
        Ret = "ret",
        /// MET.
        Met = "met",
        /// KRAS.
        Kras = "kras",
        /// BRAF.
        Braf = "braf",
        /// HER2 (ERBB2).
        Her2 = "her2",
        /// NTRK.
        Ntrk = "ntrk",
    }
}
