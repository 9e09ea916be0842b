//! The numbers beside the scores: of intervals, of how long findings stay good, and those that a hospital sets.

use serde::Serialize;
use spinemet_engine::clinical::{Domain, FreshnessPolicy, Window, WindowKind};
use spinemet_engine::guidance::{LIMITS, Limit, Rule, ThresholdKind, Thresholds, rules as cn};

use super::Named;
use crate::texts::Speaker;

/// A number that an interval between two treatments is judged by.
#[derive(Debug, Serialize)]
pub(super) struct IntervalLimit<'t> {
    pub(super) interval: Named<'t>,
    pub(super) limit: Named<'t>,
    pub(super) amount: i32,
    pub(super) unit: Named<'t>,
    /// None where it is a policy of this program without a source.
    pub(super) rules: Vec<&'static str>,
}

/// How long findings of a kind stay good: by default, and here.
#[derive(Debug, Serialize)]
pub(super) struct FreshnessWindow<'t> {
    pub(super) window: Named<'t>,
    pub(super) default: Ages,
    /// As the settings of this program have it.
    pub(super) in_force: Ages,
    /// None where it is a policy of this program without a source.
    pub(super) rules: Vec<&'static str>,
}

/// Two ages in hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) struct Ages {
    pub(super) fresh_hours: u32,
    pub(super) usable_hours: u32,
}

/// A number that the consensus leaves open.
#[derive(Debug, Serialize)]
pub(super) struct Threshold<'t> {
    #[serde(rename = "threshold")]
    pub(super) name: Named<'t>,
    /// As the settings of this program have it; null where none is set, so that a measurement decides nothing.
    pub(super) in_force: Option<String>,
    pub(super) rules: Vec<&'static str>,
}

pub(super) fn intervals(speaker: Speaker<'_>) -> Vec<IntervalLimit<'_>> {
    let of = |limit: &Limit| IntervalLimit {
        interval: Named::of(speaker, "timer", limit.timer.key()),
        limit: Named::of(speaker, "interval-limit", limit.kind.key()),
        amount: limit.amount,
        unit: Named::of(speaker, "time-unit", limit.unit.key()),
        rules: ids(limit.rules),
    };
    LIMITS.iter().map(of).collect()
}

pub(super) fn freshness<'t>(speaker: Speaker<'t>, policy: &FreshnessPolicy) -> Vec<FreshnessWindow<'t>> {
    let default = FreshnessPolicy::default();
    let of = |kind: &WindowKind| FreshnessWindow {
        window: Named::of(speaker, "freshness-window", kind.key()),
        default: default.of(*kind).into(),
        in_force: policy.of(*kind).into(),
        rules: match kind {
            WindowKind::Embolisation => ids(&[cn::EMB_24H, cn::EMB_48H]),
            _ => Vec::new(),
        },
    };
    WindowKind::ALL.iter().map(of).collect()
}

pub(super) fn thresholds<'t>(speaker: Speaker<'t>, thresholds: &Thresholds) -> Vec<Threshold<'t>> {
    let of = |kind: &ThresholdKind| Threshold {
        name: Named::of(speaker, "threshold", kind.key()),
        in_force: thresholds.of(*kind).map(|amount| amount.to_string()),
        rules: ids(kind.rules()),
    };
    ThresholdKind::ALL.iter().map(of).collect()
}

impl From<Window> for Ages {
    fn from(window: Window) -> Self {
        Self { fresh_hours: window.fresh_hours, usable_hours: window.usable_hours }
    }
}

fn ids(rules: &[Rule]) -> Vec<&'static str> {
    rules.iter().map(|rule| rule.id).collect()
}
