//! All mapping files compiled into look-ups.

use std::path::Path;

use foldhash::{HashMap, HashSet};

use super::code_index::CodeIndex;
use super::concept_map::{self, Translation};
use super::doubt::Doubts;
use super::error::{MappingError, MappingRemark};
use super::file::MeaningEntry;
use super::input::Input;
use super::meaning::Meaning;
use super::products::ProductNames;
use super::rule::{Rule, compile_rule, known_are, no_such_value};
use super::sample::{PlacedSample, check_samples};
use super::site::{BodySite, Site};
use super::source::{Form, Layer, MappingSource, Parsed};
use super::word_index::WordIndex;
use super::words::{Lexicon, Word, run_together};
use spinemet_engine::clinical::{CodeAsSent, Domain, PrimarySite};

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
    pub(super) meaning_words: WordIndex<Meaning>,
    /// Words that deny or doubt what a code says.
    pub(super) doubts: Doubts,
    /// Code systems whose codes are no verification status.
    pub(super) no_statuses: Vec<String>,
    /// Words of the names of drugs.
    pub(super) products: ProductNames,
    /// Those of them that the site's own files say.
    products_of_site: HashSet<String>,
    pub(super) sites: CodeIndex<BodySite>,
    pub(super) site_words: WordIndex<BodySite>,
    pub(super) samples: Vec<PlacedSample>,
    /// The short names of code systems.
    pub(super) systems: Systems,
    remarks: Vec<MappingRemark>,
    /// The translations of ConceptMaps that are in use, by system and code.
    translated: HashMap<(String, String), Translation>,
    /// Positions of the rules by their ids.
    positions: HashMap<String, usize>,
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
    /// The files inside the program, and over them the site's own (a file each, or all of a directory). With files of
    /// the site, every sample must become what it says, so that nothing comes into use that was not tried.
    ///
    /// # Errors
    /// [`MappingError`] with file, line and reason.
    pub fn load<'p>(site: impl IntoIterator<Item = &'p Path>) -> Result<Self, MappingError> {
        let mut sources = MappingSource::embedded();
        let program_files = sources.len();
        for path in site {
            sources.extend(MappingSource::of_site(path)?);
        }
        let set = Self::compile(&sources)?;
        if sources.len() > program_files {
            let (_, failures) = check_samples(&set);
            if let Some(failure) = failures.first() {
                return Err(failure.as_error(failures.len() - 1));
            }
        }
        Ok(set)
    }

    /// Compiles sources, those of the site over those of the program.
    ///
    /// # Errors
    /// [`MappingError`] with file, line and reason.
    pub fn compile(sources: &[MappingSource]) -> Result<Self, MappingError> {
        let of_form = |form: Form| sources.iter().filter(move |source| source.form == form);
        let mut parsed: Vec<Parsed> =
            of_form(Form::Toml).map(MappingSource::parse).collect::<Result<_, _>>()?;
        parsed.sort_by_key(|file| file.layer);
        let systems = systems(&parsed);
        let replaced = rules_of_the_site(&parsed);
        let mut set = Self { version: version(sources), ..Self::default() };
        for file in &parsed {
            file.content.doubt.iter().for_each(|phrase| set.doubts.add(phrase));
            file.content.no_doubt.iter().for_each(|phrase| set.doubts.add_exception(phrase));
            set.no_statuses.extend_from_slice(&file.content.no_status);
            set.add_sites(file, &systems)?;
        }
        for file in &parsed {
            set.add_rules(file, &systems, &replaced)?;
        }
        for file in parsed {
            set.add_samples(file);
        }
        set.translate(of_form(Form::ConceptMap))?;
        set.systems = systems;
        Ok(set)
    }

    /// What was read and is not used, for somebody to look at.
    pub fn remarks(&self) -> &[MappingRemark] {
        &self.remarks
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
        let rule = self.rules.get(*self.positions.get(id)?)?;
        Some(RuleSource { file: &rule.file, line: rule.line })
    }

    /// What a ConceptMap of the site says that a code means, and where that stands.
    pub fn translation(&self, system: &str, code: &str) -> Option<(&CodeAsSent, RuleSource<'_>)> {
        let found = self.translated.get(&(system.to_owned(), code.to_owned()))?;
        Some((&found.to, RuleSource { file: &found.file, line: found.line }))
    }

    /// Whether a ConceptMap of the site is in use.
    pub fn has_translations(&self) -> bool {
        !self.translated.is_empty()
    }

    fn add_sites(&mut self, file: &Parsed, systems: &Systems) -> Result<(), MappingError> {
        for entry in &file.content.site {
            let line = file.line_of(entry.span().start);
            let entry = entry.get_ref();
            let error = |reason: String| MappingError::new(&file.name, line, reason);
            let site = Site::from_key(&entry.value).ok_or_else(|| {
                let known = Site::names();
                error(format!("no site is called \"{}\"; {}", entry.value, known_are(&entry.value, &known)))
            })?;
            let primary = match &entry.primary {
                None => None,
                Some(key) => {
                    let group = PrimarySite::from_key(key);
                    Some(group.ok_or_else(|| error(format!("no primary tumour group is called \"{key}\"")))?)
                }
            };
            let body_site = BodySite { site, primary };
            let clash = self
                .sites
                .insert_all(&entry.code, &entry.prefix, systems, &body_site, file.layer)
                .map_err(error)?;
            if let Some(code) = clash {
                return Err(error(format!("the code {code} already stands for another site")));
            }
            for text in &entry.text {
                if !self.site_words.insert(text, &body_site, file.layer) {
                    return Err(error(format!("the words \"{text}\" already stand for another site")));
                }
            }
        }
        Ok(())
    }

    fn add_rules(
        &mut self,
        file: &Parsed,
        systems: &Systems,
        replaced: &HashSet<String>,
    ) -> Result<(), MappingError> {
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
            if file.layer == Layer::Program && replaced.contains(&rule_id(topic, &entry.id)) {
                continue;
            }
            let rule = compile_rule(topic, entry, &file.name, line, systems)?;
            if entry.question.is_empty() && entry.question_text.is_empty() && entry.meaning.is_empty() {
                let reason = "the rule is never asked: it needs a question, a question_text or a meaning";
                return Err(error(reason.to_owned()));
            }
            if let Some(known) = self.positions.get(&rule.id).and_then(|known| self.rules.get(*known)) {
                return Err(error(format!(
                    "the rule {} stands twice, also in {}:{}: give one of them another id",
                    rule.id, known.file, known.line
                )));
            }
            let position = self.rules.len();
            let clash = self
                .questions
                .insert_all(&entry.question, &[], systems, &position, file.layer)
                .map_err(error)?;
            if let Some(code) = clash {
                return Err(error(format!("the code {code} already asks another question")));
            }
            self.misused.insert_all(&entry.misused, &[], systems, &position, file.layer).map_err(error)?;
            for text in &entry.question_text {
                if !self.question_words.add_over(text, Word::Value(position), file.layer) {
                    return Err(error(format!("the words \"{text}\" already ask another question")));
                }
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
                    .insert_all(&meaning.code, &meaning.prefix, systems, &target, file.layer)
                    .map_err(error)?;
                if let Some(code) = clash {
                    return Err(error(format!("the code {code} already means something else")));
                }
                for text in &meaning.text {
                    if rule.input == Input::Drug {
                        if !self.add_product(text, position, &target, file.layer) {
                            return Err(error(format!(
                                "the name \"{text}\" already stands for another drug"
                            )));
                        }
                        continue;
                    }
                    if !self.meaning_words.insert(text, &target, file.layer) {
                        return Err(error(format!("the words \"{text}\" already mean something else")));
                    }
                }
            }
            self.positions.insert(rule.id.clone(), position);
            self.rules.push(rule);
        }
        Ok(())
    }

    /// Adds the name of a drug, over what a lower layer says of it. False where the same layer says something else.
    fn add_product(&mut self, name: &str, rule: usize, meaning: &Meaning, layer: Layer) -> bool {
        let is_first = layer == Layer::Program || self.products_of_site.insert(run_together(name));
        let may_replace = layer == Layer::Site && is_first;
        let mut readings = meaning.of(Input::Drug);
        let is_new = readings.all(|reading| !self.products.add_ingredient(name, &(rule, reading.clone())));
        is_new || may_replace
    }

    /// Adds the samples of a file; one of the site with the topic and name of another replaces that one.
    fn add_samples(&mut self, file: Parsed) {
        for sample in PlacedSample::of(file) {
            match self.samples.iter_mut().find(|known| known.is_replaced_by(&sample)) {
                Some(known) => *known = sample,
                None => self.samples.push(sample),
            }
        }
    }

    /// Gives the codes of ConceptMaps the meaning of the codes that they are translated to.
    fn translate<'s>(
        &mut self,
        sources: impl Iterator<Item = &'s MappingSource>,
    ) -> Result<(), MappingError> {
        let mut translations = Vec::new();
        for source in sources {
            concept_map::read(source, &mut translations, &mut self.remarks)?;
        }
        let mut results = vec![None; translations.len()];
        let mut note = |found: Vec<Option<bool>>| {
            for (result, found) in results.iter_mut().zip(found) {
                *result = match (*result, found) {
                    (Some(before), Some(now)) => Some(before && now),
                    (before, now) => before.or(now),
                };
            }
        };
        note(self.questions.translate(&translations));
        note(self.misused.translate(&translations));
        note(self.meanings.translate(&translations));
        note(self.sites.translate(&translations));
        for rule in &mut self.rules {
            note(rule.translate_answers(&translations));
        }
        for (translation, result) in translations.into_iter().zip(results) {
            match result {
                Some(true) => {
                    let from = (translation.from.system.clone(), translation.from.code.clone());
                    self.translated.insert(from, translation);
                }
                Some(false) => return Err(translation.clash()),
                None => self.remarks.push(translation.is_unknown()),
            }
        }
        Ok(())
    }
}

/// The id of a rule: unique among all files of a layer.
pub(super) fn rule_id(topic: &str, id: &str) -> String {
    format!("{topic}/{id}")
}

/// The ids of the rules in the site's own files, which replace those of the program altogether: their codes and words too.
fn rules_of_the_site(files: &[Parsed]) -> HashSet<String> {
    let of_site = files.iter().filter(|file| file.layer == Layer::Site);
    let rules = of_site.flat_map(|file| {
        let topic = file.content.topic.as_deref().unwrap_or_default();
        file.content.rule.iter().map(move |rule| rule_id(topic, &rule.get_ref().id))
    });
    rules.collect()
}

/// What a code or words of a rule say, and what they say besides.
fn compile_meaning(input: Input, rule: usize, entry: &MeaningEntry) -> Result<Meaning, String> {
    let read = |input: Input, name: &str, value: &str| {
        let reading = input.read(value);
        reading
            .map(|reading| (input, reading))
            .ok_or_else(|| no_such_value(input, &format!("the input {name}"), value))
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
