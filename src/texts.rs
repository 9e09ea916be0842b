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

/// A locale file: its name, and what is in it.
type File = (&'static str, &'static str);

/// What is said of a patient and of orders, the rules of the consensus, and the page about the knowledge.
const ENGLISH: [File; 5] = [
    ("en.toml", include_str!("../locales/en.toml")),
    ("guidance.en.toml", include_str!("../locales/guidance.en.toml")),
    ("cards.en.toml", include_str!("../locales/cards.en.toml")),
    ("rules.en.toml", include_str!("../locales/rules.en.toml")),
    ("knowledge.en.toml", include_str!("../locales/knowledge.en.toml")),
];

const CHINESE: [File; 5] = [
    ("zh.toml", include_str!("../locales/zh.toml")),
    ("guidance.zh.toml", include_str!("../locales/guidance.zh.toml")),
    ("cards.zh.toml", include_str!("../locales/cards.zh.toml")),
    ("rules.zh.toml", include_str!("../locales/rules.zh.toml")),
    ("knowledge.zh.toml", include_str!("../locales/knowledge.zh.toml")),
];

/// A locale file that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("locales/{file}: {reason}")]
pub struct TextsError {
    /// The name of the file.
    pub file: &'static str,
    /// What is wrong.
    pub reason: String,
}

impl Texts {
    /// The texts inside the program.
    ///
    /// # Errors
    /// [`TextsError`] where a file is not TOML of strings, or says again what another one has said.
    pub fn embedded() -> Result<Self, TextsError> {
        Ok(Self { english: sections(&ENGLISH)?, chinese: sections(&CHINESE)? })
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

/// Reads the locale files of a language: `[value.sins-pain]` is the section `value.sins-pain`.
fn sections(files: &[File]) -> Result<Sections, TextsError> {
    let mut sections = Sections::new();
    for (file, text) in files {
        add(&mut sections, text).map_err(|reason| TextsError { file, reason })?;
    }
    Ok(sections)
}

fn add(sections: &mut Sections, text: &str) -> Result<(), String> {
    let table: toml::Table = toml::from_str(text).map_err(|problem| problem.to_string())?;
    let mut open: Vec<(String, toml::Table)> = vec![(String::new(), table)];
    while let Some((section, table)) = open.pop() {
        for (key, value) in table {
            match value {
                toml::Value::String(text) => {
                    let place = format!("{section}.{key}");
                    if sections.entry(section.clone()).or_default().insert(key, text).is_some() {
                        return Err(format!("{place} is also in another file"));
                    }
                }
                toml::Value::Table(table) if section.is_empty() => open.push((key, table)),
                toml::Value::Table(table) => open.push((format!("{section}.{key}"), table)),
                _ => return Err(format!("{section}.{key} is no text")),
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Sections, add, fill};

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

    #[test]
    fn no_file_overrides_another() {
        let mut sections = Sections::default();
        assert_eq!(add(&mut sections, "[a]\nb = \"1\""), Ok(()));
        assert_eq!(add(&mut sections, "[a]\nc = \"2\""), Ok(()));
        assert_eq!(add(&mut sections, "[a]\nb = \"3\""), Err("a.b is also in another file".to_owned()));
    }
}
