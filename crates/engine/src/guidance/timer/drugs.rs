//! From the last dose of a drug to the planned operation.

use jiff::ToSpan;
use jiff::civil::Date;

use super::build::{states, timer};
use super::elapsed::{Elapsed, between, first_day, last_day};
use super::moment::{planned, today};
use super::{Timer, TimerKind, TimerNeed, TimerState};
use crate::clinical::{Case, Domain, Drug, DrugRecord, DrugUse, Evidence, PartialDate, Procedure, ValueSet};
use crate::guidance::drug_hold::{Hold, hold, hold_rules};

/// After so many days a drug matters no more, whatever it is: three times the longest hold of the table. An engineering
/// policy, so that a drug of years ago makes no timer.
const LONG_PAST_DAYS: i32 = 90;

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
    if last.until.is_some_and(|until| between(until, today(case.as_of)) > LONG_PAST_DAYS) {
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

/// The last dose as the records leave it; `None` where the drug is not said to have been taken. A drug that is ordered
/// may be taken until the operation, one that was stopped without a date may have been taken until today.
fn last_dose(records: &[&DrugRecord], today: Date) -> Option<LastDose> {
    let of = |taken: DrugUse| records.iter().filter(move |record| record.taken == taken);
    let given = of(DrugUse::Given).filter_map(|record| record.evidence.effective.as_ref());
    let given = given.max_by_key(|date| (date.latest(), date.earliest()));
    let undated = of(DrugUse::Given).any(|record| record.evidence.effective.is_none());
    let since = |taken: DrugUse| {
        let dates = of(taken).map(|record| record.evidence.effective.as_ref().map(first_day));
        dates.reduce(|one, other| one.zip(other).map(|(one, other)| one.max(other)))
    };
    let later = |since: Option<Date>| since.max(given.map(first_day));
    if let Some(since) = since(DrugUse::Prescribed) {
        return Some(LastDose { from: later(since), until: None, is_known: false });
    }
    if let Some(since) = since(DrugUse::Stopped) {
        let newer = given.is_none_or(|given| since.is_none_or(|since| since > last_day(given)));
        if newer {
            return Some(LastDose { from: later(since), until: Some(today), is_known: false });
        }
    }
    match given {
        Some(given) => {
            Some(LastDose { from: Some(first_day(given)), until: Some(last_day(given)), is_known: !undated })
        }
        None => undated.then_some(LastDose { from: None, until: Some(today), is_known: false }),
    }
}
