//! Which levels there are, and which statement belongs to which.

use spinemet_engine::clinical::{
    Case, Count, Domain, Escc, Lesion, Pain, Place, Remark, Standing, Statement, Vertebra,
};

use crate::record::{ago, assert_finding, at, case, case_now, dated, days, now};

fn places(case: &Case) -> Vec<&'static str> {
    case.levels.iter().map(|level| level.place.key()).collect()
}

#[test]
fn levels_run_from_head_to_sacrum_with_the_unnamed_last() {
    let case = case_now([
        Statement::SpinalMetastasis(at(Vertebra::L2)),
        Statement::SpinalMetastasis(at(Vertebra::C4)),
        Statement::Lesion(Place::Unstated, Lesion::Lytic.into()),
        Statement::Escc(at(Vertebra::T10), Escc::Grade2.into()),
    ]);
    assert_eq!(places(&case), ["C4", "T10", "L2", "unstated"]);
    assert_eq!(places(&case_now([])), ["unstated"]);
}

#[test]
fn what_names_no_level_belongs_to_the_only_one() {
    let unlocated = || Statement::Escc(Place::Unstated, Escc::Grade2.into());
    let one = case_now([Statement::SpinalMetastasis(at(Vertebra::T10)), unlocated()]);
    assert_eq!(places(&one), ["T10"]);
    assert_finding(&one.levels[0].escc, Standing::Known, &[Escc::Grade2]);
    assert_eq!(one.levels[0].escc.remarks(), [Remark::AttributedToOnlyLevel]);
    let several = case_now([
        Statement::SpinalMetastasis(at(Vertebra::T10)),
        Statement::VertebralCount(Count::AtLeast(2)),
        unlocated(),
    ]);
    assert_eq!(places(&several), ["T10", "unstated"]);
    assert_finding(&several.levels[0].escc, Standing::NotRecorded, Escc::ALL);
    assert_finding(&several.levels[1].escc, Standing::Known, &[Escc::Grade2]);
}

#[test]
fn pain_of_the_patient_bounds_every_level() {
    use Pain::{Mechanical, Occasional, PainFree};
    let with = |pains: &[Pain]| {
        let levels = [Vertebra::T10, Vertebra::L2].map(|vertebra| Statement::SpinalMetastasis(at(vertebra)));
        let pains = pains.iter().map(|pain| Statement::Pain(Place::Unstated, (*pain).into()));
        case_now(levels.into_iter().chain(pains)).levels[0].pain.clone()
    };
    assert_finding(&with(&[PainFree]), Standing::Known, &[PainFree]);
    assert_finding(&with(&[Occasional]), Standing::Narrowed, &[Occasional, PainFree]);
    assert_finding(&with(&[Mechanical]), Standing::Narrowed, Pain::ALL);
    // Two types of pain: the higher counts, so that any level may be the one with mechanical pain.
    assert_finding(&with(&[Mechanical, Occasional]), Standing::Narrowed, Pain::ALL);
    assert_eq!(with(&[PainFree]).remarks(), [Remark::RecordedForPatient]);
    assert_finding(&with(&[PainFree, Mechanical]), Standing::Conflicting, Pain::ALL);
}

#[test]
fn with_two_types_of_pain_the_higher_counts() {
    let place = at(Vertebra::T10);
    let pain = |pains: &[Pain]| {
        case_now(pains.iter().map(|pain| Statement::Pain(place, (*pain).into()))).levels[0].pain.clone()
    };
    assert_finding(&pain(&[Pain::Occasional, Pain::Mechanical]), Standing::Known, &[Pain::Mechanical]);
    assert_finding(
        &pain(&[Pain::PainFree, Pain::Mechanical]),
        Standing::Conflicting,
        &[Pain::Mechanical, Pain::PainFree],
    );
}

#[test]
fn an_old_pain_of_a_level_gives_way_to_todays_pain_of_the_patient() {
    let case = case([
        dated(Statement::Pain(at(Vertebra::T10), Pain::Mechanical.into()), &ago(days(40))),
        now(Statement::SpinalMetastasis(at(Vertebra::L2))),
        now(Statement::Pain(Place::Unstated, Pain::PainFree.into())),
    ]);
    assert_finding(&case.levels[0].pain, Standing::Known, &[Pain::PainFree]);
}
