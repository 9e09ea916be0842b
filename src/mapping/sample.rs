//! The samples inside mapping files: resources with the statements that they must become.

use std::fmt;

use super::decision::Outcome;
use super::set::MappingSet;
use crate::fhir::{Json, RecordBuilder};

/// A sample that became something else than it must.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleFailure {
    /// The file it stands in.
    pub file: String,
    /// Its name.
    pub name: String,
    /// What the file expects.
    pub expected: Vec<String>,
    /// What it became, or why nothing could be made of it.
    pub found: Vec<String>,
}

impl fmt::Display for SampleFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |statements: &[String]| {
            if statements.is_empty() { "nothing".to_owned() } else { statements.join("; ") }
        };
        write!(
            f,
            "{}: {}: expected {}, found {}",
            self.file,
            self.name,
            list(&self.expected),
            list(&self.found)
        )
    }
}

/// Runs every sample of every file. Returns how many there are, and those that failed.
pub fn check_samples(set: &MappingSet) -> (usize, Vec<SampleFailure>) {
    let failures = set.samples.iter().filter_map(|(file, sample)| {
        let mut expected = sample.expect.clone();
        expected.sort();
        let (mut found, remarks) =
            statements(set, &sample.resource).unwrap_or_else(|reason| (vec![reason], Vec::new()));
        found.sort();
        let failed = found != expected;
        found.extend(remarks);
        failed.then(|| SampleFailure { file: file.clone(), name: sample.name.clone(), expected, found })
    });
    (set.samples.len(), failures.collect())
}

/// The statements that a resource becomes, and why the rest of it became none.
fn statements(set: &MappingSet, resource: &str) -> Result<(Vec<String>, Vec<String>), String> {
    let json = Json::parse(resource).map_err(|error| format!("(not JSON: {error})"))?;
    let mut builder = RecordBuilder::default();
    let record = builder
        .add(json, "sample")
        .and_then(|()| builder.finish(Some("Patient/sample")))
        .map_err(|rejection| format!("({rejection})"))?;
    let mapped = set.map(&record);
    let remarks = mapped.decisions.iter().filter_map(|decision| match &decision.outcome {
        Outcome::Mapped { .. } => None,
        Outcome::Ignored(reason) => Some(format!("(ignored: {reason})")),
        Outcome::NearMiss { reason, .. } => Some(format!("(near miss: {reason})")),
    });
    let statements = mapped.facts.iter().map(|fact| fact.statement.to_string()).collect();
    Ok((statements, remarks.collect()))
}
