//! The guidance in computable form: extensions with codes, rules and numbers.

use fhir_wire::{Extension, ExtensionValue};
use spinemet_engine::assessment::Assessment;
use spinemet_engine::clinical::{Domain, Place};
use spinemet_engine::guidance::{
    Alert, Elapsed, Reason, Risk, RiskBasis, Timer, Truth, Verdict, VerdictKind,
};

use super::super::{coding, urls};
use crate::wording::is_decisive;

/// Verdicts, alerts, intervals, and the risks of which something is known. A risk that is not there is not known.
pub(super) fn extensions<'a>(assessment: &Assessment) -> Vec<Extension<'a>> {
    let risks = assessment.risks.iter().filter(|risk| risk.basis != RiskBasis::NotRecorded);
    let verdicts = assessment.verdicts.iter().map(verdict);
    let alerts = assessment.alerts.iter().map(alert);
    let intervals = assessment.timers.iter().map(interval);
    verdicts.chain(alerts).chain(intervals).chain(risks.map(risk)).collect()
}

fn text<'a>(name: &'static str, value: &'static str) -> Extension<'a> {
    Extension::value(name, ExtensionValue::String(value.into()))
}

fn texts<'a>(name: &'static str, values: impl Iterator<Item = &'static str>) -> Vec<Extension<'a>> {
    values.map(|value| text(name, value)).collect()
}

fn integer<'a>(name: &'static str, value: i32) -> Extension<'a> {
    Extension::value(name, ExtensionValue::Integer(value))
}

fn level<'a>(place: Option<Place>) -> Option<Extension<'a>> {
    match place {
        Some(Place::At(vertebra)) => Some(text("level", vertebra.key())),
        Some(Place::Unstated) | None => None,
    }
}

/// A verdict with what led to it, what it may still become, and what it hinges on.
fn verdict<'a>(verdict: &Verdict) -> Extension<'a> {
    let code = |system, key| ExtensionValue::Coding(coding(system, key));
    let mut parts = vec![Extension::value("option", code(urls::OPTION, verdict.option.key()))];
    parts.extend(level(verdict.place));
    parts.push(Extension::value("verdict", code(urls::VERDICT, verdict.kind.key())));
    let decisive = verdict.reasons.iter().filter(|reason| led_to(verdict.kind, reason));
    let mut rules: Vec<&'static str> = decisive.map(|reason| reason.rule.id).collect();
    rules.sort_unstable();
    rules.dedup();
    parts.extend(texts("rule", rules.into_iter()));
    parts.extend(texts("needs", verdict.needs.iter().map(|input| input.key())));
    let others = verdict.reachable.iter().filter(|kind| *kind != verdict.kind);
    parts.extend(others.map(|kind| Extension::value("reachable", code(urls::VERDICT, kind.key()))));
    parts.extend(texts("hinges", verdict.hinges_on.iter().map(Domain::key)));
    parts.extend(texts("yields", verdict.yields_to.iter().map(Domain::key)));
    Extension::parts(urls::OPTION_VERDICT, parts)
}

/// Whether a reason led to a verdict of this kind. Where data are missing, these are the criteria left open.
const fn led_to(kind: VerdictKind, reason: &Reason) -> bool {
    match kind {
        VerdictKind::InsufficientData => matches!(reason.truth, Truth::Unknown),
        _ => is_decisive(kind, reason),
    }
}

fn alert<'a>(alert: &Alert) -> Extension<'a> {
    let mut parts = vec![text("alert", alert.kind.key()), text("severity", alert.kind.severity().key())];
    parts.push(text("rule", alert.rule.id));
    parts.extend(level(alert.place));
    Extension::parts(urls::GUIDANCE_ALERT, parts)
}

fn interval<'a>(timer: &Timer) -> Extension<'a> {
    let mut parts = vec![text("interval", timer.kind.key()), text("severity", timer.severity().key())];
    parts.extend(timer.drug.map(|drug| text("drug", drug.key())));
    parts.extend(level(Some(timer.place)));
    parts.extend(timer.is_suspended.then(|| Extension::value("suspended", ExtensionValue::Boolean(true))));
    parts.extend(texts("state", timer.states.iter().map(Domain::key)));
    match timer.elapsed {
        Some(Elapsed::Days { least, most }) => {
            parts.push(integer("leastDays", least));
            parts.extend(most.map(|most| integer("mostDays", most)));
        }
        Some(Elapsed::Hours { least, most }) => {
            parts.extend([integer("leastHours", least), integer("mostHours", most)]);
        }
        None => {}
    }
    parts.extend(texts("rule", timer.rules.iter().map(|rule| rule.id)));
    parts.extend(texts("needs", timer.needs.iter().map(|need| need.key())));
    Extension::parts(urls::TREATMENT_INTERVAL, parts)
}

fn risk<'a>(risk: &Risk) -> Extension<'a> {
    let mut parts = vec![text("factor", risk.factor.key()), text("present", risk.truth.key())];
    parts.push(text("ground", risk.basis.key()));
    parts.extend(texts("rule", risk.rules.iter().map(|rule| rule.id)));
    Extension::parts(urls::OPERATION_RISK, parts)
}
