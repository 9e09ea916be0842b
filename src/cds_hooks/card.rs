//! From an assessment to a card.

mod basis;
mod detail;
mod markdown;
mod summary;
mod uuid;

use spinemet_engine::assessment::Assessment;
use spinemet_engine::guidance::{Severity, Timer};

use super::prefetch::Shortfall;
use super::response::{Card, Coding, Indicator, Source};
use super::service::Service;
use crate::fhir::Issue;
use crate::texts::{Speaker, fill};

/// Who says it. A link to one patient's assessment does not belong here.
const SOURCE_URL: &str = "https://spinemet.org";

/// The CodeSystem of instruments, in which the topic of an overview is the guidance.
const INSTRUMENT_SYSTEM: &str = "https://spinemet.org/fhir/CodeSystem/instrument";
const GUIDANCE: &str = "guidance";

/// HL7's reasons for not following a card, as CDS Hooks names them.
const OVERRIDE_REASON_SYSTEM: &str = "http://terminology.hl7.org/CodeSystem/non-adherence-reason-codes";
const OVERRIDE_REASONS: [&str; 6] = [
    "action-completed",
    "need-more-info",
    "patient-contraindication",
    "patient-refuses",
    "service-not-available",
    "likely-negative-health-outcomes",
];

/// All that a card is made from.
pub(super) struct View<'a> {
    /// The service that answers.
    pub service: Service,
    /// The call of the hook.
    pub hook_instance: &'a str,
    /// The patient, as a reference.
    pub patient: &'a str,
    /// What there is to say.
    pub assessment: &'a Assessment,
    /// The version of the mapping files.
    pub mapping_version: &'a str,
    /// What was wrong with the record.
    pub issues: &'a [Issue],
    /// Where data could not be had.
    pub shortfalls: &'a [Shortfall],
    /// The texts.
    pub speaker: Speaker<'a>,
}

impl View<'_> {
    /// A text of the section `[card]` with its words filled in.
    fn text(&self, key: &str, words: &[(&str, &str)]) -> String {
        fill(self.speaker.say("card", key), words)
    }
}

/// The one card of an overview.
pub(super) fn overview(view: &View<'_>) -> Card {
    let summary = summary::summary(view);
    let detail = detail::detail(view);
    let parts = [view.hook_instance, view.service.id(), view.patient, &summary, &detail];
    Card {
        uuid: uuid::of(&parts),
        indicator: indicator(view.assessment),
        source: Source {
            label: "Spinemet",
            url: SOURCE_URL,
            topic: Coding {
                system: INSTRUMENT_SYSTEM,
                code: GUIDANCE,
                display: view.speaker.say("instrument", GUIDANCE).to_owned(),
            },
        },
        override_reasons: override_reasons(view.speaker),
        summary,
        detail,
    }
}

/// As urgent as the most urgent alert or interval. The engine calls nothing critical but what specification F.4 does.
fn indicator(assessment: &Assessment) -> Indicator {
    let alerts = assessment.alerts.iter().map(|alert| alert.kind.severity());
    match alerts.chain(assessment.timers.iter().map(Timer::severity)).min() {
        Some(Severity::Critical) => Indicator::Critical,
        Some(Severity::Warning) => Indicator::Warning,
        Some(Severity::Info) | None => Indicator::Info,
    }
}

fn override_reasons(speaker: Speaker<'_>) -> Vec<Coding> {
    let reason = |code| Coding {
        system: OVERRIDE_REASON_SYSTEM,
        code,
        display: speaker.say("card.override-reason", code).to_owned(),
    };
    OVERRIDE_REASONS.into_iter().map(reason).collect()
}
