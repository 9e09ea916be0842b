//! From the last dose of a drug to the planned operation.

use jiff::ToSpan;
use jiff::civil::Date;

use super::build::{states, timer};
use super::elapsed::{Elapsed, between, first_day, last_day};
use super::limit::DRUG_LONG_PAST;
use super::moment::{planned, today};
use super::{Timer, TimerKind, TimerNeed, TimerState};
use crate::clinical::{Case, Domain, Drug, DrugRecord, DrugUse, Evidence, PartialDate, Procedure, ValueSet};
use crate::guidance::drug_hold::{Hold, hold, hold_rules};
use crate::guidance::truth::Truth;

/// A timer for every drug on record that may have to be held.
pub(super) fn timers(case: &Case) -> Vec<Timer> {
    let operation = planned(case, Procedure::is_open_surgery);
    Drug::ALL.iter().filter_map(|drug| drug_timer(case, *drug, operation)).collect()
}

/// When the last dose was: a span of days, or open at its end where it may still be taken.
#[derive(Debug, Clone, Copy)]
struct LastDose {
    /// Not before; `None` where nothing tells.
    from: Option<Date>,
    /// Not after; `None` where it may still be taken until the operation.
    until: Option<Date>,
    /// Whether a dose with a date is the last one.
    is_known: bool,
}

fn drug_timer(case: &Case, drug: Drug, operation: Option<&Evidence>) -> Option<Timer> {
    let records: Vec<&DrugRecord> = case.drugs.iter().filter(|record| record.drug == drug).collect();
    let last = last_dose(&records, today(case.as_of))?;
    if last.until.is_some_and(|until| between(until, today(case.as_of)) > DRUG_LONG_PAST.amount) {
        return None;
    }
    let evidence: Vec<Evidence> =
        records.iter().map(|record| &record.evidence).chain(operation).cloned().collect();
    let blank = Timer {
        drug: Some(drug),
        needs: if last.is_known { Vec::new() } else { vec![TimerNeed::LastDose] },
        ..timer(TimerKind::DrugToOperation, hold_rules(drug), evidence)
    };
    let days = match hold(drug) {
        Hold::NotHeld => return None,
        Hold::NoRule | Hold::Unconfirmed => {
            return Some(Timer { states: TimerState::NoFigure.into(), ..blank });
        }
        Hold::Figures { figures, is_disputed, .. } => {
            let days = figures.iter().map(|figure| i32::from(figure.days));
            let longest = days.clone().max().unwrap_or_default();
            (if is_disputed { days.min().unwrap_or_default() } else { longest }, longest)
        }
    };
    let earliest = last.until.and_then(|until| until.checked_add(days.1.days()).ok());
    let blank = Timer { earliest, ..blank };
    let Some(incision) = operation.and_then(|operation| operation.effective.as_ref()) else {
        let mut needs = blank.needs.clone();
        needs.push(TimerNeed::OperationDate);
        return Some(Timer { states: TimerState::NoOperationDate.into(), needs, ..blank });
    };
    Some(held(blank, last, incision, days))
}

/// Whether a drug may still act today: known or unknown to have been taken within the longest hold of the table, and where the
/// table has none within the days after which no drug matters any more. False where nothing says that it was taken.
pub(in crate::guidance) fn may_still_act(case: &Case, drug: Drug) -> Truth {
    let records: Vec<&DrugRecord> = case.drugs.iter().filter(|record| record.drug == drug).collect();
    let today = today(case.as_of);
    let Some(last) = last_dose(&records, today) else { return Truth::False };
    let longest = match hold(drug) {
        Hold::Figures { figures, .. } => figures.iter().map(|figure| i32::from(figure.days)).max(),
        Hold::Unconfirmed | Hold::NoRule | Hold::NotHeld => None,
    };
    let longest = longest.unwrap_or(DRUG_LONG_PAST.amount);
    let is_past = |day: Date| between(day, today) >= longest;
    match (last.from, last.until) {
        (_, Some(until)) if is_past(until) => Truth::False,
        // Ordered on: it is being taken.
        (_, None) => Truth::True,
        (Some(from), _) if !is_past(from) => Truth::True,
        _ => Truth::Unknown,
    }
}

/// How long it is held, against the shortest and the longest figure.
fn held(blank: Timer, last: LastDose, incision: &PartialDate, (shortest, longest): (i32, i32)) -> Timer {
    let fewest = last.until.map_or(0, |until| between(until, first_day(incision)));
    let most = last.from.map(|from| between(from, last_day(incision)));
    let state = |days: i32| match days {
        _ if days >= longest => TimerState::Kept,
        _ if days >= shortest => TimerState::SourcesDisagree,
        _ => TimerState::TooShort,
    };
    let found: ValueSet<TimerState> = states(fewest, most.map(|most| most.max(fewest)), state);
    // An unknown last dose is unknown, unless every dose that is possible leads to the same.
    let found =
        if last.is_known || found.len() == 1 { found } else { found.union(TimerState::Unknown.into()) };
    Timer { elapsed: Some(Elapsed::Days { least: fewest, most }), states: found, ..blank }
}

/// The last dose as the records leave it; `None` where the drug is not said to have been taken.
///
/// A drug that is ordered may be taken until the operation. One that was stopped may have been taken until today: that a
/// dose is on record since says that it was taken then, not that it was never taken again. Only who says that a day was the
/// last settles it, as long as nothing on record is later. A day to come until which it will be taken is the last by plan, as
/// the operation is on its day by plan.
fn last_dose(records: &[&DrugRecord], today: Date) -> Option<LastDose> {
    let of = |taken: DrugUse| records.iter().filter(move |record| record.taken == taken);
    let dates = |taken: DrugUse| of(taken).filter_map(|record| record.evidence.effective.as_ref());
    let latest = |taken: DrugUse| dates(taken).max_by_key(|date| (date.latest(), date.earliest()));
    let is_undated = |taken: DrugUse| of(taken).any(|record| record.evidence.effective.is_none());
    // Since when it is ordered: the latest order, as long as each has a date.
    let since = |taken: DrugUse| {
        let dates = of(taken).map(|record| record.evidence.effective.as_ref().map(first_day));
        dates.reduce(|one, other| one.zip(other).map(|(one, other)| one.max(other)))
    };
    let (given, last) = (latest(DrugUse::Given), latest(DrugUse::LastTaken));
    let newest = [given, last].into_iter().flatten().max_by_key(|date| (date.latest(), date.earliest()));
    let open = |since: Option<Date>, until: Option<Date>| {
        let at_least = newest.map(first_day).filter(|day| *day <= today);
        Some(LastDose { from: since.max(at_least), until, is_known: false })
    };
    if let Some(since) = since(DrugUse::Prescribed) {
        return open(since, None);
    }
    if let Some(until) = last.filter(|until| last_day(until) > today) {
        return Some(LastDose { from: Some(first_day(until)), until: Some(last_day(until)), is_known: true });
    }
    let stopped = since(DrugUse::Stopped);
    let is_said_last = last.is_some_and(|last| given.is_none_or(|given| last_day(given) <= last_day(last)));
    let after_stop = |newest: &PartialDate| match stopped {
        None => true,
        Some(since) => is_said_last && since.is_some_and(|since| since <= first_day(newest)),
    };
    let is_undated = is_undated(DrugUse::Given) || is_undated(DrugUse::LastTaken);
    match newest {
        Some(newest) if after_stop(newest) && !is_undated => {
            // What was given was given by today, however vague its date.
            let until = last_day(newest).min(today);
            Some(LastDose { from: Some(first_day(newest)), until: Some(until), is_known: true })
        }
        None if stopped.is_none() && !is_undated => None,
        _ => open(stopped.flatten(), Some(today)),
    }
}
