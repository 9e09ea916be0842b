//! The clinical picture at one instant: every item of the scores as a [`Finding`].

mod answers;
mod bone;
mod contradiction;
mod course;
mod general;
mod irradiation;
mod levels;
mod progression;
mod weighing;

use jiff::Timestamp;

use super::circumstances::Circumstances;
use super::evidence::Evidence;
use super::fact::{Fact, Statement};
use super::finding::Finding;
use super::freshness::{Freshness, FreshnessPolicy, threatens_cord};
use super::instability::{Alignment, Collapse, Escc, Lesion, Pain, Posterolateral, SinsLocation};
use super::laboratory::{Analyte, Measured};
use super::metastases::{
    BoneExtent, Count, ExtraspinalCount, VertebralCount, VisceralPattern, VisceralState,
};
use super::molecular::{BreastReceptors, Driver};
use super::partial_date::PartialDate;
use super::performance::{Frankel, Karnofsky};
use super::primary_site::PrimarySite;
use super::question::{Answer, Question};
use super::tomita_type::{TomitaType, WbbSectors};
use super::treatment::{Drug, DrugUse, Procedure, ProcedureState};
use super::value_set::ValueSet;
use super::vertebra::Place;
pub(crate) use bone::{counts_of, extent_from_counts};
use weighing::Weighed;

/// The patient as the facts show them at one instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// The instant at which the patient is looked at.
    pub as_of: Timestamp,
    /// Every fact with its freshness, in canonical order.
    pub facts: Vec<(Fact, Freshness)>,
    /// Birth date, where recorded.
    pub birth_date: Option<PartialDate>,
    /// Whether the spine is involved at all.
    pub involvement: Involvement,
    /// Records of a tumour that arose in the spine itself.
    pub primary_spinal_tumour: Vec<Evidence>,
    /// General condition.
    pub karnofsky: Finding<Karnofsky>,
    /// Primary tumour.
    pub primary: Finding<PrimarySite>,
    /// Vertebrae with metastasis.
    pub vertebral_count: Finding<VertebralCount>,
    /// Bone foci outside the spine.
    pub extraspinal_count: Finding<ExtraspinalCount>,
    /// All bone foci together.
    pub bone_extent: Finding<BoneExtent>,
    /// Metastases to vital organs.
    pub visceral: Finding<VisceralState>,
    /// How visceral metastases are spread.
    pub visceral_pattern: Finding<VisceralPattern>,
    /// Spinal cord function.
    pub frankel: Finding<Frankel>,
    /// Receptors of a breast cancer.
    pub breast_receptors: Finding<BreastReceptors>,
    /// Driver variants that the record speaks of.
    pub drivers: Vec<(Driver, Finding<Answer>)>,
    /// The questions that the record speaks of, in the order of [`Question`], then level by level.
    pub answers: Vec<Answered>,
    /// The newest measurement of each analyte.
    pub laboratory: Vec<LaboratoryRecord>,
    /// What is said of drugs.
    pub drugs: Vec<DrugRecord>,
    /// What was done and what is planned.
    pub procedures: Vec<ProcedureRecord>,
    /// The levels on record, from head to sacrum; a level without a name comes last.
    pub levels: Vec<Level>,
}

/// Whether the record shows metastasis in the spine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Involvement {
    /// Nothing on record speaks of it. That is not the same as absence.
    NotRecorded,
    /// Tumour in the spine is graded or typed, and nothing on record says that it is a metastasis.
    Unnamed,
    /// Bone metastasis is on record, without saying which bone.
    Possible,
    /// Spinal metastasis is on record.
    Established,
}

/// One level of the spine and what is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// Which level.
    pub place: Place,
    /// SINS location; known wherever the vertebra is.
    pub location: Finding<SinsLocation>,
    /// SINS pain.
    pub pain: Finding<Pain>,
    /// SINS bone lesion.
    pub lesion: Finding<Lesion>,
    /// SINS alignment.
    pub alignment: Finding<Alignment>,
    /// SINS collapse.
    pub collapse: Finding<Collapse>,
    /// SINS posterolateral involvement.
    pub posterolateral: Finding<Posterolateral>,
    /// Epidural spinal cord compression.
    pub escc: Finding<Escc>,
    /// Tomita's surgical type.
    pub tomita_type: Finding<TomitaType>,
    /// The WBB sectors involved, as the newest usable record has them, with that record; `None` where there is none, or
    /// where records of the same day differ.
    pub wbb_sectors: Option<(WbbSectors, Evidence)>,
    /// Operations and radiotherapy at this level: SINS was not validated after them (RUL-6).
    pub treated: Vec<Evidence>,
}

/// A question with its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// What is asked.
    pub question: Question,
    /// The level, where it is about one.
    pub place: Option<Place>,
    /// The answer.
    pub finding: Finding<Answer>,
}

/// A measurement with its record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LaboratoryRecord {
    /// What was measured.
    pub analyte: Analyte,
    /// How much.
    pub measured: Measured,
    /// The record.
    pub evidence: Evidence,
    /// How its age stands in a prognostic score.
    pub for_prognosis: Freshness,
    /// How its age stands before an operation.
    pub for_operation: Freshness,
}

/// What a record says of a drug.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrugRecord {
    /// Which drug.
    pub drug: Drug,
    /// What is said; it tells what the date of the evidence means.
    pub taken: DrugUse,
    /// The record.
    pub evidence: Evidence,
}

/// What a record says of a procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcedureRecord {
    /// Which procedure.
    pub procedure: Procedure,
    /// How far it is; it tells what the date of the evidence means.
    pub state: ProcedureState,
    /// Where in the spine.
    pub place: Place,
    /// The record.
    pub evidence: Evidence,
}

impl Case {
    /// Weighs the facts as they stand at `as_of`. The order of the facts does not matter.
    pub fn from_facts(mut facts: Vec<Fact>, as_of: Timestamp, policy: &FreshnessPolicy) -> Self {
        facts.sort_by_cached_key(canonical_key);
        facts.dedup();
        let facts = judged(facts, as_of, policy);
        let weighed: Vec<Weighed<'_>> =
            facts.iter().map(|(fact, freshness)| Weighed::new(fact, *freshness)).collect();
        let vertebral_count = bone::vertebral_count(&weighed);
        let extraspinal_count = bone::extraspinal_count(&weighed);
        let levels = levels::levels(&weighed, &vertebral_count);
        let places: Vec<Place> = levels.iter().map(|level| level.place).collect();
        let visceral = general::visceral(&weighed);
        let bone_extent = bone::extent(&weighed, &vertebral_count, &extraspinal_count, &levels);
        let (vertebral_count, extraspinal_count) =
            bone::counts_within(&bone_extent, vertebral_count, extraspinal_count);
        let case = Self {
            as_of,
            birth_date: birth_date(&weighed),
            involvement: involvement(&weighed),
            primary_spinal_tumour: weighed
                .iter()
                .filter(|weighed| *weighed.statement == Statement::PrimarySpinalTumour)
                .map(|weighed| weighed.evidence.clone())
                .collect(),
            karnofsky: general::karnofsky(&weighed),
            primary: general::primary(&weighed),
            bone_extent,
            levels,
            vertebral_count,
            extraspinal_count,
            visceral_pattern: general::visceral_pattern(&weighed, &visceral),
            visceral,
            frankel: general::frankel(&weighed),
            breast_receptors: general::breast_receptors(&weighed),
            drivers: general::drivers(&weighed),
            answers: answers::answers(&weighed, &places),
            laboratory: course::laboratory(&weighed, as_of, policy),
            drugs: course::drugs(&weighed),
            procedures: course::procedures(&weighed),
            facts: Vec::new(),
        };
        Self { facts, ..case }
    }

    /// The answer to a question, at a level where it is about one.
    pub fn answer(&self, question: Question, place: Option<Place>) -> Option<&Finding<Answer>> {
        let asked = |answered: &&Answered| answered.question == question && answered.place == place;
        self.answers.iter().find(asked).map(|answered| &answered.finding)
    }

    /// The answer to a question, where it is settled.
    pub fn known_answer(&self, question: Question, place: Option<Place>) -> Option<Answer> {
        self.answer(question, place)?.known()
    }

    /// The answers that a question leaves possible: either, where the record says nothing of it.
    pub fn possible_answers(&self, question: Question, place: Option<Place>) -> ValueSet<Answer> {
        self.answer(question, place).map_or_else(ValueSet::all, Finding::possible)
    }

    /// Whether the patient is certainly under 18 at the instant of the case. A birthday begins up to 14 hours before
    /// it does in UTC, depending on where the patient is.
    pub fn is_minor(&self) -> bool {
        let adult_from = self.birth_date.as_ref().and_then(|birth| of_age(birth.earliest(), -14));
        adult_from.is_some_and(|adult_from| self.as_of < adult_from)
    }

    /// Whether the patient is certainly 18 or more. A birthday begins up to 12 hours after it does in UTC; a date that is only
    /// a year may be any day of it.
    pub fn is_adult(&self) -> bool {
        let adult_from = self.birth_date.as_ref().and_then(|birth| of_age(birth.latest(), 12));
        adult_from.is_some_and(|adult_from| self.as_of >= adult_from)
    }
}

/// The instant of the 18th birthday, so many hours off.
fn of_age(born: Timestamp, hours: i64) -> Option<Timestamp> {
    let birthday = born.to_zoned(jiff::tz::TimeZone::UTC).checked_add(jiff::Span::new().years(18)).ok()?;
    Some(birthday.checked_add(jiff::Span::new().hours(hours)).ok()?.timestamp())
}

/// A total order of facts that does not depend on how they were sent.
fn canonical_key(fact: &Fact) -> impl Ord + use<> {
    let evidence = &fact.evidence;
    (
        fact.statement.to_string(),
        evidence.resource.clone(),
        evidence.version.clone(),
        evidence.element.clone(),
        evidence.rule.clone(),
        evidence.effective.as_ref().map(|date| date.text().to_owned()),
        evidence.code.as_ref().map(|code| (code.system.clone(), code.code.clone())),
        evidence.preliminary,
    )
}

/// The facts with their freshness. Neurology ages by whether the cord is at risk, and that by the grades of ESCC.
fn judged(facts: Vec<Fact>, as_of: Timestamp, policy: &FreshnessPolicy) -> Vec<(Fact, Freshness)> {
    let mut circumstances = Circumstances::of(&facts, as_of);
    circumstances.cord_at_risk = cord_at_risk(&facts, |fact| policy.judge(fact, as_of, &circumstances));
    let freshness: Vec<Freshness> =
        facts.iter().map(|fact| policy.judge(fact, as_of, &circumstances)).collect();
    facts.into_iter().zip(freshness).collect()
}

/// A grade that may be 1c or worse puts the cord at risk, and goes on doing so when it is stale: that nobody looked again
/// does not make it harmless. Only a newer grade of the same level that is usable and below 1c ends it.
fn cord_at_risk(facts: &[Fact], freshness: impl Fn(&Fact) -> Freshness) -> bool {
    let graded: Vec<(Place, bool, &Fact, Freshness)> = facts
        .iter()
        .filter_map(|fact| match &fact.statement {
            Statement::Escc(place, grades) => {
                Some((*place, grades.iter().any(threatens_cord), fact, freshness(fact)))
            }
            _ => None,
        })
        .collect();
    let is_over = |place: Place, fact: &Fact| {
        graded.iter().any(|(elsewhere, threatens, newer, freshness)| {
            *elsewhere == place
                && !threatens
                && freshness.is_usable()
                && is_of_a_later_day(&newer.evidence, &fact.evidence)
        })
    };
    graded.iter().any(|(place, threatens, fact, freshness)| {
        *threatens && *freshness != Freshness::NotYet && !is_over(*place, fact)
    })
}

fn is_of_a_later_day(evidence: &Evidence, other: &Evidence) -> bool {
    match (&evidence.effective, &other.effective) {
        (Some(date), Some(other)) => other.latest() < date.earliest() && !date.may_be_same_day(other),
        _ => false,
    }
}

fn birth_date(facts: &[Weighed<'_>]) -> Option<PartialDate> {
    facts.iter().find_map(|fact| match fact.statement {
        Statement::BirthDate(date) => Some(date.clone()),
        _ => None,
    })
}

/// That some bone carries metastasis makes the spine possible, unless the record says that no vertebra does; with tumour in
/// the spine besides it is established.
fn involvement(facts: &[Weighed<'_>]) -> Involvement {
    let excluded = facts.iter().any(|fact| {
        fact.freshness.is_usable() && *fact.statement == Statement::VertebralCount(Count::Exactly(0))
    });
    let said: Vec<Involvement> = facts
        .iter()
        .filter(|fact| fact.freshness != Freshness::NotYet)
        .map(|fact| match fact.statement {
            Statement::VertebralCount(Count::Exactly(0) | Count::AtLeast(0)) => Involvement::NotRecorded,
            Statement::SpinalMetastasis(_) | Statement::VertebralCount(_) => Involvement::Established,
            Statement::Escc(..)
            | Statement::Lesion(..)
            | Statement::Posterolateral(..)
            | Statement::TomitaType(..)
            | Statement::WbbSectors(..) => Involvement::Unnamed,
            Statement::BoneMetastasis | Statement::BoneExtent(_) => Involvement::Possible,
            _ => Involvement::NotRecorded,
        })
        .collect();
    let most = said.iter().copied().max().unwrap_or(Involvement::NotRecorded);
    let has_tumour = said.contains(&Involvement::Unnamed);
    match most {
        Involvement::Possible if has_tumour => Involvement::Established,
        Involvement::Possible if excluded => Involvement::NotRecorded,
        most => most,
    }
}
