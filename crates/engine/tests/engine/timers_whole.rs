//! Everything that is said of an interval: how long it is, from when and until when it would be kept, what is needed, and the
//! records behind it.

use spinemet_engine::clinical::{
    Answer, Count, Domain, Drug, DrugUse, Fact, Place, Procedure, ProcedureState, Question, Statement,
    Vertebra,
};
use spinemet_engine::guidance::{Elapsed, Timer, timers};

use crate::record::{case, dated, now, procedure};

use Procedure::{
    Embolisation, Fixation, Radiotherapy, SeparationSurgery, StereotacticRadiotherapy, VertebralAugmentation,
};
use ProcedureState::{Done, Ongoing, Planned};

const T10: Place = Place::At(Vertebra::T10);

/// `kind: states, elapsed, from earliest, until latest, needs ..., n records`, what is not there left out.
fn line(timer: &Timer) -> String {
    let mut parts = vec![timer.states.iter().map(Domain::key).collect::<Vec<&str>>().join("|")];
    parts.extend(timer.elapsed.map(|elapsed| match elapsed {
        Elapsed::Days { least, most: Some(most) } => format!("{least} to {most} days"),
        Elapsed::Days { least, most: None } => format!("{least} days or more"),
        Elapsed::Hours { least, most } => format!("{least} to {most} hours"),
    }));
    parts.extend(timer.earliest.map(|day| format!("from {day}")));
    parts.extend(timer.latest.map(|day| format!("until {day}")));
    parts.extend(timer.needs.iter().map(|need| format!("needs {}", need.key())));
    parts.push(format!("{} records", timer.evidence.len()));
    format!("{}: {}", timer.kind.key(), parts.join(", "))
}

fn lines(facts: Vec<Fact>) -> Vec<String> {
    timers(&case(facts)).iter().map(line).collect()
}

fn healed(answer: Answer) -> Fact {
    now(Statement::Answered(Question::WoundHealed, Place::Unstated, answer))
}

#[test]
fn radiotherapy_before_an_operation() {
    let gap = |ended: &str, incision: &str| {
        lines(vec![procedure(Radiotherapy, Done, ended), procedure(Fixation, Planned, incision)])
    };
    let kind = "radiotherapy-to-operation";
    assert_eq!(
        gap("2026-11-15", "2026-11-25"),
        [format!("{kind}: too-short, 10 to 10 days, from 2026-11-30, 2 records")]
    );
    assert_eq!(
        gap("2026-11", "2026-12-10"),
        [format!("{kind}: kept|too-short, 10 to 39 days, from 2026-12-15, 2 records")]
    );
    assert_eq!(gap("", "2026-11-25"), [format!("{kind}: unknown, needs last-fraction, 2 records")]);
    assert_eq!(
        gap("2026-11-15", ""),
        [format!("{kind}: no-operation-date, from 2026-11-30, needs operation-date, 2 records")]
    );
    assert_eq!(
        lines(vec![procedure(Radiotherapy, Done, "2026-11-15")]),
        [format!("{kind}: no-operation-date, from 2026-11-30, needs operation-date, 1 records")]
    );
    assert_eq!(
        lines(vec![
            procedure(Radiotherapy, Ongoing, "2026-11-15"),
            procedure(Fixation, Planned, "2026-12-10")
        ]),
        [format!("{kind}: kept|too-short|unknown, 0 to 18 days, needs last-fraction, 2 records")]
    );
}

#[test]
fn radiotherapy_after_an_operation() {
    let gap = |operated: &str, begins: &str, more: Vec<Fact>| {
        let both = [procedure(Fixation, Done, operated), procedure(Radiotherapy, Planned, begins)];
        lines(both.into_iter().chain(more).collect())
    };
    let kind = "operation-to-radiotherapy";
    let early = "too-short|early-but-healed, 10 to 10 days, from 2026-11-29";
    assert_eq!(
        gap("2026-11-15", "2026-11-25", vec![]),
        [format!("{kind}: {early}, needs wound-healed, 2 records")]
    );
    assert_eq!(
        gap("2026-11-15", "2026-11-25", vec![healed(Answer::No)]),
        [format!("{kind}: too-short, 10 to 10 days, from 2026-11-29, 2 records")]
    );
    assert_eq!(
        gap("2026-11-15", "2026-11-29", vec![]),
        [format!("{kind}: kept, 14 to 14 days, from 2026-11-29, 2 records")]
    );
    assert_eq!(
        gap("", "2026-11-25", vec![]),
        [format!("{kind}: unknown, needs date-of-operation, 2 records")]
    );
    assert_eq!(
        gap("2026-11-15", "", vec![]),
        [format!("{kind}: unknown, from 2026-11-29, needs radiotherapy-date, 2 records")]
    );
    let undated = procedure(SeparationSurgery, Done, "");
    let after_another = gap("2026-11-01", "2026-11-25", vec![undated]);
    assert_eq!(
        after_another[0],
        format!("{kind}: kept|unknown, 24 to 24 days, needs date-of-operation, 3 records")
    );
    // After separation surgery stereotactic radiotherapy has a window of its own; radiotherapy of another kind has not.
    let separated = |kind: Procedure| {
        let both =
            vec![procedure(SeparationSurgery, Done, "2026-11-15"), procedure(kind, Planned, "2026-11-25")];
        timers(&case(both)).iter().map(|timer| timer.kind.key()).collect::<Vec<&str>>()
    };
    assert_eq!(separated(StereotacticRadiotherapy), ["separation-to-ssrs"]);
    assert_eq!(separated(Radiotherapy), ["operation-to-radiotherapy", "separation-to-ssrs"]);
}

#[test]
fn stereotactic_radiotherapy_after_separation_surgery() {
    let gap = |operated: &str, more: Vec<Fact>| {
        lines([procedure(SeparationSurgery, Done, operated)].into_iter().chain(more).collect())
    };
    let booked = |date: &str| procedure(StereotacticRadiotherapy, Planned, date);
    let kind = "separation-to-ssrs";
    let window = "from 2026-12-06, until 2026-12-20";
    assert_eq!(
        gap("2026-11-15", vec![]),
        [format!("{kind}: not-booked, 7 to 7 days, {window}, needs radiotherapy-date, 1 records")]
    );
    assert_eq!(
        gap("2026-11-15", vec![booked("2026-12-08")]),
        [format!("{kind}: kept, 23 to 23 days, {window}, 2 records")]
    );
    assert_eq!(
        gap("2026-11-15", vec![booked("2026-12-01")]),
        [format!(
            "{kind}: too-short|early-but-healed, 16 to 16 days, {window}, needs wound-healed, 2 records"
        )]
    );
    assert_eq!(
        gap("2026-11-15", vec![booked("2026-12-21"), healed(Answer::Yes)]),
        [format!("{kind}: too-late, 36 to 36 days, {window}, 2 records")]
    );
    assert_eq!(
        gap("2026-11-15", vec![booked("")]),
        [format!("{kind}: unknown, {window}, needs radiotherapy-date, 2 records")]
    );
    assert_eq!(gap("", vec![]), [format!("{kind}: unknown, needs date-of-operation, 1 records")]);
    // The bounds are those of the days that a month may mean: none of them is certainly inside the window.
    let month = gap("2026-10", vec![booked("2026-11-25")]);
    assert_eq!(
        month,
        [format!("{kind}: kept|too-late, 25 to 55 days, from 2026-11-21, until 2026-11-05, 2 records")]
    );
    let elsewhere =
        dated(Statement::Procedure(StereotacticRadiotherapy, Done, Place::Unstated), "2026-11-20");
    let several = now(Statement::VertebralCount(Count::Exactly(3)));
    assert_eq!(
        gap("2026-11-15", vec![elsewhere, several])[1..],
        [format!(
            "{kind}: not-booked|unknown, 7 to 7 days, {window}, needs radiotherapy-date, needs radiotherapy-level, 2 records"
        )]
    );
}

#[test]
fn an_embolisation_before_an_operation() {
    let gap = |embolised: &str, incision: &str| {
        lines(vec![procedure(Embolisation, Planned, embolised), procedure(Fixation, Planned, incision)])
    };
    let kind = "embolisation-to-operation";
    assert_eq!(
        gap("2026-11-24T08:00:00Z", "2026-11-25T07:00:00Z"),
        [format!("{kind}: kept, 23 to 23 hours, 2 records")]
    );
    assert_eq!(
        gap("2026-11-24T08:00:00Z", "2026-11-25T09:00:00Z"),
        [format!("{kind}: late, 25 to 25 hours, 2 records")]
    );
    assert_eq!(gap("", "2026-11-25"), [format!("{kind}: unknown, needs embolisation-date, 2 records")]);
    assert_eq!(gap("2026-11-25", ""), [format!("{kind}: unknown, needs operation-date, 2 records")]);
    assert_eq!(gap("2026-11-26T08:00:00Z", "2026-11-25T08:00:00Z"), [""; 0]);
    let done = vec![
        procedure(Embolisation, Done, "2026-11-21T08:00:00Z"),
        procedure(Fixation, Planned, "2026-11-24T08:00:00Z"),
    ];
    assert_eq!(lines(done), [format!("{kind}: too-late, 72 to 72 hours, 2 records")]);
}

#[test]
fn radiotherapy_after_cement() {
    let after = |more: Vec<Fact>| {
        lines([procedure(VertebralAugmentation, Done, "2026-11-12")].into_iter().chain(more).collect())
    };
    let kind = "augmentation-to-radiotherapy";
    let open = format!("{kind}: not-booked, 10 to 10 days, needs radiotherapy-date, 1 records");
    assert_eq!(after(vec![]), [open]);
    assert_eq!(after(vec![procedure(Radiotherapy, Planned, "2026-12-01")]), [""; 0]);
    let followed = after(vec![procedure(Radiotherapy, Done, "2026-11-20")]);
    assert!(!followed.iter().any(|line| line.starts_with(kind)), "{followed:?}");
    assert_eq!(lines(vec![procedure(VertebralAugmentation, Done, "")]), [""; 0]);
    assert_eq!(lines(vec![procedure(VertebralAugmentation, Done, "2026-08-20")]), [""; 0], "long past");
    let month = lines(vec![procedure(VertebralAugmentation, Done, "2026-10")]);
    assert_eq!(month, [format!("{kind}: not-booked, 22 to 52 days, needs radiotherapy-date, 1 records")]);
}

/// What nobody acts on any more is no longer shown after 90 days, a policy without a source (`LIMITS`).
#[test]
fn what_is_long_past_is_no_longer_shown() {
    let cement = |date: &str| timers(&case(vec![procedure(VertebralAugmentation, Done, date)]));
    let last_day = cement("2026-08-24");
    assert_eq!((last_day.len(), last_day[0].place), (1, T10), "90 days");
    assert_eq!(cement("2026-08-23"), []);
    let dose = |date: &str| lines(vec![dated(Statement::Drug(Drug::Bevacizumab, DrugUse::Given), date)]);
    let open = "drug-to-operation: no-operation-date, from 2026-09-21, needs operation-date, 1 records";
    assert_eq!(dose("2026-08-24"), [open]);
    assert_eq!(dose("2026-08-23"), [""; 0]);
}

#[test]
fn a_dose_before_an_operation() {
    let dose = dated(Statement::Drug(Drug::Bevacizumab, DrugUse::Given), "2026-11-10");
    let kind = "drug-to-operation";
    assert_eq!(
        lines(vec![dose, procedure(Fixation, Planned, "2026-11-25")]),
        [format!("{kind}: too-short, 15 to 15 days, from 2026-12-08, 2 records")]
    );
}

#[test]
fn radiotherapy_on_the_day_of_the_operation_has_followed_it() {
    let separated = |given: &str| {
        let both = vec![
            procedure(SeparationSurgery, Done, "2026-11-15"),
            procedure(StereotacticRadiotherapy, Done, given),
        ];
        lines(both).iter().filter(|line| line.starts_with("separation-to-ssrs")).count()
    };
    assert_eq!((separated("2026-11-14"), separated("2026-11-15"), separated("2026-11-16")), (1, 0, 0));
}
