//! The mapping files as a list: which codes and words mean which value of which input, and where that stands.

use std::collections::{BTreeMap, HashSet};

use serde::Serialize;

use super::error::MappingError;
use super::file::{MeaningEntry, RuleEntry, SiteEntry};
use super::set::rule_id;
use super::source::{Form, Layer, MappingSource, Parsed};

/// One line of the list: what is sent, and what it means.
#[derive(Debug, Clone, Serialize)]
pub struct CatalogueEntry {
    /// The input that is fed; `body-site` for a body site.
    pub input: String,
    /// What the codes and words are.
    pub kind: EntryKind,
    /// The value, and what is said besides (`value; input = value`); `None` for a question and for units.
    pub value: Option<String>,
    /// Codes, as `system|code`.
    pub codes: Vec<String>,
    /// Starts of codes, as `system|start`.
    pub prefixes: Vec<String>,
    /// Words, or units.
    pub words: Vec<String>,
    /// The rule, as `topic/id`; `None` for a body site.
    pub rule: Option<String>,
    /// The file.
    pub file: String,
    /// The line of the rule or body site there.
    pub line: usize,
    /// Whether it is the site's own.
    pub is_site: bool,
}

/// What codes and words are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum EntryKind {
    /// They ask for the input.
    Question,
    /// They answer the question of the rule.
    Answer,
    /// They are the units of a number.
    Unit,
    /// They are themselves the statement.
    Meaning,
    /// They are a body site.
    Site,
}

impl EntryKind {
    /// The stable slug.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Question => "question",
            Self::Answer => "answer",
            Self::Unit => "unit",
            Self::Meaning => "meaning",
            Self::Site => "site",
        }
    }
}

/// The list, with the URIs of the code systems by their short names.
#[derive(Debug, Default)]
pub struct Catalogue {
    /// Every entry that is in force.
    pub entries: Vec<CatalogueEntry>,
    /// Short names of code systems with their URIs.
    pub systems: BTreeMap<String, Vec<String>>,
}

impl Catalogue {
    /// Lists the TOML files. Rules of the program that the site replaces are left out; what a ConceptMap translates is not
    /// listed, as it adds no meaning.
    ///
    /// # Errors
    /// [`MappingError`] where a file is no mapping file.
    pub fn of(sources: &[MappingSource]) -> Result<Self, MappingError> {
        let files: Vec<Parsed> = sources
            .iter()
            .filter(|source| source.form == Form::Toml)
            .map(MappingSource::parse)
            .collect::<Result<_, _>>()?;
        let of_site: HashSet<String> = files
            .iter()
            .filter(|file| file.layer == Layer::Site)
            .flat_map(|file| file.content.rule.iter().map(|rule| id_of(file, rule.get_ref())))
            .collect();
        let mut catalogue = Self::default();
        for file in &files {
            for (name, uris) in &file.content.system {
                catalogue.systems.entry(name.clone()).or_default().extend(uris.iter().cloned());
            }
            for rule in &file.content.rule {
                let id = id_of(file, rule.get_ref());
                if file.layer == Layer::Site || !of_site.contains(&id) {
                    let line = file.line_of(rule.span().start);
                    catalogue.entries.extend(entries_of_rule(file, rule.get_ref(), &id, line));
                }
            }
            let sites = file.content.site.iter();
            catalogue.entries.extend(
                sites.map(|site| entry_of_site(file, site.get_ref(), file.line_of(site.span().start))),
            );
        }
        Ok(catalogue)
    }
}

fn id_of(file: &Parsed, rule: &RuleEntry) -> String {
    rule_id(file.content.topic.as_deref().unwrap_or_default(), &rule.id)
}

fn entries_of_rule(file: &Parsed, rule: &RuleEntry, id: &str, line: usize) -> Vec<CatalogueEntry> {
    let blank = |kind: EntryKind| CatalogueEntry {
        input: rule.input.clone(),
        kind,
        value: None,
        codes: Vec::new(),
        prefixes: Vec::new(),
        words: Vec::new(),
        rule: Some(id.to_owned()),
        file: file.name.clone(),
        line,
        is_site: file.layer == Layer::Site,
    };
    let meaning = |kind: EntryKind, entry: &MeaningEntry| CatalogueEntry {
        value: Some(std::iter::once(&entry.value).chain(&entry.also).cloned().collect::<Vec<_>>().join("; ")),
        codes: entry.code.clone(),
        prefixes: entry.prefix.clone(),
        words: entry.text.clone(),
        ..blank(kind)
    };
    let mut entries = Vec::new();
    if !rule.question.is_empty() || !rule.question_text.is_empty() {
        entries.push(CatalogueEntry {
            codes: rule.question.clone(),
            words: rule.question_text.clone(),
            ..blank(EntryKind::Question)
        });
    }
    if let Some(number) = &rule.number {
        let units = number.unit.iter().chain(number.convert.iter().flat_map(|convert| &convert.unit));
        entries.push(CatalogueEntry { words: units.cloned().collect(), ..blank(EntryKind::Unit) });
    }
    entries.extend(rule.answer.iter().map(|answer| meaning(EntryKind::Answer, answer)));
    entries.extend(rule.meaning.iter().map(|entry| meaning(EntryKind::Meaning, entry)));
    entries
}

fn entry_of_site(file: &Parsed, site: &SiteEntry, line: usize) -> CatalogueEntry {
    CatalogueEntry {
        input: "body-site".to_owned(),
        kind: EntryKind::Site,
        value: Some(site.value.clone()),
        codes: site.code.clone(),
        prefixes: site.prefix.clone(),
        words: site.text.clone(),
        rule: None,
        file: file.name.clone(),
        line,
        is_site: file.layer == Layer::Site,
    }
}
