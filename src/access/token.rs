//! A signed token, taken apart but not believed yet.
//!
//! Header and claims are read here and not by jsonwebtoken, which does the signatures: its own check of claims lets tokens
//! without `aud` or `iss` pass, and cannot read numbers in this build (serde_json's `arbitrary_precision`). A key that stands
//! twice is refused.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::Algorithm;

use super::denial::Denial;
use crate::fhir::{Json, Kind, Object};

/// The longest token that is looked at.
const MOST_BYTES: usize = 16 * 1024;

/// The algorithms whose keys are public. `none` and the symmetric ones are not among them, whatever a token says.
const ALGORITHMS: [(&str, Algorithm); 9] = [
    ("ES384", Algorithm::ES384),
    ("RS384", Algorithm::RS384),
    ("ES256", Algorithm::ES256),
    ("RS256", Algorithm::RS256),
    ("RS512", Algorithm::RS512),
    ("PS256", Algorithm::PS256),
    ("PS384", Algorithm::PS384),
    ("PS512", Algorithm::PS512),
    ("EdDSA", Algorithm::EdDSA),
];

/// A compact JWS with its parts.
pub(super) struct Token<'t> {
    /// What is signed: header and claims as they came.
    pub signed: &'t str,
    /// The signature, still encoded.
    pub signature: &'t str,
    /// How it is signed.
    pub algorithm: Algorithm,
    /// With which key.
    pub key_id: String,
    /// The media type of the token, in lower case.
    pub kind: Option<String>,
    /// Where the key is published, as the token says.
    pub key_url: Option<String>,
    /// The claims as JSON text.
    pub claims: String,
}

impl<'t> Token<'t> {
    /// Takes a token apart.
    pub fn read(text: &'t str) -> Result<Self, Denial> {
        if text.len() > MOST_BYTES {
            return Err(Denial::NoJwt);
        }
        let (signed, signature) = text.rsplit_once('.').ok_or(Denial::NoJwt)?;
        let (header, claims) = signed.split_once('.').ok_or(Denial::NoJwt)?;
        if claims.contains('.') {
            return Err(Denial::NoJwt);
        }
        let header = decoded(header)?;
        let header = object(&header)?;
        // Whatever it is, it must be understood, and no extension is.
        if header.get("crit").is_some() {
            return Err(Denial::Header);
        }
        let algorithm = member(&header, "alg").ok_or(Denial::Header)?;
        let (_, algorithm) = *ALGORITHMS.iter().find(|(name, _)| *name == algorithm).ok_or(Denial::Header)?;
        let key_id = member(&header, "kid").filter(|id| !id.is_empty()).ok_or(Denial::Key)?;
        let key_url = match header.get("jku") {
            Some(_) => Some(member(&header, "jku").ok_or(Denial::KeyUrl)?),
            None => None,
        };
        let kind = member(&header, "typ").map(|kind| kind.to_ascii_lowercase());
        Ok(Self { signed, signature, algorithm, key_id, kind, key_url, claims: decoded(claims)? })
    }
}

fn decoded(part: &str) -> Result<String, Denial> {
    let bytes = URL_SAFE_NO_PAD.decode(part).map_err(|_| Denial::NoJwt)?;
    String::from_utf8(bytes).map_err(|_| Denial::NoJwt)
}

/// The members of a JSON object, none of which stands twice.
pub(super) fn object(text: &str) -> Result<Object<'_>, Denial> {
    let json = Json::parse(text).map_err(|_| Denial::NoJwt)?;
    if json.kind() != Kind::Object {
        return Err(Denial::NoJwt);
    }
    json.object().map_err(|_| Denial::NoJwt)
}

/// A member that is a string.
pub(super) fn member(object: &Object<'_>, name: &str) -> Option<String> {
    object.get(name)?.string().ok().map(std::borrow::Cow::into_owned)
}
