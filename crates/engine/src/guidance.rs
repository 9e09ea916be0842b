//! The consensus as executable guidance: which treatment options are open, which are not, and what is not known.
//!
//! Three-valued throughout: an input that is not on record is [`Truth::Unknown`], never "no". The table of the options
//! is in `options.rs` and reads like table A.4 of the specification; what a predicate means is in `predicate.rs`.
//! Nothing here is an order: the multidisciplinary team chooses (CN-1.5-MDT).

mod alert;
mod completion;
pub mod definition;
mod drug_hold;
mod input;
mod judge;
mod options;
pub mod order;
mod perioperative;
mod picture;
mod predicate;
mod preparation;
mod rule;
mod ruling;
mod timer;
mod truth;
mod tumour;
mod verdict;

pub use crate::clinical::{Radiosensitivity, radiosensitivity};
pub use alert::{Alert, AlertKind, Severity, alerts};
pub use drug_hold::{DrugClass, Hold, HoldFigure, HoldSource, delays_healing, drug_class, hold, hold_rules};
pub use input::{Input, InputScope};
pub(crate) use judge::kind;
pub use judge::{judge, judge_all};
pub use options::{Criterion, OptionScope, OptionTable, TreatmentOption};
pub use perioperative::{
    Risk, RiskBasis, RiskFactor, ThresholdKind, Thresholds, is_coagulopathy_severe, risks,
};
pub use picture::{LevelPicture, PatientPicture, Picture};
pub use predicate::Predicate;
pub use preparation::preparations;
pub use rule::{Application, CONSENSUS, Citation, Omission, RULES, Rule, RuleKind, Strength, rules};
pub use ruling::{RULINGS, Ruling};
pub use timer::{
    Elapsed, LIMITS, Limit, LimitKind, TimeUnit, Timer, TimerKind, TimerNeed, TimerState, timers,
};
pub use truth::Truth;
pub use tumour::hypervascular;
pub use verdict::{Reason, Role, Verdict, VerdictKind};
