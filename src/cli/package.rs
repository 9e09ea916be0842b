//! `spinemet package`: what is published in FHIR, as the directory of a FHIR package.

use std::fs;
use std::path::PathBuf;

use clap::Args;

use super::console::Console;
use super::failure::Failure;
use crate::conformance::package;

const EXAMPLES: &str = "\
Examples:
  spinemet package ~/.fhir/packages/org.spinemet.r4#0.1.0/package";

/// Write the profiles, code systems and so on into a directory, as a FHIR package (npm format) for R4.
#[derive(Debug, Args)]
#[command(after_help = super::help(EXAMPLES))]
pub(super) struct Arguments {
    /// The directory, which is made where it is not there
    directory: PathBuf,
}

/// Writes the files of the package, and says how many.
pub(super) fn run(arguments: &Arguments, console: &mut Console) -> Result<(), Failure> {
    fs::create_dir_all(&arguments.directory)?;
    let files = package();
    for file in &files {
        fs::write(arguments.directory.join(&file.name), &file.content)?;
    }
    console.write(format!("{} files\n", files.len()).as_bytes())
}
