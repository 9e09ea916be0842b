//! Spinal instability neoplastic score (SINS) of one level.
//!
//! Fisher CG et al. A novel classification system for spinal instability in neoplastic disease. Spine
//! 2010;35(22):E1221-E1229. 0 to 18 points, higher is less stable. Levels are never added up.

use super::graded::{graded, points};
use super::instrument::Instrument;
use super::points::PointSet;
use super::score::{Score, ScoreNote, ScoredItem};
use crate::clinical::{Alignment, Collapse, Lesion, Level, Pain, Posterolateral, SinsLocation, ValueSet};

graded!(SinsLocation answers SinsLocation: Junctional => 3, Mobile => 2, Semirigid => 1, Rigid => 0);
graded!(Pain answers SinsPain: Mechanical => 3, Occasional => 1, PainFree => 0);
graded!(Lesion answers SinsLesion: Lytic => 2, Mixed => 1, Blastic => 0);
graded!(Alignment answers SinsAlignment: Subluxation => 4, Deformity => 2, Normal => 0);
graded!(Collapse answers SinsCollapse: OverHalf => 3, UnderHalf => 2, NoneBodyInvolved => 1, NoCollapse => 0);
graded!(Posterolateral answers SinsPosterolateral: Bilateral => 3, Unilateral => 1, Uninvolved => 0);

/// The values that remain possible, where only these matter.
#[derive(Debug, Clone, Copy)]
pub struct Values {
    /// Location.
    pub location: ValueSet<SinsLocation>,
    /// Pain.
    pub pain: ValueSet<Pain>,
    /// Bone lesion.
    pub lesion: ValueSet<Lesion>,
    /// Alignment.
    pub alignment: ValueSet<Alignment>,
    /// Collapse.
    pub collapse: ValueSet<Collapse>,
    /// Posterolateral involvement.
    pub posterolateral: ValueSet<Posterolateral>,
}

impl Values {
    /// The values of a level.
    pub fn of(level: &Level) -> Self {
        Self {
            location: level.location.possible(),
            pain: level.pain.possible(),
            lesion: level.lesion.possible(),
            alignment: level.alignment.possible(),
            collapse: level.collapse.possible(),
            posterolateral: level.posterolateral.possible(),
        }
    }
}

/// The score of a level as far as it is known.
pub fn score(level: &Level) -> Score {
    let items = vec![
        ScoredItem::new(&level.location, level.location.possible()),
        ScoredItem::new(&level.pain, level.pain.possible()),
        ScoredItem::new(&level.lesion, level.lesion.possible()),
        ScoredItem::new(&level.alignment, level.alignment.possible()),
        ScoredItem::new(&level.collapse, level.collapse.possible()),
        ScoredItem::new(&level.posterolateral, level.posterolateral.possible()),
    ];
    let notes =
        if level.treated.is_empty() { Vec::new() } else { vec![ScoreNote::NotValidatedAtTreatedLevel] };
    Score::additive(Instrument::Sins2010, Some(level.place), items, notes)
}

/// The totals that remain reachable, where only these matter.
pub fn totals(values: &Values) -> PointSet {
    [
        points(values.location),
        points(values.pain),
        points(values.lesion),
        points(values.alignment),
        points(values.collapse),
        points(values.posterolateral),
    ]
    .into_iter()
    .sum()
}
