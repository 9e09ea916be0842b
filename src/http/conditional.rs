//! Conditional requests: what the client has already, and which version it means to change.

use std::future::{Ready, ready};
use std::time::SystemTime;

use actix_web::http::header::{HttpDate, IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH};
use actix_web::{FromRequest, HttpRequest, dev};

use super::Failure;
use crate::store::Stored;

/// `If-None-Match` and `If-Modified-Since`. What is illegible counts as not sent.
#[derive(Debug, Clone)]
pub(super) struct Validators {
    tags: Option<String>,
    since: Option<SystemTime>,
}

impl FromRequest for Validators {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _payload: &mut dev::Payload) -> Self::Future {
        let text = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
        let since =
            text(IF_MODIFIED_SINCE).and_then(|date| date.parse::<HttpDate>().ok()).map(SystemTime::from);
        ready(Ok(Self { tags: text(IF_NONE_MATCH).map(str::to_owned), since }))
    }
}

impl Validators {
    /// Nothing that the client would have.
    pub(super) const fn none() -> Self {
        Self { tags: None, since: None }
    }

    /// Whether the client has this version already. The tag decides where both were sent, as HTTP says.
    pub(super) fn are_satisfied_by(&self, stored: &Stored) -> bool {
        match (&self.tags, self.since) {
            (Some(tags), _) => names(tags, stored.version),
            // The header knows whole seconds only.
            (None, Some(since)) => whole_seconds(stored) <= since,
            (None, None) => false,
        }
    }
}

fn whole_seconds(stored: &Stored) -> SystemTime {
    let seconds = u64::try_from(stored.last_updated.as_second()).unwrap_or_default();
    SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(seconds)
}

/// `If-Match`: the version that the client means to change.
#[derive(Debug, Clone)]
pub(super) struct Expected(Option<String>);

impl FromRequest for Expected {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _payload: &mut dev::Payload) -> Self::Future {
        let tags = request.headers().get(IF_MATCH).map(|value| value.to_str().unwrap_or_default().to_owned());
        ready(Ok(Self(tags)))
    }
}

impl Expected {
    /// Refuses where the client means another version. Without the header, any will do.
    pub(super) fn check(&self, version: u32) -> Result<(), Failure> {
        match &self.0 {
            Some(tags) if !names(tags, version) => Err(Failure::OtherVersion),
            _ => Ok(()),
        }
    }
}

/// Whether a list of entity tags names a version. FHIR's are weak; some clients leave the `W/` out.
fn names(tags: &str, version: u32) -> bool {
    let quoted = format!("\"{version}\"");
    tags.split(',').map(str::trim).any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == quoted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_names_its_version_weak_or_strong_alone_or_in_a_list() {
        let cases = [
            ("W/\"2\"", true),
            ("\"2\"", true),
            ("*", true),
            ("W/\"1\", W/\"2\"", true),
            ("W/\"1\"", false),
            ("2", false),
            ("W/\"22\"", false),
            ("", false),
        ];
        for (tags, expected) in cases {
            assert_eq!(names(tags, 2), expected, "{tags}");
        }
    }
}
