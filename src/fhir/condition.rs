//! The reading view of `Condition` and `AllergyIntolerance`: a diagnosis, and how much it stands.

use std::borrow::Cow;

use spinemet_engine::clinical::PartialDate;

use super::datatypes::{CodeableConcept, date, period};
use super::json::{Json, Kind, Object};
use super::reader::Reader;
use super::record::Record;
use super::resources::{body_sites, concepts, extensions};

/// mCODE's extension with the histology of a tumour.
const HISTOLOGY: &str =
    "http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-histology-morphology-behavior";

/// `Condition`.
#[derive(Debug)]
pub struct Condition<'a> {
    /// `code`.
    pub code: CodeableConcept<'a>,
    /// `clinicalStatus`.
    pub clinical_status: Option<Status>,
    /// `verificationStatus`.
    pub verification_status: Option<Status>,
    /// How certain a German diagnosis says that it is, in its extension: `G` certain, `V` suspected or to be ruled out, `Z` past, `A` excluded.
    pub certainty: Vec<Cow<'a, str>>,
    /// `category`: some senders have a family history there.
    pub category: Vec<CodeableConcept<'a>>,
    /// `bodySite`.
    pub body_site: Vec<CodeableConcept<'a>>,
    /// `onset[x]`, else when it was recorded or asserted.
    pub since: Option<PartialDate>,
    /// Whether `abatement[x]` says that it is over.
    pub is_abated: bool,
    /// The histology in mCODE's extension.
    pub morphology: Vec<CodeableConcept<'a>>,
}

impl<'a> Condition<'a> {
    /// Reads a Condition whose code was read before.
    pub fn read(
        reader: &mut Reader,
        record: &Record<'a>,
        object: &Object<'a>,
        code: CodeableConcept<'a>,
    ) -> Self {
        let since = date(reader, object, "onsetDateTime")
            .or_else(|| period(reader, object, "onsetPeriod"))
            .or_else(|| date(reader, object, "recordedDate"));
        let morphology = extensions(reader, object, HISTOLOGY);
        Self {
            code,
            clinical_status: Status::read(reader, object, "clinicalStatus"),
            verification_status: Status::read(reader, object, "verificationStatus"),
            certainty: certainty(reader, object),
            category: categories(reader, object),
            body_site: body_sites(reader, record, object),
            since,
            is_abated: object.iter().any(|(name, value)| {
                name.starts_with("abatement") && !(name == "abatementBoolean" && value.text() == "false")
            }),
            morphology: concepts(reader, &morphology),
        }
    }
}

/// The status of a diagnosis: a concept in R4, a bare code before; some senders have words alone.
#[derive(Debug)]
pub struct Status {
    /// Codes and words in the form of FHIR's codes, such as `entered-in-error`, each with the system of the code.
    said: Vec<(String, String)>,
}

impl Status {
    /// Reads a status; one that is there and cannot be read says nothing.
    fn read(reader: &mut Reader, object: &Object<'_>, name: &'static str) -> Option<Self> {
        let value = object.get(name).filter(|value| value.kind() != Kind::Null)?;
        let concept = if value.kind() == Kind::String {
            CodeableConcept::worded(value.string().map(Cow::into_owned).unwrap_or_default())
        } else {
            reader.member(object, name, CodeableConcept::read).unwrap_or_default()
        };
        let as_code = |word: &str| word.trim().to_lowercase().replace(' ', "-");
        let coded = concept.coding.iter().flat_map(|coding| {
            let words = std::iter::once(coding.code.as_ref()).chain(coding.display.as_deref());
            words.map(|word| (coding.system.clone().into_owned(), as_code(word)))
        });
        let text = concept.text.iter().map(|text| (String::new(), as_code(text)));
        Some(Self { said: coded.chain(text).filter(|(_, word)| !word.is_empty()).collect() })
    }

    /// The status without what codes of some systems say, which some profiles put beside it; `None` where nothing else is there.
    #[must_use]
    pub fn without(mut self, systems: &[String]) -> Option<Self> {
        let before = self.said.len();
        self.said.retain(|(system, _)| !systems.contains(system));
        (self.said.len() == before || !self.said.is_empty()).then_some(self)
    }

    /// Whether it is one of these.
    pub fn is_one_of(&self, codes: &[&str]) -> bool {
        self.said.iter().any(|(_, said)| codes.contains(&said.as_str()))
    }
}

/// The categories of a Condition; those of an AllergyIntolerance are bare codes, which say nothing here.
fn categories<'a>(reader: &mut Reader, object: &Object<'a>) -> Vec<CodeableConcept<'a>> {
    let read = |reader: &mut Reader, value: Json<'a>| match value.kind() {
        Kind::Object => CodeableConcept::read(reader, value),
        _ => None,
    };
    match object.get("category").map(Json::kind) {
        Some(Kind::Array) => reader.list(object, "category", read),
        _ => reader.member(object, "category", read).into_iter().collect(),
    }
}

/// The extension of German diagnoses that says how certain they are. It belongs to the coding; some senders have it on the
/// Condition.
const CERTAINTY: &str = "fhir.de/StructureDefinition/icd-10-gm-diagnosesicherheit";

fn certainty<'a>(reader: &mut Reader, object: &Object<'a>) -> Vec<Cow<'a, str>> {
    let is_in = |name: &str| object.get(name).is_some_and(|value| value.text().contains(CERTAINTY));
    if !is_in("code") && !is_in("extension") {
        return Vec::new();
    }
    let codings = reader.member(object, "code", |reader, value| {
        let code = reader.object(value)?;
        let codings = reader.list(&code, "coding", |reader, value| {
            let coding = reader.object(value)?;
            Some(certainties(reader, &coding))
        });
        Some(codings.into_iter().flatten().collect::<Vec<_>>())
    });
    let mut found = codings.unwrap_or_default();
    found.extend(certainties(reader, object));
    found
}

fn certainties<'a>(reader: &mut Reader, object: &Object<'a>) -> Vec<Cow<'a, str>> {
    if object.get("extension").is_none() {
        return Vec::new();
    }
    reader.list(object, "extension", |reader, value| {
        let extension = reader.object(value)?;
        reader.string(&extension, "url").filter(|url| url.ends_with(CERTAINTY))?;
        let coded = reader.member(&extension, "valueCoding", |reader, value| {
            let coding = reader.object(value)?;
            reader.string(&coding, "code")
        });
        coded.or_else(|| reader.string(&extension, "valueCode"))
    })
}
