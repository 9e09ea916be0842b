//! What does assessing a case cost, without FHIR, and what of that is finding out which missing input matters?
//!
//! Three patients of one level: complete, with ten inputs missing, and with nothing but a spinal metastasis on record;
//! and the second with three levels. Prints medians in microseconds, and how much slower than the complete patient.

#![allow(
    clippy::expect_used,
    clippy::cast_precision_loss,
    reason = "a bench may fail loudly, and its sizes are small"
)]

use std::hint::black_box;
use std::time::Instant;

use jiff::Timestamp;
use spinemet_engine::assessment::assess;
use spinemet_engine::clinical::{
    Alignment, BoneExtent, Case, Collapse, Count, Escc, Evidence, Fact, Frankel, FreshnessPolicy, Karnofsky,
    Lesion, Pain, PartialDate, Place, Posterolateral, PrimarySite, Statement, Vertebra, VisceralState,
};

const AS_OF: &str = "2026-11-22T12:00:00Z";
const ROUNDS: usize = 200;

fn main() {
    let (t4, t12, l3) = (Place::At(Vertebra::T4), Place::At(Vertebra::T12), Place::At(Vertebra::L3));
    let complete: Vec<Statement> = patient().into_iter().chain(level(t12)).collect();
    // Karnofsky, counts, extent, viscera, Frankel, pain, alignment, grade and all that only the guidance asks.
    let missing_ten = vec![
        Statement::Primary(PrimarySite::Breast),
        Statement::SpinalMetastasis(t12),
        Statement::Lesion(t12, Lesion::Lytic.into()),
        Statement::Collapse(t12, Collapse::UnderHalf.into()),
        Statement::Posterolateral(t12, Posterolateral::Unilateral.into()),
    ];
    let three: Vec<Statement> = missing_ten
        .iter()
        .cloned()
        .chain([Statement::Lesion(t4, Lesion::Mixed.into()), Statement::Lesion(l3, Lesion::Lytic.into())])
        .collect();
    let metastasis_alone = vec![Statement::SpinalMetastasis(t12)];
    println!("{:<26} {:>8} {:>10} {:>8} {:>9}", "patient", "missing", "µs", "inexact", "ratio");
    let base = measure("complete", complete, None);
    for (name, statements) in [
        ("ten inputs missing", missing_ten),
        ("ten missing, three levels", three),
        ("a metastasis alone", metastasis_alone),
    ] {
        measure(name, statements, Some(base));
    }
}

fn measure(name: &str, statements: Vec<Statement>, base: Option<f64>) -> f64 {
    let as_of: Timestamp = AS_OF.parse().expect("a date");
    let facts: Vec<Fact> = statements.into_iter().map(fact).collect();
    let case = Case::from_facts(facts, as_of, &FreshnessPolicy::default());
    let mut times: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let case = black_box(case.clone());
            let start = Instant::now();
            black_box(assess(case));
            start.elapsed().as_secs_f64() * 1e6
        })
        .collect();
    times.sort_by(f64::total_cmp);
    let median = times.get(ROUNDS / 2).copied().expect("rounds");
    let assessment = assess(case);
    let inexact = assessment.verdicts.iter().filter(|verdict| !verdict.is_exact).count();
    let missing = assessment.missing.len();
    let ratio = base.map_or(1.0, |base| median / base);
    println!("{name:<26} {missing:>8} {median:>10.1} {inexact:>8} {ratio:>9.1}");
    median
}

fn patient() -> Vec<Statement> {
    vec![
        Statement::Primary(PrimarySite::Kidney),
        Statement::Karnofsky(Karnofsky::K80.into()),
        Statement::VertebralCount(Count::Exactly(1)),
        Statement::ExtraspinalCount(Count::Exactly(0)),
        Statement::BoneExtent(BoneExtent::Solitary),
        Statement::VisceralStatus(VisceralState::Absent.into()),
        Statement::Frankel(Frankel::E.into()),
    ]
}

fn level(place: Place) -> Vec<Statement> {
    vec![
        Statement::SpinalMetastasis(place),
        Statement::Pain(place, Pain::Mechanical.into()),
        Statement::Lesion(place, Lesion::Lytic.into()),
        Statement::Alignment(place, Alignment::Normal.into()),
        Statement::Collapse(place, Collapse::UnderHalf.into()),
        Statement::Posterolateral(place, Posterolateral::Unilateral.into()),
        Statement::Escc(place, Escc::Grade1b.into()),
    ]
}

fn fact(statement: Statement) -> Fact {
    let evidence = Evidence {
        resource: "Observation/1".to_owned(),
        version: None,
        element: "Observation.value".to_owned(),
        rule: "bench".to_owned(),
        code: None,
        effective: Some(PartialDate::parse(AS_OF).expect("a date")),
        preliminary: false,
    };
    Fact { statement, evidence }
}
