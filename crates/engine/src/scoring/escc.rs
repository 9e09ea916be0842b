//! Epidural spinal cord compression (ESCC, Bilsky) of one level.
//!
//! Bilsky MH et al. Reliability analysis of the epidural spinal cord compression scale. J Neurosurg Spine
//! 2010;13(3):324-328. On axial T2 MRI at the level of worst compression (CN-2.4-HOW). Ordinal, without points.

use super::band::Band;
use super::instrument::Instrument;
use super::item::Item;
use super::points::PointSet;
use super::score::{Reachable, Score, ScoreNote, ScoredItem};
use crate::clinical::{Level, Place, ValueSet, Vertebra};

/// The grade of a level as far as it is known, with its band: low (0, 1a, 1b, 1c) or high (2, 3).
pub fn score(level: &Level) -> Score {
    let grades = level.escc.possible();
    let bands: ValueSet<Band> = grades.iter().map(Band::of_grade).collect();
    Score {
        instrument: Instrument::Escc2010,
        place: Some(level.place),
        items: vec![ScoredItem::ungraded(Item::EsccGrade, &level.escc, grades, PointSet::EMPTY)],
        reachable: Reachable::Grades(grades),
        bands: bands.iter().collect(),
        notes: if is_below_conus(level.place) { vec![ScoreNote::BelowConus] } else { Vec::new() },
    }
}

/// In adults the cord ends about the disc L1/L2; below it there is no cord to be compressed.
fn is_below_conus(place: Place) -> bool {
    matches!(place, Place::At(vertebra) if vertebra >= Vertebra::L2)
}
