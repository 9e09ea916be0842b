//! How old a fact may be before it no longer says anything about today.

mod window;

use jiff::{SignedDuration, Timestamp};

use super::circumstances::Circumstances;
use super::evidence::Evidence;
use super::fact::{Fact, Statement};
use super::instability::Escc;
use super::partial_date::PartialDate;
use super::performance::Frankel;
use super::question::{Answer, Question, QuestionKind};
use super::treatment::{Drug, DrugUse, Procedure, ProcedureState};
pub use window::{Window, WindowKind};

/// How a fact's age stands at one instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Freshness {
    /// Inside the fresh window, or of a kind that does not age.
    Fresh,
    /// Past the fresh window but inside the usable one: used with a warning.
    Ageing,
    /// Inside the fresh window, but something happened since that may have changed it: used with a warning.
    Overtaken,
    /// Without a date, so that its age cannot be judged: used with a warning.
    Undated,
    /// Past the usable window, or made worthless by something that happened since: as if not recorded.
    Stale,
    /// Dated after the instant of the assessment: not yet true.
    NotYet,
}

impl Freshness {
    /// Every state, for checks that each has its text.
    pub const ALL: [Self; 6] =
        [Self::Fresh, Self::Ageing, Self::Overtaken, Self::Undated, Self::Stale, Self::NotYet];

    /// Stable slug for texts and digests.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Fresh => "fresh",
            Self::Ageing => "ageing",
            Self::Overtaken => "overtaken",
            Self::Undated => "undated",
            Self::Stale => "stale",
            Self::NotYet => "not-yet",
        }
    }

    /// Whether the fact may be used.
    pub const fn is_usable(self) -> bool {
        matches!(self, Self::Fresh | Self::Ageing | Self::Overtaken | Self::Undated)
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
    /// MRI for an ESCC grade of 1c or worse, or where neurology has got worse since.
    pub escc_at_risk: Window,
    /// CT or MRI for the other SINS items, and for other findings at a level.
    pub sins_imaging: Window,
    /// Numbers of foci and visceral status.
    pub staging: Window,
    /// Laboratory values before an operation.
    pub laboratory: Window,
    /// Laboratory values in a prognostic score.
    pub laboratory_for_prognosis: Window,
    /// Plans, judgements and states that F.2 does not list: as long as performance status.
    pub judgement: Window,
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
            laboratory: Window::days(7, 14),
            laboratory_for_prognosis: Window::days(30, 60),
            judgement: Window::days(14, 30),
        }
    }
}

/// After an embolisation, up to here it counts as fresh, and up to there at all (CN-1.6-24H, CN-1.6-48H).
const EMBOLISATION: Window = Window { fresh_hours: 24, usable_hours: 48 };

/// No pregnancy that was on record longer ago than 42 weeks still lasts.
const LONGEST_PREGNANCY_HOURS: u32 = 42 * 7 * 24;

impl FreshnessPolicy {
    /// The window of a kind.
    pub const fn of(&self, kind: WindowKind) -> Window {
        match kind {
            WindowKind::Performance => self.performance,
            WindowKind::Neurology => self.neurology,
            WindowKind::NeurologyAtRisk => self.neurology_at_risk,
            WindowKind::Pain => self.pain,
            WindowKind::Escc => self.escc,
            WindowKind::EsccAtRisk => self.escc_at_risk,
            WindowKind::SinsImaging => self.sins_imaging,
            WindowKind::Staging => self.staging,
            WindowKind::Laboratory => self.laboratory,
            WindowKind::LaboratoryForPrognosis => self.laboratory_for_prognosis,
            WindowKind::Judgement => self.judgement,
            WindowKind::Pregnancy => {
                Window { fresh_hours: self.judgement.fresh_hours, usable_hours: LONGEST_PREGNANCY_HOURS }
            }
            WindowKind::Embolisation => EMBOLISATION,
        }
    }

    /// How a fact stands at an instant, given what else happened.
    pub(super) fn judge(
        &self,
        fact: &Fact,
        as_of: Timestamp,
        circumstances: &Circumstances<'_>,
    ) -> Freshness {
        let date = fact.evidence.effective.as_ref();
        if let Statement::Procedure(_, ProcedureState::Planned, _) = &fact.statement {
            return date.map_or(Freshness::Undated, |date| planned(date, as_of));
        }
        // That a drug will be taken until a day to come says that it is taken now.
        let goes_on = matches!(fact.statement, Statement::Drug(_, DrugUse::LastTaken));
        if date.is_some_and(|date| is_after(date, as_of)) {
            return if goes_on { Freshness::Fresh } else { Freshness::NotYet };
        }
        let Some(window) = self.window(fact, circumstances) else {
            return Freshness::Fresh;
        };
        let by_age = date.map_or(Freshness::Undated, |date| window.judge(date, as_of));
        if by_age.is_usable() && circumstances.void(fact) {
            Freshness::Stale
        } else if by_age == Freshness::Fresh && circumstances.overtake(fact) {
            Freshness::Overtaken
        } else {
            by_age
        }
    }

    /// The window for a fact; `None` where it does not age: that a metastasis or a primary tumour exists stays true
    /// until somebody refutes it.
    fn window(&self, fact: &Fact, circumstances: &Circumstances<'_>) -> Option<Window> {
        match &fact.statement {
            Statement::Karnofsky(_) | Statement::Ecog(_) => Some(self.performance),
            Statement::Frankel(grades) | Statement::AsiaImpairment(grades) => {
                let intact = grades.single() == Some(Frankel::E);
                let at_risk = !intact || circumstances.cord_at_risk;
                Some(if at_risk { self.neurology_at_risk } else { self.neurology })
            }
            Statement::Pain(..) => Some(self.pain),
            Statement::Escc(_, grades) => {
                let at_risk = grades.iter().any(threatens_cord) || circumstances.worsened_after(fact);
                Some(if at_risk { self.escc_at_risk } else { self.escc })
            }
            Statement::Lesion(..)
            | Statement::Alignment(..)
            | Statement::Collapse(..)
            | Statement::Posterolateral(..)
            | Statement::TomitaType(..)
            | Statement::WbbSectors(..) => Some(self.sins_imaging),
            Statement::VertebralCount(_)
            | Statement::ExtraspinalCount(_)
            | Statement::BoneExtent(_)
            | Statement::VisceralStatus(_)
            | Statement::VisceralPattern(_) => Some(self.staging),
            Statement::Laboratory(..) => Some(self.laboratory_for_prognosis),
            Statement::Answered(question, _, answer) => self.of_answer(*question, *answer, circumstances),
            // Whether one is taking these matters today; of the others it matters when the last dose was.
            Statement::Drug(
                Drug::Glucocorticoid | Drug::Anticoagulant,
                DrugUse::Given | DrugUse::LastTaken,
            ) => Some(self.judgement),
            Statement::Procedure(Procedure::Embolisation, ProcedureState::Done, _) => Some(EMBOLISATION),
            Statement::BirthDate(_)
            | Statement::Primary(_)
            | Statement::PrimarySpinalTumour
            | Statement::SpinalMetastasis(_)
            | Statement::BoneMetastasis
            | Statement::ExtraspinalBoneMetastasis(_)
            | Statement::VisceralMetastasis(_)
            | Statement::BreastReceptors(_)
            | Statement::Driver(..)
            | Statement::Drug(..)
            | Statement::Procedure(..)
            | Statement::Event(_) => None,
        }
    }

    /// How a laboratory value stands where an operation is planned, which asks for newer values than a score does.
    pub(super) fn judge_laboratory_before_operation(
        &self,
        evidence: &Evidence,
        as_of: Timestamp,
    ) -> Freshness {
        evidence.effective.as_ref().map_or(Freshness::Undated, |date| self.laboratory.judge(date, as_of))
    }

    fn of_answer(
        &self,
        question: Question,
        answer: Answer,
        circumstances: &Circumstances<'_>,
    ) -> Option<Window> {
        match question.kind() {
            QuestionKind::Lasting if answer == Answer::Yes => {
                (question == Question::Pregnancy).then(|| self.of(WindowKind::Pregnancy))
            }
            QuestionKind::Lasting | QuestionKind::Judgement => Some(self.judgement),
            QuestionKind::Imaging => Some(self.sins_imaging),
            QuestionKind::Neurology => {
                let bad = match question {
                    Question::NeurologicalProgression => answer == Answer::Yes,
                    _ => answer == Answer::No,
                };
                let at_risk = bad || circumstances.cord_at_risk;
                Some(if at_risk { self.neurology_at_risk } else { self.neurology })
            }
        }
    }
}

/// A plan whose day has passed says nothing any more: nobody said that it was carried out.
fn planned(date: &PartialDate, as_of: Timestamp) -> Freshness {
    let passed = as_of.duration_since(date.latest()) > SignedDuration::from_hours(24);
    if passed { Freshness::Stale } else { Freshness::Fresh }
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
