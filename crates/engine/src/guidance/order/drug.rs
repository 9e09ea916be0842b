//! What is to be said of a drug that is ordered, beside the interval to an operation that lies ahead.

use jiff::ToSpan;

use super::suppose::day;
use super::{Concern, ConcernKind, Order, Restart};
use crate::clinical::{Case, Drug, Evidence, PartialDate, Procedure};
use crate::guidance::alert::Severity;
use crate::guidance::drug_hold::{Hold, hold, hold_rules};
use crate::guidance::rule::{Rule, rules as cn};
use crate::guidance::timer::{days_between, last_day_of, last_done, planned_ahead, wound_healed};

/// Drugs that are held before an operation, or that make one riskier.
pub(super) const fn may_concern(drug: Drug) -> bool {
    let is_risk = matches!(
        drug,
        Drug::Glucocorticoid | Drug::CytotoxicChemotherapy | Drug::Anticoagulant | Drug::Antiplatelet
    );
    is_risk || !matches!(hold(drug), Hold::NotHeld)
}

pub(super) fn concerns(case: &Case, order: &Order, drug: Drug) -> Vec<Concern> {
    let begins = order.evidence.effective.clone().or_else(|| day(case.as_of));
    let restart = begins.and_then(|begins| restart(case, drug, &begins));
    restart.into_iter().chain(risk(case, drug)).collect()
}

/// A drug that is held after operations too, begun before that time is over, or while the wound has not healed.
fn restart(case: &Case, drug: Drug, begins: &PartialDate) -> Option<Concern> {
    let Hold::Figures { restart_days: Some(label_days), .. } = hold(drug) else { return None };
    let label_days = i32::from(label_days);
    let operation = last_done(case, Procedure::is_open_surgery)?;
    let operated = operation.evidence.effective.as_ref()?;
    let (least_days, most_days) = days_between(operated, begins);
    let is_unhealed = wound_healed(case, operated) == Some(false);
    if most_days < 0 || least_days >= label_days && !is_unhealed {
        return None;
    }
    let earliest = last_day_of(operated).checked_add(label_days.days()).ok();
    let mut concern =
        Concern::new(ConcernKind::RestartTooEarly, Severity::Warning, hold_rules(drug).to_vec());
    concern.restart = Some(Restart { least_days, most_days, label_days, earliest });
    concern.evidence = vec![operation.evidence.clone()];
    Some(concern)
}

/// A drug that the consensus counts among the risks of an operation, while one is planned.
fn risk(case: &Case, drug: Drug) -> Option<Concern> {
    let (rules, concerns): (Vec<Rule>, fn(Procedure) -> bool) = match drug {
        Drug::Glucocorticoid => (vec![cn::RISK_FACTORS], Procedure::is_open_surgery),
        Drug::CytotoxicChemotherapy => (vec![cn::SSI_RISK, cn::BLOOD_COUNTS], Procedure::is_open_surgery),
        Drug::Anticoagulant | Drug::Antiplatelet => {
            (vec![cn::VTE_PREVENTION], |procedure| !procedure.is_radiotherapy() && !procedure.is_imaging())
        }
        _ => return None,
    };
    let planned: Vec<Evidence> =
        planned_ahead(case, concerns).map(|record| record.evidence.clone()).collect();
    (!planned.is_empty()).then(|| Concern {
        evidence: planned,
        ..Concern::new(ConcernKind::RiskOfOperation, Severity::Info, rules)
    })
}
