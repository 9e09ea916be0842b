//! How long does the service take to write one RiskAssessment, and a whole answer of six with its Bundle?

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a benchmark may fail loudly")]

#[path = "../tests/support/mod.rs"]
mod support;

use std::{hint::black_box, time::Instant};

use fhir_wire::{Bundle, BundleEntry, BundleType, Meta, bundle, risk_assessment, with_meta};

const ROUNDS: u32 = 20_000;

fn main() {
    let assessment = support::realistic();
    let body = risk_assessment(&assessment).unwrap();
    println!("one RiskAssessment: {} bytes", body.len());
    measure("risk_assessment", || risk_assessment(black_box(&assessment)).unwrap().len());
    let meta = Meta { version_id: Some("1".into()), ..Meta::default() };
    measure("with_meta", || with_meta(black_box(&body), black_box(&meta)).unwrap().len());
    measure("an answer of six", || {
        let bodies: Vec<Vec<u8>> = (0..6).map(|_| risk_assessment(black_box(&assessment)).unwrap()).collect();
        let entry = bodies
            .iter()
            .map(|body| BundleEntry { resource: Some(body), ..BundleEntry::default() })
            .collect();
        bundle(&Bundle { entry, ..Bundle::new(BundleType::Collection) }).unwrap().len()
    });
}

/// The median of ten rounds, which a busy neighbour disturbs less than the mean.
fn measure(name: &str, mut work: impl FnMut() -> usize) {
    let mut rounds: Vec<f64> = (0..10)
        .map(|_| {
            let start = Instant::now();
            for _ in 0..ROUNDS / 10 {
                black_box(work());
            }
            start.elapsed().as_secs_f64() * 1e6 / f64::from(ROUNDS / 10)
        })
        .collect();
    rounds.sort_by(f64::total_cmp);
    println!("{name}: {:.1} microseconds", rounds[rounds.len() / 2]);
}
