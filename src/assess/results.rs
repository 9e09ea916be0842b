//! What an assessment came to, in slugs: comparable over versions of the program, and free of any language.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use spinemet_engine::assessment::Assessment;
use spinemet_engine::clinical::{Domain, Place};
use spinemet_engine::scoring::{Reachable, Score};

/// Each result by what it is about: `score tomita-2001`, `option separation-surgery at T12`, `alert scores-disagree`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Results(BTreeMap<String, String>);

/// A result, or something that it rests on, that is not what it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What it is about.
    pub about: String,
    /// What is stored; `None` where there was nothing.
    pub stored: Option<String>,
    /// What the running program says; `None` where it says nothing.
    pub now: Option<String>,
}

impl Results {
    /// The results of an assessment.
    pub fn of(assessment: &Assessment) -> Self {
        let mut results = BTreeMap::from([("scope".to_owned(), assessment.scope.key().to_owned())]);
        for score in &assessment.scores {
            results.insert(about("score", score.instrument.key(), score.place), of_score(score));
        }
        for verdict in &assessment.verdicts {
            results
                .insert(about("option", verdict.option.key(), verdict.place), verdict.kind.key().to_owned());
        }
        for alert in &assessment.alerts {
            results.insert(about("alert", alert.kind.key(), alert.place), "raised".to_owned());
        }
        Self(results)
    }

    /// What is stored here and not so there, or only in one of the two.
    pub fn differences(&self, now: &Self) -> Vec<Difference> {
        let abouts: BTreeSet<&String> = self.0.keys().chain(now.0.keys()).collect();
        let differences = abouts.into_iter().filter_map(|about| {
            let (stored, now) = (self.0.get(about), now.0.get(about));
            let difference =
                || Difference { about: about.clone(), stored: stored.cloned(), now: now.cloned() };
            (stored != now).then(difference)
        });
        differences.collect()
    }
}

fn about(kind: &str, key: &str, place: Option<Place>) -> String {
    place.map_or_else(|| format!("{kind} {key}"), |place| format!("{kind} {key} at {}", place.key()))
}

/// What remains reachable, then the bands: `3|4; 2-to-4`.
fn of_score(score: &Score) -> String {
    let reachable: Vec<String> = match score.reachable {
        Reachable::Totals(totals) => totals.iter().map(|total| total.to_string()).collect(),
        Reachable::Grades(grades) => grades.iter().map(|grade| grade.key().to_owned()).collect(),
        Reachable::Decisions(_) => Vec::new(),
    };
    let bands: Vec<&str> = score.bands.iter().map(|band| band.key()).collect();
    [reachable.join("|"), bands.join("|")]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("; ")
}
