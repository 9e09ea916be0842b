//! The name under which a request is found in the log.

use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};

pub(super) const HEADER: HeaderName = HeaderName::from_static("x-request-id");

const MAX_LENGTH: usize = 64;

/// A request id: the client's where it is harmless, else a new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RequestId(String);

impl RequestId {
    /// The id of a request with these headers.
    ///
    /// The client's is taken when it is short and of letters, digits, `-`, `_` and `.` alone: it cannot then break a
    /// log line or a header.
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        headers
            .get(HEADER)
            .and_then(|value| value.to_str().ok())
            .filter(|id| (1..=MAX_LENGTH).contains(&id.len()) && id.bytes().all(allowed))
            .map_or_else(Self::new, |id| Self(id.to_owned()))
    }

    /// A number that no other request of this process has and that other processes hardly have either.
    fn new() -> Self {
        static SEED: LazyLock<RandomState> = LazyLock::new(RandomState::new);
        static COUNT: AtomicU64 = AtomicU64::new(0);
        Self(format!("{:016x}", SEED.hash_one(COUNT.fetch_add(1, Ordering::Relaxed))))
    }

    pub(super) fn header_value(&self) -> HeaderValue {
        HeaderValue::from_str(&self.0).unwrap_or_else(|_| HeaderValue::from_static("invalid"))
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
