//! Spinemet: from a hospital's FHIR record to the scores and guidance for spinal metastases.
//!
//! A request walks the rooms once, forward:
//!
//! ```text
//! bytes ──> fhir (read) ──> mapping ──> engine: Case ──> scoring ──> guidance ──> Assessment ──> fhir (write), cds_hooks
//! ```
//!
//! | room | holds |
//! |---|---|
//! | [`fhir`] | reading views with issues and places; an assessment as RiskAssessments |
//! | [`mapping`] | from resources to facts, driven by the files in `mappings/` |
//! | `crates/engine` | the clinical core: case, scores, guidance, assessment |
//! | [`texts`], [`wording`], [`language`] | what people read, in English and Chinese |
//! | [`assess`] | the one use case, joining the rooms above |
//! | [`explanation`] | what became of each resource of a record, and why |
//! | [`pages`] | pages for people: what the program knows, what a record became |
//! | [`cds_hooks`] | what an EHR sees: discovery, requests, prefetch, cards |
//! | [`conformance`] | what is published in FHIR about all this: profiles, codes, the questionnaire |
//! | [`access`] | who may call |
//! | [`ehr`] | the client to the hospital's FHIR servers |
//! | [`store`] | what was answered, durably, in SQLite |
//! | [`subscriptions`] | telling interface engines what was stored |
//! | [`http`] | the service on the network: routes, handlers, refusals |
//! | [`settings`], [`telemetry`] | what an operator chooses, and reads |
//! | [`cli`] | the command line |

pub mod access;
pub mod assess;
pub mod cds_hooks;
pub mod cli;
pub mod conformance;
pub mod ehr;
pub mod explanation;
pub mod fhir;
pub mod http;
pub mod language;
pub mod mapping;
pub mod pages;
pub mod settings;
pub mod store;
pub mod subscriptions;
pub mod telemetry;
pub mod texts;
pub mod wording;
