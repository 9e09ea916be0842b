//! When a predicate holds.

use super::Predicate;
use crate::clinical::{
    BoneExtent, Collapse, Escc, Frankel, Karnofsky, Lesion, Pain, Posterolateral, PrimarySite, TomitaType,
    VisceralState, WbbSectors,
};
use crate::clinical::{Radiosensitivity, radiosensitivity};
use crate::guidance::input::Input;
use crate::guidance::picture::{LevelPicture, PatientPicture, lowers};
use crate::guidance::truth::Truth;
use crate::guidance::tumour::hypervascular;
use crate::scoring::tomita;

impl Predicate {
    /// Whether it holds. Without a level, whatever is asked of a level is unknown.
    pub fn truth(self, patient: &PatientPicture, level: Option<&LevelPicture>) -> Truth {
        if let Some((input, when)) = self.flag() {
            let answer = patient.flag(input).or_else(level.map_or(Truth::Unknown, |level| level.flag(input)));
            return if when { answer } else { !answer };
        }
        self.of_patient(patient)
            .or_else(|| self.of_tumour(patient))
            .or_else(|| level.and_then(|level| self.of_cord(patient, level)))
            .or_else(|| level.and_then(|level| self.of_stability(patient, level)))
            .or_else(|| level.and_then(|level| self.of_vertebra(patient, level)))
            .unwrap_or(Truth::Unknown)
    }

    /// Predicates that just read a yes-or-no input, and the answer that makes them hold.
    const fn flag(self) -> Option<(Input, bool)> {
        Some(match self {
            Self::PrimaryControlled => (Input::PrimaryControlled, true),
            Self::CannotTolerateSurgery => (Input::SurgicalTolerance, false),
            Self::ToleratesSurgery => (Input::SurgicalTolerance, true),
            Self::SurgeryPlanned => (Input::SurgeryPlanned, true),
            Self::SsrsWithin35Days => (Input::SsrsWithin35Days, true),
            Self::HypervascularOnImaging => (Input::HypervascularOnImaging, true),
            Self::HairpinArtery => (Input::HairpinArtery, true),
            Self::Infection => (Input::Infection, true),
            Self::SevereCoagulopathy => (Input::SevereCoagulopathy, true),
            Self::PmmaAllergy => (Input::PmmaAllergy, true),
            Self::Pregnancy => (Input::Pregnancy, true),
            Self::SevereOrganFailure => (Input::SevereOrganFailure, true),
            Self::PosteriorWallIntact => (Input::PosteriorWallIntact, true),
            Self::DestructionWithParaplegiaRisk => (Input::DestructionWithParaplegiaRisk, true),
            _ => return None,
        })
    }

    /// Prognosis, condition and neurology.
    fn of_patient(self, patient: &PatientPicture) -> Option<Truth> {
        Some(match self {
            Self::Tomita8To10 => Truth::of_total(patient.tomita, |total| total >= 8),
            Self::Tomita2To3 => Truth::of_total(patient.tomita, |total| total <= 3),
            Self::Tokuhashi0To8 => Truth::of_total(patient.tokuhashi, |total| total <= 8),
            Self::Tokuhashi12To15 => Truth::of_total(patient.tokuhashi, |total| total >= 12),
            Self::GoodCondition => patient
                .flag(Input::GoodGeneralCondition)
                .or_else(Truth::of(patient.karnofsky, |value| value >= Karnofsky::K80)),
            Self::SolitaryLowGradeGoodPrognosis => {
                Truth::of(patient.bone, |extent| extent == BoneExtent::Solitary)
                    .and(slow(patient))
                    .and(Truth::of_total(patient.tokuhashi, |total| total >= 12))
            }
            Self::SurvivalOverSixMonths => patient
                .flag(Input::SurvivalOverSixMonths)
                .or_else(Truth::of_total(patient.tokuhashi, |total| total >= 9)),
            Self::Solitary => Truth::of(patient.bone, |extent| extent == BoneExtent::Solitary),
            Self::NeurologicallyIntact => intact(patient),
            Self::NeurologicalEmergency => deteriorating(patient),
            Self::NoNeurologicalEmergency => !deteriorating(patient),
            Self::BiopsyMayBeOmitted => Truth::all([
                patient.flag(Input::ImagingDiagnosisClear),
                patient.flag(Input::SurgicalIndicationClear),
                patient.flag(Input::PathologyWouldNotChangeStrategy),
            ]),
            Self::CardiopulmonaryDisease => {
                patient.flag(Input::CardiovascularDisease).or(patient.flag(Input::PulmonaryDysfunction))
            }
            Self::BiopsyIndicated => Truth::any([
                Truth::of(patient.primary, |site| site == PrimarySite::Unidentified),
                patient.flag(Input::NoCancerHistory),
                patient.flag(Input::PrimaryLongInactive).and(patient.flag(Input::NewSpinalLesion)),
                new_beside_others(patient),
            ]),
            Self::NewLesionBesideMetastases => new_beside_others(patient),
            _ => return None,
        })
    }

    /// Biology of the tumour.
    fn of_tumour(self, patient: &PatientPicture) -> Option<Truth> {
        Some(match self {
            Self::Radiosensitive => sensitive(patient),
            Self::Radioresistant => !sensitive(patient),
            Self::Hypervascular => vascular(patient),
            _ => return None,
        })
    }

    /// Tumour and cord.
    fn of_cord(self, patient: &PatientPicture, level: &LevelPicture) -> Option<Truth> {
        let escc = |holds: fn(Escc) -> bool| Truth::of(level.escc, holds);
        Some(match self {
            Self::EsccBoneOnly => escc(|grade| grade == Escc::Grade0),
            Self::EsccAtMost1c | Self::EsccLowGrade => escc(|grade| !grade.is_high_grade()),
            Self::EsccAbutment => escc(|grade| grade == Escc::Grade1c),
            Self::EpiduralDisease => escc(|grade| grade != Escc::Grade0),
            Self::EsccHighGrade => escc(Escc::is_high_grade),
            Self::RadiosensitiveWithoutUrgency => {
                sensitive(patient).and(!deteriorating(patient).or(unstable(level)))
            }
            Self::HypervascularNotEmbolised => vascular(patient).and(!embolised(patient, level)),
            Self::NoNeuralCompression => free_of_compression(level),
            Self::CompressionWithIncompleteParalysis => escc(Escc::is_high_grade)
                .and(Truth::of(patient.frankel, |grade| {
                    matches!(grade, Frankel::B | Frankel::C | Frankel::D)
                })),
            // Tumour in the epidural space lies within it, whatever distance was measured (note on CN-3.5-RFA-1CM).
            Self::WithinOneCentimetreOfCord => {
                let epidural = escc(|grade| grade != Escc::Grade0);
                if epidural == Truth::True { epidural } else { level.flag(Input::WithinOneCentimetreOfCord) }
            }
            _ => return None,
        })
    }

    /// Stability and pain.
    fn of_stability(self, patient: &PatientPicture, level: &LevelPicture) -> Option<Truth> {
        let mechanical = Truth::of(level.pain, |pain| pain == Pain::Mechanical);
        Some(match self {
            Self::SinsStable => Truth::of_total(level.sins, |total| total <= 6),
            Self::SinsUnstable => Truth::of_total(level.sins, |total| total >= 13),
            Self::MechanicalPain => mechanical,
            Self::NoMechanicalPain => !mechanical,
            Self::LocalPain => Truth::of(level.pain, |pain| pain == Pain::Occasional),
            Self::StabilityInQuestion => Truth::of_total(level.sins, |total| total >= 7).or(mechanical),
            Self::StabilityForDiscussion => Truth::of_total(level.sins, |total| total <= 12).and(!mechanical),
            Self::NoFractureAwaitingSurgery => {
                !(fractured_or_about_to(level).and(patient.flag(Input::SurgeryPlanned)))
            }
            Self::PainPalliationIntended => {
                Truth::of(level.pain, |pain| pain != Pain::PainFree).and(patient.flag(Input::PainPalliation))
            }
            _ => return None,
        })
    }

    /// The vertebra and the extent of its tumour.
    fn of_vertebra(self, patient: &PatientPicture, level: &LevelPicture) -> Option<Truth> {
        use TomitaType::{Type1, Type3, Type6, Type7};
        Some(match self {
            Self::EnBlocType => Truth::of(level.tomita_type, |kind| kind <= Type6),
            Self::RelativeEnBlocType => Truth::of(level.tomita_type, |kind| matches!(kind, Type1 | Type6)),
            Self::TomitaType7 => Truth::of(level.tomita_type, |kind| kind == Type7),
            Self::IntracompartmentalType => Truth::of(level.tomita_type, |kind| kind <= Type3),
            Self::ExtracompartmentalWithoutFibrousZone => {
                extracompartmental(level).and(!level.flag(Input::FibrousReactiveZone))
            }
            Self::OnePedicleFree => in_sectors(level, |sectors| {
                sectors.is_within(&[4, 5, 6, 7, 8]) || sectors.is_within(&[5, 6, 7, 8, 9])
            }),
            Self::BothPediclesInvolved => {
                in_sectors(level, |sectors| sectors.contains(4) && sectors.contains(9))
            }
            Self::PosteriorElementsOnly => posterior_only(level),
            Self::PosteriorOrPalliative => {
                posterior_only(level).or(patient.flag(Input::PalliativeDecompression))
            }
            // A mixed deposit has its lytic part.
            Self::PainfulLyticOrFracture => Truth::of(level.lesion, |lesion| lesion != Lesion::Blastic)
                .and(Truth::of(level.pain, |pain| pain != Pain::PainFree))
                .or(collapsed(level)),
            Self::PediclesFree => {
                (!level.flag(Input::PedicleInvolvement)).or_else(Truth::over(level.posterolateral, |side| {
                    if side == Posterolateral::Uninvolved { Truth::True } else { Truth::Unknown }
                }))
            }
            Self::NoSevereCollapse => {
                let sound = if collapsed(level) == Truth::False { Truth::True } else { Truth::Unknown };
                (!level.flag(Input::SevereCollapse)).or_else(sound)
            }
            _ => return None,
        })
    }
}

/// Slow growth by Tomita, receptors considered: what the consensus calls relatively low malignancy (CN-2.2-ACTIVE).
fn slow(patient: &PatientPicture) -> Truth {
    Truth::over(patient.primary, |site| {
        let slow = Truth::of(tomita::growth(site).0, |growth| growth == tomita::Growth::Slow);
        if site == PrimarySite::Breast { slow.and(!lowers(patient.receptors)) } else { slow }
    })
}

/// A new lesion in the spine beside metastases elsewhere: more than one focus in bone, or in vital organs (CN-1.4-BX-MULTI).
fn new_beside_others(patient: &PatientPicture) -> Truth {
    let foci = Truth::of(patient.bone, |extent| extent == BoneExtent::Multiple);
    let organs = Truth::of(patient.visceral, |state| state != VisceralState::Absent);
    patient.flag(Input::NewSpinalLesion).and(foci.or(organs))
}

/// Embolised before surgery: this level, or one that nobody named.
fn embolised(patient: &PatientPicture, level: &LevelPicture) -> Truth {
    let embolisation = Input::PreoperativeEmbolisation;
    if level.flag(embolisation) == Truth::True { Truth::True } else { patient.flag(embolisation) }
}

fn extracompartmental(level: &LevelPicture) -> Truth {
    Truth::of(level.tomita_type, |kind| {
        matches!(kind, TomitaType::Type4 | TomitaType::Type5 | TomitaType::Type6)
    })
}

fn in_sectors(level: &LevelPicture, holds: impl Fn(WbbSectors) -> bool) -> Truth {
    level
        .wbb_sectors
        .map_or(Truth::Unknown, |sectors| if holds(sectors) { Truth::True } else { Truth::False })
}

/// Confined to the posterior elements: as stated, else by the sectors (CN-3.3-LAM-IND).
fn posterior_only(level: &LevelPicture) -> Truth {
    level
        .flag(Input::PosteriorElementsOnly)
        .or_else(in_sectors(level, |sectors| sectors.is_within(&[10, 11, 12, 1, 2, 3])))
}

fn intact(patient: &PatientPicture) -> Truth {
    Truth::of(patient.frankel, |grade| grade == Frankel::E)
}

/// Progressive neurological deterioration. Whoever is intact has not deteriorated.
fn deteriorating(patient: &PatientPicture) -> Truth {
    let stated = patient.flag(Input::NeurologicalProgression);
    if intact(patient) == Truth::True { stated.or_else(Truth::False) } else { stated }
}

/// Grades 2 and 3 are compression. Tumour in the bone alone presses on nothing; in contact with the dura it may.
fn free_of_compression(level: &LevelPicture) -> Truth {
    let by_grade = Truth::over(level.escc, |grade| match grade {
        Escc::Grade0 => Truth::True,
        Escc::Grade1a | Escc::Grade1b | Escc::Grade1c => Truth::Unknown,
        Escc::Grade2 | Escc::Grade3 => Truth::False,
    });
    let stated = !level.flag(Input::NeuralCompression);
    if by_grade == Truth::False { by_grade } else { stated.or_else(by_grade) }
}

/// By the lists, and where they do not class the tumour by radiation oncology's judgement (specification D.2).
fn sensitive(patient: &PatientPicture) -> Truth {
    Truth::over(patient.primary, |site| match radiosensitivity(site) {
        Radiosensitivity::Sensitive => Truth::True,
        Radiosensitivity::Resistant => Truth::False,
        Radiosensitivity::Unclassified => patient.flag(Input::Radiosensitivity),
    })
}

/// Imaging overrides histology (CN-1.6-IMG).
fn vascular(patient: &PatientPicture) -> Truth {
    patient.flag(Input::HypervascularOnImaging).or_else(Truth::over(patient.primary, hypervascular))
}

/// Unstable: SINS 13-18; at 7-12 with mechanical pain a surgeon decides (specification D.1).
fn unstable(level: &LevelPicture) -> Truth {
    let mechanical = Truth::of(level.pain, |pain| pain == Pain::Mechanical);
    let for_opinion = Truth::of_total(level.sins, |total| total >= 7)
        .and(mechanical)
        .and(level.flag(Input::UnstableInSurgicalOpinion));
    Truth::of_total(level.sins, |total| total >= 13).or(for_opinion)
}

fn collapsed(level: &LevelPicture) -> Truth {
    Truth::of(level.collapse, |collapse| matches!(collapse, Collapse::OverHalf | Collapse::UnderHalf))
}

/// Pathological or impending fracture (CN-3.7-NO-PREOP-RT). The consensus does not say when a fracture impends: it is
/// asked for, except where the level is neither collapsed nor widely involved and SINS calls it stable.
fn fractured_or_about_to(level: &LevelPicture) -> Truth {
    let sound = Truth::of(level.collapse, |collapse| collapse == Collapse::NoCollapse)
        .and(Truth::of_total(level.sins, |total| total <= 6));
    let impending = level.flag(Input::ImpendingFracture);
    let impending = if sound == Truth::True { impending.or_else(Truth::False) } else { impending };
    collapsed(level).or(impending)
}
