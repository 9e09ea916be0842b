//! What happens around every request, from the outside in.
//!
//! 1. [`observe`](observe::observe): gives the request its id, logs one line about it, and sets the headers of every
//!    answer.
//! 2. [`guard`](guard::guard): turns a panic or a passed deadline into an answer.

pub(super) mod guard;
pub(super) mod observe;
mod request_id;
mod watched_body;
