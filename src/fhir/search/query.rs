//! A search as it was asked, taken apart and checked.

use super::control::{self, Controls};
use super::parameter::{self, Kind, Parameter};
use super::{Interval, Prefix, Span, Term, value};

/// Values of one parameter at most.
const MOST_VALUES: usize = 500;

/// A search.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// All of these must hold.
    pub conditions: Vec<Condition>,
    /// In which order, how many, and what of each.
    pub controls: Controls,
    /// The parameters that were understood, as they were given: the `self` link.
    pub used: Vec<(String, String)>,
    /// The parameters that were not, which a lenient search leaves out.
    pub ignored: Vec<String>,
}

/// What a resource must be like.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// It has at least one of the terms.
    AnyOf(Vec<Term>),
    /// It has none of the terms.
    NoneOf(Vec<Term>),
    /// It has one of the ids.
    Ids(Vec<String>),
    /// It was stored within one of the ranges, from their first to their last microsecond.
    Updated(Vec<(i64, i64)>),
    /// Its date is within one of the spans.
    Dated(Vec<Span>),
    /// It has a date, or has none.
    HasDate(bool),
    /// One of its numbers is within one of the ranges, without their ends. The term is the parameter's.
    Number(Term, Vec<(f64, f64)>),
    /// Nothing is like this.
    Nothing,
}

/// What a search is asked of.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The type of resources.
    pub resource_type: &'a str,
    /// The URL of the FHIR server, such as `https://here.example/fhir/R4`.
    pub base: &'a str,
    /// The profiles that the resources of the type have.
    pub profiles: &'a [&'a str],
    /// Now, in microseconds since 1970; only for `ap`.
    pub now: i64,
    /// Whether a parameter that is not known fails the search.
    pub is_strict: bool,
}

/// A parameter that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct Refusal {
    /// Its name, as far as it looks like one.
    pub parameter: String,
    /// What it should be.
    pub reason: &'static str,
}

impl Refusal {
    /// Of a parameter that is not known.
    pub fn unknown(name: &str) -> Self {
        Self::new(name, "it is not a search parameter here")
    }

    /// The parameter of this name, as far as it can be repeated.
    pub fn new(name: &str, reason: &'static str) -> Self {
        Self { parameter: printable(name), reason }
    }
}

/// A name as it may be repeated: what does not look like a parameter's name may be anything.
fn printable(name: &str) -> String {
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.:$".contains(&byte);
    if (1..=64).contains(&name.len()) && name.bytes().all(is_name) {
        name.to_owned()
    } else {
        "(no name of a parameter)".to_owned()
    }
}

impl Query {
    /// Reads the parameters of a search.
    ///
    /// # Errors
    /// [`Refusal`] for a value or a modifier that its parameter does not have, and, where the search is strict, for a
    /// parameter that is not known.
    pub fn parse(parameters: &[(String, String)], context: &Context<'_>) -> Result<Self, Refusal> {
        let mut query = Self {
            conditions: Vec::new(),
            controls: Controls::default(),
            used: Vec::new(),
            ignored: Vec::new(),
        };
        for (name, text) in parameters {
            if control::is_of_transport(name) {
                continue;
            }
            if text.is_empty() {
                return Err(Refusal::new(name, "it has no value"));
            }
            if query.controls.read(name, text, context)? {
                query.used.push(query.controls.as_used(name, text));
            } else if let Some(condition) = condition(name, text, context)? {
                query.used.push((name.clone(), text.clone()));
                query.conditions.extend(condition);
            } else if context.is_strict {
                return Err(Refusal::unknown(name));
            } else {
                query.ignored.push(printable(name));
            }
        }
        Ok(query)
    }
}

/// What a parameter asks: `None` where it is not known, and no condition where everything is like that.
fn condition(name: &str, text: &str, context: &Context<'_>) -> Result<Option<Vec<Condition>>, Refusal> {
    // A chain leads to the identifier that is kept with the reference.
    let chained = name.strip_suffix(".identifier").map(|reference| {
        let reference = reference.split_once(':').map_or(reference, |(reference, _)| reference);
        format!("{reference}:identifier")
    });
    let (base, modifier) = match chained.as_deref().unwrap_or(name).split_once(':') {
        Some((base, modifier)) => (base, Some(modifier)),
        None => (name, None),
    };
    let values = value::alternatives(text);
    if values.len() > MOST_VALUES {
        return Err(Refusal::new(name, "it has more than 500 values"));
    }
    if values.contains(&"") {
        return Err(Refusal::new(name, "one of its values is empty"));
    }
    let asked = Asked { name, base, modifier, values, context };
    match base {
        "_id" => asked.ids().map(Some),
        "_lastUpdated" => asked.updated().map(Some),
        "_profile" => asked.profile().map(Some),
        _ => parameter::of_type(context.resource_type)
            .find(|parameter| parameter.name == base)
            .map(|parameter| asked.of(parameter))
            .transpose(),
    }
}

/// A parameter with its values.
struct Asked<'a> {
    name: &'a str,
    base: &'a str,
    modifier: Option<&'a str>,
    values: Vec<&'a str>,
    context: &'a Context<'a>,
}

type Conditions = Result<Vec<Condition>, Refusal>;

impl Asked<'_> {
    fn of(&self, parameter: &Parameter) -> Conditions {
        if self.modifier == Some("missing") {
            let is_missing = self.missing()?;
            if parameter.kind == Kind::Date {
                return Ok(vec![Condition::HasDate(!is_missing)]);
            }
            let of = if let Kind::Patient(of) = parameter.kind { of } else { parameter.name };
            let present = vec![Term::present(of)];
            let condition = if is_missing { Condition::NoneOf } else { Condition::AnyOf };
            return Ok(vec![condition(present)]);
        }
        match parameter.kind {
            Kind::Token => self.token(parameter.name),
            Kind::Reference(types) => self.reference(parameter.name, types),
            Kind::Patient(of) => self.reference(of, &["Patient"]),
            Kind::Subject => self.reference(parameter.name, &["Patient"]),
            Kind::Uri => {
                self.unmodified()?;
                let terms = self.values.iter().map(|uri| Term::uri(self.base, &value::unescaped(uri)));
                Ok(vec![Condition::AnyOf(terms.collect())])
            }
            Kind::Date => {
                self.unmodified()?;
                let spans = self.dates()?.into_iter();
                let spans = spans.flat_map(|(prefix, date)| prefix.dates(date, self.context.now));
                Ok(vec![Condition::Dated(spans.collect())])
            }
            Kind::Number => self.number(),
        }
    }

    fn token(&self, parameter: &str) -> Conditions {
        let read = |text: &&str| {
            value::token(parameter, text)
                .ok_or_else(|| self.refuse("a value is like code, system|code, |code or system|"))
        };
        let terms: Vec<Term> = self.values.iter().map(read).collect::<Result<_, _>>()?;
        match self.modifier {
            None => Ok(vec![Condition::AnyOf(terms)]),
            Some("not") => Ok(vec![Condition::NoneOf(terms)]),
            Some(_) => Err(self.refuse("its modifiers here are :missing and :not")),
        }
    }

    fn reference(&self, parameter: &str, types: &[&str]) -> Conditions {
        let named = match self.modifier {
            None => None,
            Some("identifier") => return self.identifier(&format!("{parameter}:identifier")),
            Some(name) if types.is_empty() || types.contains(&name) => Some([name]),
            Some(_) => return Err(self.refuse("its modifiers here are :identifier, :missing and a type")),
        };
        let types = named.as_ref().map_or(types, |name| name.as_slice());
        let base = self.context.base;
        let terms: Vec<Term> =
            self.values.iter().flat_map(|text| value::references(parameter, types, text, base)).collect();
        if terms.is_empty() {
            return Err(self.refuse("a value is like Type/id"));
        }
        Ok(vec![Condition::AnyOf(terms)])
    }

    fn identifier(&self, parameter: &str) -> Conditions {
        let read = |text: &&str| {
            value::token(parameter, text)
                .ok_or_else(|| self.refuse("an identifier is like system|value, |value or value"))
        };
        Ok(vec![Condition::AnyOf(self.values.iter().map(read).collect::<Result<_, _>>()?)])
    }

    fn number(&self) -> Conditions {
        self.unmodified()?;
        let mut ranges = Vec::new();
        for text in &self.values {
            let (prefix, number) = Prefix::split(text);
            let (number, half_step) = value::number(number)
                .ok_or_else(|| self.refuse("a value is a number, such as 0.5 or gt0.5"))?;
            ranges.extend(prefix.numbers(number, half_step));
        }
        Ok(vec![Condition::Number(Term::present(self.base), ranges)])
    }

    fn ids(&self) -> Conditions {
        self.unmodified()?;
        Ok(vec![Condition::Ids(self.values.iter().map(|id| value::unescaped(id).into_owned()).collect())])
    }

    fn updated(&self) -> Conditions {
        self.unmodified()?;
        let dates = self.dates()?.into_iter();
        let ranges = dates.flat_map(|(prefix, date)| prefix.instants(date, self.context.now));
        Ok(vec![Condition::Updated(ranges.collect())])
    }

    /// All resources of a type have the same profiles.
    fn profile(&self) -> Conditions {
        let profiles = self.context.profiles;
        let holds = match self.modifier {
            None => self.values.iter().any(|uri| profiles.contains(&&*value::unescaped(uri))),
            Some("missing") => self.missing()? == profiles.is_empty(),
            Some(_) => return Err(self.refuse("its only modifier here is :missing")),
        };
        Ok(if holds { Vec::new() } else { vec![Condition::Nothing] })
    }

    fn dates(&self) -> Result<Vec<(Prefix, Interval)>, Refusal> {
        let read = |text: &&str| {
            let (prefix, date) = Prefix::split(text);
            // An unescaped plus sign of a zone arrives as a space.
            let date = date.replace(' ', "+").parse().map_err(|_| {
                self.refuse("a value is a FHIR date, such as 2026-05 or ge2026-05-03T10:00:00+02:00")
            })?;
            Ok((prefix, date))
        };
        self.values.iter().map(read).collect()
    }

    fn missing(&self) -> Result<bool, Refusal> {
        match self.values.as_slice() {
            ["true"] => Ok(true),
            ["false"] => Ok(false),
            _ => Err(self.refuse("after :missing comes true or false")),
        }
    }

    fn unmodified(&self) -> Result<(), Refusal> {
        match self.modifier {
            None => Ok(()),
            Some(_) => Err(self.refuse("it has no such modifier here")),
        }
    }

    fn refuse(&self, reason: &'static str) -> Refusal {
        Refusal::new(self.name, reason)
    }
}
