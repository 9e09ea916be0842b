//! The command line: what can be asked for, and what the exit code says.
//!
//! Answers go to standard output and nothing else does; what went wrong goes to standard error. A reader that closes
//! the pipe (`| head`) ends the program quietly.

mod as_of;
mod assess;
mod console;
mod database;
mod documents;
mod explain;
mod failure;
mod health;
mod json;
mod mappings;
mod package;
mod page;
mod progress;
mod records;
mod refusal;
mod serve;
mod source;
mod status;

use clap::{Parser, Subcommand};

use console::Console;
pub use status::Status;

// Lines of help stay below 80 cells, because clap breaks longer ones without regard to their indent.
const EXIT_CODES: &str = "\
Exit codes, the highest that applies:
  0  everything that was asked for was done
  1  a record could not be assessed (the others are), a mapping file or a
     sample in one is wrong, or the service does not live or run
  2  the command line is wrong
  3  a file could not be read, the mapping files or settings cannot be used,
     or the output could not be written";

const EXAMPLES: &str = "\
Examples:
  spinemet serve
  spinemet assess examples/breast-t12.json
  spinemet explain examples/kidney-missing.json
  spinemet mappings check --mappings /etc/spinemet/mappings";

/// Scores and guidance for spinal metastases, from a FHIR record. It informs clinicians and does not replace their
/// judgement.
#[derive(Debug, Parser)]
#[command(
    name = "spinemet",
    version,
    max_term_width = 100,
    disable_help_subcommand = true,
    after_help = help(EXAMPLES)
)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// What can be asked for.
#[derive(Debug, Subcommand)]
enum Command {
    Serve(serve::Arguments),
    Assess(assess::Arguments),
    Explain(explain::Arguments),
    Mappings(mappings::Arguments),
    Health(health::Arguments),
    Backup(database::BackupArguments),
    Purge(database::PurgeArguments),
    Package(package::Arguments),
}

/// Does what the command line asks for.
pub fn run(cli: &Cli) -> Status {
    let mut console = Console::new();
    let outcome = match &cli.command {
        Command::Serve(arguments) => serve::run(arguments),
        Command::Assess(arguments) => assess::run(arguments, &mut console),
        Command::Explain(arguments) => explain::run(arguments, &mut console),
        Command::Mappings(arguments) => mappings::run(arguments, &mut console),
        Command::Health(arguments) => health::run(arguments, &mut console),
        Command::Backup(arguments) => database::backup(arguments, &mut console),
        Command::Purge(arguments) => database::purge(arguments, &mut console),
        Command::Package(arguments) => package::run(arguments, &mut console),
    };
    console.finish(outcome)
}

/// What stands under the options of a command: its examples and the exit codes.
fn help(examples: &str) -> String {
    format!("{examples}\n\n{EXIT_CODES}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        use clap::CommandFactory;
        Cli::command().debug_assert();
    }
}
