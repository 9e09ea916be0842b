//! Every slug that a person may come to see as a text, so that a check can ask for the text in each language.

use crate::assessment::Scope;
use crate::clinical::{
    BoneExtent, BoneSite, Domain, Ecog, Escc, ExtraspinalCount, Frankel, Freshness, Karnofsky, Organ,
    PrimarySite, Remark, Standing, Vertebra, VertebralCount, VisceralState,
};
use crate::guidance::{
    AlertKind, Input, Predicate, Radiosensitivity, Role, Severity, Strength, TomitaType, TreatmentOption,
    Truth, VerdictKind,
};
use crate::scoring::{AssignmentStatus, Band, Instrument, Item, ScoreNote};

/// A list of slugs that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vocabulary {
    /// What they are, e.g. `band`, or for the values of a score's item the item, e.g. `sins-pain`.
    pub name: &'static str,
    /// The slugs, in the order of the domain or of the paper.
    pub keys: Vec<&'static str>,
}

/// Every vocabulary, each name once.
pub fn vocabularies() -> Vec<Vocabulary> {
    let shown = [
        of::<Instrument>(),
        of::<Item>(),
        of::<Band>(),
        of::<ScoreNote>(),
        of::<AssignmentStatus>(),
        of::<TreatmentOption>(),
        of::<VerdictKind>(),
        of::<Strength>(),
        of::<Role>(),
        of::<Truth>(),
        of::<Predicate>(),
        of::<Input>(),
        of::<AlertKind>(),
        of::<Severity>(),
        of::<Scope>(),
        of::<Radiosensitivity>(),
        of::<TomitaType>(),
        Vocabulary { name: "standing", keys: Standing::ALL.map(Standing::key).to_vec() },
        Vocabulary { name: "remark", keys: Remark::ALL.map(Remark::key).to_vec() },
        Vocabulary { name: "freshness", keys: Freshness::ALL.map(Freshness::key).to_vec() },
    ];
    let clinical = [
        of::<Karnofsky>(),
        of::<Ecog>(),
        of::<PrimarySite>(),
        of::<VertebralCount>(),
        of::<ExtraspinalCount>(),
        of::<BoneExtent>(),
        of::<BoneSite>(),
        of::<VisceralState>(),
        of::<Organ>(),
        of::<Frankel>(),
        of::<Escc>(),
        of::<Vertebra>(),
    ];
    let items = Item::ALL.iter().map(|item| Vocabulary {
        name: item.key(),
        keys: item.choices().into_iter().map(|choice| choice.key).collect(),
    });
    shown.into_iter().chain(clinical).chain(items).collect()
}

fn of<T: Domain>() -> Vocabulary {
    Vocabulary { name: T::NAME, keys: T::ALL.iter().map(|value| value.key()).collect() }
}
