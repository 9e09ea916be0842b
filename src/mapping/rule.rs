//! One rule, compiled: how the answer to its question is read.

use super::code_index::CodeIndex;
use super::concept_map::Translation;
use super::decision::NearMiss;
use super::error::MappingError;
use super::file::{BinEntry, RuleEntry};
use super::input::{Input, Reading, agree};
use super::measurement::{self, Scale};
use super::set::{Systems, rule_id};
use super::source::Layer;
use super::words::{Lexicon, Said, Word, normalise};
use crate::fhir::{CodeableConcept, Quantity};
use spinemet_engine::clinical::Amount;

/// A compiled rule.
#[derive(Debug)]
pub(super) struct Rule {
    /// `topic/id`.
    pub id: String,
    /// The input it feeds.
    pub input: Input,
    /// The file it stands in.
    pub file: String,
    /// The line there.
    pub line: usize,
    /// Units a number may carry; `None` where the answer is no number.
    units: Option<Vec<String>>,
    bins: Vec<Bin>,
    /// For a measurement: how each unit becomes the analyte's own, and how much is plausible.
    scale: Scale,
    /// Numbers of another scale.
    other_scale: Option<std::ops::RangeInclusive<u32>>,
    /// Words, one of which must be in a label beside a code of the question.
    label: Vec<String>,
    answers: CodeIndex<Reading>,
    /// The values that words may name: as written, and what they mean.
    values: Vec<(String, Reading)>,
    words: Lexicon,
}

/// A number up to here has this meaning.
#[derive(Debug)]
struct Bin {
    bound: Bound,
    reading: Reading,
}

#[derive(Debug, Clone, Copy)]
enum Bound {
    Below(u32),
    UpTo(u32),
}

/// A number that is not negative, as far as bins and counts need it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Magnitude {
    whole: u32,
    has_fraction: bool,
}

pub(super) fn compile_rule(
    topic: &str,
    entry: &RuleEntry,
    file: &str,
    line: usize,
    systems: &Systems,
) -> Result<Rule, MappingError> {
    let error = |reason: String| MappingError::new(file, line, reason);
    let input = Input::from_key(&entry.input).ok_or_else(|| {
        let known: Vec<&str> = Input::keys().collect();
        error(format!("no input is called \"{}\"; {}", entry.input, known_are(&entry.input, &known)))
    })?;
    if let Some(reason) = unread_measurement(input, entry) {
        return Err(error(reason));
    }
    let mut rule = Rule {
        id: rule_id(topic, &entry.id),
        input,
        file: file.to_owned(),
        line,
        units: entry
            .number
            .as_ref()
            .map(|number| number.unit.iter().map(|unit| unit.trim().to_lowercase()).collect()),
        bins: entry
            .bins
            .iter()
            .map(|bin| compile_bin(input, bin))
            .collect::<Result<_, _>>()
            .map_err(error)?,
        scale: match &entry.number {
            Some(number) => {
                Scale::compile(&number.convert, number.plausible.as_ref(), systems).map_err(error)?
            }
            None => Scale::default(),
        },
        other_scale: entry
            .number
            .as_ref()
            .and_then(|number| number.other_scale.as_ref())
            .map(|range| range.from..=range.to),
        label: entry.label.iter().map(|word| normalise(word)).collect(),
        answers: CodeIndex::default(),
        values: Vec::new(),
        words: Lexicon::default(),
    };
    for answer in &entry.answer {
        let reading = rule.reading(&answer.value).map_err(error)?;
        let clash = rule
            .answers
            .insert_all(&answer.code, &answer.prefix, systems, &reading, Layer::Program)
            .map_err(error)?;
        if let Some(code) = clash {
            return Err(error(format!("the code {code} stands for two answers")));
        }
        for text in &answer.text {
            rule.add_words(text, &answer.value, &reading);
        }
    }
    for key in input.value_keys() {
        let reading = rule.reading(key).map_err(error)?;
        rule.add_words(key, key, &reading);
    }
    for noise in entry.question_text.iter().chain(&entry.noise) {
        rule.words.add(noise, Word::Noise);
    }
    Ok(rule)
}

/// Why a measurement would never be read: its units lack the factors to the engine's own.
fn unread_measurement(input: Input, entry: &RuleEntry) -> Option<String> {
    let Input::Laboratory(analyte) = input else { return None };
    let has_factors = entry.number.as_ref().is_some_and(|number| !number.convert.is_empty());
    let is_question = !entry.question.is_empty() || !entry.question_text.is_empty();
    (is_question && !has_factors).then(|| {
        format!(
            "{} is a measurement: its units need factors to {unit}, as number = {{ convert = [{{ unit = [\"{unit}\"], \
             factor = \"1\" }}] }}; or translate your code in a ConceptMap to one that a rule has already",
            entry.input,
            unit = analyte.unit(),
        )
    })
}

/// That an input has no such value, with those that it has.
pub(super) fn no_such_value(input: Input, name: &str, value: &str) -> String {
    let known = input.value_names();
    let list = if known.is_empty() { String::new() } else { format!("; {}", known_are(value, &known)) };
    format!("{name} has no value \"{value}\"{list}")
}

/// The names that there are, the most similar ones first.
pub(super) fn known_are(wrong: &str, known: &[&str]) -> String {
    let wrong = wrong.to_lowercase();
    let likeness = |name: &str| strsim::jaro_winkler(&wrong, &name.to_lowercase());
    let mut alike: Vec<(f64, &str)> = known.iter().map(|name| (likeness(name), *name)).collect();
    alike.retain(|(likeness, _)| *likeness > 0.8);
    alike.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    let alike: Vec<&str> = alike.into_iter().take(3).map(|(_, name)| name).collect();
    let list = format!("known are {}", known.join(", "));
    if alike.is_empty() { list } else { format!("did you mean {}? {list}", alike.join(" or ")) }
}

fn compile_bin(input: Input, entry: &BinEntry) -> Result<Bin, String> {
    let bound = match (entry.below, entry.up_to) {
        (Some(bound), None) => Bound::Below(bound),
        (None, Some(bound)) => Bound::UpTo(bound),
        _ => return Err("a bin has either below or up_to".to_owned()),
    };
    let reading = input.read(&entry.value).ok_or_else(|| no_such_value(input, "this input", &entry.value))?;
    Ok(Bin { bound, reading })
}

impl Rule {
    fn reading(&self, value: &str) -> Result<Reading, String> {
        self.input.read(value).ok_or_else(|| no_such_value(self.input, "this input", value))
    }

    /// Makes codes of a site the answers that other codes are.
    pub fn translate_answers(&mut self, translations: &[Translation]) -> Vec<Option<bool>> {
        self.scale.conversions.iter_mut().for_each(|conversion| conversion.translate(translations));
        self.answers.translate(translations)
    }

    fn add_words(&mut self, text: &str, value: &str, reading: &Reading) {
        self.words.add(text, Word::Value(self.values.len()));
        self.values.push((value.to_owned(), reading.clone()));
    }

    /// Whether a code is one of the answers.
    pub fn knows_answer(&self, system: &str, code: &str) -> bool {
        self.answers.get(system, code).is_some()
    }

    /// Whether the words sent beside a code of the question may be about it. A label that has none of the words that belong
    /// to the question is about something else.
    pub fn allows_label(&self, code: &CodeableConcept<'_>) -> bool {
        let fits = |words: &str| {
            let words = normalise(words);
            self.label.iter().any(|word| words.contains(word.as_str()))
        };
        self.label.is_empty() || code.words().next().is_none() || code.words().any(fits)
    }

    /// Whether a quantity is in a kind of unit that the question does not ask for.
    pub fn contradicts_unit(&self, quantity: &Quantity<'_>, asked: &CodeableConcept<'_>) -> bool {
        let conversion = measurement::conversion(&self.scale.conversions, units_of(quantity), asked);
        matches!(conversion, Err(NearMiss::UnitContradictsCode))
    }

    /// What a number without a unit says.
    pub fn read_integer(&self, text: &str) -> Result<Reading, NearMiss> {
        if let Input::Laboratory(analyte) = self.input {
            let asked = CodeableConcept::default();
            return self.scale.read(analyte, text, None, [""; 2], &asked);
        }
        self.read_number(text, None, "")
    }

    /// What a quantity says.
    pub fn read_quantity(
        &self,
        quantity: &Quantity<'_>,
        asked: &CodeableConcept<'_>,
    ) -> Result<Reading, NearMiss> {
        let value = quantity.value.ok_or(NearMiss::NoValue)?;
        let unit = quantity.code.as_deref().or(quantity.unit.as_deref()).unwrap_or_default();
        if let Input::Laboratory(analyte) = self.input {
            let comparator = quantity.comparator.as_deref();
            return self.scale.read(analyte, value, comparator, units_of(quantity), asked);
        }
        if !self.scale.conversions.is_empty() {
            let amount = self.scale.amount(value, units_of(quantity), asked)?;
            let magnitude = Magnitude::of(amount).ok_or(NearMiss::OutOfRange)?;
            return match quantity.comparator {
                None => self.bin(magnitude).cloned().ok_or(NearMiss::OutOfRange),
                Some(_) => Err(NearMiss::Comparator),
            };
        }
        self.read_number(value, quantity.comparator.as_deref(), unit)
    }

    fn read_number(&self, text: &str, comparator: Option<&str>, unit: &str) -> Result<Reading, NearMiss> {
        let units = self.units.as_ref().ok_or(NearMiss::ValueType)?;
        if !units.contains(&unit.trim().to_lowercase()) {
            return Err(NearMiss::Unit);
        }
        let magnitude = Magnitude::parse(text).ok_or(NearMiss::OutOfRange)?;
        if self.other_scale.as_ref().is_some_and(|scale| scale.contains(&magnitude.whole)) {
            return Err(NearMiss::OtherScale);
        }
        match comparator {
            None if self.bins.is_empty() && magnitude.has_fraction => Err(NearMiss::OutOfRange),
            None if self.bins.is_empty() => {
                self.input.read(&magnitude.whole.to_string()).ok_or(NearMiss::OutOfRange)
            }
            None => self.bin(magnitude).cloned().ok_or(NearMiss::OutOfRange),
            Some(">=") if !magnitude.has_fraction => {
                self.input.read_at_least(magnitude.whole).ok_or(NearMiss::Comparator)
            }
            Some(">") if !magnitude.has_fraction => {
                self.input.read_at_least(magnitude.whole.saturating_add(1)).ok_or(NearMiss::Comparator)
            }
            Some(_) => Err(NearMiss::Comparator),
        }
    }

    fn bin(&self, magnitude: Magnitude) -> Option<&Reading> {
        let fits = |bound: Bound| match bound {
            Bound::Below(bound) => magnitude.whole < bound,
            Bound::UpTo(bound) => {
                magnitude.whole < bound || (magnitude.whole == bound && !magnitude.has_fraction)
            }
        };
        self.bins.iter().find(|bin| fits(bin.bound)).map(|bin| &bin.reading)
    }

    /// What `true` or `false` says: the answer to a question.
    pub fn read_boolean(&self, value: bool) -> Result<Reading, NearMiss> {
        match self.input {
            Input::Question(_) => {
                self.input.read(if value { "yes" } else { "no" }).ok_or(NearMiss::ValueType)
            }
            _ => Err(NearMiss::ValueType),
        }
    }

    /// What a text says that is the whole answer.
    pub fn read_text(&self, text: &str, asked: &CodeableConcept<'_>) -> Result<Reading, NearMiss> {
        match self.input {
            Input::Laboratory(analyte) => self.scale.read_text(analyte, text, asked),
            _ => self.read_words(text),
        }
    }

    /// What a coded answer says, else its words. Words that are understood must not say something else than the code.
    pub fn read_concept(&self, concept: &CodeableConcept<'_>) -> Result<Reading, NearMiss> {
        match self.read_codes(concept)? {
            Some(reading) => {
                let mut said = concept.words().filter_map(|words| self.read_words(words).ok());
                if said.all(|said| agree(&reading, &said)) {
                    Ok(reading)
                } else {
                    Err(NearMiss::LabelDisagrees)
                }
            }
            None if concept.coding.iter().any(|coding| self.answers.knows_system(&coding.system)) => {
                Err(NearMiss::UnknownAnswer)
            }
            None if concept.words().next().is_none() => Err(NearMiss::UnknownAnswer),
            None => {
                let mut readings = concept.words().map(|words| self.read_words(words));
                let first = readings.next().unwrap_or(Err(NearMiss::UnknownAnswer));
                readings.fold(first, |found, next| match (found, next) {
                    (Ok(found), Ok(next)) if found != next => Err(NearMiss::CodesDisagree),
                    (Err(NearMiss::Illegible), next) => next,
                    (found, _) => found,
                })
            }
        }
    }

    /// What the codes of a concept say, where we know one; they must agree.
    pub fn read_codes(&self, concept: &CodeableConcept<'_>) -> Result<Option<Reading>, NearMiss> {
        let mut readings =
            concept.coding.iter().filter_map(|coding| self.answers.get(&coding.system, &coding.code));
        let first = readings.next();
        if readings.all(|reading| Some(reading) == first) {
            Ok(first.cloned())
        } else {
            Err(NearMiss::CodesDisagree)
        }
    }

    /// What words say, understood whole.
    pub fn read_words(&self, text: &str) -> Result<Reading, NearMiss> {
        if self.input == Input::WbbSectors {
            // Sectors are written in a notation of their own.
            return self.input.read(text).ok_or(NearMiss::Illegible);
        }
        let text = normalise(text);
        match self.words.understand(&text) {
            Some(Said::One(value)) => self.value(value).map(|(_, reading)| reading.clone()),
            Some(Said::Range(from, to)) => {
                let (from, to) = (self.value(from)?, self.value(to)?);
                self.input.read_range(&from.0, &to.0).ok_or(NearMiss::Illegible)
            }
            None if self.units.is_some() && self.input.value_keys().is_empty() => {
                self.read_integer(&text).map_err(|_| NearMiss::Illegible)
            }
            None => Err(NearMiss::Illegible),
        }
    }

    fn value(&self, position: usize) -> Result<&(String, Reading), NearMiss> {
        self.values.get(position).ok_or(NearMiss::Illegible)
    }
}

/// The unit's code, and its words.
fn units_of<'q>(quantity: &'q Quantity<'_>) -> [&'q str; 2] {
    let words = quantity.unit.as_deref().unwrap_or_default();
    [quantity.code.as_deref().unwrap_or(words), words]
}

impl Magnitude {
    /// An amount that is not negative.
    fn of(amount: Amount) -> Option<Self> {
        let thousandths = u64::try_from(amount.thousandths()).ok()?;
        let whole = u32::try_from(thousandths / 1000).ok()?;
        Some(Self { whole, has_fraction: thousandths % 1000 != 0 })
    }

    /// Reads a plain decimal number; signs and exponents are no magnitudes that a record of these inputs has.
    fn parse(text: &str) -> Option<Self> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        if !fraction.bytes().all(|byte| byte.is_ascii_digit())
            || !whole.bytes().all(|byte| byte.is_ascii_digit())
        {
            return None;
        }
        Some(Self { whole: whole.parse().ok()?, has_fraction: fraction.bytes().any(|byte| byte != b'0') })
    }
}
