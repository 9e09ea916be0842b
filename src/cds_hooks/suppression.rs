//! The keys by which something said is recognised when it is said again.
//!
//! A key digests the patient, the rule, the kind of order, the severity and what the statement rests on. It stays the same
//! as long as none of them changes, and another severity is another key, so that nothing that became more urgent is ever
//! held back. How many days have passed is not in it, only what follows from that, or every card would return each day.

use sha2::{Digest, Sha256};
use spinemet_engine::assessment::Assessment;
use spinemet_engine::clinical::{Domain, Evidence, PartialDate};
use spinemet_engine::guidance::order::{Concern, Order};
use spinemet_engine::guidance::{Alert, Severity, Timer};

use super::prefetch::Shortfall;
use super::prefetch_key::PrefetchKey;

/// How much of the digest is kept, in bytes.
const LENGTH_BYTES: usize = 16;

/// A digest of fields with their lengths.
struct Key(Sha256);

impl Key {
    fn new(patient: &str, rule: &str, severity: Severity) -> Self {
        let mut key = Self(Sha256::new());
        key.field(patient).field(rule).field(severity.key());
        key
    }

    fn field(&mut self, text: &str) -> &mut Self {
        self.0.update((text.len() as u64).to_be_bytes());
        self.0.update(text.as_bytes());
        self
    }

    fn evidence(&mut self, evidence: &Evidence) -> &mut Self {
        let date = evidence.effective.as_ref().map_or("", PartialDate::text);
        self.field(&evidence.resource).field(evidence.version.as_deref().unwrap_or("")).field(date)
    }

    fn timer(&mut self, timer: &Timer) -> &mut Self {
        self.field(timer.kind.key()).field(timer.drug.map_or("", Domain::key));
        for state in timer.states.iter() {
            self.field(state.key());
        }
        for need in &timer.needs {
            self.field(need.key());
        }
        self
    }

    fn finish(self) -> String {
        let digest = self.0.finalize();
        digest.iter().take(LENGTH_BYTES).fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
    }
}

/// Of a concern about an order. The order's own id is not in it, so that the same order written anew is the same.
pub(super) fn of_concern(patient: &str, rule: &str, order: &Order, concern: &Concern) -> String {
    let mut key = Key::new(patient, rule, concern.severity);
    key.field(concern.kind.key()).field(order.ordered.key()).field(&format!("{:?}", order.place));
    for date in [&order.evidence.effective, &order.until] {
        key.field(date.as_ref().map_or("", PartialDate::text));
    }
    for reason in &concern.reasons {
        key.field(reason.rule.id).field(reason.predicate.key()).field(reason.truth.key());
    }
    for need in &concern.needs {
        key.field(need.key());
    }
    if let Some(timer) = &concern.timer {
        key.timer(timer);
    }
    for evidence in &concern.evidence {
        key.evidence(evidence);
    }
    key.finish()
}

/// Of an alert.
pub(super) fn of_alert(patient: &str, assessment: &Assessment, alert: &Alert) -> String {
    let mut key = Key::new(patient, alert.rule.id, alert.kind.severity());
    key.field(alert.kind.key()).field(&format!("{:?}", alert.place));
    facts(&mut key, assessment);
    key.finish()
}

/// Of an interval.
pub(super) fn of_timer(patient: &str, rule: &str, timer: &Timer) -> String {
    let mut key = Key::new(patient, rule, timer.severity());
    key.timer(timer);
    for evidence in &timer.evidence {
        key.evidence(evidence);
    }
    key.finish()
}

/// Of an overview: everything that it rests on.
pub(super) fn of_overview(patient: &str, rule: &str, severity: Severity, assessment: &Assessment) -> String {
    let mut key = Key::new(patient, rule, severity);
    facts(&mut key, assessment);
    for timer in &assessment.timers {
        key.timer(timer);
    }
    key.finish()
}

/// Of data that could not be had.
pub(super) fn of_shortfalls(patient: &str, rule: &str, service: &str, shortfalls: &[Shortfall]) -> String {
    let mut key = Key::new(patient, rule, Severity::Info);
    key.field(service);
    for shortfall in shortfalls {
        key.field(shortfall.key.map_or("", PrefetchKey::name)).field(shortfall.kind.key());
    }
    key.finish()
}

fn facts(key: &mut Key, assessment: &Assessment) {
    for (fact, freshness) in &assessment.case.facts {
        key.field(&fact.statement.to_string()).field(freshness.key()).evidence(&fact.evidence);
    }
}
