//! `spinemet mappings`: whether the mapping files mean what they say they mean, what is in them, and what is not yet.

mod list;
mod schema;
mod suggest;

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::console::Console;
use super::failure::Failure;
use super::page::{ALARM, HEADING, PLAIN, Page, WARNING};
use super::status::Status;
use crate::mapping::{MappingRemark, MappingSet, MappingSource, SampleFailure, check_samples};

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
    List(list::Arguments),
    Suggest(suggest::Arguments),
    /// Print the JSON Schema of mapping files, by which editors complete them
    Schema,
}

/// Compile every mapping file and run the samples inside them.
#[derive(Debug, Args)]
#[command(after_help = super::help(EXAMPLES))]
struct CheckArguments {
    /// The site's own mapping files, checked together with those inside the program: a directory, a *.toml, or a
    /// ConceptMap as *.json; may be given several times
    #[arg(long, value_name = "PATH")]
    mappings: Vec<PathBuf>,
}

/// Works on mapping files.
pub(super) fn run(arguments: &Arguments, console: &mut Console) -> Result<(), Failure> {
    match &arguments.command {
        Command::Check(arguments) => check(arguments, console),
        Command::List(arguments) => list::run(arguments, console),
        Command::Suggest(arguments) => suggest::run(arguments, console),
        Command::Schema => schema::run(console),
    }
}

/// The files inside the program, then the site's own.
fn sources(site: &[PathBuf]) -> Result<Vec<MappingSource>, Failure> {
    let mut sources = MappingSource::embedded();
    for path in site {
        sources.extend(MappingSource::of_site(path).map_err(Failure::MappingFiles)?);
    }
    Ok(sources)
}

fn check(arguments: &CheckArguments, console: &mut Console) -> Result<(), Failure> {
    let sources = sources(&arguments.mappings)?;
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
    console.write(&report(&failures, set.remarks(), &counts))
}

/// Every failure with what was expected and what was found, then the counts.
fn report(failures: &[SampleFailure], remarks: &[MappingRemark], counts: &str) -> Vec<u8> {
    let mut page = Page::new(Console::look());
    let list = |statements: &[String]| match statements {
        [] => "nothing".to_owned(),
        statements => statements.join("; "),
    };
    for failure in failures {
        page.line(0, ALARM, &format!("{}:{}: {}", failure.file, failure.line, failure.name));
        page.line(2, PLAIN, &format!("expected {}", list(&failure.expected)));
        page.line(2, PLAIN, &format!("found    {}", list(&failure.found)));
    }
    for remark in remarks {
        page.line(0, WARNING, &remark.to_string());
    }
    page.line(0, HEADING, counts);
    page.into_bytes()
}
