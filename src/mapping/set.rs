//! All mapping files compiled into look-ups.

use foldhash::HashMap;

use super::code_index::CodeIndex;
use super::error::MappingError;
use super::file::{MeaningEntry, Sample};
use super::input::Input;
use super::meaning::Meaning;
use super::products::ProductNames;
use super::rule::{Rule, compile_rule};
use super::site::{BodySite, Site};
use super::source::{MappingSource, Parsed};
use super::words::{Lexicon, Word, run_together};
use spinemet_engine::clinical::{Domain, PrimarySite};

/// The compiled mapping: what every code and word means.
#[derive(Debug, Default)]
pub struct MappingSet {
    pub(super) rules: Vec<Rule>,
    /// Codes that ask a question: the position of the rule.
    pub(super) questions: CodeIndex<usize>,
    /// Codes that are wrongly sent for the question of a rule.
    pub(super) misused: CodeIndex<usize>,
    /// Codes that are a statement.
    pub(super) meanings: CodeIndex<Meaning>,
    /// Words that ask a question.
    pub(super) question_words: Lexicon,
    /// Words that are a statement.
    pub(super) meaning_words: HashMap<String, Meaning>,
    /// Words of the names of drugs.
    pub(super) products: ProductNames,
    pub(super) sites: CodeIndex<BodySite>,
    pub(super) site_words: HashMap<String, BodySite>,
    /// The samples of all files, with the file they stand in.
    pub(super) samples: Vec<(String, Sample)>,
    version: String,
}

/// Where a rule stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleSource<'a> {
    /// The file.
    pub file: &'a str,
    /// The line there, counted from one.
    pub line: usize,
}

impl MappingSet {
    /// Compiles sources, later ones over earlier ones.
    ///
    /// # Errors
    /// [`MappingError`] with file, line and reason.
    pub fn compile(sources: &[MappingSource]) -> Result<Self, MappingError> {
        let parsed: Vec<Parsed> = sources.iter().map(MappingSource::parse).collect::<Result<_, _>>()?;
        let systems = systems(&parsed);
        let mut set = Self { version: version(sources), ..Self::default() };
        for file in &parsed {
            set.add_sites(file, &systems)?;
        }
        for file in &parsed {
            set.add_rules(file, &systems)?;
        }
        for file in parsed {
            set.samples.extend(file.content.sample.into_iter().map(|sample| (file.name.clone(), sample)));
        }
        Ok(set)
    }

    /// Names the content of all files: part of the identity of every assessment.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Whether a code is known: as a question, an answer, a statement or a body site.
    pub fn knows(&self, system: &str, code: &str) -> bool {
        self.questions.get(system, code).is_some()
            || self.meanings.get(system, code).is_some()
            || self.sites.get(system, code).is_some()
            || self.misused.get(system, code).is_some()
            || self.rules.iter().any(|rule| rule.knows_answer(system, code))
    }

    /// How many rules there are.
    pub fn rule_count(&self) -> usize {
        self.rules.len()
    }

    /// Where the rule with this id (`topic/id`) stands.
    pub fn rule_source(&self, id: &str) -> Option<RuleSource<'_>> {
        let rule = self.rules.iter().find(|rule| rule.id == id)?;
        Some(RuleSource { file: &rule.file, line: rule.line })
    }

    fn add_sites(&mut self, file: &Parsed, systems: &Systems) -> Result<(), MappingError> {
        for entry in &file.content.site {
            let line = file.line_of(entry.span().start);
            let entry = entry.get_ref();
            let error = |reason: String| MappingError::new(&file.name, line, reason);
            let site = Site::from_key(&entry.value)
                .ok_or_else(|| error(format!("no site is called \"{}\"", entry.value)))?;
            let primary = match &entry.primary {
                None => None,
                Some(key) => {
                    let group = PrimarySite::from_key(key);
                    Some(group.ok_or_else(|| error(format!("no primary tumour group is called \"{key}\"")))?)
                }
            };
            let body_site = BodySite { site, primary };
            let clash =
                self.sites.insert_all(&entry.code, &entry.prefix, systems, &body_site).map_err(error)?;
            if let Some(code) = clash.filter(|_| !file.is_override) {
                return Err(error(format!("the code {code} already stands for another site")));
            }
            for text in &entry.text {
                let before = self.site_words.insert(run_together(text), body_site);
                if before.is_some_and(|before| before != body_site) && !file.is_override {
                    return Err(error(format!("the words \"{text}\" already stand for another site")));
                }
            }
        }
        Ok(())
    }

    fn add_rules(&mut self, file: &Parsed, systems: &Systems) -> Result<(), MappingError> {
        if file.content.rule.is_empty() {
            return Ok(());
        }
        let Some(topic) = &file.content.topic else {
            return Err(MappingError::new(&file.name, 1, "a file with rules needs a topic".to_owned()));
        };
        for entry in &file.content.rule {
            let line = file.line_of(entry.span().start);
            let error = |reason: String| MappingError::new(&file.name, line, reason);
            let entry = entry.get_ref();
            let rule = compile_rule(topic, entry, &file.name, line, systems)?;
            let position = match self.rules.iter().position(|known| known.id == rule.id) {
                Some(position) if file.is_override => position,
                Some(_) => return Err(error(format!("the rule {} stands twice", rule.id))),
                None => self.rules.len(),
            };
            let clash = self.questions.insert_all(&entry.question, &[], systems, &position).map_err(error)?;
            if let Some(code) = clash.filter(|_| !file.is_override) {
                return Err(error(format!("the code {code} already asks another question")));
            }
            self.misused.insert_all(&entry.misused, &[], systems, &position).map_err(error)?;
            for text in &entry.question_text {
                self.question_words.add(text, Word::Value(position));
            }
            if rule.input == Input::Drug {
                entry.noise.iter().for_each(|word| self.products.add_noise(word));
                entry.unless.iter().for_each(|word| self.products.add_exception(word));
            } else {
                entry.noise.iter().for_each(|word| self.question_words.add(word, Word::Noise));
            }
            for meaning in &entry.meaning {
                let target = compile_meaning(rule.input, position, meaning).map_err(error)?;
                let clash = self
                    .meanings
                    .insert_all(&meaning.code, &meaning.prefix, systems, &target)
                    .map_err(error)?;
                if let Some(code) = clash.filter(|_| !file.is_override) {
                    return Err(error(format!("the code {code} already means something else")));
                }
                for text in &meaning.text {
                    if rule.input == Input::Drug {
                        let is_clash = target
                            .of(rule.input)
                            .any(|reading| self.products.add_ingredient(text, &(position, reading.clone())));
                        if is_clash && !file.is_override {
                            return Err(error(format!(
                                "the name \"{text}\" already stands for another drug"
                            )));
                        }
                        continue;
                    }
                    let before = self.meaning_words.insert(run_together(text), target.clone());
                    if before.is_some_and(|before| before != target) && !file.is_override {
                        return Err(error(format!("the words \"{text}\" already mean something else")));
                    }
                }
            }
            if position == self.rules.len() {
                self.rules.push(rule);
            } else if let Some(known) = self.rules.get_mut(position) {
                *known = rule;
            }
        }
        Ok(())
    }
}

/// What a code or words of a rule say, and what they say besides.
fn compile_meaning(input: Input, rule: usize, entry: &MeaningEntry) -> Result<Meaning, String> {
    let read = |input: Input, name: &str, value: &str| {
        let reading = input.read(value);
        reading
            .map(|reading| (input, reading))
            .ok_or_else(|| format!("the input {name} has no value \"{value}\""))
    };
    let mut said = vec![read(input, "of this rule", &entry.value)?];
    for also in &entry.also {
        let (name, value) =
            also.split_once('=').ok_or_else(|| format!("\"{also}\" is not \"input = value\""))?;
        let input =
            Input::from_key(name.trim()).ok_or_else(|| format!("no input is called \"{}\"", name.trim()))?;
        said.push(read(input, name.trim(), value.trim())?);
    }
    Ok(Meaning { rule, said, only_in_spine: entry.only_in_spine })
}

/// Short names of code systems with their URIs.
#[derive(Debug, Default)]
pub(super) struct Systems(HashMap<String, Vec<String>>);

impl Systems {
    /// Splits `system|code` and finds the URIs of the system.
    pub fn resolve<'a>(&'a self, code: &'a str) -> Result<(&'a [String], &'a str), String> {
        let Some((system, code)) = code.split_once('|') else {
            return Err(format!("\"{code}\" is no system|code"));
        };
        let uris = self
            .0
            .get(system)
            .ok_or_else(|| format!("no code system is called \"{system}\"; add it under [system]"))?;
        if code.is_empty() { Err("a code is empty".to_owned()) } else { Ok((uris, code)) }
    }
}

pub(super) fn systems(files: &[Parsed]) -> Systems {
    let mut systems = Systems::default();
    for (name, uris) in files.iter().flat_map(|file| &file.content.system) {
        let known = systems.0.entry(name.clone()).or_default();
        for uri in uris {
            if !known.contains(uri) {
                known.push(uri.clone());
            }
        }
    }
    systems
}

/// A digest of names and contents of all files.
fn version(sources: &[MappingSource]) -> String {
    use sha2::{Digest, Sha256};
    let mut digest = Sha256::new();
    for source in sources {
        for part in [source.name.as_bytes(), source.text.as_bytes()] {
            digest.update((part.len() as u64).to_be_bytes());
            digest.update(part);
        }
    }
    digest.finalize().iter().take(6).fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
}
