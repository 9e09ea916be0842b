//! The instruments and where they come from.

use super::item::Item;
use crate::clinical::{Domain, domain};

domain! {
    /// A published score or grading.
    Instrument, "instrument" {
        /// Tomita's prognostic score, 2 to 10 points, higher is worse. Not the surgical classification (RUL-15).
        Tomita2001 = "tomita-2001",
        /// The revised Tokuhashi score, 0 to 15 points, higher is better.
        Tokuhashi2005 = "tokuhashi-2005",
        /// Spinal instability neoplastic score of one level, 0 to 18 points, higher is less stable.
        Sins2010 = "sins-2010",
        /// Epidural spinal cord compression of one level: an ordinal grade without points.
        Escc2010 = "escc-2010",
    }
}

impl Instrument {
    /// The paper.
    pub const fn citation(self) -> &'static str {
        match self {
            Self::Tomita2001 => "Tomita K et al. Spine 2001;26(3):298-306",
            Self::Tokuhashi2005 => "Tokuhashi Y et al. Spine 2005;30(19):2186-2191",
            Self::Sins2010 => "Fisher CG et al. Spine 2010;35(22):E1221-E1229",
            Self::Escc2010 => "Bilsky MH et al. J Neurosurg Spine 2010;13(3):324-328",
        }
    }

    /// The rules of the consensus that speak of the instrument.
    pub const fn rule_ids(self) -> &'static [&'static str] {
        match self {
            Self::Tomita2001 => &["CN-2.1-ITEMS", "CN-2.1-DIR", "CN-2.2-LIM-MECH", "CN-2.2-OLD"],
            Self::Tokuhashi2005 => {
                &["CN-2.2-ITEMS", "CN-2.2-BINS", "CN-2.2-ORGAN", "CN-2.2-MAX", "CN-2.2-ACC", "CN-2.2-LEE"]
            }
            Self::Sins2010 => &["CN-2.3-SIX", "CN-2.3-LOW", "CN-2.3-MID", "CN-2.3-HIGH", "CN-2.3-NA"],
            Self::Escc2010 => &["CN-2.4-HOW", "CN-2.4-23-SEP", "CN-2.4-0-RT", "CN-2.4-GAP"],
        }
    }

    /// Least and greatest total; `None` for a grading.
    pub const fn range(self) -> Option<(u8, u8)> {
        match self {
            Self::Tomita2001 => Some((2, 10)),
            Self::Tokuhashi2005 => Some((0, 15)),
            Self::Sins2010 => Some((0, 18)),
            Self::Escc2010 => None,
        }
    }

    /// Its items in the order of the paper.
    pub fn items(self) -> impl Iterator<Item = Item> {
        Item::ALL.iter().copied().filter(move |item| item.instrument() == self)
    }
}
