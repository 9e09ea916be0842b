//! A line on standard error that shows how far a long input is done, while a terminal is watching.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

/// From so many bytes on an input counts as long.
const LONG_BYTES: u64 = 5_000_000;
/// From so many records on.
const LONG_RECORDS: u64 = 20;
const INTERVAL: Duration = Duration::from_millis(100);
const BAR_CELLS: u64 = 24;

/// How far the input is done.
pub(super) struct Progress {
    /// All bytes of the input, where that is known.
    total: Option<u64>,
    bytes: u64,
    records: u64,
    /// When it was last drawn; `None` where nobody watches.
    drawn: Option<Instant>,
    is_shown: bool,
}

impl Progress {
    /// Nothing is done yet and nothing shown.
    pub(super) fn new() -> Self {
        let drawn = io::stderr().is_terminal().then(Instant::now);
        Self { total: None, bytes: 0, records: 0, drawn, is_shown: false }
    }

    /// Says how long the whole input is.
    pub(super) fn expect(&mut self, total: Option<u64>) {
        self.total = total.filter(|total| *total > 0);
    }

    /// One more record is done. Draws the line at intervals, once the input has turned out to be long.
    pub(super) fn advance(&mut self, bytes: usize) {
        self.bytes += bytes as u64;
        self.records += 1;
        let is_long = self.records > LONG_RECORDS || self.total.unwrap_or(self.bytes) > LONG_BYTES;
        let is_due = self.drawn.is_some_and(|drawn| drawn.elapsed() >= INTERVAL);
        if is_long && is_due {
            self.drawn = Some(Instant::now());
            self.is_shown = true;
            show(&format!("\r{}\x1b[K", self.line()));
        }
    }

    /// Takes the line away, so that something else can be written.
    pub(super) fn hide(&mut self) {
        if std::mem::take(&mut self.is_shown) {
            show("\r\x1b[K");
        }
    }

    fn line(&self) -> String {
        let records = self.records;
        match self.total {
            // A file may grow while it is read.
            Some(total) => {
                let done = self.bytes.min(total);
                let cells = usize::try_from(done * BAR_CELLS / total).unwrap_or_default();
                let rest = usize::try_from(BAR_CELLS).unwrap_or_default() - cells;
                let bar = format!("{}{}", "#".repeat(cells), ".".repeat(rest));
                format!("[{bar}] {:>3} %, records: {records}", done * 100 / total)
            }
            None => format!("records: {records}, {} MB", self.bytes / 1_000_000),
        }
    }
}

/// Standard error may be closed, which is no reason to stop.
fn show(text: &str) {
    let mut stderr = io::stderr().lock();
    let _ = stderr.write_all(text.as_bytes()).and_then(|()| stderr.flush());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_says_how_much_is_done() {
        let progress =
            |total, bytes, records| Progress { total, bytes, records, drawn: None, is_shown: false };
        assert_eq!(progress(Some(200), 50, 3).line(), "[######..................]  25 %, records: 3");
        assert_eq!(progress(Some(200), 900, 9).line(), "[########################] 100 %, records: 9");
        assert_eq!(progress(None, 12_345_678, 40).line(), "records: 40, 12 MB");
    }
}
