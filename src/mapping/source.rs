//! Where mapping files come from: those in the program, and a site's directory.

use std::path::Path;

use super::error::MappingError;
use super::file::MappingFile;

/// The text of one mapping file.
#[derive(Debug, Clone)]
pub struct MappingSource {
    /// Its name, for messages.
    pub name: String,
    /// Its content.
    pub text: String,
    /// Whether it may replace what earlier files say.
    pub is_override: bool,
}

/// A mapping file in its parts.
pub(super) struct Parsed {
    pub name: String,
    pub content: MappingFile,
    pub is_override: bool,
    text: String,
}

macro_rules! embedded {
    ($($file:literal),+ $(,)?) => {
        &[ $( ($file, include_str!(concat!("../../mappings/", $file))), )+ ]
    };
}

/// The files inside the program.
const EMBEDDED: &[(&str, &str)] = embedded![
    "systems.toml",
    "biology.toml",
    "body-sites.toml",
    "cn-metastases.toml",
    "cn-nhsa.toml",
    "conditions.toml",
    "epidural.toml",
    "histology.toml",
    "instability.toml",
    "laboratory.toml",
    "medications.toml",
    "metastases.toml",
    "neurology.toml",
    "performance-status.toml",
    "primary-tumour-snomed-others.toml",
    "primary-tumour-snomed.toml",
    "primary-tumour.toml",
    "procedures.toml",
    "questions.toml",
];

impl MappingSource {
    /// The files inside the program.
    pub fn embedded() -> Vec<Self> {
        EMBEDDED
            .iter()
            .map(|(name, text)| Self {
                name: (*name).to_owned(),
                text: (*text).to_owned(),
                is_override: false,
            })
            .collect()
    }

    /// The `*.toml` files of a site's directory, by name. They may add and replace.
    ///
    /// # Errors
    /// [`MappingError`] where the directory or a file cannot be read.
    pub fn from_directory(directory: &Path) -> Result<Vec<Self>, MappingError> {
        let unreadable = |path: &Path, error: &std::io::Error| {
            MappingError::new(&path.display().to_string(), 1, format!("cannot be read: {error}"))
        };
        let entries = std::fs::read_dir(directory).map_err(|error| unreadable(directory, &error))?;
        let mut paths = Vec::new();
        for entry in entries {
            let path = entry.map_err(|error| unreadable(directory, &error))?.path();
            if path.extension().is_some_and(|extension| extension == "toml") {
                paths.push(path);
            }
        }
        paths.sort();
        paths
            .into_iter()
            .map(|path| {
                let text = std::fs::read_to_string(&path).map_err(|error| unreadable(&path, &error))?;
                Ok(Self { name: path.display().to_string(), text, is_override: true })
            })
            .collect()
    }

    pub(super) fn parse(&self) -> Result<Parsed, MappingError> {
        let content = toml::from_str(&self.text).map_err(|error| {
            let line = error.span().map_or(1, |span| line_of(&self.text, span.start));
            MappingError::new(&self.name, line, error.message().to_owned())
        })?;
        Ok(Parsed {
            name: self.name.clone(),
            content,
            is_override: self.is_override,
            text: self.text.clone(),
        })
    }
}

impl Parsed {
    /// The line of a position in the file, counted from one.
    pub fn line_of(&self, position: usize) -> usize {
        line_of(&self.text, position)
    }
}

fn line_of(text: &str, position: usize) -> usize {
    text.bytes().take(position).filter(|byte| *byte == b'\n').count() + 1
}
