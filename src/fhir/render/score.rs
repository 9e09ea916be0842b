//! One score as a RiskAssessment, with the score and its items as a contained Observation.

use fhir_wire::{
    CodeableConcept, Coding, Extension, ExtensionValue, Narrative, Observation, ObservationComponent,
    ObservationStatus, ObservationValue, Prediction, Reference, RiskAssessment, WireError,
};
use spinemet_engine::assessment::Assessment;
use spinemet_engine::clinical::{Domain, Escc, Place};
use spinemet_engine::scoring::{Item, PointSet, Reachable, Score, ScoredItem};

use super::{Frame, RenderedResource, basis, coding, concept, unknown, urls};
use crate::texts::Speaker;

/// The id of the contained score.
const CONTAINED: &str = "score";

pub(super) fn risk_assessment(
    score: &Score,
    assessment: &Assessment,
    frame: &Frame<'_>,
) -> Result<RenderedResource, WireError> {
    let speaker = frame.speaker;
    let id = id(score, frame.identity);
    let as_of = assessment.case.as_of.to_string();
    let instrument = speaker.instrument(score);
    let code = concept(urls::INSTRUMENT, score.instrument.key(), instrument);
    let method_text =
        speaker.sentence("method", &[("instrument", instrument), ("citation", score.instrument.citation())]);
    let contained = contained(score, frame, &code, &as_of);
    let mut extension = frame.versions();
    extension.extend(reachable_totals(score));
    let evidence = score.items.iter().flat_map(|item| &item.evidence);
    let mut grounds = vec![Reference::literal(format!("#{CONTAINED}"))];
    grounds.extend(basis(evidence));
    let value = RiskAssessment {
        id: id.as_str().into(),
        language: Some(speaker.language().tag().into()),
        narrative: Some(narrative(score, speaker)),
        contained: vec![contained],
        extension,
        status: status(score),
        method: CodeableConcept { text: Some(method_text.into()), ..code.clone() },
        code,
        subject: Reference::literal(frame.patient),
        occurrence_date_time: as_of.as_str().into(),
        condition: None,
        performer: Some(frame.performer()),
        basis: grounds,
        prediction: prediction(score, speaker).into_iter().collect(),
        mitigation: score.band().map(|band| speaker.say("mitigation", band.key()).into()),
        note: notes(score, speaker).into_iter().map(Into::into).collect(),
    };
    Ok(RenderedResource { body: fhir_wire::risk_assessment(&value)?, id })
}

fn id(score: &Score, identity: &str) -> String {
    let instrument = score.instrument.key();
    match score.place {
        None => format!("{identity}-{instrument}"),
        Some(place) => format!("{identity}-{instrument}-{}", place.key().to_lowercase()),
    }
}

/// Final where one band is certain, whatever the missing items turn out to be (specification F.1).
fn status(score: &Score) -> ObservationStatus {
    if score.band().is_some() { ObservationStatus::Final } else { ObservationStatus::Preliminary }
}

/// The band as the predicted outcome, where only one can be reached.
fn prediction<'a>(score: &Score, speaker: Speaker<'a>) -> Option<Prediction<'a>> {
    let band = score.band()?;
    let outcome = concept(urls::BAND, band.key(), speaker.say("band", band.key()));
    let rationale = speaker.score(score);
    Some(Prediction { rationale: Some(rationale.into()), ..Prediction::new(outcome) })
}

/// Limits, what the items need the reader to know, and the source.
fn notes(score: &Score, speaker: Speaker<'_>) -> Vec<String> {
    let rules = speaker.list(score.instrument.rule_ids());
    let source = if rules.is_empty() { "source-without-rules" } else { "source" };
    let mut notes = vec![speaker.say("limit", score.instrument.key()).to_owned()];
    notes.extend(score.notes.iter().map(|note| speaker.say("score-note", note.key()).to_owned()));
    notes.push(speaker.say("sentence", "group-estimate").to_owned());
    notes.push(speaker.sentence(source, &[("citation", score.instrument.citation()), ("rules", &rules)]));
    notes
}

/// The score in one sentence and its items in a table.
fn narrative(score: &Score, speaker: Speaker<'_>) -> Narrative {
    let header = ["narrative-item", "narrative-value", "narrative-points", "narrative-why"]
        .map(|column| speaker.say("sentence", column));
    let cells: Vec<(&str, String, String, String)> = score
        .items
        .iter()
        .map(|item| {
            let name = speaker.say("item", item.item.key());
            (name, speaker.values(item), speaker.points(item), speaker.remarks(item))
        })
        .collect();
    let rows: Vec<Vec<&str>> = cells
        .iter()
        .map(|(item, value, points, remarks)| vec![*item, value.as_str(), points.as_str(), remarks.as_str()])
        .collect();
    Narrative::new()
        .paragraph(&speaker.score(score))
        .table(&header, &rows)
        .paragraph(speaker.say("limit", score.instrument.key()))
}

/// The score with its items: a value where it is settled, else the reason and what remains reachable.
fn contained<'a>(
    score: &'a Score,
    frame: &Frame<'a>,
    code: &CodeableConcept<'a>,
    as_of: &'a str,
) -> Observation<'a> {
    let value = match score.reachable {
        Reachable::Totals(totals) => totals.single().map(|total| ObservationValue::Integer(total.into())),
        Reachable::Decisions(decisions) => decisions.single().map(|decision| {
            let text = frame.speaker.say("band", decision.key());
            ObservationValue::CodeableConcept(concept(urls::BAND, decision.key(), text))
        }),
        Reachable::Grades(grades) => {
            grades.single().map(|grade| ObservationValue::CodeableConcept(grade_concept(grade)))
        }
    };
    Observation {
        id: CONTAINED.into(),
        extension: reachable_totals(score).into_iter().collect(),
        status: status(score),
        code: code.clone(),
        subject: Reference::literal(frame.patient),
        effective_date_time: Some(as_of.into()),
        value: Some(value.unwrap_or_else(|| ObservationValue::DataAbsentReason(unknown()))),
        body_site: match score.place {
            Some(Place::At(vertebra)) => Some(CodeableConcept::text(vertebra.key())),
            Some(Place::Unstated) | None => None,
        },
        component: score.items.iter().map(|item| component(item, frame.speaker)).collect(),
    }
}

fn component<'a>(item: &ScoredItem, speaker: Speaker<'a>) -> ObservationComponent<'a> {
    let value = if item.points.is_empty() {
        item.values.first().filter(|_| item.is_settled()).map(|value| {
            let concept = match Escc::from_key(value).filter(|_| item.item == Item::EsccGrade) {
                Some(grade) => grade_concept(grade),
                None => CodeableConcept::text(speaker.values(item)),
            };
            ObservationValue::CodeableConcept(concept)
        })
    } else {
        item.points.single().map(|points| ObservationValue::Integer(points.into()))
    };
    let extension = if item.points.len() > 1 { vec![reachable_points(item.points)] } else { Vec::new() };
    ObservationComponent {
        extension,
        code: concept(urls::SCORE_ITEM, item.item.key(), speaker.say("item", item.item.key())),
        value: Some(value.unwrap_or_else(|| ObservationValue::DataAbsentReason(unknown()))),
    }
}

/// An ESCC grade by its code in `profiles/`.
fn grade_concept(grade: Escc) -> CodeableConcept<'static> {
    let code = format!("escc-{}", grade.key());
    CodeableConcept {
        coding: vec![Coding { system: Some(urls::FINDING.into()), code: code.into(), display: None }],
        text: Some(format!("ESCC {}", grade.key()).into()),
    }
}

/// The totals that remain reachable with their bands; nothing for a grading, or where the total is known.
fn reachable_totals(score: &Score) -> Option<Extension<'static>> {
    let totals = score.totals().filter(|totals| !totals.is_single())?;
    let mut parts = bounds(totals)?;
    parts.extend(totals.iter().map(|total| integer("total", total)));
    parts.extend(
        score
            .bands
            .iter()
            .map(|band| Extension::value("band", ExtensionValue::Coding(coding(urls::BAND, band.key())))),
    );
    Some(Extension::parts(urls::REACHABLE_TOTALS, parts))
}

fn reachable_points(points: PointSet) -> Extension<'static> {
    let mut parts = bounds(points).unwrap_or_default();
    parts.extend(points.iter().map(|points| integer("points", points)));
    Extension::parts(urls::REACHABLE_POINTS, parts)
}

fn bounds(points: PointSet) -> Option<Vec<Extension<'static>>> {
    Some(vec![integer("min", points.min()?), integer("max", points.max()?)])
}

fn integer(name: &'static str, value: u8) -> Extension<'static> {
    Extension::value(name, ExtensionValue::Integer(value.into()))
}
