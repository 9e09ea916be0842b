//! Why data could not be fetched.

use std::fmt;

/// Why a page could not be had. None of these says anything about a patient, so they can be logged and counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum FetchFailure {
    /// The deadline passed.
    Deadline,
    /// The server failed again and again and is left alone for the moment.
    LeftAlone,
    /// No connection, or one that broke.
    Connection,
    /// The address is not one that this server may have.
    Address,
    /// The server answered with an error of its own, or that it has too much to do.
    Unavailable,
    /// The server refused: no permission, no such search.
    Refused,
    /// There is no such thing on the server.
    NotFound,
    /// No token for the server could be had.
    NoToken,
    /// The server sent the request elsewhere, where it does not go.
    Redirected,
    /// What came is not the FHIR data that was asked for.
    NotAsAsked,
    /// There is more than the operator's limit of size.
    TooLarge,
    /// There are more pages than the operator's limit.
    TooManyPages,
    /// The next page is not below the server's base URL.
    LeadsElsewhere,
    /// The next page is one that was read before.
    GoesRound,
}

impl FetchFailure {
    /// Whether the same may succeed later.
    pub const fn is_passing(self) -> bool {
        matches!(self, Self::Deadline | Self::LeftAlone | Self::Connection | Self::Unavailable)
    }

    /// Stable slug for logs and counters.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Deadline => "deadline",
            Self::LeftAlone => "left-alone",
            Self::Connection => "connection",
            Self::Address => "address",
            Self::Unavailable => "unavailable",
            Self::Refused => "refused",
            Self::NotFound => "not-found",
            Self::NoToken => "no-token",
            Self::Redirected => "redirected",
            Self::NotAsAsked => "not-as-asked",
            Self::TooLarge => "too-large",
            Self::TooManyPages => "too-many-pages",
            Self::LeadsElsewhere => "leads-elsewhere",
            Self::GoesRound => "goes-round",
        }
    }
}

impl fmt::Display for FetchFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}
