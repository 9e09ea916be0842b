//! What a group of criteria adds up to once all of its inputs are answered.

use crate::clinical::ValueSet;
use crate::guidance::truth::Truth;
use crate::guidance::verdict::{Role, VerdictKind};

/// What some criteria come to, all inputs answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Effect {
    /// Whether everything required holds.
    pub is_required: bool,
    /// Whether a contraindication holds.
    pub is_contraindicated: bool,
    /// Whether a reservation holds.
    pub is_reserved: bool,
}

impl Effect {
    /// The effect of no criterion at all.
    pub const NONE: Self = Self { is_required: true, is_contraindicated: false, is_reserved: false };

    /// The effect with one more criterion; `None` where that is still unknown.
    pub fn and(self, role: Role, truth: Truth) -> Option<Self> {
        let holds = match truth {
            Truth::True => true,
            Truth::False => false,
            Truth::Unknown => return None,
        };
        Some(match role {
            Role::Required => Self { is_required: self.is_required && holds, ..self },
            Role::Contraindication => Self { is_contraindicated: self.is_contraindicated || holds, ..self },
            Role::Reservation => Self { is_reserved: self.is_reserved || holds, ..self },
            Role::Waiver | Role::Strengthening | Role::Qualification => self,
        })
    }

    /// The effect of both.
    fn with(self, other: Self) -> Self {
        Self {
            is_required: self.is_required && other.is_required,
            is_contraindicated: self.is_contraindicated || other.is_contraindicated,
            is_reserved: self.is_reserved || other.is_reserved,
        }
    }

    /// The rule of specification A.4, with nothing open.
    const fn kind(self) -> VerdictKind {
        if self.is_contraindicated {
            VerdictKind::Contraindicated
        } else if !self.is_required {
            VerdictKind::NotIndicated
        } else if self.is_reserved {
            VerdictKind::Relative
        } else {
            VerdictKind::Option
        }
    }

    fn index(self) -> u8 {
        u8::from(self.is_required) | u8::from(self.is_contraindicated) << 1 | u8::from(self.is_reserved) << 2
    }

    const fn from_index(index: u8) -> Self {
        Self { is_required: index & 1 != 0, is_contraindicated: index & 2 != 0, is_reserved: index & 4 != 0 }
    }
}

/// A set of effects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Effects {
    bits: u8,
}

impl Effects {
    /// None.
    pub const EMPTY: Self = Self { bits: 0 };

    /// Just one.
    pub fn only(effect: Effect) -> Self {
        Self { bits: 1 << effect.index() }
    }

    /// Every effect that criteria of these roles can have.
    pub fn any(roles: impl Iterator<Item = Role>) -> Self {
        roles.fold(Self::only(Effect::NONE), |all, role| {
            let one =
                [Truth::True, Truth::False].into_iter().filter_map(|truth| Effect::NONE.and(role, truth));
            all.combined(one.fold(Self::EMPTY, |effects, effect| effects.union(Self::only(effect))))
        })
    }

    pub const fn union(self, other: Self) -> Self {
        Self { bits: self.bits | other.bits }
    }

    fn iter(self) -> impl Iterator<Item = Effect> {
        (0..8).filter(move |index| self.bits >> index & 1 == 1).map(Effect::from_index)
    }

    /// Every effect of one of this set together with one of the other.
    pub fn combined(self, other: Self) -> Self {
        let pairs = self.iter().flat_map(|one| other.iter().map(move |two| one.with(two)));
        pairs.fold(Self::EMPTY, |all, effect| all.union(Self::only(effect)))
    }

    /// The kinds that these effects lead to.
    pub fn kinds(self) -> ValueSet<VerdictKind> {
        self.iter().map(Effect::kind).collect()
    }
}

/// What different answers to one input come to while everything else is the same.
#[derive(Debug, Clone, Default)]
pub(super) struct Pairs {
    /// For each effect the effects that one other answer leads to.
    to: [u8; 8],
    /// Sets of effects that two answers leave possible.
    sets: Vec<(Effects, Effects)>,
}

impl Pairs {
    /// Adds what two answers lead to.
    pub fn add(&mut self, one: Effect, other: Effect) {
        if let Some(to) = self.to.get_mut(usize::from(one.index())) {
            *to |= 1 << other.index();
        }
    }

    /// Adds what two answers leave possible; an answer that is impossible itself leaves nothing.
    pub fn add_sets(&mut self, one: Effects, other: Effects) {
        let is_new = one != other && !self.sets.contains(&(one, other));
        if is_new && one != Effects::EMPTY && other != Effects::EMPTY {
            self.sets.push((one, other));
        }
    }

    /// Whether two answers lead to different kinds, with one of these effects beside them.
    pub fn differ_beside(&self, others: Effects) -> bool {
        let single = (0u8..8).zip(self.to).flat_map(|(one, to)| {
            let one = Effects::only(Effect::from_index(one));
            Effects { bits: to }.iter().map(move |other| (one, Effects::only(other)))
        });
        single.chain(self.sets.iter().copied()).any(|(one, other)| {
            others
                .iter()
                .map(Effects::only)
                .any(|beside| one.combined(beside).kinds() != other.combined(beside).kinds())
        })
    }
}
