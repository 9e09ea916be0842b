//! The reading view of `Encounter`: of which class it is, and since when. Its shape differs between the releases.

use spinemet_engine::clinical::PartialDate;

use super::datatypes::{CodeableConcept, Coding, period_bounds};
use super::json::{Json, Kind, Object};
use super::reader::Reader;

/// The code system to which FHIR binds `class`; senders often leave it out.
const ACT_CODE: &str = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

/// The class of an Encounter: a Coding up to R4B, a list of concepts in R5. Several say the same in several ways.
pub fn encounter_class<'a>(reader: &mut Reader, object: &Object<'a>) -> Option<CodeableConcept<'a>> {
    let sent = object.get("class")?;
    let classes = match sent.kind() {
        Kind::Array => reader.list(object, "class", class),
        _ => reader.member(object, "class", class).into_iter().collect(),
    };
    let mut all = classes.into_iter().reduce(|mut all, class| {
        all.coding.extend(class.coding);
        all.text = all.text.or(class.text);
        all
    })?;
    for coding in all.coding.iter_mut().filter(|coding| coding.system.is_empty()) {
        coding.system = ACT_CODE.into();
    }
    Some(all)
}

fn class<'a>(reader: &mut Reader, value: Json<'a>) -> Option<CodeableConcept<'a>> {
    let class = reader.object(value)?;
    if class.get("coding").is_some() || class.get("code").is_none() {
        return CodeableConcept::read(reader, value);
    }
    let coding = Coding {
        system: reader.string(&class, "system").unwrap_or_default(),
        code: reader.string(&class, "code").unwrap_or_default(),
        display: reader.string(&class, "display"),
    };
    Some(CodeableConcept { coding: vec![coding], text: None })
}

/// When an Encounter began: `period` up to R4B, `actualPeriod` in R5.
pub fn encounter_start(reader: &mut Reader, object: &Object<'_>) -> Option<PartialDate> {
    let start = |reader: &mut Reader, name| period_bounds(reader, object, name).0;
    start(reader, "actualPeriod").or_else(|| start(reader, "period"))
}
