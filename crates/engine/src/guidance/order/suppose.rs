//! The record as it would be if orders were carried out on their dates.

use super::{Beside, Order, Ordered};
use crate::clinical::{
    Case, DrugRecord, DrugUse, Evidence, Fact, Finding, Level, PartialDate, Place, Procedure, ProcedureState,
    Statement, ValueSet,
};
use jiff::tz::TimeZone;

/// The record with an order as a plan, and the others beside it. What was planned before of the same kind steps back, so
/// that it is this order whose intervals are measured.
pub(super) fn case(beside: Beside<'_>, order: &Order, others: &[Order]) -> Case {
    let as_of = beside.case.as_of;
    let mut facts: Vec<Fact> = beside.case.facts.iter().map(|(fact, _)| fact.clone()).collect();
    facts.retain(|fact| !steps_back(&fact.statement, order.ordered));
    let others = others.iter().filter(|other| {
        other.evidence.resource != order.evidence.resource && !is_of_same_kind(other.ordered, order.ordered)
    });
    let orders: Vec<&Order> = others.chain([order]).collect();
    facts.extend(orders.iter().filter_map(|order| plan(order)));
    let mut case = Case::from_facts(facts, as_of, beside.policy);
    case.drugs.extend(orders.iter().filter_map(|order| course(order, as_of)));
    if matches!(order.place, Place::At(_)) && !case.levels.iter().any(|level| level.place == order.place) {
        case.levels.push(unknown_level(order.place));
    }
    case
}

/// A procedure that is ordered, as the plan that it will be.
fn plan(order: &Order) -> Option<Fact> {
    let Ordered::Procedure(procedure) = order.ordered else { return None };
    let statement = Statement::Procedure(procedure, ProcedureState::Planned, order.place);
    Some(Fact { statement, evidence: order.evidence.clone() })
}

/// A drug that is ordered, as the course that it will be. A record knows no doses to come, so this is no fact of one. Where
/// the last dose is said, that; else it is taken from its first day on, which is today at the earliest.
fn course(order: &Order, as_of: jiff::Timestamp) -> Option<DrugRecord> {
    let Ordered::Drug(drug) = order.ordered else { return None };
    let begins = order.evidence.effective.clone().or_else(|| day(as_of));
    let (taken, effective) = match &order.until {
        Some(until) => (DrugUse::LastTaken, Some(until.clone())),
        None => (DrugUse::Prescribed, begins),
    };
    Some(DrugRecord { drug, taken, evidence: Evidence { effective, ..order.evidence.clone() } })
}

/// The day of an instant.
pub(super) fn day(instant: jiff::Timestamp) -> Option<PartialDate> {
    PartialDate::parse(&instant.to_zoned(TimeZone::UTC).date().to_string()).ok()
}

fn steps_back(statement: &Statement, ordered: Ordered) -> bool {
    match (statement, ordered) {
        (Statement::Procedure(planned, ProcedureState::Planned, _), Ordered::Procedure(procedure)) => {
            kind(*planned) == kind(procedure)
        }
        (Statement::Drug(taken, _), Ordered::Drug(drug)) => *taken == drug,
        _ => false,
    }
}

fn is_of_same_kind(one: Ordered, other: Ordered) -> bool {
    match (one, other) {
        (Ordered::Procedure(one), Ordered::Procedure(other)) => kind(one) == kind(other),
        (Ordered::Drug(one), Ordered::Drug(other)) => one == other,
        _ => false,
    }
}

/// What intervals are measured of: operations and radiotherapy of all sorts, the rest by itself.
fn kind(procedure: Procedure) -> (bool, bool, Option<Procedure>) {
    let (is_open, is_radiotherapy) = (procedure.is_open_surgery(), procedure.is_radiotherapy());
    (is_open, is_radiotherapy, (!is_open && !is_radiotherapy).then_some(procedure))
}

/// A level of which nothing is on record.
fn unknown_level(place: Place) -> Level {
    let location = match place {
        Place::At(vertebra) => Finding::recorded(ValueSet::only(vertebra.into()), Vec::new()),
        Place::Unstated => Finding::not_recorded(),
    };
    Level {
        place,
        location,
        pain: Finding::not_recorded(),
        lesion: Finding::not_recorded(),
        alignment: Finding::not_recorded(),
        collapse: Finding::not_recorded(),
        posterolateral: Finding::not_recorded(),
        escc: Finding::not_recorded(),
        tomita_type: Finding::not_recorded(),
        wbb_sectors: None,
        treated: Vec::new(),
    }
}
