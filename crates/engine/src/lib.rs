//! The clinical core: from facts about one patient to an [`Assessment`](assessment::Assessment).
//!
//! ```text
//! facts ──> clinical::Case ──> scoring ──> guidance ──> assessment::Assessment
//! ```
//!
//! Pure and total: no FHIR, no I/O, no clock, no async, and no failure. What is missing is a value (a
//! [`Finding`](clinical::Finding) with more than one possibility), so a partial record still yields the exact set of
//! scores that remain reachable. The order of the facts never matters.

pub mod assessment;
pub mod clinical;
pub mod guidance;
pub mod scoring;
pub mod vocabulary;
