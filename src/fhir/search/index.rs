//! What a resource says to the search parameters of its type.

use serde_json::Value;

use super::parameter::{self, Kind, Parameter};
use super::{Interval, Term};

/// The values of a resource's search parameters.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Indexed {
    /// What can be looked up by equality; sorted, each once.
    pub terms: Vec<Term>,
    /// The date of the resource.
    pub date: Option<Interval>,
    /// Its numbers.
    pub numbers: Vec<Number>,
    /// The language that it is in.
    pub language: Option<String>,
}

/// A number with the parameter that it is a value of.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// The name of the parameter.
    pub parameter: &'static str,
    /// The number.
    pub value: f64,
}

/// Reads a resource's search values out of its JSON. What is not there, or has another shape, says nothing.
pub fn index(resource_type: &str, body: &[u8]) -> Indexed {
    let Ok(resource) = serde_json::from_slice::<Value>(body) else {
        return Indexed::default();
    };
    let language = resource.get("language").and_then(Value::as_str).map(str::to_owned);
    let mut indexed = Indexed { language, ..Indexed::default() };
    for parameter in parameter::of_type(resource_type) {
        let before = indexed.terms.len() + indexed.numbers.len();
        let path: Vec<&str> = parameter.element.split('.').collect();
        visit(&resource, &path, &mut |value| indexed.add(parameter, value));
        if indexed.terms.len() + indexed.numbers.len() > before {
            indexed.terms.push(Term::present(parameter.name));
        }
    }
    indexed.terms.sort_unstable();
    indexed.terms.dedup();
    indexed
}

/// The references that a resource has for a parameter, as they are written.
pub fn references(resource_type: &str, parameter: &str, body: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    let Ok(resource) = serde_json::from_slice::<Value>(body) else { return found };
    for parameter in parameter::of_type(resource_type).filter(|known| known.name == parameter) {
        let path: Vec<&str> = parameter.element.split('.').collect();
        visit(&resource, &path, &mut |value| {
            let reference = value.get("reference").and_then(Value::as_str);
            found.extend(reference.map(|reference| without_version(reference).to_owned()));
        });
    }
    found
}

/// `RiskAssessment/a1/_history/1` as `RiskAssessment/a1`.
fn without_version(reference: &str) -> &str {
    reference.split_once("/_history/").map_or(reference, |(resource, _)| resource)
}

/// Calls with each value at the end of a path, whatever lists lie on the way.
fn visit(value: &Value, path: &[&str], found: &mut impl FnMut(&Value)) {
    match (value, path) {
        (Value::Array(items), _) => items.iter().for_each(|item| visit(item, path, found)),
        (_, []) => found(value),
        (Value::Object(members), [name, rest @ ..]) => {
            if let Some(member) = members.get(*name) {
                visit(member, rest, found);
            }
        }
        _ => (),
    }
}

impl Indexed {
    /// Adds whom the resource is about, for the parameters that are not asked of an element.
    pub fn add_subject(&mut self, resource_type: &str, reference: &str) {
        for parameter in parameter::of_type(resource_type).filter(|known| known.kind == Kind::Subject) {
            self.terms.push(Term::reference(parameter.name, reference));
            self.terms.push(Term::present(parameter.name));
        }
        self.terms.sort_unstable();
        self.terms.dedup();
    }

    fn add(&mut self, parameter: &Parameter, value: &Value) {
        match parameter.kind {
            Kind::Token => self.tokens(parameter.name, value),
            Kind::Reference(_) => self.reference(parameter.name, value),
            // Asked of the other parameter, or added by who knows it.
            Kind::Patient(_) | Kind::Subject => (),
            Kind::Uri => {
                let uri = value.as_str().into_iter();
                self.terms.extend(uri.map(|uri| Term::uri(parameter.name, uri)));
            }
            Kind::Date => self.date = value.as_str().and_then(|text| text.parse().ok()),
            Kind::Number => {
                let number = value.as_f64().into_iter();
                self.numbers.extend(number.map(|value| Number { parameter: parameter.name, value }));
            }
        }
    }

    /// A code by itself, a Coding, a CodeableConcept or an Identifier.
    fn tokens(&mut self, parameter: &str, value: &Value) {
        match value {
            Value::String(code) => self.token(parameter, "", code),
            Value::Bool(flag) => self.token(parameter, "", &flag.to_string()),
            Value::Object(members) => {
                if let Some(codings) = members.get("coding") {
                    visit(codings, &[], &mut |coding| self.tokens(parameter, coding));
                }
                let code = members.get("code").or_else(|| members.get("value")).and_then(Value::as_str);
                let system = members.get("system").and_then(Value::as_str).unwrap_or_default();
                if let Some(code) = code {
                    self.token(parameter, system, code);
                }
            }
            _ => (),
        }
    }

    fn token(&mut self, parameter: &str, system: &str, code: &str) {
        self.terms.extend(Term::of_token(parameter, system, code));
    }

    fn reference(&mut self, parameter: &str, value: &Value) {
        if let Some(reference) = value.get("reference").and_then(Value::as_str) {
            self.terms.push(Term::reference(parameter, reference));
            // A version is of the resource that a search names without one.
            self.terms.push(Term::reference(parameter, without_version(reference)));
        }
        if let Some(identifier) = value.get("identifier") {
            self.tokens(&format!("{parameter}:identifier"), identifier);
        }
    }
}
