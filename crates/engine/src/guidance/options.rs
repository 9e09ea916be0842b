//! The treatment options and their criteria: table A.4 of the specification.

use super::predicate::Predicate;
use super::rule::{Rule, Strength, rules as cn};
use super::truth::Truth;
use super::verdict::Role;
use crate::clinical::{Domain, domain};

domain! {
    /// A way to treat spinal metastasis that the consensus speaks of.
    TreatmentOption, "option" {
        /// Supportive care without operation.
        SupportiveCare = "supportive-care",
        /// Radiotherapy alone.
        RadiotherapyAlone = "radiotherapy-alone",
        /// Spinal stereotactic radiosurgery (SSRS) as the first treatment.
        SsrsFirst = "ssrs-first",
        /// Separation surgery with SSRS after it.
        SeparationSurgerySsrs = "separation-surgery-ssrs",
        /// Total en bloc spondylectomy (TES).
        TotalEnBlocSpondylectomy = "total-en-bloc-spondylectomy",
        /// Posterior laminectomy with fixation.
        LaminectomyFixation = "laminectomy-fixation",
        /// Stabilisation: fixation or augmentation.
        Stabilisation = "stabilisation",
        /// Vertebroplasty or kyphoplasty.
        VertebralAugmentation = "vertebral-augmentation",
        /// Radiofrequency ablation.
        RadiofrequencyAblation = "radiofrequency-ablation",
        /// Microwave ablation without other treatment.
        MicrowaveAblation = "microwave-ablation",
        /// Embolisation before surgery.
        Embolisation = "embolisation",
        /// CT-guided biopsy before surgery.
        Biopsy = "biopsy",
    }
}

/// Whether an option is judged for the patient or level by level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OptionScope {
    /// Once.
    Patient,
    /// For every level on record.
    Level,
}

/// A predicate and the rule that asks it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Criterion {
    /// What is asked.
    pub predicate: Predicate,
    /// By which rule.
    pub rule: Rule,
    /// The rule that speaks where it does not hold, if another does.
    pub otherwise: Option<Rule>,
}

impl Criterion {
    /// The rule that speaks, given whether the criterion holds.
    pub fn rule_for(&self, truth: Truth) -> Rule {
        self.otherwise.filter(|_| truth == Truth::False).unwrap_or(self.rule)
    }
}

/// One row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OptionTable {
    /// Patient or level.
    pub scope: OptionScope,
    /// How strongly the consensus puts the option where its criteria are met.
    pub strength: Strength,
    /// All must hold.
    pub required: &'static [Criterion],
    /// None may hold.
    pub contraindications: &'static [Criterion],
    /// Any leaves the option only with reservation.
    pub reservations: &'static [Criterion],
    /// Any that a clinician has attested waives the option.
    pub waivers: &'static [Criterion],
    /// Speak for the option.
    pub strengthening: &'static [Criterion],
    /// Tell what the option can reach.
    pub qualifications: &'static [Criterion],
    /// What must follow.
    pub afterwards: &'static [Rule],
}

const fn on(predicate: Predicate, rule: Rule) -> Criterion {
    Criterion { predicate, rule, otherwise: None }
}

impl OptionTable {
    /// The criteria that play a part.
    pub const fn of(&self, role: Role) -> &'static [Criterion] {
        match role {
            Role::Required => self.required,
            Role::Contraindication => self.contraindications,
            Role::Reservation => self.reservations,
            Role::Waiver => self.waivers,
            Role::Strengthening => self.strengthening,
            Role::Qualification => self.qualifications,
        }
    }

    /// Every criterion with the part that it plays.
    pub fn criteria(&self) -> impl Iterator<Item = (Role, &'static Criterion)> + use<> {
        let table = *self;
        let each = Role::ALL.iter().copied();
        each.flat_map(move |role| table.of(role).iter().map(move |criterion| (role, criterion)))
    }
}

impl TreatmentOption {
    /// Its row of the table.
    pub const fn table(self) -> &'static OptionTable {
        match self {
            Self::SupportiveCare => &SUPPORTIVE_CARE,
            Self::RadiotherapyAlone => &RADIOTHERAPY_ALONE,
            Self::SsrsFirst => &SSRS_FIRST,
            Self::SeparationSurgerySsrs => &SEPARATION_SURGERY_SSRS,
            Self::TotalEnBlocSpondylectomy => &TOTAL_EN_BLOC_SPONDYLECTOMY,
            Self::LaminectomyFixation => &LAMINECTOMY_FIXATION,
            Self::Stabilisation => &STABILISATION,
            Self::VertebralAugmentation => &VERTEBRAL_AUGMENTATION,
            Self::RadiofrequencyAblation => &RADIOFREQUENCY_ABLATION,
            Self::MicrowaveAblation => &MICROWAVE_ABLATION,
            Self::Embolisation => &EMBOLISATION,
            Self::Biopsy => &BIOPSY,
        }
    }
}

/// What a row has unless it says otherwise.
const NOTHING: OptionTable = OptionTable {
    scope: OptionScope::Level,
    strength: Strength::May,
    required: &[],
    contraindications: &[],
    reservations: &[],
    waivers: &[],
    strengthening: &[],
    qualifications: &[],
    afterwards: &[],
};

const SUPPORTIVE_CARE: OptionTable = OptionTable {
    scope: OptionScope::Patient,
    strength: Strength::Should,
    required: &[on(Predicate::Tomita8To10, cn::TOMITA_8_10)],
    strengthening: &[on(Predicate::Tokuhashi0To8, cn::TOKUHASHI_0_8)],
    ..NOTHING
};

// Table A.4 lists the fracture beside the contraindications; only the consensus's own 18 are called that (F.4), so that
// it is a requirement here.
const RADIOTHERAPY_ALONE: OptionTable = OptionTable {
    required: &[
        on(Predicate::EsccBoneOnly, cn::ESCC_0_RT),
        on(Predicate::SinsStable, cn::SINS_LOW),
        on(Predicate::NoMechanicalPain, cn::MECH_STAB),
        on(Predicate::NoFractureAwaitingSurgery, cn::NO_PREOP_RT),
    ],
    strengthening: &[on(Predicate::LocalPain, cn::LOCAL_RT), on(Predicate::Radiosensitive, cn::RS_SENS)],
    ..NOTHING
};

// Neither instability nor cord damage (RUL-8). At 1c the sources disagree (CN-2.4-GAP): with reservation.
const SSRS_FIRST: OptionTable = OptionTable {
    required: &[
        on(Predicate::SinsStable, cn::SSRS_FIRST),
        on(Predicate::NoMechanicalPain, cn::MECH_STAB),
        on(Predicate::NeurologicallyIntact, cn::SSRS_FIRST),
        on(Predicate::EsccAtMost1c, cn::SEP_PREREQ),
    ],
    reservations: &[on(Predicate::EsccAbutment, cn::ESCC_GAP)],
    strengthening: &[on(Predicate::Radioresistant, cn::SSRS_ANY)],
    ..NOTHING
};

// A hypervascular tumour is contraindicated unless embolised, and then with reservation (RUL-7).
const SEPARATION_SURGERY_SSRS: OptionTable = OptionTable {
    strength: Strength::Should,
    required: &[
        on(Predicate::EpiduralDisease, cn::SEP_IND),
        on(Predicate::SsrsWithin35Days, cn::SEP_RT),
        on(Predicate::ToleratesSurgery, cn::LAM_CI),
    ],
    contraindications: &[
        on(Predicate::EsccLowGrade, cn::SEP_CI3),
        on(Predicate::RadiosensitiveWithoutUrgency, cn::SEP_CI2),
        on(Predicate::HypervascularNotEmbolised, cn::SEP_CI1),
    ],
    reservations: &[on(Predicate::Hypervascular, cn::SEP_CI1), on(Predicate::Radiosensitive, cn::SEP_CI2)],
    strengthening: &[
        on(Predicate::NeurologicalEmergency, cn::NEURO_EMERG),
        on(Predicate::EsccHighGrade, cn::ESCC_23_SEP),
        on(Predicate::Radioresistant, cn::SEP_IND),
    ],
    afterwards: &[cn::SEP_RT, cn::SEP_35],
    ..NOTHING
};

// All five criteria; never better than "may be considered" (CN-3.1-TES-CAUTION).
const TOTAL_EN_BLOC_SPONDYLECTOMY: OptionTable = OptionTable {
    required: &[
        on(Predicate::GoodCondition, cn::TES_IND),
        on(Predicate::SurvivalOverSixMonths, cn::TES_IND),
        on(Predicate::EnBlocType, cn::TES_TYPE25),
        on(Predicate::Solitary, cn::TES_IND),
        on(Predicate::PrimaryControlled, cn::TES_IND),
    ],
    contraindications: &[on(Predicate::TomitaType7, cn::TES_TYPE7)],
    reservations: &[on(Predicate::RelativeEnBlocType, cn::TES_TYPE16)],
    strengthening: &[
        on(Predicate::Tomita2To3, cn::TOMITA_2_3),
        on(Predicate::Tokuhashi12To15, cn::TOKUHASHI_12_15),
        on(Predicate::SolitaryLowGradeGoodPrognosis, cn::ACTIVE),
    ],
    qualifications: &[
        on(Predicate::IntracompartmentalType, cn::TES_INTRA),
        on(Predicate::ExtracompartmentalWithoutFibrousZone, cn::TES_EXTRA),
        on(Predicate::OnePedicleFree, cn::WBB_ONC),
        on(Predicate::BothPediclesInvolved, cn::WBB_ANAT),
    ],
    afterwards: &[cn::TES_CAUTION],
    ..NOTHING
};

const LAMINECTOMY_FIXATION: OptionTable = OptionTable {
    required: &[on(Predicate::PosteriorOrPalliative, cn::LAM_IND)],
    contraindications: &[on(Predicate::CannotTolerateSurgery, cn::LAM_CI)],
    strengthening: &[on(Predicate::NeurologicalEmergency, cn::NEURO_EMERG)],
    ..NOTHING
};

// SINS 13-18 or mechanical pain is an indication; 7-12 alone calls for discussion, hence with reservation (RUL-5).
const STABILISATION: OptionTable = OptionTable {
    strength: Strength::Should,
    required: &[on(Predicate::StabilityInQuestion, cn::SINS_MID)],
    contraindications: &[on(Predicate::CannotTolerateSurgery, cn::LAM_CI)],
    reservations: &[on(Predicate::StabilityForDiscussion, cn::SINS_MID)],
    strengthening: &[
        on(Predicate::SinsUnstable, cn::SINS_HIGH),
        on(Predicate::SinsUnstable, cn::SINS_INDEP),
        on(Predicate::MechanicalPain, cn::MECH_STAB),
    ],
    ..NOTHING
};

const VERTEBRAL_AUGMENTATION: OptionTable = OptionTable {
    required: &[
        on(Predicate::PainfulLyticOrFracture, cn::VP_IND),
        on(Predicate::NoNeuralCompression, cn::VP_IND),
        on(Predicate::PosteriorWallIntact, cn::VP_IND),
        on(Predicate::PediclesFree, cn::VP_IND),
        on(Predicate::NoSevereCollapse, cn::VP_IND),
    ],
    contraindications: &[
        on(Predicate::Infection, cn::VP_CI1),
        on(Predicate::CompressionWithIncompleteParalysis, cn::VP_CI2),
        on(Predicate::SevereCoagulopathy, cn::VP_CI3),
        on(Predicate::PmmaAllergy, cn::VP_CI4),
        on(Predicate::Pregnancy, cn::VP_CI5),
    ],
    strengthening: &[on(Predicate::MechanicalPain, cn::MECH_STAB)],
    afterwards: &[cn::VP_RT],
    ..NOTHING
};

const RADIOFREQUENCY_ABLATION: OptionTable = OptionTable {
    required: &[on(Predicate::PainPalliationIntended, cn::RFA_IND)],
    contraindications: &[
        on(Predicate::WithinOneCentimetreOfCord, cn::RFA_1CM),
        on(Predicate::SevereCoagulopathy, cn::RFA_CI1),
        on(Predicate::Infection, cn::RFA_CI2),
        on(Predicate::SevereOrganFailure, cn::RFA_CI3),
        on(Predicate::DestructionWithParaplegiaRisk, cn::RFA_CI4),
    ],
    afterwards: &[cn::RFA_WALL, cn::RFA_CEM],
    ..NOTHING
};

const MICROWAVE_ABLATION: OptionTable = OptionTable {
    required: &[on(Predicate::IntracompartmentalType, cn::MW_IND)],
    contraindications: &[
        on(Predicate::SevereCoagulopathy, cn::MW_CI1),
        on(Predicate::CardiopulmonaryDisease, cn::MW_CI2),
    ],
    ..NOTHING
};

const EMBOLISATION: OptionTable = OptionTable {
    scope: OptionScope::Patient,
    strength: Strength::Should,
    required: &[
        on(Predicate::SurgeryPlanned, cn::EMB_HYPER),
        Criterion { otherwise: Some(cn::EMB_HYPO), ..on(Predicate::Hypervascular, cn::EMB_HYPER) },
    ],
    contraindications: &[on(Predicate::HairpinArtery, cn::EMB_ASA)],
    strengthening: &[on(Predicate::HypervascularOnImaging, cn::EMB_IMG)],
    afterwards: &[cn::EMB_24H, cn::EMB_48H],
    ..NOTHING
};

// An emergency suspends the advice to take a biopsy first (RUL-10). The three attestations waive it only together, and
// only once somebody has made them: they are never inferred.
const BIOPSY: OptionTable = OptionTable {
    scope: OptionScope::Patient,
    strength: Strength::Should,
    required: &[
        on(Predicate::BiopsyIndicated, cn::BX_REC),
        on(Predicate::NoNeurologicalEmergency, cn::NEURO_EMERG),
    ],
    waivers: &[on(Predicate::BiopsyMayBeOmitted, cn::BX_SKIP)],
    strengthening: &[on(Predicate::NewLesionBesideMetastases, cn::BX_MULTI)],
    ..NOTHING
};
