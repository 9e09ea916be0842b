//! The outer shape of a Bundle, read in one pass over the body: Bundle, entries and resources, each one level deep.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};

use serde_json::value::RawValue;

use super::guard::is_too_deep;
use super::json::{DUPLICATE, Key, Object, TOO_DEEP};

/// How serde_json hands over a number when its `arbitrary_precision` is on, which fhirbolt forces for the whole build.
const NUMBER_TOKEN: &str = "$serde_json::private::Number";

/// A Bundle read in one pass: the members of the Bundle, of each entry and of each resource, and no deeper.
#[derive(Default)]
pub struct Envelope<'a> {
    /// The members of the outermost object other than `entry`.
    pub members: Object<'a>,
    /// `entry`, where it is there and an array.
    pub entries: Option<Vec<Opened<EntryEnvelope<'a>>>>,
    /// Whether `entry` is there but no array.
    pub entry_is_no_array: bool,
}

/// One entry of a Bundle.
#[derive(Default)]
pub struct EntryEnvelope<'a> {
    /// The members other than `resource`.
    pub members: Object<'a>,
    /// The resource.
    pub resource: Option<Opened<Object<'a>>>,
}

/// A value that should be an object: opened, or still there as whatever else it is.
pub enum Opened<T> {
    /// An object.
    Object(T),
    /// Something else.
    Other,
}

/// A type that is filled member by member.
trait Members<'de>: Default {
    fn member<A: MapAccess<'de>>(&mut self, key: Cow<'de, str>, map: &mut A) -> Result<bool, A::Error>;
}

impl<'de> Members<'de> for Object<'de> {
    fn member<A: MapAccess<'de>>(&mut self, key: Cow<'de, str>, map: &mut A) -> Result<bool, A::Error> {
        let value: &'de RawValue = map.next_value()?;
        if is_too_deep(value.get().as_bytes()) {
            return Err(A::Error::custom(TOO_DEEP));
        }
        Ok(self.insert(key, value))
    }
}

impl<'de> Members<'de> for EntryEnvelope<'de> {
    fn member<A: MapAccess<'de>>(&mut self, key: Cow<'de, str>, map: &mut A) -> Result<bool, A::Error> {
        if key != "resource" {
            return self.members.member(key, map);
        }
        let resource = map.next_value()?;
        Ok(self.resource.replace(resource).is_none())
    }
}

impl<'de> Members<'de> for Envelope<'de> {
    fn member<A: MapAccess<'de>>(&mut self, key: Cow<'de, str>, map: &mut A) -> Result<bool, A::Error> {
        if key != "entry" {
            return self.members.member(key, map);
        }
        let is_first = self.entries.is_none() && !self.entry_is_no_array;
        match map.next_value::<Entries<'de>>()?.0 {
            Some(entries) => self.entries = Some(entries),
            None => self.entry_is_no_array = true,
        }
        Ok(is_first)
    }
}

/// The value of `entry`; `None` where it is no array.
struct Entries<'a>(Option<Vec<Opened<EntryEnvelope<'a>>>>);

/// Visits any JSON value: objects member by member, arrays where they are expected, anything else as "other".
struct AnyValue<T>(PhantomData<T>);

macro_rules! other_scalars {
    ($other:expr) => {
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a JSON value")
        }

        fn visit_unit<E>(self) -> Result<Self::Value, E> {
            Ok($other)
        }

        fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
            Ok($other)
        }

        fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
            Ok($other)
        }

        fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
            Ok($other)
        }

        fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
            Ok($other)
        }

        fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
            Ok($other)
        }
    };
}

impl<'de, T: Members<'de>> Visitor<'de> for AnyValue<T> {
    type Value = Opened<T>;

    other_scalars!(Opened::Other);

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Self::Value, A::Error> {
        while sequence.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Opened::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut value = T::default();
        while let Some(Key(key)) = map.next_key()? {
            if key == NUMBER_TOKEN {
                map.next_value::<String>()?;
                return Ok(Opened::Other);
            }
            if !value.member(key, &mut map)? {
                return Err(A::Error::custom(DUPLICATE));
            }
        }
        Ok(Opened::Object(value))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Opened<Object<'a>> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue::<Object<'de>>(PhantomData))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Opened<EntryEnvelope<'a>> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue::<EntryEnvelope<'de>>(PhantomData))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Opened<Envelope<'a>> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue::<Envelope<'de>>(PhantomData))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Entries<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EntryArray;

        impl<'de> Visitor<'de> for EntryArray {
            type Value = Entries<'de>;

            other_scalars!(Entries(None));

            fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = sequence.next_element()? {
                    entries.push(entry);
                }
                Ok(Entries(Some(entries)))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                while let Some(Key(key)) = map.next_key()? {
                    if key == NUMBER_TOKEN {
                        map.next_value::<String>()?;
                    } else {
                        map.next_value::<IgnoredAny>()?;
                    }
                }
                Ok(Entries(None))
            }
        }

        deserializer.deserialize_any(EntryArray)
    }
}
