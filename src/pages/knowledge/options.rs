//! The treatment options with what the consensus asks for each.

use serde::Serialize;
use spinemet_engine::clinical::Domain;
use spinemet_engine::guidance::{self, OptionScope, Role};

use super::Named;
use crate::texts::Speaker;

/// An option with its criteria.
#[derive(Debug, Serialize)]
pub(super) struct TreatmentOption<'t> {
    #[serde(rename = "option")]
    pub(super) name: Named<'t>,
    pub(super) scope: Named<'t>,
    /// How strongly the consensus puts it where its criteria are met.
    pub(super) strength: Named<'t>,
    pub(super) criteria: Vec<Criterion<'t>>,
    /// The rules about what must follow, should it be chosen.
    pub(super) afterwards: Vec<&'static str>,
}

/// What is asked, in what part, by which rule, and from which findings.
#[derive(Debug, Serialize)]
pub(super) struct Criterion<'t> {
    pub(super) part: Named<'t>,
    pub(super) predicate: Named<'t>,
    pub(super) rule: &'static str,
    pub(super) inputs: Vec<Named<'t>>,
}

pub(super) fn all(speaker: Speaker<'_>) -> Vec<TreatmentOption<'_>> {
    guidance::TreatmentOption::ALL.iter().map(|option| of(speaker, *option)).collect()
}

fn of(speaker: Speaker<'_>, option: guidance::TreatmentOption) -> TreatmentOption<'_> {
    let table = option.table();
    let scope = match table.scope {
        OptionScope::Patient => "patient",
        OptionScope::Level => "level",
    };
    TreatmentOption {
        name: Named::of(speaker, "option", option.key()),
        scope: Named::of(speaker, "option-scope", scope),
        strength: Named::of(speaker, "strength", table.strength.key()),
        criteria: table.criteria().map(|(role, asked)| criterion(speaker, role, asked)).collect(),
        afterwards: table.afterwards.iter().map(|rule| rule.id).collect(),
    }
}

fn criterion<'t>(speaker: Speaker<'t>, role: Role, asked: &guidance::Criterion) -> Criterion<'t> {
    let inputs = asked.predicate.inputs().iter();
    Criterion {
        part: Named::of(speaker, "role", role.key()),
        predicate: Named::of(speaker, "predicate", asked.predicate.key()),
        rule: asked.rule.id,
        inputs: inputs.map(|input| Named::of(speaker, "input", input.key())).collect(),
    }
}
