//! Where mapping files come from: those in the program, and a site's own.

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
    /// Whose it is.
    pub layer: Layer,
    /// How it is written.
    pub form: Form,
}

/// Whose a mapping file is. What a later layer says replaces what an earlier one says of the same thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// Inside the program.
    Program,
    /// The site's own.
    Site,
}

/// How a mapping file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// TOML, as `mappings/README.md` describes it.
    Toml,
    /// A FHIR ConceptMap as JSON.
    ConceptMap,
}

/// A mapping file in its parts.
pub(super) struct Parsed {
    pub name: String,
    pub content: MappingFile,
    pub layer: Layer,
    lines: Lines,
}

/// Where the lines of a text begin, so that a line is found without counting again.
pub(super) struct Lines(Vec<usize>);

impl Lines {
    pub fn of(text: &str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Self(ends.map(|(position, _)| position).collect())
    }

    /// The line of a position, counted from one.
    pub fn at(&self, position: usize) -> usize {
        self.0.partition_point(|end| *end < position) + 1
    }
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
    "doubt.toml",
    "epidural.toml",
    "events.toml",
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
                layer: Layer::Program,
                form: Form::Toml,
            })
            .collect()
    }

    /// The site's own files: one that is named, or every `*.toml` and `*.json` of a directory, by name.
    ///
    /// # Errors
    /// [`MappingError`] where the directory or a file cannot be read, or is neither TOML nor JSON by its name.
    pub fn of_site(path: &Path) -> Result<Vec<Self>, MappingError> {
        if !path.is_dir() {
            return Self::from_file(path).map(|source| vec![source]);
        }
        let entries = std::fs::read_dir(path).map_err(|error| unreadable(path, &error))?;
        let mut paths = Vec::new();
        for entry in entries {
            let found = entry.map_err(|error| unreadable(path, &error))?.path();
            if form_of(&found).is_some() {
                paths.push(found);
            }
        }
        paths.sort();
        paths.iter().map(|path| Self::from_file(path)).collect()
    }

    fn from_file(path: &Path) -> Result<Self, MappingError> {
        let text = std::fs::read_to_string(path).map_err(|error| unreadable(path, &error))?;
        let name = path.display().to_string();
        let form = form_of(path).ok_or_else(|| {
            let reason = "a mapping file is called *.toml, a ConceptMap *.json".to_owned();
            MappingError::new(&name, 1, reason)
        })?;
        // Some editors put a byte order mark before the text.
        let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
        Ok(Self { name, text, layer: Layer::Site, form })
    }

    pub(super) fn parse(&self) -> Result<Parsed, MappingError> {
        let content = toml::from_str(&self.text).map_err(|error| {
            let line = error.span().map_or(1, |span| Lines::of(&self.text).at(span.start));
            MappingError::new(&self.name, line, error.message().to_owned())
        })?;
        Ok(Parsed { name: self.name.clone(), content, layer: self.layer, lines: Lines::of(&self.text) })
    }
}

impl Parsed {
    /// The line of a position in the file, counted from one.
    pub fn line_of(&self, position: usize) -> usize {
        self.lines.at(position)
    }
}

fn form_of(path: &Path) -> Option<Form> {
    match path.extension()?.to_str()? {
        "toml" => Some(Form::Toml),
        "json" => Some(Form::ConceptMap),
        _ => None,
    }
}

fn unreadable(path: &Path, error: &std::io::Error) -> MappingError {
    MappingError::new(&path.display().to_string(), 1, format!("cannot be read: {error}"))
}
