//! Writing the resources that a suggestion offers to create: an order, and a task.
//!
//! `ServiceRequest.code` is a CodeableConcept in R4 and R4B and a CodeableReference in R5: what is written here is R4's.

use fhirbolt::model::r4::{resources, types};

use crate::{
    CodeableConcept, Reference, Text, WireError, datatype::model, path::Path, primitive, serializer,
};

/// An order for a clinician to sign: a draft, never more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceRequest<'a> {
    /// What kind of service, e.g. imaging.
    pub category: Vec<CodeableConcept<'a>>,
    /// `routine`, `urgent`, `asap` or `stat`.
    pub priority: Option<Text<'a>>,
    /// What is ordered.
    pub code: CodeableConcept<'a>,
    /// For whom.
    pub subject: Reference<'a>,
    /// During which encounter.
    pub encounter: Option<Reference<'a>>,
    /// When it was written.
    pub authored_on: Text<'a>,
    /// Why.
    pub reason_code: Vec<CodeableConcept<'a>>,
    /// Where in the body.
    pub body_site: Vec<CodeableConcept<'a>>,
    /// Remarks, in Markdown.
    pub note: Vec<Text<'a>>,
}

/// A piece of work that is proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task<'a> {
    /// What kind of work.
    pub code: CodeableConcept<'a>,
    /// What is to be done, in words.
    pub description: Text<'a>,
    /// For whom.
    pub patient: Reference<'a>,
    /// During which encounter.
    pub encounter: Option<Reference<'a>>,
    /// When it was written.
    pub authored_on: Text<'a>,
    /// Why.
    pub reason_code: Option<CodeableConcept<'a>>,
}

/// Writes a ServiceRequest as JSON, as a draft that proposes.
///
/// # Errors
///
/// When a required element is empty or a text does not have the form of its data type. The error names the element.
pub fn service_request(value: &ServiceRequest<'_>) -> Result<Vec<u8>, WireError> {
    let path = &Path::resource("ServiceRequest");
    let authored = primitive::date_time(&value.authored_on, &path.child("authoredOn"))?;
    let priority = value.priority.as_ref().map(|code| primitive::code(code, &path.child("priority")));
    serializer::to_json(&resources::ServiceRequest {
        status: "draft".to_owned().into(),
        intent: "proposal".to_owned().into(),
        category: model::list(&value.category, path, "category", model::codeable_concept)?,
        priority: priority.transpose()?.map(types::Code::from),
        code: model::optional_concept(Some(&value.code), path, "code")?,
        subject: Box::new(model::reference(&value.subject, &path.child("subject"))?),
        encounter: model::optional_reference(value.encounter.as_ref(), path, "encounter")?,
        authored_on: Some(authored.into()),
        reason_code: model::list(&value.reason_code, path, "reasonCode", model::codeable_concept)?,
        body_site: model::list(&value.body_site, path, "bodySite", model::codeable_concept)?,
        note: model::list(&value.note, path, "note", note)?,
        ..resources::ServiceRequest::default()
    })
}

/// Writes a Task as JSON, as a draft that proposes.
///
/// # Errors
///
/// When a required element is empty or a text does not have the form of its data type. The error names the element.
pub fn task(value: &Task<'_>) -> Result<Vec<u8>, WireError> {
    let path = &Path::resource("Task");
    let authored = primitive::date_time(&value.authored_on, &path.child("authoredOn"))?;
    serializer::to_json(&resources::Task {
        status: "draft".to_owned().into(),
        intent: "proposal".to_owned().into(),
        code: model::optional_concept(Some(&value.code), path, "code")?,
        description: model::optional_text(Some(&value.description), path, "description")?,
        r#for: model::optional_reference(Some(&value.patient), path, "for")?,
        encounter: model::optional_reference(value.encounter.as_ref(), path, "encounter")?,
        authored_on: Some(authored.into()),
        reason_code: model::optional_concept(value.reason_code.as_ref(), path, "reasonCode")?,
        ..resources::Task::default()
    })
}

fn note(value: &Text<'_>, path: &Path<'_>) -> Result<types::Annotation, WireError> {
    let text = primitive::text(value, &path.child("text"))?.into();
    Ok(types::Annotation { text, ..types::Annotation::default() })
}
