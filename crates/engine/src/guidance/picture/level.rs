//! One level of the spine.

use super::flags::Flags;
use super::patient::PatientPicture;
use super::{YES, YES_OR_NO, chosen, indices};
use crate::clinical::{
    Alignment, BoneExtent, Collapse, Escc, Lesion, Level, Pain, Place, Posterolateral, SinsLocation,
    TomitaType, ValueSet, WbbSectors,
};
use crate::guidance::input::{Input, InputScope};
use crate::guidance::truth::Truth;
use crate::scoring::{PointSet, sins};

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
    pub(super) flags: Flags,
}

impl LevelPicture {
    pub(super) fn new(level: &Level, patient: &PatientPicture) -> Self {
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

    pub(in crate::guidance) fn totalled(self) -> Self {
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
    pub(in crate::guidance) fn fitting_types(&self, patient: &PatientPicture) -> ValueSet<TomitaType> {
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

    pub(in crate::guidance) const fn with_types(self, tomita_type: ValueSet<TomitaType>) -> Self {
        Self { tomita_type, ..self }
    }

    /// The same level with Tomita's surgical type known.
    #[must_use]
    pub fn of_type(self, tomita_type: TomitaType) -> Self {
        Self { tomita_type: tomita_type.into(), ..self }
    }

    /// The answers that an open input may still take, as numbers for [`Self::with`]; none for a settled input.
    pub(in crate::guidance) fn open_answers(&self, input: Input) -> Vec<usize> {
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
    pub(in crate::guidance) fn with(self, input: Input, answer: usize) -> Option<Self> {
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
