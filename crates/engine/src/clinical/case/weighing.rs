//! How statements about the same item are weighed against each other.

use crate::clinical::{Domain, Evidence, Fact, Finding, Freshness, Statement, ValueSet};

/// A fact and how its age stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Weighed<'a> {
    pub statement: &'a Statement,
    pub evidence: &'a Evidence,
    pub freshness: Freshness,
}

impl<'a> Weighed<'a> {
    pub fn new(fact: &'a Fact, freshness: Freshness) -> Self {
        Self { statement: &fact.statement, evidence: &fact.evidence, freshness }
    }
}

/// One statement about an item: the values it allows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Vote<'a, T: Domain> {
    pub values: ValueSet<T>,
    pub evidence: &'a Evidence,
    pub freshness: Freshness,
}

/// The statements about one item, picked from all facts.
pub(super) fn votes<'a, T: Domain>(
    facts: &[Weighed<'a>],
    pick: impl Fn(&Statement) -> Option<ValueSet<T>>,
) -> Vec<Vote<'a, T>> {
    facts
        .iter()
        .filter_map(|fact| {
            pick(fact.statement).map(|values| Vote {
                values,
                evidence: fact.evidence,
                freshness: fact.freshness,
            })
        })
        .collect()
}

/// The finding for one item: the newest usable statement, with those that may be of the same day and those
/// without a date, because none of these can be called the older (specification F.3). Where they exclude each
/// other, every value that one of them allows remains.
pub(super) fn weigh<T: Domain>(votes: &[Vote<'_, T>]) -> Finding<T> {
    weigh_with(votes, |newest, vote| is_not_older(newest.evidence, vote.evidence))
}

/// As [`weigh`], with another test of which statements count beside the newest.
pub(super) fn weigh_with<T: Domain>(
    votes: &[Vote<'_, T>],
    counts: impl Fn(&Vote<'_, T>, &Vote<'_, T>) -> bool,
) -> Finding<T> {
    let usable: Vec<&Vote<'_, T>> = votes
        .iter()
        .filter(|vote| vote.freshness.is_usable())
        .filter(|vote| !is_superseded_by_a_stale_one(vote, votes))
        .collect();
    let newest = usable
        .iter()
        .max_by_key(|vote| vote.evidence.effective.as_ref().map(|date| (date.latest(), date.earliest())));
    let Some(newest) = newest else {
        return unusable(votes);
    };
    let counted: Vec<Vote<'_, T>> =
        usable.iter().filter(|vote| counts(newest, vote)).map(|vote| **vote).collect();
    combine(&counted)
}

/// Whether a newer statement has already gone stale. Windows depend on the value: a grade that threatens the cord goes
/// stale before a harmless one does, and the older harmless one must not stand in for it.
fn is_superseded_by_a_stale_one<T: Domain>(vote: &Vote<'_, T>, votes: &[Vote<'_, T>]) -> bool {
    votes.iter().filter(|other| other.freshness == Freshness::Stale).any(|other| {
        match (&vote.evidence.effective, &other.evidence.effective) {
            (Some(date), Some(stale)) => date.latest() < stale.earliest() && !date.may_be_same_day(stale),
            _ => false,
        }
    })
}

/// What statements that all count say together.
pub(super) fn combine<T: Domain>(votes: &[Vote<'_, T>]) -> Finding<T> {
    let evidence: Vec<Evidence> = votes.iter().map(|vote| vote.evidence.clone()).collect();
    let common = votes.iter().fold(ValueSet::all(), |values, vote| values.intersection(vote.values));
    let finding = if common.is_empty() {
        let either = votes.iter().fold(ValueSet::EMPTY, |values, vote| values.union(vote.values));
        Finding::conflicting(either, evidence)
    } else {
        Finding::recorded(common, evidence)
    };
    with_remarks(finding, votes)
}

/// The finding where no statement is usable: stale where there was one, else not recorded.
fn unusable<T: Domain>(votes: &[Vote<'_, T>]) -> Finding<T> {
    let stale: Vec<Evidence> = votes
        .iter()
        .filter(|vote| vote.freshness == Freshness::Stale)
        .map(|vote| vote.evidence.clone())
        .collect();
    if stale.is_empty() { Finding::not_recorded() } else { Finding::stale(stale) }
}

/// Says what must be known about the statements used.
pub(super) fn with_remarks<T: Domain>(finding: Finding<T>, votes: &[Vote<'_, T>]) -> Finding<T> {
    votes.iter().fold(finding, |finding, vote| finding.with_remarks_on(vote.freshness, vote.evidence))
}

/// Whether a statement cannot be called older than the newest: of the same day, or without a date.
pub(super) fn is_not_older(newest: &Evidence, other: &Evidence) -> bool {
    match (&newest.effective, &other.effective) {
        (Some(newest), Some(other)) => newest.may_be_same_day(other),
        _ => true,
    }
}
