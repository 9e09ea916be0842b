//! What must be seen before any table: prompts about safety, and statements of the consensus that pull apart.

use super::input::Input;
use super::options::TreatmentOption;
use super::picture::{LevelPicture, Picture};
use super::predicate::Predicate;
use super::rule::{Rule, rules as cn};
use super::truth::Truth;
use super::verdict::{Verdict, VerdictKind};
use crate::clinical::{Domain, Escc, Frankel, Place, domain};

domain! {
    /// How urgently an alert wants to be seen.
    Severity, "severity" {
        /// Now.
        Critical = "critical",
        /// Before deciding.
        Warning = "warning",
        /// For the discussion.
        Info = "info",
    }
}

domain! {
    /// Kind of alert.
    AlertKind, "alert" {
        /// Neurological symptoms are getting worse: decompression is to be evaluated now (CN-1.4-NEURO-EMERG).
        EmergencyDecompression = "emergency-decompression",
        /// A deficit together with high-grade compression: is it progressing? Then CN-1.4-NEURO-EMERG applies now.
        DeficitWithHighGradeCompression = "deficit-with-high-grade-compression",
        /// A deficit is on record: is it progressing? The grade of compression is low or not known.
        DeficitOnRecord = "deficit-on-record",
        /// High-grade compression, and no usable neurological examination.
        HighGradeCompressionWithoutNeurology = "high-grade-compression-without-neurology",
        /// SINS 7 or more: surgical consultation (CN-2.3-MID, RUL-5).
        SurgicalConsultation = "surgical-consultation",
        /// High-grade compression by a radiosensitive tumour: "best option" and contraindication of the consensus
        /// contradict each other; NOMS puts radiotherapy first (RUL-7).
        RadiosensitiveHighGrade = "radiosensitive-high-grade",
        /// ESCC 1a to 1c: the consensus says nothing (CN-2.4-GAP).
        ConsensusSilentOnGrade = "consensus-silent-on-grade",
        /// A poor prognostic score hides neither decompression nor stabilisation nor palliation (RUL-11).
        PoorPrognosisHidesNothing = "poor-prognosis-hides-nothing",
        /// Tomita and Tokuhashi point different ways; they are shown side by side and never blended.
        ScoresDisagree = "scores-disagree",
        /// The least stable level is not the one with the worst compression.
        WorstLevelsDiffer = "worst-levels-differ",
        /// Mechanical pain where the criteria of cement augmentation are not met: that leaves fixation (RUL-17).
        FixationRatherThanAugmentation = "fixation-rather-than-augmentation",
        /// Epidural tumour by its grade, and a surgical type that does not reach the canal: one of them is wrong.
        GradeAgainstType = "grade-against-type",
        /// Surgical type 7 beside a solitary focus: one of them is wrong.
        Type7AgainstSolitary = "type-7-against-solitary",
        /// Tumour of the posterior elements only, and a posterior wall that is breached: one of them is wrong.
        PosteriorOnlyAgainstWall = "posterior-only-against-wall",
        /// An operation is planned, and blood counts or coagulation were not measured lately (CN-1.1-HEME).
        BloodCountsNotRecent = "blood-counts-not-recent",
        /// An operation is planned, and something that raises the risk of infection is on record (CN-3.6-SSI-PREV).
        SurgicalSiteInfectionRisk = "surgical-site-infection-risk",
        /// An operation is planned without risk of bleeding: combined prophylaxis of thromboembolism (CN-3.6-VTE-PREV).
        CombinedVteProphylaxis = "combined-vte-prophylaxis",
        /// An operation is planned with risk of bleeding: the advice of combined prophylaxis does not hold.
        VteProphylaxisAgainstBleeding = "vte-prophylaxis-against-bleeding",
        /// An operation is planned, and the risk of bleeding is not known: mechanical prophylaxis, and ask.
        VteProphylaxisUndecided = "vte-prophylaxis-undecided",
    }
}

/// An alert with the rule behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alert {
    /// Which alert.
    pub kind: AlertKind,
    /// The rule that it rests on.
    pub rule: Rule,
    /// The level, where it is about one.
    pub place: Option<Place>,
}

impl AlertKind {
    /// The alert of this kind.
    pub(super) const fn at(self, place: Option<Place>) -> Alert {
        Alert { kind: self, rule: self.rule(), place }
    }

    /// How urgently it wants to be seen.
    pub const fn severity(self) -> Severity {
        match self {
            Self::EmergencyDecompression => Severity::Critical,
            Self::DeficitWithHighGradeCompression
            | Self::DeficitOnRecord
            | Self::HighGradeCompressionWithoutNeurology
            | Self::RadiosensitiveHighGrade
            | Self::GradeAgainstType
            | Self::Type7AgainstSolitary
            | Self::PosteriorOnlyAgainstWall => Severity::Warning,
            Self::SurgicalConsultation
            | Self::ConsensusSilentOnGrade
            | Self::PoorPrognosisHidesNothing
            | Self::ScoresDisagree
            | Self::WorstLevelsDiffer
            | Self::FixationRatherThanAugmentation
            | Self::BloodCountsNotRecent
            | Self::SurgicalSiteInfectionRisk
            | Self::CombinedVteProphylaxis
            | Self::VteProphylaxisAgainstBleeding
            | Self::VteProphylaxisUndecided => Severity::Info,
        }
    }

    /// Whether it is about safety: where records contradict each other, the worse of them is taken (specification F.3).
    const fn takes_the_worse(self) -> bool {
        matches!(
            self,
            Self::EmergencyDecompression
                | Self::DeficitWithHighGradeCompression
                | Self::DeficitOnRecord
                | Self::HighGradeCompressionWithoutNeurology
                | Self::SurgicalConsultation
        )
    }

    /// The rule that it rests on.
    pub const fn rule(self) -> Rule {
        match self {
            Self::EmergencyDecompression
            | Self::DeficitWithHighGradeCompression
            | Self::DeficitOnRecord
            | Self::HighGradeCompressionWithoutNeurology => cn::NEURO_EMERG,
            Self::SurgicalConsultation => cn::SINS_MID,
            Self::RadiosensitiveHighGrade => cn::SEP_CI2,
            Self::ConsensusSilentOnGrade => cn::ESCC_GAP,
            Self::PoorPrognosisHidesNothing => cn::TOMITA_8_10,
            Self::ScoresDisagree => cn::SCORES_DISAGREE,
            Self::WorstLevelsDiffer => cn::ESCC_HOW,
            Self::FixationRatherThanAugmentation => cn::VP_IND,
            Self::GradeAgainstType => cn::TES_EXTRA,
            Self::Type7AgainstSolitary => cn::TES_TYPE7,
            Self::PosteriorOnlyAgainstWall => cn::LAM_IND,
            Self::BloodCountsNotRecent => cn::BLOOD_COUNTS,
            Self::SurgicalSiteInfectionRisk => cn::SSI_PREVENTION,
            Self::CombinedVteProphylaxis
            | Self::VteProphylaxisAgainstBleeding
            | Self::VteProphylaxisUndecided => cn::VTE_PREVENTION,
        }
    }
}

/// Every alert about the tumour, in the order of [`AlertKind`], inside a kind from head to sacrum. The second picture is the
/// same with the worse of what contradicts itself.
pub fn alerts(picture: &Picture, worse: &Picture, verdicts: &[Verdict]) -> Vec<Alert> {
    let mut alerts = Vec::new();
    for kind in AlertKind::ALL.iter().copied() {
        let picture = if kind.takes_the_worse() { worse } else { picture };
        if concerns_level(kind) {
            let levels = picture.levels.iter().filter(|level| holds_at(kind, picture, level, verdicts));
            alerts.extend(
                levels.map(|level| Alert { rule: rule_at(kind, level), ..kind.at(Some(level.place)) }),
            );
        } else if holds(kind, picture, verdicts) {
            alerts.push(kind.at(None));
        }
    }
    alerts
}

/// The rule that speaks at a level: of SINS 13 to 18 another than of 7 to 12 (RUL-5).
fn rule_at(kind: AlertKind, level: &LevelPicture) -> Rule {
    let is_unstable = level.sins.min().is_some_and(|least| least >= 13);
    if kind == AlertKind::SurgicalConsultation && is_unstable { cn::SINS_HIGH } else { kind.rule() }
}

const fn concerns_level(kind: AlertKind) -> bool {
    matches!(
        kind,
        AlertKind::DeficitWithHighGradeCompression
            | AlertKind::HighGradeCompressionWithoutNeurology
            | AlertKind::SurgicalConsultation
            | AlertKind::RadiosensitiveHighGrade
            | AlertKind::ConsensusSilentOnGrade
            | AlertKind::FixationRatherThanAugmentation
            | AlertKind::GradeAgainstType
            | AlertKind::Type7AgainstSolitary
            | AlertKind::PosteriorOnlyAgainstWall
    )
}

fn holds_at(kind: AlertKind, picture: &Picture, level: &LevelPicture, verdicts: &[Verdict]) -> bool {
    let is = |predicate: Predicate| predicate.truth(&picture.patient, Some(level)) == Truth::True;
    let high_grade = is(Predicate::EsccHighGrade);
    match kind {
        AlertKind::DeficitWithHighGradeCompression => high_grade && deficit_may_progress(picture),
        AlertKind::HighGradeCompressionWithoutNeurology => high_grade && deficit(picture) == Truth::Unknown,
        AlertKind::SurgicalConsultation => level.sins.min().is_some_and(|least| least >= 7),
        AlertKind::RadiosensitiveHighGrade => high_grade && is(Predicate::Radiosensitive),
        AlertKind::ConsensusSilentOnGrade => is(Predicate::EpiduralDisease) && is(Predicate::EsccLowGrade),
        AlertKind::FixationRatherThanAugmentation => {
            is(Predicate::MechanicalPain) && augmentation_is_out(level, verdicts)
        }
        AlertKind::GradeAgainstType => {
            is(Predicate::EpiduralDisease) && is(Predicate::IntracompartmentalType)
        }
        AlertKind::Type7AgainstSolitary => is(Predicate::TomitaType7) && is(Predicate::Solitary),
        AlertKind::PosteriorOnlyAgainstWall => {
            is(Predicate::PosteriorElementsOnly)
                && Predicate::PosteriorWallIntact.truth(&picture.patient, Some(level)) == Truth::False
        }
        _ => false,
    }
}

fn holds(kind: AlertKind, picture: &Picture, verdicts: &[Verdict]) -> bool {
    let is = |predicate: Predicate| predicate.truth(&picture.patient, None) == Truth::True;
    match kind {
        AlertKind::EmergencyDecompression => {
            Predicate::NoNeurologicalEmergency.truth(&picture.patient, None) == Truth::False
        }
        AlertKind::DeficitOnRecord => {
            deficit_may_progress(picture)
                && !picture.levels.iter().any(|level| {
                    holds_at(AlertKind::DeficitWithHighGradeCompression, picture, level, verdicts)
                })
        }
        AlertKind::PoorPrognosisHidesNothing => {
            (is(Predicate::Tomita8To10) || is(Predicate::Tokuhashi0To8))
                && palliation_remains(picture, verdicts)
        }
        AlertKind::ScoresDisagree => scores_disagree(picture),
        AlertKind::WorstLevelsDiffer => worst_levels_differ(&picture.levels),
        _ => false,
    }
}

/// Whether the criteria of cement augmentation fail at a level.
fn augmentation_is_out(level: &LevelPicture, verdicts: &[Verdict]) -> bool {
    verdicts.iter().any(|verdict| {
        verdict.option == TreatmentOption::VertebralAugmentation
            && verdict.place == Some(level.place)
            && matches!(verdict.kind, VerdictKind::Contraindicated | VerdictKind::NotIndicated)
    })
}

/// A deficit that is not known to be progressing, of which there is an alarm of its own. A "no" does not end the question: it
/// may be older than the deficit.
fn deficit_may_progress(picture: &Picture) -> bool {
    deficit(picture) == Truth::True && picture.patient.flag(Input::NeurologicalProgression) != Truth::True
}

/// Frankel A to D.
fn deficit(picture: &Picture) -> Truth {
    Truth::of(picture.patient.frankel, |grade| grade != Frankel::E)
}

/// Whether anything that a poor score must not hide is, or may be, on the table.
fn palliation_remains(picture: &Picture, verdicts: &[Verdict]) -> bool {
    let palliative = |option| {
        matches!(
            option,
            TreatmentOption::Stabilisation
                | TreatmentOption::VertebralAugmentation
                | TreatmentOption::RadiotherapyAlone
        )
    };
    deficit(picture) == Truth::True
        || verdicts.iter().any(|verdict| {
            palliative(verdict.option)
                && !matches!(verdict.kind, VerdictKind::Contraindicated | VerdictKind::NotIndicated)
        })
}

/// Tomita advises no operation while Tokuhashi expects six months or more, or Tomita advises excision while Tokuhashi
/// expects less: both for every completion of the record.
fn scores_disagree(picture: &Picture) -> bool {
    let (tomita, tokuhashi) = (picture.patient.tomita, picture.patient.tokuhashi);
    let always = |truth: Truth| truth == Truth::True;
    (always(Truth::of_total(tomita, |total| total >= 8))
        && always(Truth::of_total(tokuhashi, |total| total >= 9)))
        || (always(Truth::of_total(tomita, |total| total <= 5))
            && always(Truth::of_total(tokuhashi, |total| total <= 8)))
}

/// Whether no level can have both the highest SINS and the worst grade. Said only where both are known of every level.
fn worst_levels_differ(levels: &[LevelPicture]) -> bool {
    let known: Option<Vec<(u8, Escc)>> =
        levels.iter().map(|level| level.sins.single().zip(level.escc.single())).collect();
    let Some(known) = known else {
        return false;
    };
    let highest = known.iter().map(|(sins, _)| *sins).max();
    let worst = known.iter().map(|(_, escc)| *escc).max();
    !known.iter().any(|(sins, escc)| Some(*sins) == highest && Some(*escc) == worst)
}
