//! Searching as FHIR defines it, without a database: which parameters there are ([`parameter`]), what a resource says to
//! them ([`index`]), and what a date or a code means in a search.
//!
//! Pure: no I/O and no clock. The store keeps what [`Indexed`] holds and answers from it.

mod control;
mod index;
mod interval;
pub mod parameter;
mod prefix;
mod query;
mod term;
mod value;

pub use control::{Controls, Include, Key, Order, Shape};
pub use index::{Indexed, Number, index, references};
pub use interval::{IllegibleDate, Interval};
pub use prefix::{Prefix, Span};
pub use query::{Condition, Context, Query, Refusal};
pub use term::Term;
