//! A kept assessment made again from its facts with the running program, and what is then different.

use spinemet_engine::assessment;
use spinemet_engine::clinical::{Case, Fact, Freshness};

use super::archive::{Archived, Versions};
use super::results::{Difference, Results};
use super::{Assessor, Rejection, Rendered};

/// A kept assessment made again.
#[derive(Debug)]
pub struct Replayed {
    /// Its RiskAssessments. Their ids are those that are stored, unless the knowledge is another.
    pub resources: Vec<Rendered>,
    /// What is not what it was: versions, the freshness of facts, results. Empty where nothing is.
    pub differences: Vec<Difference>,
}

impl Replayed {
    /// Whether a score, a verdict or an alert is not what it was.
    pub fn changes_results(&self) -> bool {
        self.differences.iter().any(|difference| is_result(&difference.about))
    }
}

/// What a clinician would see changed; versions and freshness alone change nothing.
pub fn is_result(about: &str) -> bool {
    ["scope", "score ", "option ", "alert "].iter().any(|kind| about.starts_with(kind))
}

impl Assessor {
    /// Makes a kept assessment again: from its facts, at its instant, with the running program and its policy. The mapping
    /// has no part in it, because the facts were read already.
    ///
    /// # Errors
    /// [`Rejection`] where the answer cannot be written in FHIR.
    pub fn replay(&self, archived: &Archived, tenant: &str) -> Result<Replayed, Rejection> {
        let (made, differences) = self.again(archived);
        let (_, resources) = self.render_assessment(
            &made,
            &super::Subject {
                tenant,
                patient: &archived.patient,
                mapping_version: &archived.versions.mapping,
                language: archived.language,
            },
        )?;
        Ok(Replayed { resources, differences })
    }

    /// What would be different, without rendering it.
    pub fn differences(&self, archived: &Archived) -> Vec<Difference> {
        self.again(archived).1
    }

    fn again(&self, archived: &Archived) -> (assessment::Assessment, Vec<Difference>) {
        let facts: Vec<Fact> = archived.facts.iter().map(|(fact, _)| fact.clone()).collect();
        let case = Case::from_facts(facts, archived.as_of, &self.policy);
        let made = assessment::assess_with(case, &self.thresholds);
        let mut differences = of_versions(&archived.versions);
        differences.extend(of_freshness(&archived.facts, &made.case.facts));
        differences.extend(archived.results.differences(&Results::of(&made)));
        (made, differences)
    }
}

fn of_versions(stored: &Versions) -> Vec<Difference> {
    let now = Versions::running(&stored.mapping);
    let compared =
        [("engine", &stored.engine, &now.engine), ("knowledge", &stored.knowledge, &now.knowledge)];
    let differences =
        compared.into_iter().filter(|(_, stored, now)| stored != now).map(|(name, stored, now)| Difference {
            about: format!("version {name}"),
            stored: Some(stored.clone()),
            now: Some(now.clone()),
        });
    differences.collect()
}

/// Both are the same facts in canonical order; the policy of another day may find another freshness.
fn of_freshness(stored: &[(Fact, Freshness)], now: &[(Fact, Freshness)]) -> Vec<Difference> {
    let changed = stored.iter().zip(now).filter(|((_, before), (_, after))| before != after);
    let differences = changed.map(|((fact, before), (_, after))| Difference {
        about: format!("freshness of {} ({})", fact.statement, fact.evidence.resource),
        stored: Some(before.key().to_owned()),
        now: Some(after.key().to_owned()),
    });
    differences.collect()
}
