//! The bands that the papers divide their totals into.

use super::instrument::Instrument;
use super::points::PointSet;
use crate::clinical::{Domain, Escc, ValueSet, domain};

domain! {
    /// A band of an instrument, from its lowest total to its highest.
    Band, "band" {
        /// Tomita 2-3: long-term local control, wide or marginal excision (CN-2.1-2-3).
        Tomita2To3 = "tomita-2-3",
        /// Tomita 4-5: middle-term local control, marginal or intralesional excision (CN-2.1-4-5).
        Tomita4To5 = "tomita-4-5",
        /// Tomita 6-7: short-term palliation, palliative surgery (CN-2.1-6-7).
        Tomita6To7 = "tomita-6-7",
        /// Tomita 8-10: supportive care (CN-2.1-8-10).
        Tomita8To10 = "tomita-8-10",
        /// Tokuhashi 0-8: less than 6 months (CN-2.2-0-8).
        Tokuhashi0To8 = "tokuhashi-0-8",
        /// Tokuhashi 9-11: 6 months or more (RUL-3; the consensus says 6-12 months, CN-2.2-9-11).
        Tokuhashi9To11 = "tokuhashi-9-11",
        /// Tokuhashi 12-15: one year or more (CN-2.2-12-15).
        Tokuhashi12To15 = "tokuhashi-12-15",
        /// SINS 0-6 (CN-2.3-LOW).
        SinsStable = "sins-stable",
        /// SINS 7-12 (CN-2.3-MID).
        SinsPotentiallyUnstable = "sins-potentially-unstable",
        /// SINS 13-18 (CN-2.3-HIGH).
        SinsUnstable = "sins-unstable",
        /// ESCC 0, 1a, 1b, 1c.
        EsccLowGrade = "escc-low-grade",
        /// ESCC 2, 3.
        EsccHighGrade = "escc-high-grade",
    }
}

impl Band {
    /// The instrument that the band belongs to.
    pub const fn instrument(self) -> Instrument {
        match self {
            Self::Tomita2To3 | Self::Tomita4To5 | Self::Tomita6To7 | Self::Tomita8To10 => {
                Instrument::Tomita2001
            }
            Self::Tokuhashi0To8 | Self::Tokuhashi9To11 | Self::Tokuhashi12To15 => Instrument::Tokuhashi2005,
            Self::SinsStable | Self::SinsPotentiallyUnstable | Self::SinsUnstable => Instrument::Sins2010,
            Self::EsccLowGrade | Self::EsccHighGrade => Instrument::Escc2010,
        }
    }

    /// Least and greatest total of the band; `None` for grades.
    pub const fn range(self) -> Option<(u8, u8)> {
        match self {
            Self::Tomita2To3 => Some((2, 3)),
            Self::Tomita4To5 => Some((4, 5)),
            Self::Tomita6To7 => Some((6, 7)),
            Self::Tomita8To10 => Some((8, 10)),
            Self::Tokuhashi0To8 => Some((0, 8)),
            Self::Tokuhashi9To11 => Some((9, 11)),
            Self::Tokuhashi12To15 => Some((12, 15)),
            Self::SinsStable => Some((0, 6)),
            Self::SinsPotentiallyUnstable => Some((7, 12)),
            Self::SinsUnstable => Some((13, 18)),
            Self::EsccLowGrade | Self::EsccHighGrade => None,
        }
    }

    /// The band of a total.
    pub fn of_total(instrument: Instrument, total: u8) -> Option<Self> {
        Self::ALL.iter().copied().find(|band| {
            band.instrument() == instrument
                && band.range().is_some_and(|(least, greatest)| (least..=greatest).contains(&total))
        })
    }

    /// The bands that a set of totals reaches.
    pub fn of_totals(instrument: Instrument, totals: PointSet) -> ValueSet<Self> {
        totals.iter().filter_map(|total| Self::of_total(instrument, total)).collect()
    }

    /// The band of a grade.
    pub const fn of_grade(grade: Escc) -> Self {
        if grade.is_high_grade() { Self::EsccHighGrade } else { Self::EsccLowGrade }
    }
}
