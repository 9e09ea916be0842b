//! How old a fact may be before it no longer says anything about today.

use jiff::{SignedDuration, Timestamp};

use super::fact::{Fact, Statement};
use super::instability::Escc;
use super::partial_date::PartialDate;
use super::performance::Frankel;

/// How a fact's age stands at one instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Freshness {
    /// Inside the fresh window, or of a kind that does not age.
    Fresh,
    /// Past the fresh window but inside the usable one: used with a warning.
    Ageing,
    /// Without a date, so that its age cannot be judged: used with a warning.
    Undated,
    /// Past the usable window: as if not recorded.
    Stale,
    /// Dated after the instant of the assessment: not yet true.
    NotYet,
}

impl Freshness {
    /// Every state, for checks that each has its text.
    pub const ALL: [Self; 5] = [Self::Fresh, Self::Ageing, Self::Undated, Self::Stale, Self::NotYet];

    /// Stable slug for texts and digests.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Fresh => "fresh",
            Self::Ageing => "ageing",
            Self::Undated => "undated",
            Self::Stale => "stale",
            Self::NotYet => "not-yet",
        }
    }

    /// Whether the fact may be used.
    pub const fn is_usable(self) -> bool {
        matches!(self, Self::Fresh | Self::Ageing | Self::Undated)
    }
}

/// Two ages, in hours: up to the first a fact is fresh, up to the second it is usable with a warning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Fresh up to this age.
    pub fresh_hours: u32,
    /// Usable with a warning up to this age.
    pub usable_hours: u32,
}

impl Window {
    /// A window in whole days.
    pub const fn days(fresh: u32, usable: u32) -> Self {
        Self { fresh_hours: fresh * 24, usable_hours: usable * 24 }
    }

    /// Judges a date. A partial date is an interval, and the older end decides. A date without a time counts as
    /// its whole day, so that a fact of "seven days ago" is not seven and a half days old.
    fn judge(self, date: &PartialDate, as_of: Timestamp) -> Freshness {
        let whole_days = date.earliest() != date.latest();
        let allowance = if whole_days { SignedDuration::from_hours(24) } else { SignedDuration::ZERO };
        let age = as_of.duration_since(date.earliest()) - allowance;
        if age <= SignedDuration::from_hours(self.fresh_hours.into()) {
            Freshness::Fresh
        } else if age <= SignedDuration::from_hours(self.usable_hours.into()) {
            Freshness::Ageing
        } else {
            Freshness::Stale
        }
    }
}

/// The windows by kind of fact. The defaults are the engineering policy of specification F.2, which rests on no
/// published source; a hospital's own sign-off decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FreshnessPolicy {
    /// Karnofsky and ECOG.
    pub performance: Window,
    /// Frankel and ASIA where neither a deficit nor ESCC 1c or worse is on record.
    pub neurology: Window,
    /// Frankel and ASIA with a deficit, or with ESCC 1c or worse.
    pub neurology_at_risk: Window,
    /// Type of pain.
    pub pain: Window,
    /// MRI for an ESCC grade below 1c.
    pub escc: Window,
    /// MRI for an ESCC grade of 1c or worse.
    pub escc_at_risk: Window,
    /// CT or MRI for the other SINS items.
    pub sins_imaging: Window,
    /// Numbers of foci and visceral status.
    pub staging: Window,
}

impl Default for FreshnessPolicy {
    fn default() -> Self {
        Self {
            performance: Window::days(14, 30),
            neurology: Window::days(7, 14),
            neurology_at_risk: Window::days(1, 3),
            pain: Window::days(14, 30),
            escc: Window::days(28, 56),
            escc_at_risk: Window::days(7, 28),
            sins_imaging: Window::days(28, 56),
            staging: Window::days(60, 90),
        }
    }
}

impl FreshnessPolicy {
    /// How a fact stands at an instant. `cord_at_risk` says that ESCC 1c or worse is on record somewhere.
    pub fn judge(&self, fact: &Fact, as_of: Timestamp, cord_at_risk: bool) -> Freshness {
        let date = fact.evidence.effective.as_ref();
        if date.is_some_and(|date| is_after(date, as_of)) {
            return Freshness::NotYet;
        }
        let Some(window) = self.window(&fact.statement, cord_at_risk) else {
            return Freshness::Fresh;
        };
        date.map_or(Freshness::Undated, |date| window.judge(date, as_of))
    }

    /// The window for a statement; `None` where it does not age: that a metastasis or a primary tumour exists
    /// stays true until somebody refutes it.
    fn window(&self, statement: &Statement, cord_at_risk: bool) -> Option<Window> {
        match statement {
            Statement::BirthDate(_)
            | Statement::Primary(_)
            | Statement::PrimarySpinalTumour
            | Statement::SpinalMetastasis(_)
            | Statement::BoneMetastasis
            | Statement::ExtraspinalBoneMetastasis(_)
            | Statement::VisceralMetastasis(_) => None,
            Statement::Karnofsky(_) | Statement::Ecog(_) => Some(self.performance),
            Statement::Frankel(grades) | Statement::AsiaImpairment(grades) => {
                let intact = grades.single() == Some(Frankel::E);
                Some(if intact && !cord_at_risk { self.neurology } else { self.neurology_at_risk })
            }
            Statement::Pain(..) => Some(self.pain),
            Statement::Escc(_, grades) => {
                let at_risk = grades.iter().any(threatens_cord);
                Some(if at_risk { self.escc_at_risk } else { self.escc })
            }
            Statement::Lesion(..)
            | Statement::Alignment(..)
            | Statement::Collapse(..)
            | Statement::Posterolateral(..) => Some(self.sins_imaging),
            Statement::VertebralCount(_)
            | Statement::ExtraspinalCount(_)
            | Statement::BoneExtent(_)
            | Statement::VisceralStatus(_) => Some(self.staging),
        }
    }
}

/// Whether a grade calls for the tighter windows: 1c or worse.
pub(super) const fn threatens_cord(grade: Escc) -> bool {
    matches!(grade, Escc::Grade1c | Escc::Grade2 | Escc::Grade3)
}

/// Whether all of the date lies after the instant. A date without a time is as early as any place on earth has it.
fn is_after(date: &PartialDate, as_of: Timestamp) -> bool {
    let whole_days = date.earliest() != date.latest();
    let allowance = if whole_days { SignedDuration::from_hours(14) } else { SignedDuration::from_mins(5) };
    date.earliest().duration_since(as_of) > allowance
}
