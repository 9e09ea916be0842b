//! What was said, kept: RiskAssessments in an embedded SQLite database.
//!
//! **A row is acknowledged only after it is on the disk.** The write-ahead log is synchronised at every commit, and
//! the store refuses to open where that cannot be had. **A row never changes**: its id is a function of its content,
//! so the first writer wins and everybody is given what the first one stored. **After an input or output error the
//! store writes no more**, because what the operating system then still holds in memory cannot be known. **Damage is
//! looked for at every start**, beside the work, and a damaged database takes no more writes either.
//!
//! Nothing in the signatures is SQLite's, so that another database can stand behind the same type.

mod connection;
mod error;
mod schema;
mod writer;

use std::path::Path;
use std::sync::Arc;

use sqlx::SqlitePool;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row};
use tokio::sync::mpsc;

pub use error::StoreError;

use crate::assess::Rendered;
use writer::{Health, Job};

/// How many writes may wait for the writer. A commit takes the waiting ones together, so this is some tens of
/// milliseconds of work; what comes on top of it is refused at once.
const WAITING_WRITES: usize = 512;

/// The columns of a [`Stored`] row.
const COLUMNS: &str = "SELECT id, version, last_updated_microseconds, body FROM risk_assessment \
                       WHERE tenant = ? AND id = ?";

/// A RiskAssessment that is on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// The logical id.
    pub id: String,
    /// The version; 1, as rows never change.
    pub version: u32,
    /// When it was stored. Strictly increasing in the order of commits.
    pub last_updated: jiff::Timestamp,
    /// JSON without `meta`.
    pub body: Vec<u8>,
}

impl FromRow<'_, SqliteRow> for Stored {
    fn from_row(row: &SqliteRow) -> Result<Self, sqlx::Error> {
        let last_updated = jiff::Timestamp::from_microsecond(row.try_get("last_updated_microseconds")?)
            .map_err(|error| sqlx::Error::Decode(Box::new(error)))?;
        Ok(Self {
            id: row.try_get("id")?,
            version: row.try_get("version")?,
            last_updated,
            body: row.try_get("body")?,
        })
    }
}

/// The database. Cheap to clone; all clones share one writer.
#[derive(Debug, Clone)]
pub struct Store {
    jobs: mpsc::Sender<Job>,
    readers: SqlitePool,
    health: Arc<Health>,
    path: Arc<Path>,
}

impl Store {
    /// Opens the database, makes it when it is absent, and brings its tables up to date.
    ///
    /// Must be called within a Tokio runtime, where the writer then lives.
    pub async fn open(path: &Path) -> Result<Self, StoreError> {
        let mut connection = connection::writer(path).await?;
        schema::migrate(&mut connection).await?;
        let (jobs, waiting) = mpsc::channel(WAITING_WRITES);
        let health = Arc::new(Health::default());
        tokio::spawn(writer::run(connection, waiting, Arc::clone(&health)));
        Ok(Self { jobs, readers: connection::readers(path), health, path: path.into() })
    }

    /// Stores what is new, and returns what is now stored under the ids, in their order.
    ///
    /// When it returns `Ok`, every row is on the disk. All rows are stored, or none.
    pub async fn put(&self, tenant: &str, resources: Vec<Rendered>) -> Result<Vec<Stored>, StoreError> {
        if resources.is_empty() {
            return Ok(Vec::new());
        }
        self.health.check()?;
        let (job, reply) = Job::put(tenant, resources);
        self.jobs.try_send(job).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => StoreError::Overloaded,
            mpsc::error::TrySendError::Closed(_) => StoreError::Stopped,
        })?;
        reply.await.map_err(|_| StoreError::Stopped)?
    }

    /// What is stored under an id.
    pub async fn get(&self, tenant: &str, id: &str) -> Result<Option<Stored>, StoreError> {
        sqlx::query_as(COLUMNS)
            .bind(tenant)
            .bind(id)
            .fetch_optional(&self.readers)
            .await
            .map_err(StoreError::Read)
    }

    /// Whether the store can read and, as far as is known, write.
    pub async fn check(&self) -> Result<(), StoreError> {
        self.health.check()?;
        sqlx::query("SELECT 1").execute(&self.readers).await.map(drop).map_err(StoreError::Read)
    }

    /// Looks for damage, which means to read the whole database: some seconds a gigabyte, so do it beside the work.
    ///
    /// A damaged database takes no more writes, and says so in the log and in [`check`](Self::check).
    pub async fn look_for_damage(&self) {
        match connection::is_sound(&self.path).await {
            Ok(true) => tracing::debug!("the database is sound"),
            Ok(false) => {
                self.health.fail();
                tracing::error!("the database is damaged and takes no more writes: restore it from a backup");
            }
            Err(error) => {
                self.health.fail();
                tracing::error!(%error, "the database could not be checked for damage and takes no more writes");
            }
        }
    }

    /// Ends the writer after the writes that wait, and closes the database.
    pub async fn close(&self) {
        let (job, closed) = Job::close();
        if self.jobs.send(job).await.is_ok() {
            // Without a reply the writer has ended already.
            let _ = closed.await;
        }
        self.readers.close().await;
    }
}
