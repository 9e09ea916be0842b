//! `spinemet mappings list`: which codes and words mean what, and where that stands.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::super::console::Console;
use super::super::failure::Failure;
use super::super::json::as_line;
use super::super::page::{HEADING, Page};
use super::sources;
use crate::mapping::{Catalogue, CatalogueEntry};

const EXAMPLES: &str = "\
Examples:
  spinemet mappings list --input karnofsky
  spinemet mappings list --matching 胸12
  spinemet mappings list --site-only --mappings /etc/spinemet/mappings
  spinemet mappings list --format json | jq -r '.codes[]?' | sort | uniq -d";

/// List the inputs with the codes, words and units that feed them, and where that is written.
#[derive(Debug, Args)]
#[command(after_help = super::super::help(EXAMPLES))]
pub(super) struct Arguments {
    /// The site's own mapping files: a directory or a *.toml; may be given several times
    #[arg(long, value_name = "PATH")]
    mappings: Vec<PathBuf>,
    /// Only this input, e.g. karnofsky or body-site
    #[arg(long, value_name = "NAME")]
    input: Option<String>,
    /// Only entries with this text in a code, word, value or rule
    #[arg(long, value_name = "TEXT")]
    matching: Option<String>,
    /// Only what the site's own files say
    #[arg(long)]
    site_only: bool,
    /// For people, or for machines: one JSON object a line for each entry
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// The forms of the list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table for people
    #[default]
    Table,
    /// One object an entry, in stable keys
    Json,
}

pub(super) fn run(arguments: &Arguments, console: &mut Console) -> Result<(), Failure> {
    let catalogue = Catalogue::of(&sources(&arguments.mappings)?).map_err(Failure::MappingFiles)?;
    let entries = catalogue.entries.iter().filter(|entry| is_asked_for(entry, arguments));
    if arguments.format == Format::Json {
        for entry in entries {
            console.write(&as_line(entry)?)?;
        }
        return Ok(());
    }
    let mut entries: Vec<&CatalogueEntry> = entries.collect();
    entries.sort_by(|one, other| one.input.cmp(&other.input));
    let mut page = Page::new(Console::look());
    let rows: Vec<Vec<String>> = entries.iter().map(|entry| row(entry)).collect();
    page.table(0, Some(&["Input", "Value", "Kind", "Codes and words", "Where"]), &rows);
    page.line(0, HEADING, &format!("{} entries", rows.len()));
    console.write(&page.into_bytes())
}

fn is_asked_for(entry: &CatalogueEntry, arguments: &Arguments) -> bool {
    let texts = || entry.codes.iter().chain(&entry.prefixes).chain(&entry.words);
    let matches = |text: &str| {
        let text = text.to_lowercase();
        texts().chain(&entry.value).chain(&entry.rule).any(|found| found.to_lowercase().contains(&text))
    };
    arguments.input.as_ref().is_none_or(|input| entry.input == *input)
        && arguments.matching.as_deref().is_none_or(matches)
        && (entry.is_site || !arguments.site_only)
}

fn row(entry: &CatalogueEntry) -> Vec<String> {
    let prefixes = entry.prefixes.iter().map(|prefix| format!("{prefix}*"));
    let words = entry.words.iter().map(|word| format!("\"{word}\""));
    let sent: Vec<String> = entry.codes.iter().cloned().chain(prefixes).chain(words).collect();
    let place = format!("{}:{}", entry.file, entry.line);
    let rule = entry.rule.as_ref().map_or_else(|| place.clone(), |rule| format!("{rule} ({place})"));
    vec![
        entry.input.clone(),
        entry.value.clone().unwrap_or_default(),
        entry.kind.key().to_owned(),
        sent.join(", "),
        rule,
    ]
}
