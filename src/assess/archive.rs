//! An assessment as it is kept beside its RiskAssessments: the facts that it was made from and what it came to, so that
//! it can be made again.

use serde::{Deserialize, Serialize};
use spinemet_engine::assessment::{Assessment, KNOWLEDGE_VERSION};
use spinemet_engine::clinical::{CodeAsSent, Evidence, Fact, Freshness, PartialDate};

use super::results::Results;
use crate::language::Language;

/// An assessment as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Archived {
    /// The identity of the assessment, with which the ids of its resources begin.
    pub identity: String,
    /// The patient, as a reference.
    pub patient: String,
    /// The language of its texts.
    pub language: Language,
    /// The instant at which the patient was looked at.
    pub as_of: jiff::Timestamp,
    /// With what it was made.
    pub versions: Versions,
    /// Every fact in canonical order, with the freshness that it had.
    pub facts: Vec<(Fact, Freshness)>,
    /// What it came to.
    pub results: Results,
}

/// With what an assessment was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Versions {
    /// The program.
    pub engine: String,
    /// The rules and tables in it.
    pub knowledge: String,
    /// The mapping files, by which the facts were read.
    pub mapping: String,
}

impl Versions {
    /// Those of the running program, with the mapping that read the facts.
    pub fn running(mapping: &str) -> Self {
        Self {
            engine: env!("CARGO_PKG_VERSION").to_owned(),
            knowledge: KNOWLEDGE_VERSION.to_owned(),
            mapping: mapping.to_owned(),
        }
    }
}

/// What is kept cannot be read by this version of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IllegibleArchive {
    /// It is not in the form in which this version, or one before it, keeps assessments.
    #[error("the archived assessment is not in a form that this version reads")]
    Form,
    /// A statement that this version does not have.
    #[error("the archived assessment rests on a statement that this version does not have")]
    Statement,
    /// A date, freshness or language that this version does not have.
    #[error("the archived assessment has a value that this version does not have")]
    Value,
}

impl Archived {
    /// What is to be kept of an assessment that was just made.
    pub fn of(
        assessment: &Assessment,
        identity: String,
        patient: String,
        mapping_version: &str,
        language: Language,
    ) -> Self {
        Self {
            identity,
            patient,
            language,
            as_of: assessment.case.as_of,
            versions: Versions::running(mapping_version),
            facts: assessment.case.facts.clone(),
            results: Results::of(assessment),
        }
    }

    /// As JSON.
    pub fn to_json(&self) -> Vec<u8> {
        let form = Form {
            identity: self.identity.clone(),
            patient: self.patient.clone(),
            language: self.language.tag().to_owned(),
            as_of: self.as_of.to_string(),
            versions: self.versions.clone(),
            facts: self.facts.iter().map(|(fact, freshness)| FactForm::of(fact, *freshness)).collect(),
            results: self.results.clone(),
        };
        // Structs of texts cannot fail to become JSON; an empty body would be illegible and no answer.
        serde_json::to_vec(&form).unwrap_or_default()
    }

    /// From the JSON of [`to_json`](Self::to_json).
    ///
    /// # Errors
    /// [`IllegibleArchive`] where this version of the program cannot read it, e.g. because a later one wrote it.
    pub fn from_json(json: &[u8]) -> Result<Self, IllegibleArchive> {
        let form: Form = serde_json::from_slice(json).map_err(|_| IllegibleArchive::Form)?;
        let language = Language::ALL.into_iter().find(|language| language.tag() == form.language);
        Ok(Self {
            identity: form.identity,
            patient: form.patient,
            language: language.ok_or(IllegibleArchive::Value)?,
            as_of: form.as_of.parse().map_err(|_| IllegibleArchive::Value)?,
            versions: form.versions,
            facts: form.facts.into_iter().map(FactForm::read).collect::<Result<_, _>>()?,
            results: form.results,
        })
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    identity: String,
    patient: String,
    language: String,
    as_of: String,
    versions: Versions,
    facts: Vec<FactForm>,
    results: Results,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FactForm {
    statement: String,
    freshness: String,
    resource: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    version: Option<String>,
    element: String,
    rule: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    code: Option<CodeForm>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    effective: Option<String>,
    #[serde(default, skip_serializing_if = "is_false")]
    preliminary: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct CodeForm {
    system: String,
    code: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for this signature")]
const fn is_false(flag: &bool) -> bool {
    !*flag
}

impl FactForm {
    fn of(fact: &Fact, freshness: Freshness) -> Self {
        // Named one by one, so that an element that is added to the evidence does not compile until it is kept too.
        let Evidence { resource, version, element, rule, code, effective, preliminary } = &fact.evidence;
        Self {
            statement: fact.statement.to_string(),
            freshness: freshness.key().to_owned(),
            resource: resource.clone(),
            version: version.clone(),
            element: element.clone(),
            rule: rule.clone(),
            code: code.as_ref().map(|code| CodeForm { system: code.system.clone(), code: code.code.clone() }),
            effective: effective.as_ref().map(|date| date.text().to_owned()),
            preliminary: *preliminary,
        }
    }

    fn read(self) -> Result<(Fact, Freshness), IllegibleArchive> {
        let freshness = Freshness::ALL.into_iter().find(|freshness| freshness.key() == self.freshness);
        let effective = self.effective.map(|text| PartialDate::from_text(&text)).transpose();
        let evidence = Evidence {
            resource: self.resource,
            version: self.version,
            element: self.element,
            rule: self.rule,
            code: self.code.map(|code| CodeAsSent { system: code.system, code: code.code }),
            effective: effective.map_err(|_| IllegibleArchive::Value)?,
            preliminary: self.preliminary,
        };
        let statement = self.statement.parse().map_err(|_| IllegibleArchive::Statement)?;
        Ok((Fact { statement, evidence }, freshness.ok_or(IllegibleArchive::Value)?))
    }
}
