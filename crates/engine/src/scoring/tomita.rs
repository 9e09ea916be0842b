//! Tomita's prognostic score for spinal metastases.
//!
//! Tomita K et al. Surgical strategy for spinal metastases. Spine 2001;26(3):298-306. Points as in ruling RUL-1: the
//! consensus misprints them. 2 to 10 points, higher is worse. Not to be confused with Tomita's surgical
//! classification into types 1 to 7 (RUL-15).

use super::graded::{graded, points, read_as};
use super::instrument::Instrument;
use super::points::PointSet;
use super::score::{AssignmentStatus, Score, ScoreNote, ScoredItem};
use crate::clinical::{
    BoneExtent, BreastReceptors, Case, Finding, PrimarySite, ValueSet, VisceralState, domain,
};

domain! {
    /// Growth of the primary tumour.
    Growth, "tomita-primary" {
        /// Slow.
        Slow = "slow",
        /// Moderate.
        Moderate = "moderate",
        /// Rapid.
        Rapid = "rapid",
    }
}
graded!(Growth answers TomitaPrimary: Slow => 1, Moderate => 2, Rapid => 4);

domain! {
    /// Visceral metastases: metastases to vital organs.
    Visceral, "tomita-visceral" {
        /// None.
        Absent = "none",
        /// Treatable, by whatever means.
        Treatable = "treatable",
        /// Untreatable.
        Untreatable = "untreatable",
    }
}
graded!(Visceral answers TomitaVisceral: Absent => 0, Treatable => 2, Untreatable => 4);

// Bone metastases, the spinal one included.
graded!(BoneExtent answers TomitaBone: Solitary => 1, Multiple => 2);

/// The growth group of each primary tumour, and on what ground. What the paper does not name follows the growth groups
/// of Katagiri 2014, where these are confirmed (specification B.9); what no confirmed source classes stays open.
pub fn growth(site: PrimarySite) -> (ValueSet<Growth>, AssignmentStatus) {
    use AssignmentStatus::{Ambiguous, Derived, KatagiriAnalogy, Named, Unclassified};
    use Growth::{Moderate, Rapid, Slow};
    #[allow(clippy::enum_glob_use, reason = "the table reads like the paper's")]
    use PrimarySite::*;
    match site {
        Breast | Thyroid | Prostate => (Slow.into(), Named),
        Kidney | Uterus => (Moderate.into(), Named),
        Lung | LungNonSmallCell | LungSmallCell | Stomach | Unidentified => (Rapid.into(), Named),
        // Two cohorts of liver cancer start at 5 points, which leaves only rapid growth.
        Liver => (Rapid.into(), Derived),
        Lymphoma | Myeloma => (Slow.into(), KatagiriAnalogy),
        Osteosarcoma | Sarcoma => (Moderate.into(), KatagiriAnalogy),
        Esophagus | Pancreas | Rectum | Rectosigmoid | Colon | Melanoma | HeadAndNeck => {
            (Rapid.into(), KatagiriAnalogy)
        }
        Cervix => ([Moderate, Rapid].into_iter().collect(), Ambiguous),
        ThyroidAnaplastic => ([Slow, Rapid].into_iter().collect(), Ambiguous),
        Bladder | Biliary | Ovary | Carcinoid | NeuroendocrineCarcinoma | GermCell | Leukaemia | Other => {
            (ValueSet::all(), Unclassified)
        }
    }
}

/// The Tomita item of a visceral state: removable implies treatable (specification B.1).
pub const fn visceral(state: VisceralState) -> Visceral {
    match state {
        VisceralState::Absent => Visceral::Absent,
        VisceralState::Removable | VisceralState::UnremovableTreatable => Visceral::Treatable,
        VisceralState::Untreatable => Visceral::Untreatable,
    }
}

domain! {
    /// Growth of the primary tumour, receptors of breast cancer considered (CN-2.2-TNBC, RUL-4).
    AdjustedGrowth, "tomita-primary-adjusted" {
        /// Slow.
        Slow = "slow",
        /// Moderate; also breast cancer whose receptors lower its prognosis.
        Moderate = "moderate",
        /// Rapid.
        Rapid = "rapid",
    }
}
graded!(AdjustedGrowth answers TomitaPrimaryAdjusted: Slow => 1, Moderate => 2, Rapid => 4);

/// The growth group, receptors considered: breast cancer without oestrogen receptors grows moderately.
pub(crate) fn adjusted_growth(
    site: PrimarySite,
    receptors: ValueSet<BreastReceptors>,
) -> ValueSet<AdjustedGrowth> {
    let as_named = read_as(growth(site).0, |growth| match growth {
        Growth::Slow => AdjustedGrowth::Slow.into(),
        Growth::Moderate => AdjustedGrowth::Moderate.into(),
        Growth::Rapid => AdjustedGrowth::Rapid.into(),
    });
    if site == PrimarySite::Breast {
        read_as(receptors, |receptors| match receptors.lowers_prognosis() {
            Some(false) => as_named,
            Some(true) => AdjustedGrowth::Moderate.into(),
            None => as_named.union(AdjustedGrowth::Moderate.into()),
        })
    } else {
        as_named
    }
}

/// What the score is made from.
#[derive(Debug, Clone, Copy)]
pub struct Inputs<'a> {
    /// Primary tumour.
    pub primary: &'a Finding<PrimarySite>,
    /// Metastases to vital organs.
    pub visceral: &'a Finding<VisceralState>,
    /// All bone foci together.
    pub bone: &'a Finding<BoneExtent>,
}

impl<'a> From<&'a Case> for Inputs<'a> {
    fn from(case: &'a Case) -> Self {
        Self { primary: &case.primary, visceral: &case.visceral, bone: &case.bone_extent }
    }
}

/// The score of what is known.
pub fn score(inputs: &Inputs<'_>) -> Score {
    let sites = inputs.primary.possible();
    let items = vec![
        ScoredItem::new(inputs.primary, growths(sites)).with_assignments(sites, |site| growth(site).1),
        ScoredItem::new(inputs.visceral, viscerals(inputs.visceral.possible())),
        ScoredItem::new(inputs.bone, inputs.bone.possible()),
    ];
    Score::additive(Instrument::Tomita2001, None, items, notes(sites))
}

/// The score with the growth of breast cancer adjusted for its receptors; `None` where no breast cancer is on record, so
/// that there is nothing to adjust.
pub fn adjusted(case: &Case) -> Option<Score> {
    let sites = case.primary.possible();
    if !case.primary.is_recorded() || !sites.contains(PrimarySite::Breast) {
        return None;
    }
    let growths = read_as(sites, |site| adjusted_growth(site, case.breast_receptors.possible()));
    let inputs = Inputs::from(case);
    let items = vec![
        ScoredItem::new(inputs.primary, growths)
            .with_assignments(sites, |site| growth(site).1)
            .also_resting_on(&case.breast_receptors),
        ScoredItem::new(inputs.visceral, viscerals(inputs.visceral.possible())),
        ScoredItem::new(inputs.bone, inputs.bone.possible()),
    ];
    let notes = notes(sites).into_iter().filter(|note| *note != ScoreNote::BreastReceptorsNotConsidered);
    Some(Score::additive(Instrument::TomitaReceptorAdjusted, None, items, notes.collect()))
}

/// The totals that remain reachable with receptors considered.
pub fn adjusted_totals(
    primary: ValueSet<PrimarySite>,
    receptors: ValueSet<BreastReceptors>,
    visceral: ValueSet<VisceralState>,
    bone: ValueSet<BoneExtent>,
) -> PointSet {
    let growths = read_as(primary, |site| adjusted_growth(site, receptors));
    points(growths).plus(points(viscerals(visceral))).plus(points(bone))
}

/// The totals that remain reachable, where only these matter.
pub fn totals(
    primary: ValueSet<PrimarySite>,
    visceral: ValueSet<VisceralState>,
    bone: ValueSet<BoneExtent>,
) -> PointSet {
    points(growths(primary)).plus(points(viscerals(visceral))).plus(points(bone))
}

fn growths(sites: ValueSet<PrimarySite>) -> ValueSet<Growth> {
    read_as(sites, |site| growth(site).0)
}

fn viscerals(states: ValueSet<VisceralState>) -> ValueSet<Visceral> {
    read_as(states, |state| visceral(state).into())
}

fn notes(sites: ValueSet<PrimarySite>) -> Vec<ScoreNote> {
    if sites == ValueSet::all() {
        return Vec::new();
    }
    let note = |site: PrimarySite| match site {
        site if site.is_haematological() => Some(ScoreNote::OutsideSurgicalDerivation),
        PrimarySite::ThyroidAnaplastic => Some(ScoreNote::AnaplasticThyroid),
        PrimarySite::Breast => Some(ScoreNote::BreastReceptorsNotConsidered),
        _ => None,
    };
    sites.iter().filter_map(note).collect::<ValueSet<ScoreNote>>().iter().collect()
}
