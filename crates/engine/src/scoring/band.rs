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
        /// Modified Bauer 0-1: less than 6 months.
        Bauer0To1 = "modified-bauer-0-1",
        /// Modified Bauer 2: more than 6 months.
        Bauer2 = "modified-bauer-2",
        /// Modified Bauer 3-4: more than 12 months.
        Bauer3To4 = "modified-bauer-3-4",
        /// Katagiri 0-3: 91 % alive after one year, 78 % after two.
        Katagiri0To3 = "katagiri-0-3",
        /// Katagiri 4-6: 49 % alive after one year.
        Katagiri4To6 = "katagiri-4-6",
        /// Katagiri 7-10: 27 % alive after six months, 6 % after one year.
        Katagiri7To10 = "katagiri-7-10",
        /// Van der Linden 0-3: median 3 months.
        VanDerLinden0To3 = "van-der-linden-0-3",
        /// Van der Linden 4-5: median 9 months.
        VanDerLinden4To5 = "van-der-linden-4-5",
        /// Van der Linden 6: median 19 months.
        VanDerLinden6 = "van-der-linden-6",
        /// NOMS: conventional external beam radiotherapy.
        NomsRadiotherapy = "noms-radiotherapy",
        /// NOMS: stabilisation, then conventional radiotherapy.
        NomsStabiliseRadiotherapy = "noms-stabilise-radiotherapy",
        /// NOMS: stereotactic radiosurgery.
        NomsRadiosurgery = "noms-radiosurgery",
        /// NOMS: stabilisation, then stereotactic radiosurgery.
        NomsStabiliseRadiosurgery = "noms-stabilise-radiosurgery",
        /// NOMS: separation surgery, then stereotactic radiosurgery.
        NomsSeparationRadiosurgery = "noms-separation-radiosurgery",
        /// NOMS: percutaneous stabilisation, then conventional radiotherapy.
        NomsPercutaneousRadiotherapy = "noms-percutaneous-radiotherapy",
        /// NOMS: contact without compression by a resistant tumour, on which the sources disagree.
        NomsUnsettled = "noms-unsettled",
    }
}

impl Band {
    /// The instrument that the band belongs to; an adjusted score has those of the score that it adjusts.
    pub const fn instrument(self) -> Instrument {
        match self {
            Self::Tomita2To3 | Self::Tomita4To5 | Self::Tomita6To7 | Self::Tomita8To10 => {
                Instrument::Tomita2001
            }
            Self::Tokuhashi0To8 | Self::Tokuhashi9To11 | Self::Tokuhashi12To15 => Instrument::Tokuhashi2005,
            Self::SinsStable | Self::SinsPotentiallyUnstable | Self::SinsUnstable => Instrument::Sins2010,
            Self::EsccLowGrade | Self::EsccHighGrade => Instrument::Escc2010,
            Self::Bauer0To1 | Self::Bauer2 | Self::Bauer3To4 => Instrument::ModifiedBauer2008,
            Self::Katagiri0To3 | Self::Katagiri4To6 | Self::Katagiri7To10 => Instrument::Katagiri2014,
            Self::VanDerLinden0To3 | Self::VanDerLinden4To5 | Self::VanDerLinden6 => {
                Instrument::VanDerLinden2005
            }
            Self::NomsRadiotherapy
            | Self::NomsStabiliseRadiotherapy
            | Self::NomsRadiosurgery
            | Self::NomsStabiliseRadiosurgery
            | Self::NomsSeparationRadiosurgery
            | Self::NomsPercutaneousRadiotherapy
            | Self::NomsUnsettled => Instrument::Noms2013,
        }
    }

    /// Least and greatest total of the band; `None` for grades and decisions.
    #[expect(clippy::match_same_arms, reason = "a row for each band, as in the papers")]
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
            Self::Bauer0To1 => Some((0, 1)),
            Self::Bauer2 => Some((2, 2)),
            Self::Bauer3To4 => Some((3, 4)),
            Self::Katagiri0To3 => Some((0, 3)),
            Self::Katagiri4To6 => Some((4, 6)),
            Self::Katagiri7To10 => Some((7, 10)),
            Self::VanDerLinden0To3 => Some((0, 3)),
            Self::VanDerLinden4To5 => Some((4, 5)),
            Self::VanDerLinden6 => Some((6, 6)),
            Self::EsccLowGrade
            | Self::EsccHighGrade
            | Self::NomsRadiotherapy
            | Self::NomsStabiliseRadiotherapy
            | Self::NomsRadiosurgery
            | Self::NomsStabiliseRadiosurgery
            | Self::NomsSeparationRadiosurgery
            | Self::NomsPercutaneousRadiotherapy
            | Self::NomsUnsettled => None,
        }
    }

    /// The band of a total.
    pub fn of_total(instrument: Instrument, total: u8) -> Option<Self> {
        Self::ALL.iter().copied().find(|band| {
            band.instrument() == instrument.banding()
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
