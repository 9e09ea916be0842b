//! Three-valued logic (Kleene).

use std::ops::Not;

use crate::clinical::{Answer, Domain, ValueSet, domain};
use crate::scoring::PointSet;

domain! {
    /// Whether something holds, given what is known.
    Truth, "truth" {
        /// It does not hold, whatever is still open.
        False = "false",
        /// It holds for some of what is possible, or nothing is recorded.
        Unknown = "unknown",
        /// It holds, whatever is still open.
        True = "true",
    }
}

impl Truth {
    /// Both. False wins over unknown.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::False, _) | (_, Self::False) => Self::False,
            (Self::True, Self::True) => Self::True,
            (Self::Unknown, Self::Unknown | Self::True) | (Self::True, Self::Unknown) => Self::Unknown,
        }
    }

    /// Either. True wins over unknown.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::True, _) | (_, Self::True) => Self::True,
            (Self::False, Self::False) => Self::False,
            (Self::Unknown, Self::Unknown | Self::False) | (Self::False, Self::Unknown) => Self::Unknown,
        }
    }

    /// All of them; true for none.
    pub fn all(truths: impl IntoIterator<Item = Self>) -> Self {
        truths.into_iter().fold(Self::True, Self::and)
    }

    /// Any of them; false for none.
    pub fn any(truths: impl IntoIterator<Item = Self>) -> Self {
        truths.into_iter().fold(Self::False, Self::or)
    }

    /// Whether something holds of a value that is known only as a set of possibilities.
    pub fn of<T: Domain>(possible: ValueSet<T>, holds: impl Fn(T) -> bool) -> Self {
        Self::of_counts(possible.iter().filter(|value| holds(*value)).count(), possible.len())
    }

    /// As [`Self::of`], for something that may itself be unknown of a value.
    pub fn over<T: Domain>(possible: ValueSet<T>, holds: impl Fn(T) -> Self) -> Self {
        let mut truths = possible.iter().map(holds);
        let Some(first) = truths.next() else {
            return Self::Unknown;
        };
        if truths.all(|truth| truth == first) { first } else { Self::Unknown }
    }

    /// This, or the other where this is unknown.
    #[must_use]
    pub const fn or_else(self, other: Self) -> Self {
        match self {
            Self::Unknown => other,
            Self::False | Self::True => self,
        }
    }

    /// Whether something holds of a total that is known only as a set of possibilities.
    pub fn of_total(possible: PointSet, holds: impl Fn(u8) -> bool) -> Self {
        Self::of_counts(possible.iter().filter(|total| holds(*total)).count(), possible.len())
    }

    /// An empty set says nothing.
    fn of_counts(holding: usize, possible: u32) -> Self {
        match (holding, usize::try_from(possible).unwrap_or(usize::MAX)) {
            (_, 0) => Self::Unknown,
            (0, _) => Self::False,
            (holding, possible) if holding == possible => Self::True,
            _ => Self::Unknown,
        }
    }
}

impl From<bool> for Truth {
    fn from(holds: bool) -> Self {
        if holds { Self::True } else { Self::False }
    }
}

impl From<Answer> for Truth {
    fn from(answer: Answer) -> Self {
        Self::from(answer == Answer::Yes)
    }
}

impl Not for Truth {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
            Self::True => Self::False,
        }
    }
}
