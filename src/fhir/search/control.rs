//! The parameters of a search that say not what is looked for but how the answer is given.

use super::parameter::{self, Kind};
use super::query::{Context, Refusal};

/// Resources on a page where the search does not say.
const USUAL_COUNT: usize = 50;
/// Resources on a page at most.
const MOST_ON_A_PAGE: usize = 1000;

/// How the answer is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Controls {
    /// `_sort`; without it, whatever order costs least.
    pub order: Option<Order>,
    /// `_count`, within what is given at once.
    pub count: usize,
    /// `_total`: whether all matches are counted.
    pub is_counted: bool,
    /// `_summary` and `_elements`: what of each resource is given.
    pub shape: Shape,
    /// `_include` and `_revinclude`: what is given besides.
    pub includes: Vec<Include>,
}

impl Default for Controls {
    fn default() -> Self {
        Self { order: None, count: USUAL_COUNT, is_counted: true, shape: Shape::Whole, includes: Vec::new() }
    }
}

/// An order of resources. Whatever is equal in it is in the order of storing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// By what.
    pub by: Key,
    /// Whether the last comes first.
    pub is_descending: bool,
}

/// What resources are ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// When they were stored.
    Updated,
    /// Their date.
    Date,
    /// Their id.
    Id,
}

/// What of a resource is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// Everything.
    Whole,
    /// The elements of FHIR's summary.
    Summary,
    /// The narrative, and what a resource must have.
    Text,
    /// Everything but the narrative.
    Data,
    /// Nothing: only how many there are.
    Count,
    /// These elements, and what a resource must have.
    Elements(Vec<String>),
}

/// What is given besides what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Include {
    /// What the found ones refer to by this parameter.
    Referred(&'static str),
    /// Resources of this type that refer by this parameter to what was found.
    Referring {
        /// The type.
        resource_type: String,
        /// The parameter.
        parameter: &'static str,
    },
}

/// Whether a parameter is for the transport of the answer, and no part of the search.
pub(super) fn is_of_transport(name: &str) -> bool {
    matches!(name, "_format" | "_pretty")
}

impl Controls {
    /// Takes a parameter, if it is one of these and can be used.
    pub(super) fn read(&mut self, name: &str, text: &str, context: &Context<'_>) -> Result<bool, Refusal> {
        match name {
            "_count" => self.count(text)?,
            "_total" => self.is_counted = counted(text)?,
            "_summary" => self.shape = summary(text)?,
            "_elements" => self.elements(text)?,
            "_sort" => match order(text, context) {
                Some(order) => self.order = Some(order),
                None => return Ok(false),
            },
            "_include" => return Ok(self.include(referred(text, context))),
            "_revinclude" => return Ok(self.include(referring(text, context))),
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// The parameter as it was taken.
    pub(super) fn as_used(&self, name: &str, text: &str) -> (String, String) {
        let text = if name == "_count" && self.shape != Shape::Count {
            self.count.to_string()
        } else {
            text.to_owned()
        };
        (name.to_owned(), text)
    }

    fn count(&mut self, text: &str) -> Result<(), Refusal> {
        let refuse = || Refusal::new("_count", "it is a number of resources, from 0");
        if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(refuse());
        }
        // What is beyond usize is beyond the limit as well.
        let count = text.parse().unwrap_or(usize::MAX);
        if count == 0 {
            self.shape = Shape::Count;
        } else {
            self.count = count.min(MOST_ON_A_PAGE);
        }
        Ok(())
    }

    fn elements(&mut self, text: &str) -> Result<(), Refusal> {
        let names: Vec<String> = text.split(',').map(|name| name.trim().to_owned()).collect();
        let is_name = |name: &String| {
            name.starts_with(|first: char| first.is_ascii_alphabetic())
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
        };
        if !names.iter().all(is_name) {
            return Err(Refusal::new(
                "_elements",
                "it is a list of names of elements, such as status,subject",
            ));
        }
        if self.shape != Shape::Count {
            self.shape = Shape::Elements(names);
        }
        Ok(())
    }

    fn include(&mut self, include: Option<Include>) -> bool {
        let is_known = include.is_some();
        self.includes.extend(include);
        is_known
    }
}

fn counted(text: &str) -> Result<bool, Refusal> {
    match text {
        "none" => Ok(false),
        "estimate" | "accurate" => Ok(true),
        _ => Err(Refusal::new("_total", "it is none, estimate or accurate")),
    }
}

fn summary(text: &str) -> Result<Shape, Refusal> {
    match text {
        "false" => Ok(Shape::Whole),
        "true" => Ok(Shape::Summary),
        "text" => Ok(Shape::Text),
        "data" => Ok(Shape::Data),
        "count" => Ok(Shape::Count),
        _ => Err(Refusal::new("_summary", "it is true, text, data, count or false")),
    }
}

/// The order that is asked for, where it is one of ours. Ids and times of storing are never equal, so that what comes
/// after them decides nothing; what has the same date is in the order of storing, in the same direction.
fn order(text: &str, context: &Context<'_>) -> Option<Order> {
    let mut keys = text.split(',');
    let first = keys.next()?;
    let (is_descending, name) = first.strip_prefix('-').map_or((false, first), |name| (true, name));
    let is_date = || {
        parameter::of_type(context.resource_type)
            .any(|parameter| parameter.name == name && parameter.kind == Kind::Date)
    };
    let by = match name {
        "_lastUpdated" => Key::Updated,
        "_id" => Key::Id,
        _ if is_date() => match keys.next() {
            None => Key::Date,
            Some("_lastUpdated") if !is_descending => Key::Date,
            Some("-_lastUpdated") if is_descending => Key::Date,
            Some(_) => return None,
        },
        _ => return None,
    };
    Some(Order { by, is_descending })
}

/// `RiskAssessment:subject`, of the type that is searched.
fn referred(text: &str, context: &Context<'_>) -> Option<Include> {
    let (source, rest) = text.split_once(':')?;
    let name = rest.split_once(':').map_or(rest, |(name, _)| name);
    let parameter = reference(source, name).filter(|_| source == context.resource_type)?;
    Some(Include::Referred(parameter))
}

/// `Provenance:target`, of a type that may refer to the one that is searched.
fn referring(text: &str, _context: &Context<'_>) -> Option<Include> {
    let (source, rest) = text.split_once(':')?;
    let name = rest.split_once(':').map_or(rest, |(name, _)| name);
    Some(Include::Referring { resource_type: source.to_owned(), parameter: reference(source, name)? })
}

fn reference(resource_type: &str, name: &str) -> Option<&'static str> {
    let found = parameter::of_type(resource_type).find(|parameter| parameter.name == name)?;
    match found.kind {
        Kind::Reference(_) | Kind::Subject => Some(found.name),
        Kind::Patient(of) => Some(of),
        _ => None,
    }
}
