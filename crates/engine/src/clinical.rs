//! The patient with spinal metastases: facts as recorded, and the [`Case`] they add up to at one instant.

mod case;
mod evidence;
mod fact;
mod finding;
mod freshness;
mod instability;
mod metastases;
mod partial_date;
mod performance;
mod primary_site;
mod value_set;
mod vertebra;

pub(crate) use case::extent_from_counts;
pub use case::{Case, Involvement, Level};
pub use evidence::{CodeAsSent, Evidence};
pub use fact::{Fact, Statement};
pub use finding::{Finding, Remark, Standing};
pub use freshness::{Freshness, FreshnessPolicy, Window};
pub use instability::{Alignment, Collapse, Escc, Lesion, Pain, Posterolateral, SinsLocation};
pub use metastases::{BoneExtent, BoneSite, Count, ExtraspinalCount, Organ, VertebralCount, VisceralState};
pub use partial_date::{IllegibleDate, PartialDate};
pub use performance::{Ecog, Frankel, Karnofsky};
pub use primary_site::PrimarySite;
pub(crate) use value_set::domain;
pub use value_set::{Domain, ValueSet};
pub use vertebra::{Place, Vertebra};
