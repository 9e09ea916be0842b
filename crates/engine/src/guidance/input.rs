//! What the guidance may ask for.

use crate::clinical::{Domain, domain};
use crate::scoring::{Instrument, Item};

domain! {
    /// An input of the scores or of the guidance.
    Input, "input" {
        /// Karnofsky performance status.
        Karnofsky = "karnofsky",
        /// Primary tumour.
        Primary = "primary",
        /// Number of vertebrae with metastasis.
        VertebralCount = "vertebral-count",
        /// Number of bone foci outside the spine.
        ExtraspinalCount = "extraspinal-count",
        /// Whether there is one bone focus in the body or more.
        BoneExtent = "bone-extent",
        /// Metastases to vital organs.
        Visceral = "visceral",
        /// Frankel grade.
        Frankel = "frankel",
        /// Which vertebra.
        SinsLocation = "sins-location",
        /// Type of pain.
        SinsPain = "sins-pain",
        /// Bone lesion quality.
        SinsLesion = "sins-lesion",
        /// Spinal alignment.
        SinsAlignment = "sins-alignment",
        /// Vertebral body collapse.
        SinsCollapse = "sins-collapse",
        /// Posterolateral involvement.
        SinsPosterolateral = "sins-posterolateral",
        /// ESCC grade.
        Escc = "escc",
        /// Tomita's surgical type of the lesion.
        TomitaType = "tomita-type",
        /// Whether neurological symptoms are getting worse.
        NeurologicalProgression = "neurological-progression",
        /// Whether the patient can stand surgery: an anaesthetic judgement, never inferred from Karnofsky.
        SurgicalTolerance = "surgical-tolerance",
        /// Whether surgery is planned.
        SurgeryPlanned = "surgery-planned",
        /// A clinician's estimate that survival exceeds six months.
        SurvivalOverSixMonths = "survival-over-six-months",
        /// Whether treatment controls the primary tumour.
        PrimaryControlled = "primary-controlled",
        /// Whether stereotactic radiotherapy can be had within 35 days of separation surgery.
        SsrsWithin35Days = "ssrs-within-35-days",
        /// Radiation oncology's judgement that the tumour responds to conventional radiotherapy; asked for where neither
        /// the consensus nor a confirmed list classes the primary (specification D.2).
        Radiosensitivity = "radiosensitivity",
        /// Whether the tumour is, or will be, embolised before surgery.
        PreoperativeEmbolisation = "preoperative-embolisation",
        /// Whether imaging shows a hypervascular deposit.
        HypervascularOnImaging = "hypervascular-on-imaging",
        /// A hairpin anterior spinal artery that shares its trunk with the vessel to be embolised.
        HairpinArtery = "hairpin-artery",
        /// Local or systemic infection.
        Infection = "infection",
        /// Severe coagulopathy, by the site's own threshold (RUL-20).
        SevereCoagulopathy = "severe-coagulopathy",
        /// Allergy to polymethyl methacrylate.
        PmmaAllergy = "pmma-allergy",
        /// Pregnancy.
        Pregnancy = "pregnancy",
        /// Severe failure of a vital organ.
        SevereOrganFailure = "severe-organ-failure",
        /// Cardio- or cerebrovascular disease.
        CardiovascularDisease = "cardiovascular-disease",
        /// Pulmonary dysfunction.
        PulmonaryDysfunction = "pulmonary-dysfunction",
        /// A surgeon's judgement that the level is unstable; asked for where SINS 7-12 leaves it open.
        UnstableInSurgicalOpinion = "unstable-in-surgical-opinion",
        /// Whether the deposit at this level compresses neural tissue.
        NeuralCompression = "neural-compression",
        /// Whether the posterior wall of the vertebra is relatively intact.
        PosteriorWallIntact = "posterior-wall-intact",
        /// Whether tumour involves a pedicle.
        PedicleInvolvement = "pedicle-involvement",
        /// Whether the collapse is severe, by a clinician's judgement (RUL-20).
        SevereCollapse = "severe-collapse",
        /// Whether a fracture of this level is impending.
        ImpendingFracture = "impending-fracture",
        /// Whether the tumour lies within one centimetre of the cord.
        WithinOneCentimetreOfCord = "within-1-cm-of-cord",
        /// Severe destruction of the vertebra with risk of paraplegia.
        DestructionWithParaplegiaRisk = "destruction-with-paraplegia-risk",
        /// Whether the tumour is confined to the posterior elements (WBB sectors 10-12 and 1-3).
        PosteriorElementsOnly = "posterior-elements-only",
        /// Whether palliative decompression is intended.
        PalliativeDecompression = "palliative-decompression",
        /// Whether relief of pain is the intention.
        PainPalliation = "pain-palliation",
        /// Whether there is no earlier history of cancer.
        NoCancerHistory = "no-cancer-history",
        /// Whether the primary has long been inactive and the spinal lesion is new.
        PrimaryLongInactive = "primary-long-inactive",
        /// Whether a new spinal lesion appears beside known multiple metastases.
        NewSpinalLesion = "new-spinal-lesion",
    }
}

/// What an input is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputScope {
    /// The patient.
    Patient,
    /// One level of the spine.
    Level,
}

impl Input {
    /// Whether it is about the patient or about one level.
    pub const fn scope(self) -> InputScope {
        match self {
            Self::SinsLocation
            | Self::SinsPain
            | Self::SinsLesion
            | Self::SinsAlignment
            | Self::SinsCollapse
            | Self::SinsPosterolateral
            | Self::Escc
            | Self::TomitaType
            | Self::UnstableInSurgicalOpinion
            | Self::NeuralCompression
            | Self::PosteriorWallIntact
            | Self::PedicleInvolvement
            | Self::SevereCollapse
            | Self::ImpendingFracture
            | Self::WithinOneCentimetreOfCord
            | Self::DestructionWithParaplegiaRisk
            | Self::PosteriorElementsOnly => InputScope::Level,
            _ => InputScope::Patient,
        }
    }

    /// The items that read it.
    pub const fn items(self) -> &'static [Item] {
        match self {
            Self::Karnofsky => &[Item::TokuhashiGeneral],
            Self::Primary => &[Item::TomitaPrimary, Item::TokuhashiPrimary],
            Self::VertebralCount => &[Item::TokuhashiVertebral],
            Self::ExtraspinalCount => &[Item::TokuhashiExtraspinalBone],
            Self::BoneExtent => &[Item::TomitaBone],
            Self::Visceral => &[Item::TomitaVisceral, Item::TokuhashiOrgans],
            Self::Frankel => &[Item::TokuhashiPalsy],
            Self::SinsLocation => &[Item::SinsLocation],
            Self::SinsPain => &[Item::SinsPain],
            Self::SinsLesion => &[Item::SinsLesion],
            Self::SinsAlignment => &[Item::SinsAlignment],
            Self::SinsCollapse => &[Item::SinsCollapse],
            Self::SinsPosterolateral => &[Item::SinsPosterolateral],
            Self::Escc => &[Item::EsccGrade],
            _ => &[],
        }
    }

    /// Whether a score reads it.
    pub const fn is_scored(self) -> bool {
        !self.items().is_empty()
    }

    /// Whether it is answered with yes or no.
    pub const fn is_flag(self) -> bool {
        !self.is_scored() && !matches!(self, Self::TomitaType)
    }

    /// The inputs that an instrument reads.
    pub fn of(instrument: Instrument) -> impl Iterator<Item = Self> {
        Self::ALL
            .iter()
            .copied()
            .filter(move |input| input.items().iter().any(|item| item.instrument() == instrument))
    }
}
