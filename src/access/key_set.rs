//! Public keys, as a JSON Web Key Set (RFC 7517).

use jsonwebtoken::{Algorithm, DecodingKey};

use super::denial::Denial;
use super::token::{Token, member, object};
use crate::fhir::{Json, Kind, Object};

/// The most keys of a set that are looked at.
const MOST_KEYS: usize = 100;

/// The keys of an issuer that can check signatures.
pub(super) struct KeySet(Vec<Key>);

struct Key {
    id: String,
    family: Family,
    /// The only algorithm that it is for, where it says so.
    algorithm: Option<String>,
    verifier: DecodingKey,
}

/// Which algorithms a key can be for, by its mathematics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    Rsa,
    P256,
    P384,
    Ed25519,
}

impl KeySet {
    /// Reads a set. Keys that are of another kind or for another use, or that are illegible, are passed over: a set holds
    /// whatever its owner needs. `None` where it is no set, or none of its keys can check a signature.
    pub fn read(text: &str) -> Option<Self> {
        let set = object(text).ok()?;
        let keys = set.get("keys").filter(|keys| keys.kind() == Kind::Array)?.array().ok()?;
        let keys: Vec<Key> = keys.into_iter().take(MOST_KEYS).filter_map(key).collect();
        (!keys.is_empty()).then_some(Self(keys))
    }

    /// Whether there is a key of this name.
    pub fn has(&self, id: &str) -> bool {
        self.0.iter().any(|key| key.id == id)
    }

    /// Checks the signature of a token. Where two keys answer to the name and could both be meant, none is.
    pub fn verify(&self, token: &Token<'_>) -> Result<(), Denial> {
        let mut fitting = self.0.iter().filter(|key| key.id == token.key_id && key.is_for(token.algorithm));
        let (Some(key), None) = (fitting.next(), fitting.next()) else {
            return Err(Denial::Key);
        };
        match jsonwebtoken::crypto::verify(
            token.signature,
            token.signed.as_bytes(),
            &key.verifier,
            token.algorithm,
        ) {
            Ok(true) => Ok(()),
            Ok(false) | Err(_) => Err(Denial::Signature),
        }
    }
}

impl Key {
    fn is_for(&self, algorithm: Algorithm) -> bool {
        let family = match algorithm {
            Algorithm::RS256
            | Algorithm::RS384
            | Algorithm::RS512
            | Algorithm::PS256
            | Algorithm::PS384
            | Algorithm::PS512 => Family::Rsa,
            Algorithm::ES256 => Family::P256,
            Algorithm::ES384 => Family::P384,
            Algorithm::EdDSA => Family::Ed25519,
            _ => return false,
        };
        let is_the_one = |name: &String| name.parse().is_ok_and(|named: Algorithm| named == algorithm);
        self.family == family && self.algorithm.as_ref().is_none_or(is_the_one)
    }
}

/// A key that can check signatures.
fn key(json: Json<'_>) -> Option<Key> {
    let members = json.object().ok()?;
    let is_for_signatures = match members.get("use") {
        Some(r#use) => r#use.string().is_ok_and(|r#use| r#use == "sig"),
        None => true,
    };
    let may_verify = match members.get("key_ops") {
        Some(operations) => operations.array().is_ok_and(|operations| {
            operations.iter().any(|operation| operation.string().is_ok_and(|operation| operation == "verify"))
        }),
        None => true,
    };
    if !is_for_signatures || !may_verify {
        return None;
    }
    let (family, verifier) = mathematics(&members)?;
    Some(Key { id: member(&members, "kid")?, family, algorithm: member(&members, "alg"), verifier })
}

fn mathematics(members: &Object<'_>) -> Option<(Family, DecodingKey)> {
    let text = |name| member(members, name);
    match (text("kty")?.as_str(), text("crv").as_deref()) {
        ("RSA", _) => Some((Family::Rsa, DecodingKey::from_rsa_components(&text("n")?, &text("e")?).ok()?)),
        ("EC", Some("P-256")) => {
            Some((Family::P256, DecodingKey::from_ec_components(&text("x")?, &text("y")?).ok()?))
        }
        ("EC", Some("P-384")) => {
            Some((Family::P384, DecodingKey::from_ec_components(&text("x")?, &text("y")?).ok()?))
        }
        ("OKP", Some("Ed25519")) => {
            Some((Family::Ed25519, DecodingKey::from_ed_components(&text("x")?).ok()?))
        }
        _ => None,
    }
}
