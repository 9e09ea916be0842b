//! JSON as the reader sees it: one level at a time, everything below it still text.
//!
//! A [`Json`] is a slice of the body that is known to be valid JSON. Opening an object or array reads just that level;
//! what nobody asks for is never looked at again. Numbers keep their text, wrong types are values that can be reported
//! with their place, and a key that stands twice is refused, because choosing one of two values would be inventing.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};
use serde_json::value::RawValue;

/// What a duplicate key is reported as from inside serde; recognised by [`JsonFault::from`].
pub(super) const DUPLICATE: &str = "duplicate key";

/// A JSON value that is still text.
#[derive(Clone, Copy)]
pub struct Json<'a>(&'a RawValue);

/// The kinds of JSON value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean,
    /// A number
    Number,
    /// A string
    String,
    /// An array
    Array,
    /// An object
    Object,
}

/// Why a JSON value could not be opened as asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JsonFault {
    /// It is of another kind.
    Kind(Kind),
    /// A key stands twice in the object.
    DuplicateKey,
}

impl<'a> Json<'a> {
    /// A whole text as one value.
    ///
    /// # Errors
    /// serde_json's, with line and column, where the text is not JSON.
    pub fn parse(text: &'a str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text).map(Self)
    }

    /// The text of the value, as sent.
    pub fn text(self) -> &'a str {
        self.0.get()
    }

    /// What kind of value it is.
    pub fn kind(self) -> Kind {
        match self.text().as_bytes().first() {
            Some(b'{') => Kind::Object,
            Some(b'[') => Kind::Array,
            Some(b'"') => Kind::String,
            Some(b't' | b'f') => Kind::Boolean,
            Some(b'n') | None => Kind::Null,
            Some(_) => Kind::Number,
        }
    }

    /// The string.
    pub fn string(self) -> Result<Cow<'a, str>, JsonFault> {
        self.expect(Kind::String)?;
        let text = self.text();
        let inner = text.get(1..text.len().saturating_sub(1)).unwrap_or_default();
        if !inner.contains('\\') {
            return Ok(Cow::Borrowed(inner));
        }
        serde_json::from_str::<String>(text).map(Cow::Owned).map_err(|_| JsonFault::Kind(Kind::String))
    }

    /// The number, as sent: `1.50` stays `1.50`.
    pub fn number(self) -> Result<&'a str, JsonFault> {
        self.expect(Kind::Number)?;
        Ok(self.text())
    }

    /// The truth value.
    pub fn boolean(self) -> Result<bool, JsonFault> {
        self.expect(Kind::Boolean)?;
        Ok(self.text() == "true")
    }

    /// The members of the object, one level deep.
    pub fn object(self) -> Result<Object<'a>, JsonFault> {
        self.expect(Kind::Object)?;
        serde_json::from_str(self.text()).map_err(|error| JsonFault::from(&error))
    }

    /// The elements of the array, one level deep.
    pub fn array(self) -> Result<Vec<Json<'a>>, JsonFault> {
        self.expect(Kind::Array)?;
        serde_json::from_str::<Vec<&'a RawValue>>(self.text())
            .map(|elements| elements.into_iter().map(Json).collect())
            .map_err(|error| JsonFault::from(&error))
    }

    fn expect(self, kind: Kind) -> Result<(), JsonFault> {
        if self.kind() == kind { Ok(()) } else { Err(JsonFault::Kind(self.kind())) }
    }
}

impl From<&serde_json::Error> for JsonFault {
    /// Inside a value that is known to be valid JSON of the right kind, only a duplicate key can go wrong.
    fn from(_: &serde_json::Error) -> Self {
        Self::DuplicateKey
    }
}

/// What a value nested too deeply is reported as from inside serde.
pub(super) const TOO_DEEP: &str = "nested too deeply";

/// Whether a failed parse is due to a value that is nested too deeply.
pub fn is_nested_too_deeply(error: &serde_json::Error) -> bool {
    error.is_data() && error.to_string().starts_with(TOO_DEEP)
}

/// Whether a failed parse is due to a duplicate key rather than to bad syntax.
pub fn is_duplicate_key(error: &serde_json::Error) -> bool {
    error.is_data() && error.to_string().starts_with(DUPLICATE)
}

/// The members of an object in the order sent. No key stands twice.
#[derive(Default)]
pub struct Object<'a>(Vec<(Cow<'a, str>, Json<'a>)>);

impl<'a> Object<'a> {
    /// The member with this name.
    pub fn get(&self, name: &str) -> Option<Json<'a>> {
        self.iter().find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    /// Names and values in the order sent.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Json<'a>)> {
        self.0.iter().map(|(key, value)| (key.as_ref(), *value))
    }

    /// Every member with its name, as text.
    pub fn members(&self) -> Vec<(String, &'a str)> {
        self.0.iter().map(|(key, value)| (key.clone().into_owned(), value.text())).collect()
    }

    /// Adds a member; `false` where the name is there already.
    pub(super) fn insert(&mut self, key: Cow<'a, str>, value: &'a RawValue) -> bool {
        let is_new = !self.0.iter().any(|(existing, _)| *existing == key);
        self.0.push((key, Json(value)));
        is_new
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Object<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;

        impl<'de> Visitor<'de> for Members {
            type Value = Object<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object<'de>, A::Error> {
                let mut object = Object(Vec::with_capacity(12));
                while let Some(Key(key)) = map.next_key()? {
                    if !object.insert(key, map.next_value()?) {
                        return Err(A::Error::custom(DUPLICATE));
                    }
                }
                Ok(object)
            }
        }

        deserializer.deserialize_map(Members)
    }
}

/// A key, borrowed where it has no escapes.
pub(super) struct Key<'a>(pub Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Key<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyText;

        impl<'de> Visitor<'de> for KeyText {
            type Value = Key<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Borrowed(key)))
            }

            fn visit_str<E>(self, key: &str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Owned(key.to_owned())))
            }
        }

        deserializer.deserialize_str(KeyText)
    }
}
