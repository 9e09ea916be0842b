//! The JSON documents of a file: one, or one a line (NDJSON), told apart by their content.

use std::borrow::Cow;
use std::io::{self, BufRead};

use serde::Deserialize;
use serde::de::IgnoredAny;

/// Reads one document at a time into the same memory, so that a long NDJSON file needs no more than its longest line.
pub(super) struct Documents<R> {
    reader: R,
    buffer: Vec<u8>,
    /// A line that was read to tell the shape of the file and belongs to the next document.
    ahead: Vec<u8>,
    shape: Option<Shape>,
    lines_read: u64,
}

/// How the documents lie in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// One document over as many lines as it likes.
    Whole,
    /// One a line.
    Lines,
}

/// One document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Document<'a> {
    /// Its bytes.
    pub(super) bytes: &'a [u8],
    /// The line it stands on, counted from one, where it has a line to itself.
    pub(super) line: Option<u64>,
}

impl<R: BufRead> Documents<R> {
    /// The documents of a reader.
    pub(super) fn new(reader: R) -> Self {
        Self { reader, buffer: Vec::new(), ahead: Vec::new(), shape: None, lines_read: 0 }
    }

    /// The next document; `None` at the end.
    pub(super) fn next(&mut self) -> io::Result<Option<Document<'_>>> {
        self.buffer.clear();
        match self.shape {
            None => self.first(),
            Some(Shape::Whole) => Ok(None),
            Some(Shape::Lines) => self.line(),
        }
    }

    /// The first document, which shows the shape of the rest.
    ///
    /// A first line that is JSON by itself makes it lines. So does one that is not, before one that is a record by
    /// itself: then only the first line is spoilt. Anything else is one document, as it is usually printed.
    fn first(&mut self) -> io::Result<Option<Document<'_>>> {
        if !append_line(&mut self.reader, &mut self.buffer, &mut self.lines_read)? {
            return Ok(None);
        }
        if serde_json::from_slice::<IgnoredAny>(&self.buffer).is_ok() {
            return Ok(Some(self.as_line(self.lines_read)));
        }
        let line = self.lines_read;
        append_line(&mut self.reader, &mut self.ahead, &mut self.lines_read)?;
        if is_record(&self.ahead) {
            return Ok(Some(self.as_line(line)));
        }
        self.shape = Some(Shape::Whole);
        self.buffer.append(&mut self.ahead);
        self.reader.read_to_end(&mut self.buffer)?;
        Ok(Some(Document { bytes: &self.buffer, line: None }))
    }

    fn line(&mut self) -> io::Result<Option<Document<'_>>> {
        if !self.ahead.is_empty() {
            std::mem::swap(&mut self.buffer, &mut self.ahead);
            return Ok(Some(self.as_line(self.lines_read)));
        }
        let is_there = append_line(&mut self.reader, &mut self.buffer, &mut self.lines_read)?;
        Ok(is_there.then(|| self.as_line(self.lines_read)))
    }

    fn as_line(&mut self, line: u64) -> Document<'_> {
        self.shape = Some(Shape::Lines);
        Document { bytes: self.buffer.trim_ascii(), line: Some(line) }
    }
}

/// Appends lines up to the first that is not blank; `false` where there is none.
fn append_line(reader: &mut impl BufRead, buffer: &mut Vec<u8>, lines_read: &mut u64) -> io::Result<bool> {
    loop {
        let start = buffer.len();
        if reader.read_until(b'\n', buffer)? == 0 {
            return Ok(false);
        }
        *lines_read += 1;
        if buffer.get(start..).is_some_and(|line| !line.trim_ascii().is_empty()) {
            return Ok(true);
        }
    }
}

/// Whether a line is by itself something that can be assessed.
fn is_record(line: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Kind<'a> {
        #[serde(rename = "resourceType", borrow)]
        name: Cow<'a, str>,
    }
    serde_json::from_slice::<Kind<'_>>(line)
        .is_ok_and(|kind| matches!(kind.name.as_ref(), "Bundle" | "Parameters"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUNDLE: &str = r#"{"resourceType":"Bundle"}"#;

    fn read(text: &str) -> Vec<(String, Option<u64>)> {
        let mut documents = Documents::new(text.as_bytes());
        let mut all = Vec::new();
        while let Some(document) = documents.next().unwrap() {
            all.push((String::from_utf8(document.bytes.to_vec()).unwrap(), document.line));
        }
        all
    }

    #[test]
    fn lines_and_whole_documents_are_told_apart() {
        let pretty = "{\n  \"resourceType\": \"Bundle\"\n}\n";
        let one_entry_a_line = format!("{{\"entry\":[\n{{\"resource\":{BUNDLE}}}\n]}}");
        for whole in [pretty, &one_entry_a_line, "this,is\nno,json\n", "\n\n{\n\n}"] {
            assert_eq!(read(whole), [(whole.to_owned(), None)]);
        }
        let record = |line: u64| (BUNDLE.to_owned(), Some(line));
        assert_eq!(read(BUNDLE), [record(1)]);
        assert_eq!(read(&format!("\n{BUNDLE}\r\n \n{BUNDLE}\n")), [record(2), record(4)]);
        assert_eq!(
            read(&format!("{BUNDLE}\nspoilt\n{BUNDLE}")),
            [record(1), ("spoilt".into(), Some(2)), record(3)]
        );
        assert_eq!(
            read(&format!("{{\"cut\n\n{BUNDLE}\n{BUNDLE}")),
            [("{\"cut".into(), Some(1)), record(3), record(4)]
        );
        assert_eq!(read(" \n\n"), []);
    }
}
