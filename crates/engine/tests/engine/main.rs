//! What the clinical core promises, through its public face.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly, in its helpers too"
)]

mod ages;
mod assessment;
mod guidance;
mod keys;
mod levels;
mod options;
mod pictures;
mod properties;
mod published_cases;
mod record;
mod rules_table;
mod scores;
mod shared;
mod tables;
mod weighing;
