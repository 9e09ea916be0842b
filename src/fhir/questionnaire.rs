//! Reading views of QuestionnaireResponse: answers by group, because what belongs together stands in one group.

use std::borrow::Cow;

use spinemet_engine::clinical::PartialDate;

use super::datatypes::{CodeableConcept, Coding, date};
use super::json::{Json, Object};
use super::reader::Reader;
use super::resources::{Question, Value};

/// `QuestionnaireResponse`.
pub struct QuestionnaireResponse<'a> {
    /// `status`.
    pub status: Option<Cow<'a, str>>,
    /// When it was answered.
    pub authored: Option<PartialDate>,
    /// The answers of each group, each with its place in the resource.
    pub groups: Vec<Vec<(String, Question<'a>)>>,
}

/// The question behind the link of an item.
pub type Asked<'f, 'a> = &'f dyn Fn(Cow<'a, str>) -> Coding<'a>;

impl<'a> QuestionnaireResponse<'a> {
    /// Reads the answers. `asked_by` knows the question behind the link of an item.
    pub fn read(reader: &mut Reader, object: &Object<'a>, asked_by: Asked<'_, 'a>) -> Self {
        let mut groups = Vec::new();
        group(reader, object, asked_by, "QuestionnaireResponse", &mut groups);
        Self { status: reader.string(object, "status"), authored: date(reader, object, "authored"), groups }
    }
}

/// The Questionnaire that a response answers, without its version.
pub fn questionnaire<'a>(reader: &mut Reader, object: &Object<'a>) -> Option<Cow<'a, str>> {
    let canonical = reader.string(object, "questionnaire")?;
    Some(match canonical.split_once('|') {
        Some((url, _)) => Cow::Owned(url.to_owned()),
        None => canonical,
    })
}

/// The answers of one group, and then those of the groups within it.
fn group<'a>(
    reader: &mut Reader,
    object: &Object<'a>,
    asked_by: Asked<'_, 'a>,
    place: &str,
    groups: &mut Vec<Vec<(String, Question<'a>)>>,
) {
    let mut own = Vec::new();
    let mut inner = Vec::new();
    let items = reader.list(object, "item", |reader, value| reader.object(value));
    for (index, item) in items.iter().enumerate() {
        let place = format!("{place}.item[{index}]");
        let Some(code) = reader.string(item, "linkId") else { continue };
        for (index, answer) in
            reader.list(item, "answer", |reader, value| reader.object(value)).iter().enumerate()
        {
            let place = format!("{place}.answer[{index}]");
            own.push((place.clone(), answered(reader, answer, asked_by(code.clone()))));
            group(reader, answer, asked_by, &place, &mut inner);
        }
        group(reader, item, asked_by, &place, &mut inner);
    }
    if !own.is_empty() {
        groups.push(own);
    }
    groups.append(&mut inner);
}

fn answered<'a>(reader: &mut Reader, answer: &Object<'a>, code: Coding<'a>) -> Question<'a> {
    let coding = reader.member(answer, "valueCoding", |reader, value: Json<'a>| {
        let coding = reader.object(value)?;
        Some(Coding {
            system: reader.string(&coding, "system").unwrap_or_default(),
            code: reader.string(&coding, "code").unwrap_or_default(),
            display: reader.string(&coding, "display"),
        })
    });
    let value = match coding {
        Some(coding) => Some(Value::Concept(CodeableConcept { coding: vec![coding], text: None })),
        None => match reader.number(answer, "valueDecimal") {
            Some(number) => Some(Value::Integer(number)),
            None => Value::read(reader, answer),
        },
    };
    Question {
        code: CodeableConcept { coding: vec![code], text: None },
        value,
        interpretation: Vec::new(),
        is_absent: false,
        is_modified: answer.get("modifierExtension").is_some(),
    }
}
