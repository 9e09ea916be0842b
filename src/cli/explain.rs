//! `spinemet explain`: what each resource of the input became, and why.

mod account;
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
    /// The instant at which the patients are looked at, as a FHIR date or dateTime; a date means its last second in UTC
    /// [default: now]
    #[arg(long, value_name = "DATE")]
    as_of: Option<AsOf>,
    /// A directory of the site's own mapping files
    #[arg(long, value_name = "DIR")]
    mappings: Option<PathBuf>,
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
    let assessor = Assessor::new(arguments.mappings.as_deref())?;
    let as_of = arguments.as_of.unwrap_or_else(AsOf::now);
    let look = Console::look();
    each_record(&arguments.files, console, |document, place, console| {
        let outcome = Record::read(document.bytes).and_then(|record| assessor.evaluate(record, as_of.0));
        match (arguments.format, outcome) {
            (Format::Table, Ok(evaluation)) => {
                let entries = account::of(&evaluation, assessor.mappings());
                let speaker = assessor.speaker(Language::English);
                console.write(&table::answer(&entries, &evaluation, place, speaker, look))
            }
            (Format::Json, Ok(evaluation)) => {
                let entries = account::of(&evaluation, assessor.mappings());
                console.write(&json::answer(&entries, &evaluation, place)?)
            }
            (Format::Table, Err(rejection)) => {
                console.note(Status::NotAll);
                console.write(&refusal::page("Could not be read", &rejection, place, look))
            }
            (Format::Json, Err(rejection)) => {
                console.write(&refusal::json(json::FORMAT, &rejection, place)?)?;
                console.complain(&refusal::complaint(&rejection, place), Status::NotAll);
                Ok(())
            }
        }
    })
}
