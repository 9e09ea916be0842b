//! Sets of points: what an item or a total may still be.

use std::fmt;

/// A set of whole points from 0 to 31, exact: `{1, 2, 4}` is not "1 to 4".
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct PointSet {
    /// Bit `n` stands for `n` points.
    bits: u32,
}

impl PointSet {
    /// No points at all: an item without points, or an intermediate result.
    pub const EMPTY: Self = Self { bits: 0 };
    /// Nought points: the sum over no item.
    pub const ZERO: Self = Self { bits: 1 };
    /// The highest number of points that a set can hold; every instrument stays well below.
    pub const MAX: u8 = 31;

    /// Exactly these points. A number above [`Self::MAX`] is not representable and leaves the set empty.
    pub const fn only(points: u8) -> Self {
        if points <= Self::MAX { Self { bits: 1 << points } } else { Self::EMPTY }
    }

    /// Every sum of one member of this set and one of the other: what two items can add up to.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        let (mut bits, mut rest) = (0, other.bits);
        while rest != 0 {
            bits |= self.bits << rest.trailing_zeros();
            rest &= rest - 1;
        }
        Self { bits }
    }

    /// The points that are in either.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self { bits: self.bits | other.bits }
    }

    /// The points, ascending.
    pub fn iter(self) -> impl Iterator<Item = u8> {
        let mut rest = self.bits;
        std::iter::from_fn(move || {
            let points = u8::try_from(rest.trailing_zeros()).ok().filter(|points| *points <= Self::MAX)?;
            rest &= rest - 1;
            Some(points)
        })
    }

    /// Whether these points are possible.
    pub const fn contains(self, points: u8) -> bool {
        points <= Self::MAX && self.bits & (1 << points) != 0
    }

    /// The least points; `None` for the empty set.
    pub fn min(self) -> Option<u8> {
        self.iter().next()
    }

    /// The most points; `None` for the empty set.
    pub fn max(self) -> Option<u8> {
        u8::try_from(self.bits.checked_ilog2()?).ok()
    }

    /// How many different points are possible.
    pub const fn len(self) -> u32 {
        self.bits.count_ones()
    }

    /// Whether the set is empty.
    pub const fn is_empty(self) -> bool {
        self.bits == 0
    }

    /// Whether just one number is left.
    pub const fn is_single(self) -> bool {
        self.len() == 1
    }

    /// The number, where just one is left.
    pub fn single(self) -> Option<u8> {
        if self.is_single() { self.min() } else { None }
    }

    /// Whether every member of this set is in the other.
    pub const fn is_subset(self, other: Self) -> bool {
        self.bits & !other.bits == 0
    }
}

impl FromIterator<u8> for PointSet {
    fn from_iter<I: IntoIterator<Item = u8>>(points: I) -> Self {
        points.into_iter().fold(Self::EMPTY, |set, points| set.union(Self::only(points)))
    }
}

/// The sum of the sets of several items.
impl std::iter::Sum for PointSet {
    fn sum<I: Iterator<Item = Self>>(sets: I) -> Self {
        sets.fold(Self::ZERO, Self::plus)
    }
}

impl fmt::Debug for PointSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}
