//! The whole answer: scores, verdicts, alerts, and what is missing and whether it matters.
//!
//! Computed once and then only rendered. The same facts at the same instant give the same assessment.

mod input_state;
mod missing;
mod shared_item;

pub use input_state::InputState;
pub use missing::{ItemEffect, MissingInput, Outcome, VerdictEffect};

use crate::clinical::{Case, Involvement, Place, domain};
use crate::guidance::{
    Alert, Picture, Risk, Thresholds, Timer, TreatmentOption, Verdict, alerts, judge_all, preparations,
    risks, timers,
};
use crate::scoring::{Instrument, PointSet, Score, score_all};

/// Version of the rules, tables and texts of knowledge in this crate: year, month, and a counter inside the month.
pub const KNOWLEDGE_VERSION: &str = "2026.11.4";

domain! {
    /// Whether the scores and the guidance apply to the patient at all (specification F.5).
    Scope, "scope" {
        /// Metastasis in the spine is on record.
        InScope = "in-scope",
        /// Metastasis in bone is on record, without saying that it is in the spine. Assessed, with that said.
        SpineNotConfirmed = "spine-not-confirmed",
        /// Tumour in the spine is graded or typed, without anything that says it is a metastasis. Assessed, with that said.
        MetastasisNotConfirmed = "metastasis-not-confirmed",
        /// Nothing on record speaks of metastasis in the spine. Not assessed.
        NoSpinalMetastasisOnRecord = "no-spinal-metastasis-on-record",
        /// Under 18. Not assessed.
        Minor = "minor",
        /// A tumour that arose in the spine itself is on record. Not assessed.
        PrimarySpinalTumour = "primary-spinal-tumour",
    }
}

impl Scope {
    /// The scope of a case. What excludes a patient altogether comes first.
    pub fn of(case: &Case) -> Self {
        if case.is_minor() {
            return Self::Minor;
        }
        if !case.primary_spinal_tumour.is_empty() {
            return Self::PrimarySpinalTumour;
        }
        match case.involvement {
            Involvement::NotRecorded => Self::NoSpinalMetastasisOnRecord,
            Involvement::Unnamed => Self::MetastasisNotConfirmed,
            Involvement::Possible => Self::SpineNotConfirmed,
            Involvement::Established => Self::InScope,
        }
    }

    /// Whether scores and verdicts are given.
    pub const fn is_assessed(self) -> bool {
        matches!(self, Self::InScope | Self::SpineNotConfirmed | Self::MetastasisNotConfirmed)
    }
}

/// Everything that is said about one patient at one instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// The clinical picture.
    pub case: Case,
    /// Whether scores and guidance apply.
    pub scope: Scope,
    /// Tomita, Tokuhashi, SINS level by level, ESCC level by level; empty outside the scope.
    pub scores: Vec<Score>,
    /// Every option, in the order of [`TreatmentOption`], inside an option level by level; empty outside the scope.
    pub verdicts: Vec<Verdict>,
    /// Prompts and contradictions, the most urgent first.
    pub alerts: Vec<Alert>,
    /// Intervals between treatments, the most urgent first.
    pub timers: Vec<Timer>,
    /// What makes an operation riskier, in the order of the consensus.
    pub risks: Vec<Risk>,
    /// The inputs that are not settled, those that would decide most first.
    pub missing: Vec<MissingInput>,
    /// The inputs on which the record contradicts itself.
    pub conflicts: Vec<InputState>,
}

/// Assesses a case, without thresholds of a hospital's own.
pub fn assess(case: Case) -> Assessment {
    assess_with(case, &Thresholds::default())
}

/// Assesses a case by a hospital's thresholds.
pub fn assess_with(case: Case, thresholds: &Thresholds) -> Assessment {
    let scope = Scope::of(&case);
    let inputs = input_state::all(&case);
    let conflicts: Vec<InputState> = inputs.iter().filter(|input| input.is_conflicting()).cloned().collect();
    if !scope.is_assessed() {
        return Assessment {
            case,
            scope,
            scores: Vec::new(),
            verdicts: Vec::new(),
            alerts: Vec::new(),
            timers: Vec::new(),
            risks: Vec::new(),
            missing: Vec::new(),
            conflicts,
        };
    }
    let scores = score_all(&case);
    let picture = Picture::with_thresholds(&case, thresholds);
    let verdicts = judge_all(&picture);
    let (timers, risks) = (timers(&case), risks(&case, thresholds));
    let worse = (!conflicts.is_empty())
        .then(|| Picture::with_thresholds(&case.worse_of_contradictions(), thresholds));
    let mut alerts = alerts(&picture, worse.as_ref().unwrap_or(&picture), &verdicts);
    alerts.extend(preparations(&case, &risks));
    let missing = missing::missing(&inputs, &case, &scores, &picture, &verdicts);
    Assessment { case, scope, scores, verdicts, alerts, timers, risks, missing, conflicts }
}

impl Assessment {
    /// The score of an instrument, at a level for SINS and ESCC.
    pub fn score(&self, instrument: Instrument, place: Option<Place>) -> Option<&Score> {
        self.scores.iter().find(|score| score.instrument == instrument && score.place == place)
    }

    /// The verdicts on one option: one, or one a level.
    pub fn verdicts_on(&self, option: TreatmentOption) -> impl Iterator<Item = &Verdict> {
        self.verdicts.iter().filter(move |verdict| verdict.option == option)
    }

    /// The levels whose SINS may be the highest of all: the decision uses the highest (specification F.3).
    pub fn least_stable(&self) -> Vec<Place> {
        let sins = || self.scores.iter().filter(|score| score.instrument == Instrument::Sins2010);
        let certain = sins().filter_map(|score| score.totals()?.min()).max();
        let may_be_highest = |score: &&Score| score.totals().and_then(PointSet::max) >= certain;
        sins().filter(may_be_highest).filter_map(|score| score.place).collect()
    }

    /// The levels whose ESCC grade may be the worst of all.
    pub fn worst_compression(&self) -> Vec<Place> {
        let escc = || self.scores.iter().filter(|score| score.instrument == Instrument::Escc2010);
        let certain = escc().filter_map(|score| score.grades()?.iter().min()).max();
        let may_be_worst = |score: &&Score| score.grades().and_then(|grades| grades.iter().max()) >= certain;
        escc().filter(may_be_worst).filter_map(|score| score.place).collect()
    }
}
