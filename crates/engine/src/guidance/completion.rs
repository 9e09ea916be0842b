//! What the missing findings can still make of a verdict.
//!
//! A completion answers every open input that a verdict reads. Over all completions this finds which kinds the verdict
//! may take, and which inputs it hinges on: those of which two answers lead to different kinds while everything else is
//! the same.
//!
//! The criteria that are still open fall into groups that share no input. Inside a group every combination is tried;
//! between groups only what each adds up to is combined, so that ten open inputs cost tens of trials, not thousands. A
//! group of more than [`group::AFFORDABLE`] combinations is not tried: then the verdict may hinge on each of its inputs,
//! and [`Completions::is_exact`] says that this is not known.

mod effect;
mod group;

use super::input::Input;
use super::judge::{Gates, Judged};
use super::picture::{LevelPicture, PatientPicture};
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
    let grade_is_open = level.is_some_and(|level| level.is_open(Input::Escc));
    let is_open = |judged: &Judged| {
        judged.truth == Truth::Unknown || (grade_is_open && judged.criterion.predicate.yields_to_grade())
    };
    let open: Vec<_> = criteria
        .iter()
        .filter(|judged| concerns(judged.role) && is_open(judged))
        .map(|judged| (judged.role, judged.criterion))
        .collect();
    if gates.contraindicated == Truth::True || open.is_empty() {
        return Completions { kinds: gates.kind().into(), hinges: ValueSet::EMPTY, is_exact: true };
    }
    let tried: Vec<Tried> =
        Group::all(&open, patient, level).iter().map(|group| group.tried(patient, level)).collect();
    let settled = Effects::only(Effect {
        is_required: gates.required != Truth::False,
        is_contraindicated: false,
        is_reserved: [gates.reserved, gates.waived].contains(&Truth::True),
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
