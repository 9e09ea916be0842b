//! The numbers that the intervals are judged by: what is listed here is what is applied, so that nothing else need be told.

use super::TimerKind;
use crate::clinical::domain;
use crate::guidance::rule::{Rule, rules as cn};

domain! {
    /// What a number says of an interval.
    LimitKind, "interval-limit" {
        /// The interval must be longer than this.
        MoreThan = "more-than",
        /// At least this long; earlier only once the wound has healed.
        AtLeastUnlessHealed = "at-least-unless-healed",
        /// The window begins here; earlier only once the wound has healed.
        From = "from",
        /// The window ends here.
        Until = "until",
        /// Not longer, as far as possible.
        Preferred = "preferred",
        /// Not longer in any case.
        AtLatest = "at-latest",
        /// From here on it is a warning that what must follow is not booked.
        RemindedFrom = "reminded-from",
        /// Past this nothing is said of the interval any more: a policy of this program without a source.
        NoLongerShown = "no-longer-shown",
    }
}

domain! {
    /// What an interval is counted in.
    TimeUnit, "time-unit" {
        /// Hours.
        Hours = "hours",
        /// Calendar days.
        Days = "days",
    }
}

/// A number that an interval is judged by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// Which interval.
    pub timer: TimerKind,
    /// What the number says of it.
    pub kind: LimitKind,
    /// The number.
    pub amount: i32,
    /// What it counts.
    pub unit: TimeUnit,
    /// The rules of the consensus behind it; none where it is a policy of this program.
    pub rules: &'static [Rule],
}

const fn days(timer: TimerKind, kind: LimitKind, amount: i32, rules: &'static [Rule]) -> Limit {
    Limit { timer, kind, amount, unit: TimeUnit::Days, rules }
}

const fn hours(timer: TimerKind, kind: LimitKind, amount: i32, rules: &'static [Rule]) -> Limit {
    Limit { timer, kind, amount, unit: TimeUnit::Hours, rules }
}

/// Three times the longest hold of the table of drugs, so that a drug of years ago makes no timer.
pub(in crate::guidance) const DRUG_LONG_PAST: Limit =
    days(TimerKind::DrugToOperation, LimitKind::NoLongerShown, 90, &[]);

/// Strictly more than two weeks (RUL-9a).
pub(super) const RADIOTHERAPY_TO_OPERATION: Limit =
    days(TimerKind::RadiotherapyToOperation, LimitKind::MoreThan, 14, &[cn::RT_TO_SURGERY]);

/// Two weeks, or a wound that has healed (RUL-9b).
pub(super) const OPERATION_TO_RADIOTHERAPY: Limit =
    days(TimerKind::OperationToRadiotherapy, LimitKind::AtLeastUnlessHealed, 14, &[cn::SURGERY_TO_RT]);

/// The window of stereotactic radiotherapy opens after three weeks (RUL-9c).
pub(super) const SEPARATION_WINDOW_OPENS: Limit =
    days(TimerKind::SeparationToSsrs, LimitKind::From, 21, &[cn::SEP_35]);

/// It closes after five.
pub(super) const SEPARATION_WINDOW_CLOSES: Limit =
    days(TimerKind::SeparationToSsrs, LimitKind::Until, 35, &[cn::SEP_35]);

/// A week before the window opens it should be booked (specification D.4).
pub(super) const SEPARATION_REMINDER: Limit =
    days(TimerKind::SeparationToSsrs, LimitKind::RemindedFrom, 14, &[cn::SEP_RT]);

/// Nobody acts any more on what did not follow: no source says when.
pub(super) const SEPARATION_LONG_PAST: Limit =
    days(TimerKind::SeparationToSsrs, LimitKind::NoLongerShown, 90, &[]);

/// As far as possible within 24 hours of the embolisation.
pub(super) const EMBOLISATION_PREFERRED: Limit =
    hours(TimerKind::EmbolisationToOperation, LimitKind::Preferred, 24, &[cn::EMB_24H]);

/// Within 48 at the latest.
pub(super) const EMBOLISATION_AT_LATEST: Limit =
    hours(TimerKind::EmbolisationToOperation, LimitKind::AtLatest, 48, &[cn::EMB_48H]);

/// As after separation surgery.
pub(super) const AUGMENTATION_LONG_PAST: Limit =
    days(TimerKind::AugmentationToRadiotherapy, LimitKind::NoLongerShown, 90, &[]);

/// Every number, by interval. The holds of drugs have a table of their own.
pub const LIMITS: [Limit; 10] = [
    DRUG_LONG_PAST,
    RADIOTHERAPY_TO_OPERATION,
    OPERATION_TO_RADIOTHERAPY,
    SEPARATION_WINDOW_OPENS,
    SEPARATION_WINDOW_CLOSES,
    SEPARATION_REMINDER,
    SEPARATION_LONG_PAST,
    EMBOLISATION_PREFERRED,
    EMBOLISATION_AT_LATEST,
    AUGMENTATION_LONG_PAST,
];
