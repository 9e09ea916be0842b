//! Modified Bauer score.
//!
//! Leithner A et al. Predictive value of seven preoperative prognostic scoring systems for spinal metastases. Eur Spine J
//! 2008;17:1488-1495. 0 to 4 points, higher is better: no visceral metastases 1, solitary skeletal metastasis 1, primary
//! not of the lung 1, primary of breast or kidney, lymphoma or myeloma 1. The bands are those of the modified score, not of
//! Bauer 1995.

use super::graded::{graded, read_as};
use super::instrument::Instrument;
use super::score::{Score, ScoredItem};
use crate::clinical::{BoneExtent, Case, PrimarySite, VisceralState, domain};

domain! {
    /// Visceral metastases.
    Visceral, "bauer-visceral" {
        /// Present.
        Present = "present",
        /// None.
        Absent = "none",
    }
}
graded!(Visceral answers BauerVisceral: Present => 0, Absent => 1);

domain! {
    /// Skeletal metastases, the spinal one included.
    Skeletal, "bauer-skeletal" {
        /// More than one.
        Multiple = "multiple",
        /// Just one.
        Solitary = "solitary",
    }
}
graded!(Skeletal answers BauerSkeletal: Multiple => 0, Solitary => 1);

domain! {
    /// The primary tumour. The paper asks two things of it, whether it is not of the lung and whether it is one of four
    /// that do well; no tumour is both of the lung and one of the four, so that together they are one item.
    Primary, "bauer-primary" {
        /// Lung.
        Lung = "lung",
        /// Neither lung nor one of the four.
        Other = "other",
        /// Breast, kidney, lymphoma, myeloma.
        Favourable = "favourable",
    }
}
graded!(Primary answers BauerPrimary: Lung => 0, Other => 1, Favourable => 2);

/// The item of a primary tumour.
pub const fn primary(site: PrimarySite) -> Primary {
    match site {
        lung if lung.is_lung() => Primary::Lung,
        PrimarySite::Breast | PrimarySite::Kidney | PrimarySite::Lymphoma | PrimarySite::Myeloma => {
            Primary::Favourable
        }
        _ => Primary::Other,
    }
}

/// The score of what is known.
pub fn score(case: &Case) -> Score {
    let visceral = read_as(case.visceral.possible(), |state| match state {
        VisceralState::Absent => Visceral::Absent.into(),
        _ => Visceral::Present.into(),
    });
    let skeletal = read_as(case.bone_extent.possible(), |extent| match extent {
        BoneExtent::Solitary => Skeletal::Solitary.into(),
        BoneExtent::Multiple => Skeletal::Multiple.into(),
    });
    let sites = read_as(case.primary.possible(), |site| primary(site).into());
    let items = vec![
        ScoredItem::new(&case.visceral, visceral),
        ScoredItem::new(&case.bone_extent, skeletal),
        ScoredItem::new(&case.primary, sites),
    ];
    Score::additive(Instrument::ModifiedBauer2008, None, items, Vec::new())
}
