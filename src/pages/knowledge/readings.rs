//! How a finding is read as another, or as an item of a score, and which decision four assessments lead to.

use serde::Serialize;
use spinemet_engine::clinical::{Domain, Ecog, Frankel, Karnofsky, SinsLocation, Vertebra};
use spinemet_engine::scoring::noms::{self, Mechanical, Neurologic, Oncologic, Systemic};
use spinemet_engine::scoring::{Graded, katagiri, tokuhashi, van_der_linden};

use super::Named;
use crate::texts::Speaker;

/// A table of readings.
#[derive(Debug, Serialize)]
pub(super) struct Reading<'t> {
    pub(super) reading: Named<'t>,
    pub(super) rows: Vec<Row<'t>>,
}

/// What one value is read as.
#[derive(Debug, Serialize)]
pub(super) struct Row<'t> {
    pub(super) value: &'static str,
    /// Several where the sources leave it open, none where the score has no points for it.
    pub(super) read_as: Vec<Value<'t>>,
}

/// A value with its points, where it is an item of a score.
#[derive(Debug, Serialize)]
pub(super) struct Value<'t> {
    pub(super) value: Named<'t>,
    pub(super) points: Option<u8>,
}

/// A row of NOMS.
#[derive(Debug, Serialize)]
pub(super) struct Decision<'t> {
    pub(super) neurologic: Named<'t>,
    pub(super) oncologic: Named<'t>,
    pub(super) mechanical: Named<'t>,
    pub(super) systemic: Named<'t>,
    #[serde(rename = "decision")]
    pub(super) outcome: Named<'t>,
}

pub(super) fn all(speaker: Speaker<'_>) -> Vec<Reading<'_>> {
    let of = |key, rows| Reading { reading: Named::of(speaker, "reading", key), rows };
    vec![
        of("ecog-as-karnofsky", rows(|ecog: Ecog| ecog.karnofsky().iter().map(plain).collect())),
        of("karnofsky-in-tokuhashi", rows(|value| vec![graded(speaker, tokuhashi::general(value))])),
        of(
            "karnofsky-in-van-der-linden",
            rows(|value| {
                van_der_linden::performance(value).map(|points| graded(speaker, points)).into_iter().collect()
            }),
        ),
        of("karnofsky-in-katagiri", rows(|value| vec![graded(speaker, katagiri::performance(value))])),
        of("frankel-in-tokuhashi", rows(|grade: Frankel| vec![graded(speaker, tokuhashi::palsy(grade))])),
        of(
            "vertebra-in-sins",
            rows(|vertebra: Vertebra| vec![graded(speaker, SinsLocation::from(vertebra))]),
        ),
    ]
}

fn rows<'t, T: Domain>(read: impl Fn(T) -> Vec<Value<'t>>) -> Vec<Row<'t>> {
    T::ALL.iter().map(|value| Row { value: value.key(), read_as: read(*value) }).collect()
}

fn plain<'t>(karnofsky: Karnofsky) -> Value<'t> {
    Value { value: Named { key: karnofsky.key(), name: karnofsky.key() }, points: None }
}

fn graded<G: Graded>(speaker: Speaker<'_>, value: G) -> Value<'_> {
    let section = format!("value.{}", G::ITEM.key());
    Value { value: Named::of(speaker, &section, value.key()), points: Some(value.points()) }
}

/// Every combination of the four assessments with its decision.
pub(super) fn decisions(speaker: Speaker<'_>) -> Vec<Decision<'_>> {
    let mut all = Vec::new();
    for n in Neurologic::ALL {
        for o in Oncologic::ALL {
            for m in Mechanical::ALL {
                all.extend(Systemic::ALL.iter().map(|s| Decision {
                    neurologic: named(speaker, *n),
                    oncologic: named(speaker, *o),
                    mechanical: named(speaker, *m),
                    systemic: named(speaker, *s),
                    outcome: Named::of(speaker, "band", noms::decision(*n, *o, *m, *s).key()),
                }));
            }
        }
    }
    all
}

fn named<T: Domain>(speaker: Speaker<'_>, value: T) -> Named<'_> {
    Named::of(speaker, &format!("value.{}", T::NAME), value.key())
}
