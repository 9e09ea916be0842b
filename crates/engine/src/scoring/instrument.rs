//! The instruments and where they come from.

use super::item::Item;
use crate::clinical::domain;

domain! {
    /// A published score or grading.
    Instrument, "instrument" {
        /// Tomita's prognostic score, 2 to 10 points, higher is worse. Not the surgical classification (RUL-15).
        Tomita2001 = "tomita-2001",
        /// The Tomita score with the growth of breast cancer adjusted for its receptors (CN-2.2-TNBC, RUL-4).
        TomitaReceptorAdjusted = "tomita-2001-receptors",
        /// The revised Tokuhashi score, 0 to 15 points, higher is better.
        Tokuhashi2005 = "tokuhashi-2005",
        /// The revised Tokuhashi score with the primary site of breast cancer adjusted for its receptors (CN-2.2-TNBC, RUL-4).
        TokuhashiReceptorAdjusted = "tokuhashi-2005-receptors",
        /// Modified Bauer score, 0 to 4 points, higher is better.
        ModifiedBauer2008 = "modified-bauer-2008",
        /// Katagiri's revised score, 0 to 10 points, higher is worse.
        Katagiri2014 = "katagiri-2014",
        /// Van der Linden's score, 0 to 6 points, higher is better.
        VanDerLinden2005 = "van-der-linden-2005",
        /// Spinal instability neoplastic score of one level, 0 to 18 points, higher is less stable.
        Sins2010 = "sins-2010",
        /// Epidural spinal cord compression of one level: an ordinal grade without points.
        Escc2010 = "escc-2010",
        /// NOMS of one level: a table of decisions by neurology, oncology, mechanics and systemic disease.
        Noms2013 = "noms-2013",
    }
}

impl Instrument {
    /// The paper.
    pub const fn citation(self) -> &'static str {
        match self {
            Self::Tomita2001 | Self::TomitaReceptorAdjusted => "Tomita K et al. Spine 2001;26(3):298-306",
            Self::Tokuhashi2005 | Self::TokuhashiReceptorAdjusted => {
                "Tokuhashi Y et al. Spine 2005;30(19):2186-2191"
            }
            Self::Sins2010 => "Fisher CG et al. Spine 2010;35(22):E1221-E1229",
            Self::Escc2010 => "Bilsky MH et al. J Neurosurg Spine 2010;13(3):324-328",
            Self::Noms2013 => "Laufer I et al. Oncologist 2013;18(6):744-751",
            Self::ModifiedBauer2008 => "Leithner A et al. Eur Spine J 2008;17:1488-1495",
            Self::Katagiri2014 => "Katagiri H et al. Cancer Med 2014;3(5):1359-1367",
            Self::VanDerLinden2005 => "van der Linden YM et al. Cancer 2005;103(2):320-328",
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
            Self::TomitaReceptorAdjusted => {
                &["CN-2.2-TNBC", "CN-2.1-ITEMS", "CN-2.1-DIR", "CN-2.2-LIM-MECH", "CN-2.2-OLD"]
            }
            Self::TokuhashiReceptorAdjusted => {
                &["CN-2.2-TNBC", "CN-2.2-ITEMS", "CN-2.2-BINS", "CN-2.2-ACC", "CN-2.2-LEE"]
            }
            Self::Noms2013 => &["CN-2.4-GAP", "CN-1.3-RS-SENS", "CN-1.3-RS-RES"],
            Self::ModifiedBauer2008 | Self::Katagiri2014 | Self::VanDerLinden2005 => &[],
        }
    }

    /// Least and greatest total; `None` for a grading.
    pub const fn range(self) -> Option<(u8, u8)> {
        match self {
            Self::Tomita2001 | Self::TomitaReceptorAdjusted => Some((2, 10)),
            Self::Tokuhashi2005 | Self::TokuhashiReceptorAdjusted => Some((0, 15)),
            Self::ModifiedBauer2008 => Some((0, 4)),
            Self::Katagiri2014 => Some((0, 10)),
            Self::VanDerLinden2005 => Some((0, 6)),
            Self::Sins2010 => Some((0, 18)),
            Self::Escc2010 | Self::Noms2013 => None,
        }
    }

    /// The instrument whose bands it uses: an adjusted score those of the score that it adjusts.
    #[must_use]
    pub const fn banding(self) -> Self {
        match self {
            Self::TomitaReceptorAdjusted => Self::Tomita2001,
            Self::TokuhashiReceptorAdjusted => Self::Tokuhashi2005,
            other => other,
        }
    }

    /// Its items in the order of the paper. An adjusted score shares all but one with the score that it adjusts.
    pub const fn items(self) -> &'static [Item] {
        use Item as I;
        match self {
            Self::Tomita2001 => &[I::TomitaPrimary, I::TomitaVisceral, I::TomitaBone],
            Self::TomitaReceptorAdjusted => &[I::TomitaPrimaryAdjusted, I::TomitaVisceral, I::TomitaBone],
            Self::Tokuhashi2005 => &[
                I::TokuhashiGeneral,
                I::TokuhashiExtraspinalBone,
                I::TokuhashiVertebral,
                I::TokuhashiOrgans,
                I::TokuhashiPrimary,
                I::TokuhashiPalsy,
            ],
            Self::TokuhashiReceptorAdjusted => &[
                I::TokuhashiGeneral,
                I::TokuhashiExtraspinalBone,
                I::TokuhashiVertebral,
                I::TokuhashiOrgans,
                I::TokuhashiPrimaryAdjusted,
                I::TokuhashiPalsy,
            ],
            Self::ModifiedBauer2008 => &[I::BauerVisceral, I::BauerSkeletal, I::BauerPrimary],
            Self::Katagiri2014 => &[
                I::KatagiriPrimary,
                I::KatagiriVisceral,
                I::KatagiriLaboratory,
                I::KatagiriPerformance,
                I::KatagiriChemotherapy,
                I::KatagiriSkeletal,
            ],
            Self::VanDerLinden2005 => {
                &[I::VanDerLindenPerformance, I::VanDerLindenPrimary, I::VanDerLindenVisceral]
            }
            Self::Sins2010 => &[
                I::SinsLocation,
                I::SinsPain,
                I::SinsLesion,
                I::SinsAlignment,
                I::SinsCollapse,
                I::SinsPosterolateral,
            ],
            Self::Escc2010 => &[I::EsccGrade],
            Self::Noms2013 => &[I::NomsNeurologic, I::NomsOncologic, I::NomsMechanical, I::NomsSystemic],
        }
    }
}
