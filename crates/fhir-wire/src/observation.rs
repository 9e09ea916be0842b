//! An Observation that travels inside another resource, such as the score inside the RiskAssessment that it led to.

use fhirbolt::model::r4::{resources, types};

use crate::{
    CodeableConcept, Extension, Reference, Text, WireError,
    datatype::model::{codeable_concept, extension, list, optional_concept, reference},
    path::Path,
    primitive,
};

/// How far along an observation or a risk assessment is.
///
/// Source: <https://hl7.org/fhir/R4/valueset-observation-status.html>; the same codes in R4B and R5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "each variant is the FHIR code of its name")]
pub enum ObservationStatus {
    Registered,
    Preliminary,
    Final,
    Amended,
    Corrected,
    Cancelled,
    EnteredInError,
    Unknown,
}

impl ObservationStatus {
    /// The code in FHIR.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::Preliminary => "preliminary",
            Self::Final => "final",
            Self::Amended => "amended",
            Self::Corrected => "corrected",
            Self::Cancelled => "cancelled",
            Self::EnteredInError => "entered-in-error",
            Self::Unknown => "unknown",
        }
    }
}

/// What was observed, or why nothing was. FHIR's obs-6 allows only one of the two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ObservationValue<'a> {
    /// A whole number.
    Integer(i32),
    /// A concept.
    CodeableConcept(CodeableConcept<'a>),
    /// Why there is no value.
    DataAbsentReason(CodeableConcept<'a>),
}

/// A part of an observation, such as an item of a score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObservationComponent<'a> {
    /// What FHIR has no element for.
    pub extension: Vec<Extension<'a>>,
    /// The question.
    pub code: CodeableConcept<'a>,
    /// The answer.
    pub value: Option<ObservationValue<'a>>,
}

/// A contained Observation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observation<'a> {
    /// The id that the resource around it refers to as `#id`.
    pub id: Text<'a>,
    /// What FHIR has no element for.
    pub extension: Vec<Extension<'a>>,
    /// How far along it is.
    pub status: ObservationStatus,
    /// The question.
    pub code: CodeableConcept<'a>,
    /// Whom it is about.
    pub subject: Reference<'a>,
    /// When it was true.
    pub effective_date_time: Option<Text<'a>>,
    /// The answer.
    pub value: Option<ObservationValue<'a>>,
    /// Where in the body.
    pub body_site: Option<CodeableConcept<'a>>,
    /// The parts.
    pub component: Vec<ObservationComponent<'a>>,
}

pub(crate) fn model(value: &Observation<'_>, path: &Path<'_>) -> Result<resources::Observation, WireError> {
    let effective = value
        .effective_date_time
        .as_ref()
        .map(|time| primitive::date_time(time, &path.child("effectiveDateTime")));
    Ok(resources::Observation {
        id: Some(primitive::id(&value.id, &path.child("id"))?.into()),
        extension: list(&value.extension, path, "extension", extension)?,
        status: value.status.code().into(),
        code: Box::new(codeable_concept(&value.code, &path.child("code"))?),
        subject: Some(Box::new(reference(&value.subject, &path.child("subject"))?)),
        effective: effective.transpose()?.map(|time| resources::ObservationEffective::DateTime(time.into())),
        value: observation_value(value.value.as_ref(), path)?,
        data_absent_reason: data_absent_reason(value.value.as_ref(), path)?,
        body_site: optional_concept(value.body_site.as_ref(), path, "bodySite")?,
        component: list(&value.component, path, "component", component)?,
        ..resources::Observation::default()
    })
}

fn component(
    value: &ObservationComponent<'_>,
    path: &Path<'_>,
) -> Result<resources::ObservationComponent, WireError> {
    use resources::{ObservationComponentValue as Component, ObservationValue as Whole};
    let answer = match observation_value(value.value.as_ref(), path)? {
        Some(Whole::Integer(number)) => Some(Component::Integer(number)),
        Some(Whole::CodeableConcept(concept)) => Some(Component::CodeableConcept(concept)),
        _ => None,
    };
    Ok(resources::ObservationComponent {
        extension: list(&value.extension, path, "extension", extension)?,
        code: Box::new(codeable_concept(&value.code, &path.child("code"))?),
        value: answer,
        data_absent_reason: data_absent_reason(value.value.as_ref(), path)?,
        ..resources::ObservationComponent::default()
    })
}

fn observation_value(
    value: Option<&ObservationValue<'_>>,
    path: &Path<'_>,
) -> Result<Option<resources::ObservationValue>, WireError> {
    match value {
        Some(ObservationValue::Integer(number)) => {
            Ok(Some(resources::ObservationValue::Integer((*number).into())))
        }
        Some(ObservationValue::CodeableConcept(concept)) => {
            let concept = codeable_concept(concept, &path.child("valueCodeableConcept"))?;
            Ok(Some(resources::ObservationValue::CodeableConcept(Box::new(concept))))
        }
        Some(ObservationValue::DataAbsentReason(_)) | None => Ok(None),
    }
}

fn data_absent_reason(
    value: Option<&ObservationValue<'_>>,
    path: &Path<'_>,
) -> Result<Option<Box<types::CodeableConcept>>, WireError> {
    match value {
        Some(ObservationValue::DataAbsentReason(reason)) => {
            optional_concept(Some(reason), path, "dataAbsentReason")
        }
        _ => Ok(None),
    }
}
