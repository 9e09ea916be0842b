//! The texts of `locales/`, in every language, by the engine's stable slugs.

use foldhash::{HashMap, HashMapExt};

use crate::language::Language;

/// Texts in every language.
#[derive(Debug)]
pub struct Texts {
    english: Sections,
    chinese: Sections,
}

/// Texts by section, then by key.
type Sections = HashMap<String, HashMap<String, String>>;

/// A locale file that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("locales/{language}.toml: {reason}")]
pub struct TextsError {
    /// The language of the file.
    pub language: &'static str,
    /// What is wrong.
    pub reason: String,
}

impl Texts {
    /// The texts inside the program.
    ///
    /// # Errors
    /// [`TextsError`] where a file is not TOML of strings.
    pub fn embedded() -> Result<Self, TextsError> {
        Ok(Self {
            english: sections(Language::English, include_str!("../locales/en.toml"))?,
            chinese: sections(Language::Chinese, include_str!("../locales/zh.toml"))?,
        })
    }

    /// The texts of one language.
    pub const fn of(&self, language: Language) -> Speaker<'_> {
        let texts = match language {
            Language::English => &self.english,
            Language::Chinese => &self.chinese,
        };
        Speaker { language, texts }
    }
}

/// The texts of one language.
#[derive(Debug, Clone, Copy)]
pub struct Speaker<'t> {
    language: Language,
    texts: &'t Sections,
}

impl<'t> Speaker<'t> {
    /// The language spoken.
    pub const fn language(self) -> Language {
        self.language
    }

    /// The text with this key, e.g. `("band", "sins-stable")`. A missing one shows as its key; a test keeps that from
    /// happening.
    pub fn say(self, section: &str, key: &str) -> &'t str {
        self.text(section, key).unwrap_or("(text missing)")
    }

    /// A sentence with its words filled in.
    pub fn sentence(self, key: &str, words: &[(&str, &str)]) -> String {
        fill(self.say("sentence", key), words)
    }

    /// Whether there is a text with this key.
    pub fn knows(self, section: &str, key: &str) -> bool {
        self.text(section, key).is_some()
    }

    fn text(self, section: &str, key: &str) -> Option<&'t str> {
        self.texts.get(section)?.get(key).map(String::as_str)
    }
}

/// Puts words in the place of `{name}`. A name without a word stays as it is.
pub(crate) fn fill(template: &str, words: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(template.len() + 64);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let placeholder = after.split_once('}');
        let word = placeholder.and_then(|(name, _)| words.iter().find(|(known, _)| *known == name));
        if let (Some((_, remainder)), Some((_, word))) = (placeholder, word) {
            filled.push_str(word);
            rest = remainder;
        } else {
            filled.push('{');
            rest = after;
        }
    }
    filled.push_str(rest);
    filled
}

/// Reads a locale file: `[value.sins-pain]` is the section `value.sins-pain`.
fn sections(language: Language, text: &str) -> Result<Sections, TextsError> {
    let error = |reason: String| TextsError { language: language.tag(), reason };
    let table: toml::Table = toml::from_str(text).map_err(|problem| error(problem.to_string()))?;
    let mut sections = Sections::new();
    let mut open: Vec<(String, toml::Table)> = vec![(String::new(), table)];
    while let Some((section, table)) = open.pop() {
        for (key, value) in table {
            match value {
                toml::Value::String(text) => {
                    sections.entry(section.clone()).or_default().insert(key, text);
                }
                toml::Value::Table(table) if section.is_empty() => open.push((key, table)),
                toml::Value::Table(table) => open.push((format!("{section}.{key}"), table)),
                _ => return Err(error(format!("{section}.{key} is no text"))),
            }
        }
    }
    Ok(sections)
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn words_are_filled_in_by_name() {
        let cases = [
            ("{a} and {b}", "1 and 2"),
            ("{b}{b}", "22"),
            ("{unknown} {a", "{unknown} {a"),
            ("no words", "no words"),
        ];
        for (template, expected) in cases {
            assert_eq!(fill(template, &[("a", "1"), ("b", "2")]), expected);
        }
    }
}
