//! The bands, the grounds of assignments, and the arithmetic of points.

use spinemet_engine::clinical::{Domain, PrimarySite};
use spinemet_engine::scoring::{AssignmentStatus, Band, Instrument, PointSet, tokuhashi, tomita};

#[test]
fn every_total_lies_in_just_one_band() {
    for instrument in [Instrument::Tomita2001, Instrument::Tokuhashi2005, Instrument::Sins2010] {
        let (least, greatest) = instrument.range().unwrap();
        for total in 0..=PointSet::MAX {
            let bands = Band::ALL
                .iter()
                .filter(|band| band.instrument() == instrument)
                .filter(|band| band.range().is_some_and(|(low, high)| (low..=high).contains(&total)))
                .count();
            assert_eq!(bands, usize::from((least..=greatest).contains(&total)), "{instrument:?} {total}");
        }
    }
}

#[test]
fn the_ground_of_every_assignment_is_said() {
    let status = |site| (tomita::growth(site).1.key(), tokuhashi::primary_group(site).1.key());
    assert_eq!(status(PrimarySite::Breast), ("named", "named"));
    assert_eq!(status(PrimarySite::Liver), ("derived", "named"));
    assert_eq!(status(PrimarySite::Melanoma), ("katagiri2014-analogy", "remainder"));
    assert_eq!(status(PrimarySite::Cervix), ("ambiguous", "ambiguous"));
    assert_eq!(status(PrimarySite::Ovary), ("unclassified", "remainder"));
    for site in PrimarySite::ALL.iter().copied() {
        let (growth, ground) = tomita::growth(site);
        let open = matches!(ground, AssignmentStatus::Ambiguous | AssignmentStatus::Unclassified);
        assert_eq!(growth.len() > 1, open, "{site:?}");
        let (group, ground) = tokuhashi::primary_group(site);
        assert_eq!(group.len() > 1, ground == AssignmentStatus::Ambiguous, "{site:?}");
    }
}

#[test]
fn sums_of_point_sets_are_exact() {
    let set = |points: &[u8]| points.iter().copied().collect::<PointSet>();
    assert_eq!(set(&[1, 2, 4]).plus(set(&[0, 2, 4])), set(&[1, 2, 3, 4, 5, 6, 8]));
    assert_eq!(set(&[0, 3]).plus(set(&[0, 1])), set(&[0, 1, 3, 4]));
    assert_eq!(set(&[1]).plus(PointSet::EMPTY), PointSet::EMPTY);
    assert_eq!([].into_iter().sum::<PointSet>(), PointSet::ZERO);
    assert_eq!(PointSet::only(32), PointSet::EMPTY);
    let some = set(&[5, 31]);
    assert_eq!((some.min(), some.max(), some.len()), (Some(5), Some(31), 2));
    assert_eq!((PointSet::EMPTY.min(), PointSet::EMPTY.max()), (None, None));
    assert!(set(&[5]).is_single() && !some.is_single() && set(&[5]).is_subset(some));
}
