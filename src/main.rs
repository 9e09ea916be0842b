//! The program: reads the command line, does what it asks, and says how it went.

use std::process::ExitCode;

use clap::Parser;
use spinemet::cli::{self, Cli};

fn main() -> ExitCode {
    cli::run(&Cli::parse()).into()
}
