//! What the service says in FHIR: typed construction, checks, and JSON.
//!
//! Plain data goes in, bytes come out, and a resource that FHIR would not allow does not leave: a required element
//! that is empty, a date that does not exist or a contained resource that nothing refers to is a [`WireError`] that
//! names the element. Only elements that are the same in R4, R4B and R5 are written, so that one body serves all
//! three and only `meta` differs ([`with_meta`]).
//!
//! # Why this is a crate of its own
//!
//! It is the only user of fhirbolt 0.4.0, whose generated code is generic over the serializer and compiled anew in
//! every crate that calls it; and because a resource may contain any other, writing a RiskAssessment compiles the
//! writing of all 146 resource types. Measured on two cores, release profile:
//!
//! | what | wall clock | CPU |
//! |---|---|---|
//! | fhirbolt and the rest below this crate, R4 alone | 136 s | 167 s |
//! | this crate, `opt-level = 3` | 154 s | 181 s |
//! | this crate, `opt-level = "s"` | 96 s | 114 s |
//! | the program that uses it, after a change outside | below 1 s | below 1 s |
//!
//! So nothing public here is generic, there is one serializer (JSON into a `Vec`), one FHIR release in the types, and
//! no reading: fhirbolt's typed reading panics on an empty array, loops for ever on an unknown array element in its
//! lax modes, and costs minutes more to compile. All tests are integration tests, because a unit test target would
//! compile everything once more.
//!
//! Writing a RiskAssessment of 6.4 kB takes 24 to 32 microseconds (two thirds of them the building of fhirbolt's
//! values, one third the writing), a whole answer of six in its Bundle 160 to 210; with `opt-level = "s"` about 290.
//! `benches/write.rs` measures it.

mod audit_event;
mod bundle;
mod capability_statement;
mod contained;
mod datatype;
mod error;
mod json;
mod meta;
mod narrative;
mod observation;
mod operation_outcome;
mod parameters;
mod path;
mod primitive;
mod provenance;
mod risk_assessment;
mod serializer;
mod suggestion;

pub use audit_event::{AuditAction, AuditEntity, AuditEvent, AuditOutcome, audit_event};
pub use bundle::{
    Bundle, BundleEntry, BundleLink, BundleRequest, BundleResponse, BundleType, SearchMode, bundle,
};
pub use capability_statement::{
    CapabilityOperation, CapabilityResource, CapabilitySearchParameter, CapabilitySecurity,
    CapabilityStatement, SystemInteraction, TypeInteraction, capability_statement,
};
pub use datatype::{
    CodeableConcept, Coding, Extension, ExtensionContent, ExtensionValue, Identifier, Quantity, Range,
    Reference, Text,
};
pub use error::WireError;
pub use meta::{Meta, with_meta};
pub use narrative::{Narrative, escape_xhtml, printable};
pub use observation::{Observation, ObservationComponent, ObservationStatus, ObservationValue};
pub use operation_outcome::{IssueSeverity, IssueType, OperationOutcome, OutcomeIssue, operation_outcome};
pub use parameters::{Parameter, ParameterContent, parameters};
pub use provenance::{Provenance, ProvenanceSource, Software, provenance};
pub use risk_assessment::{Prediction, RiskAssessment, risk_assessment};
pub use suggestion::{ServiceRequest, Task, service_request, task};
