//! Text for people: headings, wrapped lines and tables, as wide as the reader's window.
//!
//! Widths are counted in cells, so that Chinese characters (two cells each) line up.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};
use textwrap::{Options, WordSeparator, WordSplitter};
use unicode_width::UnicodeWidthStr;

/// Between the columns of a table.
const GAP: usize = 2;
/// No column is made narrower than this.
const LEAST_COLUMN: usize = 8;

/// A heading of a whole record.
pub(super) const TITLE: Style = AnsiColor::Cyan.on_default().bold();
/// A heading.
pub(super) const HEADING: Style = Style::new().bold();
/// Something to be seen at once.
pub(super) const ALARM: Style = AnsiColor::Red.on_default().bold();
/// Something to be seen.
pub(super) const WARNING: Style = AnsiColor::Yellow.on_default();
/// Something that may be looked up.
pub(super) const FAINT: Style = Style::new().dimmed();
/// Everything else.
pub(super) const PLAIN: Style = Style::new();

/// How pages look.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    /// Whether styles are written.
    pub(super) colour: bool,
    /// How many cells a line has.
    pub(super) width: usize,
}

/// A page under construction.
pub(super) struct Page {
    look: Look,
    text: String,
}

impl Page {
    pub(super) const fn new(look: Look) -> Self {
        Self { look, text: String::new() }
    }

    /// The page as it is written.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.text.into_bytes()
    }

    /// An empty line.
    pub(super) fn space(&mut self) {
        self.text.push('\n');
    }

    /// A line, wrapped where it is too long.
    pub(super) fn line(&mut self, indent: usize, style: Style, text: &str) {
        for line in wrap(text, self.look.width.saturating_sub(indent)) {
            self.push(indent, style, &line);
        }
    }

    /// A line with a dash before it.
    pub(super) fn bullet(&mut self, indent: usize, style: Style, text: &str) {
        for (index, line) in wrap(text, self.look.width.saturating_sub(indent + 2)).iter().enumerate() {
            let mark = if index == 0 { "- " } else { "  " };
            self.push(indent, style, &format!("{mark}{line}"));
        }
    }

    /// A table. Columns are as wide as their content, and share the window where that is too wide.
    pub(super) fn table(&mut self, indent: usize, header: Option<&[&str]>, rows: &[Vec<String>]) {
        let header: Option<Vec<String>> =
            header.map(|cells| cells.iter().map(|cell| (*cell).to_owned()).collect());
        let widths = column_widths(header.iter().chain(rows), self.look.width.saturating_sub(indent));
        if let Some(header) = &header {
            self.row(indent, FAINT, header, &widths);
        }
        for row in rows {
            self.row(indent, PLAIN, row, &widths);
        }
    }

    fn row(&mut self, indent: usize, style: Style, cells: &[String], widths: &[usize]) {
        let columns: Vec<Vec<String>> =
            cells.iter().zip(widths).map(|(cell, width)| wrap(cell, *width)).collect();
        let height = columns.iter().map(Vec::len).max().unwrap_or_default();
        for line in 0..height {
            let mut text = String::new();
            for (column, width) in columns.iter().zip(widths) {
                let cell = column.get(line).map_or("", String::as_str);
                text.push_str(cell);
                text.push_str(&" ".repeat(width.saturating_sub(cell.width()) + GAP));
            }
            self.push(indent, style, text.trim_end());
        }
    }

    fn push(&mut self, indent: usize, style: Style, text: &str) {
        self.text.push_str(&" ".repeat(indent));
        let style = if self.look.colour { style } else { PLAIN };
        // Writing to a String cannot fail, and the plain style writes nothing.
        let _ = write!(self.text, "{style}{text}{style:#}");
        self.text.push('\n');
    }
}

/// The lines of a text. Control characters, which a sender may have put into an id to steer the terminal, are left
/// out.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let text: String = text.chars().filter(|character| !character.is_control()).collect();
    let options = Options::new(width.max(1))
        .word_separator(WordSeparator::UnicodeBreakProperties)
        .word_splitter(WordSplitter::NoHyphenation);
    textwrap::wrap(&text, options).into_iter().map(std::borrow::Cow::into_owned).collect()
}

/// Widths that fit the rows into `available` cells: the widest columns give way first.
fn column_widths<'a>(rows: impl Iterator<Item = &'a Vec<String>>, available: usize) -> Vec<usize> {
    let mut widths: Vec<usize> = Vec::new();
    for row in rows {
        widths.resize(widths.len().max(row.len()), 0);
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width());
        }
    }
    let available = available.saturating_sub(GAP * widths.len().saturating_sub(1));
    while widths.iter().sum::<usize>() > available {
        match widths.iter_mut().max() {
            Some(widest) if *widest > LEAST_COLUMN => *widest -= 1,
            _ => break,
        }
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(width: usize, colour: bool, fill: impl Fn(&mut Page)) -> String {
        let mut page = Page::new(Look { colour, width });
        fill(&mut page);
        String::from_utf8(page.into_bytes()).unwrap()
    }

    fn row(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|cell| (*cell).to_owned()).collect()
    }

    #[test]
    fn columns_line_up_whatever_the_script() {
        let rows = [row(&["疼痛", "3", "机械性"]), row(&["Location", "1", ""])];
        let text = page(80, false, |page| page.table(2, Some(&["Item", "Points", "Remarks"]), &rows));
        let expected = "  Item      Points  Remarks\n  疼痛      3       机械性\n  Location  1\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn what_is_too_wide_is_wrapped_inside_its_column() {
        let rows = [row(&["short", "a long remark that does not fit"])];
        let text = page(24, false, |page| page.table(0, None, &rows));
        assert_eq!(text, "short  a long remark\n       that does not fit\n");
        let chinese = page(14, false, |page| page.bullet(0, PLAIN, "脊柱转移瘤，多学科讨论"));
        assert_eq!(chinese, "- 脊柱转移瘤，\n  多学科讨论\n");
    }

    #[test]
    fn colour_is_only_written_where_wanted_and_never_taken_from_the_input() {
        let alarm = |colour| page(80, colour, |page| page.line(0, ALARM, "Patient/\u{1b}[2J1"));
        assert_eq!(alarm(false), "Patient/[2J1\n");
        assert!(alarm(true).starts_with("\u{1b}["));
    }
}
