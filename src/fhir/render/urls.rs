//! Canonical URLs of what is published in `profiles/`.

/// Profile of every RiskAssessment, in R4.
pub const RISK_ASSESSMENT_PROFILE: &str =
    "https://spinemet.org/fhir/StructureDefinition/spinemet-risk-assessment";

pub(super) const REACHABLE_TOTALS: &str = "https://spinemet.org/fhir/StructureDefinition/reachable-totals";
pub(super) const REACHABLE_POINTS: &str = "https://spinemet.org/fhir/StructureDefinition/reachable-points";
pub(super) const OPTION_VERDICT: &str = "https://spinemet.org/fhir/StructureDefinition/option-verdict";
pub(super) const GUIDANCE_ALERT: &str = "https://spinemet.org/fhir/StructureDefinition/guidance-alert";
pub(super) const TREATMENT_INTERVAL: &str =
    "https://spinemet.org/fhir/StructureDefinition/treatment-interval";
pub(super) const OPERATION_RISK: &str = "https://spinemet.org/fhir/StructureDefinition/operation-risk";
pub(super) const KNOWLEDGE_VERSION: &str = "https://spinemet.org/fhir/StructureDefinition/knowledge-version";
pub(super) const MAPPING_VERSION: &str = "https://spinemet.org/fhir/StructureDefinition/mapping-version";

pub(super) const CONTENT_DIGEST: &str = "https://spinemet.org/fhir/StructureDefinition/content-digest";

pub(super) const INSTRUMENT: &str = "https://spinemet.org/fhir/CodeSystem/instrument";
pub(super) const SCORE_ITEM: &str = "https://spinemet.org/fhir/CodeSystem/score-item";
pub(super) const BAND: &str = "https://spinemet.org/fhir/CodeSystem/band";
pub(super) const FINDING: &str = "https://spinemet.org/fhir/CodeSystem/finding";
pub(super) const OPTION: &str = "https://spinemet.org/fhir/CodeSystem/option";
pub(super) const VERDICT: &str = "https://spinemet.org/fhir/CodeSystem/verdict";

/// HL7's reasons why a value is not there.
pub(super) const DATA_ABSENT_REASON: &str = "http://terminology.hl7.org/CodeSystem/data-absent-reason";

/// HL7's kinds of operation on data.
pub(super) const DATA_OPERATION: &str = "http://terminology.hl7.org/CodeSystem/v3-DataOperation";
