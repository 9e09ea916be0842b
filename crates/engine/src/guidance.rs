//! The consensus as executable guidance: which treatment options are open, which are not, and what is not known.
//!
//! Three-valued throughout: an input that is not on record is [`Truth::Unknown`], never "no". The table of the options
//! is in `options.rs` and reads like table A.4 of the specification; what a predicate means is in `predicate.rs`.
//! Nothing here is an order: the multidisciplinary team chooses (CN-1.5-MDT).

mod alert;
mod input;
mod judge;
mod options;
mod picture;
mod predicate;
mod rule;
mod tomita_type;
mod truth;
mod tumour;
mod verdict;

pub use alert::{Alert, AlertKind, Severity, alerts};
pub use input::{Input, InputScope};
pub(crate) use judge::kind;
pub use judge::{judge, judge_all};
pub use options::{Criterion, OptionScope, OptionTable, TreatmentOption};
pub use picture::{LevelPicture, PatientPicture, Picture};
pub use predicate::Predicate;
pub use rule::{RULES, Rule, Strength, rules};
pub use tomita_type::TomitaType;
pub use truth::Truth;
pub use tumour::{Radiosensitivity, hypervascular, radiosensitivity};
pub use verdict::{Reason, Role, Verdict, VerdictKind};
