//! The treatments that timers run between, picked from the record.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::elapsed::{first_day, last_day};
use crate::clinical::{Case, Evidence, PartialDate, Procedure, ProcedureRecord, ProcedureState};

/// The day of an instant.
pub(super) fn today(as_of: Timestamp) -> Date {
    as_of.to_zoned(TimeZone::UTC).date()
}

/// The procedures of a kind in a state.
fn procedures(
    case: &Case,
    state: ProcedureState,
    is_kind: fn(Procedure) -> bool,
) -> impl Iterator<Item = &ProcedureRecord> {
    case.procedures.iter().filter(move |record| record.state == state && is_kind(record.procedure))
}

/// What is planned of a kind: the earliest day that has not passed, or a plan without a date.
pub(super) fn planned(case: &Case, is_kind: fn(Procedure) -> bool) -> Option<&Evidence> {
    let today = today(case.as_of);
    let plans = || procedures(case, ProcedureState::Planned, is_kind).map(|record| &record.evidence);
    let dated = plans().filter(|plan| plan.effective.as_ref().is_some_and(|date| last_day(date) >= today));
    dated
        .min_by_key(|plan| plan.effective.as_ref().map(|date| (first_day(date), last_day(date))))
        .or_else(|| plans().find(|plan| plan.effective.is_none()))
}

/// What was done last of a kind; one without a date only where none has one.
pub(in crate::guidance) fn done(case: &Case, is_kind: fn(Procedure) -> bool) -> Option<&ProcedureRecord> {
    let all = || procedures(case, ProcedureState::Done, is_kind);
    all()
        .filter(|record| record.evidence.effective.is_some())
        .max_by_key(|record| record.evidence.effective.as_ref().map(PartialDate::latest))
        .or_else(|| all().next())
}

/// What is going on of a kind.
pub(super) fn ongoing(case: &Case, is_kind: fn(Procedure) -> bool) -> Option<&ProcedureRecord> {
    procedures(case, ProcedureState::Ongoing, is_kind).next()
}

/// Whether something of a kind was begun, done or planned after a date, or on one that is not known.
pub(super) fn follows(case: &Case, after: &PartialDate, is_kind: fn(Procedure) -> bool) -> bool {
    case.procedures.iter().filter(|record| is_kind(record.procedure)).any(|record| {
        record.evidence.effective.as_ref().is_none_or(|date| last_day(date) >= first_day(after))
    })
}
