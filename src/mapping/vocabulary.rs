//! What the mapping files map, as a list: each code with what it means. For those who want to read it elsewhere.

use super::error::MappingError;
use super::file::{MeaningEntry, RuleEntry};
use super::set::{Systems, systems};
use super::source::{MappingSource, Parsed};

/// What the files of a topic map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// The name of the topic.
    pub name: String,
    /// The codes, in the order of the files.
    pub codes: Vec<MappedCode>,
}

/// A code of a terminology with what it means here.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct MappedCode {
    /// The URI of the code system.
    pub system: String,
    /// The code.
    pub code: String,
    /// Whether every code that starts so means the same.
    pub is_prefix: bool,
    /// Whether it asks or answers exactly what the input asks, or is one of several that mean the same here.
    pub is_exact: bool,
    /// The input, e.g. `karnofsky`, or its value, e.g. `karnofsky=80`.
    pub meaning: String,
}

/// What sources map, topic by topic.
///
/// # Errors
/// [`MappingError`] where a file is not a mapping file.
pub fn vocabulary(sources: &[MappingSource]) -> Result<Vec<Topic>, MappingError> {
    let parsed: Vec<Parsed> = sources.iter().map(MappingSource::parse).collect::<Result<_, _>>()?;
    let systems = systems(&parsed);
    let mut topics: Vec<Topic> = Vec::new();
    for file in &parsed {
        let Some(name) = &file.content.topic else { continue };
        let mut codes = Vec::new();
        for rule in &file.content.rule {
            add_rule(rule.get_ref(), &systems, &mut codes);
        }
        for site in &file.content.site {
            let site = site.get_ref();
            let meaning = format!("site={}", site.value);
            add(&site.code, false, false, &meaning, &systems, &mut codes);
            add(&site.prefix, true, false, &meaning, &systems, &mut codes);
        }
        match topics.iter_mut().find(|topic| topic.name == *name) {
            Some(topic) => topic.codes.append(&mut codes),
            None => topics.push(Topic { name: name.clone(), codes }),
        }
    }
    Ok(topics)
}

fn add_rule(rule: &RuleEntry, systems: &Systems, to: &mut Vec<MappedCode>) {
    add(&rule.question, false, true, &rule.input, systems, to);
    let mut add_values = |entries: &[MeaningEntry], is_exact| {
        for entry in entries {
            let meaning = format!("{}={}", rule.input, entry.value);
            add(&entry.code, false, is_exact, &meaning, systems, to);
            add(&entry.prefix, true, false, &meaning, systems, to);
        }
    };
    add_values(&rule.answer, true);
    add_values(&rule.meaning, false);
}

/// Adds codes as `system|code` by the official URI of the system.
fn add(
    codes: &[String],
    is_prefix: bool,
    is_exact: bool,
    meaning: &str,
    systems: &Systems,
    to: &mut Vec<MappedCode>,
) {
    for (uris, code) in codes.iter().filter_map(|code| systems.resolve(code).ok()) {
        let Some(uri) = uris.first() else { continue };
        to.push(MappedCode {
            system: uri.clone(),
            code: code.to_owned(),
            is_prefix,
            is_exact,
            meaning: meaning.to_owned(),
        });
    }
}
