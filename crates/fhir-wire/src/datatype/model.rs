//! From the neutral data types to fhirbolt's, with every check that fhirbolt leaves out.

use fhirbolt::model::r4::types;

use super::{
    CodeableConcept, Coding, Extension, ExtensionContent, ExtensionValue, Identifier, Quantity, Range,
    Reference, Text,
};
use crate::{error::WireError, path::Path, primitive};

type Checked<T> = Result<T, WireError>;

/// The URI of the unit codes.
const UCUM: &str = "http://unitsofmeasure.org";

/// An optional `string` below `path`.
pub(crate) fn optional_text<T: From<String>>(
    value: Option<&Text<'_>>,
    path: &Path<'_>,
    name: &'static str,
) -> Checked<Option<T>> {
    value.map(|value| primitive::text(value, &path.child(name)).map(T::from)).transpose()
}

/// Each element of a list by the same rule. An empty list stays empty, and fhirbolt then leaves the element out.
pub(crate) fn list<Input, Output>(
    values: &[Input],
    path: &Path<'_>,
    name: &'static str,
    convert: impl Fn(&Input, &Path<'_>) -> Checked<Output>,
) -> Checked<Vec<Output>> {
    values.iter().enumerate().map(|(index, value)| convert(value, &path.item(name, index))).collect()
}

pub(crate) fn coding(value: &Coding<'_>, path: &Path<'_>) -> Checked<types::Coding> {
    let system = value.system.as_ref().map(|system| primitive::uri(system, &path.child("system")));
    Ok(types::Coding {
        system: system.transpose()?.map(types::Uri::from),
        code: Some(primitive::code(&value.code, &path.child("code"))?.into()),
        display: optional_text(value.display.as_ref(), path, "display")?,
        ..types::Coding::default()
    })
}

pub(crate) fn codeable_concept(
    value: &CodeableConcept<'_>,
    path: &Path<'_>,
) -> Checked<types::CodeableConcept> {
    if value.coding.is_empty() && value.text.is_none() {
        return Err(path.missing());
    }
    Ok(types::CodeableConcept {
        coding: list(&value.coding, path, "coding", coding)?,
        text: optional_text(value.text.as_ref(), path, "text")?,
        ..types::CodeableConcept::default()
    })
}

/// A concept as an optional element below `path`.
pub(crate) fn optional_concept(
    value: Option<&CodeableConcept<'_>>,
    path: &Path<'_>,
    name: &'static str,
) -> Checked<Option<Box<types::CodeableConcept>>> {
    value.map(|concept| codeable_concept(concept, &path.child(name)).map(Box::new)).transpose()
}

fn identifier(value: &Identifier<'_>, path: &Path<'_>) -> Checked<types::Identifier> {
    let system = value.system.as_ref().map(|system| primitive::uri(system, &path.child("system")));
    Ok(types::Identifier {
        system: system.transpose()?.map(types::Uri::from),
        value: Some(primitive::text(&value.value, &path.child("value"))?.into()),
        ..types::Identifier::default()
    })
}

pub(crate) fn reference(value: &Reference<'_>, path: &Path<'_>) -> Checked<types::Reference> {
    if value.reference.is_none() && value.identifier.is_none() && value.display.is_none() {
        return Err(path.missing());
    }
    let literal = value.reference.as_ref().map(|uri| primitive::uri(uri, &path.child("reference")));
    let logical = value.identifier.as_ref().map(|logical| identifier(logical, &path.child("identifier")));
    Ok(types::Reference {
        reference: literal.transpose()?.map(types::String::from),
        identifier: logical.transpose()?.map(Box::new),
        display: optional_text(value.display.as_ref(), path, "display")?,
        ..types::Reference::default()
    })
}

/// A reference as an optional element below `path`.
pub(crate) fn optional_reference(
    value: Option<&Reference<'_>>,
    path: &Path<'_>,
    name: &'static str,
) -> Checked<Option<Box<types::Reference>>> {
    value.map(|target| reference(target, &path.child(name)).map(Box::new)).transpose()
}

fn quantity(value: &Quantity<'_>, path: &Path<'_>) -> Checked<types::Quantity> {
    let code = value.ucum.as_ref().map(|code| primitive::code(code, &path.child("code"))).transpose()?;
    Ok(types::Quantity {
        value: Some(primitive::decimal(&value.value, &path.child("value"))?.into()),
        unit: optional_text(value.unit.as_ref(), path, "unit")?,
        system: code.is_some().then(|| types::Uri::from(UCUM)),
        code: code.map(types::Code::from),
        ..types::Quantity::default()
    })
}

pub(crate) fn range(value: &Range<'_>, path: &Path<'_>) -> Checked<types::Range> {
    if value.low.is_none() && value.high.is_none() {
        return Err(path.missing());
    }
    let low = value.low.as_ref().map(|low| quantity(low, &path.child("low")));
    let high = value.high.as_ref().map(|high| quantity(high, &path.child("high")));
    Ok(types::Range {
        low: low.transpose()?.map(Box::new),
        high: high.transpose()?.map(Box::new),
        ..types::Range::default()
    })
}

pub(crate) fn extension(value: &Extension<'_>, path: &Path<'_>) -> Checked<types::Extension> {
    let url = primitive::uri(&value.url, &path.child("url"))?;
    match &value.content {
        ExtensionContent::Value(content) => Ok(types::Extension {
            url,
            value: Some(extension_value(content, &path.child("value"))?),
            ..types::Extension::default()
        }),
        ExtensionContent::Extension(parts) if parts.is_empty() => Err(path.child("extension").missing()),
        ExtensionContent::Extension(parts) => Ok(types::Extension {
            url,
            extension: list(parts, path, "extension", extension)?,
            ..types::Extension::default()
        }),
    }
}

fn extension_value(value: &ExtensionValue<'_>, path: &Path<'_>) -> Checked<types::ExtensionValue> {
    use types::ExtensionValue as Model;
    Ok(match value {
        ExtensionValue::Boolean(value) => Model::Boolean((*value).into()),
        ExtensionValue::Integer(value) => Model::Integer((*value).into()),
        ExtensionValue::UnsignedInt(value) => Model::UnsignedInt((*value).into()),
        ExtensionValue::Decimal(value) => Model::Decimal(primitive::decimal(value, path)?.into()),
        ExtensionValue::String(value) => Model::String(primitive::text(value, path)?.into()),
        ExtensionValue::Code(value) => Model::Code(primitive::code(value, path)?.into()),
        ExtensionValue::Uri(value) => Model::Uri(primitive::uri(value, path)?.into()),
        ExtensionValue::Canonical(value) => Model::Canonical(primitive::uri(value, path)?.into()),
        ExtensionValue::DateTime(value) => Model::DateTime(primitive::date_time(value, path)?.into()),
        ExtensionValue::Coding(value) => Model::Coding(Box::new(coding(value, path)?)),
        ExtensionValue::CodeableConcept(value) => {
            Model::CodeableConcept(Box::new(codeable_concept(value, path)?))
        }
        ExtensionValue::Reference(value) => Model::Reference(Box::new(reference(value, path)?)),
        ExtensionValue::Range(value) => Model::Range(Box::new(range(value, path)?)),
    })
}
