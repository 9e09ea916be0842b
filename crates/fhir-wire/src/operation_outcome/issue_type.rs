//! The kinds of issue that an OperationOutcome reports.

/// What kind of thing went wrong, the whole set of R4 (which R4B and R5 keep).
///
/// Source: <https://hl7.org/fhir/R4/valueset-issue-type.html>.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IssueType {
    /// The content is invalid against the specification or a profile.
    Invalid,
    /// The body is not well formed: not JSON, or not of the shape that FHIR asks for.
    Structure,
    /// A required element is missing.
    Required,
    /// An element or header value is invalid.
    Value,
    /// A rule over several elements is broken.
    Invariant,
    /// An authentication, authorisation or permissions problem.
    Security,
    /// The client must say who it is.
    Login,
    /// The user or system could not be authenticated.
    Unknown,
    /// The session has expired.
    Expired,
    /// The user may not do this.
    Forbidden,
    /// Some information was left out for privacy.
    Suppressed,
    /// Something failed that no other code describes.
    Processing,
    /// The interaction, operation, resource or profile is not supported.
    NotSupported,
    /// There is such a record already.
    Duplicate,
    /// Several records match where one was expected.
    MultipleMatches,
    /// There is no such thing here.
    NotFound,
    /// The thing was here and is deleted.
    Deleted,
    /// The content is too long.
    TooLong,
    /// A code or system is not understood or not valid here.
    CodeInvalid,
    /// An extension is not acceptable.
    Extension,
    /// The request would take too much.
    TooCostly,
    /// A rule of the business, not of FHIR, is broken.
    BusinessRule,
    /// Two versions of the truth collide.
    Conflict,
    /// A passing problem: the same request may succeed later.
    Transient,
    /// A lock could not be had.
    LockError,
    /// The store is not available.
    NoStore,
    /// An unexpected internal error.
    Exception,
    /// An internal time limit has passed.
    Timeout,
    /// Not all data sources answered, so that the result is incomplete.
    Incomplete,
    /// The caller asks too much and is slowed down.
    Throttled,
    /// Nothing is wrong; a person may want to know this.
    Informational,
}

impl IssueType {
    /// The code in FHIR.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Invalid => "invalid",
            Self::Structure => "structure",
            Self::Required => "required",
            Self::Value => "value",
            Self::Invariant => "invariant",
            Self::Security => "security",
            Self::Login => "login",
            Self::Unknown => "unknown",
            Self::Expired => "expired",
            Self::Forbidden => "forbidden",
            Self::Suppressed => "suppressed",
            Self::Processing => "processing",
            Self::NotSupported => "not-supported",
            Self::Duplicate => "duplicate",
            Self::MultipleMatches => "multiple-matches",
            Self::NotFound => "not-found",
            Self::Deleted => "deleted",
            Self::TooLong => "too-long",
            Self::CodeInvalid => "code-invalid",
            Self::Extension => "extension",
            Self::TooCostly => "too-costly",
            Self::BusinessRule => "business-rule",
            Self::Conflict => "conflict",
            Self::Transient => "transient",
            Self::LockError => "lock-error",
            Self::NoStore => "no-store",
            Self::Exception => "exception",
            Self::Timeout => "timeout",
            Self::Incomplete => "incomplete",
            Self::Throttled => "throttled",
            Self::Informational => "informational",
        }
    }
}
