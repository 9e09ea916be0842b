//! Names of products: an ingredient or brand among strengths, forms and salts, understood whole or not at all.
//!
//! Records name products far more often than substances ("贝伐珠单抗注射液", "Bevacizumab 25 MG/ML Injection [Avastin]"). A
//! name is read only where every word of it is known and all ingredients are the same to the guidance. Words such as "eye
//! drops" make it another thing.

use super::input::Reading;
use super::words::normalise;

/// What a word of a product's name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// A strength's unit, a form, a salt: says nothing about the ingredient.
    Noise,
    /// Makes it something else: a cream, eye drops.
    Otherwise,
    /// An ingredient or brand, by its position among the meanings.
    Ingredient(usize),
}

/// The words of product names, by their first character and the longest first.
#[derive(Debug, Default)]
pub(super) struct ProductNames {
    words: foldhash::HashMap<char, Vec<(String, Part)>>,
    /// The rule and what it says, once for all words that say it.
    meanings: Vec<(usize, Reading)>,
}

/// What a product's name says.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Product<'s> {
    /// This rule, and what it reads.
    Known(&'s (usize, Reading)),
    /// An ingredient of this rule, in another form than the one that is meant.
    OtherForm(usize),
    /// An ingredient of this rule, among words that are not understood, or beside another ingredient.
    Unclear(usize),
    /// No ingredient that is known.
    Unknown,
}

impl ProductNames {
    /// Adds an ingredient or brand. Returns whether it stood for something else before, which is forgotten.
    pub fn add_ingredient(&mut self, name: &str, meaning: &(usize, Reading)) -> bool {
        let position = self.meanings.iter().position(|known| known == meaning).unwrap_or_else(|| {
            self.meanings.push(meaning.clone());
            self.meanings.len() - 1
        });
        let before = self.add(name, Part::Ingredient(position));
        before.is_some_and(|before| before != Part::Ingredient(position))
    }

    /// Adds a word that may stand beside an ingredient.
    pub fn add_noise(&mut self, word: &str) {
        self.add(word, Part::Noise);
    }

    /// Adds a word that makes the product something else.
    pub fn add_exception(&mut self, word: &str) {
        self.add(word, Part::Otherwise);
    }

    fn add(&mut self, word: &str, part: Part) -> Option<Part> {
        let word = normalise(word);
        let words = self.words.entry(word.chars().next()?).or_default();
        if let Some((_, known)) = words.iter_mut().find(|(known, _)| *known == word) {
            return Some(std::mem::replace(known, part));
        }
        words.push((word, part));
        words.sort_by(|(a, _), (b, _)| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        None
    }

    /// What a name says.
    pub fn read(&self, name: &str) -> Product<'_> {
        let name = normalise(name);
        let mut ingredients: Vec<usize> = Vec::new();
        let (mut is_other_form, mut is_clear) = (false, true);
        let mut rest = name.as_str();
        let mut previous = None;
        while let Some(next) = rest.chars().next() {
            let starts_word = !(joins(previous) && joins(Some(next)));
            let found = self.word_at(rest).filter(|_| starts_word || !next.is_ascii());
            let length = match found {
                Some((word, part)) => {
                    match part {
                        Part::Ingredient(position) if !ingredients.contains(&position) => {
                            ingredients.push(position);
                        }
                        Part::Otherwise => is_other_form = true,
                        Part::Ingredient(_) | Part::Noise => {}
                    }
                    word.len() + biosimilar_suffix(rest.get(word.len()..).unwrap_or_default(), part)
                }
                None if next == ' ' || matches!(next, '-' | '/' | '+' | '*') => next.len_utf8(),
                None => {
                    let number = number_length(rest);
                    is_clear &= number > 0 && starts_word;
                    number.max(next.len_utf8())
                }
            };
            let (taken, left) = rest.split_at(length.min(rest.len()));
            previous = taken.chars().next_back();
            // A number ends where its unit begins: "25mg".
            if found.is_none() && previous.is_some_and(|last| last.is_ascii_digit()) {
                previous = None;
            }
            rest = left;
        }
        let rule = ingredients.first().and_then(|position| self.meanings.get(*position));
        match (rule, ingredients.len()) {
            (None, _) => Product::Unknown,
            (Some((rule, _)), _) if is_other_form => Product::OtherForm(*rule),
            (Some(meaning), 1) if is_clear => Product::Known(meaning),
            (Some((rule, _)), _) => Product::Unclear(*rule),
        }
    }

    /// The longest word with which a text begins.
    fn word_at(&self, text: &str) -> Option<(&str, Part)> {
        let words = self.words.get(&text.chars().next()?)?;
        let ends = |word: &str| {
            let next = text.get(word.len()..).and_then(|rest| rest.chars().next());
            !(joins(word.chars().next_back()) && joins(next))
        };
        let found = words.iter().find(|(word, _)| text.starts_with(word.as_str()) && ends(word))?;
        Some((found.0.as_str(), found.1))
    }
}

/// Whether a character is part of a word that goes on: Chinese needs no spaces between words; Latin letters and digits do.
fn joins(character: Option<char>) -> bool {
    character.is_some_and(|character| character.is_ascii_alphanumeric())
}

/// The length of a number with which a text begins.
fn number_length(text: &str) -> usize {
    let length =
        text.find(|character: char| !(character.is_ascii_digit() || character == '.')).unwrap_or(text.len());
    if text.starts_with(|first: char| first.is_ascii_digit()) { length } else { 0 }
}

/// The length of the four letters that tell biosimilars apart: bevacizumab-awwb.
fn biosimilar_suffix(rest: &str, part: Part) -> usize {
    let letters = rest.strip_prefix('-').unwrap_or_default();
    let length = letters.find(|character: char| !character.is_ascii_lowercase()).unwrap_or(letters.len());
    if matches!(part, Part::Ingredient(_)) && length == 4 { 5 } else { 0 }
}

#[cfg(test)]
mod tests {
    use spinemet_engine::clinical::{Drug, DrugUse, Statement};

    use super::*;

    fn names() -> ProductNames {
        let mut names = ProductNames::default();
        let says = |drug| (0, Reading::Statement(Statement::Drug(drug, DrugUse::Prescribed)));
        for name in ["bevacizumab", "Avastin", "贝伐珠单抗"] {
            names.add_ingredient(name, &says(Drug::Bevacizumab));
        }
        for name in ["dexamethasone", "prednisolone", "地塞米松"] {
            names.add_ingredient(name, &says(Drug::Glucocorticoid));
        }
        for word in ["mg", "ml", "injection", "注射液", "and", "磷酸钠"] {
            names.add_noise(word);
        }
        for word in ["eye drops", "滴眼液"] {
            names.add_exception(word);
        }
        names
    }

    #[test]
    fn a_name_is_understood_whole_or_not_at_all() {
        let known = |name: &str| matches!(names().read(name), Product::Known(_));
        for name in [
            "Bevacizumab",
            "bevacizumab-awwb 100 mg/4 mL",
            "Bevacizumab 25 MG/ML Injection [Avastin]",
            "25mg/ml bevacizumab",
            "贝伐珠单抗注射液",
            "贝伐珠单抗注射液(安维汀)100mg:4ml".replace("安维汀", "Avastin").as_str(),
            "地塞米松磷酸钠注射液",
            "dexamethasone and prednisolone",
        ] {
            assert!(known(name), "{name}");
        }
        for (name, expected) in [
            ("dexamethasone 0.1 % eye drops", Product::OtherForm(0)),
            ("地塞米松滴眼液", Product::OtherForm(0)),
            ("no bevacizumab", Product::Unclear(0)),
            ("bevacizumab and dexamethasone", Product::Unclear(0)),
            ("停用贝伐珠单抗", Product::Unclear(0)),
            ("bevacizumab-antibody", Product::Unclear(0)),
            ("antibevacizumab", Product::Unknown),
            ("bevacizumabx", Product::Unknown),
            ("paracetamol", Product::Unknown),
            ("", Product::Unknown),
        ] {
            assert_eq!(names().read(name), expected, "{name}");
        }
    }
}
