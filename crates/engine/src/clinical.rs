//! The patient with spinal metastases: facts as recorded, and the [`Case`] they add up to at one instant.

mod case;
mod circumstances;
mod evidence;
mod fact;
mod finding;
mod freshness;
mod instability;
mod laboratory;
mod metastases;
mod molecular;
mod partial_date;
mod performance;
mod primary_site;
mod question;
mod radiosensitivity;
mod tomita_type;
mod treatment;
mod value_set;
mod vertebra;

pub use case::{Answered, Case, DrugRecord, Involvement, LaboratoryRecord, Level, ProcedureRecord};
pub(crate) use case::{counts_of, extent_from_counts};
pub use evidence::{CodeAsSent, Evidence};
pub use fact::{Fact, IllegibleStatement, Statement};
pub use finding::{Finding, Remark, Standing};
pub use freshness::{Freshness, FreshnessPolicy, Window, WindowKind};
pub use instability::{Alignment, Collapse, Escc, Lesion, Pain, Posterolateral, SinsLocation};
pub use laboratory::{Amount, Analyte, Measured, scaled_decimal};
pub use metastases::{
    BoneExtent, BoneSite, Count, ExtraspinalCount, Organ, VertebralCount, VisceralPattern, VisceralState,
};
pub use molecular::{BreastReceptors, Driver};
pub use partial_date::{IllegibleDate, PartialDate};
pub use performance::{Ecog, Frankel, Karnofsky};
pub use primary_site::PrimarySite;
pub use question::{Answer, Question, QuestionScope};
pub use radiosensitivity::{Radiosensitivity, radiosensitivity};
pub use tomita_type::{TomitaType, WbbSectors};
pub use treatment::{Drug, DrugUse, Event, Procedure, ProcedureState};
pub(crate) use value_set::domain;
pub use value_set::{Domain, ValueSet};
pub use vertebra::{Place, Vertebra};
