//! Walking through every record of every file. What goes wrong with one costs none of the others.

use std::fmt;

use super::console::Console;
use super::documents::{Document, Documents};
use super::failure::Failure;
use super::source::Source;
use super::status::Status;

/// Where a record stands.
pub(super) struct Place<'a> {
    /// The file.
    pub(super) source: &'a Source,
    /// Its line, where it has one to itself.
    pub(super) line: Option<u64>,
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}, line {line}", self.source),
            None => self.source.fmt(f),
        }
    }
}

/// Does something with every record of every file, and shows how far it is.
pub(super) fn each_record(
    sources: &[Source],
    console: &mut Console,
    mut visit: impl FnMut(&Document<'_>, &Place<'_>, &mut Console) -> Result<(), Failure>,
) -> Result<(), Failure> {
    console.progress.expect(sources.iter().map(Source::length).sum());
    for source in sources {
        let mut documents = match source.open() {
            Ok(reader) => Documents::new(reader),
            Err(error) => {
                console.complain(&format!("{source}: cannot be read: {error}"), Status::Unusable);
                continue;
            }
        };
        let mut is_empty = true;
        loop {
            match documents.next() {
                Ok(Some(document)) => {
                    is_empty = false;
                    visit(&document, &Place { source, line: document.line }, console)?;
                    console.progress.advance(document.bytes.len());
                }
                Ok(None) if is_empty => {
                    console.complain(&format!("{source}: is empty"), Status::NotAll);
                    break;
                }
                Ok(None) => break,
                Err(error) => {
                    console.complain(&format!("{source}: cannot be read: {error}"), Status::Unusable);
                    break;
                }
            }
        }
    }
    Ok(())
}
