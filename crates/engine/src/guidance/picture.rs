//! The case without its evidence: only what may be true. Small and copied freely, so that "what if" is cheap.

use super::input::{Input, InputScope};
use super::perioperative::{Thresholds, is_coagulopathy_severe};
use super::truth::Truth;
use crate::clinical::{
    Alignment, Answer, BoneExtent, BreastReceptors, Case, Collapse, Domain, Escc, ExtraspinalCount, Frankel,
    Karnofsky, Lesion, Level, Pain, Place, Posterolateral, PrimarySite, SinsLocation, TomitaType, ValueSet,
    VertebralCount, VisceralState, WbbSectors, counts_of, extent_from_counts,
};
use crate::clinical::{Radiosensitivity, radiosensitivity};
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
    /// Receptors of a breast cancer.
    pub receptors: ValueSet<BreastReceptors>,
    /// Reachable Tomita totals, receptors considered as the consensus advises (CN-2.2-TNBC).
    pub tomita: PointSet,
    /// Reachable Tokuhashi totals, receptors considered.
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
    /// The WBB sectors involved; `None` where nobody drew them.
    pub wbb_sectors: Option<WbbSectors>,
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
            receptors: case.breast_receptors.possible(),
            tomita: PointSet::EMPTY,
            tokuhashi: PointSet::EMPTY,
            flags: Flags::UNKNOWN,
        }
        .totalled();
        let patient =
            answered(case, None).fold(patient, |patient, (input, yes)| patient.answering(input, yes));
        let level = |level: &Level| {
            answered(case, Some(level.place))
                .fold(LevelPicture::new(level, &patient), |picture, (input, yes)| {
                    picture.answering(input, yes)
                })
        };
        let levels = case.levels.iter().map(level).collect();
        Self { patient, levels }
    }
}

impl Picture {
    /// The picture of a case in which a hospital's thresholds settle what measurements show.
    pub fn with_thresholds(case: &Case, thresholds: &Thresholds) -> Self {
        let picture = Self::from(case);
        if !is_coagulopathy_severe(case, thresholds) {
            return picture;
        }
        // Beside a stated "no" this makes a contradiction, which is unknown.
        let patient = picture.patient.answering(Input::SevereCoagulopathy, true);
        Self { patient, ..picture }
    }
}

/// The inputs that the record answers with yes or no: for the patient, or for a level.
fn answered(case: &Case, place: Option<Place>) -> impl Iterator<Item = (Input, bool)> {
    case.answers.iter().filter(move |answered| answered.place == place).filter_map(|answered| {
        let input = Input::from_key(answered.question.key())?;
        Some((input, answered.finding.known()? == Answer::Yes))
    })
}

impl PatientPicture {
    pub(super) fn totalled(self) -> Self {
        let values = tokuhashi::Values {
            karnofsky: self.karnofsky,
            extraspinal: self.extraspinal,
            vertebral: self.vertebral,
            visceral: self.visceral,
            primary: self.primary,
            frankel: self.frankel,
        };
        Self {
            tomita: tomita::adjusted_totals(self.primary, self.receptors, self.visceral, self.bone),
            tokuhashi: tokuhashi::adjusted_totals(&values, self.receptors),
            ..self
        }
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
            Input::BreastReceptors => {
                self.primary.contains(PrimarySite::Breast) && lowers(self.receptors) == Truth::Unknown
            }
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

    /// The answers that an open input may still take, as numbers for [`Self::with`]; none for a settled input.
    pub(super) fn open_answers(&self, input: Input) -> Vec<usize> {
        if !self.is_open(input) {
            return Vec::new();
        }
        match input {
            Input::Karnofsky => indices(self.karnofsky),
            Input::Primary => indices(self.primary),
            Input::VertebralCount => indices(self.vertebral),
            Input::ExtraspinalCount => indices(self.extraspinal),
            Input::BoneExtent => indices(self.bone),
            Input::Visceral => indices(self.visceral),
            Input::Frankel => indices(self.frankel),
            Input::BreastReceptors => indices(self.receptors),
            _ => YES_OR_NO.to_vec(),
        }
    }

    /// The same patient with an input answered, totals apart; `None` where what else is known excludes the answer.
    pub(super) fn with(self, input: Input, answer: usize) -> Option<Self> {
        Some(match input {
            Input::Karnofsky => Self { karnofsky: chosen(self.karnofsky, answer)?, ..self },
            Input::Primary => Self { primary: chosen(self.primary, answer)?, ..self },
            Input::VertebralCount => {
                Self { vertebral: chosen(self.vertebral, answer)?, ..self }.recounted(&self)
            }
            Input::ExtraspinalCount => {
                Self { extraspinal: chosen(self.extraspinal, answer)?, ..self }.recounted(&self)
            }
            Input::BoneExtent => Self { bone: chosen(self.bone, answer)?, ..self }.counted(),
            Input::Visceral => Self { visceral: chosen(self.visceral, answer)?, ..self },
            Input::Frankel => Self { frankel: chosen(self.frankel, answer)?, ..self },
            Input::BreastReceptors => Self { receptors: chosen(self.receptors, answer)?, ..self },
            flag if flag.is_flag() => self.answering(flag, answer == YES),
            _ => self,
        })
    }

    /// The same patient under every answer to an input that is about the patient; none for a settled input.
    pub fn variants(&self, input: Input) -> Vec<Self> {
        let answers = self.open_answers(input).into_iter();
        answers.filter_map(|answer| self.with(input, answer)).map(Self::totalled).collect()
    }

    /// Lets a new extent narrow the counts, as the case itself does, unless that would leave nothing.
    fn counted(self) -> Self {
        let Some(extent) = self.bone.single() else { return self };
        let (vertebral, extraspinal) = counts_of(extent, self.vertebral, self.extraspinal);
        if vertebral.is_empty() || extraspinal.is_empty() {
            self
        } else {
            Self { vertebral, extraspinal, ..self }
        }
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
            tomita_type: level.tomita_type.possible(),
            wbb_sectors: level.wbb_sectors.as_ref().map(|(sectors, _)| *sectors),
            sins: PointSet::EMPTY,
            flags: Flags::UNKNOWN,
        }
        .totalled()
        .inferring(patient)
    }

    pub(super) fn totalled(self) -> Self {
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
        let tomita_type = self.fitting_types(patient);
        if tomita_type.is_empty() { self } else { Self { tomita_type, ..self } }
    }

    /// The surgical types that grade and extent leave.
    pub(super) fn fitting_types(&self, patient: &PatientPicture) -> ValueSet<TomitaType> {
        let epidural = Truth::of(self.escc, |grade| grade != Escc::Grade0) == Truth::True;
        let solitary = patient.bone.single() == Some(BoneExtent::Solitary);
        self.tomita_type
            .iter()
            .filter(|kind| !(epidural && *kind < TomitaType::Type4))
            .filter(|kind| !(solitary && *kind == TomitaType::Type7))
            .collect()
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

    pub(super) const fn with_types(self, tomita_type: ValueSet<TomitaType>) -> Self {
        Self { tomita_type, ..self }
    }

    /// The same level with Tomita's surgical type known.
    #[must_use]
    pub fn of_type(self, tomita_type: TomitaType) -> Self {
        Self { tomita_type: tomita_type.into(), ..self }
    }

    /// The answers that an open input may still take, as numbers for [`Self::with`]; none for a settled input.
    pub(super) fn open_answers(&self, input: Input) -> Vec<usize> {
        if !self.is_open(input) {
            return Vec::new();
        }
        match input {
            Input::SinsLocation => indices(self.location),
            Input::SinsPain => indices(self.pain),
            Input::SinsLesion => indices(self.lesion),
            Input::SinsAlignment => indices(self.alignment),
            Input::SinsCollapse => indices(self.collapse),
            Input::SinsPosterolateral => indices(self.posterolateral),
            Input::Escc => indices(self.escc),
            Input::TomitaType => indices(self.tomita_type),
            _ => YES_OR_NO.to_vec(),
        }
    }

    /// The same level with an input answered, totals and inferences apart; `None` where what else is known excludes the
    /// answer.
    pub(super) fn with(self, input: Input, answer: usize) -> Option<Self> {
        Some(match input {
            Input::SinsLocation => Self { location: chosen(self.location, answer)?, ..self },
            Input::SinsPain => Self { pain: chosen(self.pain, answer)?, ..self },
            Input::SinsLesion => Self { lesion: chosen(self.lesion, answer)?, ..self },
            Input::SinsAlignment => Self { alignment: chosen(self.alignment, answer)?, ..self },
            Input::SinsCollapse => Self { collapse: chosen(self.collapse, answer)?, ..self },
            Input::SinsPosterolateral => {
                Self { posterolateral: chosen(self.posterolateral, answer)?, ..self }
            }
            Input::Escc => Self { escc: chosen(self.escc, answer)?, ..self },
            Input::TomitaType => Self { tomita_type: chosen(self.tomita_type, answer)?, ..self },
            flag if flag.is_flag() => self.answering(flag, answer == YES),
            _ => self,
        })
    }

    /// The same level under every answer to an input that is about a level; none for a settled input.
    pub fn variants(&self, input: Input, patient: &PatientPicture) -> Vec<Self> {
        let answers = self.open_answers(input).into_iter();
        let each = answers.filter_map(|answer| self.with(input, answer));
        each.map(|level| level.totalled().inferring(patient)).collect()
    }
}

/// The number of the answer "yes" to a yes-or-no input.
const YES: usize = 1;

/// The answers to a yes-or-no input.
const YES_OR_NO: [usize; 2] = [0, YES];

/// The values of a set as numbers.
fn indices<T: Domain>(possible: ValueSet<T>) -> Vec<usize> {
    possible.iter().filter_map(|value| usize::try_from(value.index()).ok()).collect()
}

/// The value with a number, where it is possible.
fn chosen<T: Domain>(possible: ValueSet<T>, answer: usize) -> Option<ValueSet<T>> {
    T::ALL.get(answer).copied().filter(|value| possible.contains(*value)).map(ValueSet::only)
}

/// Whether receptors lower the prognosis of breast cancer (RUL-4).
pub(super) fn lowers(receptors: ValueSet<BreastReceptors>) -> Truth {
    Truth::over(receptors, |receptors| receptors.lowers_prognosis().map_or(Truth::Unknown, Truth::from))
}
