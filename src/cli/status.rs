//! What the exit code says.

use std::process::ExitCode;

/// How it went; the greater, the worse. `2` is clap's: the command line is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Status {
    /// Everything that was asked for was done.
    #[default]
    Done = 0,
    /// Some record could not be assessed, a mapping file or sample is wrong, or the service does not run.
    NotAll = 1,
    /// A file could not be read, the mapping files or settings cannot be used, or the output could not be written.
    Unusable = 3,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status as u8)
    }
}
