//! What a search of a type understands here, for the CapabilityStatement and the OpenAPI description: the parameters with
//! the canonical URLs that define them, and what can be given besides.

use super::{resource, subscription};
use crate::conformance::{self, CANONICAL_BASE};
use crate::fhir::FhirVersion;
use crate::fhir::search::parameter::{self, Kind};

/// A parameter of a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Searchable {
    /// Its name in the URL.
    pub name: &'static str,
    /// The code of FHIR for what its values are.
    pub kind: &'static str,
    /// The canonical URL of the SearchParameter that defines it, where one is known in the release.
    pub definition: Option<String>,
    /// Whether its values refer to resources of any type, so that a value must name one.
    pub refers_to_any: bool,
}

/// The parameters that a search of a type understands: those of what is published, else those of what is stored.
pub(super) fn search_parameters(resource_type: &str, release: FhirVersion) -> Vec<Searchable> {
    let is_open = |name| {
        parameter::of_type(resource_type)
            .any(|known| known.name == name && matches!(known.kind, Kind::Reference([])))
    };
    let searchable = |name, kind| Searchable {
        name,
        kind,
        definition: definition(resource_type, name, release),
        refers_to_any: is_open(name),
    };
    if conformance::TYPES.contains(&resource_type) {
        return conformance::PARAMETERS.iter().map(|known| searchable(known.name, known.kind)).collect();
    }
    if resource_type == "Subscription" {
        return subscription::PARAMETERS.iter().map(|(name, kind)| searchable(name, kind)).collect();
    }
    let profile = if release == FhirVersion::R5 { "reference" } else { "uri" };
    let of_every_type = [("_id", "token"), ("_lastUpdated", "date"), ("_profile", profile)];
    let stored = parameter::of_type(resource_type).map(|known| (known.name, code(known.kind)));
    stored.chain(of_every_type).map(|(name, kind)| searchable(name, kind)).collect()
}

/// The code of FHIR for what the values of a parameter are.
const fn code(kind: Kind) -> &'static str {
    match kind {
        Kind::Token => "token",
        Kind::Reference(_) | Kind::Patient(_) | Kind::Subject => "reference",
        Kind::Date => "date",
        Kind::Number => "number",
        Kind::Uri => "uri",
    }
}

/// Where a parameter is defined.
///
/// Source: the SearchParameters of R4 and R4B, and of R5 as far as they kept their names and meanings. R5 defines those of
/// canonical resources and of AuditEvent anew; there the name alone has to do.
fn definition(resource_type: &str, name: &str, release: FhirVersion) -> Option<String> {
    let is_r5 = release == FhirVersion::R5;
    let is_published = conformance::TYPES.contains(&resource_type);
    let id = match (resource_type, name) {
        (_, name) if name.starts_with('_') => format!("Resource-{}", name.trim_start_matches('_')),
        ("RiskAssessment", "status") => {
            return Some(format!("{CANONICAL_BASE}/SearchParameter/risk-assessment-status"));
        }
        ("RiskAssessment", "date" | "encounter" | "identifier" | "patient") => format!("clinical-{name}"),
        ("RiskAssessment" | "Provenance", _) => format!("{resource_type}-{name}"),
        // R4B has the resource and no parameters for it, and R4 none for the title of a SearchParameter.
        _ if is_r5 || resource_type == "SubscriptionTopic" => return None,
        ("SearchParameter", "title") => return None,
        ("Questionnaire", _) => format!("Questionnaire-{name}"),
        _ if is_published => format!("conformance-{name}"),
        _ => format!("{resource_type}-{name}"),
    };
    Some(format!("http://hl7.org/fhir/SearchParameter/{id}"))
}

/// Whether a parameter can refer to resources of a type that is held here.
fn refers_to(kind: Kind, held: &str) -> bool {
    // A parameter that names no types refers to any.
    matches!(kind, Kind::Reference(types) if types.is_empty() || types.contains(&held))
}

/// The values of `_include` that can give something.
pub(super) fn includes(resource_type: &str) -> Vec<String> {
    if !resource::TYPES.contains(&resource_type) {
        return Vec::new();
    }
    let gives =
        |known: &&parameter::Parameter| resource::TYPES.iter().any(|held| refers_to(known.kind, held));
    parameter::of_type(resource_type)
        .filter(gives)
        .map(|known| format!("{resource_type}:{}", known.name))
        .collect()
}

/// The values of `_revinclude` that can give something.
pub(super) fn reverse_includes(resource_type: &str) -> Vec<String> {
    if !resource::TYPES.contains(&resource_type) {
        return Vec::new();
    }
    let of = |source: &'static str| {
        let known = parameter::of_type(source).filter(|known| refers_to(known.kind, resource_type));
        known.map(move |known| format!("{source}:{}", known.name))
    };
    resource::TYPES.into_iter().flat_map(of).collect()
}
