//! The scores: one file an instrument, its table of points beside its citation.
//!
//! A score is never one number that hides what is missing. Every item keeps the points that are still possible, and
//! the score is the exact set of totals that these can add up to, with the bands that the totals fall into.

mod band;
pub mod bauer;
pub mod escc;
mod graded;
mod held_back;
mod instrument;
mod item;
pub mod katagiri;
pub mod noms;
mod points;
mod score;
pub mod sins;
pub mod tokuhashi;
pub mod tomita;
pub mod van_der_linden;

pub use band::Band;
pub use graded::Graded;
pub use held_back::HeldBack;
pub use instrument::Instrument;
pub use item::{Choice, Item};
pub use points::PointSet;
pub use score::{Assignment, AssignmentStatus, Reachable, Score, ScoreNote, ScoredItem};

use crate::clinical::Case;

/// Every score of a case: those of the patient, then level by level SINS, ESCC and NOMS. The adjusted scores stand beside
/// the raw ones where they may differ (RUL-4); a score that its own paper does not define for the patient is left out.
pub fn score_all(case: &Case) -> Vec<Score> {
    let of_patient = [
        Some(tomita::score(&case.into())),
        tomita::adjusted(case),
        Some(tokuhashi::score(&case.into())).map(|score| tokuhashi::with_driver_note(score, case)),
        tokuhashi::adjusted(case),
        Some(bauer::score(case)),
        Some(katagiri::score(case)),
        van_der_linden::score(case),
    ];
    let mut scores: Vec<Score> = of_patient.into_iter().flatten().collect();
    scores.extend(case.levels.iter().map(sins::score));
    scores.extend(case.levels.iter().map(escc::score));
    scores.extend(case.levels.iter().map(|level| noms::score(case, level)));
    scores
}
