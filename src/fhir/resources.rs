//! Reading views of the resource types that the mapping needs, in R4, R4B and R5 alike: the elements read here have the
//! same shape in all three.

use std::borrow::Cow;

use spinemet_engine::clinical::PartialDate;

use super::datatypes::{CodeableConcept, Quantity, date, period, reference, timing};
use super::json::{Json, Kind, Object};
use super::reader::Reader;
use super::record::Record;

/// Within it, the technique.
const TECHNIQUE: &str = "http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-radiotherapy-technique";

/// mCODE's extension with the modality and the technique of a course of radiotherapy.
const MODALITY_AND_TECHNIQUE: &str =
    "http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-radiotherapy-modality-and-technique";

/// `Observation`, or one of its components.
#[derive(Debug)]
pub struct Observation<'a> {
    /// `status`.
    pub status: Option<Cow<'a, str>>,
    /// When it was true of the patient: `effective[x]`.
    pub effective: Option<PartialDate>,
    /// `bodySite`, or where the structure of `bodyStructure` is.
    pub body_site: Option<CodeableConcept<'a>>,
    /// The question and its answer.
    pub own: Question<'a>,
    /// `component`: further questions with their answers.
    pub component: Vec<Question<'a>>,
    /// What it is about, where that is not the patient.
    pub focus: Vec<Cow<'a, str>>,
}

/// A question with its answer: what Observation and its components have in common.
#[derive(Debug, Default)]
pub struct Question<'a> {
    /// `code`.
    pub code: CodeableConcept<'a>,
    /// `value[x]`.
    pub value: Option<Value<'a>>,
    /// `interpretation`, where some profiles repeat a score's meaning as a code.
    pub interpretation: Vec<CodeableConcept<'a>>,
    /// Whether `dataAbsentReason`, or an extension of the value, says that there is no value.
    pub is_absent: bool,
    /// Whether a modifier extension may change its meaning.
    pub is_modified: bool,
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
    /// `value[x]` several times, of which FHIR allows one.
    Several,
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
            Self::Unread | Self::Several => "value",
        }
    }
}

impl<'a> Observation<'a> {
    /// Reads an Observation whose code was read before.
    pub fn read(
        reader: &mut Reader,
        record: &Record<'a>,
        object: &Object<'a>,
        code: CodeableConcept<'a>,
    ) -> Self {
        let effective = date(reader, object, "effectiveDateTime")
            .or_else(|| date(reader, object, "effectiveInstant"))
            .or_else(|| period(reader, object, "effectivePeriod"))
            .or_else(|| timing(reader, object, "effectiveTiming"));
        Self {
            status: reader.string(object, "status"),
            effective,
            body_site: body_sites(reader, record, object).into_iter().next(),
            own: Question::read(reader, object, code),
            focus: reader.list(object, "focus", |reader, value| reference(reader, value, "Condition")),
            component: reader.list(object, "component", |reader, value| {
                // One that cannot be read keeps its place, so that the others keep their numbers.
                let Some(component) = reader.object(value) else { return Some(Question::default()) };
                let code = reader.member(&component, "code", CodeableConcept::read).unwrap_or_default();
                Some(Question::read(reader, &component, code))
            }),
        }
    }

    /// The Observation's own question and those of its components, each with its FHIRPath.
    pub fn questions(&self) -> impl Iterator<Item = (String, &Question<'a>)> {
        let own = std::iter::once(("Observation".to_owned(), &self.own));
        let path = |number| format!("Observation.component[{number}]");
        own.chain(self.component.iter().enumerate().map(move |(number, question)| (path(number), question)))
    }
}

impl<'a> Question<'a> {
    fn read(reader: &mut Reader, object: &Object<'a>, code: CodeableConcept<'a>) -> Self {
        Self {
            code,
            value: Value::read(reader, object),
            interpretation: reader.list(object, "interpretation", CodeableConcept::read),
            is_absent: object.iter().any(|(name, value)| {
                name == "dataAbsentReason"
                    || (name.starts_with("_value") && value.text().contains("data-absent-reason"))
            }),
            is_modified: object.get("modifierExtension").is_some(),
        }
    }
}

impl<'a> Value<'a> {
    pub(super) fn read(reader: &mut Reader, object: &Object<'a>) -> Option<Self> {
        let is_value = |(name, value): (&str, Json<'_>)| is_value_element(name) && value.kind() != Kind::Null;
        if object.iter().filter(|(name, value)| is_value((name, *value))).count() > 1 {
            return Some(Self::Several);
        }
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

/// Where something is: `bodySite`, one or several, else the location of the BodyStructure that `bodyStructure` or an
/// extension of the body site refers to.
pub fn body_sites<'a>(
    reader: &mut Reader,
    record: &Record<'a>,
    object: &Object<'a>,
) -> Vec<CodeableConcept<'a>> {
    let is_list = object.get("bodySite").is_some_and(|sites| sites.kind() == Kind::Array);
    let mut sites = if is_list {
        // One that cannot be read keeps its place, so that the others keep their numbers.
        let read =
            |reader: &mut Reader, value| Some(CodeableConcept::read(reader, value).unwrap_or_default());
        reader.list(object, "bodySite", read)
    } else {
        reader.member(object, "bodySite", CodeableConcept::read).into_iter().collect()
    };
    if sites.iter().any(|site| !site.coding.is_empty() || site.text.is_some()) {
        return sites;
    }
    sites.clear();
    let referred = reader.member(object, "bodyStructure", |reader, value| {
        let structure = reader.object(value)?;
        // R5 has a Reference in some resources and a CodeableReference in others.
        reader
            .member(&structure, "reference", |_, value| value.string().ok())
            .or_else(|| reader.member(&structure, "reference", body_structure))
    });
    let Some(structure) = referred.and_then(|referred| record.resolve(&referred)) else { return sites };
    let object = &structure.object;
    sites.extend(reader.member(object, "location", CodeableConcept::read));
    sites.extend(reader.list(object, "includedStructure", |reader, value| {
        let included = reader.object(value)?;
        reader.member(&included, "structure", CodeableConcept::read)
    }));
    sites
}

fn body_structure<'a>(reader: &mut Reader, value: Json<'a>) -> Option<Cow<'a, str>> {
    reference(reader, value, "BodyStructure")
}

/// The code of a resource, which decides whether the rest of it is read at all.
pub fn code<'a>(reader: &mut Reader, object: &Object<'a>) -> Option<CodeableConcept<'a>> {
    reader.member(object, "code", CodeableConcept::read)
}

/// What an appointment is for: its service, else its reason, else the order that it is based on. All concepts together
/// are one, because they say the same in several ways.
pub fn appointment<'a>(
    reader: &mut Reader,
    record: &Record<'a>,
    object: &Object<'a>,
) -> Option<CodeableConcept<'a>> {
    let mut concepts = reader.list(object, "serviceType", CodeableConcept::read);
    concepts.extend(reader.list(object, "reasonCode", CodeableConcept::read));
    concepts.extend(reader.list(object, "reason", CodeableConcept::read));
    let orders = reader.list(object, "basedOn", |reader, value| reference(reader, value, "ServiceRequest"));
    let ordered = orders.iter().filter_map(|order| record.resolve(order));
    concepts.extend(ordered.filter_map(|order| reader.member(&order.object, "code", CodeableConcept::read)));
    concepts.into_iter().reduce(|mut all, concept| {
        all.coding.extend(concept.coding);
        all.text = all.text.or(concept.text);
        all
    })
}

/// The patient that a resource is about: `subject`, `patient`, or a participant.
pub fn subject<'a>(reader: &mut Reader, object: &Object<'a>) -> Option<Cow<'a, str>> {
    reader
        .member(object, "subject", |reader, value: Json<'a>| reference(reader, value, "Patient"))
        .or_else(|| reader.member(object, "patient", |reader, value| reference(reader, value, "Patient")))
        .or_else(|| participant(reader, object))
}

/// The patient among the participants of an appointment.
fn participant<'a>(reader: &mut Reader, object: &Object<'a>) -> Option<Cow<'a, str>> {
    object.get("participant").filter(|_| object.get("start").is_some())?;
    let actors = reader.list(object, "participant", |reader, value| {
        let participant = reader.object(value)?;
        reader.member(&participant, "actor", |reader, value| reference(reader, value, "Actor"))
    });
    actors.into_iter().find(|actor| actor.contains("Patient"))
}

/// The techniques that mCODE's extension names for a course of radiotherapy.
pub fn radiotherapy_techniques<'a>(reader: &mut Reader, object: &Object<'a>) -> Vec<CodeableConcept<'a>> {
    let parts = extensions(reader, object, MODALITY_AND_TECHNIQUE);
    let techniques: Vec<Object<'a>> =
        parts.iter().flat_map(|part| extensions(reader, part, TECHNIQUE)).collect();
    concepts(reader, &techniques)
}

/// mCODE's extension with the dose that a volume was given.
const DOSE_TO_VOLUME: &str =
    "http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-radiotherapy-dose-delivered-to-volume";

/// Where the volumes are that mCODE's extensions name for a course of radiotherapy, each a BodyStructure.
pub fn irradiated_volumes<'a>(
    reader: &mut Reader,
    record: &Record<'a>,
    object: &Object<'a>,
) -> Vec<CodeableConcept<'a>> {
    let doses = extensions(reader, object, DOSE_TO_VOLUME);
    let volumes: Vec<Object<'a>> = doses.iter().flat_map(|dose| extensions(reader, dose, "volume")).collect();
    let referred =
        volumes.iter().filter_map(|volume| reader.member(volume, "valueReference", body_structure));
    let structures: Vec<_> = referred.filter_map(|reference| record.resolve(&reference)).collect();
    structures
        .iter()
        .filter_map(|structure| reader.member(&structure.object, "location", CodeableConcept::read))
        .collect()
}

/// The extensions with an URL.
pub(super) fn extensions<'a>(reader: &mut Reader, object: &Object<'a>, url: &str) -> Vec<Object<'a>> {
    if object.get("extension").is_none() {
        return Vec::new();
    }
    let all = reader.list(object, "extension", |reader, value| {
        let extension = reader.object(value)?;
        let is_it = reader.string(&extension, "url").is_some_and(|found| found == url);
        Some(is_it.then_some(extension))
    });
    all.into_iter().flatten().collect()
}

/// The concepts that extensions hold.
pub(super) fn concepts<'a>(reader: &mut Reader, extensions: &[Object<'a>]) -> Vec<CodeableConcept<'a>> {
    let concepts = extensions
        .iter()
        .filter_map(|extension| reader.member(extension, "valueCodeableConcept", CodeableConcept::read));
    concepts.collect()
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
        Some((concept, reader.member(&medication, "reference", medication_reference)))
    });
    let (concept, referred) = both.unwrap_or_default();
    if concept.is_some() {
        return concept;
    }
    let referred = referred.or_else(|| reader.member(object, "medicationReference", medication_reference))?;
    if let Some(id) = referred.strip_prefix('#') {
        let contained = reader.list(object, "contained", |reader, value| reader.object(value));
        let medication = contained
            .into_iter()
            .find(|found| reader.string(found, "id").is_some_and(|found| found == id))?;
        return substance(reader, &medication);
    }
    substance(reader, &record.resolve(&referred)?.object)
}

fn medication_reference<'a>(reader: &mut Reader, value: Json<'a>) -> Option<Cow<'a, str>> {
    reference(reader, value, "Medication")
}

/// What a Medication is: its code, else its ingredient, where it has just one.
fn substance<'a>(reader: &mut Reader, medication: &Object<'a>) -> Option<CodeableConcept<'a>> {
    let code = reader.member(medication, "code", CodeableConcept::read);
    if code.is_some() {
        return code;
    }
    let mut ingredients = reader.list(medication, "ingredient", |reader, value| {
        let ingredient = reader.object(value)?;
        let of_r5 = reader.member(&ingredient, "item", |reader, value| {
            let item = reader.object(value)?;
            reader.member(&item, "concept", CodeableConcept::read)
        });
        Some(of_r5.or_else(|| reader.member(&ingredient, "itemCodeableConcept", CodeableConcept::read)))
    });
    if ingredients.len() == 1 { ingredients.pop().flatten() } else { None }
}
