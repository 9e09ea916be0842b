//! The human-readable part of a resource, as the small XHTML that FHIR allows.
//!
//! Source: <https://hl7.org/fhir/R4/narrative.html>.

use fhirbolt::model::r4::types;

use crate::{error::WireError, path::Path, primitive};

const OPENING: &str = r#"<div xmlns="http://www.w3.org/1999/xhtml">"#;
const CLOSING: &str = "</div>";

/// A narrative under construction.
///
/// Text only ever enters through [`escape_xhtml`], so that nothing a hospital sent can become markup.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Narrative {
    markup: String,
    has_text: bool,
}

impl Narrative {
    /// A narrative that says nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a heading.
    #[must_use]
    pub fn heading(mut self, text: &str) -> Self {
        self.element("h3", text);
        self
    }

    /// Adds a paragraph.
    #[must_use]
    pub fn paragraph(mut self, text: &str) -> Self {
        self.element("p", text);
        self
    }

    /// Adds a list with a bullet an item; nothing for no items, because an empty list is not valid XHTML.
    #[must_use]
    pub fn list(mut self, items: &[&str]) -> Self {
        if !items.is_empty() {
            self.markup.push_str("<ul>");
            for item in items {
                self.element("li", item);
            }
            self.markup.push_str("</ul>");
        }
        self
    }

    /// Adds a table of a header and rows; nothing for no rows.
    #[must_use]
    pub fn table(mut self, header: &[&str], rows: &[Vec<&str>]) -> Self {
        if !rows.is_empty() {
            self.markup.push_str("<table>");
            if !header.is_empty() {
                self.markup.push_str("<thead>");
                self.row("th", header);
                self.markup.push_str("</thead>");
            }
            self.markup.push_str("<tbody>");
            for row in rows {
                self.row("td", row);
            }
            self.markup.push_str("</tbody></table>");
        }
        self
    }

    /// The `div` element as it goes into the resource.
    pub fn div(&self) -> String {
        let mut div = String::with_capacity(OPENING.len() + self.markup.len() + CLOSING.len());
        div.push_str(OPENING);
        div.push_str(&self.markup);
        div.push_str(CLOSING);
        div
    }

    fn row(&mut self, cell: &str, texts: &[&str]) {
        self.markup.push_str("<tr>");
        for text in texts {
            self.element(cell, text);
        }
        self.markup.push_str("</tr>");
    }

    fn element(&mut self, name: &str, text: &str) {
        self.has_text |= text.chars().any(|character| !character.is_whitespace() && !character.is_control());
        self.markup.push('<');
        self.markup.push_str(name);
        self.markup.push('>');
        push_escaped(&mut self.markup, text);
        self.markup.push_str("</");
        self.markup.push_str(name);
        self.markup.push('>');
    }
}

/// The text with the characters that have a meaning in XHTML written as entities.
///
/// Control characters, which XML cannot hold in any form, are left out.
pub fn escape_xhtml(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    push_escaped(&mut escaped, text);
    escaped
}

/// The text without the control characters that FHIR forbids in a `string`.
///
/// For text that others wrote and that is handed on: a stray NUL in a display should not cost the whole answer.
pub fn printable(text: &str) -> crate::Text<'_> {
    if primitive::are_printable(text) {
        text.into()
    } else {
        text.chars().filter(|character| primitive::is_printable(*character)).collect()
    }
}

fn push_escaped(markup: &mut String, text: &str) {
    let mut rest = text;
    // What needs no change goes over in one piece.
    while let Some(position) =
        rest.find(|character| entity(character).is_some() || !primitive::is_printable(character))
    {
        let (unchanged, changed) = rest.split_at(position);
        markup.push_str(unchanged);
        let mut characters = changed.chars();
        markup.push_str(characters.next().and_then(entity).unwrap_or_default());
        rest = characters.as_str();
    }
    markup.push_str(rest);
}

/// The entity for a character that has a meaning in XHTML.
const fn entity(character: char) -> Option<&'static str> {
    match character {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&quot;"),
        '\'' => Some("&#39;"),
        _ => None,
    }
}

pub(crate) fn model(value: &Narrative, path: &Path<'_>) -> Result<types::Narrative, WireError> {
    if !value.has_text {
        return Err(path.child("div").missing());
    }
    Ok(types::Narrative {
        status: "generated".into(),
        div: value.div().into(),
        ..types::Narrative::default()
    })
}
