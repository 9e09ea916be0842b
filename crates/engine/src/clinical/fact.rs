//! What the record says, one statement at a time.

mod parse;

use std::fmt;

pub use parse::IllegibleStatement;

use super::evidence::Evidence;
use super::instability::{Alignment, Collapse, Escc, Lesion, Pain, Posterolateral};
use super::laboratory::{Analyte, Measured};
use super::metastases::{BoneExtent, BoneSite, Count, Organ, VisceralPattern, VisceralState};
use super::molecular::{BreastReceptors, Driver};
use super::partial_date::PartialDate;
use super::performance::{Ecog, Frankel, Karnofsky};
use super::primary_site::PrimarySite;
use super::question::{Answer, Question};
use super::tomita_type::{TomitaType, WbbSectors};
use super::treatment::{Drug, DrugUse, Event, Procedure, ProcedureState};
use super::value_set::{Domain, ValueSet};
use super::vertebra::Place;

/// One statement of the record with its evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What is said.
    pub statement: Statement,
    /// Where it is said.
    pub evidence: Evidence,
}

/// What a record can say that matters here.
///
/// Where a sender leaves a choice open (`KPS 70-80`, `ESCC 1`), the statement holds the values that remain.
/// [`Place::Unstated`] means that the sender named no vertebra.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Statement {
    /// Birth date of the patient.
    BirthDate(PartialDate),
    /// Karnofsky performance status.
    Karnofsky(ValueSet<Karnofsky>),
    /// ECOG performance status.
    Ecog(ValueSet<Ecog>),
    /// A primary tumour.
    Primary(PrimarySite),
    /// A tumour that arose in the spine itself, which is no metastasis.
    PrimarySpinalTumour,
    /// Metastasis in the spine: at this vertebra, or somewhere in it.
    SpinalMetastasis(Place),
    /// Number of vertebrae with metastasis.
    VertebralCount(Count),
    /// Metastasis in some bone, not said which: at least one, in or outside the spine.
    BoneMetastasis,
    /// Metastasis in a bone outside the spine.
    ExtraspinalBoneMetastasis(BoneSite),
    /// Number of bone foci outside the spine.
    ExtraspinalCount(Count),
    /// All bone foci together.
    BoneExtent(BoneExtent),
    /// Metastasis in a vital organ.
    VisceralMetastasis(Organ),
    /// What is said of visceral metastases as a whole.
    VisceralStatus(ValueSet<VisceralState>),
    /// Frankel grade.
    Frankel(ValueSet<Frankel>),
    /// ASIA Impairment Scale, read as the Frankel grade of the same letter.
    AsiaImpairment(ValueSet<Frankel>),
    /// Epidural spinal cord compression.
    Escc(Place, ValueSet<Escc>),
    /// SINS pain.
    Pain(Place, ValueSet<Pain>),
    /// SINS bone lesion.
    Lesion(Place, ValueSet<Lesion>),
    /// SINS alignment.
    Alignment(Place, ValueSet<Alignment>),
    /// SINS vertebral body collapse.
    Collapse(Place, ValueSet<Collapse>),
    /// SINS posterolateral involvement.
    Posterolateral(Place, ValueSet<Posterolateral>),
    /// Tomita's surgical type.
    TomitaType(Place, ValueSet<TomitaType>),
    /// The WBB sectors involved, all of them.
    WbbSectors(Place, WbbSectors),
    /// The answer to a question. [`Place::Unstated`] where it is about the patient.
    Answered(Question, Place, Answer),
    /// Receptors of a breast cancer.
    BreastReceptors(ValueSet<BreastReceptors>),
    /// Whether a driver variant was found.
    Driver(Driver, Answer),
    /// How visceral metastases are spread.
    VisceralPattern(ValueSet<VisceralPattern>),
    /// A measurement in the analyte's unit.
    Laboratory(Analyte, Measured),
    /// What is said of a drug; [`DrugUse`] says what the date of the evidence means.
    Drug(Drug, DrugUse),
    /// A procedure; [`ProcedureState`] says what the date of the evidence means.
    Procedure(Procedure, ProcedureState, Place),
    /// Something that happened.
    Event(Event),
}

/// The statement in one line, e.g. `karnofsky = 80`, `escc at T12 = 1a|1b|1c`: what mapping samples expect, what
/// `explain` prints, what the identity of an assessment is made from, and what a stored assessment keeps. `parse.rs`
/// reads it back.
impl fmt::Display for Statement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BirthDate(date) => write!(f, "birth-date = {}", date.text()),
            Self::Karnofsky(values) => values.fmt_statement(f, Place::Unstated),
            Self::Ecog(values) => values.fmt_statement(f, Place::Unstated),
            Self::Primary(site) => ValueSet::only(*site).fmt_statement(f, Place::Unstated),
            Self::PrimarySpinalTumour => f.write_str("primary-spinal-tumour"),
            Self::SpinalMetastasis(place) => write!(f, "spinal-metastasis{}", At(*place)),
            Self::VertebralCount(count) => write!(f, "vertebral-count {count}"),
            Self::BoneMetastasis => f.write_str("bone-metastasis"),
            Self::ExtraspinalBoneMetastasis(site) => {
                write!(f, "extraspinal-bone-metastasis = {}", site.key())
            }
            Self::ExtraspinalCount(count) => write!(f, "extraspinal-count {count}"),
            Self::BoneExtent(extent) => ValueSet::only(*extent).fmt_statement(f, Place::Unstated),
            Self::VisceralMetastasis(organ) => write!(f, "visceral-metastasis = {}", organ.key()),
            Self::VisceralStatus(values) => values.fmt_statement(f, Place::Unstated),
            Self::Frankel(values) => values.fmt_statement(f, Place::Unstated),
            Self::AsiaImpairment(values) => {
                f.write_str("asia-")?;
                values.fmt_statement(f, Place::Unstated)
            }
            Self::Escc(level, values) => values.fmt_statement(f, *level),
            Self::Pain(level, values) => values.fmt_statement(f, *level),
            Self::Lesion(level, values) => values.fmt_statement(f, *level),
            Self::Alignment(level, values) => values.fmt_statement(f, *level),
            Self::Collapse(level, values) => values.fmt_statement(f, *level),
            Self::Posterolateral(level, values) => values.fmt_statement(f, *level),
            Self::TomitaType(level, values) => values.fmt_statement(f, *level),
            Self::WbbSectors(place, sectors) => write!(f, "wbb-sectors{} = {sectors}", At(*place)),
            Self::Answered(question, place, answer) => {
                write!(f, "{}{} = {}", question.key(), At(*place), answer.key())
            }
            Self::BreastReceptors(values) => values.fmt_statement(f, Place::Unstated),
            Self::Driver(driver, answer) => write!(f, "driver {} = {}", driver.key(), answer.key()),
            Self::VisceralPattern(values) => values.fmt_statement(f, Place::Unstated),
            Self::Laboratory(analyte, measured) => {
                write!(f, "{} {measured} {}", analyte.key(), analyte.unit())
            }
            Self::Drug(drug, taken) => write!(f, "drug {} = {}", drug.key(), taken.key()),
            Self::Procedure(procedure, state, place) => {
                write!(f, "procedure {}{} = {}", procedure.key(), At(*place), state.key())
            }
            Self::Event(event) => write!(f, "event = {}", event.key()),
        }
    }
}

/// ` at T12`, or nothing.
struct At(Place);

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Place::At(level) => write!(f, " at {}", level.key()),
            Place::Unstated => Ok(()),
        }
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exactly(count) => write!(f, "= {count}"),
            Self::AtLeast(count) => write!(f, ">= {count}"),
        }
    }
}

impl<T: Domain> ValueSet<T> {
    fn fmt_statement(self, f: &mut fmt::Formatter<'_>, level: Place) -> fmt::Result {
        write!(f, "{}{}", T::NAME, At(level))?;
        for (index, value) in self.iter().enumerate() {
            write!(f, "{}{}", if index == 0 { " = " } else { "|" }, value.key())?;
        }
        Ok(())
    }
}
