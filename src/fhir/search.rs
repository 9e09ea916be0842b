//! Searching as FHIR defines it, without a database: which parameters there are ([`parameter`]), what a resource says to
//! them ([`index`]), and what a date or a code means in a search.
//!
//! Pure: no I/O and no clock. The store keeps what [`Indexed`] holds and answers from it.

mod index;
mod interval;
pub mod parameter;
mod term;

pub use index::{Indexed, Number, index};
pub use interval::{IllegibleDate, Interval};
pub use term::Term;
