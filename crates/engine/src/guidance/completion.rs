//! What the missing findings can still make of a verdict.
//!
//! A completion answers every open input that a verdict reads. Over all completions this finds which kinds the verdict
//! may take, and which inputs it hinges on: those of which two answers lead to different kinds while everything else is
//! the same (what that is where one answer makes another impossible, `combination.rs` says).
//!
//! The criteria that are still open fall into groups that share no input. Inside a group every combination is tried;
//! between groups only what each adds up to is combined, so that ten open inputs cost tens of trials, not thousands. A
//! group of more than [`group::AFFORDABLE`] combinations is not tried: then the verdict may hinge on each of its inputs,
//! and [`Completions::is_exact`] says that this is not known.

mod combination;
mod effect;
mod group;

use super::input::Input;
use super::judge::{Gates, Judged};
use super::picture::{self, LevelPicture, PatientPicture};
use super::truth::Truth;
use super::verdict::{Role, VerdictKind};
use crate::clinical::ValueSet;
use effect::{Effect, Effects};
use group::{Group, Tried};

/// What the missing findings can make of a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Completions {
    /// The kinds that the verdict may take.
    pub kinds: ValueSet<VerdictKind>,
    /// The inputs that it hinges on.
    pub hinges: ValueSet<Input>,
    /// Whether every combination was tried.
    pub is_exact: bool,
}

/// Tries every completion of what a verdict reads, from its criteria as they stand.
pub(super) fn completions(
    criteria: &[Judged],
    gates: &Gates,
    patient: &PatientPicture,
    level: Option<&LevelPicture>,
) -> Completions {
    // Once something required does not hold, neither the rest of it nor a reservation can change the kind.
    let concerns =
        |role: Role| role == Role::Contraindication || (role.is_decisive() && gates.required != Truth::False);
    let concerned = criteria.iter().filter(|judged| concerns(judged.role));
    let (open, closed) = open_and_closed(concerned, patient, level);
    if gates.contraindicated == Truth::True || open.is_empty() {
        return Completions { kinds: gates.kind().into(), hinges: ValueSet::EMPTY, is_exact: true };
    }
    let tried: Vec<Tried> =
        Group::all(&open, patient, level).iter().map(|group| group.tried(patient, level)).collect();
    let settled = Effects::only(Effect {
        is_required: gates.required != Truth::False,
        is_contraindicated: false,
        is_reserved: gates.waived == Truth::True
            || closed.iter().any(|judged| judged.role == Role::Reservation && judged.truth == Truth::True),
    });
    let together = tried.iter().fold(settled, |all, group| all.combined(group.effects));
    let hinges = tried.iter().enumerate().flat_map(|(position, group)| {
        let others = tried.iter().enumerate().filter(|(other, _)| *other != position);
        group.hinges(others.fold(settled, |all, (_, other)| all.combined(other.effects)))
    });
    Completions {
        kinds: together.kinds(),
        hinges: hinges.collect(),
        is_exact: tried.iter().all(|group| group.is_exact),
    }
}

/// The criteria that an answer may still change, and the others. Open are those that are unknown, those that an open grade
/// overrules, and those that read a judgement which another of these asks for. A judgement that nothing asks for stays away.
fn open_and_closed<'c>(
    criteria: impl Iterator<Item = &'c Judged>,
    patient: &PatientPicture,
    level: Option<&LevelPicture>,
) -> (Vec<&'c Judged>, Vec<&'c Judged>) {
    let is_open = |input: Input| picture::is_open(input, patient, level);
    let is_undecided = |judged: &Judged| {
        let yields = judged.criterion.predicate.yields_to_grade() && is_open(Input::Escc);
        judged.truth == Truth::Unknown || yields
    };
    let (mut open, decided): (Vec<&Judged>, Vec<&Judged>) = criteria.partition(|judged| is_undecided(judged));
    let inputs = |judged: &Judged| judged.criterion.predicate.inputs().iter().copied();
    let asked_for: ValueSet<Input> = open
        .iter()
        .flat_map(|judged| inputs(judged))
        .filter(|input| input.is_override() && is_open(*input))
        .collect();
    let (swayed, closed): (Vec<&Judged>, Vec<&Judged>) =
        decided.into_iter().partition(|judged| inputs(judged).any(|input| asked_for.contains(input)));
    open.extend(swayed);
    (open, closed)
}
