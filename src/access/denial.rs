//! Why a caller is not let in. It is for the log alone: whoever is refused learns nothing from us.

use std::fmt;

/// Why a token is not accepted. Says nothing of what stands in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Denial {
    /// There is none.
    NoToken,
    /// It is no signed JWT, or beyond any reasonable size.
    NoJwt,
    /// Its algorithm is none of the asymmetric ones, or its header asks for something that is not understood.
    Header,
    /// Its issuer is not registered.
    Issuer,
    /// The URL of its keys is not one that is registered for its issuer.
    KeyUrl,
    /// Its key is not known, or more than one key answers to its name.
    Key,
    /// Its signature is wrong.
    Signature,
    /// It has run out, begins later, is from the future, or is good for too long.
    Time,
    /// It is for somebody else.
    Audience,
    /// A claim that it must have is missing or illegible.
    Claim,
    /// It is of another tenant.
    Tenant,
    /// It was used before.
    Replayed,
    /// So many tokens were used that one more cannot be remembered.
    Overloaded,
}

impl Denial {
    /// Stable slug for the log.
    pub const fn key(self) -> &'static str {
        match self {
            Self::NoToken => "no-token",
            Self::NoJwt => "no-jwt",
            Self::Header => "header",
            Self::Issuer => "issuer",
            Self::KeyUrl => "key-url",
            Self::Key => "key",
            Self::Signature => "signature",
            Self::Time => "time",
            Self::Audience => "audience",
            Self::Claim => "claim",
            Self::Tenant => "tenant",
            Self::Replayed => "replayed",
            Self::Overloaded => "overloaded",
        }
    }
}

impl fmt::Display for Denial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}
