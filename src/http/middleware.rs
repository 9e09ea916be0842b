//! What happens around every request, from the outside in.
//!
//! 1. [`observe`](observe::observe): gives the request its id, logs one line about it, and sets the headers of every
//!    answer.
//! 2. actix-web's compression, for those who accept it, and [`pretty`](pretty::pretty), which breaks lines.
//! 3. [`guard`](guard::guard): turns a panic or a passed deadline into an answer.
//! 4. [`cross_origin`](cross_origin::cross_origin): answers browsers that ask whether a page of another origin may call.
//! 5. [`audit`](audit::audit): notes who asked for what, and whether it was given.
//! 6. [`admit`](admission::admit): lets in who may call.

pub(super) mod admission;
pub(super) mod audit;
pub(super) mod cross_origin;
pub(super) mod guard;
pub(super) mod observe;
pub(super) mod pretty;
mod request_id;
mod watched_body;
