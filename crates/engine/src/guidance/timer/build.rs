//! The timers between procedures.

use jiff::ToSpan;
use jiff::civil::Date;

use super::elapsed::{Elapsed, between, days, first_day, hours, last_day};
use super::limit::{
    AUGMENTATION_LONG_PAST, EMBOLISATION_AT_LATEST, EMBOLISATION_PREFERRED, OPERATION_TO_RADIOTHERAPY,
    RADIOTHERAPY_TO_OPERATION, SEPARATION_LONG_PAST, SEPARATION_WINDOW_CLOSES, SEPARATION_WINDOW_OPENS,
};
use super::moment::{Followed, done, followed, ongoing, planned, planned_for, today, undated};
use super::{Timer, TimerKind, TimerNeed, TimerState};
use crate::clinical::{
    Answer, Case, Evidence, PartialDate, Place, Procedure, ProcedureRecord, ProcedureState, Question,
    ValueSet,
};
use crate::guidance::rule::{Rule, rules as cn};

pub(super) fn timers(case: &Case) -> Vec<Timer> {
    let single =
        [radiotherapy_to_operation(case), operation_to_radiotherapy(case), embolisation_to_operation(case)];
    let mut timers: Vec<Timer> = single.into_iter().flatten().collect();
    let separated = |procedure| procedure == Procedure::SeparationSurgery;
    timers.extend(
        last_at_each_level(case, separated).filter_map(|operation| separation_to_ssrs(case, operation)),
    );
    let augmented = |procedure| procedure == Procedure::VertebralAugmentation;
    timers.extend(
        last_at_each_level(case, augmented)
            .filter_map(|operation| augmentation_to_radiotherapy(case, operation)),
    );
    timers
}

/// What was done last of a kind at each level that a record names, and at none. One without a date may be later than all.
fn last_at_each_level(case: &Case, is_kind: fn(Procedure) -> bool) -> impl Iterator<Item = &ProcedureRecord> {
    let all = move || {
        case.procedures
            .iter()
            .filter(move |record| record.state == ProcedureState::Done && is_kind(record.procedure))
            .enumerate()
    };
    let date = |record: &ProcedureRecord| record.evidence.effective.as_ref().map(PartialDate::latest);
    all().filter_map(move |(position, record)| {
        let is_superseded = all().any(|(other, newer)| {
            newer.place == record.place
                && match (date(newer), date(record)) {
                    (Some(newer), Some(date)) => newer > date || (newer == date && other < position),
                    (None, None) => other < position,
                    _ => false,
                }
        });
        (!is_superseded).then_some(record)
    })
}

pub(super) fn timer(kind: TimerKind, rules: &'static [Rule], evidence: Vec<Evidence>) -> Timer {
    Timer {
        kind,
        drug: None,
        place: Place::Unstated,
        rules,
        elapsed: None,
        states: TimerState::Unknown.into(),
        earliest: None,
        latest: None,
        needs: Vec::new(),
        is_suspended: false,
        evidence,
    }
}

/// Every state between two numbers of days or hours; a span without end is looked at for ten years.
pub(super) fn states(
    least: i32,
    most: Option<i32>,
    state: impl Fn(i32) -> TimerState,
) -> ValueSet<TimerState> {
    let most = most.unwrap_or(least.saturating_add(3650));
    (least..=most.min(least.saturating_add(3650))).map(state).collect()
}

fn open_surgery(procedure: Procedure) -> bool {
    procedure.is_open_surgery()
}

fn radiotherapy(procedure: Procedure) -> bool {
    procedure.is_radiotherapy()
}

fn stereotactic(procedure: Procedure) -> bool {
    procedure == Procedure::StereotacticRadiotherapy
}

/// Strictly more than two weeks from the last fraction to the incision (RUL-9a).
fn radiotherapy_to_operation(case: &Case) -> Option<Timer> {
    let operation = planned(case, open_surgery);
    let course = ongoing(case, radiotherapy).or_else(|| done(case, radiotherapy))?;
    let goes_on = course.state == ProcedureState::Ongoing;
    let ended = course.evidence.effective.as_ref().filter(|_| !goes_on);
    let day_after =
        |date: &PartialDate| last_day(date).checked_add((RADIOTHERAPY_TO_OPERATION.amount + 1).days()).ok();
    let Some(operation) = operation else {
        // Without a planned operation it matters only as long as the interval has not passed.
        let earliest = ended.and_then(day_after).filter(|earliest| *earliest > today(case.as_of));
        return (goes_on || earliest.is_some()).then(|| Timer {
            states: TimerState::NoOperationDate.into(),
            earliest,
            needs: vec![TimerNeed::OperationDate],
            ..timer(
                TimerKind::RadiotherapyToOperation,
                &[cn::RT_TO_SURGERY, cn::RT_WOUND],
                vec![course.evidence.clone()],
            )
        });
    };
    let evidence = vec![course.evidence.clone(), operation.clone()];
    let blank = timer(TimerKind::RadiotherapyToOperation, &[cn::RT_TO_SURGERY, cn::RT_WOUND], evidence);
    let state = |days: i32| {
        if days > RADIOTHERAPY_TO_OPERATION.amount { TimerState::Kept } else { TimerState::TooShort }
    };
    let Some(incision) = &operation.effective else {
        return Some(Timer {
            states: TimerState::NoOperationDate.into(),
            earliest: ended.and_then(day_after),
            needs: vec![TimerNeed::OperationDate],
            ..blank
        });
    };
    if let Some(ended) = ended {
        let (least, most) = days(ended, incision);
        let timer = Timer {
            elapsed: Some(Elapsed::Days { least, most: Some(most) }),
            states: states(least, Some(most), state),
            earliest: day_after(ended),
            ..blank
        };
        return Some(unless_undated(timer, &undated(case, radiotherapy), TimerNeed::LastFraction));
    }
    let blank = Timer { needs: vec![TimerNeed::LastFraction], ..blank };
    if !goes_on {
        return Some(blank);
    }
    // The last fraction is still to come: at most what lies between today and the incision.
    let most = between(today(case.as_of), last_day(incision)).max(0);
    Some(Timer {
        elapsed: Some(Elapsed::Days { least: 0, most: Some(most) }),
        states: states(0, Some(most), state).union(TimerState::Unknown.into()),
        ..blank
    })
}

/// Two weeks after the operation, or once the wound has healed (RUL-9b). Separation surgery followed by stereotactic
/// radiotherapy has a timer of its own.
fn operation_to_radiotherapy(case: &Case) -> Option<Timer> {
    let operation = done(case, open_surgery)?;
    let radiotherapy = planned(case, radiotherapy)?;
    let is_separation = operation.procedure == Procedure::SeparationSurgery;
    if is_separation && planned(case, stereotactic).is_some() {
        return None;
    }
    let evidence = vec![operation.evidence.clone(), radiotherapy.clone()];
    let blank = timer(TimerKind::OperationToRadiotherapy, &[cn::SURGERY_TO_RT], evidence);
    let Some(operated) = &operation.evidence.effective else {
        return Some(Timer { needs: vec![TimerNeed::DateOfOperation], ..blank });
    };
    let earliest = last_day(operated).checked_add(OPERATION_TO_RADIOTHERAPY.amount.days()).ok();
    let Some(begins) = &radiotherapy.effective else {
        return Some(Timer { earliest, needs: vec![TimerNeed::RadiotherapyDate], ..blank });
    };
    let (least, most) = days(operated, begins);
    let healed = wound_healed(case, operated);
    let early = early(healed);
    let found = (least..=most.max(least)).fold(ValueSet::EMPTY, |found, day| {
        found.union(if day >= OPERATION_TO_RADIOTHERAPY.amount { TimerState::Kept.into() } else { early })
    });
    let needs_wound = healed.is_none() && found.contains(TimerState::EarlyButHealed);
    let timer = Timer {
        elapsed: Some(Elapsed::Days { least, most: Some(most) }),
        states: found,
        earliest,
        needs: if needs_wound { vec![TimerNeed::WoundHealed] } else { Vec::new() },
        ..blank
    };
    Some(unless_undated(timer, &undated(case, open_surgery), TimerNeed::DateOfOperation))
}

/// The timer, with what a record without a date may make of it: it may be the later one.
fn unless_undated(timer: Timer, undated: &[&Evidence], need: TimerNeed) -> Timer {
    if undated.is_empty() {
        return timer;
    }
    Timer {
        states: timer.states.union(TimerState::Unknown.into()),
        earliest: None,
        latest: None,
        needs: timer.needs.into_iter().chain([need]).collect(),
        evidence: timer.evidence.into_iter().chain(undated.iter().copied().cloned()).collect(),
        ..timer
    }
}

/// Whether the wound of an operation has healed: what was said before it is about another wound.
pub(in crate::guidance) fn wound_healed(case: &Case, operated: &PartialDate) -> Option<bool> {
    let finding = case.answer(Question::WoundHealed, None)?;
    let is_after = |evidence: &Evidence| {
        evidence.effective.as_ref().is_some_and(|said| last_day(said) >= first_day(operated))
    };
    let answer = finding.known().filter(|_| finding.evidence().iter().any(is_after))?;
    Some(answer == Answer::Yes)
}

/// What an early start is, by whether the wound has healed.
fn early(healed: Option<bool>) -> ValueSet<TimerState> {
    match healed {
        Some(true) => TimerState::EarlyButHealed.into(),
        Some(false) => TimerState::TooShort.into(),
        None => [TimerState::TooShort, TimerState::EarlyButHealed].into_iter().collect(),
    }
}

/// Stereotactic radiotherapy three to five weeks after separation surgery, or it loses its point (RUL-9c).
fn separation_to_ssrs(case: &Case, operation: &ProcedureRecord) -> Option<Timer> {
    let blank = Timer {
        place: operation.place,
        ..timer(TimerKind::SeparationToSsrs, &[cn::SEP_35, cn::SEP_RT], vec![operation.evidence.clone()])
    };
    let Some(operated) = &operation.evidence.effective else {
        return Some(Timer { needs: vec![TimerNeed::DateOfOperation], ..blank });
    };
    let today = today(case.as_of);
    let (given, records) = followed(case, operation, stereotactic);
    if between(last_day(operated), today) > SEPARATION_LONG_PAST.amount || given == Followed::Yes {
        return None;
    }
    let blank = Timer {
        earliest: last_day(operated).checked_add(SEPARATION_WINDOW_OPENS.amount.days()).ok(),
        latest: first_day(operated).checked_add(SEPARATION_WINDOW_CLOSES.amount.days()).ok(),
        ..blank
    };
    let booked = planned_for(case, operation, stereotactic);
    let timer = match booked {
        Some((plan, _)) => booked_ssrs(case, blank, operated, plan),
        None => not_booked(blank, operated, today),
    };
    let level_is_open = booked.is_some_and(|(_, level_is_open)| level_is_open);
    Some(or_given(timer, if level_is_open { given.max(Followed::AtWhichLevel) } else { given }, &records))
}

/// How a plan lies to the window.
fn booked_ssrs(case: &Case, blank: Timer, operated: &PartialDate, plan: &Evidence) -> Timer {
    let blank = Timer { evidence: blank.evidence.iter().chain([plan]).cloned().collect(), ..blank };
    let Some(begins) = &plan.effective else {
        return Timer { needs: vec![TimerNeed::RadiotherapyDate], ..blank };
    };
    let (least, most) = days(operated, begins);
    let healed = wound_healed(case, operated);
    let found = (least..=most.max(least)).fold(ValueSet::EMPTY, |found, day| {
        found.union(match day {
            _ if day > SEPARATION_WINDOW_CLOSES.amount => TimerState::TooLate.into(),
            _ if day >= SEPARATION_WINDOW_OPENS.amount => TimerState::Kept.into(),
            _ => early(healed),
        })
    });
    let needs_wound = healed.is_none() && found.contains(TimerState::EarlyButHealed);
    Timer {
        elapsed: Some(Elapsed::Days { least, most: Some(most) }),
        states: found,
        needs: if needs_wound { vec![TimerNeed::WoundHealed] } else { Vec::new() },
        ..blank
    }
}

/// Nothing booked: to be thought of, and overdue once the window has closed.
fn not_booked(blank: Timer, operated: &PartialDate, today: Date) -> Timer {
    let (least, most) = (between(last_day(operated), today), between(first_day(operated), today));
    let state = |day: i32| {
        if day > SEPARATION_WINDOW_CLOSES.amount { TimerState::TooLate } else { TimerState::NotBooked }
    };
    Timer {
        elapsed: Some(Elapsed::Days { least, most: Some(most) }),
        states: states(least, Some(most), state),
        needs: vec![TimerNeed::RadiotherapyDate],
        ..blank
    }
}

/// The timer of what must follow, where something on record may be just that: whether it followed is not known, and what
/// would tell is asked for.
fn or_given(timer: Timer, given: Followed, records: &[&Evidence]) -> Timer {
    let need = match given {
        Followed::No | Followed::Yes => return timer,
        Followed::When => TimerNeed::LastFraction,
        Followed::AtWhichLevel => TimerNeed::RadiotherapyLevel,
    };
    Timer {
        states: timer.states.union(TimerState::Unknown.into()),
        needs: timer.needs.into_iter().chain([need]).collect(),
        evidence: timer.evidence.into_iter().chain(records.iter().copied().cloned()).collect(),
        ..timer
    }
}

/// The operation on the same day if it can be, within 24 hours as far as possible, within 48 at the latest.
fn embolisation_to_operation(case: &Case) -> Option<Timer> {
    let is_embolisation = |procedure| procedure == Procedure::Embolisation;
    let operation = planned(case, open_surgery)?;
    let past = done(case, is_embolisation).map(|record| &record.evidence);
    let embolisation = planned(case, is_embolisation).or(past)?;
    let evidence = vec![embolisation.clone(), operation.clone()];
    let rules: &'static [Rule] = &[cn::EMB_SAME_DAY, cn::EMB_24H, cn::EMB_48H];
    let blank = timer(TimerKind::EmbolisationToOperation, rules, evidence);
    let (Some(from), Some(to)) = (&embolisation.effective, &operation.effective) else {
        let missing = if embolisation.effective.is_none() {
            TimerNeed::EmbolisationDate
        } else {
            TimerNeed::OperationDate
        };
        return Some(Timer { needs: vec![missing], ..blank });
    };
    let (least, most) = hours(from, to);
    if most < 0 {
        return None;
    }
    let same_day = days(from, to) == (0, 0);
    let state = |hours: i32| match hours {
        _ if same_day => TimerState::SameDay,
        _ if hours < EMBOLISATION_PREFERRED.amount => TimerState::Kept,
        _ if hours < EMBOLISATION_AT_LATEST.amount => TimerState::Late,
        _ => TimerState::TooLate,
    };
    // The hours are counted whole: the 25th begins after 24.
    let exact = |hours: i32, seconds: i64| if seconds == i64::from(hours) * 3600 { hours - 1 } else { hours };
    let ending = exact(most, to.latest().as_second() - from.earliest().as_second());
    let first = exact(least, to.earliest().as_second() - from.latest().as_second()).max(0);
    Some(Timer {
        elapsed: Some(Elapsed::Hours { least: least.max(0), most }),
        states: states(first, Some(ending.max(first)), state),
        ..blank
    })
}

/// Radiotherapy has to follow vertebroplasty or kyphoplasty.
fn augmentation_to_radiotherapy(case: &Case, augmentation: &ProcedureRecord) -> Option<Timer> {
    let date = augmentation.evidence.effective.as_ref()?;
    let since = between(last_day(date), today(case.as_of));
    let (given, records) = followed(case, augmentation, radiotherapy);
    let is_booked = planned_for(case, augmentation, radiotherapy).is_some();
    if since > AUGMENTATION_LONG_PAST.amount || given == Followed::Yes || is_booked {
        return None;
    }
    let timer = Timer {
        place: augmentation.place,
        elapsed: Some(Elapsed::Days {
            least: since,
            most: Some(between(first_day(date), today(case.as_of))),
        }),
        states: TimerState::NotBooked.into(),
        needs: vec![TimerNeed::RadiotherapyDate],
        ..timer(TimerKind::AugmentationToRadiotherapy, &[cn::VP_RT], vec![augmentation.evidence.clone()])
    };
    Some(or_given(timer, given, &records))
}
