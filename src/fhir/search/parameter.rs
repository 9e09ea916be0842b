//! The search parameters: for each type of resource that is held, FHIR's own and where their values lie.
//!
//! R4, R4B and R5 have the same ten parameters for RiskAssessment. `status` is ours, because FHIR has none, and a reader
//! must be able to leave out what was withdrawn.

/// A search parameter of a resource type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parameter {
    /// Its name in a search.
    pub name: &'static str,
    /// What its values are.
    pub kind: Kind,
    /// Where its values lie: names of elements from the resource inward, separated by dots.
    pub element: &'static str,
}

/// What the values of a parameter are, and so what can be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Codes and identifiers.
    Token,
    /// References to resources of these types.
    Reference(&'static [&'static str]),
    /// References to a patient among those of another parameter.
    Patient(&'static str),
    /// The patient whom the resource is about, for which it has no element of its own in every release of FHIR.
    Subject,
    /// The date of the resource. A type has one at most.
    Date,
    /// A number.
    Number,
    /// A URI.
    Uri,
}

const PERFORMERS: &[&str] =
    &["Practitioner", "PractitionerRole", "Device", "Organization", "Patient", "RelatedPerson"];
const ANYBODY: &[&str] =
    &["Device", "Organization", "Patient", "Practitioner", "PractitionerRole", "RelatedPerson"];

/// What every resource has.
const COMMON: [Parameter; 3] = [
    parameter("_security", Kind::Token, "meta.security"),
    parameter("_source", Kind::Uri, "meta.source"),
    parameter("_tag", Kind::Token, "meta.tag"),
];

const RISK_ASSESSMENT: [Parameter; 11] = [
    parameter("condition", Kind::Reference(&["Condition"]), "condition"),
    parameter("date", Kind::Date, "occurrenceDateTime"),
    parameter("encounter", Kind::Reference(&["Encounter"]), "encounter"),
    parameter("identifier", Kind::Token, "identifier"),
    parameter("method", Kind::Token, "method"),
    parameter("patient", Kind::Patient("subject"), "subject"),
    parameter("performer", Kind::Reference(PERFORMERS), "performer"),
    parameter("probability", Kind::Number, "prediction.probabilityDecimal"),
    parameter("risk", Kind::Token, "prediction.qualitativeRisk"),
    parameter("status", Kind::Token, "status"),
    parameter("subject", Kind::Reference(&["Patient", "Group"]), "subject"),
];

const PROVENANCE: [Parameter; 7] = [
    parameter("agent", Kind::Reference(ANYBODY), "agent.who"),
    parameter("agent-role", Kind::Token, "agent.role"),
    parameter("agent-type", Kind::Token, "agent.type"),
    parameter("entity", Kind::Reference(&[]), "entity.what"),
    parameter("patient", Kind::Subject, ""),
    parameter("recorded", Kind::Date, "recorded"),
    parameter("target", Kind::Reference(&["RiskAssessment"]), "target"),
];

const AUDIT_EVENT: [Parameter; 14] = [
    parameter("action", Kind::Token, "action"),
    parameter("agent", Kind::Reference(ANYBODY), "agent.who"),
    parameter("agent-role", Kind::Token, "agent.role"),
    parameter("altid", Kind::Token, "agent.altId"),
    parameter("date", Kind::Date, "recorded"),
    parameter("entity", Kind::Reference(&[]), "entity.what"),
    parameter("entity-role", Kind::Token, "entity.role"),
    parameter("entity-type", Kind::Token, "entity.type"),
    parameter("outcome", Kind::Token, "outcome"),
    parameter("patient", Kind::Patient("entity"), "entity.what"),
    parameter("policy", Kind::Uri, "agent.policy"),
    parameter("source", Kind::Reference(ANYBODY), "source.observer"),
    parameter("subtype", Kind::Token, "subtype"),
    parameter("type", Kind::Token, "type"),
];

const fn parameter(name: &'static str, kind: Kind, element: &'static str) -> Parameter {
    Parameter { name, kind, element }
}

/// The parameters of a type; those of every resource for a type that has none of its own.
pub fn of_type(resource_type: &str) -> impl Iterator<Item = &'static Parameter> {
    let own: &'static [Parameter] = match resource_type {
        "RiskAssessment" => &RISK_ASSESSMENT,
        "Provenance" => &PROVENANCE,
        "AuditEvent" => &AUDIT_EVENT,
        _ => &[],
    };
    own.iter().chain(&COMMON)
}
