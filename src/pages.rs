//! Pages for people, made by the service and complete in themselves: no script, nothing loaded from elsewhere.

mod html;
pub mod knowledge;
