//! What is to be said of one very order, before it is signed: is it contraindicated, does its date break an interval, what
//! must be known first?
//!
//! An order that is being written is no fact of the record. It is looked at beside the record, as if it were carried out
//! on its date: the verdicts and intervals of the guidance are asked of that supposition, and only what concerns this
//! order is said. Silence means that no rule of the consensus speaks against it as far as the record goes.

mod drug;
mod procedure;
mod suppose;
mod timing;

use super::alert::Severity;
use super::input::Input;
use super::options::TreatmentOption;
use super::perioperative::Thresholds;
use super::rule::Rule;
use super::timer::Timer;
use super::verdict::Reason;
use crate::clinical::{Case, Domain, Drug, Evidence, FreshnessPolicy, PartialDate, Place, Procedure, domain};

/// What is ordered, as far as the guidance tells orders apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Ordered {
    /// An operation, an intervention, radiotherapy or imaging of the spine.
    Procedure(Procedure),
    /// A drug.
    Drug(Drug),
}

impl Ordered {
    /// A stable slug, such as `fixation` or `bevacizumab`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Procedure(procedure) => procedure.key(),
            Self::Drug(drug) => drug.key(),
        }
    }

    /// Whether any rule could speak about it, whatever the record holds. Of everything else nothing need be read.
    pub const fn may_concern(self) -> bool {
        match self {
            Self::Procedure(procedure) => !matches!(procedure, Procedure::SpinalMri),
            Self::Drug(drug) => drug::may_concern(drug),
        }
    }
}

/// An order that is being written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// What is ordered.
    pub ordered: Ordered,
    /// Where in the spine.
    pub place: Place,
    /// The resource that is the order. Its date is when it shall begin.
    pub evidence: Evidence,
    /// When it shall end, where that is said: the last dose, the last fraction.
    pub until: Option<PartialDate>,
}

domain! {
    /// What there is to be said of an order.
    ConcernKind, "concern" {
        /// Neurology is getting worse: decompression is to be evaluated before this (CN-1.4-NEURO-EMERG).
        EmergencyFirst = "emergency-first",
        /// A contraindication of the consensus holds for it.
        Contraindicated = "contraindicated",
        /// Its date is too close to, or too far from, another treatment.
        Interval = "interval",
        /// A drug that is begun again too soon after an operation.
        RestartTooEarly = "restart-too-early",
        /// Radiotherapy ahead of an operation for a fracture (CN-3.7-NO-PREOP-RT).
        RadiotherapyBeforeFractureSurgery = "radiotherapy-before-fracture-surgery",
        /// Something that the consensus requires of it does not hold.
        CriteriaNotMet = "criteria-not-met",
        /// The consensus leaves it only with reservation.
        Reservation = "reservation",
        /// CT is ordered, a deficit is on record, and the compression was never graded, for which MRI is needed.
        CompressionNotGraded = "compression-not-graded",
        /// Whether it is contraindicated or indicated depends on what is not known.
        MustBeKnown = "must-be-known",
        /// A drug that makes a planned operation riskier.
        RiskOfOperation = "risk-of-operation",
    }
}

/// One thing to be said of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concern {
    /// What.
    pub kind: ConcernKind,
    /// How urgently.
    pub severity: Severity,
    /// The rules behind it, the one that leads first.
    pub rules: Vec<Rule>,
    /// The treatment option that was judged, where one was.
    pub option: Option<TreatmentOption>,
    /// The level that it was judged at.
    pub place: Option<Place>,
    /// The criteria behind it.
    pub reasons: Vec<Reason>,
    /// What must be known to say more.
    pub needs: Vec<Input>,
    /// The interval, where it is about one.
    pub timer: Option<Timer>,
    /// The restart, where it is about one.
    pub restart: Option<Restart>,
    /// The records behind it, the order itself left out.
    pub evidence: Vec<Evidence>,
}

impl Concern {
    fn new(kind: ConcernKind, severity: Severity, rules: Vec<Rule>) -> Self {
        Self {
            kind,
            severity,
            rules,
            option: None,
            place: None,
            reasons: Vec::new(),
            needs: Vec::new(),
            timer: None,
            restart: None,
            evidence: Vec::new(),
        }
    }
}

/// A drug that is begun after an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restart {
    /// Days from the operation, at least.
    pub least_days: i32,
    /// Days from the operation, at most.
    pub most_days: i32,
    /// Days that the drug's label asks for, and then only with the wound healed.
    pub label_days: i32,
    /// The first day on which that is kept.
    pub earliest: Option<jiff::civil::Date>,
}

/// The record beside which orders are looked at.
#[derive(Debug, Clone, Copy)]
pub struct Beside<'a> {
    /// The record, without the orders that are being written or revised.
    pub case: &'a Case,
    /// How long findings count as fresh.
    pub policy: &'a FreshnessPolicy,
    /// What the hospital's own clinicians set.
    pub thresholds: &'a Thresholds,
}

/// Everything that is to be said of an order, the most urgent first. `others` are the orders that are being written
/// together with it.
pub fn concerns(beside: Beside<'_>, order: &Order, others: &[Order]) -> Vec<Concern> {
    let case = suppose::case(beside, order, others);
    let mut concerns = Vec::new();
    match order.ordered {
        Ordered::Procedure(procedure) if procedure.is_imaging() => {
            concerns.extend(procedure::imaging(&case, procedure));
        }
        Ordered::Procedure(procedure) => {
            concerns.extend(procedure::concerns(beside, &case, order, procedure));
            concerns.extend(timing::concerns(&case, order));
        }
        Ordered::Drug(drug) => {
            concerns.extend(timing::concerns(&case, order));
            concerns.extend(drug::concerns(&case, order, drug));
        }
    }
    concerns.sort_by_key(|concern| (concern.severity, concern.kind));
    concerns
}
