//! Codes to meanings, by hash: the cost of a look-up does not grow with the number of rules.

use std::borrow::Cow;

use foldhash::{HashMap, HashMapExt};

use super::concept_map::Translation;
use super::set::Systems;
use super::source::Layer;

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
    exact: HashMap<String, Entry<T>>,
    prefix: HashMap<String, Entry<T>>,
    longest_prefix: usize,
}

impl<T> Default for SystemIndex<T> {
    fn default() -> Self {
        Self { exact: HashMap::new(), prefix: HashMap::new(), longest_prefix: 0 }
    }
}

/// What a code means, and whose file says so.
#[derive(Debug, Clone)]
struct Entry<T> {
    meaning: T,
    layer: Layer,
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
    /// Adds a code of one system. What a lower layer says of it is replaced; false where the same layer says something
    /// else, which then stays.
    fn insert(&mut self, uri: &str, code: &str, kind: Match, meaning: &T, layer: Layer) -> bool {
        let system = self.systems.entry(uri.to_owned()).or_default();
        let code = bare(code).into_owned();
        let table = match kind {
            Match::Exact => &mut system.exact,
            Match::Prefix => {
                system.longest_prefix = system.longest_prefix.max(code.len());
                &mut system.prefix
            }
        };
        match table.get(&code) {
            Some(before) if before.layer == layer => before.meaning == *meaning,
            _ => {
                table.insert(code, Entry { meaning: meaning.clone(), layer });
                true
            }
        }
    }

    /// Adds codes and starts of codes, as `system|code`, that have one meaning, over what a lower layer says of them.
    /// Returns the first of them of which the same layer says something else.
    pub fn insert_all(
        &mut self,
        codes: &[String],
        prefixes: &[String],
        systems: &Systems,
        meaning: &T,
        layer: Layer,
    ) -> Result<Option<String>, String> {
        let mut clash = None;
        for (codes, kind) in [(codes, Match::Exact), (prefixes, Match::Prefix)] {
            for code in codes {
                let (uris, code) = systems.resolve(code)?;
                for uri in uris {
                    if !self.insert(uri, code, kind, meaning, layer) {
                        clash.get_or_insert_with(|| code.to_owned());
                    }
                }
            }
        }
        Ok(clash)
    }

    /// Makes codes mean what other codes mean; chains are not followed. For each: `None` where the other code is not
    /// known here, false where the site says something else of the code already.
    pub fn translate(&mut self, translations: &[Translation]) -> Vec<Option<bool>> {
        let meanings: Vec<Option<T>> =
            translations.iter().map(|each| self.get(&each.to.system, &each.to.code).cloned()).collect();
        let insert = |(each, meaning): (&Translation, Option<T>)| {
            Some(self.insert(&each.from.system, &each.from.code, Match::Exact, &meaning?, Layer::Site))
        };
        translations.iter().zip(meanings).map(insert).collect()
    }

    /// What a code means: itself, else its longest known start.
    pub fn get(&self, system: &str, code: &str) -> Option<&T> {
        let system = self.systems.get(system)?;
        let code = bare(code);
        if let Some(meaning) = system.exact.get(code.as_ref()) {
            return Some(&meaning.meaning);
        }
        let longest = code.len().min(system.longest_prefix);
        let found = (1..=longest).rev().find_map(|length| system.prefix.get(code.get(..length)?));
        found.map(|entry| &entry.meaning)
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

    /// Whether some system knows the start of a code that has the shape of ICD: `C79.5`.
    pub fn knows_start_elsewhere(&self, code: &str) -> bool {
        let Some(category) = category(code) else { return false };
        let bare = bare(code);
        let starts = |index: &SystemIndex<T>| {
            let longest = bare.len().min(index.longest_prefix);
            (category.len()..=longest)
                .any(|length| bare.get(..length).is_some_and(|start| index.prefix.contains_key(start)))
        };
        self.systems.values().any(starts)
    }
}

/// A code of a category and what follows a dot: `C79.5`.
fn category(code: &str) -> Option<&str> {
    let (category, rest) = code.split_once('.')?;
    let is_category = category.len() == 3
        && category.starts_with(|first: char| first.is_ascii_uppercase())
        && category.bytes().skip(1).all(|next| next.is_ascii_digit());
    (is_category && !rest.is_empty()).then_some(category)
}

/// A code without the dots that some senders leave out of ICD codes.
fn bare(code: &str) -> Cow<'_, str> {
    if code.contains('.') { Cow::Owned(code.replace('.', "")) } else { Cow::Borrowed(code) }
}
