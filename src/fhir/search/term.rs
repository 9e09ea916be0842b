//! What can be looked up by equality: a code, a reference, a URI, or that there is a value at all.

/// One thing that a resource says to a search parameter. A search by codes or references asks for terms, and finds the
/// resources that have them.
///
/// A coded value has several terms, one for each form in which FHIR lets it be asked for: `code`, `system|code` and
/// `system|`. So each form is one look-up.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Term {
    parameter: String,
    form: Form,
    system: String,
    value: String,
}

/// What is asked by `subject:identifier`, `patient:identifier` and their chains.
const SUBJECT_IDENTIFIER: &str = "subject:identifier";

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Form {
    Present,
    Code,
    SystemAndCode,
    System,
    Reference,
    Uri,
}

impl Form {
    const fn key(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Code => "code",
            Self::SystemAndCode => "system-and-code",
            Self::System => "system",
            Self::Reference => "reference",
            Self::Uri => "uri",
        }
    }
}

impl Term {
    /// There is a value, whichever.
    pub fn present(parameter: &str) -> Self {
        Self::new(parameter, Form::Present, "", "")
    }

    /// A code, whatever its system.
    pub fn code(parameter: &str, code: &str) -> Self {
        Self::new(parameter, Form::Code, "", code)
    }

    /// A code of a system; an empty system means a code without one.
    pub fn system_and_code(parameter: &str, system: &str, code: &str) -> Self {
        Self::new(parameter, Form::SystemAndCode, system, code)
    }

    /// Any code of a system.
    pub fn system(parameter: &str, system: &str) -> Self {
        Self::new(parameter, Form::System, system, "")
    }

    /// Every form in which a code of a system, or an identifier, is asked for.
    pub fn of_token(parameter: &str, system: &str, code: &str) -> Vec<Self> {
        let mut terms = vec![Self::code(parameter, code), Self::system_and_code(parameter, system, code)];
        if !system.is_empty() {
            terms.push(Self::system(parameter, system));
        }
        terms
    }

    /// Every form in which a business identifier of a resource's patient is asked for.
    pub fn of_subject_identifier(system: &str, value: &str) -> Vec<Self> {
        Self::of_token(SUBJECT_IDENTIFIER, system, value)
    }

    /// Whether it asks for a business identifier of the patient, which need not stand in the resource.
    pub fn is_subject_identifier(&self) -> bool {
        self.parameter == SUBJECT_IDENTIFIER
    }

    /// A reference as it is written, such as `Patient/1`.
    pub fn reference(parameter: &str, reference: &str) -> Self {
        Self::new(parameter, Form::Reference, "", reference)
    }

    /// A URI.
    pub fn uri(parameter: &str, uri: &str) -> Self {
        Self::new(parameter, Form::Uri, "", uri)
    }

    fn new(parameter: &str, form: Form, system: &str, value: &str) -> Self {
        Self { parameter: parameter.to_owned(), form, system: system.to_owned(), value: value.to_owned() }
    }

    /// What identifies the term, field by field, for a digest.
    pub fn fields(&self) -> [&str; 4] {
        [&self.parameter, self.form.key(), &self.system, &self.value]
    }
}
