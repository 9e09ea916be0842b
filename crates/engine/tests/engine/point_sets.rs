//! Sets of points against sets of numbers.

use std::collections::BTreeSet;

use spinemet_engine::scoring::PointSet;

/// Every pair of sets of small numbers.
#[test]
fn sets_of_points_are_sets_of_numbers() {
    let sets = || (0..1_u32 << 5).map(|bits| (0..5_u8).filter(move |points| bits >> points & 1 == 1));
    let of = |numbers: &BTreeSet<u8>| numbers.iter().copied().collect::<PointSet>();
    for one in sets().map(BTreeSet::from_iter) {
        let points = of(&one);
        assert_eq!(points.iter().collect::<BTreeSet<u8>>(), one);
        assert_eq!((points.min(), points.max()), (one.first().copied(), one.last().copied()));
        assert_eq!((points.len() as usize, points.is_empty()), (one.len(), one.is_empty()));
        assert_eq!(points.single(), one.first().copied().filter(|_| one.len() == 1));
        assert_eq!(format!("{points:?}"), format!("{one:?}"));
        for number in 0..=u8::MAX {
            assert_eq!(points.contains(number), one.contains(&number), "{number} in {one:?}");
        }
        for other in sets().map(BTreeSet::from_iter) {
            let others = of(&other);
            assert_eq!(points.union(others), of(&one.union(&other).copied().collect()));
            assert_eq!(points.is_subset(others), one.is_subset(&other));
            let sums = one.iter().flat_map(|a| other.iter().map(move |b| a + b)).collect();
            assert_eq!(points.plus(others), of(&sums));
        }
    }
}
