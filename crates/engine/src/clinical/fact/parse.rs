//! Reading back what a statement is written as: the exact reverse of its `Display`.
//!
//! A stored assessment keeps its facts as text. Only the very text that a statement is written as is read, so that
//! what was stored and what is read can never differ by a space, an order or a nought.

use std::fmt;
use std::str::FromStr;

use super::{Count, Domain, PartialDate, Place, Statement, ValueSet, WbbSectors};
use crate::clinical::laboratory::{Amount, Analyte, Measured, scaled_decimal};
use crate::clinical::metastases::{BoneExtent, Organ};
use crate::clinical::primary_site::PrimarySite;
use crate::clinical::treatment::{Event, Procedure};
use crate::clinical::vertebra::Vertebra;
use crate::clinical::{
    Alignment, BoneSite, BreastReceptors, Collapse, Driver, Drug, Ecog, Escc, Frankel, Karnofsky, Lesion,
    Pain, Posterolateral, Question, TomitaType, VisceralPattern, VisceralState,
};

/// The text is no statement as this version writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IllegibleStatement;

impl fmt::Display for IllegibleStatement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a statement as this version writes it")
    }
}

impl std::error::Error for IllegibleStatement {}

impl FromStr for Statement {
    type Err = IllegibleStatement;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let read = Sentence::of(text).and_then(|sentence| sentence.statement());
        read.filter(|statement| statement.to_string() == text).ok_or(IllegibleStatement)
    }
}

/// Larger amounts are not written by any laboratory; the bound keeps the thousandths within an `i64`.
const MOST_WHOLE_DIGITS: usize = 16;

/// The parts of a statement's text: `procedure fixation at T12 = done`.
struct Sentence<'a> {
    /// `procedure`.
    name: &'a str,
    /// `fixation`.
    subject: Option<&'a str>,
    /// `T12`.
    place: Place,
    /// `=`, where there is one.
    relation: Option<Relation>,
    /// `done`; empty where there is no relation.
    value: &'a str,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Relation {
    Is,
    AtLeast,
    AtMost,
    Above,
    Below,
}

impl<'a> Sentence<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let (head, relation, value) = match relation_of(text) {
            Some((head, relation, value)) => (head, Some(relation), value),
            None => (text, None, ""),
        };
        let (head, place) = match head.split_once(" at ") {
            Some((head, level)) => (head, Place::At(Vertebra::from_key(level)?)),
            None => (head, Place::Unstated),
        };
        let (name, subject) =
            head.split_once(' ').map_or((head, None), |(name, subject)| (name, Some(subject)));
        Some(Self { name, subject, place, relation, value })
    }

    fn statement(&self) -> Option<Statement> {
        match self.name {
            "birth-date" => Some(Statement::BirthDate(PartialDate::from_text(self.value).ok()?)),
            "primary-spinal-tumour" => Some(Statement::PrimarySpinalTumour),
            "spinal-metastasis" => Some(Statement::SpinalMetastasis(self.place)),
            "vertebral-count" => Some(Statement::VertebralCount(self.count()?)),
            "bone-metastasis" => Some(Statement::BoneMetastasis),
            "extraspinal-bone-metastasis" => {
                Some(Statement::ExtraspinalBoneMetastasis(BoneSite::from_key(self.value)?))
            }
            "extraspinal-count" => Some(Statement::ExtraspinalCount(self.count()?)),
            "visceral-metastasis" => Some(Statement::VisceralMetastasis(Organ::from_key(self.value)?)),
            "asia-frankel" => Some(Statement::AsiaImpairment(self.values()?)),
            "wbb-sectors" => Some(Statement::WbbSectors(self.place, self.sectors()?)),
            "driver" => Some(Statement::Driver(Driver::from_key(self.subject?)?, self.key()?)),
            "drug" => Some(Statement::Drug(Drug::from_key(self.subject?)?, self.key()?)),
            "procedure" => {
                Some(Statement::Procedure(Procedure::from_key(self.subject?)?, self.key()?, self.place))
            }
            "event" => Some(Statement::Event(self.key::<Event>()?)),
            _ => self.about_patient().or_else(|| self.about_level()).or_else(|| self.asked_or_measured()),
        }
    }

    /// What the patient as a whole is said to be.
    fn about_patient(&self) -> Option<Statement> {
        match self.name {
            Karnofsky::NAME => Some(Statement::Karnofsky(self.values()?)),
            Ecog::NAME => Some(Statement::Ecog(self.values()?)),
            PrimarySite::NAME => Some(Statement::Primary(self.key()?)),
            BoneExtent::NAME => Some(Statement::BoneExtent(self.key()?)),
            VisceralState::NAME => Some(Statement::VisceralStatus(self.values()?)),
            Frankel::NAME => Some(Statement::Frankel(self.values()?)),
            BreastReceptors::NAME => Some(Statement::BreastReceptors(self.values()?)),
            VisceralPattern::NAME => Some(Statement::VisceralPattern(self.values()?)),
            _ => None,
        }
    }

    /// What a level is said to be.
    fn about_level(&self) -> Option<Statement> {
        match self.name {
            Escc::NAME => Some(Statement::Escc(self.place, self.values()?)),
            Pain::NAME => Some(Statement::Pain(self.place, self.values()?)),
            Lesion::NAME => Some(Statement::Lesion(self.place, self.values()?)),
            Alignment::NAME => Some(Statement::Alignment(self.place, self.values()?)),
            Collapse::NAME => Some(Statement::Collapse(self.place, self.values()?)),
            Posterolateral::NAME => Some(Statement::Posterolateral(self.place, self.values()?)),
            TomitaType::NAME => Some(Statement::TomitaType(self.place, self.values()?)),
            _ => None,
        }
    }

    fn asked_or_measured(&self) -> Option<Statement> {
        if let Some(question) = Question::from_key(self.name) {
            return Some(Statement::Answered(question, self.place, self.key()?));
        }
        let analyte = Analyte::from_key(self.name)?;
        let (amount, unit) = self.value.split_once(' ')?;
        if unit != analyte.unit() {
            return None;
        }
        let amount = Amount::from_thousandths(scaled_decimal(amount, MOST_WHOLE_DIGITS, 3)?);
        let measured = match self.relation? {
            Relation::Is => Measured::Exactly(amount),
            Relation::AtLeast => Measured::AtLeast(amount),
            Relation::AtMost => Measured::AtMost(amount),
            Relation::Above => Measured::Above(amount),
            Relation::Below => Measured::Below(amount),
        };
        Some(Statement::Laboratory(analyte, measured))
    }

    fn key<T: Domain>(&self) -> Option<T> {
        T::from_key(self.value)
    }

    /// The values that remain possible; none at all where nothing is said.
    fn values<T: Domain>(&self) -> Option<ValueSet<T>> {
        match self.relation {
            Some(_) => self.value.split('|').map(T::from_key).collect(),
            None => Some(ValueSet::EMPTY),
        }
    }

    fn count(&self) -> Option<Count> {
        let count = self.value.parse().ok()?;
        match self.relation? {
            Relation::Is => Some(Count::Exactly(count)),
            Relation::AtLeast => Some(Count::AtLeast(count)),
            Relation::AtMost | Relation::Above | Relation::Below => None,
        }
    }

    fn sectors(&self) -> Option<WbbSectors> {
        let sectors: Option<Vec<u8>> = self.value.split(',').map(|sector| sector.parse().ok()).collect();
        WbbSectors::new(sectors?)
    }
}

/// Head, relation and value at the first sign between spaces.
fn relation_of(text: &str) -> Option<(&str, Relation, &str)> {
    const SIGNS: [(&str, Relation); 5] = [
        (" = ", Relation::Is),
        (" >= ", Relation::AtLeast),
        (" <= ", Relation::AtMost),
        (" > ", Relation::Above),
        (" < ", Relation::Below),
    ];
    SIGNS
        .into_iter()
        .find_map(|(sign, relation)| text.split_once(sign).map(|(head, value)| (head, relation, value)))
}
