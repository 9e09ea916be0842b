//! Words that are understood as a whole phrase, by hash.

use foldhash::HashMap;

use super::source::Layer;
use super::words::run_together;

/// Phrases that are understood as a whole, with what they mean and whose file says so.
#[derive(Debug)]
pub(super) struct WordIndex<T>(HashMap<String, (T, Layer)>);

impl<T> Default for WordIndex<T> {
    fn default() -> Self {
        Self(HashMap::default())
    }
}

impl<T: Clone + PartialEq> WordIndex<T> {
    /// Adds a phrase, over what a lower layer says of it. False where the same layer says something else, which then
    /// stays.
    pub fn insert(&mut self, text: &str, meaning: &T, layer: Layer) -> bool {
        let phrase = run_together(text);
        match self.0.get(&phrase) {
            Some((before, of)) if *of == layer => before == meaning,
            _ => {
                self.0.insert(phrase, (meaning.clone(), layer));
                true
            }
        }
    }

    /// Whether a phrase is known that was run together.
    pub fn contains_key(&self, phrase: &str) -> bool {
        self.0.contains_key(phrase)
    }

    /// What a phrase means that was run together.
    pub fn get(&self, phrase: &str) -> Option<&T> {
        self.0.get(phrase).map(|(meaning, _)| meaning)
    }
}
