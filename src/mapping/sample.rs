//! The samples inside mapping files: resources with the statements that they must become.

use std::fmt;

use super::decision::Outcome;
use super::error::MappingError;
use super::file::Sample;
use super::set::MappingSet;
use super::source::{Layer, Parsed};
use crate::fhir::{Json, RecordBuilder};

/// A sample, and where it stands.
#[derive(Debug)]
pub(super) struct PlacedSample {
    file: String,
    line: usize,
    topic: String,
    layer: Layer,
    sample: Sample,
}

impl PlacedSample {
    /// The samples of a file.
    pub fn of(mut file: Parsed) -> Vec<Self> {
        let samples = std::mem::take(&mut file.content.sample);
        let topic = file.content.topic.take().unwrap_or_default();
        let placed = samples.into_iter().map(|sample| Self {
            file: file.name.clone(),
            line: file.line_of(sample.span().start),
            topic: topic.clone(),
            layer: file.layer,
            sample: sample.into_inner(),
        });
        placed.collect()
    }

    /// Whether a sample of a later layer stands in the place of this one: what a site changes it says so itself.
    pub fn is_replaced_by(&self, other: &Self) -> bool {
        self.layer < other.layer && self.topic == other.topic && self.sample.name == other.sample.name
    }
}

/// A sample that became something else than it must.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleFailure {
    /// The file it stands in.
    pub file: String,
    /// The line there, counted from one.
    pub line: usize,
    /// Its name.
    pub name: String,
    /// What the file expects.
    pub expected: Vec<String>,
    /// What it became, or why nothing could be made of it.
    pub found: Vec<String>,
}

impl SampleFailure {
    /// The same as what is wrong with its file, where so many others failed as well.
    pub(super) fn as_error(&self, others: usize) -> MappingError {
        let more = match others {
            0 => String::new(),
            others => format!(" (and {others} more: `spinemet mappings check` shows them)"),
        };
        MappingError::new(
            &self.file,
            self.line,
            format!("the sample \"{}\": {}{more}", self.name, self.difference()),
        )
    }

    fn difference(&self) -> String {
        let list = |statements: &[String]| {
            if statements.is_empty() { "nothing".to_owned() } else { statements.join("; ") }
        };
        format!("expected {}, found {}", list(&self.expected), list(&self.found))
    }
}

impl fmt::Display for SampleFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}: {}", self.file, self.line, self.name, self.difference())
    }
}

/// Runs every sample of every file. Returns how many there are, and those that failed.
pub fn check_samples(set: &MappingSet) -> (usize, Vec<SampleFailure>) {
    let failures = set.samples.iter().filter_map(|placed| {
        let sample = &placed.sample;
        let mut expected = sample.expect.clone();
        expected.sort();
        let (mut found, remarks) =
            statements(set, &sample.resource).unwrap_or_else(|reason| (vec![reason], Vec::new()));
        found.sort();
        let failed = found != expected;
        found.extend(remarks);
        failed.then(|| SampleFailure {
            file: placed.file.clone(),
            line: placed.line,
            name: sample.name.clone(),
            expected,
            found,
        })
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
