//! What the clinical core promises, through its public face.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly, in its helpers too"
)]

mod ages;
mod alerts;
mod answers;
mod assessment;
mod completions;
mod contradictions;
mod course;
mod definitions;
mod drug_holds;
mod exactness;
mod extent;
mod further_scores;
mod guidance;
mod joint_evidence;
mod keys;
mod levels;
mod noms;
mod open_inputs;
mod option_table;
mod options;
mod orders;
mod perioperative;
mod pictures;
mod point_sets;
mod predicates;
mod preparation;
mod properties;
mod published_cases;
mod record;
mod rules_table;
mod score_notes;
mod scores;
mod shared;
mod shared_items;
mod specification_tables;
mod statements;
mod tables;
mod timers;
mod timers_whole;
mod weighing;
