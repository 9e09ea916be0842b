//! How statements are weighed against each other: conflict, refinement, counting.

use jiff::Timestamp;
use spinemet_engine::clinical::{
    BoneExtent, BoneSite, Case, CodeAsSent, Count, Domain, Ecog, ExtraspinalCount, Frankel, FreshnessPolicy,
    Involvement, Karnofsky, Organ, PartialDate, Place, PrimarySite, Remark, Standing, Statement, ValueSet,
    Vertebra, VertebralCount, VisceralState,
};

use crate::record::{ago, assert_finding, at, case, case_now, dated, days, karnofsky, now, set};

// --- General condition ---

#[test]
fn the_newest_karnofsky_counts_unless_both_are_fresh_and_of_different_bands() {
    use Karnofsky::{K50, K70, K80, K90};
    let two = |older: Karnofsky, age: i64, newer: Karnofsky| {
        case([dated(karnofsky(older), &ago(days(age))), now(karnofsky(newer))]).karnofsky
    };
    assert_finding(&two(K50, 5, K70), Standing::Known, &[K70]);
    assert_finding(&two(K70, 5, K80), Standing::Conflicting, &[K70, K80]);
    assert_finding(&two(K70, 20, K80), Standing::Known, &[K80]);
    assert_finding(&two(K80, 0, K90), Standing::Conflicting, &[K80, K90]);
}

#[test]
fn two_of_one_day_stay_side_by_side_and_are_never_averaged() {
    let case = case([
        dated(karnofsky(Karnofsky::K50), "2026-11-22T06:00:00Z"),
        dated(karnofsky(Karnofsky::K90), "2026-11-22T11:00:00Z"),
    ]);
    assert_finding(&case.karnofsky, Standing::Conflicting, &[Karnofsky::K50, Karnofsky::K90]);
    assert_eq!(case.karnofsky.evidence().len(), 2);
}

#[test]
fn ecog_gives_an_interval_and_only_where_karnofsky_is_not_known() {
    use Karnofsky::{K10, K20, K30, K40, K50, K60, K70, K80, K90, K100};
    let intervals = [
        (Ecog::E0, [K90, K100]),
        (Ecog::E1, [K70, K80]),
        (Ecog::E2, [K50, K60]),
        (Ecog::E3, [K30, K40]),
        (Ecog::E4, [K10, K20]),
    ];
    for (grade, interval) in intervals {
        let case = case_now([Statement::Ecog(grade.into())]);
        assert_finding(&case.karnofsky, Standing::Narrowed, &interval);
        assert_eq!(case.karnofsky.remarks(), [Remark::FromEcog]);
    }
    let both = case_now([Statement::Ecog(Ecog::E1.into()), karnofsky(K80)]);
    assert_finding(&both.karnofsky, Standing::Known, &[K80]);
    let apart = case_now([Statement::Ecog(Ecog::E3.into()), karnofsky(K80)]);
    assert_finding(&apart.karnofsky, Standing::Conflicting, &[K30, K40, K80]);
    assert!(apart.karnofsky.remarks().contains(&Remark::KarnofskyAgainstEcog));
    let old_karnofsky = case([dated(karnofsky(K80), &ago(days(40))), now(Statement::Ecog(Ecog::E3.into()))]);
    assert_finding(&old_karnofsky.karnofsky, Standing::Narrowed, &[K30, K40]);
}

#[test]
fn ecog_narrows_a_karnofsky_that_leaves_a_choice_if_it_is_of_the_same_day() {
    let choice = || Statement::Karnofsky(set(&[Karnofsky::K20, Karnofsky::K80, Karnofsky::K90]));
    let ecog = || Statement::Ecog(Ecog::E1.into());
    let together = case_now([choice(), ecog()]).karnofsky;
    assert_finding(&together, Standing::Known, &[Karnofsky::K80]);
    assert_eq!(together.remarks(), [Remark::FromEcog]);
    assert_eq!(together.evidence().len(), 2);
    let older = case([now(choice()), dated(ecog(), &ago(days(3)))]).karnofsky;
    assert_finding(&older, Standing::Narrowed, &[Karnofsky::K20, Karnofsky::K80, Karnofsky::K90]);
}

#[test]
fn asia_is_read_as_frankel_and_says_so() {
    let case = case_now([Statement::AsiaImpairment(Frankel::D.into())]);
    assert_finding(&case.frankel, Standing::Known, &[Frankel::D]);
    assert_eq!(case.frankel.remarks(), [Remark::FromAsia]);
}

// --- Primary tumour ---

#[test]
fn a_more_exact_primary_refines_and_another_conflicts() {
    use PrimarySite::{Breast, Cervix, Kidney, Lung, LungNonSmallCell, LungSmallCell, Uterus};
    let primary =
        |sites: &[PrimarySite]| case_now(sites.iter().map(|site| Statement::Primary(*site))).primary;
    assert_finding(&primary(&[Lung, LungNonSmallCell]), Standing::Known, &[LungNonSmallCell]);
    assert_finding(&primary(&[Uterus, Cervix]), Standing::Known, &[Cervix]);
    let two = primary(&[Breast, Kidney]);
    assert_finding(&two, Standing::Conflicting, &[Breast, Kidney]);
    assert_eq!(two.remarks(), [Remark::SeveralPrimaries]);
    assert_finding(
        &primary(&[Lung, LungNonSmallCell, LungSmallCell]),
        Standing::Conflicting,
        &[LungNonSmallCell, LungSmallCell],
    );
    assert_finding(&primary(&[]), Standing::NotRecorded, PrimarySite::ALL);
}

// --- Counts ---

#[test]
fn counts_fall_into_the_bins_of_the_score() {
    use ExtraspinalCount::{OneOrTwo, ThreeOrMore as Three, Zero};
    use VertebralCount::{One, ThreeOrMore, Two};
    let vertebral = |count| case_now([Statement::VertebralCount(count)]).vertebral_count.possible();
    assert_eq!(vertebral(Count::Exactly(1)), set(&[One]));
    assert_eq!(vertebral(Count::Exactly(2)), set(&[Two]));
    assert_eq!(vertebral(Count::Exactly(7)), set(&[ThreeOrMore]));
    assert_eq!(vertebral(Count::AtLeast(1)), ValueSet::all());
    assert_eq!(vertebral(Count::AtLeast(2)), set(&[Two, ThreeOrMore]));
    assert_eq!(vertebral(Count::AtLeast(3)), set(&[ThreeOrMore]));
    let extraspinal = |count| case_now([Statement::ExtraspinalCount(count)]).extraspinal_count.possible();
    assert_eq!(extraspinal(Count::Exactly(0)), set(&[Zero]));
    assert_eq!(extraspinal(Count::Exactly(2)), set(&[OneOrTwo]));
    assert_eq!(extraspinal(Count::Exactly(3)), set(&[Three]));
    assert_eq!(extraspinal(Count::AtLeast(0)), ValueSet::all());
    assert_eq!(extraspinal(Count::AtLeast(2)), set(&[OneOrTwo, Three]));
}

#[test]
fn sites_on_record_are_a_minimum_never_a_count() {
    use VertebralCount::{One, ThreeOrMore, Two};
    let levels = |vertebrae: &[Vertebra]| {
        case_now(vertebrae.iter().map(|vertebra| Statement::SpinalMetastasis(at(*vertebra)))).vertebral_count
    };
    assert_finding(&levels(&[Vertebra::T10]), Standing::Narrowed, &[One, Two, ThreeOrMore]);
    assert_finding(&levels(&[Vertebra::T10, Vertebra::L1]), Standing::Narrowed, &[Two, ThreeOrMore]);
    assert_finding(&levels(&[Vertebra::T10, Vertebra::L1, Vertebra::L3]), Standing::Known, &[ThreeOrMore]);
}

#[test]
fn a_count_below_the_sites_on_record_is_a_conflict() {
    let case = case_now([
        Statement::VertebralCount(Count::Exactly(1)),
        Statement::SpinalMetastasis(at(Vertebra::T10)),
        Statement::SpinalMetastasis(at(Vertebra::L1)),
    ]);
    assert_finding(&case.vertebral_count, Standing::Conflicting, VertebralCount::ALL);
    assert_eq!(case.vertebral_count.evidence().len(), 3);
}

#[test]
fn two_counts_that_conflict_stay_in_conflict_beside_sites() {
    let case = case_now([
        Statement::VertebralCount(Count::Exactly(1)),
        Statement::VertebralCount(Count::Exactly(3)),
        Statement::SpinalMetastasis(at(Vertebra::T10)),
        Statement::SpinalMetastasis(at(Vertebra::L1)),
    ]);
    assert_eq!(case.vertebral_count.standing(), Standing::Conflicting);
}

#[test]
fn a_bone_without_a_name_may_be_one_that_is_named() {
    use ExtraspinalCount::{OneOrTwo, ThreeOrMore};
    let bones = |sites: &[BoneSite]| {
        case_now(sites.iter().map(|site| Statement::ExtraspinalBoneMetastasis(*site))).extraspinal_count
    };
    assert_finding(&bones(&[BoneSite::Other]), Standing::Narrowed, &[OneOrTwo, ThreeOrMore]);
    assert_finding(
        &bones(&[BoneSite::Femur, BoneSite::Rib, BoneSite::Other]),
        Standing::Narrowed,
        &[OneOrTwo, ThreeOrMore],
    );
    assert_finding(
        &bones(&[BoneSite::Femur, BoneSite::Rib, BoneSite::Skull]),
        Standing::Known,
        &[ThreeOrMore],
    );
}

#[test]
fn the_extent_follows_from_the_counts() {
    use BoneExtent::{Multiple, Solitary};
    let counts = |vertebral: u32, extraspinal: u32| {
        case_now([
            Statement::VertebralCount(Count::Exactly(vertebral)),
            Statement::ExtraspinalCount(Count::Exactly(extraspinal)),
        ])
        .bone_extent
    };
    assert_finding(&counts(1, 0), Standing::Known, &[Solitary]);
    assert_finding(&counts(2, 0), Standing::Known, &[Multiple]);
    assert_finding(&counts(1, 1), Standing::Known, &[Multiple]);
    assert_eq!(counts(1, 0).remarks(), [Remark::FromCounts]);
    let one = case_now([Statement::VertebralCount(Count::Exactly(1))]);
    assert_finding(&one.bone_extent, Standing::NotRecorded, BoneExtent::ALL);
    let rib = case_now([Statement::ExtraspinalBoneMetastasis(BoneSite::Rib)]);
    assert_finding(&rib.bone_extent, Standing::Known, &[Multiple]);
    let against =
        case_now([Statement::BoneExtent(Solitary), Statement::ExtraspinalBoneMetastasis(BoneSite::Rib)]);
    assert_finding(&against.bone_extent, Standing::Conflicting, BoneExtent::ALL);
}

/// Specification F.1: what the extent leaves of the counts is an inference, and said as one.
#[test]
fn the_counts_follow_from_a_stated_extent() {
    use ExtraspinalCount::{OneOrTwo, ThreeOrMore, Zero};
    use VertebralCount::{One, Two};
    let stated = |extent: BoneExtent, more: Vec<Statement>| {
        case_now([Statement::BoneExtent(extent)].into_iter().chain(more))
    };
    let vertebrae = |count: u32| Statement::VertebralCount(Count::Exactly(count));
    let elsewhere = |count: u32| Statement::ExtraspinalCount(Count::Exactly(count));
    let solitary = stated(BoneExtent::Solitary, vec![]);
    assert_finding(&solitary.vertebral_count, Standing::Known, &[One]);
    assert_finding(&solitary.extraspinal_count, Standing::Known, &[Zero]);
    assert_eq!(solitary.extraspinal_count.remarks(), [Remark::FromExtent]);
    assert_eq!(solitary.extraspinal_count.evidence().len(), 1, "the record of the extent");
    let at_t10 = stated(BoneExtent::Solitary, vec![Statement::SpinalMetastasis(at(Vertebra::T10))]);
    assert_finding(&at_t10.vertebral_count, Standing::Known, &[One]);
    assert_eq!(
        at_t10.vertebral_count.remarks(),
        [Remark::AtLeastAsManyAsRecorded, Remark::FromExtent],
        "both are why"
    );
    let multiple = stated(BoneExtent::Multiple, vec![]);
    assert_finding(&multiple.vertebral_count, Standing::NotRecorded, VertebralCount::ALL);
    let one = stated(BoneExtent::Multiple, vec![vertebrae(1)]);
    assert_finding(&one.extraspinal_count, Standing::Narrowed, &[OneOrTwo, ThreeOrMore]);
    let none = stated(BoneExtent::Multiple, vec![elsewhere(0)]);
    assert_finding(&none.vertebral_count, Standing::Narrowed, &[Two, VertebralCount::ThreeOrMore]);
    // Counts that contradict the extent stay as they are, and the contradiction is named where it is.
    let against = stated(BoneExtent::Solitary, vec![vertebrae(2)]);
    assert_finding(&against.vertebral_count, Standing::Known, &[Two]);
    assert_finding(&against.extraspinal_count, Standing::NotRecorded, ExtraspinalCount::ALL);
    assert_eq!(against.bone_extent.standing(), Standing::Conflicting);
    // What was derived from the counts tells nothing new of them.
    let derived = case_now([vertebrae(1), elsewhere(0)]);
    assert_eq!(derived.vertebral_count.remarks(), []);
}

#[test]
fn the_extent_rests_on_usable_counts_only() {
    let case = case([
        dated(Statement::VertebralCount(Count::Exactly(1)), &ago(days(100))),
        dated(Statement::ExtraspinalCount(Count::Exactly(2)), &ago(days(70))),
    ]);
    assert_finding(&case.bone_extent, Standing::Known, &[BoneExtent::Multiple]);
    assert_eq!(case.bone_extent.evidence().len(), 1);
    assert_eq!(case.bone_extent.remarks(), [Remark::Ageing, Remark::FromCounts]);
}

// --- Organs ---

#[test]
fn visceral_statements_complete_each_other() {
    use VisceralState::{Absent, Removable, UnremovableTreatable, Untreatable};
    let of = |statements: Vec<Statement>| case_now(statements).visceral;
    let organ = || Statement::VisceralMetastasis(Organ::Liver);
    let status = |values: &[VisceralState]| Statement::VisceralStatus(set(values));
    let present = [Removable, UnremovableTreatable, Untreatable];
    assert_finding(&of(vec![]), Standing::NotRecorded, VisceralState::ALL);
    assert_finding(&of(vec![organ()]), Standing::Narrowed, &present);
    assert_finding(&of(vec![status(&[Absent])]), Standing::Known, &[Absent]);
    let treatable = status(&[Removable, UnremovableTreatable]);
    let unremovable = status(&[UnremovableTreatable, Untreatable]);
    assert_finding(
        &of(vec![treatable.clone(), unremovable.clone()]),
        Standing::Known,
        &[UnremovableTreatable],
    );
    assert_finding(&of(vec![organ(), treatable, unremovable]), Standing::Known, &[UnremovableTreatable]);
    assert_finding(&of(vec![organ(), status(&[Absent])]), Standing::Conflicting, VisceralState::ALL);
}

#[test]
fn the_newest_visceral_status_counts_where_they_exclude_each_other() {
    use VisceralState::{Absent, Removable, Untreatable};
    let status =
        |value: VisceralState, age: i64| dated(Statement::VisceralStatus(value.into()), &ago(days(age)));
    assert_finding(&case([status(Removable, 40), status(Absent, 0)]).visceral, Standing::Known, &[Absent]);
    assert_finding(
        &case([
            status(Removable, 40),
            status(Untreatable, 0),
            now(Statement::VisceralMetastasis(Organ::Lung)),
        ])
        .visceral,
        Standing::Known,
        &[Untreatable],
    );
    let same_day =
        case([status(Removable, 0), status(Untreatable, 0), now(Statement::VisceralMetastasis(Organ::Lung))]);
    assert_finding(&same_day.visceral, Standing::Conflicting, &[Removable, Untreatable]);
}

#[test]
fn an_old_negative_staging_says_nothing() {
    let case = case([dated(Statement::VisceralStatus(VisceralState::Absent.into()), &ago(days(91)))]);
    assert_finding(&case.visceral, Standing::Stale, VisceralState::ALL);
}

// --- The whole patient ---

#[test]
fn involvement_of_the_spine() {
    let of = |statements: Vec<Statement>| case_now(statements).involvement;
    assert_eq!(of(vec![]), Involvement::NotRecorded);
    assert_eq!(of(vec![Statement::Primary(PrimarySite::Breast)]), Involvement::NotRecorded);
    assert_eq!(of(vec![Statement::BoneMetastasis]), Involvement::Possible);
    assert_eq!(of(vec![Statement::SpinalMetastasis(Place::Unstated)]), Involvement::Established);
    assert_eq!(of(vec![Statement::VertebralCount(Count::Exactly(2))]), Involvement::Established);
    assert_eq!(of(vec![Statement::VertebralCount(Count::Exactly(0))]), Involvement::NotRecorded);
    let elsewhere = vec![Statement::BoneMetastasis, Statement::VertebralCount(Count::Exactly(0))];
    assert_eq!(of(elsewhere), Involvement::NotRecorded);
}

#[test]
fn a_minor_is_certainly_under_eighteen() {
    let born = |date: &str, at: &str| {
        let fact = dated(Statement::BirthDate(PartialDate::parse(date).unwrap()), "");
        let at: Timestamp = at.parse().unwrap();
        Case::from_facts(vec![fact], at, &FreshnessPolicy::default()).is_minor()
    };
    assert!(born("2008-11-24", "2026-11-22T12:00:00Z"));
    assert!(!born("2008-11-22", "2026-11-22T12:00:00Z"));
    assert!(
        !born("2008-11-23", "2026-11-22T12:00:00Z"),
        "it may be the birthday already, where the patient is"
    );
    assert!(born("2008-11-23", "2026-11-22T09:59:59Z"));
    assert!(!born("2008", "2026-01-01T00:00:00Z"), "a year alone may mean its first day");
    assert!(born("2009", "2026-11-22T12:00:00Z"));
    assert!(!case_now([]).is_minor() && !case_now([]).is_adult());
}

#[test]
fn an_adult_is_certainly_eighteen() {
    let born = |date: &str, at: &str| {
        let fact = dated(Statement::BirthDate(PartialDate::parse(date).unwrap()), "");
        Case::from_facts(vec![fact], at.parse().unwrap(), &FreshnessPolicy::default()).is_adult()
    };
    assert!(born("1960", "2026-11-22T12:00:00Z"));
    assert!(!born("2008", "2026-11-22T12:00:00Z"), "a year alone may mean its last day");
    assert!(!born("2008-11-22", "2026-11-22T23:00:00Z"), "it may be the day before, where the patient is");
    assert!(born("2008-11-22", "2026-11-23T12:00:00Z"));
    assert!(!born("2012-03-04", "2026-11-22T12:00:00Z"));
}

#[test]
fn facts_that_differ_in_the_code_alone_keep_an_order_of_their_own() {
    let coded = |code: &str| {
        let mut fact = dated(karnofsky(Karnofsky::K80), "");
        fact.evidence.code = Some(CodeAsSent { system: String::new(), code: code.to_owned() });
        fact
    };
    let order = |codes: [&str; 3]| case(codes.map(coded));
    assert_eq!(order(["a", "b", "a"]), order(["b", "a", "a"]));
    assert_eq!(order(["a", "b", "a"]).facts.len(), 2);
}
