//! The vertebral levels.

use super::value_set::{Domain, domain};

domain! {
    /// A level of the spine, from the occiput to S5. The coccyx is not part of SINS and not a level here.
    Vertebra, "vertebra" {
        /// The occiput (C0), which SINS counts with the junctional occiput-C2 segment.
        Occiput = "C0",
        /// Atlas.
        C1 = "C1",
        /// Axis.
        C2 = "C2",
        /// Third cervical vertebra.
        C3 = "C3",
        /// Fourth cervical vertebra.
        C4 = "C4",
        /// Fifth cervical vertebra.
        C5 = "C5",
        /// Sixth cervical vertebra.
        C6 = "C6",
        /// Seventh cervical vertebra.
        C7 = "C7",
        /// First thoracic vertebra.
        T1 = "T1",
        /// Second thoracic vertebra.
        T2 = "T2",
        /// Third thoracic vertebra.
        T3 = "T3",
        /// Fourth thoracic vertebra.
        T4 = "T4",
        /// Fifth thoracic vertebra.
        T5 = "T5",
        /// Sixth thoracic vertebra.
        T6 = "T6",
        /// Seventh thoracic vertebra.
        T7 = "T7",
        /// Eighth thoracic vertebra.
        T8 = "T8",
        /// Ninth thoracic vertebra.
        T9 = "T9",
        /// Tenth thoracic vertebra.
        T10 = "T10",
        /// Eleventh thoracic vertebra.
        T11 = "T11",
        /// Twelfth thoracic vertebra.
        T12 = "T12",
        /// First lumbar vertebra.
        L1 = "L1",
        /// Second lumbar vertebra.
        L2 = "L2",
        /// Third lumbar vertebra.
        L3 = "L3",
        /// Fourth lumbar vertebra.
        L4 = "L4",
        /// Fifth lumbar vertebra.
        L5 = "L5",
        /// First sacral vertebra.
        S1 = "S1",
        /// Second sacral vertebra.
        S2 = "S2",
        /// Third sacral vertebra.
        S3 = "S3",
        /// Fourth sacral vertebra.
        S4 = "S4",
        /// Fifth sacral vertebra.
        S5 = "S5",
    }
}

/// Which level a statement or a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// This vertebra.
    At(Vertebra),
    /// Some vertebra that the record does not name.
    Unstated,
}

impl Place {
    /// The level's name, or `unstated`.
    pub fn key(self) -> &'static str {
        match self {
            Self::At(vertebra) => vertebra.key(),
            Self::Unstated => "unstated",
        }
    }
}
