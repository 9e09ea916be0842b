//! Katagiri's revised score.
//!
//! Katagiri H et al. New prognostic factors and scoring system for patients with skeletal metastasis. Cancer Med
//! 2014;3(5):1359-1367. 0 to 10 points, higher is worse. Groups of tumours that were only recalled from the paper and not
//! confirmed stay open.

mod laboratory;

use super::graded::{graded, read_as};
use super::instrument::Instrument;
use super::score::{AssignmentStatus, Score, ScoreNote, ScoredItem};
use crate::clinical::{
    Answer, BoneExtent, BreastReceptors, Case, Finding, Karnofsky, PrimarySite, Question, ValueSet,
    VisceralPattern, domain,
};
pub use laboratory::laboratory;

domain! {
    /// Growth of the primary tumour.
    Growth, "katagiri-primary" {
        /// Slow: hormone-dependent breast and prostate cancer, thyroid cancer, myeloma, lymphoma.
        Slow = "slow",
        /// Moderate: lung cancer on molecularly targeted drugs, hormone-independent breast and prostate cancer, renal cell
        /// carcinoma, sarcoma.
        Moderate = "moderate",
        /// Rapid: other lung cancer, colorectal, gastric, pancreatic, head and neck, oesophageal, hepatocellular,
        /// melanoma, unknown origin.
        Rapid = "rapid",
    }
}
graded!(Growth answers KatagiriPrimary: Slow => 0, Moderate => 2, Rapid => 3);

domain! {
    /// Visceral metastases.
    Visceral, "katagiri-visceral" {
        /// None.
        Absent = "none",
        /// Nodular visceral metastases, or cerebral ones.
        NodularOrCerebral = "nodular-or-cerebral",
        /// Disseminated.
        Disseminated = "disseminated",
    }
}
graded!(Visceral answers KatagiriVisceral: Absent => 0, NodularOrCerebral => 1, Disseminated => 2);

domain! {
    /// Laboratory data.
    Laboratory, "katagiri-laboratory" {
        /// Neither of the others.
        Normal = "normal",
        /// CRP 0.4 mg/dL or more, LDH 250 U/L or more, or albumin below 3.7 g/dL.
        Abnormal = "abnormal",
        /// Platelets below 100 × 10⁹/L, calcium 10.3 mg/dL or more, or total bilirubin 1.4 mg/dL or more.
        Critical = "critical",
    }
}
graded!(Laboratory answers KatagiriLaboratory: Normal => 0, Abnormal => 1, Critical => 2);

domain! {
    /// Performance status.
    Performance, "katagiri-performance" {
        /// ECOG 0 to 2.
        Ecog0To2 = "ecog-0-2",
        /// ECOG 3 or 4.
        Ecog3To4 = "ecog-3-4",
    }
}
graded!(Performance answers KatagiriPerformance: Ecog0To2 => 0, Ecog3To4 => 1);

domain! {
    /// Previous chemotherapy.
    Chemotherapy, "katagiri-chemotherapy" {
        /// None.
        No = "no",
        /// Given.
        Yes = "yes",
    }
}
graded!(Chemotherapy answers KatagiriChemotherapy: No => 0, Yes => 1);

domain! {
    /// Skeletal metastases.
    Skeletal, "katagiri-skeletal" {
        /// Just one.
        Solitary = "solitary",
        /// More than one.
        Multiple = "multiple",
    }
}
graded!(Skeletal answers KatagiriSkeletal: Solitary => 0, Multiple => 1);

/// What the growth of some tumours depends on.
#[derive(Debug, Clone, Copy)]
pub struct Treatability {
    /// Whether the cancer depends on hormones: breast and prostate.
    pub hormone_dependent: ValueSet<Answer>,
    /// Whether it is treated with molecularly targeted drugs: lung.
    pub targeted: ValueSet<Answer>,
}

/// The growth group of each primary tumour, and on what ground.
pub fn growth(site: PrimarySite, treatability: &Treatability) -> (ValueSet<Growth>, AssignmentStatus) {
    use AssignmentStatus::{Named, Unclassified};
    use Growth::{Moderate, Rapid, Slow};
    #[allow(clippy::enum_glob_use, reason = "the table reads like the paper's")]
    use PrimarySite::*;
    let by = |answers: ValueSet<Answer>, yes: Growth, no: Growth| {
        read_as(answers, |answer| if answer == Answer::Yes { yes.into() } else { no.into() })
    };
    match site {
        Breast | Prostate => (by(treatability.hormone_dependent, Slow, Moderate), Named),
        Thyroid | ThyroidAnaplastic | Myeloma | Lymphoma => (Slow.into(), Named),
        Lung | LungNonSmallCell => (by(treatability.targeted, Moderate, Rapid), Named),
        Kidney | Sarcoma | Osteosarcoma => (Moderate.into(), Named),
        LungSmallCell | Colon | Rectum | Rectosigmoid | Stomach | Pancreas | HeadAndNeck | Esophagus
        | Liver | Melanoma | Unidentified => (Rapid.into(), Named),
        Bladder
        | Biliary
        | Uterus
        | Cervix
        | Carcinoid
        | NeuroendocrineCarcinoma
        | Ovary
        | Leukaemia
        | GermCell
        | Other => (ValueSet::all(), Unclassified),
    }
}

/// Whether a cancer of this site depends on hormones: as stated, and not where both hormone receptors of a breast cancer are
/// negative. A stated "yes" beside such receptors is a contradiction, which leaves both.
fn hormone_dependent(case: &Case, site: PrimarySite) -> ValueSet<Answer> {
    let stated = case.answer(Question::HormoneDependent, None).filter(|finding| finding.is_recorded());
    let stated = stated.map(Finding::possible);
    // With several primaries the answer does not say which of them it is about, so that it contradicts nothing.
    let contradicts = case.primary.known() == Some(PrimarySite::Breast);
    if site == PrimarySite::Breast && without_hormone_receptors(case) {
        stated.filter(|_| contradicts).unwrap_or(ValueSet::EMPTY).union(Answer::No.into())
    } else {
        stated.unwrap_or_else(ValueSet::all)
    }
}

fn without_hormone_receptors(case: &Case) -> bool {
    let negative: ValueSet<BreastReceptors> =
        [BreastReceptors::HormoneNegativeHer2Positive, BreastReceptors::TripleNegative].into_iter().collect();
    case.breast_receptors.possible().is_subset(negative)
}

/// The score of what is known.
pub fn score(case: &Case) -> Score {
    let items = vec![
        primary(case),
        ScoredItem::new(
            &case.visceral_pattern,
            read_as(case.visceral_pattern.possible(), |pattern| visceral(pattern).into()),
        ),
        {
            let laboratory = laboratory(case);
            ScoredItem::new(&laboratory, laboratory.possible())
        },
        ScoredItem::new(
            &case.karnofsky,
            read_as(case.karnofsky.possible(), |value| performance(value).into()),
        ),
        chemotherapy(case),
        ScoredItem::new(
            &case.bone_extent,
            read_as(case.bone_extent.possible(), |extent| match extent {
                BoneExtent::Solitary => Skeletal::Solitary.into(),
                BoneExtent::Multiple => Skeletal::Multiple.into(),
            }),
        ),
    ];
    let anaplastic =
        case.primary.is_recorded() && case.primary.possible().contains(PrimarySite::ThyroidAnaplastic);
    let notes = [
        (anaplastic, ScoreNote::AnaplasticThyroid),
        (case.karnofsky.is_recorded(), ScoreNote::PerformanceThroughCrosswalk),
    ];
    let notes = notes.into_iter().filter_map(|(is_true, note)| is_true.then_some(note)).collect();
    Score::additive(Instrument::Katagiri2014, None, items, notes)
}

fn primary(case: &Case) -> ScoredItem {
    let grown = |site| {
        let treatability = Treatability {
            hormone_dependent: hormone_dependent(case, site),
            targeted: case.possible_answers(Question::MolecularlyTargetedTherapy, None),
        };
        growth(site, &treatability)
    };
    let sites = case.primary.possible();
    let item = ScoredItem::new(&case.primary, read_as(sites, |site| grown(site).0))
        .with_assignments(sites, |site| grown(site).1);
    let by_receptors =
        case.primary.is_recorded() && sites.contains(PrimarySite::Breast) && without_hormone_receptors(case);
    let item = if by_receptors { item.also_resting_on(&case.breast_receptors) } else { item };
    let asked = [
        (Question::HormoneDependent, [PrimarySite::Breast, PrimarySite::Prostate]),
        (Question::MolecularlyTargetedTherapy, [PrimarySite::Lung, PrimarySite::LungNonSmallCell]),
    ];
    let answers = asked
        .into_iter()
        .filter(|(_, concerned)| {
            case.primary.is_recorded() && concerned.iter().any(|site| sites.contains(*site))
        })
        .filter_map(|(question, _)| case.answer(question, None));
    answers.fold(item, ScoredItem::also_resting_on)
}

const fn visceral(pattern: VisceralPattern) -> Visceral {
    match pattern {
        VisceralPattern::Absent => Visceral::Absent,
        VisceralPattern::NodularOrCerebral => Visceral::NodularOrCerebral,
        VisceralPattern::Disseminated => Visceral::Disseminated,
    }
}

/// ECOG 3 and 4 are Karnofsky 10 to 40 (specification B.7).
pub fn performance(karnofsky: Karnofsky) -> Performance {
    if karnofsky <= Karnofsky::K40 { Performance::Ecog3To4 } else { Performance::Ecog0To2 }
}

fn chemotherapy(case: &Case) -> ScoredItem {
    let nothing = Finding::not_recorded();
    let finding = case.answer(Question::PriorChemotherapy, None).unwrap_or(&nothing);
    let values = read_as(finding.possible(), |answer| match answer {
        Answer::Yes => Chemotherapy::Yes.into(),
        Answer::No => Chemotherapy::No.into(),
    });
    ScoredItem::new(finding, values)
}
