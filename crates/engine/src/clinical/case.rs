//! The clinical picture at one instant: every item of the scores as a [`Finding`].

mod bone;
mod general;
mod levels;
mod weighing;

use jiff::Timestamp;

use super::evidence::Evidence;
use super::fact::{Fact, Statement};
use super::finding::Finding;
use super::freshness::{Freshness, FreshnessPolicy, threatens_cord};
use super::instability::{Alignment, Collapse, Escc, Lesion, Pain, Posterolateral, SinsLocation};
use super::metastases::{BoneExtent, Count, ExtraspinalCount, VertebralCount, VisceralState};
use super::partial_date::PartialDate;
use super::performance::{Frankel, Karnofsky};
use super::primary_site::PrimarySite;
use super::vertebra::Place;
pub(crate) use bone::extent_from_counts;
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
    /// Spinal cord function.
    pub frankel: Finding<Frankel>,
    /// The levels on record, from head to sacrum; a level without a name comes last.
    pub levels: Vec<Level>,
}

/// Whether the record shows metastasis in the spine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Involvement {
    /// Nothing on record speaks of it. That is not the same as absence.
    NotRecorded,
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
}

impl Case {
    /// Weighs the facts as they stand at `as_of`. The order of the facts does not matter.
    pub fn from_facts(mut facts: Vec<Fact>, as_of: Timestamp, policy: &FreshnessPolicy) -> Self {
        facts.sort_by_cached_key(canonical_key);
        facts.dedup();
        let cord_at_risk = cord_at_risk(&facts, as_of, policy);
        let facts: Vec<(Fact, Freshness)> = facts
            .into_iter()
            .map(|fact| {
                let freshness = policy.judge(&fact, as_of, cord_at_risk);
                (fact, freshness)
            })
            .collect();
        let weighed: Vec<Weighed<'_>> =
            facts.iter().map(|(fact, freshness)| Weighed::new(fact, *freshness)).collect();
        let vertebral_count = bone::vertebral_count(&weighed);
        let extraspinal_count = bone::extraspinal_count(&weighed);
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
            bone_extent: bone::extent(&weighed, &vertebral_count, &extraspinal_count),
            levels: levels::levels(&weighed, &vertebral_count),
            vertebral_count,
            extraspinal_count,
            visceral: general::visceral(&weighed),
            frankel: general::frankel(&weighed),
            facts: Vec::new(),
        };
        Self { facts, ..case }
    }

    /// Whether the patient is certainly under 18 at the instant of the case. A birthday begins up to 14 hours before
    /// it does in UTC, depending on where the patient is.
    pub fn is_minor(&self) -> bool {
        let Some(birth) = &self.birth_date else {
            return false;
        };
        let years = jiff::Span::new().years(18);
        let adult_from = birth
            .earliest()
            .to_zoned(jiff::tz::TimeZone::UTC)
            .checked_add(years)
            .and_then(|birthday| birthday.checked_sub(jiff::Span::new().hours(14)));
        adult_from.is_ok_and(|adult_from| self.as_of < adult_from.timestamp())
    }
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

/// Whether a usable ESCC grade of 1c or worse is on record.
fn cord_at_risk(facts: &[Fact], as_of: Timestamp, policy: &FreshnessPolicy) -> bool {
    facts.iter().any(|fact| {
        let Statement::Escc(_, grades) = &fact.statement else {
            return false;
        };
        grades.iter().all(threatens_cord) && policy.judge(fact, as_of, false).is_usable()
    })
}

fn birth_date(facts: &[Weighed<'_>]) -> Option<PartialDate> {
    facts.iter().find_map(|fact| match fact.statement {
        Statement::BirthDate(date) => Some(date.clone()),
        _ => None,
    })
}

/// That some bone carries metastasis makes the spine possible, unless the record says that no vertebra does.
fn involvement(facts: &[Weighed<'_>]) -> Involvement {
    let excluded = facts.iter().any(|fact| {
        fact.freshness.is_usable() && *fact.statement == Statement::VertebralCount(Count::Exactly(0))
    });
    let most = facts
        .iter()
        .filter(|fact| fact.freshness != Freshness::NotYet)
        .map(|fact| match fact.statement {
            Statement::VertebralCount(Count::Exactly(0) | Count::AtLeast(0)) => Involvement::NotRecorded,
            Statement::SpinalMetastasis(_)
            | Statement::VertebralCount(_)
            | Statement::Escc(..)
            | Statement::Lesion(..)
            | Statement::Posterolateral(..) => Involvement::Established,
            Statement::BoneMetastasis | Statement::BoneExtent(_) => Involvement::Possible,
            _ => Involvement::NotRecorded,
        })
        .max()
        .unwrap_or(Involvement::NotRecorded);
    if excluded && most == Involvement::Possible { Involvement::NotRecorded } else { most }
}
