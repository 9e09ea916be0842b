//! The data types that the resources are made of: what goes in, apart from fhirbolt's own types.
//!
//! They have the elements that the service fills, and none that differ between R4, R4B and R5.

use std::borrow::Cow;

pub(crate) mod model;

/// Text that is borrowed where it lasts long enough and owned where it was made for the occasion.
pub type Text<'a> = Cow<'a, str>;

/// A code with the system that defines it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coding<'a> {
    /// The code system's URI. Absent only where a code is handed on that came without.
    pub system: Option<Text<'a>>,
    /// The code.
    pub code: Text<'a>,
    /// The words that the system has for the code.
    pub display: Option<Text<'a>>,
}

impl<'a> Coding<'a> {
    /// A code of a system, with its words.
    pub const fn new(system: &'a str, code: &'a str, display: &'a str) -> Self {
        Self {
            system: Some(Cow::Borrowed(system)),
            code: Cow::Borrowed(code),
            display: Some(Cow::Borrowed(display)),
        }
    }
}

/// A concept: codes that mean the same, words, or both.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CodeableConcept<'a> {
    /// The codes.
    pub coding: Vec<Coding<'a>>,
    /// The words as a person would say them.
    pub text: Option<Text<'a>>,
}

impl<'a> CodeableConcept<'a> {
    /// A concept of one code.
    pub fn coded(coding: Coding<'a>) -> Self {
        Self { coding: vec![coding], text: None }
    }

    /// A concept of words alone.
    pub fn text(text: impl Into<Text<'a>>) -> Self {
        Self { coding: Vec::new(), text: Some(text.into()) }
    }
}

/// A number that somebody gave to something, such as a hospital's patient number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identifier<'a> {
    /// The namespace of the value.
    pub system: Option<Text<'a>>,
    /// The value.
    pub value: Text<'a>,
}

/// A pointer to a resource: literal, logical, or words alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reference<'a> {
    /// A literal reference: `Patient/1`, an absolute URL, `urn:uuid:…`, or `#id` of a contained resource.
    pub reference: Option<Text<'a>>,
    /// A logical reference, where no address is known.
    pub identifier: Option<Identifier<'a>>,
    /// Words for the target.
    pub display: Option<Text<'a>>,
}

impl<'a> Reference<'a> {
    /// A literal reference.
    pub fn literal(reference: impl Into<Text<'a>>) -> Self {
        Self { reference: Some(reference.into()), ..Self::default() }
    }

    /// A logical reference.
    pub fn logical(identifier: Identifier<'a>) -> Self {
        Self { identifier: Some(identifier), ..Self::default() }
    }

    /// Words for a target that has no address here.
    pub fn display(display: impl Into<Text<'a>>) -> Self {
        Self { display: Some(display.into()), ..Self::default() }
    }
}

/// An amount with its unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity<'a> {
    /// The number as text, so that `1.50` stays `1.50`.
    pub value: Text<'a>,
    /// The unit as people read it.
    pub unit: Option<Text<'a>>,
    /// The unit as a UCUM code.
    pub ucum: Option<Text<'a>>,
}

/// From a low to a high amount, either of which may be open, but not both.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Range<'a> {
    /// The lower bound, included.
    pub low: Option<Quantity<'a>>,
    /// The upper bound, included.
    pub high: Option<Quantity<'a>>,
}

/// Something that FHIR has no element for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extension<'a> {
    /// The canonical URL of the definition, or the bare name of a part within a complex extension.
    pub url: Text<'a>,
    /// What it says.
    pub content: ExtensionContent<'a>,
}

impl<'a> Extension<'a> {
    /// A simple extension.
    pub fn value(url: impl Into<Text<'a>>, value: ExtensionValue<'a>) -> Self {
        Self { url: url.into(), content: ExtensionContent::Value(value) }
    }

    /// A complex extension.
    pub fn parts(url: impl Into<Text<'a>>, parts: Vec<Extension<'a>>) -> Self {
        Self { url: url.into(), content: ExtensionContent::Extension(parts) }
    }
}

/// What an extension says: a value or parts, never both (FHIR's ext-1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExtensionContent<'a> {
    /// A value.
    Value(ExtensionValue<'a>),
    /// Extensions within the extension.
    Extension(Vec<Extension<'a>>),
}

/// The value of a simple extension, in the types that R4, R4B and R5 share and the service uses.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant is the FHIR data type of its name")]
pub enum ExtensionValue<'a> {
    Boolean(bool),
    Integer(i32),
    UnsignedInt(u32),
    Decimal(Text<'a>),
    String(Text<'a>),
    Code(Text<'a>),
    Uri(Text<'a>),
    Canonical(Text<'a>),
    DateTime(Text<'a>),
    Coding(Coding<'a>),
    CodeableConcept(CodeableConcept<'a>),
    Reference(Reference<'a>),
    Range(Range<'a>),
}
