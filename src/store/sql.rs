//! A statement with its values, the same for both databases.
//!
//! SQLite and PostgreSQL both take `$1`, `$2` and so on. Whatever else differs between them is avoided: types are
//! `i64`, `f64`, text and bytes; no functions but those that both have.

/// A statement and the values for its parameters.
#[derive(Debug, Clone, Default)]
pub struct Sql {
    text: String,
    values: Vec<Value>,
}

/// A value for a parameter.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `INTEGER` in SQLite, `BIGINT` in PostgreSQL.
    Integer(Option<i64>),
    /// `REAL`, `DOUBLE PRECISION`.
    Real(f64),
    /// `TEXT`.
    Text(Option<String>),
    /// `BLOB`, `BYTEA`.
    Bytes(Option<Vec<u8>>),
}

impl Sql {
    /// A statement with its parameters written in it as `$1`, `$2` ...; the values follow by [`bind`](Self::bind).
    pub fn new(text: &str) -> Self {
        Self { text: text.to_owned(), values: Vec::new() }
    }

    /// The value of the next parameter that is written in the text already.
    #[must_use]
    pub fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }

    /// Puts text before it.
    #[must_use]
    pub(super) fn after(mut self, text: &str) -> Self {
        self.text.insert_str(0, text);
        self
    }

    /// Adds text.
    pub fn push(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// Adds a parameter with its value.
    pub fn value(&mut self, value: impl Into<Value>) -> &mut Self {
        self.values.push(value.into());
        self.text.push('$');
        self.text.push_str(&self.values.len().to_string());
        self
    }

    /// Adds parameters with a comma between them.
    pub fn values(&mut self, values: impl IntoIterator<Item = Value>) -> &mut Self {
        for (index, value) in values.into_iter().enumerate() {
            self.push(if index == 0 { "" } else { ", " }).value(value);
        }
        self
    }

    /// Adds rows of parameters: `($1, $2), ($3, $4)`.
    pub fn rows<const N: usize>(&mut self, rows: impl IntoIterator<Item = [Value; N]>) -> &mut Self {
        for (index, row) in rows.into_iter().enumerate() {
            self.push(if index == 0 { "(" } else { ", (" }).values(row).push(")");
        }
        self
    }

    pub(super) fn into_parts(self) -> (String, Vec<Value>) {
        (self.text, self.values)
    }

    /// The same with `?` for every parameter, where they stand in their order and each once.
    ///
    /// sqlx asks SQLite for the name of each parameter, and SQLite goes through all names to answer: with thousands of
    /// parameters most of the time of a commit. A question mark has no name.
    pub(super) fn into_nameless_parts(self) -> (String, Vec<Value>) {
        (nameless(&self.text).unwrap_or(self.text), self.values)
    }
}

/// A text without the numbers of its parameters; `None` where their order says something.
fn nameless(text: &str) -> Option<String> {
    let mut parts = text.split('$');
    let mut plain = String::with_capacity(text.len());
    plain.push_str(parts.next()?);
    for (number, part) in (1_usize..).zip(parts) {
        let rest = part.trim_start_matches(|character: char| character.is_ascii_digit());
        let (digits, rest) = part.split_at(part.len() - rest.len());
        if digits.parse() != Ok(number) {
            return None;
        }
        plain.push('?');
        plain.push_str(rest);
    }
    Some(plain)
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Integer(Some(value))
    }
}

impl From<Option<i64>> for Value {
    fn from(value: Option<i64>) -> Self {
        Self::Integer(value)
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Self::Real(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(Some(value.to_owned()))
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(Some(value))
    }
}

impl From<Option<String>> for Value {
    fn from(value: Option<String>) -> Self {
        Self::Text(value)
    }
}

impl From<Vec<u8>> for Value {
    fn from(value: Vec<u8>) -> Self {
        Self::Bytes(Some(value))
    }
}

impl From<Option<Vec<u8>>> for Value {
    fn from(value: Option<Vec<u8>>) -> Self {
        Self::Bytes(value)
    }
}

impl From<&[u8]> for Value {
    fn from(value: &[u8]) -> Self {
        Self::Bytes(Some(value.to_vec()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_in_their_order_need_no_numbers() {
        let mut built = Sql::new("INSERT INTO t VALUES ");
        built.rows((0..12_i64).map(|row| [row.into(), "x".into()]));
        let cases = [
            ("SELECT 1", Some("SELECT 1")),
            ("a = $1 AND b = $2", Some("a = ? AND b = ?")),
            ("($1, $2), ($3)", Some("(?, ?), (?)")),
            // Taken twice, or out of order: the numbers are needed.
            ("a = $1 OR b = $1", None),
            ("a = $2 AND b = $1", None),
            ("a = $2", None),
            ("a = '$'", None),
        ];
        for (text, expected) in cases {
            assert_eq!(nameless(text).as_deref(), expected, "{text}");
        }
        let (text, values) = built.into_nameless_parts();
        assert_eq!((text.matches("(?, ?)").count(), text.contains('$'), values.len()), (12, false, 24));
    }
}
