//! The scores: one file an instrument, its table of points beside its citation.
//!
//! A score is never one number that hides what is missing. Every item keeps the points that are still possible, and
//! the score is the exact set of totals that these can add up to, with the bands that the totals fall into.

mod band;
pub mod escc;
mod graded;
mod instrument;
mod item;
mod points;
mod score;
pub mod sins;
pub mod tokuhashi;
pub mod tomita;

pub use band::Band;
pub use graded::Graded;
pub use instrument::Instrument;
pub use item::{Choice, Item};
pub use points::PointSet;
pub use score::{Assignment, AssignmentStatus, Reachable, Score, ScoreNote, ScoredItem};

use crate::clinical::Case;

/// Every score of a case: Tomita, Tokuhashi, then SINS level by level, then ESCC level by level.
pub fn score_all(case: &Case) -> Vec<Score> {
    let mut scores = Vec::with_capacity(2 + 2 * case.levels.len());
    scores.push(tomita::score(&case.into()));
    scores.push(tokuhashi::score(&case.into()));
    scores.extend(case.levels.iter().map(sins::score));
    scores.extend(case.levels.iter().map(escc::score));
    scores
}
