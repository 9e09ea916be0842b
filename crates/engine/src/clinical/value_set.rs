//! Sets of values that an item may still have.

use std::fmt;
use std::marker::PhantomData;

/// A type with a small, closed list of values: an item of a score, a grade, a site.
pub trait Domain: Copy + Eq + fmt::Debug + 'static {
    /// What this is, as a stable slug (`karnofsky`, `escc`); part of text keys.
    const NAME: &'static str;
    /// Every value, in the order of the paper's table. At most 64.
    const ALL: &'static [Self];

    /// Where the value stands in [`Self::ALL`].
    fn index(self) -> u32;

    /// The value as a stable slug (`80`, `1c`, `lytic`); used in mapping files, text keys and digests.
    fn key(self) -> &'static str;

    /// The value with this slug.
    fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|value| value.key() == key)
    }
}

/// A set of values of a [`Domain`]: what an item may still be, given what is recorded.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ValueSet<T> {
    /// Bit `i` stands for `T::ALL[i]`.
    bits: u64,
    domain: PhantomData<T>,
}

impl<T: Domain> ValueSet<T> {
    /// No value: only ever an intermediate result, e.g. of two statements that exclude each other.
    pub const EMPTY: Self = Self { bits: 0, domain: PhantomData };

    /// Every value of the domain: nothing is known.
    pub fn all() -> Self {
        let values = T::ALL.len();
        Self { bits: if values >= 64 { u64::MAX } else { (1 << values) - 1 }, domain: PhantomData }
    }

    /// Exactly one value.
    pub fn only(value: T) -> Self {
        Self { bits: 1 << value.index(), domain: PhantomData }
    }

    /// Whether the value is possible.
    pub fn contains(self, value: T) -> bool {
        self.bits >> value.index() & 1 == 1
    }

    /// The values, in the order of the domain.
    pub fn iter(self) -> impl Iterator<Item = T> {
        let mut rest = self.bits;
        std::iter::from_fn(move || {
            let index = usize::try_from(rest.trailing_zeros()).ok()?;
            rest &= rest.wrapping_sub(1);
            T::ALL.get(index).copied()
        })
    }

    /// The value, where just one is left.
    pub fn single(self) -> Option<T> {
        if self.len() == 1 { self.iter().next() } else { None }
    }

    /// How many values are possible.
    pub const fn len(self) -> u32 {
        self.bits.count_ones()
    }

    /// Whether no value is possible.
    pub const fn is_empty(self) -> bool {
        self.bits == 0
    }

    /// The values that are in both.
    #[must_use]
    pub const fn intersection(self, other: Self) -> Self {
        Self { bits: self.bits & other.bits, domain: PhantomData }
    }

    /// The values that are in either.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self { bits: self.bits | other.bits, domain: PhantomData }
    }

    /// Whether every value of this set is in the other.
    pub const fn is_subset(self, other: Self) -> bool {
        self.bits & !other.bits == 0
    }
}

impl<T: Domain> FromIterator<T> for ValueSet<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        values.into_iter().fold(Self::EMPTY, |set, value| set.union(Self::only(value)))
    }
}

impl<T: Domain> From<T> for ValueSet<T> {
    fn from(value: T) -> Self {
        Self::only(value)
    }
}

impl<T: Domain> fmt::Debug for ValueSet<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

/// Writes a fieldless enum that is a [`Domain`]: its values with their slugs, in one table.
macro_rules! domain {
    (
        $(#[$meta:meta])*
        $name:ident, $slug:literal {
            $( $(#[$value_meta:meta])* $value:ident = $key:literal, )+
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name {
            $( $(#[$value_meta])* $value, )+
        }

        impl $crate::clinical::Domain for $name {
            const NAME: &'static str = $slug;
            const ALL: &'static [Self] = &[ $( Self::$value, )+ ];

            fn index(self) -> u32 {
                self as u32
            }

            fn key(self) -> &'static str {
                match self {
                    $( Self::$value => $key, )+
                }
            }
        }
    };
}
pub(crate) use domain;
