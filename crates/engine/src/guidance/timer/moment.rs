//! The treatments that timers run between, picked from the record.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::elapsed::{first_day, last_day};
use crate::clinical::{
    Case, Evidence, PartialDate, Place, Procedure, ProcedureRecord, ProcedureState, VertebralCount,
};

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

/// The plans of a kind that may still be carried out: their day has not passed, or they have none.
pub(in crate::guidance) fn ahead(
    case: &Case,
    is_kind: fn(Procedure) -> bool,
) -> impl Iterator<Item = &ProcedureRecord> {
    let today = today(case.as_of);
    procedures(case, ProcedureState::Planned, is_kind)
        .filter(move |plan| plan.evidence.effective.as_ref().is_none_or(|date| last_day(date) >= today))
}

/// What is planned of a kind: the earliest day that has not passed, or a plan without a date.
pub(super) fn planned(case: &Case, is_kind: fn(Procedure) -> bool) -> Option<&Evidence> {
    planned_where(case, is_kind, |_| true).map(|plan| &plan.evidence)
}

fn planned_where(
    case: &Case,
    is_kind: fn(Procedure) -> bool,
    counts: impl Fn(&ProcedureRecord) -> bool,
) -> Option<&ProcedureRecord> {
    let plans = || ahead(case, is_kind).filter(|plan| counts(plan));
    let days = |plan: &ProcedureRecord| {
        plan.evidence.effective.as_ref().map(|date| (first_day(date), last_day(date)))
    };
    let dated = plans().filter(|plan| days(plan).is_some());
    dated.min_by_key(|plan| days(plan)).or_else(|| plans().next())
}

/// What was done last of a kind, as far as dates tell; one without a date only where none has one.
pub(in crate::guidance) fn done(case: &Case, is_kind: fn(Procedure) -> bool) -> Option<&ProcedureRecord> {
    let all = || procedures(case, ProcedureState::Done, is_kind);
    all()
        .filter(|record| record.evidence.effective.is_some())
        .max_by_key(|record| record.evidence.effective.as_ref().map(PartialDate::latest))
        .or_else(|| all().next())
}

/// The records of a kind that may be later than what [`done`] says, because they have no date.
pub(super) fn undated(case: &Case, is_kind: fn(Procedure) -> bool) -> Vec<&Evidence> {
    let all = procedures(case, ProcedureState::Done, is_kind).map(|record| &record.evidence);
    all.filter(|evidence| evidence.effective.is_none()).collect()
}

/// What is going on of a kind.
pub(super) fn ongoing(case: &Case, is_kind: fn(Procedure) -> bool) -> Option<&ProcedureRecord> {
    procedures(case, ProcedureState::Ongoing, is_kind).next()
}

/// Whether radiotherapy followed an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Followed {
    /// Nothing on record can be what followed.
    No,
    /// It did if it was to the level of the operation: one of the two records names none, and more than one is on record.
    AtWhichLevel,
    /// It did if it was later: a date is missing, or too vague.
    When,
    /// It did.
    Yes,
}

/// Whether something of a kind was begun or done after an operation, at its level, with the records that leave that open.
pub(super) fn followed<'a>(
    case: &'a Case,
    operation: &ProcedureRecord,
    is_kind: fn(Procedure) -> bool,
) -> (Followed, Vec<&'a Evidence>) {
    let given = [ProcedureState::Done, ProcedureState::Ongoing];
    let judged: Vec<(Followed, &Evidence)> = given
        .into_iter()
        .flat_map(|state| procedures(case, state, is_kind))
        .map(|record| (when(operation, record).min(where_given(case, operation, record)), &record.evidence))
        .collect();
    let most = judged.iter().map(|(followed, _)| *followed).max().unwrap_or(Followed::No);
    (
        most,
        judged.into_iter().filter(|(followed, _)| *followed == most).map(|(_, evidence)| evidence).collect(),
    )
}

fn when(operation: &ProcedureRecord, record: &ProcedureRecord) -> Followed {
    match (&operation.evidence.effective, &record.evidence.effective) {
        (Some(operated), Some(given)) if last_day(given) < first_day(operated) => Followed::No,
        (Some(operated), Some(given)) if first_day(given) >= last_day(operated) => Followed::Yes,
        _ => Followed::When,
    }
}

fn where_given(case: &Case, operation: &ProcedureRecord, record: &ProcedureRecord) -> Followed {
    match (operation.place, record.place) {
        (one, other) if one == other && one != Place::Unstated => Followed::Yes,
        (Place::At(_), Place::At(_)) => Followed::No,
        _ if has_one_level(case) => Followed::Yes,
        _ => Followed::AtWhichLevel,
    }
}

/// Whether the whole record is about one level, so that what names none belongs there.
fn has_one_level(case: &Case) -> bool {
    let of_levels = case.levels.iter().map(|level| level.place);
    let of_procedures = case.procedures.iter().map(|record| record.place);
    let mut named = of_levels.chain(of_procedures).filter(|place| *place != Place::Unstated);
    let first = named.next();
    case.vertebral_count.possible().contains(VertebralCount::One) && named.all(|place| Some(place) == first)
}

/// What is planned of a kind for the level of an operation, and whether the plan leaves the level open.
pub(super) fn planned_for<'a>(
    case: &'a Case,
    operation: &ProcedureRecord,
    is_kind: fn(Procedure) -> bool,
) -> Option<(&'a Evidence, bool)> {
    let at = |record: &ProcedureRecord| where_given(case, operation, record);
    let plan = planned_where(case, is_kind, |record| at(record) != Followed::No)?;
    Some((&plan.evidence, at(plan) == Followed::AtWhichLevel))
}
