//! Questions that are answered with yes or no: by a clinician, by a diagnosis, by a report.

use super::value_set::domain;

domain! {
    /// Yes or no. What is not on record is neither.
    Answer, "answer" {
        /// Yes.
        Yes = "yes",
        /// No: an explicit negative.
        No = "no",
    }
}

domain! {
    /// A question about the patient, or about one level of the spine.
    Question, "question" {
        /// Whether neurological symptoms are getting worse.
        NeurologicalProgression = "neurological-progression",
        /// Whether the patient can walk, with or without aid.
        Ambulatory = "ambulatory",
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
        /// Radiation oncology's judgement that the tumour responds to conventional radiotherapy.
        Radiosensitivity = "radiosensitivity",
        /// Whether the tumour is, or will be, embolised before surgery.
        PreoperativeEmbolisation = "preoperative-embolisation",
        /// Whether imaging shows a hypervascular deposit.
        HypervascularOnImaging = "hypervascular-on-imaging",
        /// A hairpin anterior spinal artery that shares its trunk with the vessel to be embolised.
        HairpinArtery = "hairpin-artery",
        /// Local or systemic infection.
        Infection = "infection",
        /// Severe coagulopathy.
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
        /// A surgeon's judgement that the level is unstable.
        UnstableInSurgicalOpinion = "unstable-in-surgical-opinion",
        /// Whether the deposit at this level compresses neural tissue.
        NeuralCompression = "neural-compression",
        /// Whether the posterior wall of the vertebra is relatively intact.
        PosteriorWallIntact = "posterior-wall-intact",
        /// Whether tumour involves a pedicle.
        PedicleInvolvement = "pedicle-involvement",
        /// Whether the collapse is severe, by a clinician's judgement.
        SevereCollapse = "severe-collapse",
        /// Whether a fracture of this level is impending.
        ImpendingFracture = "impending-fracture",
        /// Whether the tumour lies within one centimetre of the cord.
        WithinOneCentimetreOfCord = "within-1-cm-of-cord",
        /// Severe destruction of the vertebra with risk of paraplegia.
        DestructionWithParaplegiaRisk = "destruction-with-paraplegia-risk",
        /// Whether the tumour is confined to the posterior elements.
        PosteriorElementsOnly = "posterior-elements-only",
        /// Whether a fibrous reactive zone surrounds the tumour (CN-3.1-EXTRA).
        FibrousReactiveZone = "fibrous-reactive-zone",
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
        /// Whether the cancer depends on hormones: breast and prostate in Katagiri 2014.
        HormoneDependent = "hormone-dependent",
        /// Whether lung cancer is treated with molecularly targeted drugs: Katagiri 2014.
        MolecularlyTargetedTherapy = "molecularly-targeted-therapy",
        /// Whether chemotherapy was given before.
        PriorChemotherapy = "prior-chemotherapy",
        /// Whether radiotherapy was given before, wherever.
        PriorRadiotherapy = "prior-radiotherapy",
        /// Whether this level was irradiated before.
        LevelIrradiated = "level-irradiated",
        /// Obesity, as diagnosed.
        Obesity = "obesity",
        /// Diabetes.
        Diabetes = "diabetes",
        /// Low bone density, as diagnosed.
        LowBoneDensity = "low-bone-density",
        /// Malnutrition, as diagnosed.
        Malnutrition = "malnutrition",
        /// Systemic glucocorticoids.
        Glucocorticoids = "glucocorticoids",
        /// Bone marrow suppression, as diagnosed.
        MarrowSuppression = "marrow-suppression",
        /// Leukopenia, as diagnosed.
        Leukopenia = "leukopenia",
        /// Thrombocytopenia, as diagnosed.
        Thrombocytopenia = "thrombocytopenia",
        /// A disorder of coagulation of any severity.
        Coagulopathy = "coagulopathy",
        /// Smoking.
        Smoking = "smoking",
        /// Risk of bleeding that speaks against drugs for prophylaxis.
        BleedingRisk = "bleeding-risk",
        /// Venous thromboembolism on record.
        VenousThromboembolism = "venous-thromboembolism",
        /// Whether the wound of the last operation has healed.
        WoundHealed = "wound-healed",
    }
}

/// Whether a question is about the patient or about one level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuestionScope {
    /// The patient.
    Patient,
    /// One level of the spine.
    Level,
}

/// What kind of answer it is, which decides how long it stays good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum QuestionKind {
    /// A disease, a trait, or something that happened: a "yes" stays until somebody refutes it, or in pregnancy until it must
    /// be over; a "no" ages.
    Lasting,
    /// A finding on imaging.
    Imaging,
    /// A neurological finding.
    Neurology,
    /// A plan, a judgement or a state at one time.
    Judgement,
}

impl Question {
    /// Whether it is about the patient or about one level.
    pub const fn scope(self) -> QuestionScope {
        match self {
            Self::UnstableInSurgicalOpinion
            | Self::NeuralCompression
            | Self::PosteriorWallIntact
            | Self::PedicleInvolvement
            | Self::SevereCollapse
            | Self::ImpendingFracture
            | Self::WithinOneCentimetreOfCord
            | Self::DestructionWithParaplegiaRisk
            | Self::PosteriorElementsOnly
            | Self::FibrousReactiveZone
            | Self::LevelIrradiated => QuestionScope::Level,
            _ => QuestionScope::Patient,
        }
    }

    /// Whether it is a finding on images of the bone, which a fall or an operation may have changed.
    pub(super) const fn is_of_bone(self) -> bool {
        matches!(
            self,
            Self::PosteriorWallIntact
                | Self::PedicleInvolvement
                | Self::SevereCollapse
                | Self::ImpendingFracture
                | Self::DestructionWithParaplegiaRisk
                | Self::PosteriorElementsOnly
        )
    }

    pub(super) const fn kind(self) -> QuestionKind {
        match self {
            Self::Infection
            | Self::SevereCoagulopathy
            | Self::PmmaAllergy
            | Self::SevereOrganFailure
            | Self::CardiovascularDisease
            | Self::PulmonaryDysfunction
            | Self::Obesity
            | Self::Diabetes
            | Self::LowBoneDensity
            | Self::Malnutrition
            | Self::MarrowSuppression
            | Self::Leukopenia
            | Self::Thrombocytopenia
            | Self::Coagulopathy
            | Self::Smoking
            | Self::BleedingRisk
            | Self::Pregnancy
            | Self::VenousThromboembolism
            | Self::PriorChemotherapy
            | Self::PriorRadiotherapy
            | Self::LevelIrradiated => QuestionKind::Lasting,
            Self::NeuralCompression
            | Self::PosteriorWallIntact
            | Self::PedicleInvolvement
            | Self::SevereCollapse
            | Self::ImpendingFracture
            | Self::WithinOneCentimetreOfCord
            | Self::DestructionWithParaplegiaRisk
            | Self::PosteriorElementsOnly
            | Self::FibrousReactiveZone
            | Self::HypervascularOnImaging
            | Self::HairpinArtery => QuestionKind::Imaging,
            Self::NeurologicalProgression | Self::Ambulatory => QuestionKind::Neurology,
            _ => QuestionKind::Judgement,
        }
    }
}
