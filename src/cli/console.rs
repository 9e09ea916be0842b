//! Where answers and complaints go.

use std::error::Error;
use std::io::{self, BufWriter, IsTerminal, Stdout, Write};

use super::failure::Failure;
use super::page::Look;
use super::progress::Progress;
use super::status::Status;

/// How wide a page is where no terminal says otherwise: what goes to a file is the same everywhere.
const DEFAULT_WIDTH: usize = 100;
/// Narrower tables cannot be read, wider lines neither.
const WIDTHS: std::ops::RangeInclusive<usize> = 60..=140;

/// Standard output, standard error, and how it went so far.
pub(super) struct Console {
    out: BufWriter<Stdout>,
    /// Whether answers appear where the progress line is.
    shares_terminal: bool,
    /// The progress line.
    pub(super) progress: Progress,
    status: Status,
}

impl Console {
    pub(super) fn new() -> Self {
        let out = BufWriter::with_capacity(64 * 1024, io::stdout());
        Self {
            out,
            shares_terminal: io::stdout().is_terminal(),
            progress: Progress::new(),
            status: Status::Done,
        }
    }

    /// How pages look here: as wide as the terminal, and in colour unless the reader wants none.
    pub(super) fn look() -> Look {
        let is_terminal = io::stdout().is_terminal();
        let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let width = terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0));
        Look {
            colour: is_terminal && !is_set("NO_COLOR") && !is_dumb,
            width: width.unwrap_or(DEFAULT_WIDTH).clamp(*WIDTHS.start(), *WIDTHS.end()),
        }
    }

    /// Writes a part of the answer, and lets it be seen at once: the next may take its time.
    pub(super) fn write(&mut self, text: &[u8]) -> Result<(), Failure> {
        if self.shares_terminal {
            self.progress.hide();
        }
        self.out.write_all(text)?;
        self.out.flush()?;
        Ok(())
    }

    /// Says on standard error that something went wrong, and goes on.
    pub(super) fn complain(&mut self, message: &str, status: Status) {
        self.progress.hide();
        self.status = self.status.max(status);
        // Standard error may be closed, which is no reason to stop.
        let _ = writeln!(io::stderr().lock(), "spinemet: {message}");
    }

    /// Notes that not all went well, where the answer itself says so.
    pub(super) fn note(&mut self, status: Status) {
        self.status = self.status.max(status);
    }

    /// How it went in the end.
    pub(super) fn finish(mut self, outcome: Result<(), Failure>) -> Status {
        if let Err(failure) = outcome
            && !failure.is_closed_pipe()
        {
            self.complain(&in_full(&failure), failure.status());
        }
        self.progress.hide();
        self.status
    }
}

/// The error with what caused it, as far as its own words do not say that already.
fn in_full(error: &dyn Error) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let reason = error.to_string();
        if !words.contains(&reason) {
            words.push_str(": ");
            words.push_str(&reason);
        }
        cause = error.source();
    }
    words
}
