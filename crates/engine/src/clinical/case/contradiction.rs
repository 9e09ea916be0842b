//! Where readers contradict each other, safety takes the worse (specification F.3): scores keep the range, warnings do not wait
//! until it is settled.

use super::Case;
use crate::clinical::{
    Alignment, Answer, Collapse, Domain, Finding, Lesion, Pain, Posterolateral, Question, Standing,
};

impl Case {
    /// The same case with the worse of what contradicts itself: of neurology, its course, compression and stability.
    #[must_use]
    pub fn worse_of_contradictions(&self) -> Self {
        let mut case = self.clone();
        settle(&mut case.frankel, |values| values.min());
        for answered in &mut case.answers {
            if answered.question == Question::NeurologicalProgression {
                settle(&mut answered.finding, |values| first(values, &[Answer::Yes, Answer::No]));
            }
        }
        for level in &mut case.levels {
            settle(&mut level.escc, |values| values.max());
            settle(&mut level.pain, |values| first(values, Pain::ALL));
            settle(&mut level.lesion, |values| first(values, Lesion::ALL));
            settle(&mut level.alignment, |values| first(values, Alignment::ALL));
            settle(&mut level.collapse, |values| first(values, Collapse::ALL));
            settle(&mut level.posterolateral, |values| first(values, Posterolateral::ALL));
        }
        case
    }
}

/// Puts the worst of contradicting values in their place.
fn settle<T: Domain>(finding: &mut Finding<T>, worst: impl FnOnce(&mut dyn Iterator<Item = T>) -> Option<T>) {
    if finding.standing() != Standing::Conflicting {
        return;
    }
    if let Some(worst) = worst(&mut finding.possible().iter()) {
        *finding = finding.clone().allowing_only(worst);
    }
}

/// The value that comes first in the table of the paper, which begins with the most points.
fn first<T: Domain>(values: &mut dyn Iterator<Item = T>, table: &[T]) -> Option<T> {
    values.min_by_key(|value| table.iter().position(|listed| listed == value))
}
