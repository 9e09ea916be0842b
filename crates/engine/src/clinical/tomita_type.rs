//! The extent of a spinal tumour: Tomita's surgical classification, which is not his prognostic score (RUL-15), and the
//! sectors of Weinstein, Boriani and Biagini (WBB).

use std::fmt;

use super::value_set::domain;

domain! {
    /// Surgical type by extent (specification B.8). 1 to 3 intracompartmental, 4 to 6 extracompartmental.
    TomitaType, "tomita-type" {
        /// Vertebral body, or posterior element, only.
        Type1 = "1",
        /// With pedicle.
        Type2 = "2",
        /// Body, pedicle and lamina.
        Type3 = "3",
        /// Into the spinal canal.
        Type4 = "4",
        /// Paravertebral.
        Type5 = "5",
        /// Into the adjacent vertebra.
        Type6 = "6",
        /// Multiple, or skip lesions.
        Type7 = "7",
    }
}

/// The WBB sectors, 1 to 12, that a tumour involves: 4 to 9 are the anterior part, 1 to 3 and 10 to 12 the posterior one
/// (CN-3.1-WBB). The sources number them in opposite directions; what is asked here is the same either way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WbbSectors {
    /// Bit `n` stands for sector `n`.
    bits: u16,
}

impl WbbSectors {
    /// The sectors given; `None` where there is none, or one that does not exist.
    pub fn new(sectors: impl IntoIterator<Item = u8>) -> Option<Self> {
        let bits = sectors
            .into_iter()
            .try_fold(0u16, |bits, sector| (1..=12).contains(&sector).then(|| bits | 1 << sector))?;
        (bits != 0).then_some(Self { bits })
    }

    /// The sectors, ascending.
    pub fn iter(self) -> impl Iterator<Item = u8> {
        (1..=12).filter(move |sector| self.contains(*sector))
    }

    /// Whether the tumour involves this sector.
    pub const fn contains(self, sector: u8) -> bool {
        sector <= 12 && self.bits >> sector & 1 == 1
    }

    /// Whether the tumour is confined to these sectors.
    pub fn is_within(self, sectors: &[u8]) -> bool {
        self.iter().all(|sector| sectors.contains(&sector))
    }
}

/// `4,5,6`.
impl fmt::Display for WbbSectors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, sector) in self.iter().enumerate() {
            write!(f, "{}{sector}", if index == 0 { "" } else { "," })?;
        }
        Ok(())
    }
}
