//! The revised Tokuhashi score.
//!
//! Tokuhashi Y et al. A revised scoring system for preoperative evaluation of metastatic spine tumor prognosis. Spine
//! 2005;30(19):2186-2191. 0 to 15 points, higher is better. Vertebral bins as in ruling RUL-2, bands as in RUL-3.

use super::graded::{graded, points, read_as};
use super::instrument::Instrument;
use super::points::PointSet;
use super::score::{AssignmentStatus, Score, ScoreNote, ScoredItem};
use crate::clinical::{
    Answer, BreastReceptors, Case, ExtraspinalCount, Finding, Frankel, Karnofsky, PrimarySite, ValueSet,
    VertebralCount, VisceralState, domain,
};

domain! {
    /// General condition by Karnofsky performance status.
    General, "tokuhashi-general" {
        /// 10-40 %.
        Poor = "poor",
        /// 50-70 %.
        Fair = "fair",
        /// 80-100 %.
        Good = "good",
    }
}
graded!(General answers TokuhashiGeneral: Poor => 0, Fair => 1, Good => 2);

// Bone foci outside the spine.
graded!(ExtraspinalCount answers TokuhashiExtraspinalBone: ThreeOrMore => 0, OneOrTwo => 1, Zero => 2);

// Vertebrae with metastasis: a patient with a spinal metastasis cannot have none (RUL-2).
graded!(VertebralCount answers TokuhashiVertebral: ThreeOrMore => 0, Two => 1, One => 2);

domain! {
    /// Metastases to the major internal organs.
    Organs, "tokuhashi-organs" {
        /// Not removable by surgery.
        Unremovable = "unremovable",
        /// Removable by surgery.
        Removable = "removable",
        /// None.
        Absent = "none",
    }
}
graded!(Organs answers TokuhashiOrgans: Unremovable => 0, Removable => 1, Absent => 2);

domain! {
    /// Primary site of the cancer.
    PrimaryGroup, "tokuhashi-primary" {
        /// Lung, osteosarcoma, stomach, bladder, esophagus, pancreas.
        LungGroup = "lung-group",
        /// Liver, gallbladder, unidentified.
        LiverGroup = "liver-group",
        /// Others.
        Others = "others",
        /// Kidney, uterus.
        KidneyUterus = "kidney-uterus",
        /// Rectum.
        Rectum = "rectum",
        /// Thyroid, breast, prostate, carcinoid tumour.
        ThyroidGroup = "thyroid-group",
    }
}
graded!(PrimaryGroup answers TokuhashiPrimary:
    LungGroup => 0, LiverGroup => 1, Others => 2, KidneyUterus => 3, Rectum => 4, ThyroidGroup => 5);

domain! {
    /// Palsy.
    Palsy, "tokuhashi-palsy" {
        /// Complete: Frankel A, B.
        Complete = "complete",
        /// Incomplete: Frankel C, D.
        Incomplete = "incomplete",
        /// None: Frankel E.
        Absent = "none",
    }
}
graded!(Palsy answers TokuhashiPalsy: Complete => 0, Incomplete => 1, Absent => 2);

/// The group of each primary tumour, and on what ground.
pub fn primary_group(site: PrimarySite) -> (ValueSet<PrimaryGroup>, AssignmentStatus) {
    use AssignmentStatus::{Ambiguous, Named, Remainder};
    use PrimaryGroup::{KidneyUterus, LiverGroup, LungGroup, Others, ThyroidGroup};
    #[allow(clippy::enum_glob_use, reason = "the table reads like the paper's")]
    use PrimarySite::*;
    match site {
        Lung | LungNonSmallCell | LungSmallCell | Osteosarcoma | Stomach | Bladder | Esophagus | Pancreas => {
            (LungGroup.into(), Named)
        }
        Liver | Biliary | Unidentified => (LiverGroup.into(), Named),
        Kidney | Uterus => (KidneyUterus.into(), Named),
        Rectum => (PrimaryGroup::Rectum.into(), Named),
        Thyroid | ThyroidAnaplastic | Breast | Prostate | Carcinoid => (ThyroidGroup.into(), Named),
        Cervix => ([Others, KidneyUterus].into_iter().collect(), Ambiguous),
        Rectosigmoid => ([Others, PrimaryGroup::Rectum].into_iter().collect(), Ambiguous),
        Colon
        | NeuroendocrineCarcinoma
        | Ovary
        | Melanoma
        | Lymphoma
        | Myeloma
        | Leukaemia
        | Sarcoma
        | HeadAndNeck
        | GermCell
        | Other => (Others.into(), Remainder),
    }
}

domain! {
    /// Primary site, receptors of breast cancer considered (CN-2.2-TNBC, RUL-4).
    AdjustedPrimaryGroup, "tokuhashi-primary-adjusted" {
        /// Lung, osteosarcoma, stomach, bladder, esophagus, pancreas.
        LungGroup = "lung-group",
        /// Liver, gallbladder, unidentified.
        LiverGroup = "liver-group",
        /// Others.
        Others = "others",
        /// Kidney, uterus.
        KidneyUterus = "kidney-uterus",
        /// Breast cancer whose receptors lower its prognosis.
        ReceptorNegativeBreast = "receptor-negative-breast",
        /// Rectum.
        Rectum = "rectum",
        /// Thyroid, other breast, prostate, carcinoid tumour.
        ThyroidGroup = "thyroid-group",
    }
}
graded!(AdjustedPrimaryGroup answers TokuhashiPrimaryAdjusted:
    LungGroup => 0, LiverGroup => 1, Others => 2, KidneyUterus => 3, ReceptorNegativeBreast => 3, Rectum => 4,
    ThyroidGroup => 5);

/// The group, receptors considered.
pub(crate) fn adjusted_group(
    site: PrimarySite,
    receptors: ValueSet<BreastReceptors>,
) -> ValueSet<AdjustedPrimaryGroup> {
    use AdjustedPrimaryGroup as A;
    if site == PrimarySite::Breast {
        return read_as(receptors, |receptors| match receptors.lowers_prognosis() {
            Some(false) => A::ThyroidGroup.into(),
            Some(true) => A::ReceptorNegativeBreast.into(),
            None => [A::ThyroidGroup, A::ReceptorNegativeBreast].into_iter().collect(),
        });
    }
    read_as(primary_group(site).0, |group| {
        match group {
            PrimaryGroup::LungGroup => A::LungGroup,
            PrimaryGroup::LiverGroup => A::LiverGroup,
            PrimaryGroup::Others => A::Others,
            PrimaryGroup::KidneyUterus => A::KidneyUterus,
            PrimaryGroup::Rectum => A::Rectum,
            PrimaryGroup::ThyroidGroup => A::ThyroidGroup,
        }
        .into()
    })
}

/// The general condition of a Karnofsky value.
pub const fn general(karnofsky: Karnofsky) -> General {
    match karnofsky {
        Karnofsky::K10 | Karnofsky::K20 | Karnofsky::K30 | Karnofsky::K40 => General::Poor,
        Karnofsky::K50 | Karnofsky::K60 | Karnofsky::K70 => General::Fair,
        Karnofsky::K80 | Karnofsky::K90 | Karnofsky::K100 => General::Good,
    }
}

/// The Tokuhashi item of a visceral state.
pub const fn organs(state: VisceralState) -> Organs {
    match state {
        VisceralState::Absent => Organs::Absent,
        VisceralState::Removable => Organs::Removable,
        VisceralState::UnremovableTreatable | VisceralState::Untreatable => Organs::Unremovable,
    }
}

/// The palsy of a Frankel grade. Grade B counts as complete.
pub const fn palsy(grade: Frankel) -> Palsy {
    match grade {
        Frankel::A | Frankel::B => Palsy::Complete,
        Frankel::C | Frankel::D => Palsy::Incomplete,
        Frankel::E => Palsy::Absent,
    }
}

/// What the score is made from.
#[derive(Debug, Clone, Copy)]
pub struct Inputs<'a> {
    /// General condition.
    pub karnofsky: &'a Finding<Karnofsky>,
    /// Bone foci outside the spine.
    pub extraspinal: &'a Finding<ExtraspinalCount>,
    /// Vertebrae with metastasis.
    pub vertebral: &'a Finding<VertebralCount>,
    /// Metastases to vital organs.
    pub visceral: &'a Finding<VisceralState>,
    /// Primary tumour.
    pub primary: &'a Finding<PrimarySite>,
    /// Spinal cord function.
    pub frankel: &'a Finding<Frankel>,
}

impl<'a> From<&'a Case> for Inputs<'a> {
    fn from(case: &'a Case) -> Self {
        Self {
            karnofsky: &case.karnofsky,
            extraspinal: &case.extraspinal_count,
            vertebral: &case.vertebral_count,
            visceral: &case.visceral,
            primary: &case.primary,
            frankel: &case.frankel,
        }
    }
}

/// The values that remain possible, where only these matter.
#[derive(Debug, Clone, Copy)]
pub struct Values {
    /// General condition.
    pub karnofsky: ValueSet<Karnofsky>,
    /// Bone foci outside the spine.
    pub extraspinal: ValueSet<ExtraspinalCount>,
    /// Vertebrae with metastasis.
    pub vertebral: ValueSet<VertebralCount>,
    /// Metastases to vital organs.
    pub visceral: ValueSet<VisceralState>,
    /// Primary tumour.
    pub primary: ValueSet<PrimarySite>,
    /// Spinal cord function.
    pub frankel: ValueSet<Frankel>,
}

/// The score of what is known.
pub fn score(inputs: &Inputs<'_>) -> Score {
    let sites = inputs.primary.possible();
    let items = vec![
        ScoredItem::new(inputs.karnofsky, generals(inputs.karnofsky.possible())),
        ScoredItem::new(inputs.extraspinal, inputs.extraspinal.possible()),
        ScoredItem::new(inputs.vertebral, inputs.vertebral.possible()),
        ScoredItem::new(inputs.visceral, all_organs(inputs.visceral.possible())),
        ScoredItem::new(inputs.primary, groups(sites)).with_assignments(sites, |site| primary_group(site).1),
        ScoredItem::new(inputs.frankel, palsies(inputs.frankel.possible())),
    ];
    Score::additive(Instrument::Tokuhashi2005, None, items, notes(sites))
}

/// The score with the primary site of breast cancer adjusted for its receptors; `None` where no breast cancer is on record,
/// so that there is nothing to adjust.
pub fn adjusted(case: &Case) -> Option<Score> {
    let sites = case.primary.possible();
    if !case.primary.is_recorded() || !sites.contains(PrimarySite::Breast) {
        return None;
    }
    let groups = read_as(sites, |site| adjusted_group(site, case.breast_receptors.possible()));
    let inputs = Inputs::from(case);
    let items = vec![
        ScoredItem::new(inputs.karnofsky, generals(inputs.karnofsky.possible())),
        ScoredItem::new(inputs.extraspinal, inputs.extraspinal.possible()),
        ScoredItem::new(inputs.vertebral, inputs.vertebral.possible()),
        ScoredItem::new(inputs.visceral, all_organs(inputs.visceral.possible())),
        ScoredItem::new(inputs.primary, groups)
            .with_assignments(sites, |site| primary_group(site).1)
            .also_resting_on(&case.breast_receptors),
        ScoredItem::new(inputs.frankel, palsies(inputs.frankel.possible())),
    ];
    let notes = notes(sites).into_iter().filter(|note| *note != ScoreNote::BreastReceptorsNotConsidered);
    Some(Score::additive(Instrument::TokuhashiReceptorAdjusted, None, items, notes.collect()))
}

/// The score with a note where a driver variant of lung cancer is on record: the consensus adjusts no points for it, and
/// holds that survival is then likely to be underestimated (CN-1.5-MUT, CN-2.2-LEE).
pub(super) fn with_driver_note(mut score: Score, case: &Case) -> Score {
    let is_lung = case.primary.is_recorded() && case.primary.possible().iter().all(PrimarySite::is_lung);
    let has_driver = case.drivers.iter().any(|(_, found)| found.known() == Some(Answer::Yes));
    if is_lung && has_driver {
        score.notes.push(ScoreNote::DriverVariantUnderestimated);
    }
    score
}

/// The totals that remain reachable, where only these matter.
pub fn totals(values: &Values) -> PointSet {
    others(values).plus(points(groups(values.primary)))
}

/// The totals that remain reachable with receptors considered.
pub fn adjusted_totals(values: &Values, receptors: ValueSet<BreastReceptors>) -> PointSet {
    others(values).plus(points(read_as(values.primary, |site| adjusted_group(site, receptors))))
}

/// What all items but the primary add up to.
fn others(values: &Values) -> PointSet {
    [
        points(generals(values.karnofsky)),
        points(values.extraspinal),
        points(values.vertebral),
        points(all_organs(values.visceral)),
        points(palsies(values.frankel)),
    ]
    .into_iter()
    .sum()
}

fn generals(values: ValueSet<Karnofsky>) -> ValueSet<General> {
    read_as(values, |value| general(value).into())
}

fn all_organs(states: ValueSet<VisceralState>) -> ValueSet<Organs> {
    read_as(states, |state| organs(state).into())
}

fn groups(sites: ValueSet<PrimarySite>) -> ValueSet<PrimaryGroup> {
    read_as(sites, |site| primary_group(site).0)
}

fn palsies(grades: ValueSet<Frankel>) -> ValueSet<Palsy> {
    read_as(grades, |grade| palsy(grade).into())
}

fn notes(sites: ValueSet<PrimarySite>) -> Vec<ScoreNote> {
    if sites == ValueSet::all() {
        return Vec::new();
    }
    let note = |site: PrimarySite| match site {
        site if site.is_haematological() => Some(ScoreNote::OutsideSurgicalDerivation),
        PrimarySite::ThyroidAnaplastic => Some(ScoreNote::AnaplasticThyroid),
        PrimarySite::NeuroendocrineCarcinoma => Some(ScoreNote::NeuroendocrineCarcinomaIsNoCarcinoid),
        PrimarySite::Breast => Some(ScoreNote::BreastReceptorsNotConsidered),
        _ => None,
    };
    sites.iter().filter_map(note).collect::<ValueSet<ScoreNote>>().iter().collect()
}
