//! What the guidance says of one option, and why.

use super::input::Input;
use super::options::TreatmentOption;
use super::predicate::Predicate;
use super::rule::{Rule, Strength};
use super::truth::Truth;
use crate::clinical::{Place, ValueSet, domain};

domain! {
    /// What is said of an option (specification A.4).
    VerdictKind, "verdict" {
        /// The consensus names a contraindication, and it holds.
        Contraindicated = "contraindicated",
        /// Something that the option requires does not hold.
        NotIndicated = "not-indicated",
        /// Whether it is required or forbidden depends on what is not known.
        InsufficientData = "insufficient-data",
        /// May be weighed: an indication with reservation.
        Relative = "relative",
        /// Its criteria are met and no contraindication of the consensus holds.
        Option = "option",
    }
}

domain! {
    /// What part a reason plays.
    Role, "role" {
        /// The option requires it.
        Required = "required",
        /// It forbids the option.
        Contraindication = "contraindication",
        /// It leaves the option only with reservation.
        Reservation = "reservation",
        /// It waives the option, where a clinician has attested it; as long as nobody has, the option stands.
        Waiver = "waiver",
        /// It speaks for the option without being required.
        Strengthening = "strengthening",
        /// It tells what the option can reach.
        Qualification = "qualification",
    }
}

impl Role {
    /// Whether the kind of the verdict depends on it, waivers apart: an attestation is never asked for.
    pub const fn is_decisive(self) -> bool {
        matches!(self, Self::Required | Self::Contraindication | Self::Reservation)
    }
}

/// What is said of one option, for the patient or for one level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Which option.
    pub option: TreatmentOption,
    /// The level; `None` where the option is about the patient as a whole.
    pub place: Option<Place>,
    /// What is said of it.
    pub kind: VerdictKind,
    /// How strongly the consensus puts it: for an option, a reservation or a contraindication.
    pub strength: Option<Strength>,
    /// Whether everything required holds.
    pub required: Truth,
    /// Whether any contraindication holds. Unknown is never "no".
    pub contraindicated: Truth,
    /// Every required criterion and contraindication, and of the others those that hold.
    pub reasons: Vec<Reason>,
    /// The kinds that the verdict may still take once everything is known: how robust it is. Just its own kind where no
    /// missing finding can change it.
    pub reachable: ValueSet<VerdictKind>,
    /// The missing inputs that it hinges on: two answers to one of them lead to different kinds, for some completion of the
    /// others.
    pub hinges_on: ValueSet<Input>,
    /// Where nothing missing can change the kind: the answers that nobody asks for because other findings stand in for them, and
    /// that would go before these. Who is intact is not asked about progression; that it progresses would count all the same.
    pub yields_to: ValueSet<Input>,
    /// Whether every completion was tried to find what the kind may become and hinges on. Where there are too many, nothing is excluded.
    pub is_exact: bool,
    /// For [`VerdictKind::InsufficientData`]: the inputs that are needed.
    pub needs: Vec<Input>,
    /// Rules about what must follow, should the option be chosen.
    pub afterwards: &'static [Rule],
}

/// One reason of a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reason {
    /// The rule that asks it.
    pub rule: Rule,
    /// What it asks.
    pub predicate: Predicate,
    /// Whether that holds.
    pub truth: Truth,
    /// What part it plays.
    pub role: Role,
}
