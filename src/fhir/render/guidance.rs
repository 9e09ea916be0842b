//! The guidance as a RiskAssessment: a verdict on every option, with reasons and what is missing; alerts, intervals between
//! treatments, and what makes an operation riskier.

mod computable;

use fhir_wire::{Narrative, ObservationStatus, Prediction, Reference, RiskAssessment, WireError};
use spinemet_engine::assessment::Assessment;
use spinemet_engine::clinical::Domain;
use spinemet_engine::guidance::VerdictKind;
use spinemet_engine::scoring::Score;

use super::{Frame, RenderedResource, basis, concept, urls};
use crate::texts::Speaker;

/// The code of the guidance in the CodeSystem of instruments.
const GUIDANCE: &str = "guidance";

pub(super) fn risk_assessment(
    assessment: &Assessment,
    frame: &Frame<'_>,
) -> Result<RenderedResource, WireError> {
    let speaker = frame.speaker;
    let id = format!("{}-{GUIDANCE}", frame.identity);
    let as_of = assessment.case.as_of.to_string();
    let code = concept(urls::INSTRUMENT, GUIDANCE, speaker.say("instrument", GUIDANCE));
    // Narrative and notes say these alike.
    let mut operation = speaker.timers(assessment);
    operation.extend(speaker.risks(assessment));
    let mut extension = frame.versions();
    extension.extend(computable::extensions(assessment));
    let used = assessment
        .case
        .facts
        .iter()
        .filter(|(_, freshness)| freshness.is_usable())
        .map(|(fact, _)| &fact.evidence);
    let value = RiskAssessment {
        id: id.as_str().into(),
        language: Some(speaker.language().tag().into()),
        narrative: Some(narrative(assessment, &operation, speaker)),
        contained: Vec::new(),
        extension,
        status: status(assessment),
        method: code.clone(),
        code,
        subject: Reference::literal(frame.patient),
        occurrence_date_time: as_of.as_str().into(),
        condition: None,
        performer: Some(frame.performer()),
        basis: basis(used),
        prediction: predictions(assessment, speaker),
        mitigation: Some(mitigation(assessment, speaker).into()),
        note: notes(assessment, operation, speaker).into_iter().map(Into::into).collect(),
    };
    Ok(RenderedResource { body: fhir_wire::risk_assessment(&value)?, id })
}

/// Final where no verdict waits for data.
fn status(assessment: &Assessment) -> ObservationStatus {
    let waits = assessment.verdicts.iter().any(|verdict| verdict.kind == VerdictKind::InsufficientData);
    if waits { ObservationStatus::Preliminary } else { ObservationStatus::Final }
}

/// The bands that are certain, as the outcomes that the verdicts build upon.
fn predictions<'a>(assessment: &Assessment, speaker: Speaker<'a>) -> Vec<Prediction<'a>> {
    let certain = assessment.scores.iter().filter_map(Score::band);
    certain
        .map(|band| Prediction::new(concept(urls::BAND, band.key(), speaker.say("band", band.key()))))
        .collect()
}

/// The options that are open, for discussion.
fn mitigation(assessment: &Assessment, speaker: Speaker<'_>) -> String {
    let open = assessment
        .verdicts
        .iter()
        .filter(|verdict| matches!(verdict.kind, VerdictKind::Option | VerdictKind::Relative))
        .map(|verdict| speaker.verdict(verdict));
    let mut sentences: Vec<String> = assessment.alerts.iter().map(|alert| speaker.alert(alert)).collect();
    sentences.extend(open);
    sentences.push(speaker.say("mdt", GUIDANCE).to_owned());
    sentences.join(speaker.say("sentence", "sentence-gap"))
}

/// What is missing or in conflict, and where the rules come from.
fn notes(assessment: &Assessment, operation: Vec<String>, speaker: Speaker<'_>) -> Vec<String> {
    let mut notes = vec![speaker.say("scope", assessment.scope.key()).to_owned()];
    notes.extend(speaker.conflicts(assessment));
    notes.extend(operation);
    notes.extend(speaker.missing(assessment));
    let mut rules: Vec<&str> = assessment
        .verdicts
        .iter()
        .flat_map(|verdict| &verdict.reasons)
        .map(|reason| reason.rule.id)
        .chain(assessment.alerts.iter().map(|alert| alert.rule.id))
        .collect();
    rules.sort_unstable();
    rules.dedup();
    notes.push(speaker.sentence("guidance-source", &[("rules", &speaker.list(&rules))]));
    notes
}

/// Alerts first, then every option with its verdict.
fn narrative(assessment: &Assessment, operation: &[String], speaker: Speaker<'_>) -> Narrative {
    let alerts: Vec<String> = assessment.alerts.iter().map(|alert| speaker.alert(alert)).collect();
    let alerts: Vec<&str> = alerts.iter().map(String::as_str).collect();
    let header = ["narrative-option", "narrative-verdict", "narrative-reason"]
        .map(|column| speaker.say("sentence", column));
    let cells: Vec<(String, String, String)> = assessment
        .verdicts
        .iter()
        .map(|verdict| {
            let option =
                format!("{}{}", speaker.say("option", verdict.option.key()), speaker.level(verdict.place));
            let kind = speaker.say("verdict", verdict.kind.key()).to_owned();
            let kind = match speaker.robustness(verdict) {
                Some(robustness) => speaker.clauses(&[kind, robustness]),
                None => kind,
            };
            (option, kind, speaker.reasons(verdict))
        })
        .collect();
    let rows: Vec<Vec<&str>> = cells
        .iter()
        .map(|(option, verdict, reasons)| vec![option.as_str(), verdict.as_str(), reasons.as_str()])
        .collect();
    let operation: Vec<&str> = operation.iter().map(String::as_str).collect();
    Narrative::new()
        .list(&alerts)
        .table(&header, &rows)
        .list(&operation)
        .paragraph(speaker.say("mdt", GUIDANCE))
}
