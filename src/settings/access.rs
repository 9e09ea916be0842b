//! Who may call.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::ehr::{Network, ServerUrl};
use super::values::{InvalidValue, Tenant};

/// Who signs the tokens of callers: a CDS client for itself, or an authorization server for the clients of the FHIR API.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokenIssuer {
    /// The `iss` of its tokens.
    pub issuer: NonEmpty,
    /// Its public keys, as a JSON Web Key Set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key_set: Option<String>,
    /// The file of its public keys, read once at the start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key_set_file: Option<PathBuf>,
    /// Where its public keys are published. A token may name one of these as its `jku`; one that names none is checked
    /// against all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub key_set_urls: Vec<ServerUrl>,
    /// The networks that are not public and in which `key_set_urls` may lie.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub private_addresses: Vec<Network>,
    /// Certificates (PEM) of the authority behind `key_set_urls`, beside those that the machine trusts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate_authority_file: Option<PathBuf>,
    /// What its tokens may say in `aud` beside the URL that is called.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub audiences: Vec<NonEmpty>,
    /// What its tokens must say in `tenant`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenant_claim: Option<NonEmpty>,
    /// Where it issues tokens, to be told to those who look for it in `smart-configuration`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token_endpoint: Option<ServerUrl>,
    /// Whose data its calls are about; without it, the service's `tenant`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenant: Option<Tenant>,
    /// How long its tokens may be good for.
    #[serde(default = "an_hour")]
    pub token_lifetime_limit_seconds: u32,
}

const fn an_hour() -> u32 {
    3600
}

/// Whether callers without a token are answered where no issuer of tokens is registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WithoutToken {
    /// In development: while nobody at all is registered and the service listens on this machine alone.
    Development,
    /// Everywhere. Something in front of the service must then know who calls.
    Allowed,
    /// Nowhere.
    Refused,
}

/// A text that is not empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct NonEmpty(String);

impl NonEmpty {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// One of the service's own.
    pub(super) fn known(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl TryFrom<String> for NonEmpty {
    type Error = InvalidValue;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if text.trim().is_empty() {
            Err(InvalidValue("an empty text means nothing here"))
        } else {
            Ok(Self(text))
        }
    }
}

impl From<NonEmpty> for String {
    fn from(text: NonEmpty) -> Self {
        text.0
    }
}

/// The origin of a web page, as a browser sends it: `https://ehr.hospital.example`; or `*` for any.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WebOrigin(String);

impl WebOrigin {
    /// The origin.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for WebOrigin {
    type Error = InvalidValue;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let is_origin = url::Url::parse(&text).is_ok_and(|url| {
            matches!(url.scheme(), "http" | "https") && url.origin().ascii_serialization() == text
        });
        if text == "*" || is_origin {
            Ok(Self(text))
        } else {
            Err(InvalidValue("an origin is like https://ehr.hospital.example, without a path; or \"*\""))
        }
    }
}

impl From<WebOrigin> for String {
    fn from(origin: WebOrigin) -> Self {
        origin.0
    }
}
