//! What a predicate reads.

use super::Predicate;
use crate::guidance::input::Input;
#[allow(clippy::enum_glob_use, reason = "the tables name nothing but inputs")]
use crate::guidance::input::Input::*;

/// The inputs of the Tomita score.
const TOMITA: &[Input] = &[Primary, BreastReceptors, Visceral, BoneExtent];

/// The inputs of the Tokuhashi score, after a clinician's own estimate of survival.
const SURVIVAL: &[Input] = &[
    SurvivalOverSixMonths,
    Karnofsky,
    ExtraspinalCount,
    VertebralCount,
    Visceral,
    Primary,
    BreastReceptors,
    Frankel,
];

/// The inputs of SINS.
const SINS: &[Input] = &[SinsLocation, SinsPain, SinsLesion, SinsAlignment, SinsCollapse, SinsPosterolateral];

/// The inputs that tell whether a radiosensitive tumour must be decompressed all the same.
const URGENCY: &[Input] = &[
    Primary,
    Radiosensitivity,
    NeurologicalProgression,
    Frankel,
    SinsLocation,
    SinsPain,
    SinsLesion,
    SinsAlignment,
    SinsCollapse,
    SinsPosterolateral,
    UnstableInSurgicalOpinion,
];

impl Predicate {
    /// The inputs that it reads: those that are still open are what is needed to decide it.
    pub const fn inputs(self) -> &'static [Input] {
        match self {
            Self::Tomita8To10 | Self::Tomita2To3 => TOMITA,
            Self::Tokuhashi0To8 | Self::Tokuhashi12To15 => SURVIVAL.split_at(1).1,
            Self::SurvivalOverSixMonths => SURVIVAL,
            Self::GoodCondition => &[Karnofsky, GoodGeneralCondition],
            Self::SolitaryLowGradeGoodPrognosis => &[
                BoneExtent,
                Karnofsky,
                ExtraspinalCount,
                VertebralCount,
                Visceral,
                Primary,
                BreastReceptors,
                Frankel,
            ],
            Self::Solitary => &[BoneExtent],
            Self::PrimaryControlled => &[PrimaryControlled],
            Self::NeurologicallyIntact => &[Frankel],
            Self::NeurologicalEmergency | Self::NoNeurologicalEmergency => {
                &[NeurologicalProgression, Frankel]
            }
            Self::Radiosensitive | Self::Radioresistant => &[Primary, Radiosensitivity],
            Self::Hypervascular => &[Primary, HypervascularOnImaging],
            Self::HypervascularNotEmbolised => &[Primary, HypervascularOnImaging, PreoperativeEmbolisation],
            Self::BiopsyIndicated => {
                &[Primary, NoCancerHistory, PrimaryLongInactive, NewSpinalLesion, BoneExtent, Visceral]
            }
            Self::NewLesionBesideMetastases => &[NewSpinalLesion, BoneExtent, Visceral],
            Self::BiopsyMayBeOmitted => {
                &[ImagingDiagnosisClear, SurgicalIndicationClear, PathologyWouldNotChangeStrategy]
            }
            Self::HypervascularOnImaging => &[HypervascularOnImaging],
            Self::CannotTolerateSurgery | Self::ToleratesSurgery => &[SurgicalTolerance],
            Self::SurgeryPlanned => &[SurgeryPlanned],
            Self::SsrsWithin35Days => &[SsrsWithin35Days],
            Self::HairpinArtery => &[HairpinArtery],
            Self::Infection => &[Infection],
            Self::SevereCoagulopathy => &[SevereCoagulopathy],
            Self::PmmaAllergy => &[PmmaAllergy],
            Self::Pregnancy => &[Pregnancy],
            Self::SevereOrganFailure => &[SevereOrganFailure],
            Self::CardiopulmonaryDisease => &[CardiovascularDisease, PulmonaryDysfunction],
            _ => self.inputs_about_level(),
        }
    }

    /// Whether it reads the total of a prognostic score.
    pub(in crate::guidance) const fn reads_totals(self) -> bool {
        matches!(
            self,
            Self::Tomita8To10
                | Self::Tomita2To3
                | Self::Tokuhashi0To8
                | Self::Tokuhashi12To15
                | Self::SurvivalOverSixMonths
                | Self::SolitaryLowGradeGoodPrognosis
        )
    }

    const fn inputs_about_level(self) -> &'static [Input] {
        match self {
            Self::EsccBoneOnly
            | Self::EsccAtMost1c
            | Self::EsccAbutment
            | Self::EpiduralDisease
            | Self::EsccLowGrade
            | Self::EsccHighGrade => &[Escc],
            Self::NoNeuralCompression => &[Escc, NeuralCompression],
            Self::CompressionWithIncompleteParalysis => &[Escc, Frankel],
            Self::WithinOneCentimetreOfCord => &[Escc, WithinOneCentimetreOfCord],
            Self::RadiosensitiveWithoutUrgency => URGENCY,
            Self::SinsStable
            | Self::SinsUnstable
            | Self::StabilityInQuestion
            | Self::StabilityForDiscussion => SINS,
            Self::MechanicalPain | Self::NoMechanicalPain | Self::LocalPain => &[SinsPain],
            Self::NoFractureAwaitingSurgery => &[
                SinsLocation,
                SinsPain,
                SinsLesion,
                SinsAlignment,
                SinsCollapse,
                SinsPosterolateral,
                ImpendingFracture,
                SurgeryPlanned,
            ],
            Self::PainPalliationIntended => &[SinsPain, PainPalliation],
            Self::EnBlocType
            | Self::RelativeEnBlocType
            | Self::TomitaType7
            | Self::IntracompartmentalType => &[TomitaType],
            Self::ExtracompartmentalWithoutFibrousZone => &[TomitaType, FibrousReactiveZone],
            Self::OnePedicleFree | Self::BothPediclesInvolved => &[WbbSectors],
            Self::PosteriorElementsOnly => &[PosteriorElementsOnly, WbbSectors],
            Self::PosteriorOrPalliative => &[PosteriorElementsOnly, WbbSectors, PalliativeDecompression],
            Self::PainfulLyticOrFracture => &[SinsLesion, SinsPain, SinsCollapse],
            Self::PosteriorWallIntact => &[PosteriorWallIntact],
            Self::PediclesFree => &[SinsPosterolateral, PedicleInvolvement],
            Self::NoSevereCollapse => &[SinsCollapse, SevereCollapse],
            Self::DestructionWithParaplegiaRisk => &[DestructionWithParaplegiaRisk],
            _ => &[],
        }
    }
}
