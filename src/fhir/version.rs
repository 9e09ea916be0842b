//! The FHIR releases the service speaks.

use std::fmt;
use std::str::FromStr;

/// A FHIR release, as it appears in the path (`/fhir/R4/...`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FhirVersion {
    /// FHIR R4, 4.0.1.
    R4,
    /// FHIR R4B, 4.3.0.
    R4B,
    /// FHIR R5, 5.0.0.
    R5,
}

impl FhirVersion {
    /// Every release served, in the order in which they were published.
    pub const ALL: [Self; 3] = [Self::R4, Self::R4B, Self::R5];

    /// The path segment and short name: `R4`, `R4B` or `R5`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::R4 => "R4",
            Self::R4B => "R4B",
            Self::R5 => "R5",
        }
    }

    /// The number of the publication, as in `CapabilityStatement.fhirVersion`.
    pub const fn publication(self) -> &'static str {
        match self {
            Self::R4 => "4.0.1",
            Self::R4B => "4.3.0",
            Self::R5 => "5.0.0",
        }
    }

    /// The number that FHIR itself uses, e.g. in the `fhirVersion` MIME type parameter.
    pub const fn number(self) -> &'static str {
        match self {
            Self::R4 => "4.0",
            Self::R4B => "4.3",
            Self::R5 => "5.0",
        }
    }
}

impl fmt::Display for FhirVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The path named a FHIR release that is not served.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a FHIR release served here: use R4, R4B or R5")]
pub struct UnknownFhirVersion;

impl FromStr for FhirVersion {
    type Err = UnknownFhirVersion;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|version| version.name() == text).ok_or(UnknownFhirVersion)
    }
}
