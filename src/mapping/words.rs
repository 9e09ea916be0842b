//! Words in records: compared without case, width, punctuation and spacing, and understood whole or not at all.

use foldhash::HashMap;

use super::source::Layer;

/// A phrase and what it stands for in a [`Lexicon`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Word {
    /// Says nothing about the value: `score`, `评分`, the question's own words.
    Noise,
    /// A value, by its position in the caller's table.
    Value(usize),
}

/// The phrases that a text may consist of, found by hash: the cost of a look-up grows with the length of the longest
/// phrase, not with their number.
#[derive(Debug, Clone, Default)]
pub(super) struct Lexicon {
    phrases: HashMap<String, Phrase>,
    /// How long phrases are, in bytes, longest first.
    lengths: Vec<usize>,
}

/// What a phrase stands for, and whose file says so.
#[derive(Debug, Clone)]
struct Phrase {
    word: Word,
    layer: Layer,
}

/// What a text says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// One value.
    One(usize),
    /// From one value to another: `70-80`.
    Range(usize, usize),
}

impl Lexicon {
    /// Adds a phrase; an empty one is ignored, and the first meaning of a phrase stays.
    pub fn add(&mut self, phrase: &str, word: Word) {
        self.add_over(phrase, word, Layer::Program);
    }

    /// Adds a phrase; a value is said over noise, and over what a lower layer says. False where the same layer has
    /// another value for it, which then stays.
    pub fn add_over(&mut self, phrase: &str, word: Word, layer: Layer) -> bool {
        let text = normalise(phrase);
        if text.is_empty() {
            return true;
        }
        let Some(known) = self.phrases.get_mut(&text) else {
            let position = self.lengths.partition_point(|length| *length > text.len());
            if self.lengths.get(position) != Some(&text.len()) {
                self.lengths.insert(position, text.len());
            }
            self.phrases.insert(text, Phrase { word, layer });
            return true;
        };
        if word == Word::Noise || known.word == word {
            return true;
        }
        let may_replace = known.word == Word::Noise || known.layer < layer;
        if may_replace {
            (known.word, known.layer) = (word, layer);
        }
        may_replace
    }

    /// What a normalised text says, where every word of it is known and one value or range is left.
    pub fn understand(&self, text: &str) -> Option<Said> {
        let mut values: Vec<usize> = Vec::new();
        let mut is_range = false;
        let mut rest = text.trim_start();
        // Before a value it is a minus, and behind one the range has no end.
        if rest.starts_with('-') || rest.ends_with('-') {
            return None;
        }
        while !rest.is_empty() {
            if let Some(after) = rest.strip_prefix('-') {
                is_range |= values.len() == 1;
                rest = after.trim_start();
                continue;
            }
            let (word, after) = self.first_phrase(rest)?;
            if let Word::Value(value) = word
                && values.last() != Some(value)
            {
                values.push(*value);
            }
            rest = after.trim_start();
        }
        match (values.as_slice(), is_range) {
            ([value], _) => Some(Said::One(*value)),
            ([from, to], true) => Some(Said::Range(*from, *to)),
            _ => None,
        }
    }

    /// The longest phrase that a text starts with as a word of its own, and what comes behind it.
    fn first_phrase<'t>(&self, text: &'t str) -> Option<(&Word, &'t str)> {
        self.lengths.iter().find_map(|length| {
            let (start, after) = text.split_at_checked(*length)?;
            let phrase = self.phrases.get(start)?;
            ends_as_a_word(start, after).then_some((&phrase.word, after))
        })
    }

    /// The value that a normalised text is the one phrase of.
    pub fn phrase(&self, text: &str) -> Option<usize> {
        match self.phrases.get(text)?.word {
            Word::Value(value) => Some(value),
            Word::Noise => None,
        }
    }

    /// Whether a normalised text consists of known words and says a value: for questions.
    pub fn is_about(&self, text: &str) -> Option<usize> {
        match self.understand(text)? {
            Said::One(value) => Some(value),
            Said::Range(..) => None,
        }
    }
}

/// Whether a phrase is a word of its own before what follows. Chinese needs no spaces between words; Latin letters and
/// digits do.
fn ends_as_a_word(phrase: &str, rest: &str) -> bool {
    let ends_in_latin = phrase.ends_with(|last: char| last.is_ascii_alphanumeric());
    let continues_in_latin = rest.starts_with(|next: char| next.is_ascii_alphanumeric() || next == '.');
    let letter_then_digit = phrase.ends_with(|last: char| last.is_ascii_alphabetic())
        && rest.starts_with(|next: char| next.is_ascii_digit());
    !(ends_in_latin && continues_in_latin) || letter_then_digit
}

/// A text in the form in which texts are compared: lower case, half width, one space between words, range marks as `-`.
pub(super) fn normalise(text: &str) -> String {
    let mut normal = String::with_capacity(text.len());
    let mut previous = ' ';
    let mut characters = text.chars().map(half_width).peekable();
    while let Some(character) = characters.next() {
        let next = characters.peek().copied().unwrap_or(' ');
        let normalised = match character {
            '.' if previous.is_ascii_digit() && next.is_ascii_digit() => '.',
            '–' | '—' | '−' | '~' | '〜' | '～' | '至' | '到' => '-',
            _ if is_separator(character) => ' ',
            _ => character.to_lowercase().next().unwrap_or(character),
        };
        if normalised != ' ' || !normal.ends_with(' ') {
            normal.push(normalised);
        }
        previous = character;
    }
    normal.trim().to_owned()
}

/// A text as one run without spaces, for phrases that are compared as a whole: `T 12` is `t12`. Between digits a space stays:
/// `T1, 2` is two vertebrae and not the twelfth.
pub(super) fn run_together(text: &str) -> String {
    let normal = normalise(text);
    let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    let bytes = normal.as_bytes();
    let separates = |at: usize| is_digit(bytes.get(at.wrapping_sub(1))) && is_digit(bytes.get(at + 1));
    let kept = normal.char_indices().filter(|(at, character)| *character != ' ' || separates(*at));
    kept.map(|(_, character)| character).collect()
}

/// A character of full width, as East Asian keyboards write Latin letters and digits, in half width.
pub(super) fn half_width(character: char) -> char {
    match u32::from(character) {
        code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(character),
        0x3000 => ' ',
        _ => character,
    }
}

fn is_separator(character: char) -> bool {
    character.is_whitespace()
        || matches!(character, '.' | ',' | ';' | ':' | '(' | ')' | '[' | ']' | '"' | '\'' | '_' | '%' | '=')
        || matches!(character, '，' | '。' | '、' | '：' | '；' | '【' | '】' | '“' | '”' | '’' | '‘')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn karnofsky() -> Lexicon {
        let mut lexicon = Lexicon::default();
        for (index, value) in ["70", "80", "90"].iter().enumerate() {
            lexicon.add(value, Word::Value(index));
        }
        for noise in ["KPS", "score", "评分", "分"] {
            lexicon.add(noise, Word::Noise);
        }
        lexicon
    }

    #[test]
    fn a_text_is_understood_whole_or_not_at_all() {
        let cases = [
            ("80", Some(Said::One(1))),
            ("KPS 80%", Some(Said::One(1))),
            ("KPS评分80分", Some(Said::One(1))),
            ("ＫＰＳ　８０", Some(Said::One(1))),
            ("KPS80", Some(Said::One(1))),
            ("KPS: 70-80", Some(Said::Range(0, 1))),
            ("70至80分", Some(Said::Range(0, 1))),
            ("80 80", Some(Said::One(1))),
            ("80, was 60 in May", None),
            ("80 or 90", None),
            ("80 90", None),
            ("180", None),
            ("80.5", None),
            ("-", None),
            ("-80", None),
            ("80-", None),
            ("KPS-80", Some(Said::One(1))),
            ("", None),
            ("不是80", None),
        ];
        for (text, expected) in cases {
            assert_eq!(karnofsky().understand(&normalise(text)), expected, "{text}");
        }
    }

    #[test]
    fn digits_that_something_separates_are_not_one_number() {
        for (text, expected) in [
            ("T 12", "t12"),
            ("胸 12 椎体", "胸12椎体"),
            ("T1, 2", "t1 2"),
            ("T1、2", "t1 2"),
            ("胸１、２椎体", "胸1 2椎体"),
            ("1.5 cm", "1.5cm"),
        ] {
            assert_eq!(run_together(text), expected, "{text}");
        }
    }
}
