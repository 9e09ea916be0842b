//! What became of each resource of a record: one value, which the command line, the FHIR operation and the page show.
//!
//! It is put together from the mapping's decisions and the freshness of the facts. Keys and codes in it are stable; the
//! words for people are in `locales/`, in the sections `ignored`, `near-miss` and `explain`.

mod account;
mod parameters;

use std::fmt::Write;

use serde::Serialize;

use crate::assess::Evaluation;
use crate::fhir::Issue;
use crate::mapping::MappingSet;
use crate::texts::Speaker;

/// What became of each resource of one record.
#[derive(Debug)]
pub struct Explanation {
    /// Whose record it is, as a reference.
    pub patient: String,
    /// The instant at which the patient was looked at.
    pub as_of: String,
    /// The version of the mapping.
    pub mapping_version: String,
    /// Every resource in the order sent, and every question in it.
    pub rows: Vec<Row>,
    /// How many there are of what.
    pub counts: Counts,
    /// What was wrong with the input beside the mapping.
    pub issues: Vec<Issue>,
}

/// A resource, or a question in it, and what became of it. What does not apply is `None`.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// The resource as a reference; its type where it has neither id nor `fullUrl`.
    pub resource: String,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: String,
    /// Where it stands in what was sent, as FHIRPath.
    pub place: String,
    /// Its code as sent, `system|code`, else its words.
    pub code: Option<String>,
    /// What became of it.
    pub outcome: Outcome,
    /// The statement that it became.
    pub statement: Option<String>,
    /// How old the statement is against what it may be: the slug of a freshness. `None` also where another resource makes
    /// the same statement.
    pub freshness: Option<&'static str>,
    /// The element that could not be used.
    pub element: Option<String>,
    /// Why it was not used: a slug.
    pub reason: Option<&'static str>,
    /// The reason in words.
    pub words: Option<String>,
    /// The rule, as `topic/id`.
    pub rule: Option<String>,
    /// The file of the rule.
    pub file: Option<String>,
    /// The line there.
    pub line: Option<usize>,
    /// The codes of the resource that a ConceptMap of the site translates.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub translations: Vec<Translated>,
}

/// A code that means what another one means, because a ConceptMap says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Translated {
    /// The code as sent, `system|code`.
    pub from: String,
    /// The code that the rule knows, `system|code`.
    pub to: String,
    /// The ConceptMap.
    pub file: String,
    /// The line of the code there.
    pub line: usize,
}

/// What became of a resource or a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// A statement.
    Mapped,
    /// Nothing, though it was meant for an input: someone should look.
    NearMiss,
    /// Nothing, and rightly so.
    LeftAside,
}

impl Outcome {
    /// Every outcome, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::Mapped, Self::NearMiss, Self::LeftAside];

    /// The stable slug.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Mapped => "mapped",
            Self::NearMiss => "near-miss",
            Self::LeftAside => "left-aside",
        }
    }
}

/// How many resources there are, and how many rows of each kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Resources of the record.
    pub resources: usize,
    /// Statements.
    pub mapped: usize,
    /// Near misses.
    pub near_misses: usize,
    /// Left aside.
    pub left_aside: usize,
}

impl Explanation {
    /// Explains an evaluation, in the words of a language.
    pub fn of(evaluation: &Evaluation<'_>, mappings: &MappingSet, speaker: Speaker<'_>) -> Self {
        let rows = account::rows(evaluation, mappings, speaker);
        let number = |outcome: Outcome| rows.iter().filter(|row| row.outcome == outcome).count();
        let counts = Counts {
            resources: evaluation.record.resources.len(),
            mapped: number(Outcome::Mapped),
            near_misses: number(Outcome::NearMiss),
            left_aside: number(Outcome::LeftAside),
        };
        Self {
            patient: evaluation.record.patient.clone(),
            as_of: evaluation.assessment.case.as_of.to_string(),
            mapping_version: mappings.version().to_owned(),
            rows,
            counts,
            issues: evaluation.record.issues.iter().chain(&evaluation.mapped.issues).cloned().collect(),
        }
    }
}

impl Row {
    /// The rule with its file and line, and the ConceptMaps that led there, for people.
    pub fn rule_in_words(&self) -> String {
        let mut words = match (&self.rule, &self.file, self.line) {
            (Some(rule), Some(file), Some(line)) => format!("{rule} ({file}:{line})"),
            (Some(rule), ..) => rule.clone(),
            (None, ..) => String::new(),
        };
        for Translated { from, to, file, line } in &self.translations {
            // Writing to a String cannot fail.
            let _ = write!(words, "; {from} → {to} ({file}:{line})");
        }
        words
    }

    /// The resource by its address; by its place where it has none.
    pub fn name(&self) -> String {
        if self.resource.contains(['/', ':']) {
            self.resource.clone()
        } else {
            format!("{} ({})", self.kind, self.place)
        }
    }

    /// The statement with what its age says of it, where it is not fresh.
    pub fn statement_in_words(&self, speaker: Speaker<'_>) -> String {
        let statement = self.statement.clone().unwrap_or_default();
        let remark = match self.freshness {
            Some("fresh") => return statement,
            Some(freshness) => speaker.say("explain.freshness", freshness),
            None => speaker.say("explain", "not-used"),
        };
        format!("{statement}{}", crate::texts::fill(speaker.say("card", "in-brackets"), &[("text", remark)]))
    }

    /// Why it was not used: the element, and the reason in words.
    pub fn reason_in_words(&self, speaker: Speaker<'_>) -> String {
        let words = self.words.as_deref().unwrap_or_default();
        match &self.element {
            Some(element) => format!("{element}{}{words}", speaker.say("card", "colon")),
            None => words.to_owned(),
        }
    }
}
