//! Intervals that an order's own date makes or breaks.

use super::{Concern, ConcernKind, Order, Ordered};
use crate::clinical::{Case, PartialDate, Procedure, ProcedureRecord, ProcedureState, ValueSet};
use crate::guidance::timer::{Timer, TimerKind, TimerState, planned_ahead, timers};

/// The intervals in which the order takes part and that are not simply kept. A drug is held for an operation: where none
/// lies ahead there is nothing to hold it for.
pub(super) fn concerns(case: &Case, order: &Order) -> Vec<Concern> {
    if matches!(order.ordered, Ordered::Drug(_))
        && planned_ahead(case, Procedure::is_open_surgery).next().is_none()
    {
        return Vec::new();
    }
    let mut found = timers(case);
    found.extend(with_both_planned(case, order));
    let kept: ValueSet<TimerState> = [TimerState::Kept, TimerState::SameDay].into_iter().collect();
    found
        .into_iter()
        .filter(|timer| names(timer, order) && !timer.states.is_subset(kept))
        .map(|timer| concern(timer, order))
        .collect()
}

/// Whether the order itself is one end of the interval.
fn names(timer: &Timer, order: &Order) -> bool {
    timer.evidence.iter().any(|evidence| evidence.resource == order.evidence.resource)
}

fn concern(timer: Timer, order: &Order) -> Concern {
    let mut concern = Concern::new(ConcernKind::Interval, timer.severity(), timer.rules.to_vec());
    let others = timer.evidence.iter().filter(|evidence| evidence.resource != order.evidence.resource);
    concern.evidence = others.cloned().collect();
    concern.timer = Some(timer);
    concern
}

/// An operation and radiotherapy that both lie ahead. The timers of the record measure from what was done; here the
/// earlier of the two counts as done on its day, in whichever order the dates allow.
fn with_both_planned(case: &Case, order: &Order) -> Vec<Timer> {
    let Ordered::Procedure(procedure) = order.ordered else { return Vec::new() };
    if !(procedure.is_open_surgery() || procedure.is_radiotherapy()) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (operation, radiotherapy) in pairs(case, order) {
        let (Some(incision), Some(begins)) = (date(operation), date(radiotherapy)) else { continue };
        if begins.earliest() <= incision.latest() {
            let ended = if names_order(radiotherapy, order) { order.until.as_ref() } else { None };
            let course = done_on(radiotherapy, ended.unwrap_or(begins));
            let supposed = only(case, operation.clone(), course);
            found.extend(of(&supposed, &[TimerKind::RadiotherapyToOperation]));
        }
        if incision.earliest() <= begins.latest() {
            let supposed = only(case, done_on(operation, incision), radiotherapy.clone());
            let mut after = of(&supposed, &[TimerKind::OperationToRadiotherapy, TimerKind::SeparationToSsrs]);
            after.retain(|timer| !timer.states.contains(TimerState::NotBooked));
            found.extend(after);
        }
    }
    found
}

/// The operations and courses that are planned, with the order as one of each pair.
fn pairs<'c>(case: &'c Case, order: &Order) -> Vec<(&'c ProcedureRecord, &'c ProcedureRecord)> {
    let planned = |is_kind: fn(Procedure) -> bool| {
        let records = case.procedures.iter();
        records.filter(move |record| record.state == ProcedureState::Planned && is_kind(record.procedure))
    };
    let mut pairs = Vec::new();
    for operation in planned(Procedure::is_open_surgery) {
        for radiotherapy in planned(Procedure::is_radiotherapy) {
            if names_order(operation, order) || names_order(radiotherapy, order) {
                pairs.push((operation, radiotherapy));
            }
        }
    }
    pairs
}

fn names_order(record: &ProcedureRecord, order: &Order) -> bool {
    record.evidence.resource == order.evidence.resource
}

fn date(record: &ProcedureRecord) -> Option<&PartialDate> {
    record.evidence.effective.as_ref()
}

fn done_on(record: &ProcedureRecord, date: &PartialDate) -> ProcedureRecord {
    let mut done = record.clone();
    done.state = ProcedureState::Done;
    done.evidence.effective = Some(date.clone());
    done
}

/// The record with no other operation and no other radiotherapy than these two.
fn only(case: &Case, operation: ProcedureRecord, radiotherapy: ProcedureRecord) -> Case {
    let mut case = case.clone();
    case.procedures
        .retain(|record| !record.procedure.is_open_surgery() && !record.procedure.is_radiotherapy());
    case.procedures.extend([operation, radiotherapy]);
    case
}

fn of(case: &Case, kinds: &[TimerKind]) -> Vec<Timer> {
    timers(case).into_iter().filter(|timer| kinds.contains(&timer.kind)).collect()
}
