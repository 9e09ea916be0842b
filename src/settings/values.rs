//! The types of single settings.

use std::fmt;
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// A duration of at least one millisecond, and at most some 49 days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Milliseconds(NonZeroU32);

impl Milliseconds {
    /// So many milliseconds; at least one.
    pub const fn new(milliseconds: u32) -> Self {
        match NonZeroU32::new(milliseconds) {
            Some(milliseconds) => Self(milliseconds),
            None => Self(NonZeroU32::MIN),
        }
    }

    pub(super) const fn from_seconds(seconds: u32) -> Self {
        Self::new(seconds.saturating_mul(1000))
    }

    /// The same as the standard library's type.
    pub fn duration(self) -> Duration {
        Duration::from_millis(u64::from(self.0.get()))
    }
}

/// Whose data it is: one hospital, or one department of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Tenant(String);

impl Tenant {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for Tenant {
    fn default() -> Self {
        Self("default".to_owned())
    }
}

impl TryFrom<String> for Tenant {
    type Error = InvalidValue;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.';
        if (1..=64).contains(&text.len()) && text.bytes().all(allowed) {
            Ok(Self(text))
        } else {
            Err(InvalidValue("a tenant is 1 to 64 of the letters a to z and A to Z, digits, '-' and '.'"))
        }
    }
}

impl From<Tenant> for String {
    fn from(tenant: Tenant) -> Self {
        tenant.0
    }
}

/// Where the database is.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum DatabaseLocation {
    /// A SQLite file.
    File(PathBuf),
    /// A PostgreSQL database, by a URL such as `postgres://user@host/database`.
    Server(String),
}

impl Default for DatabaseLocation {
    fn default() -> Self {
        Self::File(PathBuf::from("spinemet.db"))
    }
}

/// Without the URL, which may hold a password.
impl fmt::Debug for DatabaseLocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => f.debug_tuple("File").field(path).finish(),
            Self::Server(_) => f.write_str("Server(..)"),
        }
    }
}

impl From<PathBuf> for DatabaseLocation {
    fn from(path: PathBuf) -> Self {
        Self::File(path)
    }
}

impl TryFrom<String> for DatabaseLocation {
    type Error = InvalidValue;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        match text.split_once("://") {
            None if text.is_empty() => Err(InvalidValue("the path of the database is empty")),
            None => Ok(Self::File(PathBuf::from(text))),
            Some(("postgres" | "postgresql", _)) => Ok(Self::Server(text)),
            Some(_) => {
                Err(InvalidValue("a database is a file, or a PostgreSQL URL: postgres://user@host/database"))
            }
        }
    }
}

impl From<DatabaseLocation> for String {
    fn from(location: DatabaseLocation) -> Self {
        match location {
            DatabaseLocation::File(path) => path.to_string_lossy().into_owned(),
            DatabaseLocation::Server(url) => url,
        }
    }
}

/// The start of an absolute http or https URL, without a slash at its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BaseUrl(String);

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for BaseUrl {
    type Error = InvalidValue;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        let is_clean = |rest: &str| {
            !rest.is_empty() && !rest.ends_with('/') && rest.bytes().all(|byte| byte.is_ascii_graphic())
        };
        if rest.is_some_and(is_clean) && !text.contains(['?', '#', '"', '\\']) {
            Ok(Self(text))
        } else {
            Err(InvalidValue(
                "a base URL is like https://spinemet.hospital.example, without a slash at its end",
            ))
        }
    }
}

impl From<BaseUrl> for String {
    fn from(url: BaseUrl) -> Self {
        url.0
    }
}

/// An absolute http or https URL of a page or an app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PageUrl(String);

impl fmt::Display for PageUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for PageUrl {
    type Error = InvalidValue;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        let is_clean = |rest: &str| {
            !rest.is_empty()
                && rest
                    .bytes()
                    .all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\\' | b'<' | b'>'))
        };
        if rest.is_some_and(is_clean) {
            Ok(Self(text))
        } else {
            Err(InvalidValue("the URL of a page is like https://app.hospital.example/launch"))
        }
    }
}

impl From<PageUrl> for String {
    fn from(url: PageUrl) -> Self {
        url.0
    }
}

/// Names separated by commas, such as the ids of services.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Names(Vec<String>);

impl Names {
    /// Each name.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

impl TryFrom<String> for Names {
    type Error = InvalidValue;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let names = text.split(',').map(str::trim).filter(|name| !name.is_empty());
        Ok(Self(names.map(str::to_owned).collect()))
    }
}

impl From<Names> for String {
    fn from(names: Names) -> Self {
        names.0.join(", ")
    }
}

/// Whether the database is checked for damage after the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StartCheck {
    /// SQLite's `quick_check`, beside the work: reads the whole file, some seconds for each gigabyte.
    Quick,
    /// None.
    Off,
}

/// What becomes of a search that has a parameter which is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SearchHandling {
    /// It is answered without it, and says so.
    Lenient,
    /// It is refused.
    Strict,
}

/// Whether requests are noted in the audit log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Audit {
    /// They are not.
    Off,
    /// Beside the answer: none waits for it, and should the process die just then, the event is lost.
    Beside,
    /// Before the answer: none leaves whose event is not on the disk.
    Before,
}

/// The form of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Pretty,
    /// One JSON object a line.
    Json,
}

/// How much is logged, of the service itself; its libraries only say warnings and errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogLevel {
    /// Nothing.
    Off,
    /// What failed.
    Error,
    /// And what looks wrong.
    Warn,
    /// And one line a request.
    Info,
    /// And why requests were refused.
    Debug,
    /// And everything else.
    Trace,
}

/// A value that its setting does not take.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct InvalidValue(pub(super) &'static str);

/// [`Language`](crate::language::Language) as its BCP 47 tag.
pub(super) mod language {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    use crate::language::Language;

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for this signature")]
    pub(in super::super) fn serialize<S: Serializer>(language: &Language, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(language.tag())
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Language, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}

/// Paths as a list, or as one text with a colon between two, which is how the environment says them.
pub(super) mod paths {
    use std::fmt;
    use std::path::PathBuf;

    use serde::de::{SeqAccess, Visitor};
    use serde::{Deserializer, Serialize, Serializer};

    pub(in super::super) fn serialize<S: Serializer>(paths: &Vec<PathBuf>, to: S) -> Result<S::Ok, S::Error> {
        paths.serialize(to)
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Vec<PathBuf>, D::Error> {
        from.deserialize_any(Paths)
    }

    struct Paths;

    impl<'de> Visitor<'de> for Paths {
        type Value = Vec<PathBuf>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a list of paths, or paths with a colon between two")
        }

        fn visit_str<E>(self, text: &str) -> Result<Vec<PathBuf>, E> {
            Ok(text.split(':').filter(|path| !path.is_empty()).map(PathBuf::from).collect())
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<PathBuf>, A::Error> {
            let mut paths = Vec::new();
            while let Some(path) = list.next_element()? {
                paths.push(path);
            }
            Ok(paths)
        }
    }
}
