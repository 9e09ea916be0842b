//! `spinemet explain`: what each resource of the input became, and why.

mod json;
mod table;

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::as_of::AsOf;
use super::console::Console;
use super::failure::Failure;
use super::records::each_record;
use super::refusal;
use super::source::Source;
use super::status::Status;
use crate::assess::Assessor;
use crate::explanation::Explanation;
use crate::fhir::Record;
use crate::language::Language;

const EXAMPLES: &str = "\
Examples:
  spinemet explain examples/kidney-missing.json
  spinemet explain --format json all.ndjson |
    jq -c '.resources[]? | select(.outcome == \"near-miss\")'

A near miss was meant for an input but could not be used, because its code is
known under another system only, or its unit or words are not known. A site can
add codes and words in mapping files of its own (--mappings).";

/// Show what each resource became: mapped to which statement by which rule, left aside, or a near miss, and why.
#[derive(Debug, Args)]
#[command(after_help = super::help(EXAMPLES))]
pub(super) struct Arguments {
    /// FHIR Bundles, or Parameters with a bundle part, as JSON or NDJSON (one a line); - is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<Source>,
    /// For people, or for machines: one JSON document a line for each record
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// The language of texts: en or zh
    #[arg(long, default_value = "en")]
    language: Language,
    /// The instant at which the patients are looked at, as a FHIR date or dateTime; a date means its last second in UTC
    /// [default: now]
    #[arg(long, value_name = "DATE")]
    as_of: Option<AsOf>,
    /// The site's own mapping files: a directory, a *.toml, or a ConceptMap as *.json; may be given several times
    #[arg(long, value_name = "PATH")]
    mappings: Vec<PathBuf>,
}

/// The forms of the answer.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Format {
    /// A table for people
    #[default]
    Table,
    /// One object a record, in stable keys and codes
    Json,
}

/// Explains every record of every file.
pub(super) fn run(arguments: &Arguments, console: &mut Console) -> Result<(), Failure> {
    let assessor = Assessor::new(arguments.mappings.iter().map(PathBuf::as_path))?;
    let as_of = arguments.as_of.unwrap_or_else(AsOf::now);
    let look = Console::look();
    let speaker = assessor.speaker(arguments.language);
    each_record(&arguments.files, console, |document, place, console| {
        let outcome = Record::read(document.bytes).and_then(|record| {
            let evaluation = assessor.evaluate(record, as_of.0)?;
            Ok(Explanation::of(&evaluation, assessor.mappings(), speaker))
        });
        match (arguments.format, outcome) {
            (Format::Table, Ok(explanation)) => {
                console.write(&table::answer(&explanation, place, speaker, look))
            }
            (Format::Json, Ok(explanation)) => console.write(&json::answer(&explanation, place)?),
            (Format::Table, Err(rejection)) => {
                console.note(Status::NotAll);
                console.write(&refusal::page(speaker.say("explain", "not-read"), &rejection, place, look))
            }
            (Format::Json, Err(rejection)) => {
                console.write(&refusal::json(json::FORMAT, &rejection, place)?)?;
                console.complain(&refusal::complaint(&rejection, place), Status::NotAll);
                Ok(())
            }
        }
    })
}
