//! Intervals between treatments: how long a drug must be stopped, how far radiotherapy and operation must lie apart, how
//! long an embolisation lasts (specification D.3 and D.4, rulings RUL-9 and RUL-10).
//!
//! A date that is only a month is an interval, and so is what follows from it: a timer has the states of both ends and of
//! all between. A date that is not known leaves the states open and says which date is needed. Pairs of treatments that
//! both lie in the past are left out: nobody can act on them any more.

mod build;
mod drugs;
mod elapsed;
mod limit;
mod moment;

use super::alert::Severity;
use super::rule::Rule;
use crate::clinical::{Answer, Case, Domain, Drug, Evidence, Place, Question, ValueSet, domain};

pub(super) use build::wound_healed;
pub(super) use drugs::may_still_act;
pub use elapsed::Elapsed;
pub(super) use elapsed::{days as days_between, last_day as last_day_of};
use limit::SEPARATION_REMINDER;
pub use limit::{LIMITS, Limit, LimitKind, TimeUnit};
pub(super) use moment::{ahead as planned_ahead, done as last_done};

domain! {
    /// Which interval.
    TimerKind, "timer" {
        /// Last dose of a drug to the planned operation (CN-1.5-HOLD).
        DrugToOperation = "drug-to-operation",
        /// Last fraction of radiotherapy to the planned operation (CN-3.7-RT-OP-14).
        RadiotherapyToOperation = "radiotherapy-to-operation",
        /// Operation to radiotherapy (CN-3.7-OP-RT-14).
        OperationToRadiotherapy = "operation-to-radiotherapy",
        /// Separation surgery to stereotactic radiotherapy (CN-3.7-SEP-35).
        SeparationToSsrs = "separation-to-ssrs",
        /// Embolisation to the planned operation (CN-1.6-24H, CN-1.6-48H).
        EmbolisationToOperation = "embolisation-to-operation",
        /// Vertebroplasty or kyphoplasty to radiotherapy, which has to follow (CN-3.4-VP-RT).
        AugmentationToRadiotherapy = "augmentation-to-radiotherapy",
    }
}

domain! {
    /// How an interval stands.
    TimerState, "timer-state" {
        /// Long enough, or inside the window.
        Kept = "kept",
        /// On the same day, which is preferred (CN-1.6-SAMEDAY).
        SameDay = "same-day",
        /// Shorter than it should be.
        TooShort = "too-short",
        /// Long enough by one source, too short by another.
        SourcesDisagree = "sources-disagree",
        /// Earlier than the window, which is allowed once the wound has healed.
        EarlyButHealed = "early-but-healed",
        /// After 24 hours, before 48.
        Late = "late",
        /// Later than the consensus allows.
        TooLate = "too-late",
        /// What must follow is not on record.
        NotBooked = "not-booked",
        /// Not enough is known to say.
        Unknown = "unknown",
        /// No date of the operation is on record.
        NoOperationDate = "no-operation-date",
        /// No confirmed figure exists.
        NoFigure = "no-figure",
    }
}

domain! {
    /// A date, or another finding, that a timer lacks.
    TimerNeed, "timer-need" {
        /// When the drug was last given.
        LastDose = "last-dose",
        /// When the operation is planned.
        OperationDate = "operation-date",
        /// When radiotherapy ended.
        LastFraction = "last-fraction",
        /// When radiotherapy is planned.
        RadiotherapyDate = "radiotherapy-date",
        /// When the operation was.
        DateOfOperation = "date-of-operation",
        /// When the embolisation was.
        EmbolisationDate = "embolisation-date",
        /// Whether the wound has healed.
        WoundHealed = "wound-healed",
        /// Which level was, or will be, irradiated.
        RadiotherapyLevel = "radiotherapy-level",
    }
}

/// One interval between two treatments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timer {
    /// Which interval.
    pub kind: TimerKind,
    /// The drug, where it is about one.
    pub drug: Option<Drug>,
    /// The level of the operation that something must follow, where it is about one and its record names it.
    pub place: Place,
    /// The rules behind it.
    pub rules: &'static [Rule],
    /// How long it is, as far as dates tell; `None` where there are no two dates to compare.
    pub elapsed: Option<Elapsed>,
    /// How it may stand: one state, or several where dates leave that open.
    pub states: ValueSet<TimerState>,
    /// The first day on which the interval would be kept, where that can be said, as `YYYY-MM-DD`.
    pub earliest: Option<jiff::civil::Date>,
    /// The last day on which it would be kept, where there is one.
    pub latest: Option<jiff::civil::Date>,
    /// What is needed to decide.
    pub needs: Vec<TimerNeed>,
    /// Whether an emergency suspends it: shown as a risk that is accepted, not as a warning (RUL-10).
    pub is_suspended: bool,
    /// The records behind it.
    pub evidence: Vec<Evidence>,
}

impl TimerKind {
    /// Whether it asks an operation to wait, which an emergency does not.
    const fn is_before_operation(self) -> bool {
        matches!(self, Self::DrugToOperation | Self::RadiotherapyToOperation | Self::EmbolisationToOperation)
    }
}

impl Timer {
    /// How urgently it wants to be seen: the worst of its states.
    pub fn severity(&self) -> Severity {
        let worst = self.states.iter().map(|state| self.severity_of(state)).min();
        worst.unwrap_or(Severity::Info)
    }

    /// Whether enough time may have passed since separation surgery that what must follow should be booked.
    fn is_to_be_reminded_of(&self) -> bool {
        match self.elapsed {
            Some(Elapsed::Days { most, .. }) => most.is_none_or(|most| most >= SEPARATION_REMINDER.amount),
            Some(Elapsed::Hours { .. }) | None => true,
        }
    }

    /// Only stereotactic radiotherapy that is overdue after separation surgery is critical (specification F.4), and not as
    /// long as it may have been given. What an emergency suspends is a note.
    fn severity_of(&self, state: TimerState) -> Severity {
        match (self.kind, state) {
            (TimerKind::SeparationToSsrs, TimerState::TooLate)
                if !self.states.contains(TimerState::Unknown) =>
            {
                Severity::Critical
            }
            (_, _) if self.is_suspended => Severity::Info,
            (
                _,
                TimerState::TooShort | TimerState::SourcesDisagree | TimerState::Late | TimerState::TooLate,
            ) => Severity::Warning,
            (TimerKind::SeparationToSsrs, TimerState::NotBooked) if self.is_to_be_reminded_of() => {
                Severity::Warning
            }
            _ => Severity::Info,
        }
    }
}

/// Every timer of a case: the most urgent first, then by kind and drug.
pub fn timers(case: &Case) -> Vec<Timer> {
    let is_emergency = case.known_answer(Question::NeurologicalProgression, None) == Some(Answer::Yes);
    let mut timers = drugs::timers(case);
    timers.extend(build::timers(case));
    for timer in &mut timers {
        timer.is_suspended = is_emergency && timer.kind.is_before_operation();
    }
    timers.sort_by_key(|timer| (timer.severity(), timer.kind, timer.drug.map(Domain::index), timer.place));
    timers
}
