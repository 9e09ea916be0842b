//! Verdicts, alerts, and what is missing or in conflict.

use serde::Serialize;
use spinemet_engine::assessment::{InputState, ItemEffect, MissingInput};
use spinemet_engine::clinical::Domain;
use spinemet_engine::guidance;

use super::scores::Evidence;
use super::{keys, level};

#[derive(Serialize)]
pub(super) struct Verdict {
    option: &'static str,
    level: Option<&'static str>,
    #[serde(rename = "verdict")]
    kind: &'static str,
    /// How strongly the consensus puts it; null where nothing is put.
    strength: Option<&'static str>,
    reasons: Vec<Reason>,
    /// The inputs that an undecided verdict needs.
    needs: Vec<&'static str>,
    /// The verdicts that it may take once everything is known.
    reachable: Vec<&'static str>,
    /// The missing inputs that it hinges on.
    hinges_on: Vec<&'static str>,
    /// Where nothing missing can change it: the inputs that nobody asks for and an answer to which would.
    yields_to: Vec<&'static str>,
    /// Whether all combinations were tried to find these.
    exact: bool,
    /// The rules about what must follow, should the option be chosen.
    afterwards: Vec<&'static str>,
}

#[derive(Serialize)]
struct Reason {
    rule: &'static str,
    predicate: &'static str,
    /// true, false or unknown.
    truth: &'static str,
    /// required, contraindication, reservation, waiver, strengthening or qualification.
    role: &'static str,
}

#[derive(Serialize)]
pub(super) struct Alert {
    #[serde(rename = "alert")]
    kind: &'static str,
    severity: &'static str,
    rule: &'static str,
    level: Option<&'static str>,
}

#[derive(Serialize)]
pub(super) struct Missing {
    input: &'static str,
    level: Option<&'static str>,
    standing: &'static str,
    /// Whether it can change the band of a score.
    can_change_band: bool,
    /// Whether some verdict hinges on it, alone or together with others.
    can_change_verdict: bool,
    /// The instruments for which some value of it alone would leave one band.
    decides: Vec<&'static str>,
    effects: Vec<Effect>,
    verdicts: Vec<VerdictEffect>,
}

/// What it can change in one score.
#[derive(Serialize)]
struct Effect {
    instrument: &'static str,
    level: Option<&'static str>,
    item: &'static str,
    can_change_band: bool,
    outcomes: Vec<Outcome>,
}

/// The bands that one value would leave reachable.
#[derive(Serialize)]
struct Outcome {
    value: &'static str,
    bands: Vec<&'static str>,
}

/// A verdict that hinges on the input.
#[derive(Serialize)]
struct VerdictEffect {
    option: &'static str,
    level: Option<&'static str>,
    /// The verdicts that one answer or another alone would lead to.
    verdicts: Vec<&'static str>,
    /// Whether some answer alone changes the verdict; otherwise other findings have to come first.
    alone: bool,
    /// Whether all combinations were tried; otherwise it is only not excluded.
    exact: bool,
}

#[derive(Serialize)]
pub(super) struct Conflict<'a> {
    input: &'static str,
    level: Option<&'static str>,
    values: &'a [&'static str],
    remarks: Vec<&'static str>,
    evidence: Vec<Evidence<'a>>,
}

impl From<&guidance::Verdict> for Verdict {
    fn from(verdict: &guidance::Verdict) -> Self {
        Self {
            option: verdict.option.key(),
            level: level(verdict.place),
            kind: verdict.kind.key(),
            strength: verdict.strength.map(Domain::key),
            reasons: verdict.reasons.iter().map(Into::into).collect(),
            needs: keys(verdict.needs.iter().copied()),
            reachable: keys(verdict.reachable.iter()),
            hinges_on: keys(verdict.hinges_on.iter()),
            yields_to: keys(verdict.yields_to.iter()),
            exact: verdict.is_exact,
            afterwards: verdict.afterwards.iter().map(|rule| rule.id).collect(),
        }
    }
}

impl From<&guidance::Reason> for Reason {
    fn from(reason: &guidance::Reason) -> Self {
        Self {
            rule: reason.rule.id,
            predicate: reason.predicate.key(),
            truth: reason.truth.key(),
            role: reason.role.key(),
        }
    }
}

impl From<&guidance::Alert> for Alert {
    fn from(alert: &guidance::Alert) -> Self {
        Self {
            kind: alert.kind.key(),
            severity: alert.kind.severity().key(),
            rule: alert.rule.id,
            level: level(alert.place),
        }
    }
}

impl From<&MissingInput> for Missing {
    fn from(missing: &MissingInput) -> Self {
        let verdicts = missing.verdicts.iter();
        Self {
            input: missing.input.key(),
            level: level(missing.place),
            standing: missing.standing.key(),
            can_change_band: missing.can_change_band(),
            can_change_verdict: missing.can_change_verdict(),
            decides: keys(missing.decides()),
            effects: missing.effects.iter().map(Into::into).collect(),
            verdicts: verdicts
                .map(|effect| VerdictEffect {
                    option: effect.option.key(),
                    level: level(effect.place),
                    verdicts: keys(effect.alone.iter()),
                    alone: effect.changes_alone(),
                    exact: effect.is_exact,
                })
                .collect(),
        }
    }
}

impl From<&ItemEffect> for Effect {
    fn from(effect: &ItemEffect) -> Self {
        let outcomes = effect.outcomes.iter();
        Self {
            instrument: effect.instrument.key(),
            level: level(effect.place),
            item: effect.item.key(),
            can_change_band: effect.can_change_band,
            outcomes: outcomes
                .map(|outcome| Outcome { value: outcome.value, bands: keys(outcome.bands.iter()) })
                .collect(),
        }
    }
}

impl<'a> From<&'a InputState> for Conflict<'a> {
    fn from(state: &'a InputState) -> Self {
        Self {
            input: state.input.key(),
            level: level(state.place),
            values: &state.values,
            remarks: state.remarks.iter().map(|remark| remark.key()).collect(),
            evidence: state.evidence.iter().map(Into::into).collect(),
        }
    }
}
