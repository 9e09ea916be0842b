//! Writing Parameters: the answer of an operation, part by part.
//!
//! By hand like a Bundle, because what is inside is written already or plain.

use crate::{Text, WireError, json, path::Path, primitive};

/// One parameter: a value, a resource, or parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter<'a> {
    /// Its name.
    pub name: Text<'a>,
    /// What it holds.
    pub content: ParameterContent<'a>,
}

/// What a parameter holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParameterContent<'a> {
    /// A truth value.
    Boolean(bool),
    /// A whole number.
    Integer(i32),
    /// A text.
    String(Text<'a>),
    /// A code.
    Code(Text<'a>),
    /// A canonical URL.
    Canonical(Text<'a>),
    /// A date, perhaps with a time.
    DateTime(Text<'a>),
    /// An instant.
    Instant(Text<'a>),
    /// A literal reference.
    Reference(Text<'a>),
    /// A resource as JSON.
    Resource(&'a [u8]),
    /// Further parameters.
    Parts(Vec<Parameter<'a>>),
}

impl<'a> Parameter<'a> {
    /// A parameter of this name.
    pub fn new(name: impl Into<Text<'a>>, content: ParameterContent<'a>) -> Self {
        Self { name: name.into(), content }
    }
}

/// Writes Parameters as JSON; with an id, which an operation's answer has no need of.
///
/// # Errors
///
/// When a name is blank, a value does not have the form of its data type, or there are no parts where there should be.
pub fn parameters(
    id: Option<&str>,
    profile: Option<&str>,
    values: &[Parameter<'_>],
) -> Result<Vec<u8>, WireError> {
    let path = Path::resource("Parameters");
    let mut body = Vec::with_capacity(1024);
    let mut object = json::Object::open(&mut body);
    object.text("resourceType", "Parameters");
    if let Some(id) = id {
        object.text("id", &primitive::id(id, &path.child("id"))?);
    }
    if let Some(profile) = profile {
        let profile = primitive::uri(profile, &path.child("meta").child("profile"))?;
        let mut meta = json::Object::open(object.name("meta"));
        meta.list("profile", &[profile], |body, profile| json::string(body, profile));
        meta.close();
    }
    list(&mut object, "parameter", values, &path)?;
    object.close();
    Ok(body)
}

fn list(
    object: &mut json::Object<'_>,
    name: &'static str,
    values: &[Parameter<'_>],
    path: &Path<'_>,
) -> Result<(), WireError> {
    let mut outcome = Ok(());
    let mut index = 0;
    object.list(name, values, |body, value| {
        if outcome.is_ok() {
            outcome = parameter(body, value, &path.item(name, index));
        }
        index += 1;
    });
    outcome
}

fn parameter(body: &mut Vec<u8>, value: &Parameter<'_>, path: &Path<'_>) -> Result<(), WireError> {
    let mut object = json::Object::open(body);
    object.text("name", &primitive::text(&value.name, &path.child("name"))?);
    match &value.content {
        ParameterContent::Boolean(value) => {
            object.name("valueBoolean").extend_from_slice(value.to_string().as_bytes());
        }
        ParameterContent::Integer(value) => {
            object.name("valueInteger").extend_from_slice(value.to_string().as_bytes());
        }
        ParameterContent::String(text) => {
            object.text("valueString", &primitive::text(text, &path.child("valueString"))?);
        }
        ParameterContent::Code(code) => {
            object.text("valueCode", &primitive::code(code, &path.child("valueCode"))?);
        }
        ParameterContent::Canonical(url) => {
            object.text("valueCanonical", &primitive::uri(url, &path.child("valueCanonical"))?);
        }
        ParameterContent::DateTime(date) => {
            object.text("valueDateTime", &primitive::date_time(date, &path.child("valueDateTime"))?);
        }
        ParameterContent::Instant(instant) => {
            object.text("valueInstant", &primitive::instant(instant, &path.child("valueInstant"))?);
        }
        ParameterContent::Reference(target) => {
            let target = primitive::uri(target, &path.child("valueReference"))?;
            let mut nested = json::Object::open(object.name("valueReference"));
            nested.text("reference", &target);
            nested.close();
        }
        ParameterContent::Resource(resource) => {
            if !(resource.starts_with(b"{") && resource.ends_with(b"}")) {
                return Err(path.child("resource").malformed("resource body"));
            }
            object.name("resource").extend_from_slice(resource);
        }
        ParameterContent::Parts(parts) if parts.is_empty() => return Err(path.child("part").missing()),
        ParameterContent::Parts(parts) => list(&mut object, "part", parts, path)?,
    }
    object.close();
    Ok(())
}
