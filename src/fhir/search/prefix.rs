//! `eq`, `gt` and the other prefixes: what a value of a search asks of a date or a number.

use super::Interval;

/// How a value is compared. Without a prefix: [`Prefix::Equal`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prefix {
    /// `eq`: within what was given.
    Equal,
    /// `ne`: not within.
    NotEqual,
    /// `gt`: at least partly after.
    Greater,
    /// `lt`: at least partly before.
    Less,
    /// `ge`: within, or at least partly after.
    GreaterOrEqual,
    /// `le`: within, or at least partly before.
    LessOrEqual,
    /// `sa`: wholly after.
    StartsAfter,
    /// `eb`: wholly before.
    EndsBefore,
    /// `ap`: near.
    Approximate,
}

/// A microsecond in the middle of the range of `i64`, so that sums stay within it.
const EVER: (i64, i64) = (i64::MIN / 4, i64::MAX / 4);

/// Dates that begin within one range of time and end within another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first and the last microsecond in which they may begin.
    pub start: (i64, i64),
    /// The first and the last microsecond in which they may end.
    pub end: (i64, i64),
}

impl Span {
    const ANY: Self = Self { start: EVER, end: EVER };

    const fn start_from(first: i64) -> Self {
        Self { start: (first, EVER.1), ..Self::ANY }
    }

    const fn start_until(last: i64) -> Self {
        Self { start: (EVER.0, last), ..Self::ANY }
    }

    const fn end_from(first: i64) -> Self {
        Self { end: (first, EVER.1), ..Self::ANY }
    }

    const fn end_until(last: i64) -> Self {
        Self { end: (EVER.0, last), ..Self::ANY }
    }

    /// The instants among them: those that begin and end at once.
    pub fn instants(&self) -> (i64, i64) {
        (self.start.0.max(self.end.0), self.start.1.min(self.end.1))
    }
}

impl Prefix {
    /// Takes the prefix off a value.
    pub fn split(text: &str) -> (Self, &str) {
        let known = [
            ("eq", Self::Equal),
            ("ne", Self::NotEqual),
            ("gt", Self::Greater),
            ("lt", Self::Less),
            ("ge", Self::GreaterOrEqual),
            ("le", Self::LessOrEqual),
            ("sa", Self::StartsAfter),
            ("eb", Self::EndsBefore),
            ("ap", Self::Approximate),
        ];
        known
            .into_iter()
            .find_map(|(key, prefix)| text.strip_prefix(key).map(|rest| (prefix, rest)))
            .unwrap_or((Self::Equal, text))
    }

    /// The dates that are meant: any of the spans. `now` decides how near `ap` is.
    ///
    /// FHIR compares intervals: the resource's date, of which each span bounds the first and the last microsecond, with
    /// the one of the search.
    pub fn dates(self, asked: Interval, now: i64) -> Vec<Span> {
        let Interval { start, end, .. } = asked;
        match self {
            Self::Equal => vec![Span { start: (start, EVER.1), end: (EVER.0, end) }],
            Self::NotEqual => vec![Span::start_until(start - 1), Span::end_from(end + 1)],
            Self::Greater => vec![Span::end_from(end + 1)],
            Self::Less => vec![Span::start_until(start - 1)],
            Self::GreaterOrEqual => vec![Span::end_from(end + 1), Span::start_from(start)],
            Self::LessOrEqual => vec![Span::start_until(start - 1), Span::end_until(end)],
            Self::StartsAfter => vec![Span::start_from(end + 1)],
            Self::EndsBefore => vec![Span::end_until(start - 1)],
            Self::Approximate => {
                let margin = (now - start).abs() / 10;
                vec![Span { start: (EVER.0, end + margin), end: (start - margin, EVER.1) }]
            }
        }
    }

    /// The instants of storing that are meant: any of the ranges, from their first to their last microsecond.
    ///
    /// Here a time of day after `gt` is a point and not an interval: a poller whose library cuts `lastUpdated` to
    /// milliseconds then sees some rows again, which it can tell by their versions, and misses none.
    pub fn instants(self, asked: Interval, now: i64) -> Vec<(i64, i64)> {
        if self == Self::Greater && asked.has_time {
            return vec![(asked.start + 1, EVER.1)];
        }
        self.dates(asked, now).iter().map(Span::instants).collect()
    }

    /// The numbers that are meant: any of the ranges, without their ends.
    ///
    /// `0.5` is everything that rounds to it where equality is asked, and itself where it is a bound.
    pub fn numbers(self, value: f64, half_step: f64) -> Vec<(f64, f64)> {
        let (from, to) = (value - half_step, value + half_step);
        // The next number, so that a range without its ends has the value in it.
        let (below, above) = (value.next_down(), value.next_up());
        match self {
            Self::Equal => vec![(from.next_down(), to)],
            Self::NotEqual => vec![(f64::NEG_INFINITY, from), (to.next_down(), f64::INFINITY)],
            Self::Greater | Self::StartsAfter => vec![(value, f64::INFINITY)],
            Self::Less | Self::EndsBefore => vec![(f64::NEG_INFINITY, value)],
            Self::GreaterOrEqual => vec![(below, f64::INFINITY)],
            Self::LessOrEqual => vec![(f64::NEG_INFINITY, above)],
            Self::Approximate => {
                let margin = (value.abs() / 10.0).max(half_step);
                vec![((value - margin).next_down(), (value + margin).next_up())]
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// FHIR's words for the prefixes, on intervals, in the most literal form.
    fn means(prefix: Prefix, search: (i64, i64), target: (i64, i64)) -> bool {
        let contains = search.0 <= target.0 && target.1 <= search.1;
        let (above, below) = (target.1 > search.1, target.0 < search.0);
        match prefix {
            Prefix::Equal => contains,
            Prefix::NotEqual => !contains,
            Prefix::Greater => above,
            Prefix::Less => below,
            Prefix::GreaterOrEqual => above || contains,
            Prefix::LessOrEqual => below || contains,
            Prefix::StartsAfter => target.0 > search.1,
            Prefix::EndsBefore => target.1 < search.0,
            Prefix::Approximate => target.0 <= search.1 && target.1 >= search.0,
        }
    }

    const ALL: [&str; 9] = ["eq", "ne", "gt", "lt", "ge", "le", "sa", "eb", "ap"];

    #[test]
    fn every_prefix_compares_every_pair_of_intervals_as_fhir_says() {
        let intervals: Vec<(i64, i64)> =
            (0..8).flat_map(|start| (start..8).map(move |end| (start, end))).collect();
        for key in ALL {
            let (prefix, rest) = Prefix::split(key);
            assert_eq!(rest, "");
            for search in &intervals {
                let asked = Interval { start: search.0, end: search.1, has_time: false };
                // As of the start itself, `ap` has no margin.
                let spans = prefix.dates(asked, search.0);
                for target in &intervals {
                    let within = |(first, last): (i64, i64), value| first <= value && value <= last;
                    let found =
                        spans.iter().any(|span| within(span.start, target.0) && within(span.end, target.1));
                    assert_eq!(found, means(prefix, *search, *target), "{key} {search:?} {target:?}");
                    if target.0 == target.1 {
                        let ranges = prefix.instants(asked, search.0);
                        let found = ranges.iter().any(|range| within(*range, target.0));
                        assert_eq!(found, means(prefix, *search, *target), "{key} {search:?} {target:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn near_is_a_tenth_of_the_time_that_has_passed() {
        let asked = Interval { start: 1000, end: 1000, has_time: true };
        assert_eq!(Prefix::Approximate.instants(asked, 2000), [(900, 1100)]);
    }

    #[test]
    fn a_poller_that_cuts_the_time_to_milliseconds_misses_nothing() {
        let asked: Interval = "2026-05-03T10:00:00.123Z".parse().unwrap();
        let ranges = Prefix::Greater.instants(asked, 0);
        let stored: Interval = "2026-05-03T10:00:00.123001Z".parse().unwrap();
        assert!(ranges.iter().any(|range| range.0 <= stored.start), "{ranges:?}");
        assert!(ranges.iter().all(|range| range.0 > asked.start), "{ranges:?}");
    }

    #[test]
    fn a_number_is_what_rounds_to_it_or_a_bound() {
        type Case<'a> = (&'a str, f64, f64, &'a [f64], &'a [f64]);
        // prefix, number asked, half of its last digit; numbers found, numbers not found.
        let cases: [Case<'_>; 9] = [
            ("eq", 0.5, 0.05, &[0.45, 0.5, 0.549], &[0.44, 0.55]),
            ("ne", 0.5, 0.05, &[0.44, 0.55], &[0.45, 0.5]),
            ("gt", 0.5, 0.05, &[0.51, 1.0], &[0.5, 0.49]),
            ("lt", 0.5, 0.05, &[0.49], &[0.5, 0.51]),
            ("ge", 0.5, 0.05, &[0.5, 0.51], &[0.49]),
            ("le", 0.5, 0.05, &[0.5, 0.49], &[0.51]),
            ("sa", 0.5, 0.05, &[0.51], &[0.5]),
            ("eb", 0.5, 0.05, &[0.49], &[0.5]),
            ("ap", 10.0, 0.5, &[9.0, 11.0], &[8.9, 11.1]),
        ];
        for (key, value, half_step, found, not_found) in cases {
            let ranges = Prefix::split(key).0.numbers(value, half_step);
            let matches = |number: &f64| ranges.iter().any(|(above, below)| above < number && number < below);
            assert!(found.iter().all(matches), "{key} {ranges:?}");
            assert!(!not_found.iter().any(matches), "{key} {ranges:?}");
        }
    }
}
