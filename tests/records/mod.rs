//! Records for tests of the library, and the assessor they go through.

#![allow(dead_code, reason = "each test file uses its own part")]

use std::sync::LazyLock;

use serde_json::{Value, json};
use spinemet::assess::{Answer, Assessor, Rejection, Request};
use spinemet::fhir::{FhirVersion, Record};
use spinemet::language::Language;
use spinemet::mapping::Outcome;

/// The instant at which the example patients are looked at.
pub const AS_OF: &str = "2026-11-22T00:00:00Z";

/// One assessor for all tests of a file.
pub static ASSESSOR: LazyLock<Assessor> =
    LazyLock::new(|| Assessor::new(None).expect("the embedded files are sound"));

/// A sample patient of the repository.
pub fn example(name: &str) -> Value {
    let path = format!("{}/examples/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    serde_json::from_str(&text).expect("the example is JSON")
}

/// Data that nobody on the project wrote; `None`, said aloud, where it is not there.
pub fn shared(name: &str) -> Option<Vec<u8>> {
    let path = format!("{}/../shared/data/{name}", env!("CARGO_MANIFEST_DIR"));
    let data = std::fs::read(&path).ok();
    if data.is_none() {
        println!("SKIPPED: ../shared/data/{name} is not there");
    }
    data
}

/// A collection of resources.
pub fn bundle(resources: &[Value]) -> Value {
    let entries: Vec<Value> = resources.iter().map(|resource| json!({ "resource": resource })).collect();
    json!({ "resourceType": "Bundle", "type": "collection", "entry": entries })
}

pub fn assess(record: &Value) -> Result<Answer, Rejection> {
    assess_in(record, "test", Language::English, AS_OF)
}

pub fn assess_in(record: &Value, tenant: &str, language: Language, as_of: &str) -> Result<Answer, Rejection> {
    let body = record.to_string();
    let as_of = as_of.parse().expect("an instant");
    ASSESSOR.assess(&Request { body: body.as_bytes(), version: FhirVersion::R4, tenant, language, as_of })
}

pub fn assess_bytes(body: &[u8]) -> Result<Answer, Rejection> {
    let as_of = AS_OF.parse().expect("an instant");
    ASSESSOR.assess(&Request {
        body,
        version: FhirVersion::R4,
        tenant: "test",
        language: Language::English,
        as_of,
    })
}

/// The RiskAssessments of an answer as JSON.
pub fn resources(answer: &Answer) -> Vec<Value> {
    answer.resources.iter().map(|resource| serde_json::from_slice(&resource.body).expect("JSON")).collect()
}

/// What the mapping makes of the resources behind a patient.
pub fn outcomes(patient: &Value, resources: &[Value]) -> Vec<Outcome> {
    let all: Vec<Value> = std::iter::once(patient).chain(resources).cloned().collect();
    let body = bundle(&all).to_string();
    let record = Record::read(body.as_bytes()).unwrap_or_else(|rejection| panic!("{:?}", rejection.issues()));
    let decisions = ASSESSOR.mappings().map(&record).decisions.into_iter();
    decisions.filter(|decision| decision.resource > 0).map(|decision| decision.outcome).collect()
}

/// An outcome as a statement, the reason of what was left aside in brackets, or a near miss as its element and reason.
pub fn told(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Mapped { statement, .. } => statement.to_string(),
        Outcome::Ignored(reason) => format!("({reason})"),
        Outcome::NearMiss { element, reason, .. } => format!("{element}: {reason}"),
    }
}
