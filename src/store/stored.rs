//! What is stored, as it is read.

use crate::fhir::search::Key;
use sqlx::{ColumnIndex, Decode, FromRow, Row, Type};

use super::search::Position;

/// The columns of a [`Stored`] row.
pub(super) const COLUMNS: &str = "resource_type, id, version, sequence, subject, predecessor, body";

/// A version of a resource that is on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// The type of the resource.
    pub resource_type: String,
    /// The logical id.
    pub id: String,
    /// The version, from 1.
    pub version: u32,
    /// When it was stored. Strictly increasing in the order of commits.
    pub last_updated: jiff::Timestamp,
    /// The patient, as a reference.
    pub subject: Option<String>,
    /// The id of the resource of its series that was there before it.
    pub predecessor: Option<String>,
    /// JSON without `meta`; `None` where the version is a deletion.
    pub body: Option<Vec<u8>>,
}

impl Stored {
    /// JSON without `meta`; nothing of a deletion.
    pub fn json(&self) -> &[u8] {
        self.body.as_deref().unwrap_or_default()
    }
}

impl<'r, R> FromRow<'r, R> for Stored
where
    R: Row,
    &'static str: ColumnIndex<R>,
    i64: Decode<'r, R::Database> + Type<R::Database>,
    String: Decode<'r, R::Database> + Type<R::Database>,
    Vec<u8>: Decode<'r, R::Database> + Type<R::Database>,
{
    fn from_row(row: &'r R) -> Result<Self, sqlx::Error> {
        let body: Option<Vec<u8>> = row.try_get("body")?;
        Ok(Self {
            resource_type: row.try_get("resource_type")?,
            id: row.try_get("id")?,
            version: u32::try_from(row.try_get::<i64, _>("version")?).map_err(undecodable)?,
            last_updated: instant(row.try_get("sequence")?)?,
            subject: row.try_get("subject")?,
            predecessor: row.try_get("predecessor")?,
            body: body
                .map(|body| zstd::stream::decode_all(body.as_slice()))
                .transpose()
                .map_err(undecodable)?,
        })
    }
}

/// A version with whose it is.
pub(super) struct Owned {
    pub(super) tenant: String,
    pub(super) stored: Stored,
}

impl<'r, R> FromRow<'r, R> for Owned
where
    R: Row,
    &'static str: ColumnIndex<R>,
    String: Decode<'r, R::Database> + Type<R::Database>,
    Stored: FromRow<'r, R>,
{
    fn from_row(row: &'r R) -> Result<Self, sqlx::Error> {
        Ok(Self { tenant: row.try_get("tenant")?, stored: Stored::from_row(row)? })
    }
}

/// A version with what orders it among others.
pub(super) struct Found {
    pub(super) stored: Stored,
    date_start: Option<i64>,
}

impl Found {
    /// The place after it in an order.
    pub(super) fn position(&self, key: Key) -> Position {
        let sequence = self.stored.last_updated.as_microsecond();
        match key {
            Key::Updated => Position::Updated(sequence),
            Key::Date => Position::Date(self.date_start.unwrap_or(i64::MAX), sequence),
            Key::Id => Position::Id(self.stored.id.clone()),
        }
    }
}

impl<'r, R> FromRow<'r, R> for Found
where
    R: Row,
    &'static str: ColumnIndex<R>,
    i64: Decode<'r, R::Database> + Type<R::Database>,
    Stored: FromRow<'r, R>,
{
    fn from_row(row: &'r R) -> Result<Self, sqlx::Error> {
        Ok(Self { stored: Stored::from_row(row)?, date_start: row.try_get("date_start")? })
    }
}

/// The instant of a place in the order of commits.
pub(super) fn instant(sequence: i64) -> Result<jiff::Timestamp, sqlx::Error> {
    jiff::Timestamp::from_microsecond(sequence).map_err(undecodable)
}

fn undecodable(error: impl std::error::Error + Send + Sync + 'static) -> sqlx::Error {
    sqlx::Error::Decode(Box::new(error))
}
