//! The one use case: read the body, map it to facts, evaluate them, render the answer.
//!
//! Everything here is computation on one request's bytes: no I/O, no clock (the instant is an argument), no async.
//! Callers run it on a worker thread and then store what it returns.

mod archive;
mod identity;
mod origin;
mod replay;
mod report;
mod results;

use std::path::Path;
use std::sync::Arc;

use spinemet_engine::assessment::{self, Assessment};
use spinemet_engine::clinical::{Case, FreshnessPolicy};
use spinemet_engine::guidance::Thresholds;
use spinemet_engine::scoring::Score;

pub use archive::{Archived, IllegibleArchive, Versions};
pub use origin::Circumstances;
pub use replay::{Replayed, is_result};
pub use results::{Difference, Results};

pub use crate::fhir::Rejection;
use crate::fhir::render::{self, Frame};
use crate::fhir::{FhirVersion, Issue, Record};
use crate::language::Language;
use crate::mapping::{Mapped, MappingError, MappingSet};
use crate::texts::{Speaker, Texts, TextsError};

/// What a caller wants assessed.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The body as received: a Bundle, or Parameters with a `bundle` part.
    pub body: &'a [u8],
    /// The FHIR release of the path. What is read has the same shape in all three.
    pub version: FhirVersion,
    /// Whose data this is; part of every id.
    pub tenant: &'a str,
    /// The language of texts and narratives.
    pub language: Language,
    /// The instant at which the patient is looked at: what is fresh then, and when the assessment was made.
    pub as_of: jiff::Timestamp,
}

/// The answer to a [`Request`] that could be read.
#[derive(Debug)]
pub struct Answer {
    /// Rendered RiskAssessments, in the order in which they are shown. Empty where nothing was in scope.
    pub resources: Vec<Rendered>,
    /// What was used, what was not understood, what is missing: the OperationOutcome of the answer.
    pub issues: Vec<Issue>,
    /// The identifiers of the patient, each with its system; by them the answer can be found again.
    pub patient_identifiers: Vec<(String, String)>,
}

/// What is kept of an answer besides its RiskAssessments.
#[derive(Debug)]
pub struct Kept {
    /// Where they come from.
    pub provenance: Rendered,
    /// What they can be made again from.
    pub archived: Archived,
}

/// A RiskAssessment as bytes, before `meta` is spliced in by the store's reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The logical id, a function of tenant, patient, facts, language, knowledge and mapping versions.
    pub id: String,
    /// JSON without `meta`; see `fhir_wire::with_meta`.
    pub body: Vec<u8>,
    /// The patient, as a reference (`Patient/123`), for the store's index.
    pub subject: String,
}

/// A record with what it became and what follows from it.
pub struct Evaluation<'a> {
    /// The record as read.
    pub record: Record<'a>,
    /// What became of each resource.
    pub mapped: Mapped,
    /// What follows.
    pub assessment: Assessment,
}

/// Assesses records. Built once, shared by all requests.
#[derive(Debug)]
pub struct Assessor {
    mappings: MappingSet,
    texts: Arc<Texts>,
    policy: FreshnessPolicy,
    thresholds: Thresholds,
}

/// Why an [`Assessor`] could not be built.
#[derive(Debug, thiserror::Error)]
pub enum AssessorError {
    /// A mapping file cannot be used.
    #[error(transparent)]
    Mapping(#[from] MappingError),
    /// A locale file cannot be used.
    #[error(transparent)]
    Texts(#[from] TextsError),
}

impl Assessor {
    /// An assessor with the mapping files inside the program, and over them the site's own: files or directories.
    ///
    /// # Errors
    /// [`AssessorError`] where a file cannot be used; it says where and why.
    pub fn new<'p>(site_mappings: impl IntoIterator<Item = &'p Path>) -> Result<Self, AssessorError> {
        Ok(Self {
            mappings: MappingSet::load(site_mappings)?,
            texts: Arc::new(Texts::embedded()?),
            policy: FreshnessPolicy::default(),
            thresholds: Thresholds::default(),
        })
    }

    /// The same assessor with what a hospital's own clinicians sign off.
    #[must_use]
    pub fn with_policy(self, policy: FreshnessPolicy, thresholds: Thresholds) -> Self {
        Self { policy, thresholds, ..self }
    }

    /// The same assessor with another mapping.
    #[must_use]
    pub fn with_mappings(&self, mappings: MappingSet) -> Self {
        Self { mappings, texts: Arc::clone(&self.texts), policy: self.policy, thresholds: self.thresholds }
    }

    /// The compiled mapping.
    pub const fn mappings(&self) -> &MappingSet {
        &self.mappings
    }

    /// How long findings count as fresh.
    pub const fn policy(&self) -> &FreshnessPolicy {
        &self.policy
    }

    /// From which value on a measurement is a risk.
    pub const fn thresholds(&self) -> &Thresholds {
        &self.thresholds
    }

    /// The texts of a language.
    pub fn speaker(&self, language: Language) -> Speaker<'_> {
        self.texts.of(language)
    }

    /// The whole way from the body to the rendered answer.
    ///
    /// # Errors
    /// [`Rejection`] where the body is not one patient's record. One bad entry is no reason: it is set aside and named.
    pub fn assess(&self, request: &Request<'_>) -> Result<Answer, Rejection> {
        let evaluation = self.evaluate(Record::read(request.body)?, request.as_of)?;
        let resources = self.render(&evaluation, request.tenant, request.language)?;
        let issues = self.report(&evaluation, request.language);
        Ok(Answer { resources, issues, patient_identifiers: evaluation.record.patient_identifiers() })
    }

    /// As [`assess`](Self::assess), with what is kept besides the answer.
    ///
    /// # Errors
    /// As [`assess`](Self::assess).
    pub fn assess_to_keep(
        &self,
        request: &Request<'_>,
        circumstances: &Circumstances<'_>,
    ) -> Result<(Answer, Option<Kept>), Rejection> {
        let evaluation = self.evaluate(Record::read(request.body)?, request.as_of)?;
        let (resources, kept) =
            self.render_to_keep(&evaluation, request.tenant, request.language, circumstances)?;
        let issues = self.report(&evaluation, request.language);
        let patient_identifiers = evaluation.record.patient_identifiers();
        Ok((Answer { resources, issues, patient_identifiers }, kept))
    }

    /// Maps a record and evaluates its facts as they stand at an instant.
    ///
    /// # Errors
    /// [`Rejection`] where a key stands twice in what was read.
    pub fn evaluate<'a>(
        &self,
        record: Record<'a>,
        as_of: jiff::Timestamp,
    ) -> Result<Evaluation<'a>, Rejection> {
        let mut mapped = self.mappings.map(&record);
        if mapped.has_duplicate_key {
            return Err(Rejection::Malformed(mapped.issues));
        }
        let case = Case::from_facts(std::mem::take(&mut mapped.facts), as_of, &self.policy);
        Ok(Evaluation { record, mapped, assessment: assessment::assess_with(case, &self.thresholds) })
    }

    /// Renders an evaluation as RiskAssessments.
    ///
    /// # Errors
    /// [`Rejection`] where something the sender chose, such as the patient's id, cannot be written in FHIR.
    pub fn render(
        &self,
        evaluation: &Evaluation<'_>,
        tenant: &str,
        language: Language,
    ) -> Result<Vec<Rendered>, Rejection> {
        let subject = self.subject(evaluation, tenant, language);
        self.render_assessment(&evaluation.assessment, &subject).map(|(_, resources)| resources)
    }

    /// Renders some of the scores of an evaluation, in the order in which they are given.
    ///
    /// # Errors
    /// As [`render`](Self::render).
    pub fn render_scores(
        &self,
        scores: &[&Score],
        evaluation: &Evaluation<'_>,
        tenant: &str,
        language: Language,
    ) -> Result<Vec<Rendered>, Rejection> {
        let subject = self.subject(evaluation, tenant, language);
        let identity = subject.identity(&evaluation.assessment);
        let frame = self.frame(&identity, &subject);
        let rendered = render::scores(scores, &evaluation.assessment, &frame);
        Ok(subject.rendered(rendered.map_err(|error| unwritable(&error))?))
    }

    /// Renders an evaluation as [`render`](Self::render) does, with what is kept besides: nothing where there is no
    /// RiskAssessment.
    ///
    /// # Errors
    /// As [`render`](Self::render).
    pub fn render_to_keep(
        &self,
        evaluation: &Evaluation<'_>,
        tenant: &str,
        language: Language,
        circumstances: &Circumstances<'_>,
    ) -> Result<(Vec<Rendered>, Option<Kept>), Rejection> {
        let subject = self.subject(evaluation, tenant, language);
        let (identity, resources) = self.render_assessment(&evaluation.assessment, &subject)?;
        if resources.is_empty() {
            return Ok((resources, None));
        }
        let provenance = origin::provenance(evaluation, &identity, &resources, &subject, circumstances)?;
        let (patient, mapping) = (subject.patient.to_owned(), subject.mapping_version);
        let archived = Archived::of(&evaluation.assessment, identity, patient, mapping, language);
        Ok((resources, Some(Kept { provenance, archived })))
    }

    fn subject<'a>(
        &'a self,
        evaluation: &'a Evaluation<'_>,
        tenant: &'a str,
        language: Language,
    ) -> Subject<'a> {
        let mapping_version = self.mappings.version();
        Subject { tenant, patient: &evaluation.record.patient, mapping_version, language }
    }

    /// The identity of an assessment and its RiskAssessments.
    fn render_assessment(
        &self,
        assessment: &Assessment,
        subject: &Subject<'_>,
    ) -> Result<(String, Vec<Rendered>), Rejection> {
        let identity = subject.identity(assessment);
        let frame = self.frame(&identity, subject);
        let rendered = render::risk_assessments(assessment, &frame).map_err(|error| unwritable(&error))?;
        let rendered = subject.rendered(rendered);
        Ok((identity, rendered))
    }

    fn frame<'a>(&'a self, identity: &'a str, subject: &Subject<'a>) -> Frame<'a> {
        let Subject { patient, mapping_version, language, .. } = *subject;
        Frame { identity, patient, mapping_version, speaker: self.speaker(language) }
    }

    /// What was used, what was not understood and what is missing.
    pub fn report(&self, evaluation: &Evaluation<'_>, language: Language) -> Vec<Issue> {
        report::issues(evaluation, self.speaker(language))
    }
}

/// Whose assessment it is, by which mapping, in which language.
#[derive(Debug, Clone, Copy)]
struct Subject<'a> {
    tenant: &'a str,
    patient: &'a str,
    mapping_version: &'a str,
    language: Language,
}

impl Subject<'_> {
    fn identity(&self, assessment: &Assessment) -> String {
        let Self { tenant, patient, mapping_version, language } = *self;
        identity::of(assessment, tenant, patient, mapping_version, language)
    }

    fn rendered(&self, resources: Vec<render::RenderedResource>) -> Vec<Rendered> {
        let subject = |resource: render::RenderedResource| Rendered {
            id: resource.id,
            body: resource.body,
            subject: self.patient.to_owned(),
        };
        resources.into_iter().map(subject).collect()
    }
}

fn unwritable(error: &fhir_wire::WireError) -> Rejection {
    let details = format!("The answer cannot be written in FHIR: {error}.");
    Rejection::Unprocessable(vec![Issue::error(fhir_wire::IssueType::Value, details).at("Bundle")])
}
