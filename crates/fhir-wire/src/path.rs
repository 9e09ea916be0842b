//! Where in a resource the writer stands.

use std::fmt;

use crate::error::WireError;

/// An element's place, as a chain that lives on the stack: the text is only made when something is wrong.
#[derive(Clone, Copy)]
pub(crate) struct Path<'parent> {
    parent: Option<&'parent Path<'parent>>,
    name: &'static str,
    index: Option<usize>,
}

impl Path<'_> {
    /// The start of a path: the resource type.
    pub(crate) const fn resource(name: &'static str) -> Path<'static> {
        Path { parent: None, name, index: None }
    }

    /// The path of an element below this one.
    pub(crate) const fn child<'path>(&'path self, name: &'static str) -> Path<'path> {
        Path { parent: Some(self), name, index: None }
    }

    /// The path of one repetition of an element below this one.
    pub(crate) const fn item<'path>(&'path self, name: &'static str, index: usize) -> Path<'path> {
        Path { parent: Some(self), name, index: Some(index) }
    }

    /// The error that this element is absent or empty.
    pub(crate) fn missing(&self) -> WireError {
        WireError::Missing { element: self.to_string() }
    }

    /// The error that this element does not have the form of its data type.
    pub(crate) fn malformed(&self, data_type: &'static str) -> WireError {
        WireError::Malformed { element: self.to_string(), data_type }
    }

    /// The error that this element breaks one of FHIR's rules.
    pub(crate) fn inconsistent(&self, rule: &'static str) -> WireError {
        WireError::Inconsistent { element: self.to_string(), rule }
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(parent) = self.parent {
            write!(formatter, "{parent}.")?;
        }
        formatter.write_str(self.name)?;
        match self.index {
            Some(index) => write!(formatter, "[{index}]"),
            None => Ok(()),
        }
    }
}
