//! Every combination of answers to the open inputs of a group, and which of them differ by one answer.

use super::effect::{Effect, Effects, Pairs};
use crate::guidance::input::Input;

/// What a combination of answers comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The answers cannot all be true.
    Impossible,
    /// A criterion is still unknown: a judgement that it asks for stayed away.
    Undecided,
    /// What the criteria come to.
    Decided(Effect),
}

/// One input as a digit of the number of a combination.
#[derive(Debug, Clone, Copy)]
struct Digit {
    input: Input,
    stride: usize,
    /// How many digits there are.
    base: usize,
    /// How many of them, from zero on, are answers. That a judgement stays away is none; it is there for the sake of the other
    /// inputs.
    answers: usize,
}

impl Digit {
    fn of(self, number: usize) -> usize {
        number / self.stride % self.base
    }

    /// The number with another value of this digit.
    fn set(self, number: usize, value: usize) -> usize {
        number - self.of(number) * self.stride + value * self.stride
    }
}

/// Every combination of a group with what it comes to, in the order of a number whose last digit is the fastest.
#[derive(Debug)]
pub(super) struct Combinations {
    digits: Vec<Digit>,
    outcomes: Vec<Outcome>,
}

impl Combinations {
    /// From the inputs with their answers, `None` for one that stays away, and the outcomes in order.
    pub fn new(inputs: &[(Input, Vec<Option<usize>>)], outcomes: Vec<Outcome>) -> Self {
        let mut stride = outcomes.len();
        let digits = inputs.iter().map(|(input, answers)| {
            let base = answers.len().max(1);
            stride = (stride / base).max(1);
            Digit { input: *input, stride, base, answers: answers.iter().flatten().count() }
        });
        Self { digits: digits.collect(), outcomes }
    }

    /// Every effect that some combination has.
    pub fn effects(&self) -> Effects {
        self.outcomes.iter().fold(Effects::EMPTY, |all, outcome| match outcome {
            Outcome::Decided(effect) => all.union(Effects::only(*effect)),
            Outcome::Impossible | Outcome::Undecided => all,
        })
    }

    /// For each input what its answers come to while everything else is the same.
    pub fn pairs(&self) -> Vec<(Input, Pairs)> {
        let bound = self.digits.iter().filter(|digit| is_bound(digit.input)).count();
        let opened = (bound > 1).then(|| Opened::of(self));
        let pairs = |(position, digit): (usize, &Digit)| match &opened {
            Some(opened) if is_bound(digit.input) => (digit.input, opened.pairs_of(position, digit.answers)),
            _ => (digit.input, self.pairs_of_free(*digit)),
        };
        self.digits.iter().enumerate().map(pairs).collect()
    }

    /// Combinations that differ in one answer.
    fn pairs_of_free(&self, digit: Digit) -> Pairs {
        let mut pairs = Pairs::default();
        for (number, outcome) in self.outcomes.iter().enumerate() {
            let Outcome::Decided(one) = outcome else { continue };
            for answer in digit.of(number) + 1..digit.answers {
                if let Some(Outcome::Decided(other)) = self.outcomes.get(digit.set(number, answer)) {
                    pairs.add(*one, *other);
                }
            }
        }
        pairs
    }
}

/// The effects that remain possible for every combination in which inputs that are bound to each other may also stay open.
///
/// An answer that makes answers to other inputs impossible cannot be exchanged while all of these are the same. It makes a
/// difference where it leaves other effects possible than another answer, some of these inputs answered and the rest open: that
/// there is a focus outside the spine also says that the extent is not solitary.
struct Opened {
    effects: Vec<Effects>,
    /// How many values each digit has; a bound one has one more, the last, for staying open.
    sizes: Vec<usize>,
}

impl Opened {
    fn of(combinations: &Combinations) -> Self {
        let effects = combinations.outcomes.iter().map(|outcome| match outcome {
            Outcome::Decided(effect) => Effects::only(*effect),
            Outcome::Impossible | Outcome::Undecided => Effects::EMPTY,
        });
        let sizes = combinations.digits.iter().map(|digit| digit.base).collect();
        let mut opened = Self { effects: effects.collect(), sizes };
        for (position, digit) in combinations.digits.iter().enumerate() {
            if is_bound(digit.input) {
                opened.open(position);
            }
        }
        opened
    }

    /// How many combinations of the digits after one there are.
    fn inner(&self, position: usize) -> usize {
        self.sizes.iter().skip(position + 1).product::<usize>().max(1)
    }

    /// Lets a digit stay open as well.
    fn open(&mut self, position: usize) {
        let inner = self.inner(position);
        let Some(size) = self.sizes.get_mut(position) else { return };
        let mut opened = Vec::with_capacity(self.effects.len() + self.effects.len() / *size);
        for answered in self.effects.chunks(*size * inner) {
            let all = |at: usize| answered.iter().skip(at).step_by(inner);
            let unanswered = (0..inner).map(|at| all(at).fold(Effects::EMPTY, |left, one| left.union(*one)));
            opened.extend_from_slice(answered);
            opened.extend(unanswered);
        }
        *size += 1;
        self.effects = opened;
    }

    /// What the answers to one input leave.
    fn pairs_of(&self, position: usize, answers: usize) -> Pairs {
        let mut pairs = Pairs::default();
        let inner = self.inner(position);
        let size = self.sizes.get(position).copied().unwrap_or(1);
        for block in self.effects.chunks(size * inner) {
            for at in 0..inner {
                let left = || block.iter().skip(at).step_by(inner).take(answers);
                for (answer, one) in left().enumerate() {
                    left().skip(answer + 1).for_each(|other| pairs.add_sets(*one, *other));
                }
            }
        }
        pairs
    }
}

/// Whether an answer to it can make answers to others impossible: counts settle the extent of bone foci, and extent and grade
/// narrow the surgical type.
const fn is_bound(input: Input) -> bool {
    matches!(
        input,
        Input::VertebralCount | Input::ExtraspinalCount | Input::BoneExtent | Input::Escc | Input::TomitaType
    )
}
