//! How long each drug is held before an operation.

use serde::Serialize;
use spinemet_engine::clinical::{Domain, Drug};
use spinemet_engine::guidance::{self, Hold, delays_healing, drug_class, hold, hold_rules};

use super::Named;
use crate::texts::Speaker;

/// A drug with what is published about holding it.
#[derive(Debug, Serialize)]
pub(super) struct DrugHold<'t> {
    pub(super) drug: Named<'t>,
    pub(super) class: Named<'t>,
    /// Whether there are confirmed figures, and if not, why.
    pub(super) standing: Named<'t>,
    /// Days from the last dose to the incision; the longest decides a warning.
    pub(super) figures: Vec<Figure<'t>>,
    /// Whether the sources contradict each other, so that between the figures nothing is decided.
    pub(super) is_disputed: bool,
    /// Days after the operation, and then only with the wound healed; null where nothing is confirmed.
    pub(super) restart_days: Option<u16>,
    /// Whether it may delay the healing of wounds by what it acts on (CN-1.1-TARGET-WOUND).
    pub(super) delays_healing: bool,
    pub(super) rules: Vec<&'static str>,
}

/// A published number of days with its source.
#[derive(Debug, Serialize)]
pub(super) struct Figure<'t> {
    pub(super) days: u16,
    pub(super) source: Named<'t>,
    /// What the source is, and whether it was read.
    pub(super) citation: &'t str,
}

pub(super) fn all(speaker: Speaker<'_>) -> Vec<DrugHold<'_>> {
    Drug::ALL.iter().map(|drug| of(speaker, *drug)).collect()
}

fn of(speaker: Speaker<'_>, drug: Drug) -> DrugHold<'_> {
    let hold = hold(drug);
    let (figures, restart_days, is_disputed) = match hold {
        Hold::Figures { figures, restart_days, is_disputed } => (figures, restart_days, is_disputed),
        Hold::Unconfirmed | Hold::NoRule | Hold::NotHeld => (&[][..], None, false),
    };
    DrugHold {
        drug: Named::of(speaker, "drug", drug.key()),
        class: Named::of(speaker, "drug-class", drug_class(drug).key()),
        standing: Named::of(speaker, "hold", hold.key()),
        figures: figures.iter().map(|figure| self::figure(speaker, *figure)).collect(),
        is_disputed,
        restart_days,
        delays_healing: delays_healing(drug),
        rules: hold_rules(drug).iter().map(|rule| rule.id).collect(),
    }
}

fn figure(speaker: Speaker<'_>, figure: guidance::HoldFigure) -> Figure<'_> {
    Figure {
        days: figure.days,
        source: Named::of(speaker, "hold-source", figure.source.key()),
        citation: speaker.say("hold-citation", figure.source.key()),
    }
}
