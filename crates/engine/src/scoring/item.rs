//! The items of the instruments.

use super::graded::Graded;
use super::{bauer, katagiri, noms, tokuhashi, tomita, van_der_linden};
use crate::clinical::{
    Alignment, BoneExtent, Collapse, Domain, Escc, ExtraspinalCount, Lesion, Pain, Posterolateral,
    SinsLocation, VertebralCount, domain,
};

domain! {
    /// An item of an instrument, in the order of the papers.
    Item, "item" {
        /// Growth of the primary tumour.
        TomitaPrimary = "tomita-primary",
        /// Visceral metastases.
        TomitaVisceral = "tomita-visceral",
        /// Bone metastases, the spine included.
        TomitaBone = "tomita-bone",
        /// General condition.
        TokuhashiGeneral = "tokuhashi-general",
        /// Bone foci outside the spine.
        TokuhashiExtraspinalBone = "tokuhashi-extraspinal-bone",
        /// Vertebrae with metastasis.
        TokuhashiVertebral = "tokuhashi-vertebral",
        /// Metastases to the major internal organs.
        TokuhashiOrgans = "tokuhashi-organs",
        /// Primary site.
        TokuhashiPrimary = "tokuhashi-primary",
        /// Palsy.
        TokuhashiPalsy = "tokuhashi-palsy",
        /// Location.
        SinsLocation = "sins-location",
        /// Pain.
        SinsPain = "sins-pain",
        /// Bone lesion.
        SinsLesion = "sins-lesion",
        /// Radiographic alignment.
        SinsAlignment = "sins-alignment",
        /// Vertebral body collapse.
        SinsCollapse = "sins-collapse",
        /// Posterolateral involvement.
        SinsPosterolateral = "sins-posterolateral",
        /// Grade of compression.
        EsccGrade = "escc-grade",
        /// Growth of the primary tumour, receptors of breast cancer considered.
        TomitaPrimaryAdjusted = "tomita-primary-adjusted",
        /// Primary site, receptors of breast cancer considered.
        TokuhashiPrimaryAdjusted = "tokuhashi-primary-adjusted",
        /// No visceral metastases.
        BauerVisceral = "bauer-visceral",
        /// Solitary skeletal metastasis.
        BauerSkeletal = "bauer-skeletal",
        /// Primary tumour: the paper's two criteria about it together.
        BauerPrimary = "bauer-primary",
        /// Growth of the primary tumour.
        KatagiriPrimary = "katagiri-primary",
        /// Visceral metastases.
        KatagiriVisceral = "katagiri-visceral",
        /// Laboratory data.
        KatagiriLaboratory = "katagiri-laboratory",
        /// Performance status.
        KatagiriPerformance = "katagiri-performance",
        /// Previous chemotherapy.
        KatagiriChemotherapy = "katagiri-chemotherapy",
        /// Multiple skeletal metastases.
        KatagiriSkeletal = "katagiri-skeletal",
        /// Performance status.
        VanDerLindenPerformance = "van-der-linden-performance",
        /// Primary tumour.
        VanDerLindenPrimary = "van-der-linden-primary",
        /// Visceral metastases.
        VanDerLindenVisceral = "van-der-linden-visceral",
        /// Compression of the cord.
        NomsNeurologic = "noms-neurologic",
        /// Response to conventional radiotherapy.
        NomsOncologic = "noms-oncologic",
        /// Stability.
        NomsMechanical = "noms-mechanical",
        /// Whether surgery can be tolerated.
        NomsSystemic = "noms-systemic",
    }
}

/// One row of an item's table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// The value as a stable slug, unique inside the item.
    pub key: &'static str,
    /// Its points; `None` for a grade.
    pub points: Option<u8>,
}

impl Item {
    /// The item's table: every value with its points, in the order of the paper.
    pub fn choices(self) -> Vec<Choice> {
        match self {
            Self::TomitaPrimary => table::<tomita::Growth>(),
            Self::TomitaVisceral => table::<tomita::Visceral>(),
            Self::TomitaBone => table::<BoneExtent>(),
            Self::TokuhashiGeneral => table::<tokuhashi::General>(),
            Self::TokuhashiExtraspinalBone => table::<ExtraspinalCount>(),
            Self::TokuhashiVertebral => table::<VertebralCount>(),
            Self::TokuhashiOrgans => table::<tokuhashi::Organs>(),
            Self::TokuhashiPrimary => table::<tokuhashi::PrimaryGroup>(),
            Self::TokuhashiPalsy => table::<tokuhashi::Palsy>(),
            Self::SinsLocation => table::<SinsLocation>(),
            Self::SinsPain => table::<Pain>(),
            Self::SinsLesion => table::<Lesion>(),
            Self::SinsAlignment => table::<Alignment>(),
            Self::SinsCollapse => table::<Collapse>(),
            Self::SinsPosterolateral => table::<Posterolateral>(),
            Self::EsccGrade => ungraded::<Escc>(),
            Self::TomitaPrimaryAdjusted => table::<tomita::AdjustedGrowth>(),
            Self::TokuhashiPrimaryAdjusted => table::<tokuhashi::AdjustedPrimaryGroup>(),
            Self::BauerVisceral => table::<bauer::Visceral>(),
            Self::BauerSkeletal => table::<bauer::Skeletal>(),
            Self::BauerPrimary => table::<bauer::Primary>(),
            Self::KatagiriPrimary => table::<katagiri::Growth>(),
            Self::KatagiriVisceral => table::<katagiri::Visceral>(),
            Self::KatagiriLaboratory => table::<katagiri::Laboratory>(),
            Self::KatagiriPerformance => table::<katagiri::Performance>(),
            Self::KatagiriChemotherapy => table::<katagiri::Chemotherapy>(),
            Self::KatagiriSkeletal => table::<katagiri::Skeletal>(),
            Self::VanDerLindenPerformance => table::<van_der_linden::Performance>(),
            Self::VanDerLindenPrimary => table::<van_der_linden::Primary>(),
            Self::VanDerLindenVisceral => table::<van_der_linden::Visceral>(),
            Self::NomsNeurologic => ungraded::<noms::Neurologic>(),
            Self::NomsOncologic => ungraded::<noms::Oncologic>(),
            Self::NomsMechanical => ungraded::<noms::Mechanical>(),
            Self::NomsSystemic => ungraded::<noms::Systemic>(),
        }
    }

    /// The points of the value with this slug.
    pub fn points_of(self, key: &str) -> Option<u8> {
        self.choices().into_iter().find(|choice| choice.key == key)?.points
    }
}

fn table<G: Graded>() -> Vec<Choice> {
    G::ALL.iter().map(|value| Choice { key: value.key(), points: Some(value.points()) }).collect()
}

fn ungraded<T: Domain>() -> Vec<Choice> {
    T::ALL.iter().map(|value| Choice { key: value.key(), points: None }).collect()
}
