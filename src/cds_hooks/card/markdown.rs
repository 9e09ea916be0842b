//! GitHub-flavoured Markdown in which nothing that was sent can become markup.
//!
//! Text enters only as [`Inline`]: our own words, or a sender's, which are escaped as a whole. Clients that show the
//! detail as plain text still show our words as they are.

/// The most characters of a sender's text that are shown.
const FOREIGN_LIMIT: usize = 80;

/// A piece of text that is safe inside a paragraph or a cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Inline(String);

impl Inline {
    /// Our own words. Only what would break a table or count as HTML is escaped.
    pub fn own(text: &str) -> Self {
        let mut safe = String::with_capacity(text.len());
        for character in text.chars() {
            match character {
                '|' => safe.push_str("\\|"),
                '<' => safe.push_str("&lt;"),
                '>' => safe.push_str("&gt;"),
                character => safe.push(character),
            }
        }
        Self(safe)
    }

    /// Words that a sender chose: shortened, on one line, and with every character escaped that means something in
    /// Markdown or HTML, full stops and colons among them, because they can make a link.
    pub fn foreign(text: &str) -> Self {
        let mut safe = String::with_capacity(text.len() + 8);
        for character in text.chars().filter(|character| is_shown(*character)).take(FOREIGN_LIMIT) {
            match character {
                '&' => safe.push_str("&amp;"),
                '<' => safe.push_str("&lt;"),
                '>' => safe.push_str("&gt;"),
                '/' | '-' | ',' | ';' | '%' => safe.push(character),
                character if character.is_whitespace() => safe.push(' '),
                character if character.is_ascii_punctuation() => {
                    safe.push('\\');
                    safe.push(character);
                }
                character => safe.push(character),
            }
        }
        if text.chars().nth(FOREIGN_LIMIT).is_some() {
            safe.push('…');
        }
        Self(safe)
    }

    /// As Markdown.
    pub fn into_text(self) -> String {
        self.0
    }

    /// In bold.
    pub fn bold(&self) -> Self {
        Self(format!("**{}**", self.0))
    }

    /// Pieces with a separator of ours between them.
    pub fn joined(pieces: &[Self], separator: &str) -> Self {
        Self(pieces.iter().map(|piece| piece.0.as_str()).collect::<Vec<_>>().join(separator))
    }
}

/// Whether a character is one to see: control characters, and those that turn the direction of the text, are not.
fn is_shown(character: char) -> bool {
    let turns_direction = matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    !turns_direction && (!character.is_control() || character.is_whitespace())
}

/// A document under construction: blocks with a blank line between them.
#[derive(Debug, Default)]
pub(super) struct Markdown(Vec<String>);

impl Markdown {
    /// Adds a paragraph.
    pub fn paragraph(&mut self, text: &Inline) {
        self.0.push(text.0.clone());
    }

    /// Adds a heading and a list under it; nothing for no items.
    pub fn list(&mut self, heading: &str, items: &[Inline]) {
        if !items.is_empty() {
            self.0.push(Inline::own(heading).bold().0);
            self.bullets(items);
        }
    }

    /// Adds a list; nothing for no items.
    pub fn bullets(&mut self, items: &[Inline]) {
        if !items.is_empty() {
            self.0.push(items.iter().map(|item| format!("- {}", item.0)).collect::<Vec<_>>().join("\n"));
        }
    }

    /// Adds a heading and a table under it; nothing for no rows. Every row has as many cells as the header.
    pub fn table<const COLUMNS: usize>(
        &mut self,
        heading: &str,
        header: [&str; COLUMNS],
        rows: &[[Inline; COLUMNS]],
    ) {
        if rows.is_empty() {
            return;
        }
        self.0.push(Inline::own(heading).bold().0);
        let line = |cells: &[Inline]| format!("| {} |", Inline::joined(cells, " | ").0);
        let header = line(&header.map(Inline::own));
        let rule = format!("|{}", " --- |".repeat(COLUMNS));
        let lines: Vec<String> = [header, rule].into_iter().chain(rows.iter().map(|row| line(row))).collect();
        self.0.push(lines.join("\n"));
    }

    /// The text.
    pub fn finish(self) -> String {
        self.0.join("\n\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_sender_wrote_stays_text() {
        for (sent, shown) in [
            ("Observation/kps-1", "Observation/kps-1"),
            ("<script>alert(1)</script>", r"&lt;script&gt;alert\(1\)&lt;/script&gt;"),
            ("a|b`c`*d*_e_~f~", r"a\|b\`c\`\*d\*\_e\_\~f\~"),
            ("[x](javascript:y)", r"\[x\]\(javascript\:y\)"),
            ("www.example.org http://x &lt;", r"www\.example\.org http\://x &amp;lt;"),
            ("one\ntwo\r\n# three", r"one two  \# three"),
            ("back\\slash\u{202e}\u{0}", r"back\\slash"),
            ("体力状况", "体力状况"),
        ] {
            assert_eq!(Inline::foreign(sent).0, shown, "{sent}");
        }
        assert_eq!(Inline::foreign(&"x".repeat(200)).0.chars().count(), FOREIGN_LIMIT + 1);
    }

    #[test]
    fn a_table_is_one_block_with_escaped_cells() {
        let mut markdown = Markdown::default();
        markdown.table("Heading", ["a", "b"], &[[Inline::own("1|2"), Inline::foreign("3|4")]]);
        markdown.table("None", ["a"], &[]);
        assert_eq!(markdown.finish(), "**Heading**\n\n| a | b |\n| --- | --- |\n| 1\\|2 | 3\\|4 |");
    }
}
