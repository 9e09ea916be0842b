//! An explanation as a FHIR Parameters resource, the same in R4, R4B and R5.
//!
//! Parameters of strings, codes, integers and one date hold nothing that a typed model would have to guard.

use serde::Serialize;
use serde_json::value::RawValue;

use super::{Explanation, Row};
use crate::fhir::render;

#[derive(Serialize)]
struct Parameters<'a> {
    #[serde(rename = "resourceType")]
    resource_type: &'static str,
    parameter: Vec<Parameter<'a>>,
}

#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Parameter<'a> {
    name: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    value_string: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value_code: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value_integer: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value_date_time: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resource: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    part: Vec<Self>,
}

impl Explanation {
    /// The FHIR Parameters resource.
    ///
    /// # Errors
    /// Where the OperationOutcome in it cannot be written, which would be a defect.
    pub fn parameters(&self) -> Result<Vec<u8>, UnwritableExplanation> {
        let mut parameter = vec![
            Parameter { value_date_time: Some(&self.as_of), ..named("asOf") },
            Parameter { value_string: Some(&self.mapping_version), ..named("mappingVersion") },
            Parameter { part: self.counts(), ..named("counts") },
        ];
        parameter.extend(string("patient", Some(&self.patient)));
        parameter.extend(self.rows.iter().map(resource));
        if !self.issues.is_empty() {
            let outcome = String::from_utf8(render::outcome(&self.issues)?)?;
            let resource = Some(RawValue::from_string(outcome)?);
            parameter.push(Parameter { resource, ..named("issues") });
        }
        Ok(serde_json::to_vec(&Parameters { resource_type: "Parameters", parameter })?)
    }

    fn counts(&self) -> Vec<Parameter<'_>> {
        let counts = &self.counts;
        vec![
            integer("resources", counts.resources),
            integer("mapped", counts.mapped),
            integer("nearMisses", counts.near_misses),
            integer("leftAside", counts.left_aside),
        ]
    }
}

/// Why an explanation could not be written: a defect.
#[derive(Debug, thiserror::Error)]
pub enum UnwritableExplanation {
    /// The OperationOutcome.
    #[error("the OperationOutcome cannot be written: {0}")]
    Outcome(#[from] fhir_wire::WireError),
    /// It is no text.
    #[error("the OperationOutcome is not UTF-8")]
    Text(#[from] std::string::FromUtf8Error),
    /// The JSON.
    #[error("the JSON cannot be written: {0}")]
    Json(#[from] serde_json::Error),
}

fn resource(row: &Row) -> Parameter<'_> {
    let mut part = vec![Parameter { value_code: Some(row.outcome.key()), ..named("outcome") }];
    let texts = [
        ("reference", Some(row.resource.as_str())),
        ("type", Some(row.kind.as_str())),
        ("place", Some(row.place.as_str())),
        ("code", row.code.as_deref()),
        ("statement", row.statement.as_deref()),
        ("element", row.element.as_deref()),
        ("words", row.words.as_deref()),
        ("rule", row.rule.as_deref()),
        ("file", row.file.as_deref()),
    ];
    part.extend(texts.into_iter().filter_map(|(name, text)| string(name, text)));
    part.extend(row.freshness.map(|key| Parameter { value_code: Some(key), ..named("freshness") }));
    part.extend(row.reason.map(|key| Parameter { value_code: Some(key), ..named("reason") }));
    part.extend(row.line.map(|line| integer("line", line)));
    Parameter { part, ..named("resource") }
}

fn named<'a>(name: &'static str) -> Parameter<'a> {
    Parameter { name, ..Parameter::default() }
}

/// A FHIR string has something in it, and no control characters; what the sender wrote may be otherwise.
fn string<'a>(name: &'static str, text: Option<&'a str>) -> Option<Parameter<'a>> {
    let text = text.filter(|text| !text.trim().is_empty() && !text.contains(char::is_control))?;
    Some(Parameter { value_string: Some(text), ..named(name) })
}

fn integer<'a>(name: &'static str, number: usize) -> Parameter<'a> {
    Parameter { value_integer: Some(u32::try_from(number).unwrap_or(u32::MAX)), ..named(name) }
}
