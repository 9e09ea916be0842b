//! Reading views of the resource types that the mapping needs, in R4, R4B and R5 alike: the elements read here have the
//! same shape in all three.

use std::borrow::Cow;

use spinemet_engine::clinical::PartialDate;

use super::datatypes::{CodeableConcept, Quantity, date, period, reference};
use super::json::{Json, Object};
use super::reader::Reader;
use super::record::{Record, Resource};

/// `Observation`, or one of its components.
#[derive(Debug)]
pub struct Observation<'a> {
    /// `status`.
    pub status: Option<Cow<'a, str>>,
    /// When it was true of the patient: `effective[x]`.
    pub effective: Option<PartialDate>,
    /// `bodySite`.
    pub body_site: Option<CodeableConcept<'a>>,
    /// The question and its answer.
    pub own: Question<'a>,
    /// `component`: further questions with their answers.
    pub component: Vec<Question<'a>>,
}

/// A question with its answer: what Observation and its components have in common.
#[derive(Debug)]
pub struct Question<'a> {
    /// `code`.
    pub code: CodeableConcept<'a>,
    /// `value[x]`.
    pub value: Option<Value<'a>>,
    /// `interpretation`, where some profiles repeat a score's meaning as a code.
    pub interpretation: Vec<CodeableConcept<'a>>,
    /// Whether `dataAbsentReason` says that there is no value.
    pub is_absent: bool,
}

/// The value of an Observation, of the types that the mapping reads.
#[derive(Debug)]
pub enum Value<'a> {
    /// `valueInteger`, as sent.
    Integer(&'a str),
    /// `valueQuantity`.
    Quantity(Quantity<'a>),
    /// `valueCodeableConcept`.
    Concept(CodeableConcept<'a>),
    /// `valueBoolean`.
    Boolean(bool),
    /// `valueString`.
    Text(Cow<'a, str>),
    /// `value[x]` of another type.
    Unread,
}

impl Value<'_> {
    /// The name of the element, for evidence.
    pub const fn element(&self) -> &'static str {
        match self {
            Self::Integer(_) => "valueInteger",
            Self::Quantity(_) => "valueQuantity",
            Self::Concept(_) => "valueCodeableConcept",
            Self::Boolean(_) => "valueBoolean",
            Self::Text(_) => "valueString",
            Self::Unread => "value",
        }
    }
}

impl<'a> Observation<'a> {
    /// Reads an Observation whose code was read before.
    pub fn read(reader: &mut Reader, object: &Object<'a>, code: CodeableConcept<'a>) -> Self {
        let effective = date(reader, object, "effectiveDateTime")
            .or_else(|| date(reader, object, "effectiveInstant"))
            .or_else(|| period(reader, object, "effectivePeriod"));
        Self {
            status: reader.string(object, "status"),
            effective,
            body_site: reader.member(object, "bodySite", CodeableConcept::read),
            own: Question::read(reader, object, code),
            component: reader.list(object, "component", |reader, value| {
                let component = reader.object(value)?;
                let code = reader.member(&component, "code", CodeableConcept::read)?;
                Some(Question::read(reader, &component, code))
            }),
        }
    }
}

impl<'a> Question<'a> {
    fn read(reader: &mut Reader, object: &Object<'a>, code: CodeableConcept<'a>) -> Self {
        Self {
            code,
            value: Value::read(reader, object),
            interpretation: reader.list(object, "interpretation", CodeableConcept::read),
            is_absent: object.get("dataAbsentReason").is_some(),
        }
    }
}

impl<'a> Value<'a> {
    fn read(reader: &mut Reader, object: &Object<'a>) -> Option<Self> {
        let read = reader
            .number(object, "valueInteger")
            .map(Self::Integer)
            .or_else(|| reader.member(object, "valueQuantity", Quantity::read).map(Self::Quantity))
            .or_else(|| {
                reader.member(object, "valueCodeableConcept", CodeableConcept::read).map(Self::Concept)
            })
            .or_else(|| {
                object
                    .get("valueBoolean")
                    .and_then(|_| reader.boolean(object, "valueBoolean"))
                    .map(Self::Boolean)
            })
            .or_else(|| reader.string(object, "valueString").map(Self::Text));
        read.or_else(|| object.iter().any(|(name, _)| is_value_element(name)).then_some(Self::Unread))
    }
}

/// Whether a name is one of `value[x]`.
fn is_value_element(name: &str) -> bool {
    name.strip_prefix("value").is_some_and(|kind| kind.starts_with(|first: char| first.is_ascii_uppercase()))
}

/// `Condition`.
#[derive(Debug)]
pub struct Condition<'a> {
    /// `code`.
    pub code: CodeableConcept<'a>,
    /// `clinicalStatus`.
    pub clinical_status: Option<CodeableConcept<'a>>,
    /// `verificationStatus`.
    pub verification_status: Option<CodeableConcept<'a>>,
    /// `bodySite`.
    pub body_site: Vec<CodeableConcept<'a>>,
    /// `onset[x]`, else when it was recorded or asserted.
    pub since: Option<PartialDate>,
    /// Whether `abatement[x]` says that it is over.
    pub is_abated: bool,
}

impl<'a> Condition<'a> {
    /// Reads a Condition whose code was read before.
    pub fn read(reader: &mut Reader, object: &Object<'a>, code: CodeableConcept<'a>) -> Self {
        let since = date(reader, object, "onsetDateTime")
            .or_else(|| period(reader, object, "onsetPeriod"))
            .or_else(|| date(reader, object, "recordedDate"));
        Self {
            code,
            clinical_status: reader.member(object, "clinicalStatus", CodeableConcept::read),
            verification_status: reader.member(object, "verificationStatus", CodeableConcept::read),
            body_site: reader.list(object, "bodySite", CodeableConcept::read),
            since,
            is_abated: object.iter().any(|(name, value)| {
                name.starts_with("abatement") && !(name == "abatementBoolean" && value.text() == "false")
            }),
        }
    }
}

/// The code of a resource, which decides whether the rest of it is read at all.
pub fn code<'a>(reader: &mut Reader, object: &Object<'a>) -> Option<CodeableConcept<'a>> {
    reader.member(object, "code", CodeableConcept::read)
}

/// The patient that a resource is about: `subject`, or `patient`.
pub fn subject<'a>(reader: &mut Reader, object: &Object<'a>) -> Option<Cow<'a, str>> {
    reader
        .member(object, "subject", |reader, value: Json<'a>| reference(reader, value))
        .or_else(|| reader.member(object, "patient", |reader, value| reference(reader, value)))
}

/// The code of a medication: in the resource itself, or in the Medication that it refers to, contained or beside it.
pub fn medication<'a>(
    reader: &mut Reader,
    record: &Record<'a>,
    object: &Object<'a>,
) -> Option<CodeableConcept<'a>> {
    if let Some(code) = reader.member(object, "medicationCodeableConcept", CodeableConcept::read) {
        return Some(code);
    }
    let both = reader.member(object, "medication", |reader, value: Json<'a>| {
        let medication = reader.object(value)?;
        let concept = reader.member(&medication, "concept", CodeableConcept::read);
        Some((concept, reader.member(&medication, "reference", reference)))
    });
    let (concept, referred) = both.unwrap_or_default();
    if concept.is_some() {
        return concept;
    }
    let referred = referred.or_else(|| reader.member(object, "medicationReference", reference))?;
    if let Some(id) = referred.strip_prefix('#') {
        let contained = reader.list(object, "contained", |reader, value| reader.object(value));
        let medication = contained
            .into_iter()
            .find(|found| reader.string(found, "id").is_some_and(|found| found == id))?;
        return reader.member(&medication, "code", CodeableConcept::read);
    }
    let is_it = |resource: &&Resource<'a>| resource.kind == "Medication" && resource.reference == referred;
    let medication = record.resources.iter().find(is_it)?;
    reader.member(&medication.object, "code", CodeableConcept::read)
}
