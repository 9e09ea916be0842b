//! Pages for people, made by the service and complete in themselves: no script, nothing loaded from elsewhere.

pub mod explain;
mod html;
pub mod knowledge;
mod style;
