//! The key to a FHIR server.

use std::fmt;

use reqwest::header::HeaderValue;
use zeroize::Zeroizing;

/// The longest token that is passed on.
const MOST_BYTES: usize = 16 * 1024;

/// An access token. It can be put into the header of a request and nowhere else: it has no text form, and its memory is
/// wiped.
pub struct BearerToken(Zeroizing<String>);

impl BearerToken {
    /// A token of the characters that RFC 6750 allows.
    pub fn new(token: String) -> Option<Self> {
        let token = Zeroizing::new(token);
        let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte);
        let is_token = (1..=MOST_BYTES).contains(&token.len()) && token.bytes().all(is_allowed);
        is_token.then_some(Self(token))
    }

    /// The value of an `Authorization` header.
    pub(super) fn header(&self) -> Option<HeaderValue> {
        let text = Zeroizing::new(["Bearer ", &self.0].concat());
        let mut header = HeaderValue::from_str(&text).ok()?;
        header.set_sensitive(true);
        Some(header)
    }
}

impl fmt::Debug for BearerToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BearerToken")
    }
}
