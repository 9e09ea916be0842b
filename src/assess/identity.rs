//! The identity of an assessment: a digest of all that it depends on, and of nothing else.

use sha2::{Digest, Sha256};
use spinemet_engine::assessment::{Assessment, KNOWLEDGE_VERSION};
use spinemet_engine::clinical::{Domain, Evidence, Freshness, PartialDate, Statement};
use spinemet_engine::guidance::{Risk, Timer};

use crate::language::Language;

/// How much of the digest becomes the id: 128 bits in hexadecimal.
const LENGTH_BYTES: usize = 16;

/// The identity of the assessment of a case: the same for the same facts with the same freshness, in whatever order
/// and whenever they were sent.
pub(super) fn of(
    assessment: &Assessment,
    tenant: &str,
    patient: &str,
    mapping_version: &str,
    language: Language,
) -> String {
    let mut digest = Fields(Sha256::new());
    for field in [tenant, patient, KNOWLEDGE_VERSION, mapping_version, language.tag()] {
        digest.field(field);
    }
    for (fact, freshness) in &assessment.case.facts {
        digest.fact(&fact.statement, &fact.evidence, *freshness);
    }
    assessment.timers.iter().for_each(|timer| digest.timer(timer));
    assessment.risks.iter().for_each(|risk| digest.risk(risk));
    digest.0.finalize().iter().take(LENGTH_BYTES).fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
}

/// Fields with their lengths, so that no two different lists of fields digest alike.
struct Fields(Sha256);

impl Fields {
    fn field(&mut self, text: &str) {
        self.0.update((text.len() as u64).to_be_bytes());
        self.0.update(text.as_bytes());
    }

    fn optional(&mut self, text: Option<&str>) {
        self.field(if text.is_some() { "1" } else { "0" });
        self.field(text.unwrap_or_default());
    }

    /// An interval that counts to today changes with the day though the facts stay the same.
    fn timer(&mut self, timer: &Timer) {
        self.field(timer.kind.key());
        self.optional(timer.drug.map(Domain::key));
        self.field(&format!("{:?} {:?} {:?}", timer.elapsed, timer.states, timer.earliest));
    }

    /// What a measurement means for an operation depends on its age and on the hospital's thresholds.
    fn risk(&mut self, risk: &Risk) {
        for field in [risk.factor.key(), risk.truth.key(), risk.basis.key()] {
            self.field(field);
        }
        self.field(&risk.measurements.len().to_string());
    }

    fn fact(&mut self, statement: &Statement, evidence: &Evidence, freshness: Freshness) {
        self.field(&statement.to_string());
        self.field(freshness.key());
        self.field(&evidence.resource);
        self.optional(evidence.version.as_deref());
        self.field(&evidence.element);
        self.field(&evidence.rule);
        self.optional(evidence.code.as_ref().map(|code| code.system.as_str()));
        self.optional(evidence.code.as_ref().map(|code| code.code.as_str()));
        self.optional(evidence.effective.as_ref().map(PartialDate::text));
        self.field(if evidence.preliminary { "preliminary" } else { "" });
    }
}
