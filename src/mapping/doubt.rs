//! Words beside a code that deny what the code says, or leave it in doubt: "rule out", "Verdacht auf", "未见".
//!
//! They are looked for where the words are not understood as a whole, which most words beside codes are not.

use super::words::normalise;

/// The words of doubt of all mapping files.
#[derive(Debug, Default)]
pub(super) struct Doubts {
    phrases: Vec<String>,
    /// Phrases that hold one of those and leave no doubt: "no known allergy".
    exceptions: Vec<String>,
}

impl Doubts {
    /// Adds a phrase.
    pub fn add(&mut self, phrase: &str) {
        self.phrases.extend(as_words(phrase));
    }

    /// Adds a phrase that leaves no doubt, whatever it holds.
    pub fn add_exception(&mut self, phrase: &str) {
        self.exceptions.extend(as_words(phrase));
    }

    /// Whether words hold one of the phrases.
    pub fn are_in(&self, words: &str) -> bool {
        let words = ["^ ", &normalise(words), " "].concat();
        let is_doubt = |words: &str| self.phrases.iter().any(|phrase| words.contains(phrase.as_str()));
        // Nearly all words beside codes leave no doubt at all.
        is_doubt(&words)
            && is_doubt(
                &self.exceptions.iter().fold(words, |words, known| words.replace(known.as_str(), " ")),
            )
    }
}

/// A phrase as it is found in normalised text: in Latin letters as words of their own, so that "no" is not found in "node"; with
/// a `^` before it only at the start.
fn as_words(phrase: &str) -> Option<String> {
    if let Some(start) = phrase.strip_prefix('^') {
        return Some(["^ ", &normalise(start)].concat());
    }
    let phrase = normalise(phrase);
    let is_latin = |letter: char| letter.is_alphabetic() && letter < '\u{250}';
    let start = if phrase.starts_with(is_latin) { " " } else { "" };
    let end = if phrase.ends_with(is_latin) { " " } else { "" };
    (!phrase.is_empty()).then(|| [start, &phrase, end].concat())
}
