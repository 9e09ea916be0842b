//! Which known inputs an unknown code may have been meant for: by the words beside it, and by the start of the code.
//!
//! A guess for an engineer to judge; the mapping itself never guesses.

use std::collections::BTreeSet;

use foldhash::HashMap;

use super::catalogue::{Catalogue, CatalogueEntry, EntryKind};
use super::unmapped::{Sighting, UnmappedPlace};
use super::words::normalise;

/// Codes of one system that start alike up to here are of one family, such as `C50` in ICD-10.
const SHORTEST_COMMON_START: usize = 3;

/// What is known and not used is nobody's neighbour.
const IGNORED: &str = "ignored";

/// Words that say nothing about what is meant.
const JOINING_WORDS: [&str; 10] = ["and", "at", "by", "for", "in", "of", "or", "the", "to", "with"];

/// The catalogue, ready to be asked for neighbours.
pub struct Neighbourhood<'c> {
    catalogue: &'c Catalogue,
    /// The phrases of each entry, each as its words.
    phrases: Vec<Vec<BTreeSet<String>>>,
    /// In how many phrases a token stands: a rare one says more.
    frequency: HashMap<String, usize>,
}

impl<'c> Neighbourhood<'c> {
    /// Prepares a catalogue.
    pub fn of(catalogue: &'c Catalogue) -> Self {
        let phrases: Vec<Vec<BTreeSet<String>>> = catalogue.entries.iter().map(phrases_of).collect();
        let mut frequency: HashMap<String, usize> = HashMap::default();
        for token in phrases.iter().flatten().flatten() {
            *frequency.entry(token.clone()).or_default() += 1;
        }
        Self { catalogue, phrases, frequency }
    }

    /// The nearest entries, the nearest first: at most `most`, each with another input and value.
    pub fn nearest(&self, sighting: &Sighting, most: usize) -> Vec<&'c CatalogueEntry> {
        let words = sighting.display.as_deref().unwrap_or(&sighting.unmapped.code);
        let sent = tokens(words);
        let mut scored: Vec<(f64, &CatalogueEntry)> = Vec::new();
        for (entry, phrases) in self.catalogue.entries.iter().zip(&self.phrases) {
            if !is_comparable(entry, sighting) {
                continue;
            }
            let closest = phrases.iter().map(|phrase| self.common_words(&sent, phrase)).fold(0.0, f64::max);
            let score = closest + self.common_start(sighting, entry);
            if score > 0.0 {
                scored.push((score, entry));
            }
        }
        scored.sort_by(|(a, one), (b, other)| b.total_cmp(a).then_with(|| one.input.cmp(&other.input)));
        let place = sighting.unmapped.place;
        let mut nearest: Vec<&CatalogueEntry> = Vec::new();
        for (_, entry) in scored {
            let is_new = nearest.iter().all(|known| what(known, place) != what(entry, place));
            if is_new && nearest.len() < most {
                nearest.push(entry);
            }
        }
        nearest
    }

    /// How much the words have in common: the weight of the common ones, as a share of all that were sent or are known.
    fn common_words(&self, sent: &BTreeSet<String>, known: &BTreeSet<String>) -> f64 {
        let weight = |tokens: &mut dyn Iterator<Item = &String>| -> f64 {
            tokens
                .map(|token| 1.0 / (1.0 + count(self.frequency.get(token).copied().unwrap_or(1)).ln()))
                .sum()
        };
        let common = weight(&mut sent.intersection(known));
        if common == 0.0 {
            0.0
        } else {
            common * common / (weight(&mut sent.iter()) * weight(&mut known.iter())).sqrt()
        }
    }

    /// How much of the code's start an entry of the same system shares.
    fn common_start(&self, sighting: &Sighting, entry: &CatalogueEntry) -> f64 {
        let code = bare(&sighting.unmapped.code);
        let known = entry.codes.iter().chain(&entry.prefixes).filter_map(|code| code.split_once('|'));
        let longest = known
            .filter(|(system, _)| {
                let uris = self.catalogue.systems.get(*system);
                uris.is_some_and(|uris| uris.contains(&sighting.unmapped.system))
            })
            .map(|(_, known)| code.bytes().zip(bare(known).bytes()).take_while(|(a, b)| a == b).count())
            .max();
        let longest = longest.filter(|length| *length >= SHORTEST_COMMON_START).unwrap_or_default();
        // Numbers as codes have no families.
        if code.bytes().all(|byte| byte.is_ascii_digit()) { 0.0 } else { count(longest) * 0.5 }
    }
}

/// What an entry stands for: an input, and where more than a question was sent, a value of it.
fn what(entry: &CatalogueEntry, place: UnmappedPlace) -> (&str, Option<&str>) {
    (&entry.input, entry.value.as_deref().filter(|_| place != UnmappedPlace::Question))
}

fn is_comparable(entry: &CatalogueEntry, sighting: &Sighting) -> bool {
    if entry.input == IGNORED {
        return false;
    }
    match sighting.unmapped.place {
        UnmappedPlace::Question => {
            matches!(entry.kind, EntryKind::Question | EntryKind::Answer | EntryKind::Meaning)
        }
        UnmappedPlace::Meaning => entry.kind == EntryKind::Meaning,
        UnmappedPlace::Answer => entry.kind == EntryKind::Answer && entry.rule == sighting.unmapped.rule,
        UnmappedPlace::Site => entry.kind == EntryKind::Site,
    }
}

fn phrases_of(entry: &CatalogueEntry) -> Vec<BTreeSet<String>> {
    let names = [Some(&entry.input), entry.value.as_ref()].into_iter().flatten();
    names.chain(&entry.words).map(|text| tokens(&text.replace('-', " "))).collect()
}

/// The words of a text; of Chinese, which has no spaces, every two characters that stand side by side.
fn tokens(text: &str) -> BTreeSet<String> {
    let mut tokens = BTreeSet::new();
    for word in normalise(text).split([' ', '-', '/']) {
        let (mut latin, mut other): (String, Vec<char>) = (String::new(), Vec::new());
        for character in word.chars() {
            if character.is_ascii() {
                latin.push(character);
            } else {
                other.push(character);
            }
        }
        if latin.len() >= 2 && !JOINING_WORDS.contains(&latin.as_str()) {
            tokens.insert(latin);
        }
        tokens.extend(other.windows(2).map(|pair| pair.iter().collect::<String>()));
    }
    tokens
}

fn bare(code: &str) -> String {
    code.replace('.', "")
}

fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}
