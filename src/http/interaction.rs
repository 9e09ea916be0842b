//! Which FHIR interaction a method at a path is. FHIR fixes the form of its URLs, so that nothing needs to be declared.
//!
//! Source: <https://hl7.org/fhir/R4/http.html> and <https://hl7.org/fhir/R4/operations.html>.

use fhir_wire::{SystemInteraction, TypeInteraction};

use super::endpoint::Method;

/// What every FHIR path begins with.
const BASE: &str = "/fhir/{version}";

/// What a FHIR endpoint does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Interaction {
    /// Shows the CapabilityStatement.
    Capabilities,
    /// Something with all resources.
    System(SystemInteraction),
    /// Something with the resources of a type.
    Type(String, TypeInteraction),
    /// An operation, of the whole service or of a type (and then on the type or on one resource).
    Operation { resource_type: Option<String>, name: String },
    /// A path that an operation hands out, such as the state of an export, or that is known without being listed, such
    /// as SMART's: not listed by itself.
    Followup,
}

/// What a method at a path does in FHIR: one thing for each type that the path is for (`{type:Basic|Flag}`). Nothing
/// where it is not FHIR, or where FHIR has no such path.
pub(super) fn interactions(method: Method, path: &str) -> Vec<Interaction> {
    let Some(below) = path.strip_prefix(BASE) else { return Vec::new() };
    let segments: Vec<&str> = below.split('/').filter(|segment| !segment.is_empty()).collect();
    let Some((first, rest)) = segments.split_first() else {
        return of_system(method, &[]).into_iter().collect();
    };
    let types = first.strip_prefix("{type:").and_then(|types| types.strip_suffix('}')).unwrap_or(first);
    if types.starts_with(char::is_uppercase) {
        types.split('|').filter_map(|resource_type| of_type(method, resource_type, rest)).collect()
    } else {
        of_system(method, &segments).into_iter().collect()
    }
}

fn of_system(method: Method, segments: &[&str]) -> Option<Interaction> {
    use Method::{Get, Post};
    use SystemInteraction::{Batch, HistorySystem, SearchSystem};
    Some(match (segments, method) {
        ([name], _) if name.starts_with('$') => operation(None, name),
        ([name, ..], _) if name.starts_with(['$', '.']) => Interaction::Followup,
        (["metadata"], Get) => Interaction::Capabilities,
        ([], Post) => Interaction::System(Batch),
        (["_history"], Get) => Interaction::System(HistorySystem),
        ([], Get) | (["_search"], Post) => Interaction::System(SearchSystem),
        _ => return None,
    })
}

fn of_type(method: Method, resource_type: &str, rest: &[&str]) -> Option<Interaction> {
    use Method::{Delete, Get, Post, Put};
    use TypeInteraction as Type;
    let interaction = match (rest, method) {
        ([name] | ["{id}", name], _) if name.starts_with('$') => {
            return Some(operation(Some(resource_type), name));
        }
        ([], Get) | (["_search"], Post) => Type::SearchType,
        ([], Post) => Type::Create,
        (["_history"], Get) => Type::HistoryType,
        (["{id}"], Get) => Type::Read,
        (["{id}"], Put) => Type::Update,
        (["{id}"], Delete) => Type::Delete,
        (["{id}", "_history"], Get) => Type::HistoryInstance,
        (["{id}", "_history", _], Get) => Type::Vread,
        _ => return None,
    };
    Some(Interaction::Type(resource_type.to_owned(), interaction))
}

fn operation(resource_type: Option<&str>, name: &str) -> Interaction {
    Interaction::Operation {
        resource_type: resource_type.map(str::to_owned),
        name: name.trim_start_matches('$').to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::endpoint::Endpoints;

    #[test]
    fn every_fhir_route_is_an_interaction_of_fhir() {
        for (method, path) in Endpoints::all().described() {
            assert_eq!(interactions(method, path).is_empty(), !path.starts_with(BASE), "{method:?} {path}");
        }
    }

    #[test]
    fn the_path_and_the_method_say_which_interaction_it_is() {
        use Method::{Delete, Get, Post, Put};
        let of_type = |interaction| vec![Interaction::Type("Basic".to_owned(), interaction)];
        let cases = [
            (Get, "/fhir/{version}/metadata", vec![Interaction::Capabilities]),
            (Post, "/fhir/{version}/$assess", vec![operation(None, "assess")]),
            (Post, "/fhir/{version}/Patient/$match", vec![operation(Some("Patient"), "match")]),
            (Get, "/fhir/{version}/Patient/{id}/$assess", vec![operation(Some("Patient"), "assess")]),
            (Get, "/fhir/{version}/$export/{id}", vec![Interaction::Followup]),
            (Post, "/fhir/{version}", vec![Interaction::System(SystemInteraction::Batch)]),
            (Get, "/fhir/{version}/_history", vec![Interaction::System(SystemInteraction::HistorySystem)]),
            (Get, "/fhir/{version}/Basic", of_type(TypeInteraction::SearchType)),
            (Post, "/fhir/{version}/{type:Basic}/_search", of_type(TypeInteraction::SearchType)),
            (Post, "/fhir/{version}/Basic", of_type(TypeInteraction::Create)),
            (Put, "/fhir/{version}/Basic/{id}", of_type(TypeInteraction::Update)),
            (Delete, "/fhir/{version}/Basic/{id}", of_type(TypeInteraction::Delete)),
            (Get, "/fhir/{version}/Basic/{id}/_history/{vid}", of_type(TypeInteraction::Vread)),
            (Post, "/fhir/{version}/Basic/{id}/_history", vec![]),
            (Get, "/fhir/{version}/nothing", vec![]),
            (Get, "/knowledge", vec![]),
        ];
        for (method, path, expected) in cases {
            assert_eq!(interactions(method, path), expected, "{method:?} {path}");
        }
        let both = interactions(Get, "/fhir/{version}/{type:Basic|Flag}/{id}");
        let names: Vec<&str> = both
            .iter()
            .filter_map(|interaction| match interaction {
                Interaction::Type(name, TypeInteraction::Read) => Some(name.as_str()),
                _ => None,
            })
            .collect();
        assert_eq!(names, ["Basic", "Flag"]);
    }
}
