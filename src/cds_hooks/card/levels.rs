//! Which levels a card lists: those that decide.

use spinemet_engine::assessment::Assessment;
use spinemet_engine::clinical::Place;

use crate::wording::distinct;

/// The most levels that are listed; more would bury the rest.
const MOST_LEVELS: usize = 3;

/// The levels that may be the most compressed or the least stable, from head to sacrum.
pub(super) fn decisive(assessment: &Assessment) -> Vec<Place> {
    let places = assessment.worst_compression().into_iter().chain(assessment.least_stable());
    let mut decisive = distinct(places);
    decisive.truncate(MOST_LEVELS);
    decisive.sort_unstable();
    decisive
}

/// The levels beside those.
pub(super) fn others<'a>(
    assessment: &'a Assessment,
    decisive: &'a [Place],
) -> impl Iterator<Item = Place> + 'a {
    assessment.case.levels.iter().map(|level| level.place).filter(|place| !decisive.contains(place))
}
