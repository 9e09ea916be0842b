//! What happens around every request, from the outside in.
//!
//! 1. [`observe`](observe::observe): gives the request its id, logs one line about it, and sets the headers of every
//!    answer.
//! 2. [`guard`](guard::guard): turns a panic or a passed deadline into an answer.
//! 3. [`cross_origin`](cross_origin::cross_origin): answers browsers that ask whether a page of another origin may call.
//! 4. [`admit`](admission::admit): lets in who may call.

pub(super) mod admission;
pub(super) mod cross_origin;
pub(super) mod guard;
pub(super) mod observe;
mod request_id;
mod watched_body;
