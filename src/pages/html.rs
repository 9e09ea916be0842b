//! HTML as it is written. Names of elements and attributes are the program's own; everything else is escaped.

/// An attribute: its name, and its value as text.
pub(super) type Attribute<'a> = (&'static str, &'a str);

/// A document, or a part of one.
#[derive(Debug, Default)]
pub(super) struct Html {
    text: String,
}

impl Html {
    /// The document so far.
    pub(super) fn into_string(self) -> String {
        self.text
    }

    /// An element with what `content` writes into it.
    pub(super) fn within(
        &mut self,
        name: &'static str,
        attributes: &[Attribute<'_>],
        content: impl FnOnce(&mut Self),
    ) {
        self.open(name, attributes);
        content(self);
        self.text.push_str("</");
        self.text.push_str(name);
        self.text.push('>');
    }

    /// An element with text in it.
    pub(super) fn element(&mut self, name: &'static str, attributes: &[Attribute<'_>], text: &str) {
        self.within(name, attributes, |html| html.text(text));
    }

    /// An element that has no content and no end, such as `meta`.
    pub(super) fn void(&mut self, name: &'static str, attributes: &[Attribute<'_>]) {
        self.open(name, attributes);
    }

    /// Text.
    pub(super) fn text(&mut self, text: &str) {
        for character in text.chars() {
            match character {
                '&' => self.text.push_str("&amp;"),
                '<' => self.text.push_str("&lt;"),
                '>' => self.text.push_str("&gt;"),
                '"' => self.text.push_str("&quot;"),
                '\'' => self.text.push_str("&#39;"),
                other => self.text.push(other),
            }
        }
    }

    /// A part of the program that is not escaped: the doctype, the style sheet.
    pub(super) fn verbatim(&mut self, part: &'static str) {
        self.text.push_str(part);
    }

    fn open(&mut self, name: &'static str, attributes: &[Attribute<'_>]) {
        self.text.push('<');
        self.text.push_str(name);
        for (attribute, value) in attributes {
            self.text.push(' ');
            self.text.push_str(attribute);
            self.text.push_str("=\"");
            self.text(value);
            self.text.push('"');
        }
        self.text.push('>');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_values_cannot_leave_their_place() {
        let mut html = Html::default();
        html.element("p", &[("title", "\"><script>'")], "</p><script>&amp;");
        let expected = "<p title=\"&quot;&gt;&lt;script&gt;&#39;\">&lt;/p&gt;&lt;script&gt;&amp;amp;</p>";
        assert_eq!(html.into_string(), expected);
    }
}
