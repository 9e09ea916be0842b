//! Which exports this process is laying out, and when each was last asked for.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Exports under way in this process.
#[derive(Debug, Default)]
pub(in crate::http) struct Polls(Mutex<HashMap<String, Poll>>);

#[derive(Debug, Default)]
struct Poll {
    is_under_way: bool,
    last: Option<Instant>,
}

impl Polls {
    /// Takes on an export; `false` where this process is at it already.
    pub(super) fn begin(&self, id: &str) -> bool {
        let mut polls = self.lock();
        let poll = polls.entry(id.to_owned()).or_default();
        !std::mem::replace(&mut poll.is_under_way, true)
    }

    /// Puts an export down.
    pub(super) fn end(&self, id: &str) {
        self.lock().remove(id);
    }

    /// Notes that somebody asks; `true` where the last time was less than this ago.
    pub(super) fn is_too_fast(&self, id: &str, least: Duration) -> bool {
        let mut polls = self.lock();
        let poll = polls.entry(id.to_owned()).or_default();
        let before = poll.last.replace(Instant::now());
        before.is_some_and(|before| before.elapsed() < least)
    }

    /// The map is whole between any two operations on it, also after a panic.
    fn lock(&self) -> MutexGuard<'_, HashMap<String, Poll>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_export_is_taken_on_once_and_may_be_asked_for_at_intervals() {
        let polls = Polls::default();
        assert!(polls.begin("a") && !polls.begin("a") && polls.begin("b"));
        assert!(!polls.is_too_fast("a", Duration::from_mins(1)));
        assert!(polls.is_too_fast("a", Duration::from_mins(1)));
        assert!(!polls.is_too_fast("a", Duration::ZERO));
        polls.end("a");
        assert!(polls.begin("a"));
    }
}
