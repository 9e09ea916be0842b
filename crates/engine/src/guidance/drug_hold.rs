//! How long drugs are held before an operation: the table of specification D.3, all of it advisory.
//!
//! What is only recalled and was not confirmed in a source that was read has no figure here; that is said instead. The
//! class rules of the consensus are never stretched to other classes (CN-1.5-GAP).

use super::rule::{Rule, rules as cn};
use crate::clinical::{Drug, domain};

domain! {
    /// Where a figure comes from.
    HoldSource, "hold-source" {
        /// The drug's label.
        Label = "label",
        /// The drug's present label as it is remembered: it was not read, and an older figure that was read contradicts it.
        RecalledLabel = "recalled-label",
        /// A published review of labels and practice (PMC8339966, table 3).
        Review = "review",
        /// The rule of the consensus for the class.
        Consensus = "consensus",
    }
}

/// A published number of days between the last dose and an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HoldFigure {
    /// Days from the last dose to the incision.
    pub days: u16,
    /// Where it comes from.
    pub source: HoldSource,
}

/// What is published about holding a drug.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    /// Figures, all of which are shown; the longest is used for a warning.
    Figures {
        /// The figures.
        figures: &'static [HoldFigure],
        /// Days after the operation, and then only with the wound healed; `None` where nothing is confirmed.
        restart_days: Option<u16>,
        /// Whether the sources contradict each other.
        is_disputed: bool,
    },
    /// Figures are only recalled, not confirmed: ask oncology and pharmacy.
    Unconfirmed,
    /// Neither the consensus nor the table has a number: ask oncology.
    NoRule,
    /// No hold is asked for.
    NotHeld,
}

impl Hold {
    /// Every slug of [`Self::key`].
    pub const KEYS: [&str; 4] = ["figures", "unconfirmed", "no-rule", "not-held"];

    /// Stable slug for texts.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Figures { .. } => "figures",
            Self::Unconfirmed => "unconfirmed",
            Self::NoRule => "no-rule",
            Self::NotHeld => "not-held",
        }
    }
}

domain! {
    /// Class of a drug, as far as rules tell classes apart.
    DrugClass, "drug-class" {
        /// Intravenous drugs against VEGF or its receptor.
        VegfAntibody = "vegf-antibody",
        /// Oral inhibitors of the VEGF receptor.
        VegfrInhibitor = "vegfr-inhibitor",
        /// Oral inhibitors of EGFR, taken daily.
        EgfrInhibitor = "egfr-inhibitor",
        /// Intravenous antibodies against EGFR.
        EgfrAntibody = "egfr-antibody",
        /// Other targeted drugs.
        OtherTargeted = "other-targeted",
        /// Drugs for bone.
        BoneAgent = "bone-agent",
        /// Anything else.
        Other = "other",
    }
}

const fn figure(days: u16, source: HoldSource) -> HoldFigure {
    HoldFigure { days, source }
}

const fn agreed(figures: &'static [HoldFigure], restart_days: Option<u16>) -> Hold {
    Hold::Figures { figures, restart_days, is_disputed: false }
}

const fn disputed(figures: &'static [HoldFigure], restart_days: Option<u16>) -> Hold {
    Hold::Figures { figures, restart_days, is_disputed: true }
}

/// "About four weeks" for intravenous drugs against VEGF (CN-1.5-VEGF-HOLD).
const VEGF_CLASS: HoldFigure = figure(28, HoldSource::Consensus);

/// Two weeks for EGFR drugs taken daily (CN-1.5-EGFR-HOLD).
const EGFR_CLASS: HoldFigure = figure(14, HoldSource::Consensus);

/// The table.
pub const fn hold(drug: Drug) -> Hold {
    use HoldSource::{Label, RecalledLabel, Review};
    match drug {
        Drug::Bevacizumab => agreed(const { &[figure(28, Label), VEGF_CLASS] }, Some(28)),
        Drug::Ramucirumab | Drug::Aflibercept => agreed(const { &[VEGF_CLASS] }, None),
        Drug::Sunitinib => agreed(const { &[figure(21, Label)] }, Some(14)),
        Drug::Pazopanib => agreed(const { &[figure(7, Review)] }, None),
        Drug::Regorafenib => agreed(const { &[figure(14, Review)] }, None),
        Drug::Apatinib => agreed(const { &[figure(30, Review)] }, None),
        Drug::Anlotinib => agreed(const { &[figure(28, Review)] }, None),
        Drug::Ponatinib => agreed(const { &[figure(7, Label)] }, Some(14)),
        Drug::Cabozantinib => disputed(const { &[figure(21, RecalledLabel), figure(28, Review)] }, None),
        Drug::Axitinib => disputed(const { &[figure(2, RecalledLabel), figure(1, Review)] }, None),
        Drug::Sorafenib
        | Drug::Lenvatinib
        | Drug::Vandetanib
        | Drug::Tivozanib
        | Drug::Fruquintinib
        | Drug::Everolimus
        | Drug::Temsirolimus
        | Drug::BtkInhibitor => Hold::Unconfirmed,
        Drug::Gefitinib
        | Drug::Erlotinib
        | Drug::Icotinib
        | Drug::Afatinib
        | Drug::Dacomitinib
        | Drug::Osimertinib
        | Drug::Almonertinib
        | Drug::Furmonertinib
        | Drug::EgfrInhibitor => agreed(const { &[EGFR_CLASS] }, None),
        Drug::Nintedanib
        | Drug::Cetuximab
        | Drug::Panitumumab
        | Drug::Necitumumab
        | Drug::Amivantamab
        | Drug::EgfrAntibody
        | Drug::VegfrInhibitor
        | Drug::BrafMekInhibitor
        | Drug::OtherTargeted
        | Drug::AlkRos1Inhibitor
        | Drug::RetInhibitor
        | Drug::MetInhibitor
        | Drug::KrasInhibitor
        | Drug::Cdk46Inhibitor
        | Drug::ParpInhibitor
        | Drug::Her2Agent
        | Drug::CheckpointInhibitor => Hold::NoRule,
        Drug::Denosumab
        | Drug::ZoledronicAcid
        | Drug::Bisphosphonate
        | Drug::Anticoagulant
        | Drug::Antiplatelet
        | Drug::Nsaid
        | Drug::Glucocorticoid
        | Drug::CytotoxicChemotherapy => Hold::NotHeld,
    }
}

/// The class of a drug. Vandetanib acts on both receptors and must not get the figure of the EGFR class.
pub const fn drug_class(drug: Drug) -> DrugClass {
    match drug {
        Drug::Bevacizumab | Drug::Ramucirumab | Drug::Aflibercept => DrugClass::VegfAntibody,
        Drug::Sunitinib
        | Drug::Sorafenib
        | Drug::Pazopanib
        | Drug::Axitinib
        | Drug::Cabozantinib
        | Drug::Lenvatinib
        | Drug::Regorafenib
        | Drug::Vandetanib
        | Drug::Tivozanib
        | Drug::Fruquintinib
        | Drug::Apatinib
        | Drug::Anlotinib
        | Drug::Nintedanib
        | Drug::Ponatinib
        | Drug::VegfrInhibitor => DrugClass::VegfrInhibitor,
        Drug::Gefitinib
        | Drug::Erlotinib
        | Drug::Icotinib
        | Drug::Afatinib
        | Drug::Dacomitinib
        | Drug::Osimertinib
        | Drug::Almonertinib
        | Drug::Furmonertinib
        | Drug::EgfrInhibitor => DrugClass::EgfrInhibitor,
        Drug::Cetuximab | Drug::Panitumumab | Drug::Necitumumab | Drug::Amivantamab | Drug::EgfrAntibody => {
            DrugClass::EgfrAntibody
        }
        Drug::Denosumab | Drug::ZoledronicAcid | Drug::Bisphosphonate => DrugClass::BoneAgent,
        Drug::Anticoagulant
        | Drug::Antiplatelet
        | Drug::Nsaid
        | Drug::Glucocorticoid
        | Drug::CytotoxicChemotherapy => DrugClass::Other,
        Drug::Everolimus
        | Drug::Temsirolimus
        | Drug::BtkInhibitor
        | Drug::BrafMekInhibitor
        | Drug::OtherTargeted
        | Drug::AlkRos1Inhibitor
        | Drug::RetInhibitor
        | Drug::MetInhibitor
        | Drug::KrasInhibitor
        | Drug::Cdk46Inhibitor
        | Drug::ParpInhibitor
        | Drug::Her2Agent
        | Drug::CheckpointInhibitor => DrugClass::OtherTargeted,
    }
}

/// The rules of the consensus that speak of holding a drug.
pub const fn hold_rules(drug: Drug) -> &'static [Rule] {
    match drug_class(drug) {
        DrugClass::VegfAntibody => &[cn::DRUG_HOLD, cn::VEGF_HOLD],
        DrugClass::EgfrInhibitor => &[cn::DRUG_HOLD, cn::EGFR_HOLD],
        DrugClass::VegfrInhibitor | DrugClass::EgfrAntibody | DrugClass::OtherTargeted => {
            &[cn::DRUG_HOLD, cn::DRUG_HOLD_GAP]
        }
        DrugClass::BoneAgent | DrugClass::Other => &[],
    }
}

/// Whether a drug may delay the healing of wounds by what it acts on (CN-1.1-TARGET-WOUND).
pub const fn delays_healing(drug: Drug) -> bool {
    matches!(
        drug_class(drug),
        DrugClass::VegfAntibody
            | DrugClass::VegfrInhibitor
            | DrugClass::EgfrInhibitor
            | DrugClass::EgfrAntibody
    )
}
