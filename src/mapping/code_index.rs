//! Codes to meanings, by hash: the cost of a look-up does not grow with the number of rules.

use std::borrow::Cow;

use foldhash::{HashMap, HashMapExt};

use super::set::Systems;

/// Meanings of codes in several code systems.
#[derive(Debug, Clone)]
pub(super) struct CodeIndex<T> {
    systems: HashMap<String, SystemIndex<T>>,
}

impl<T> Default for CodeIndex<T> {
    fn default() -> Self {
        Self { systems: HashMap::new() }
    }
}

/// The codes of one system.
#[derive(Debug, Clone)]
struct SystemIndex<T> {
    exact: HashMap<String, T>,
    prefix: HashMap<String, T>,
    longest_prefix: usize,
}

impl<T> Default for SystemIndex<T> {
    fn default() -> Self {
        Self { exact: HashMap::new(), prefix: HashMap::new(), longest_prefix: 0 }
    }
}

/// How a code was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Match {
    /// The code itself.
    Exact,
    /// The start of the code.
    Prefix,
}

impl<T: Clone + PartialEq> CodeIndex<T> {
    /// Adds a code under every URI of its system. Returns what the code meant before, where that was something else.
    fn insert(&mut self, uris: &[String], code: &str, kind: Match, meaning: &T) -> Option<T> {
        let mut before = None;
        for uri in uris {
            let system = self.systems.entry(uri.clone()).or_default();
            let code = bare(code).into_owned();
            let table = match kind {
                Match::Exact => &mut system.exact,
                Match::Prefix => {
                    system.longest_prefix = system.longest_prefix.max(code.len());
                    &mut system.prefix
                }
            };
            before = table.insert(code, meaning.clone()).filter(|old| old != meaning).or(before);
        }
        before
    }

    /// Adds codes and starts of codes, as `system|code`, that have one meaning. Returns the first of them that meant
    /// something else before.
    pub fn insert_all(
        &mut self,
        codes: &[String],
        prefixes: &[String],
        systems: &Systems,
        meaning: &T,
    ) -> Result<Option<String>, String> {
        let mut clash = None;
        for (codes, kind) in [(codes, Match::Exact), (prefixes, Match::Prefix)] {
            for code in codes {
                let (uris, code) = systems.resolve(code)?;
                if self.insert(uris, code, kind, meaning).is_some() {
                    clash.get_or_insert_with(|| code.to_owned());
                }
            }
        }
        Ok(clash)
    }

    /// What a code means: itself, else its longest known start.
    pub fn get(&self, system: &str, code: &str) -> Option<&T> {
        let system = self.systems.get(system)?;
        let code = bare(code);
        if let Some(meaning) = system.exact.get(code.as_ref()) {
            return Some(meaning);
        }
        let longest = code.len().min(system.longest_prefix);
        (1..=longest).rev().find_map(|length| system.prefix.get(code.get(..length)?))
    }

    /// Whether the system is known at all.
    pub fn knows_system(&self, system: &str) -> bool {
        self.systems.contains_key(system)
    }

    /// Whether some system has just this code: for codes sent without a system, or under an unknown one.
    pub fn knows_code_elsewhere(&self, code: &str) -> bool {
        let code = bare(code);
        self.systems.values().any(|system| system.exact.contains_key(code.as_ref()))
    }
}

/// A code without the dots that some senders leave out of ICD codes.
fn bare(code: &str) -> Cow<'_, str> {
    if code.contains('.') { Cow::Owned(code.replace('.', "")) } else { Cow::Borrowed(code) }
}
