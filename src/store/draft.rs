//! What is handed to the store to be kept.

use sha2::{Digest, Sha256};

use crate::assess::Rendered;
use crate::fhir::search::{self, Indexed, Term};

/// How much of a digest is kept: 128 bits.
const DIGEST_BYTES: usize = 16;
/// Fast, and a third to a quarter of the size.
const COMPRESSION_LEVEL: i32 = 1;

/// A resource to be stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    resource_type: &'static str,
    id: String,
    subject: Option<String>,
    series: Option<String>,
    body: Vec<u8>,
    indexed: Indexed,
    subject_identifiers: Vec<(String, String)>,
}

impl Draft {
    /// A resource by its JSON without `meta`, with the patient that it is about as a reference.
    pub fn new(resource_type: &'static str, id: String, subject: Option<String>, body: Vec<u8>) -> Self {
        let mut indexed = search::index(resource_type, &body);
        if let Some(subject) = &subject {
            indexed.add_subject(resource_type, subject);
        }
        Self { resource_type, id, subject, series: None, body, indexed, subject_identifiers: Vec::new() }
    }

    /// Puts it into a series of its patient's resources that follow one another: when it is stored, it gets the id of
    /// the one before it.
    #[must_use]
    pub fn in_series(mut self, series: String) -> Self {
        self.series = Some(series);
        self
    }

    /// Lets it be found by a business identifier of its patient, as everything that is stored of the patient by the same
    /// reference, earlier or later.
    #[must_use]
    pub fn with_subject_identifier(mut self, system: &str, value: &str) -> Self {
        self.subject_identifiers.push((system.to_owned(), value.to_owned()));
        self
    }
}

impl From<Rendered> for Draft {
    /// What follows one another has the same instrument, level and language. The id says the first two, after the
    /// identity of the assessment.
    fn from(rendered: Rendered) -> Self {
        let instrument = rendered.id.split_once('-').map_or_else(String::new, |(_, rest)| rest.to_owned());
        let draft = Self::new("RiskAssessment", rendered.id, Some(rendered.subject), rendered.body);
        let language = draft.indexed.language.clone().unwrap_or_default();
        draft.in_series(format!("{language} {instrument}"))
    }
}

/// A draft in the form in which it is written.
#[derive(Debug, Clone)]
pub(super) struct Prepared {
    pub(super) tenant: String,
    pub(super) resource_type: &'static str,
    pub(super) id: String,
    pub(super) subject: Option<String>,
    pub(super) series: Option<Vec<u8>>,
    pub(super) date: Option<(i64, i64)>,
    pub(super) terms: Vec<Vec<u8>>,
    pub(super) numbers: Vec<(Vec<u8>, f64)>,
    /// Terms of identifiers of the patient, each with the term under which the patient's resources are found.
    pub(super) subject_identifiers: Vec<(Vec<u8>, Vec<u8>)>,
    pub(super) body: Vec<u8>,
    pub(super) compressed: Vec<u8>,
}

impl Prepared {
    /// The costly part, done by whoever stores, so that the one writer need not.
    pub(super) fn new(tenant: &str, draft: Draft) -> Result<Self, sqlx::Error> {
        let Draft { resource_type, id, subject, series, body, indexed, subject_identifiers } = draft;
        let series = series
            .map(|series| digest(&[tenant, resource_type, subject.as_deref().unwrap_or_default(), &series]));
        let number = |parameter: &str| term_digest(tenant, resource_type, &Term::present(parameter));
        let digest_of = |term: &Term| term_digest(tenant, resource_type, term);
        let subject_identifiers = match &subject {
            Some(subject) => {
                let posting = digest_of(&Term::reference("subject", subject));
                let terms = subject_identifiers
                    .iter()
                    .flat_map(|(system, value)| Term::of_subject_identifier(system, value));
                terms.map(|term| (digest_of(&term), posting.clone())).collect()
            }
            None => Vec::new(),
        };
        let compressed = zstd::bulk::compress(&body, COMPRESSION_LEVEL)
            .map_err(|error| sqlx::Error::Encode(Box::new(error)))?;
        Ok(Self {
            series,
            // The table holds dates to the second or finer; searches rely on it.
            date: indexed
                .date
                .filter(|date| date.end - date.start < 1_000_000)
                .map(|date| (date.start, date.end)),
            terms: indexed.terms.iter().map(digest_of).collect(),
            subject_identifiers,
            numbers: indexed.numbers.iter().map(|found| (number(found.parameter), found.value)).collect(),
            tenant: tenant.to_owned(),
            resource_type,
            id,
            subject,
            body,
            compressed,
        })
    }
}

/// A term as the database holds it. Tenant and type are part of it.
pub(super) fn term_digest(tenant: &str, resource_type: &str, term: &Term) -> Vec<u8> {
    let [parameter, form, system, value] = term.fields();
    digest(&[tenant, resource_type, parameter, form, system, value])
}

/// A digest of fields with their lengths, so that no two different lists of fields digest alike.
fn digest(fields: &[&str]) -> Vec<u8> {
    let mut digest = Sha256::new();
    for field in fields {
        digest.update((field.len() as u64).to_be_bytes());
        digest.update(field.as_bytes());
    }
    digest.finalize().iter().copied().take(DIGEST_BYTES).collect()
}
