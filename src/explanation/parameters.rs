//! An explanation as a FHIR Parameters resource, the same in R4, R4B and R5.

use fhir_wire::{Parameter, ParameterContent as Content, WireError, parameters};

use super::{Explanation, Row, Translated};
use crate::fhir::render;

impl Explanation {
    /// The FHIR Parameters resource.
    ///
    /// # Errors
    /// Where something in it cannot be written, which would be a defect.
    pub fn parameters(&self) -> Result<Vec<u8>, WireError> {
        let issues = if self.issues.is_empty() { None } else { Some(render::outcome(&self.issues)?) };
        let mut parameter = vec![
            Parameter::new("asOf", Content::DateTime(self.as_of.as_str().into())),
            Parameter::new("mappingVersion", Content::String(self.mapping_version.as_str().into())),
            Parameter::new("counts", Content::Parts(self.counts())),
        ];
        parameter.extend(string("patient", &self.patient));
        parameter.extend(self.rows.iter().map(resource));
        parameter.extend(issues.iter().map(|issues| Parameter::new("issues", Content::Resource(issues))));
        parameters(None, None, &parameter)
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

fn resource(row: &Row) -> Parameter<'_> {
    let mut part = vec![code("outcome", row.outcome.key())];
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
    part.extend(texts.into_iter().filter_map(|(name, text)| string(name, text?)));
    part.extend(row.freshness.map(|key| code("freshness", key)));
    part.extend(row.reason.map(|key| code("reason", key)));
    part.extend(row.line.map(|line| integer("line", line)));
    part.extend(row.translations.iter().map(translation));
    Parameter::new("resource", Content::Parts(part))
}

fn translation(translated: &Translated) -> Parameter<'_> {
    let texts = [("from", &translated.from), ("to", &translated.to), ("file", &translated.file)];
    let mut part: Vec<Parameter<'_>> =
        texts.into_iter().filter_map(|(name, text)| string(name, text)).collect();
    part.push(integer("line", translated.line));
    Parameter::new("translation", Content::Parts(part))
}

/// A FHIR string has something in it, and no control characters; what the sender wrote may be otherwise.
fn string<'a>(name: &'static str, text: &'a str) -> Option<Parameter<'a>> {
    let is_one = !text.trim().is_empty() && !text.contains(char::is_control);
    is_one.then(|| Parameter::new(name, Content::String(text.into())))
}

fn code<'a>(name: &'static str, key: &'static str) -> Parameter<'a> {
    Parameter::new(name, Content::Code(key.into()))
}

fn integer<'a>(name: &'static str, number: usize) -> Parameter<'a> {
    Parameter::new(name, Content::Integer(i32::try_from(number).unwrap_or(i32::MAX)))
}
