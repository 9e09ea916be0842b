//! The patient as a whole.

use super::flags::Flags;
use super::{YES, YES_OR_NO, chosen, indices, lowers};
use crate::clinical::{
    BoneExtent, BreastReceptors, Case, ExtraspinalCount, Frankel, Karnofsky, PrimarySite, Radiosensitivity,
    ValueSet, VertebralCount, VisceralState, counts_of, extent_from_counts, radiosensitivity,
};
use crate::guidance::input::{Input, InputScope};
use crate::guidance::truth::Truth;
use crate::scoring::{PointSet, tokuhashi, tomita};

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
    pub(super) flags: Flags,
}

impl PatientPicture {
    /// What the findings leave, questions apart.
    pub(super) fn new(case: &Case) -> Self {
        Self {
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
        .totalled()
    }

    pub(in crate::guidance) fn totalled(self) -> Self {
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

    /// Whether a paper leaves the place of the primary tumour in its score open, so that a total is unknown although the tumour is
    /// not: a clinician has to say more of it.
    pub(in crate::guidance) fn is_unclassed(&self) -> bool {
        let is_open = |site| tomita::growth(site).0.len() > 1 || tokuhashi::primary_group(site).0.len() > 1;
        self.primary.iter().any(is_open)
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
    pub(in crate::guidance) fn open_answers(&self, input: Input) -> Vec<usize> {
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
    pub(in crate::guidance) fn with(self, input: Input, answer: usize) -> Option<Self> {
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
