//! Intervals between treatments (specification D.4, RUL-9, RUL-10), each at its boundaries.

use spinemet_engine::clinical::{
    Answer, Case, Count, Domain, Fact, Place, Procedure, ProcedureState, Question, Statement, ValueSet,
    Vertebra,
};
use spinemet_engine::guidance::{Elapsed, Severity, Timer, TimerKind, TimerNeed, TimerState, timers};

use crate::record::{Sequence, case, dated, done, now, planned, procedure};

fn healed(answer: Answer) -> Fact {
    now(Statement::Answered(Question::WoundHealed, Place::Unstated, answer))
}

fn only(facts: Vec<Fact>, kind: TimerKind) -> Option<Timer> {
    let mut found = timers(&case(facts)).into_iter().filter(|timer| timer.kind == kind);
    let first = found.next();
    assert!(found.next().is_none(), "one timer a pair");
    first
}

fn states(facts: Vec<Fact>, kind: TimerKind) -> Vec<&'static str> {
    only(facts, kind).map_or_else(Vec::new, |timer| timer.states.iter().map(Domain::key).collect())
}

/// The test patients are looked at on 22 November 2026 at noon.
#[test]
fn more_than_fourteen_days_from_the_last_fraction_to_the_incision() {
    use Procedure::{Fixation, Radiotherapy};
    let kind = TimerKind::RadiotherapyToOperation;
    let gap = |ended: &str, incision: &str| {
        states(vec![done(Radiotherapy, ended), planned(Fixation, incision)], kind)
    };
    assert_eq!(gap("2026-11-12", "2026-11-25"), ["too-short"], "13 days");
    assert_eq!(gap("2026-11-11", "2026-11-25"), ["too-short"], "14 days are not more than 14");
    assert_eq!(gap("2026-11-10", "2026-11-25"), ["kept"], "15 days");
    assert_eq!(
        gap("2026-11-10T23:00:00Z", "2026-11-25T01:00:00Z"),
        ["kept"],
        "15 calendar days, not 14 times 24 hours"
    );
    assert_eq!(gap("2026-11", "2026-12-10"), ["kept", "too-short"], "some day in November");
    assert_eq!(gap("2026-10", "2026-11-25"), ["kept"], "any day in October");
    assert_eq!(gap("2026-11-11", "2026-12"), ["kept"], "any day in December");
    assert_eq!(gap("", "2026-11-25"), ["unknown"]);
    assert_eq!(gap("2026-11-20", ""), ["no-operation-date"]);
    let timer = only(vec![done(Radiotherapy, "2026-11-11"), planned(Fixation, "2026-11-25")], kind).unwrap();
    assert_eq!(timer.elapsed, Some(Elapsed::Days { least: 14, most: Some(14) }));
    assert_eq!(timer.earliest.unwrap().to_string(), "2026-11-26");
    assert_eq!(timer.severity(), Severity::Warning);
    assert_eq!(
        timer.rules.iter().map(|rule| rule.id).collect::<Vec<_>>(),
        ["CN-3.7-RT-OP-14", "CN-3.7-RT-WOUND"]
    );
    assert_eq!(timer.evidence.len(), 2);
}

/// Without a date of the operation, or without an operation at all, the day from which one could be is said.
#[test]
fn the_first_day_for_an_operation_is_said_before_it_is_planned() {
    let kind = TimerKind::RadiotherapyToOperation;
    let treated = || done(Procedure::Radiotherapy, "2026-11-20");
    for facts in [vec![treated()], vec![treated(), planned(Procedure::Fixation, "")]] {
        let timer = only(facts, kind).unwrap();
        assert_eq!(timer.states, TimerState::NoOperationDate.into());
        assert_eq!((timer.needs.as_slice(), timer.elapsed), ([TimerNeed::OperationDate].as_slice(), None));
        assert_eq!(timer.earliest.unwrap().to_string(), "2026-12-05");
    }
}

#[test]
fn a_course_that_goes_on_has_no_last_fraction_yet() {
    let kind = TimerKind::RadiotherapyToOperation;
    let ongoing = || procedure(Procedure::Radiotherapy, ProcedureState::Ongoing, "2026-11-16");
    let timer = only(vec![ongoing(), planned(Procedure::Fixation, "2026-12-01")], kind).unwrap();
    assert_eq!(timer.states.iter().map(Domain::key).collect::<Vec<_>>(), ["too-short", "unknown"]);
    assert_eq!(timer.needs, [TimerNeed::LastFraction]);
    assert_eq!(timer.elapsed, Some(Elapsed::Days { least: 0, most: Some(9) }), "from today on");
    let far = states(vec![ongoing(), planned(Procedure::Fixation, "2027-01-15")], kind);
    assert_eq!(far, ["kept", "too-short", "unknown"]);
}

/// Without a planned operation it is worth saying only as long as the interval lasts.
#[test]
fn radiotherapy_long_past_makes_no_timer_by_itself() {
    let kind = TimerKind::RadiotherapyToOperation;
    let recent = only(vec![done(Procedure::StereotacticRadiotherapy, "2026-11-15")], kind).unwrap();
    assert_eq!(recent.states, TimerState::NoOperationDate.into());
    assert_eq!(recent.earliest.unwrap().to_string(), "2026-11-30");
    assert!(only(vec![done(Procedure::Radiotherapy, "2026-11-07")], kind).is_none());
    assert!(only(vec![planned(Procedure::Fixation, "2026-12-01")], kind).is_none());
}

#[test]
fn two_weeks_or_a_healed_wound_from_the_operation_to_radiotherapy() {
    use Procedure::{Fixation, Radiotherapy};
    let kind = TimerKind::OperationToRadiotherapy;
    let gap = |begins: &str, wound: Option<Answer>| {
        let facts = [done(Fixation, "2026-11-15"), planned(Radiotherapy, begins)];
        states(facts.into_iter().chain(wound.map(healed)).collect(), kind)
    };
    assert_eq!(gap("2026-11-29", None), ["kept"], "day 14");
    assert_eq!(gap("2026-11-28", Some(Answer::No)), ["too-short"], "day 13");
    assert_eq!(gap("2026-11-28", Some(Answer::Yes)), ["early-but-healed"]);
    assert_eq!(gap("2026-11-28", None), ["too-short", "early-but-healed"]);
    let open = only(vec![done(Fixation, "2026-11-15"), planned(Radiotherapy, "2026-11-28")], kind).unwrap();
    assert_eq!(open.needs, [TimerNeed::WoundHealed]);
    assert_eq!(gap("", None), ["unknown"]);
    assert_eq!(open.rules[0].id, "CN-3.7-OP-RT-14");
}

#[test]
fn three_to_five_weeks_from_separation_surgery_to_stereotactic_radiotherapy() {
    use Procedure::{SeparationSurgery, StereotacticRadiotherapy};
    let kind = TimerKind::SeparationToSsrs;
    let gap = |begins: &str, wound: Option<Answer>| {
        let facts = [done(SeparationSurgery, "2026-11-10"), planned(StereotacticRadiotherapy, begins)];
        states(facts.into_iter().chain(wound.map(healed)).collect(), kind)
    };
    assert_eq!(gap("2026-11-30", Some(Answer::No)), ["too-short"], "day 20");
    assert_eq!(gap("2026-11-30", Some(Answer::Yes)), ["early-but-healed"], "day 20");
    assert_eq!(gap("2026-12-01", None), ["kept"], "day 21");
    assert_eq!(gap("2026-12-15", None), ["kept"], "day 35");
    assert_eq!(gap("2026-12-16", None), ["too-late"], "day 36");
    assert_eq!(gap("2026-12", None), ["kept", "too-late"], "some day in December");
    let late = only(
        vec![done(SeparationSurgery, "2026-11-10"), planned(StereotacticRadiotherapy, "2026-12-16")],
        kind,
    );
    assert_eq!(late.unwrap().severity(), Severity::Critical);
}

/// What was said of a wound before the operation was said of another.
#[test]
fn only_the_wound_of_this_operation_counts() {
    let said = |date: &str| {
        let healed = Statement::Answered(Question::WoundHealed, Place::Unstated, Answer::Yes);
        let facts = vec![
            done(Procedure::Fixation, "2026-11-15"),
            planned(Procedure::Radiotherapy, "2026-11-25"),
            dated(healed, date),
        ];
        states(facts, TimerKind::OperationToRadiotherapy)
    };
    let open = ["too-short", "early-but-healed"];
    assert_eq!(said("2026-11-10"), open);
    assert_eq!(said(""), open, "nobody knows which wound");
    assert_eq!(said("2026-11-15"), ["early-but-healed"]);
    assert_eq!(said("2026-11-22"), ["early-but-healed"]);
}

#[test]
fn stereotactic_radiotherapy_that_nobody_booked_is_said_and_in_the_end_critical() {
    use Procedure::{SeparationSurgery, StereotacticRadiotherapy};
    let kind = TimerKind::SeparationToSsrs;
    let after = |operated: &str| {
        let timer = only(vec![done(SeparationSurgery, operated)], kind)?;
        Some((timer.states.iter().map(Domain::key).collect::<Vec<_>>(), timer.severity()))
    };
    assert_eq!(after("2026-11-22"), Some((vec!["not-booked"], Severity::Info)), "day 0");
    assert_eq!(after("2026-11-09"), Some((vec!["not-booked"], Severity::Info)), "day 13");
    assert_eq!(after("2026-11-08"), Some((vec!["not-booked"], Severity::Warning)), "day 14");
    assert_eq!(after("2026-11"), Some((vec!["not-booked"], Severity::Warning)), "some day of the month");
    assert_eq!(after("2026-10-18"), Some((vec!["not-booked"], Severity::Warning)), "day 35");
    assert_eq!(after("2026-10-17"), Some((vec!["too-late"], Severity::Critical)), "day 36");
    assert_eq!(after("2026-08-24"), Some((vec!["too-late"], Severity::Critical)), "day 90");
    assert_eq!(after("2026-08-23"), None, "past acting on");
    let window = |operated: &str| {
        let timer = only(vec![done(SeparationSurgery, operated)], kind).unwrap();
        [timer.earliest, timer.latest].map(|day| day.unwrap().to_string())
    };
    assert_eq!(window("2026-11-01"), ["2026-11-22", "2026-12-06"], "days 21 and 35");
    assert_eq!(window("2026-10"), ["2026-11-21", "2026-11-05"], "some day of the month: no day is certain");
    let given = vec![done(SeparationSurgery, "2026-10-01"), done(StereotacticRadiotherapy, "2026-10-28")];
    assert!(only(given, kind).is_none(), "it followed");
    let conventional =
        vec![done(SeparationSurgery, "2026-10-01"), done(Procedure::Radiotherapy, "2026-10-28")];
    assert!(only(conventional, kind).is_some(), "conventional radiotherapy is not what the rule asks");
}

/// Only what is known to have followed ends the reminder. What may have is shown with what would tell, and is not called
/// overdue as long as it may have been given.
#[test]
fn what_may_have_followed_separation_surgery_does_not_end_the_reminder() {
    use Procedure::{SeparationSurgery, StereotacticRadiotherapy};
    use ProcedureState::{Done, Ongoing, Planned};
    let kind = TimerKind::SeparationToSsrs;
    let (t10, l2) = (Place::At(Vertebra::T10), Place::At(Vertebra::L2));
    let ssrs =
        |state, place, date: &str| dated(Statement::Procedure(StereotacticRadiotherapy, state, place), date);
    let reminded = |operated: &str, given: Fact, more: Vec<Fact>| {
        let facts = [done(SeparationSurgery, operated), given].into_iter().chain(more);
        let timer = only(facts.collect(), kind)?;
        Some((timer.states.iter().map(Domain::key).collect::<Vec<_>>(), timer.severity(), timer.needs))
    };
    let asking = |states: &[&'static str], need: TimerNeed| {
        Some((states.to_vec(), Severity::Warning, vec![TimerNeed::RadiotherapyDate, need]))
    };
    let (booked, overdue) = (["not-booked", "unknown"], ["too-late", "unknown"]);
    let two_levels = || vec![now(Statement::SpinalMetastasis(l2))];
    let alone = Vec::new;
    let recent = "2026-10-25";
    let long_ago = "2026-10-01";
    for state in [Done, Ongoing] {
        assert_eq!(reminded(recent, ssrs(state, t10, ""), alone()), asking(&booked, TimerNeed::LastFraction));
        assert_eq!(
            reminded(long_ago, ssrs(state, t10, ""), alone()),
            asking(&overdue, TimerNeed::LastFraction)
        );
    }
    assert_eq!(
        reminded(recent, ssrs(Done, t10, "2026"), alone()),
        asking(&booked, TimerNeed::LastFraction),
        "some day of the year: before it or after"
    );
    assert_eq!(reminded(recent, ssrs(Done, t10, "2026-11"), alone()), None, "some day of the month after");
    assert_eq!(reminded(recent, ssrs(Ongoing, t10, "2026-11-20"), alone()), None);
    let before = reminded(recent, ssrs(Done, t10, "2026-09"), alone());
    assert_eq!(before.unwrap().0, ["not-booked"], "before the operation");
    // Which level?
    assert_eq!(reminded(recent, ssrs(Done, Place::Unstated, "2026-11-18"), alone()), None, "the only level");
    assert_eq!(
        reminded(recent, ssrs(Done, Place::Unstated, "2026-11-18"), two_levels()),
        asking(&booked, TimerNeed::RadiotherapyLevel)
    );
    let elsewhere = reminded(recent, ssrs(Done, l2, "2026-11-18"), two_levels());
    assert_eq!(elsewhere.unwrap().0, ["not-booked"], "another level");
    let planned_elsewhere = reminded(recent, ssrs(Planned, l2, "2026-11-25"), two_levels());
    assert_eq!(planned_elsewhere.unwrap().0, ["not-booked"], "booked for another level");
    let planned_somewhere = reminded(recent, ssrs(Planned, Place::Unstated, "2026-11-25"), two_levels());
    assert_eq!(
        planned_somewhere,
        Some((vec!["kept", "unknown"], Severity::Info, vec![TimerNeed::RadiotherapyLevel]))
    );
    let counted = now(Statement::VertebralCount(Count::Exactly(3)));
    assert_eq!(
        reminded(recent, ssrs(Done, Place::Unstated, "2026-11-18"), vec![counted]),
        asking(&booked, TimerNeed::RadiotherapyLevel),
        "one level named, more said"
    );
}

/// Each level that was operated on has its own reminder, and what followed at one says nothing of the other.
#[test]
fn each_separation_surgery_is_followed_by_itself() {
    use Procedure::{SeparationSurgery, StereotacticRadiotherapy};
    let (t10, l2) = (Place::At(Vertebra::T10), Place::At(Vertebra::L2));
    let at = |kind, place, date: &str| dated(Statement::Procedure(kind, ProcedureState::Done, place), date);
    let reminded = |facts: Vec<Fact>| {
        let all = timers(&case(facts)).into_iter().filter(|timer| timer.kind == TimerKind::SeparationToSsrs);
        all.map(|timer| (timer.place, timer.states.iter().map(Domain::key).collect::<Vec<_>>()))
            .collect::<Vec<_>>()
    };
    let both = || vec![at(SeparationSurgery, t10, "2026-10-10"), at(SeparationSurgery, l2, "2026-11-05")];
    assert_eq!(reminded(both()), [(t10, vec!["too-late"]), (l2, vec!["not-booked"])]);
    let followed =
        |place| both().into_iter().chain([at(StereotacticRadiotherapy, place, "2026-11-10")]).collect();
    assert_eq!(reminded(followed(l2)), [(t10, vec!["too-late"])]);
    assert_eq!(reminded(followed(t10)), [(l2, vec!["not-booked"])]);
    // The same operation, recorded twice; one of the records without a date.
    let twice = |date: &str| vec![at(SeparationSurgery, t10, "2026-11-05"), at(SeparationSurgery, t10, date)];
    assert_eq!(reminded(twice("2026-11-04")), [(t10, vec!["not-booked"])]);
    assert_eq!(reminded(twice("2026-09-20")), [(t10, vec!["not-booked"])], "the later of the two");
    let same_day =
        dated(Statement::Procedure(SeparationSurgery, ProcedureState::Done, t10), "2026-11-05T08:00:00Z");
    let once = reminded(vec![at(SeparationSurgery, t10, "2026-11-05T08:00:00Z"), same_day]);
    assert_eq!(once, [(t10, vec!["not-booked"])]);
    let other_record = |date: &str| {
        let mut fact = at(SeparationSurgery, t10, date);
        fact.evidence.resource = "Procedure/other".to_owned();
        fact
    };
    let equal = vec![at(SeparationSurgery, t10, "2026-11-05"), other_record("2026-11-05")];
    assert_eq!(reminded(equal), [(t10, vec!["not-booked"])]);
    assert_eq!(reminded(vec![at(SeparationSurgery, t10, ""), other_record("")]), [(t10, vec!["unknown"])]);
    assert_eq!(reminded(twice("")), [(t10, vec!["not-booked"]), (t10, vec!["unknown"])], "it may be another");
}

/// A treatment without a date may be the later one.
#[test]
fn a_treatment_without_a_date_leaves_the_interval_open() {
    use Procedure::{Fixation, Radiotherapy};
    let before =
        vec![done(Radiotherapy, "2026-10-01"), done(Radiotherapy, ""), planned(Fixation, "2026-12-01")];
    let gap = only(before, TimerKind::RadiotherapyToOperation).unwrap();
    assert_eq!(gap.states.iter().map(Domain::key).collect::<Vec<_>>(), ["kept", "unknown"]);
    assert_eq!((gap.needs, gap.earliest, gap.evidence.len()), (vec![TimerNeed::LastFraction], None, 3));
    let after = vec![done(Fixation, "2026-10-01"), done(Fixation, ""), planned(Radiotherapy, "2026-12-01")];
    let gap = only(after, TimerKind::OperationToRadiotherapy).unwrap();
    assert_eq!(gap.states.iter().map(Domain::key).collect::<Vec<_>>(), ["kept", "unknown"]);
    assert_eq!(gap.needs, [TimerNeed::DateOfOperation]);
}

#[test]
fn the_operation_within_a_day_or_two_of_embolisation() {
    use Procedure::{Embolisation, Fixation};
    let kind = TimerKind::EmbolisationToOperation;
    let gap = |embolised: &str, incision: &str| {
        states(vec![planned(Embolisation, embolised), planned(Fixation, incision)], kind)
    };
    assert_eq!(gap("2026-11-24T08:00:00Z", "2026-11-24T13:00:00Z"), ["same-day"]);
    let same_day = [planned(Embolisation, "2026-11-24"), planned(Fixation, "2026-11-24")];
    assert_eq!(only(same_day.to_vec(), kind).unwrap().rules[0].id, "CN-1.6-SAMEDAY");
    assert_eq!(gap("2026-11-24T18:00:00Z", "2026-11-25T18:00:00Z"), ["kept"], "24 hours");
    assert_eq!(gap("2026-11-24T18:00:00Z", "2026-11-25T18:01:00Z"), ["late"]);
    assert_eq!(gap("2026-11-24T08:00:00Z", "2026-11-26T08:00:00Z"), ["late"], "48 hours");
    assert_eq!(gap("2026-11-24T08:00:00Z", "2026-11-26T08:01:00Z"), ["too-late"]);
    assert_eq!(gap("2026-11-24", "2026-11-25"), ["kept", "late"], "days without hours");
    assert_eq!(gap("2026-11-24", "2026-11-27"), ["too-late"]);
    assert_eq!(gap("2026-11-26", "2026-11-24"), [""; 0], "after the operation it is another matter");
    assert_eq!(gap("", "2026-11-24"), ["unknown"]);
}

#[test]
fn radiotherapy_has_to_follow_cement() {
    let kind = TimerKind::AugmentationToRadiotherapy;
    let augmented = || done(Procedure::VertebralAugmentation, "2026-11-10");
    assert_eq!(states(vec![augmented()], kind), ["not-booked"]);
    assert!(only(vec![augmented(), planned(Procedure::Radiotherapy, "2026-12-01")], kind).is_none());
    assert!(
        only(vec![augmented(), done(Procedure::Radiotherapy, "2026-10-01")], kind).is_some(),
        "that was before"
    );
    assert!(only(vec![augmented(), done(Procedure::Radiotherapy, "2026-11-18")], kind).is_none());
    assert!(only(vec![augmented(), planned(Procedure::Radiotherapy, "")], kind).is_none(), "it is ordered");
    let undated = only(vec![augmented(), done(Procedure::Radiotherapy, "")], kind).unwrap();
    assert_eq!(undated.states.iter().map(Domain::key).collect::<Vec<_>>(), ["not-booked", "unknown"]);
    assert_eq!(undated.needs, [TimerNeed::RadiotherapyDate, TimerNeed::LastFraction]);
}

/// RUL-10: an emergency suspends what would make the operation wait. It is still shown.
#[test]
fn an_emergency_accepts_the_risk_of_not_waiting() {
    let emergency = now(Statement::Answered(Question::NeurologicalProgression, Place::Unstated, Answer::Yes));
    let facts = vec![
        done(Procedure::Radiotherapy, "2026-11-20"),
        planned(Procedure::Decompression, "2026-11-23"),
        done(Procedure::SeparationSurgery, "2026-10-01"),
        emergency,
    ];
    let gap = only(facts.clone(), TimerKind::RadiotherapyToOperation).unwrap();
    assert_eq!((gap.states, gap.is_suspended), (TimerState::TooShort.into(), true));
    assert_eq!(gap.severity(), Severity::Info);
    let overdue = only(facts, TimerKind::SeparationToSsrs).unwrap();
    assert_eq!((overdue.is_suspended, overdue.severity()), (false, Severity::Critical));
}

/// The more exact a date, the fewer states, and never another.
#[test]
fn a_more_exact_date_never_adds_a_state() {
    let days: Vec<String> = (1..=30).map(|day| format!("2026-11-{day:02}")).collect();
    let vague = |facts: &dyn Fn(&str) -> Vec<Fact>| {
        let whole: Case = case(facts("2026-11"));
        let found =
            |case: &Case| timers(case).iter().map(|timer| (timer.kind, timer.states)).collect::<Vec<_>>();
        let wide = found(&whole);
        for day in &days {
            for (kind, states) in found(&case(facts(day))) {
                if let Some((_, all)) = wide.iter().find(|(other, _)| *other == kind) {
                    let decided: ValueSet<TimerState> =
                        states.iter().filter(|state| *state != TimerState::SameDay).collect();
                    assert!(decided.is_subset(*all), "{kind:?} {day}");
                }
            }
        }
    };
    vague(&|date| vec![done(Procedure::Radiotherapy, date), planned(Procedure::Fixation, "2026-12-05")]);
    vague(&|date| {
        vec![
            done(Procedure::SeparationSurgery, date),
            planned(Procedure::StereotacticRadiotherapy, "2026-12-05"),
        ]
    });
    vague(&|date| vec![done(Procedure::Fixation, date), planned(Procedure::Radiotherapy, "2026-12-05")]);
}

#[test]
fn the_order_of_the_records_never_matters() {
    let mut sequence = Sequence::new(21);
    let mut facts = vec![
        done(Procedure::Radiotherapy, "2026-11-20"),
        done(Procedure::Radiotherapy, "2026-10-20"),
        planned(Procedure::Decompression, "2026-11-30"),
        planned(Procedure::Fixation, "2026-12-03"),
        planned(Procedure::Embolisation, "2026-11-29"),
        done(Procedure::SeparationSurgery, "2026-10-01"),
    ];
    let before = timers(&case(facts.clone()));
    assert_eq!(before.len(), 3);
    for _ in 0..50 {
        sequence.shuffle(&mut facts);
        assert_eq!(timers(&case(facts.clone())), before);
    }
}
