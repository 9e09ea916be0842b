//! Writing a RiskAssessment: one score, or the guidance, about one patient at one time.

use fhirbolt::model::r4::{Resource, resources, types};

use crate::{
    CodeableConcept, Extension, Narrative, Observation, ObservationStatus, Range, Reference, Text, WireError,
    contained, datatype::model, narrative, observation, path::Path, primitive, serializer,
};

/// A RiskAssessment, with the elements that are the same in R4, R4B and R5.
///
/// There is no `reasonCode` or `reasonReference` (R5 joined them into `reason`) and no `meta`
/// (see [`with_meta`](crate::with_meta)).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RiskAssessment<'a> {
    /// The id on this server.
    pub id: Text<'a>,
    /// The language of the narrative and the other words, such as `zh`.
    pub language: Option<Text<'a>>,
    /// What a person reads.
    pub narrative: Option<Narrative>,
    /// The resources inside, each of which something here must refer to as `#id`.
    pub contained: Vec<Observation<'a>>,
    /// What FHIR has no element for.
    pub extension: Vec<Extension<'a>>,
    /// How far along it is.
    pub status: ObservationStatus,
    /// The instrument.
    pub method: CodeableConcept<'a>,
    /// The kind of assessment.
    pub code: CodeableConcept<'a>,
    /// Whom it is about.
    pub subject: Reference<'a>,
    /// The instant that the assessment speaks of.
    pub occurrence_date_time: Text<'a>,
    /// The disease that it is about.
    pub condition: Option<Reference<'a>>,
    /// Who assessed: a device, or a practitioner.
    pub performer: Option<Reference<'a>>,
    /// What it rests on.
    pub basis: Vec<Reference<'a>>,
    /// What is expected.
    pub prediction: Vec<Prediction<'a>>,
    /// How to lower the risk.
    pub mitigation: Option<Text<'a>>,
    /// Remarks, in Markdown.
    pub note: Vec<Text<'a>>,
}

/// An expected outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prediction<'a> {
    /// What may happen.
    pub outcome: CodeableConcept<'a>,
    /// How likely, as a decimal from 0 to 100.
    pub probability: Option<Text<'a>>,
    /// How likely, in words or a class.
    pub qualitative_risk: Option<CodeableConcept<'a>>,
    /// Over which time.
    pub when_range: Option<Range<'a>>,
    /// Why.
    pub rationale: Option<Text<'a>>,
}

impl<'a> Prediction<'a> {
    /// An outcome about which nothing else is said yet.
    pub const fn new(outcome: CodeableConcept<'a>) -> Self {
        Self { outcome, probability: None, qualitative_risk: None, when_range: None, rationale: None }
    }
}

/// Writes a RiskAssessment as JSON without `meta`, `resourceType` first and `id` second.
///
/// # Errors
///
/// When a required element is empty, a text does not have the form of its data type, or a contained resource
/// and the references to it do not match. The error names the element.
pub fn risk_assessment(value: &RiskAssessment<'_>) -> Result<Vec<u8>, WireError> {
    let path = Path::resource("RiskAssessment");
    contained::check(value, &path)?;
    serializer::to_json(&risk_assessment_model(value, &path)?)
}

fn risk_assessment_model(
    value: &RiskAssessment<'_>,
    path: &Path<'_>,
) -> Result<resources::RiskAssessment, WireError> {
    let occurrence = primitive::date_time(&value.occurrence_date_time, &path.child("occurrenceDateTime"))?;
    let language = value.language.as_ref().map(|code| primitive::code(code, &path.child("language")));
    let text = value.narrative.as_ref().map(|text| narrative::model(text, &path.child("text")));
    Ok(resources::RiskAssessment {
        id: Some(primitive::id(&value.id, &path.child("id"))?.into()),
        language: language.transpose()?.map(types::Code::from),
        text: text.transpose()?.map(Box::new),
        contained: model::list(&value.contained, path, "contained", contained_observation)?,
        extension: model::list(&value.extension, path, "extension", model::extension)?,
        status: value.status.code().into(),
        method: model::optional_concept(Some(&value.method), path, "method")?,
        code: model::optional_concept(Some(&value.code), path, "code")?,
        subject: Box::new(model::reference(&value.subject, &path.child("subject"))?),
        occurrence: Some(resources::RiskAssessmentOccurrence::DateTime(occurrence.into())),
        condition: model::optional_reference(value.condition.as_ref(), path, "condition")?,
        performer: model::optional_reference(value.performer.as_ref(), path, "performer")?,
        basis: model::list(&value.basis, path, "basis", model::reference)?,
        prediction: model::list(&value.prediction, path, "prediction", prediction)?,
        mitigation: model::optional_text(value.mitigation.as_ref(), path, "mitigation")?,
        note: model::list(&value.note, path, "note", note)?,
        ..resources::RiskAssessment::default()
    })
}

fn contained_observation(value: &Observation<'_>, path: &Path<'_>) -> Result<Resource, WireError> {
    observation::model(value, path).map(|observation| Resource::Observation(Box::new(observation)))
}

fn note(value: &Text<'_>, path: &Path<'_>) -> Result<types::Annotation, WireError> {
    let text = primitive::text(value, &path.child("text"))?.into();
    Ok(types::Annotation { text, ..types::Annotation::default() })
}

fn prediction(
    value: &Prediction<'_>,
    path: &Path<'_>,
) -> Result<resources::RiskAssessmentPrediction, WireError> {
    let probability = value.probability.as_ref().map(|number| probability(number, path));
    let when = value.when_range.as_ref().map(|range| model::range(range, &path.child("whenRange")));
    Ok(resources::RiskAssessmentPrediction {
        outcome: model::optional_concept(Some(&value.outcome), path, "outcome")?,
        probability: probability.transpose()?,
        qualitative_risk: model::optional_concept(value.qualitative_risk.as_ref(), path, "qualitativeRisk")?,
        when: when.transpose()?.map(|range| resources::RiskAssessmentPredictionWhen::Range(Box::new(range))),
        rationale: model::optional_text(value.rationale.as_ref(), path, "rationale")?,
        ..resources::RiskAssessmentPrediction::default()
    })
}

fn probability(
    value: &Text<'_>,
    path: &Path<'_>,
) -> Result<resources::RiskAssessmentPredictionProbability, WireError> {
    let path = path.child("probabilityDecimal");
    let text = primitive::decimal(value, &path)?;
    match text.parse::<f64>() {
        Ok(number) if (0.0..=100.0).contains(&number) => {
            Ok(resources::RiskAssessmentPredictionProbability::Decimal(text.into()))
        }
        _ => Err(path.inconsistent("ras-2: a probability is at most 100 (and at least 0)")),
    }
}
