//! Inputs that are answered with yes or no.

use crate::clinical::ValueSet;
use crate::guidance::input::Input;
use crate::guidance::truth::Truth;

/// Inputs answered with yes or no. What is in neither set is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Flags {
    yes: ValueSet<Input>,
    no: ValueSet<Input>,
}

impl Flags {
    pub const UNKNOWN: Self = Self { yes: ValueSet::EMPTY, no: ValueSet::EMPTY };

    pub fn get(self, input: Input) -> Truth {
        match (self.yes.contains(input), self.no.contains(input)) {
            (true, false) => Truth::True,
            (false, true) => Truth::False,
            _ => Truth::Unknown,
        }
    }

    pub fn with(self, input: Input, answer: bool) -> Self {
        let set = ValueSet::only(input);
        if answer {
            Self { yes: self.yes.union(set), ..self }
        } else {
            Self { no: self.no.union(set), ..self }
        }
    }
}
