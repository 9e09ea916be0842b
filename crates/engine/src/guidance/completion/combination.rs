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
        let pairs = |digit: &Digit| {
            let bound = self.bound_to(*digit);
            if bound.is_empty() { self.pairs_of_free(*digit) } else { self.pairs_of_bound(*digit, &bound) }
        };
        self.digits.iter().map(|digit| (digit.input, pairs(digit))).collect()
    }

    fn bound_to(&self, digit: Digit) -> Vec<Digit> {
        let others = self.digits.iter().filter(|other| other.input != digit.input);
        others.filter(|other| is_bound(digit.input) && is_bound(other.input)).copied().collect()
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

    /// An answer that makes answers to other inputs impossible cannot be exchanged while all of these are the same. It makes a
    /// difference where it leaves other effects possible than another answer, some of these inputs answered and the rest open:
    /// that there is a focus outside the spine also says that the extent is not solitary.
    fn pairs_of_bound(&self, digit: Digit, bound: &[Digit]) -> Pairs {
        let mut pairs = Pairs::default();
        let is_first = |number: &usize| bound.iter().chain([&digit]).all(|digit| digit.of(*number) == 0);
        for number in (0..self.outcomes.len()).filter(is_first) {
            let left: Vec<Vec<Effects>> =
                (0..digit.answers).map(|answer| self.left(digit.set(number, answer), bound)).collect();
            for (position, one) in left.iter().enumerate() {
                for other in left.iter().skip(position + 1) {
                    one.iter().zip(other).for_each(|(one, other)| pairs.add_sets(*one, *other));
                }
            }
        }
        pairs
    }

    /// The effects that remain possible for every way to answer some of these inputs and leave the others open.
    fn left(&self, number: usize, open: &[Digit]) -> Vec<Effects> {
        let Some((digit, rest)) = open.split_first() else {
            return vec![match self.outcomes.get(number) {
                Some(Outcome::Decided(effect)) => Effects::only(*effect),
                _ => Effects::EMPTY,
            }];
        };
        let answered: Vec<Vec<Effects>> =
            (0..digit.base).map(|answer| self.left(digit.set(number, answer), rest)).collect();
        let unanswered = answered.iter().fold(Vec::new(), |all: Vec<Effects>, one| {
            if all.is_empty() { one.clone() } else { all.iter().zip(one).map(|(a, b)| a.union(*b)).collect() }
        });
        answered.into_iter().flatten().chain(unanswered).collect()
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
