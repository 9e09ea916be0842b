//! A circuit breaker: a server that fails again and again is left alone for a while.
//!
//! So a dead EHR costs its callers nothing but the data, and is not hammered while it recovers.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// So many failures in a row open the circuit.
const FAILURES: u32 = 5;
/// For so long nothing is asked; then one request tries.
const PAUSE: Duration = Duration::from_secs(10);

/// The circuit of one server.
#[derive(Debug, Default)]
pub(super) struct Breaker(Mutex<Circuit>);

#[derive(Debug, Default)]
struct Circuit {
    failures_in_a_row: u32,
    paused_until: Option<Instant>,
}

impl Breaker {
    /// Whether a request may go out now. While the circuit is open, one in each pause may.
    pub(super) fn admits(&self, now: Instant) -> bool {
        let mut circuit = self.circuit();
        match circuit.paused_until {
            Some(until) if now < until => false,
            Some(_) => {
                circuit.paused_until = Some(now + PAUSE);
                true
            }
            None => true,
        }
    }

    /// The server answered.
    pub(super) fn succeeded(&self) {
        *self.circuit() = Circuit::default();
    }

    /// The server did not answer, or said that it cannot.
    pub(super) fn failed(&self, now: Instant) {
        let mut circuit = self.circuit();
        circuit.failures_in_a_row = circuit.failures_in_a_row.saturating_add(1);
        if circuit.failures_in_a_row >= FAILURES {
            circuit.paused_until = Some(now + PAUSE);
        }
    }

    /// Two numbers, which no panic leaves half written.
    fn circuit(&self) -> std::sync::MutexGuard<'_, Circuit> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_that_fails_five_times_is_asked_once_a_pause_until_it_answers() {
        let breaker = Breaker::default();
        let start = Instant::now();
        for _ in 0..4 {
            breaker.failed(start);
            assert!(breaker.admits(start));
        }
        breaker.failed(start);
        assert!(!breaker.admits(start));
        assert!(!breaker.admits(start + Duration::from_millis(9_999)));
        let later = start + PAUSE;
        assert!(breaker.admits(later), "one request tries");
        assert!(!breaker.admits(later), "and no other beside it");
        breaker.failed(later);
        assert!(!breaker.admits(later + PAUSE / 2));
        let much_later = later + PAUSE;
        assert!(breaker.admits(much_later));
        breaker.succeeded();
        assert!(breaker.admits(much_later) && breaker.admits(much_later));
    }

    #[test]
    fn failures_with_an_answer_between_them_do_not_add_up() {
        let breaker = Breaker::default();
        let now = Instant::now();
        for _ in 0..20 {
            breaker.failed(now);
            breaker.succeeded();
        }
        assert!(breaker.admits(now));
    }
}
