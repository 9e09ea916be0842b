//! The items of the instruments.

use super::graded::Graded;
use super::instrument::Instrument;
use super::{tokuhashi, tomita};
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
    /// The instrument that the item belongs to.
    pub const fn instrument(self) -> Instrument {
        match self {
            Self::TomitaPrimary | Self::TomitaVisceral | Self::TomitaBone => Instrument::Tomita2001,
            Self::TokuhashiGeneral
            | Self::TokuhashiExtraspinalBone
            | Self::TokuhashiVertebral
            | Self::TokuhashiOrgans
            | Self::TokuhashiPrimary
            | Self::TokuhashiPalsy => Instrument::Tokuhashi2005,
            Self::SinsLocation
            | Self::SinsPain
            | Self::SinsLesion
            | Self::SinsAlignment
            | Self::SinsCollapse
            | Self::SinsPosterolateral => Instrument::Sins2010,
            Self::EsccGrade => Instrument::Escc2010,
        }
    }

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
            Self::EsccGrade => {
                Escc::ALL.iter().map(|grade| Choice { key: grade.key(), points: None }).collect()
            }
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
