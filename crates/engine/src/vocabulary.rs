//! Every slug that a person may come to see as a text, so that a check can ask for the text in each language.

use crate::assessment::Scope;
use crate::clinical::{
    Analyte, Answer, BoneExtent, BoneSite, BreastReceptors, Domain, Driver, Drug, DrugUse, Ecog, Escc, Event,
    ExtraspinalCount, Frankel, Freshness, Karnofsky, Organ, PrimarySite, Procedure, ProcedureState, Question,
    Remark, Standing, TomitaType, Vertebra, VertebralCount, VisceralPattern, VisceralState, WindowKind,
};
use crate::guidance::order::ConcernKind;
use crate::guidance::{
    AlertKind, Application, DrugClass, Hold, HoldSource, Input, LimitKind, Omission, Predicate, RULES,
    RULINGS, Radiosensitivity, RiskBasis, RiskFactor, Role, RuleKind, Severity, Strength, ThresholdKind,
    TimeUnit, TimerKind, TimerNeed, TimerState, TreatmentOption, Truth, VerdictKind,
};
use crate::scoring::{AssignmentStatus, Band, HeldBack, Instrument, Item, ScoreNote};

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
        of::<HeldBack>(),
        of::<TreatmentOption>(),
        of::<VerdictKind>(),
        of::<Strength>(),
        of::<RuleKind>(),
        of::<Omission>(),
        Vocabulary { name: "application", keys: Application::KEYS.to_vec() },
        Vocabulary { name: "rule", keys: RULES.iter().map(|rule| rule.id).collect() },
        Vocabulary { name: "ruling", keys: RULINGS.iter().map(|ruling| ruling.id).collect() },
        of::<Role>(),
        of::<Truth>(),
        of::<Predicate>(),
        of::<Input>(),
        of::<AlertKind>(),
        of::<TimerKind>(),
        of::<TimerState>(),
        of::<TimerNeed>(),
        of::<LimitKind>(),
        of::<TimeUnit>(),
        of::<WindowKind>(),
        of::<ThresholdKind>(),
        Vocabulary { name: "hold", keys: Hold::KEYS.to_vec() },
        of::<HoldSource>(),
        of::<DrugClass>(),
        of::<RiskFactor>(),
        of::<RiskBasis>(),
        of::<Severity>(),
        of::<ConcernKind>(),
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
        of::<VisceralPattern>(),
        of::<BreastReceptors>(),
        of::<Driver>(),
        of::<Question>(),
        of::<Answer>(),
        of::<Analyte>(),
        of::<Drug>(),
        of::<DrugUse>(),
        of::<Procedure>(),
        of::<ProcedureState>(),
        of::<Event>(),
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
