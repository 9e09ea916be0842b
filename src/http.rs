//! The service on the network: actix-web, and the only room that knows status codes.
//!
//! [`serve`] is what the command line runs, [`Server`] what a test runs. The routes are in `routes.rs`, all of them;
//! a handler checks what it was sent (the extractors), calls the room that does the work, and renders. What goes
//! wrong becomes an OperationOutcome in `failure.rs` and nowhere else.

mod as_of;
mod assess;
mod caller;
mod capability_statement;
mod cds_hooks;
mod computation;
mod conditional;
mod conformance;
mod document;
mod endpoint;
mod explain;
mod export;
mod failure;
mod health;
mod history;
mod idempotency;
mod interaction;
mod knowledge;
mod listing;
mod media;
mod metrics;
mod middleware;
mod openapi;
mod operation_parameters;
mod outcome;
mod page_link;
mod patient_assess;
mod readiness;
mod reload;
mod replay;
mod request;
mod resource;
mod retention;
mod routes;
mod search;
mod searchable;
mod serve;
mod served;
mod server;
mod smart_configuration;
mod start_page;
mod state;
mod subscription;
mod withdraw;

pub use failure::{Failure, OperationFailure};
pub use retention::purge;
pub use serve::{ServeError, open, serve};
pub use server::Server;
pub use state::State;
