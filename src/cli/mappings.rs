//! `spinemet mappings check`: whether the mapping files mean what they say they mean.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::console::Console;
use super::failure::Failure;
use super::page::{ALARM, HEADING, PLAIN, Page};
use super::status::Status;
use crate::mapping::{MappingSet, MappingSource, SampleFailure, check_samples};

const EXAMPLES: &str = "\
Examples:
  spinemet mappings check
  spinemet mappings check --mappings /etc/spinemet/mappings";

/// Work on mapping files.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(CheckArguments),
}

/// Compile every mapping file and run the samples inside them.
#[derive(Debug, Args)]
#[command(after_help = super::help(EXAMPLES))]
struct CheckArguments {
    /// A directory of the site's own mapping files, checked together with those inside the program
    #[arg(long, value_name = "DIR")]
    mappings: Option<PathBuf>,
}

/// Works on mapping files.
pub(super) fn run(arguments: &Arguments, console: &mut Console) -> Result<(), Failure> {
    let Command::Check(arguments) = &arguments.command;
    check(arguments, console)
}

fn check(arguments: &CheckArguments, console: &mut Console) -> Result<(), Failure> {
    let mut sources = MappingSource::embedded();
    if let Some(directory) = &arguments.mappings {
        sources.extend(MappingSource::from_directory(directory).map_err(Failure::MappingFiles)?);
    }
    let set = match MappingSet::compile(&sources) {
        Ok(set) => set,
        Err(error) => {
            console.complain(&error.to_string(), Status::NotAll);
            return Ok(());
        }
    };
    let (samples, failures) = check_samples(&set);
    if !failures.is_empty() {
        console.note(Status::NotAll);
    }
    let counts = format!(
        "{} files, {} rules, {samples} samples: {}. Version {}.",
        sources.len(),
        set.rule_count(),
        match failures.len() {
            0 => "all as expected".to_owned(),
            failed => format!("{failed} failed"),
        },
        set.version(),
    );
    console.write(&report(&failures, &counts))
}

/// Every failure with what was expected and what was found, then the counts.
fn report(failures: &[SampleFailure], counts: &str) -> Vec<u8> {
    let mut page = Page::new(Console::look());
    let list = |statements: &[String]| match statements {
        [] => "nothing".to_owned(),
        statements => statements.join("; "),
    };
    for failure in failures {
        page.line(0, ALARM, &format!("{}: {}", failure.file, failure.name));
        page.line(2, PLAIN, &format!("expected {}", list(&failure.expected)));
        page.line(2, PLAIN, &format!("found    {}", list(&failure.found)));
    }
    page.line(0, HEADING, counts);
    page.into_bytes()
}
