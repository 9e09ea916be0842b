//! Searching what is published: by what canonical resources have in common.

use super::{Published, all};

/// A search parameter of every published type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parameter {
    /// Its name in a search.
    pub name: &'static str,
    /// The code of its type in FHIR.
    pub kind: &'static str,
}

/// The parameters that are understood.
pub const PARAMETERS: [Parameter; 6] = [
    Parameter { name: "_id", kind: "token" },
    Parameter { name: "name", kind: "string" },
    Parameter { name: "status", kind: "token" },
    Parameter { name: "title", kind: "string" },
    Parameter { name: "url", kind: "uri" },
    Parameter { name: "version", kind: "token" },
];

/// What is asked of the resources of a type: all of the criteria, each by one of its values.
#[derive(Debug, Default)]
pub struct Query {
    criteria: Vec<(&'static str, Vec<String>)>,
}

impl Query {
    /// Adds a criterion, the values separated by commas. `false` where no parameter has this name.
    pub fn add(&mut self, name: &str, values: &str) -> bool {
        let known = PARAMETERS.iter().find(|parameter| parameter.name == name);
        if let Some(parameter) = known {
            self.criteria.push((parameter.name, values.split(',').map(str::to_owned).collect()));
        }
        known.is_some()
    }

    /// The resources of a type that satisfy every criterion, by id.
    pub fn matches(&self, resource_type: &str) -> Vec<&'static Published> {
        all()
            .iter()
            .filter(|published| published.resource_type() == resource_type && self.fits(published))
            .collect()
    }

    fn fits(&self, published: &Published) -> bool {
        self.criteria.iter().all(|(name, values)| values.iter().any(|value| is(published, name, value)))
    }
}

fn is(published: &Published, name: &str, value: &str) -> bool {
    let header = &published.header;
    match name {
        "_id" => header.id == value,
        "url" => header.url == value,
        "version" => header.version == value,
        "status" => header.status == value,
        "name" => begins(&header.name, value),
        _ => header.title.as_deref().is_some_and(|title| begins(title, value)),
    }
}

/// A search for a string takes what begins so, in capitals or not.
fn begins(text: &str, start: &str) -> bool {
    text.to_lowercase().starts_with(&start.to_lowercase())
}
