//! Filling the store by its own way of writing, with copies of one assessment that differ in patient, time and identity.

use std::sync::Arc;

use spinemet::assess::{Assessor, Circumstances, Rendered, Request};
use spinemet::fhir::FhirVersion;
use spinemet::language::Language;
use spinemet::store::{ArchivedAssessment, Draft, Store};

pub const TENANT: &str = "default";
/// Assessments of one patient, over time.
const EACH: usize = 3;
/// Assessments that are written together.
const GROUP: usize = 40;
/// Groups that are made ready while another is written.
const AHEAD: usize = 4;

const RECORD: &[u8] = include_bytes!("../../examples/breast-t12.json");
const AS_OF: &str = "2026-11-22T00:00:00Z";

/// What is in the store.
pub struct Filled {
    /// How many RiskAssessments there are.
    pub ids: usize,
    /// How many patients.
    pub patients: usize,
    /// How many resources of all types.
    pub resources: usize,
    template: Arc<Template>,
}

impl Filled {
    /// The id of one of the RiskAssessments.
    pub fn id(&self, number: usize) -> String {
        let (assessment, which) =
            (number / self.template.assessments.len(), number % self.template.assessments.len());
        self.template.assessments[which].id.replace(&self.template.identity, &identity(assessment))
    }
}

struct Template {
    identity: String,
    patient: String,
    assessments: Vec<Rendered>,
    provenance: Rendered,
    archive: Vec<u8>,
}

impl Template {
    fn new() -> Self {
        let assessor = Assessor::new(None).unwrap();
        let as_of = AS_OF.parse().unwrap();
        let language = Language::English;
        let request = Request { body: RECORD, version: FhirVersion::R4, tenant: TENANT, language, as_of };
        let circumstances = Circumstances { recorded: as_of, requester: None };
        let (answer, kept) = assessor.assess_to_keep(&request, &circumstances).unwrap();
        let kept = kept.unwrap();
        Self {
            identity: kept.archived.identity.clone(),
            patient: kept.archived.patient.clone(),
            assessments: answer.resources,
            archive: kept.archived.to_json(),
            provenance: kept.provenance,
        }
    }

    /// A copy with another patient, identity and time.
    fn copy(&self, number: usize) -> (Vec<Draft>, ArchivedAssessment) {
        let (identity, patient, as_of) = (identity(number), patient(number), as_of(number));
        let changed = |text: &str| {
            let text = text.replace(&self.identity, &identity).replace(&self.patient, &patient);
            text.replace(AS_OF, &as_of)
        };
        let rewritten = |body: &[u8]| changed(std::str::from_utf8(body).unwrap()).into_bytes();
        let copied = |rendered: &Rendered| Rendered {
            id: changed(&rendered.id),
            body: rewritten(&rendered.body),
            subject: patient.clone(),
        };
        let mut drafts: Vec<Draft> = self.assessments.iter().map(copied).map(Draft::from).collect();
        let Rendered { id, body, subject } = copied(&self.provenance);
        drafts.push(Draft::new("Provenance", id, Some(subject), body));
        let archive = ArchivedAssessment {
            id: identity.clone(),
            patient: patient.clone(),
            as_of: as_of.parse().unwrap(),
            body: rewritten(&self.archive),
        };
        (drafts, archive)
    }
}

/// Stores so many RiskAssessments, with all that belongs to them.
pub async fn fill(store: &Store, count: usize) -> Filled {
    let template = Arc::new(Template::new());
    let assessments = count.div_ceil(template.assessments.len());
    let mut writing = tokio::task::JoinSet::new();
    for first in (0..assessments).step_by(GROUP) {
        if writing.len() == AHEAD {
            writing.join_next().await.unwrap().unwrap();
        }
        let (store, template) = (store.clone(), Arc::clone(&template));
        writing.spawn(async move {
            let (mut drafts, mut statements) = (Vec::new(), Vec::new());
            for number in first..(first + GROUP).min(assessments) {
                let (some, archive) = template.copy(number);
                drafts.extend(some);
                statements.push(archive.statement(TENANT).unwrap());
            }
            store.write(TENANT, drafts, statements).await.unwrap();
        });
    }
    while let Some(written) = writing.join_next().await {
        written.unwrap();
    }
    let each = template.assessments.len();
    Filled {
        ids: assessments * each,
        patients: assessments.div_ceil(EACH),
        resources: assessments * (each + 1),
        template,
    }
}

/// As far from each other as real ones.
fn identity(number: usize) -> String {
    let mixed = (number as u128 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835);
    format!("{:032x}", mixed.rotate_left(61))
}

/// The patient of an assessment, as a reference.
pub fn patient(number: usize) -> String {
    format!("Patient/bench-{}", number / EACH)
}

/// An instant within three years, later for the later assessments of a patient.
fn as_of(number: usize) -> String {
    let second = 1_700_000_000 + number % EACH * 30_000_000 + number / EACH * 7919 % 30_000_000;
    jiff::Timestamp::from_second(i64::try_from(second).unwrap()).unwrap().to_string()
}
