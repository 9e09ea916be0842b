//! The case without its evidence: only what may be true. Small and copied freely, so that "what if" is cheap.

use super::input::{Input, InputScope};
use super::tomita_type::TomitaType;
use super::truth::Truth;
use super::tumour::{Radiosensitivity, radiosensitivity};
use crate::clinical::{
    Alignment, BoneExtent, Case, Collapse, Escc, ExtraspinalCount, Frankel, Karnofsky, Lesion, Level, Pain,
    Place, Posterolateral, PrimarySite, SinsLocation, ValueSet, VertebralCount, VisceralState,
    extent_from_counts,
};
use crate::scoring::{PointSet, sins, tokuhashi, tomita};

/// The patient and the levels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// What is true of the patient as a whole.
    pub patient: PatientPicture,
    /// What is true of each level, from head to sacrum.
    pub levels: Vec<LevelPicture>,
}

/// What may be true of the patient as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PatientPicture {
    /// General condition.
    pub karnofsky: ValueSet<Karnofsky>,
    /// Primary tumour.
    pub primary: ValueSet<PrimarySite>,
    /// Vertebrae with metastasis.
    pub vertebral: ValueSet<VertebralCount>,
    /// Bone foci outside the spine.
    pub extraspinal: ValueSet<ExtraspinalCount>,
    /// All bone foci together.
    pub bone: ValueSet<BoneExtent>,
    /// Metastases to vital organs.
    pub visceral: ValueSet<VisceralState>,
    /// Spinal cord function.
    pub frankel: ValueSet<Frankel>,
    /// Reachable Tomita totals.
    pub tomita: PointSet,
    /// Reachable Tokuhashi totals.
    pub tokuhashi: PointSet,
    flags: Flags,
}

/// What may be true of one level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LevelPicture {
    /// Which level.
    pub place: Place,
    /// SINS location.
    pub location: ValueSet<SinsLocation>,
    /// SINS pain.
    pub pain: ValueSet<Pain>,
    /// SINS bone lesion.
    pub lesion: ValueSet<Lesion>,
    /// SINS alignment.
    pub alignment: ValueSet<Alignment>,
    /// SINS collapse.
    pub collapse: ValueSet<Collapse>,
    /// SINS posterolateral involvement.
    pub posterolateral: ValueSet<Posterolateral>,
    /// Epidural spinal cord compression.
    pub escc: ValueSet<Escc>,
    /// Tomita's surgical type.
    pub tomita_type: ValueSet<TomitaType>,
    /// Reachable SINS totals.
    pub sins: PointSet,
    flags: Flags,
}

/// Inputs answered with yes or no. What is in neither set is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Flags {
    yes: ValueSet<Input>,
    no: ValueSet<Input>,
}

impl Flags {
    const UNKNOWN: Self = Self { yes: ValueSet::EMPTY, no: ValueSet::EMPTY };

    fn get(self, input: Input) -> Truth {
        match (self.yes.contains(input), self.no.contains(input)) {
            (true, false) => Truth::True,
            (false, true) => Truth::False,
            _ => Truth::Unknown,
        }
    }

    fn with(self, input: Input, answer: bool) -> Self {
        let set = ValueSet::only(input);
        if answer {
            Self { yes: self.yes.union(set), ..self }
        } else {
            Self { no: self.no.union(set), ..self }
        }
    }
}

impl From<&Case> for Picture {
    fn from(case: &Case) -> Self {
        let patient = PatientPicture {
            karnofsky: case.karnofsky.possible(),
            primary: case.primary.possible(),
            vertebral: case.vertebral_count.possible(),
            extraspinal: case.extraspinal_count.possible(),
            bone: case.bone_extent.possible(),
            visceral: case.visceral.possible(),
            frankel: case.frankel.possible(),
            tomita: PointSet::EMPTY,
            tokuhashi: PointSet::EMPTY,
            flags: Flags::UNKNOWN,
        }
        .totalled();
        let levels = case.levels.iter().map(|level| LevelPicture::new(level, &patient)).collect();
        Self { patient, levels }
    }
}

impl PatientPicture {
    fn totalled(self) -> Self {
        let tokuhashi = tokuhashi::totals(&tokuhashi::Values {
            karnofsky: self.karnofsky,
            extraspinal: self.extraspinal,
            vertebral: self.vertebral,
            visceral: self.visceral,
            primary: self.primary,
            frankel: self.frankel,
        });
        Self { tomita: tomita::totals(self.primary, self.visceral, self.bone), tokuhashi, ..self }
    }

    /// The answer to a yes-or-no input.
    pub fn flag(&self, input: Input) -> Truth {
        self.flags.get(input)
    }

    /// Whether an input about the patient leaves more than one answer.
    pub fn is_open(&self, input: Input) -> bool {
        match input {
            Input::Karnofsky => self.karnofsky.len() > 1,
            Input::Primary => self.primary.len() > 1,
            Input::VertebralCount => self.vertebral.len() > 1,
            Input::ExtraspinalCount => self.extraspinal.len() > 1,
            Input::BoneExtent => self.bone.len() > 1,
            Input::Visceral => self.visceral.len() > 1,
            Input::Frankel => self.frankel.len() > 1,
            flag => {
                flag.is_flag()
                    && flag.scope() == InputScope::Patient
                    && self.flag(flag) == Truth::Unknown
                    && !self.is_moot(flag)
            }
        }
    }

    /// Whether what is known leaves nothing to ask.
    fn is_moot(&self, flag: Input) -> bool {
        match flag {
            Input::NeurologicalProgression => self.frankel.single() == Some(Frankel::E),
            Input::Radiosensitivity => {
                self.primary.iter().all(|site| radiosensitivity(site) != Radiosensitivity::Unclassified)
            }
            _ => false,
        }
    }

    /// The same patient with a yes-or-no input answered.
    #[must_use]
    pub fn answering(self, input: Input, answer: bool) -> Self {
        Self { flags: self.flags.with(input, answer), ..self }
    }

    /// The same patient under every answer to an input that is about the patient; none for a settled input.
    pub fn variants(&self, input: Input) -> Vec<Self> {
        let each = match input {
            Input::Karnofsky => alternatives(self.karnofsky, |karnofsky| Self { karnofsky, ..*self }),
            Input::Primary => alternatives(self.primary, |primary| Self { primary, ..*self }),
            Input::VertebralCount => {
                alternatives(self.vertebral, |vertebral| Self { vertebral, ..*self }.recounted(self))
            }
            Input::ExtraspinalCount => {
                alternatives(self.extraspinal, |extraspinal| Self { extraspinal, ..*self }.recounted(self))
            }
            Input::BoneExtent => alternatives(self.bone, |bone| Self { bone, ..*self }),
            Input::Visceral => alternatives(self.visceral, |visceral| Self { visceral, ..*self }),
            Input::Frankel => alternatives(self.frankel, |frankel| Self { frankel, ..*self }),
            flag if self.is_open(flag) => {
                return vec![self.answering(flag, false), self.answering(flag, true)];
            }
            _ => Vec::new(),
        };
        each.into_iter().map(Self::totalled).collect()
    }

    /// Lets new counts settle the extent, as the case itself does, unless the extent is in conflict with them anyway.
    fn recounted(self, before: &Self) -> Self {
        let agreed = before.bone.is_subset(extent_from_counts(before.vertebral, before.extraspinal));
        let bone = self.bone.intersection(extent_from_counts(self.vertebral, self.extraspinal));
        if agreed && !bone.is_empty() { Self { bone, ..self } } else { self }
    }
}

impl LevelPicture {
    fn new(level: &Level, patient: &PatientPicture) -> Self {
        Self {
            place: level.place,
            location: level.location.possible(),
            pain: level.pain.possible(),
            lesion: level.lesion.possible(),
            alignment: level.alignment.possible(),
            collapse: level.collapse.possible(),
            posterolateral: level.posterolateral.possible(),
            escc: level.escc.possible(),
            tomita_type: ValueSet::all(),
            sins: PointSet::EMPTY,
            flags: Flags::UNKNOWN,
        }
        .totalled()
        .inferring(patient)
    }

    fn totalled(self) -> Self {
        let sins = sins::totals(&sins::Values {
            location: self.location,
            pain: self.pain,
            lesion: self.lesion,
            alignment: self.alignment,
            collapse: self.collapse,
            posterolateral: self.posterolateral,
        });
        Self { sins, ..self }
    }

    /// What other inputs imply for the surgical type (specification A.4): epidural tumour is type 4 or more, and a
    /// solitary focus is never type 7. Never applied where it would leave nothing.
    #[must_use]
    pub fn inferring(self, patient: &PatientPicture) -> Self {
        let epidural = Truth::of(self.escc, |grade| grade != Escc::Grade0) == Truth::True;
        let solitary = patient.bone.single() == Some(BoneExtent::Solitary);
        let tomita_type: ValueSet<TomitaType> = self
            .tomita_type
            .iter()
            .filter(|kind| !(epidural && *kind < TomitaType::Type4))
            .filter(|kind| !(solitary && *kind == TomitaType::Type7))
            .collect();
        if tomita_type.is_empty() { self } else { Self { tomita_type, ..self } }
    }

    /// The answer to a yes-or-no input.
    pub fn flag(&self, input: Input) -> Truth {
        self.flags.get(input)
    }

    /// Whether an input about the level leaves more than one answer.
    pub fn is_open(&self, input: Input) -> bool {
        match input {
            Input::SinsLocation => self.location.len() > 1,
            Input::SinsPain => self.pain.len() > 1,
            Input::SinsLesion => self.lesion.len() > 1,
            Input::SinsAlignment => self.alignment.len() > 1,
            Input::SinsCollapse => self.collapse.len() > 1,
            Input::SinsPosterolateral => self.posterolateral.len() > 1,
            Input::Escc => self.escc.len() > 1,
            Input::TomitaType => self.tomita_type.len() > 1,
            flag => {
                flag.is_flag()
                    && flag.scope() == InputScope::Level
                    && self.flag(flag) == Truth::Unknown
                    && !self.is_moot(flag)
            }
        }
    }

    /// Whether what is known leaves nothing to ask.
    fn is_moot(&self, flag: Input) -> bool {
        match flag {
            Input::UnstableInSurgicalOpinion => {
                self.sins.max().is_none_or(|most| most < 7) || !self.pain.contains(Pain::Mechanical)
            }
            Input::NeuralCompression => {
                self.escc.iter().all(|grade| matches!(grade, Escc::Grade0) || grade.is_high_grade())
            }
            Input::PedicleInvolvement => self.posterolateral.single() == Some(Posterolateral::Uninvolved),
            Input::SevereCollapse => self
                .collapse
                .iter()
                .all(|collapse| matches!(collapse, Collapse::NoneBodyInvolved | Collapse::NoCollapse)),
            Input::WithinOneCentimetreOfCord => !self.escc.contains(Escc::Grade0),
            _ => false,
        }
    }

    /// The same level with a yes-or-no input answered.
    #[must_use]
    pub fn answering(self, input: Input, answer: bool) -> Self {
        Self { flags: self.flags.with(input, answer), ..self }
    }

    /// The same level with Tomita's surgical type known.
    #[must_use]
    pub fn of_type(self, tomita_type: TomitaType) -> Self {
        Self { tomita_type: tomita_type.into(), ..self }
    }

    /// The same level under every answer to an input that is about a level; none for a settled input.
    pub fn variants(&self, input: Input, patient: &PatientPicture) -> Vec<Self> {
        let each = match input {
            Input::SinsLocation => alternatives(self.location, |location| Self { location, ..*self }),
            Input::SinsPain => alternatives(self.pain, |pain| Self { pain, ..*self }),
            Input::SinsLesion => alternatives(self.lesion, |lesion| Self { lesion, ..*self }),
            Input::SinsAlignment => alternatives(self.alignment, |alignment| Self { alignment, ..*self }),
            Input::SinsCollapse => alternatives(self.collapse, |collapse| Self { collapse, ..*self }),
            Input::SinsPosterolateral => {
                alternatives(self.posterolateral, |posterolateral| Self { posterolateral, ..*self })
            }
            Input::Escc => alternatives(self.escc, |escc| Self { escc, ..*self }),
            Input::TomitaType => alternatives(self.tomita_type, |tomita_type| Self { tomita_type, ..*self }),
            flag if self.is_open(flag) => {
                return vec![self.answering(flag, false), self.answering(flag, true)];
            }
            _ => Vec::new(),
        };
        each.into_iter().map(|level| level.totalled().inferring(patient)).collect()
    }
}

/// One picture a value, where more than one value is possible.
fn alternatives<T: crate::clinical::Domain, P>(
    possible: ValueSet<T>,
    with: impl Fn(ValueSet<T>) -> P,
) -> Vec<P> {
    if possible.len() < 2 {
        return Vec::new();
    }
    possible.iter().map(|value| with(ValueSet::only(value))).collect()
}
