//! Tables, and text in which the ids of rules lead to the rules.

use spinemet_engine::guidance::{RULINGS, Rule};

use crate::pages::html::{Attribute, Html};

/// A cell of a table.
pub(super) enum Cell<'a> {
    /// What the row is about.
    Head(&'a str),
    /// What this row and those that follow are about, and how many rows that are.
    Group(&'a str, usize),
    /// Text, with links from the ids of rules.
    Text(&'a str),
    /// A word or two, not to be broken.
    Short(&'a str),
    /// A number, or nothing.
    Number(Option<u8>),
    /// The ids of rules, as links.
    Ids(&'a [&'static str]),
}

/// A table with these headings, whose rows `rows` writes.
pub(super) fn table(html: &mut Html, headings: &[&str], rows: impl FnOnce(&mut Html)) {
    html.within("div", &[("class", "scroll")], |html| {
        html.within("table", &[], |html| {
            html.within("thead", &[], |html| {
                html.within("tr", &[], |html| {
                    for heading in headings {
                        html.element("th", &[("scope", "col")], heading);
                    }
                });
            });
            html.within("tbody", &[], rows);
        });
    });
}

/// A row of a table.
pub(super) fn row(html: &mut Html, attributes: &[Attribute<'_>], cells: &[Cell<'_>]) {
    html.within("tr", attributes, |html| {
        for one in cells {
            cell(html, one);
        }
    });
}

fn cell(html: &mut Html, cell: &Cell<'_>) {
    match cell {
        Cell::Head(text) => html.element("th", &[("scope", "row")], text),
        Cell::Group(text, rows) => {
            html.element("th", &[("scope", "rowgroup"), ("rowspan", &rows.to_string())], text);
        }
        Cell::Text(text) => html.within("td", &[], |html| linked(html, text)),
        Cell::Short(text) => html.element("td", &[("class", "short")], text),
        Cell::Number(number) => {
            html.element("td", &[("class", "number")], &number.map_or_else(String::new, |n| n.to_string()));
        }
        Cell::Ids(all) => html.within("td", &[], |html| ids(html, all)),
    }
}

/// The ids of rules, each a link.
pub(super) fn ids(html: &mut Html, ids: &[&'static str]) {
    for (index, id) in ids.iter().enumerate() {
        if index > 0 {
            html.text(", ");
        }
        link(html, id);
    }
}

/// Text in which every id of a rule or ruling is a link to it.
pub(super) fn linked(html: &mut Html, text: &str) {
    let is_part_of_id = |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '.');
    let mut rest = text;
    while let Some(start) = rest.find(is_part_of_id) {
        let (before, from) = rest.split_at(start);
        html.text(before);
        let end = from.find(|character| !is_part_of_id(character)).unwrap_or(from.len());
        let (word, after) = from.split_at(end);
        let id = word.trim_end_matches('.');
        if Rule::from_id(id).is_some() || RULINGS.iter().any(|ruling| ruling.id == id) {
            link(html, id);
            html.text(word.trim_start_matches(id));
        } else {
            html.text(word);
        }
        rest = after;
    }
    html.text(rest);
}

fn link(html: &mut Html, id: &str) {
    html.element("a", &[("class", "id"), ("href", &format!("#{id}"))], id);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_in_a_text_lead_to_their_rules() {
        let cases = [
            ("not <known>", "not &lt;known&gt;"),
            ("see RUL-7.", "see <a class=\"id\" href=\"#RUL-7\">RUL-7</a>."),
            ("（CN-2.1-2-3，RUL-99）", "（<a class=\"id\" href=\"#CN-2.1-2-3\">CN-2.1-2-3</a>，RUL-99）"),
        ];
        for (text, expected) in cases {
            let mut html = Html::default();
            linked(&mut html, text);
            assert_eq!(html.into_string(), expected);
        }
    }
}
