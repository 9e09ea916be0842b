//! What the guidance may ask for.

use crate::clinical::domain;
use crate::scoring::Item;

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
        /// A clinician's judgement that the general condition is good (RUL-16).
        GoodGeneralCondition = "good-general-condition",
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
        /// Whether imaging leaves no doubt about the diagnosis of the primary (CN-1.4-BX-SKIP).
        ImagingDiagnosisClear = "imaging-diagnosis-clear",
        /// Whether the indication for surgery is clear (CN-1.4-BX-SKIP).
        SurgicalIndicationClear = "surgical-indication-clear",
        /// Whether pathology would not change the strategy (CN-1.4-BX-SKIP).
        PathologyWouldNotChangeStrategy = "pathology-would-not-change-strategy",
        /// The WBB sectors that the tumour involves.
        WbbSectors = "wbb-sectors",
        /// Whether a fibrous reactive zone surrounds the tumour (CN-3.1-EXTRA).
        FibrousReactiveZone = "fibrous-reactive-zone",
        /// Whether this level was irradiated before: then NOMS counts the tumour as resistant.
        LevelIrradiated = "level-irradiated",
        /// Receptors of a breast cancer (RUL-4).
        BreastReceptors = "breast-receptors",
        /// How visceral metastases are spread (Katagiri 2014).
        VisceralPattern = "visceral-pattern",
        /// CRP, LDH, albumin, platelets, calcium and bilirubin (Katagiri 2014).
        Laboratory = "laboratory",
        /// Whether chemotherapy was given before (Katagiri 2014).
        PriorChemotherapy = "prior-chemotherapy",
        /// Whether the cancer depends on hormones (Katagiri 2014).
        HormoneDependent = "hormone-dependent",
        /// Whether lung cancer is treated with molecularly targeted drugs (Katagiri 2014).
        MolecularlyTargetedTherapy = "molecularly-targeted-therapy",
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
            | Self::PosteriorElementsOnly
            | Self::WbbSectors
            | Self::FibrousReactiveZone
            | Self::LevelIrradiated => InputScope::Level,
            _ => InputScope::Patient,
        }
    }

    /// The items that read it.
    pub const fn items(self) -> &'static [Item] {
        use Item as I;
        match self {
            Self::Karnofsky => &[I::TokuhashiGeneral, I::KatagiriPerformance, I::VanDerLindenPerformance],
            Self::Primary => &[
                I::TomitaPrimary,
                I::TomitaPrimaryAdjusted,
                I::TokuhashiPrimary,
                I::TokuhashiPrimaryAdjusted,
                I::BauerPrimary,
                I::KatagiriPrimary,
                I::VanDerLindenPrimary,
                I::NomsOncologic,
            ],
            // The counts settle the extent (RUL-14).
            Self::VertebralCount => {
                &[I::TokuhashiVertebral, I::TomitaBone, I::BauerSkeletal, I::KatagiriSkeletal]
            }
            Self::ExtraspinalCount => {
                &[I::TokuhashiExtraspinalBone, I::TomitaBone, I::BauerSkeletal, I::KatagiriSkeletal]
            }
            Self::BoneExtent => &[I::TomitaBone, I::BauerSkeletal, I::KatagiriSkeletal],
            Self::Visceral => &[
                I::TomitaVisceral,
                I::TokuhashiOrgans,
                I::BauerVisceral,
                I::VanDerLindenVisceral,
                I::KatagiriVisceral,
            ],
            Self::Frankel => &[I::TokuhashiPalsy],
            Self::SinsLocation => &[I::SinsLocation, I::NomsMechanical],
            Self::SinsPain => &[I::SinsPain, I::NomsMechanical],
            Self::SinsLesion => &[I::SinsLesion, I::NomsMechanical],
            Self::SinsAlignment => &[I::SinsAlignment, I::NomsMechanical],
            Self::SinsCollapse => &[I::SinsCollapse, I::NomsMechanical],
            Self::SinsPosterolateral => &[I::SinsPosterolateral, I::NomsMechanical],
            Self::Escc => &[I::EsccGrade, I::NomsNeurologic],
            Self::BreastReceptors => {
                &[I::TomitaPrimaryAdjusted, I::TokuhashiPrimaryAdjusted, I::KatagiriPrimary]
            }
            Self::VisceralPattern => &[I::KatagiriVisceral],
            Self::Laboratory => &[I::KatagiriLaboratory],
            Self::PriorChemotherapy => &[I::KatagiriChemotherapy],
            Self::HormoneDependent | Self::MolecularlyTargetedTherapy => &[I::KatagiriPrimary],
            Self::Radiosensitivity | Self::LevelIrradiated => &[I::NomsOncologic],
            Self::UnstableInSurgicalOpinion => &[I::NomsMechanical],
            Self::SurgicalTolerance => &[I::NomsSystemic],
            _ => &[],
        }
    }

    /// Whether one of the four instruments of the consensus reads it: Tomita, Tokuhashi, SINS or ESCC.
    pub const fn is_scored(self) -> bool {
        matches!(
            self,
            Self::Karnofsky
                | Self::Primary
                | Self::VertebralCount
                | Self::ExtraspinalCount
                | Self::BoneExtent
                | Self::Visceral
                | Self::Frankel
                | Self::SinsLocation
                | Self::SinsPain
                | Self::SinsLesion
                | Self::SinsAlignment
                | Self::SinsCollapse
                | Self::SinsPosterolateral
                | Self::Escc
        )
    }

    /// Whether it is answered with yes or no: then a [`Question`](crate::clinical::Question) has the same slug.
    pub const fn is_flag(self) -> bool {
        !self.is_scored()
            && !matches!(
                self,
                Self::TomitaType
                    | Self::WbbSectors
                    | Self::BreastReceptors
                    | Self::VisceralPattern
                    | Self::Laboratory
            )
    }

    /// Whether it is a judgement that goes before what other findings say, and is not needed as long as these do.
    pub(super) const fn is_override(self) -> bool {
        matches!(
            self,
            Self::GoodGeneralCondition
                | Self::SurvivalOverSixMonths
                | Self::HypervascularOnImaging
                | Self::PosteriorElementsOnly
                | Self::PedicleInvolvement
                | Self::NeuralCompression
                | Self::WithinOneCentimetreOfCord
        )
    }
}
