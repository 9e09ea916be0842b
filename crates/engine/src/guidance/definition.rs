//! The rules of the consensus that define the tables of the scores and the classes of tumours.

use super::rule::{Rule, rules as cn};
use crate::clinical::Escc;
use crate::clinical::Radiosensitivity;
use crate::scoring::{Band, Instrument, Item, ScoreNote};

/// The rules that say what an instrument is made of, and which way it counts.
pub const fn of_instrument(instrument: Instrument) -> &'static [Rule] {
    match instrument {
        Instrument::Tomita2001 => &[cn::TOMITA_ITEMS, cn::TOMITA_DIRECTION],
        Instrument::Tokuhashi2005 => &[cn::TOKUHASHI_ITEMS, cn::TOKUHASHI_MAXIMUM],
        Instrument::Sins2010 => &[cn::SINS_ITEMS],
        Instrument::Escc2010 => &[cn::ESCC_HOW],
        Instrument::TomitaReceptorAdjusted | Instrument::TokuhashiReceptorAdjusted => &[cn::TNBC],
        Instrument::Noms2013
        | Instrument::ModifiedBauer2008
        | Instrument::Katagiri2014
        | Instrument::VanDerLinden2005 => &[],
    }
}

/// The rules that define an item beyond naming it.
pub const fn of_item(item: Item) -> &'static [Rule] {
    match item {
        Item::TokuhashiGeneral => &[cn::KARNOFSKY, cn::TOKUHASHI_BINS],
        Item::TokuhashiExtraspinalBone | Item::TokuhashiVertebral | Item::TokuhashiPalsy => {
            &[cn::TOKUHASHI_BINS]
        }
        Item::TokuhashiOrgans => &[cn::TOKUHASHI_ORGANS],
        Item::SinsPain => &[cn::PAIN_LOCAL, cn::PAIN_MECHANICAL],
        Item::TomitaPrimary
        | Item::TomitaVisceral
        | Item::TomitaBone
        | Item::TokuhashiPrimary
        | Item::SinsLocation
        | Item::SinsLesion
        | Item::SinsAlignment
        | Item::SinsCollapse
        | Item::SinsPosterolateral
        | Item::EsccGrade
        | Item::BauerVisceral
        | Item::BauerSkeletal
        | Item::BauerPrimary
        | Item::KatagiriPrimary
        | Item::KatagiriVisceral
        | Item::KatagiriLaboratory
        | Item::KatagiriPerformance
        | Item::KatagiriChemotherapy
        | Item::KatagiriSkeletal
        | Item::VanDerLindenPerformance
        | Item::VanDerLindenPrimary
        | Item::VanDerLindenVisceral
        | Item::NomsNeurologic
        | Item::NomsMechanical
        | Item::NomsSystemic => &[],
        Item::TomitaPrimaryAdjusted | Item::TokuhashiPrimaryAdjusted => &[cn::TNBC],
        Item::NomsOncologic => &[cn::RS_SENS, cn::RS_RES],
    }
}

/// The rules that say what a band means.
pub const fn of_band(band: Band) -> &'static [Rule] {
    match band {
        Band::Tomita2To3 => &[cn::TOMITA_2_3],
        Band::Tomita4To5 => &[cn::TOMITA_4_5],
        Band::Tomita6To7 => &[cn::TOMITA_6_7],
        Band::Tomita8To10 => &[cn::TOMITA_8_10],
        Band::Tokuhashi0To8 => &[cn::TOKUHASHI_0_8],
        Band::Tokuhashi9To11 => &[cn::TOKUHASHI_9_11],
        Band::Tokuhashi12To15 => &[cn::TOKUHASHI_12_15],
        Band::SinsStable => &[cn::SINS_LOW],
        Band::SinsPotentiallyUnstable => &[cn::SINS_MID],
        Band::SinsUnstable => &[cn::SINS_HIGH, cn::SINS_INDEP],
        Band::EsccLowGrade => &[cn::SEP_CI3],
        Band::EsccHighGrade => &[cn::ESCC_23_SEP],
        Band::Bauer0To1
        | Band::Bauer2
        | Band::Bauer3To4
        | Band::Katagiri0To3
        | Band::Katagiri4To6
        | Band::Katagiri7To10
        | Band::VanDerLinden0To3
        | Band::VanDerLinden4To5
        | Band::VanDerLinden6
        | Band::NomsRadiotherapy
        | Band::NomsStabiliseRadiotherapy
        | Band::NomsRadiosurgery
        | Band::NomsStabiliseRadiosurgery
        | Band::NomsSeparationRadiosurgery
        | Band::NomsPercutaneousRadiotherapy => &[],
        Band::NomsUnsettled => &[cn::ESCC_GAP, cn::SEP_CI3],
    }
}

/// The rule that defines a grade.
pub const fn of_grade(grade: Escc) -> Rule {
    match grade {
        Escc::Grade0 => cn::ESCC_GRADE_0,
        Escc::Grade1a => cn::ESCC_GRADE_1A,
        Escc::Grade1b => cn::ESCC_GRADE_1B,
        Escc::Grade1c => cn::ESCC_GRADE_1C,
        Escc::Grade2 => cn::ESCC_GRADE_2,
        Escc::Grade3 => cn::ESCC_GRADE_3,
    }
}

/// The rules that put tumours into a class.
pub const fn of_radiosensitivity(class: Radiosensitivity) -> &'static [Rule] {
    match class {
        Radiosensitivity::Sensitive => &[cn::RS_SENS],
        Radiosensitivity::Resistant => &[cn::RS_RES, cn::RESISTANT_EXAMPLES],
        Radiosensitivity::Unclassified => &[cn::RS_GAP],
    }
}

/// The rules behind a note on a score; none where the note is not the consensus's.
pub const fn of_note(note: ScoreNote) -> &'static [Rule] {
    match note {
        ScoreNote::BreastReceptorsNotConsidered => &[cn::TNBC],
        ScoreNote::NotValidatedAtTreatedLevel => &[cn::SINS_NOT_VALIDATED],
        ScoreNote::DriverVariantUnderestimated => &[cn::MUTATIONS],
        ScoreNote::SourcesDisagreeOnContact => &[cn::ESCC_GAP, cn::SEP_CI3],
        ScoreNote::OutsideSurgicalDerivation
        | ScoreNote::AnaplasticThyroid
        | ScoreNote::NeuroendocrineCarcinomaIsNoCarcinoid
        | ScoreNote::BelowConus
        | ScoreNote::KarnofskyTenUndefined
        | ScoreNote::PerformanceThroughCrosswalk
        | ScoreNote::RadiotherapyCohortWithoutCompression => &[],
    }
}
