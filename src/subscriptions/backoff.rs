//! How long to wait before an endpoint is asked again.

use std::time::Duration;

/// After so many failures in a row a subscription is in error: about an hour and a half after the first.
pub(super) const MOST_FAILURES: i64 = 16;
const FIRST: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_mins(15);

/// The wait after so many failures in a row: doubled each time, up to a quarter of an hour; and up to a half more of it,
/// by `chance` (0 to 255), so that not everybody comes back at once.
pub(super) fn wait(failures: i64, chance: u8) -> Duration {
    let doublings = u32::try_from(failures.saturating_sub(1).clamp(0, 20)).unwrap_or_default();
    let wait = FIRST.saturating_mul(1 << doublings).min(LONGEST);
    wait + wait.mul_f64(f64::from(chance) / 512.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_up_to_its_bound() {
        for (failures, seconds) in [(0, 1), (1, 1), (2, 2), (3, 4), (10, 512), (11, 900), (1000, 900)] {
            assert_eq!(wait(failures, 0), Duration::from_secs(seconds), "{failures}");
        }
        let longest = wait(1, u8::MAX);
        assert!(
            longest > Duration::from_millis(1490) && longest < Duration::from_millis(1500),
            "{longest:?}"
        );
    }

    #[test]
    fn an_endpoint_has_over_an_hour_to_come_back() {
        let waited: Duration = (1..MOST_FAILURES).map(|failures| wait(failures, 0)).sum();
        assert!(waited > Duration::from_hours(1), "{waited:?}");
    }
}
