//! Values that carry points.

use super::item::Item;
use super::points::PointSet;
use crate::clinical::{Domain, ValueSet};

/// A value of a score's item, with its points.
pub trait Graded: Domain {
    /// The item that it answers.
    const ITEM: Item;

    /// Its points.
    fn points(self) -> u8;
}

/// The points that a set of values allows.
pub fn points<G: Graded>(values: ValueSet<G>) -> PointSet {
    values.iter().map(Graded::points).collect()
}

/// Every value that some member of the set is read as.
pub fn read_as<T: Domain, G: Domain>(values: ValueSet<T>, read: impl Fn(T) -> ValueSet<G>) -> ValueSet<G> {
    values.iter().fold(ValueSet::EMPTY, |all, value| all.union(read(value)))
}

/// Gives a type its points: the table of the paper.
macro_rules! graded {
    ($name:ident answers $item:ident: $( $value:ident => $points:literal ),+ $(,)?) => {
        impl $crate::scoring::Graded for $name {
            const ITEM: $crate::scoring::Item = $crate::scoring::Item::$item;

            fn points(self) -> u8 {
                match self {
                    $( Self::$value => $points, )+
                }
            }
        }
    };
}
pub(super) use graded;
