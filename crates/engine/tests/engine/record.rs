//! Records for tests: statements with dates, made into cases.

use jiff::{SignedDuration, Timestamp};
use spinemet_engine::clinical::{
    Case, Domain, Evidence, Fact, Finding, FreshnessPolicy, Karnofsky, PartialDate, Place, Procedure,
    ProcedureState, Standing, Statement, ValueSet, Vertebra,
};

/// The instant at which the test patients are looked at.
pub const AS_OF: &str = "2026-11-22T12:00:00Z";

pub fn as_of() -> Timestamp {
    AS_OF.parse().unwrap()
}

/// A statement of this date; an empty date means that there is none.
pub fn dated(statement: Statement, date: &str) -> Fact {
    let resource = format!("Observation/{statement} of {date}");
    let effective = (!date.is_empty()).then(|| PartialDate::parse(date).unwrap());
    let evidence = Evidence {
        resource,
        version: None,
        element: "Observation.value".to_owned(),
        rule: "test".to_owned(),
        code: None,
        effective,
        preliminary: false,
    };
    Fact { statement, evidence }
}

/// A statement of the very instant of the assessment.
pub fn now(statement: Statement) -> Fact {
    dated(statement, AS_OF)
}

pub fn case(facts: impl IntoIterator<Item = Fact>) -> Case {
    Case::from_facts(facts.into_iter().collect(), as_of(), &FreshnessPolicy::default())
}

/// A case of statements that are all of the instant.
pub fn case_now(statements: impl IntoIterator<Item = Statement>) -> Case {
    case(statements.into_iter().map(now))
}

pub fn set<T: Domain>(values: &[T]) -> ValueSet<T> {
    values.iter().copied().collect()
}

/// The date so many seconds before the instant of the assessment.
pub fn ago(seconds: i64) -> String {
    as_of().checked_sub(SignedDuration::from_secs(seconds)).unwrap().to_string()
}

pub fn days(days: i64) -> i64 {
    days * 86_400
}

/// A procedure at T10.
pub fn procedure(kind: Procedure, state: ProcedureState, date: &str) -> Fact {
    dated(Statement::Procedure(kind, state, at(Vertebra::T10)), date)
}

pub fn planned(kind: Procedure, date: &str) -> Fact {
    procedure(kind, ProcedureState::Planned, date)
}

pub fn done(kind: Procedure, date: &str) -> Fact {
    procedure(kind, ProcedureState::Done, date)
}

pub fn karnofsky(value: Karnofsky) -> Statement {
    Statement::Karnofsky(value.into())
}

pub fn at(vertebra: Vertebra) -> Place {
    Place::At(vertebra)
}

pub fn assert_finding<T: Domain>(finding: &Finding<T>, standing: Standing, values: &[T]) {
    assert_eq!((finding.standing(), finding.possible()), (standing, set(values)), "{finding:?}");
}

/// A pseudo-random sequence that is the same in every run (xorshift64*).
pub struct Sequence(u64);

impl Sequence {
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let value = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(value).unwrap() % bound
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for index in (1..items.len()).rev() {
            items.swap(index, self.below(index + 1));
        }
    }
}
