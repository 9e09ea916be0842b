//! The FHIR room: reading views of what comes in, writing of what goes out.
//!
//! Reading is our own: one pass over the body, one level deep ([`Json`]), then only what the mapping asks for, each
//! element with its place ([`Reader`]). It never fails because of one bad entry. Writing is `fhir-wire`'s.

mod condition;
mod datatypes;
mod encounter;
mod envelope;
mod guard;
mod issue;
mod json;
mod questionnaire;
mod reader;
mod record;
pub mod render;
mod resources;
pub mod search;
mod version;

pub use condition::{Condition, Status};
pub use datatypes::{CodeableConcept, Coding, Quantity, date, is_id, period_bounds};
pub use encounter::{encounter_class, encounter_start};
pub use guard::{MAXIMUM_DEPTH, is_too_deep};
pub use issue::Issue;
pub use json::{Json, Kind, Object};
pub use questionnaire::{QuestionnaireResponse, questionnaire};
pub use reader::Reader;
pub use record::{Demographics, Record, RecordBuilder, Rejection, Resource, canonical_reference};
pub use resources::{
    Observation, Question, Value, appointment, body_sites, code, irradiated_volumes, medication,
    radiotherapy_techniques, subject,
};
pub use version::{FhirVersion, UnknownFhirVersion};
