//! What was said, kept: resources of any type in an embedded SQLite database, or in PostgreSQL.
//!
//! **A row is acknowledged only after it is on the disk.** The write-ahead log is synchronised at every commit, and
//! the store refuses to open where that cannot be had. **A row never changes**: its id is a function of its content,
//! so the first writer wins and everybody is given what the first one stored. **After an input or output error the
//! store writes no more**, because what the operating system then still holds in memory cannot be known. **Damage is
//! looked for at every start**, beside the work, and a damaged database takes no more writes either.
//!
//! **Both databases behave alike**: every statement is the same for both ([`Sql`]), `database.rs` is the only place
//! that asks which it is, and one suite of tests runs on both. Several replicas may share one PostgreSQL.
//!
//! # Another table
//!
//! A *resource*, of whatever type, needs none: make a [`Draft`] and [`Store::put`] it, and add its search parameters to
//! `fhir/search/parameter.rs`. It then has versions, reads and searches like every other.
//!
//! Anything else gets a migration in both directories of `migrations/` (types: `INTEGER`/`BIGINT`, `TEXT`,
//! `BLOB`/`BYTEA`, `REAL`/`DOUBLE PRECISION`), and a module here with `impl Store` and its statements. Statements that
//! change something go through [`Store::write`], which is durable and atomic and tells how many rows each touched;
//! reading is [`Store::fetch`], whose rows are tuples or implement `FromRow`. A claim that only one replica may have
//! is an `UPDATE ... WHERE` whose row count is 1.

mod archive;
mod backup;
mod card;
mod commit;
mod current;
mod database;
mod draft;
mod error;
mod export;
mod history;
mod idempotency;
mod postgres;
mod retention;
mod schema;
mod search;
mod sql;
mod sqlite;
mod stored;
mod subscription;
mod writer;

use std::path::Path;
use std::sync::Arc;

use tokio::sync::mpsc;

pub use archive::ArchivedAssessment;
pub use backup::{BackupError, backup};
pub use card::{CardFeedback, CardStatement, RuleCount};
pub use commit::Committed;
pub use database::Record;
pub use draft::Draft;
pub use error::StoreError;
pub use export::{ExportJob, Exported};
pub use history::History;
pub use idempotency::GivenAnswer;
pub use search::{Page, Position, Search};
pub use sql::{Sql, Value};
pub use stored::Stored;
pub use subscription::{Change, Progress, SubscriptionEvent, SubscriptionRow};

use commit::{Change as Write, Revision};
use database::{Location, Readers};
use draft::Prepared;
use writer::{Health, Job, Writer};

/// How many writes may wait for the writer. A commit takes the waiting ones together, so this is some tens of
/// milliseconds of work; what comes on top of it is refused at once.
const WAITING_WRITES: usize = 512;

/// The database. Cheap to clone; all clones share one writer.
#[derive(Debug, Clone)]
pub struct Store {
    jobs: mpsc::Sender<Job>,
    readers: Readers,
    health: Arc<Health>,
    location: Arc<Location>,
}

impl Store {
    /// Opens a SQLite database, makes it when it is absent, and brings its tables up to date.
    ///
    /// Must be called within a Tokio runtime, where the writer then lives.
    pub async fn open(path: &Path) -> Result<Self, StoreError> {
        Self::at(Location::Sqlite(path.to_path_buf())).await
    }

    /// Opens a PostgreSQL database by its URL, such as `postgres://user@host/database`, and brings its tables up to
    /// date.
    pub async fn connect(url: &str) -> Result<Self, StoreError> {
        Self::at(Location::Postgres(Box::new(postgres::options(url)?))).await
    }

    async fn at(location: Location) -> Result<Self, StoreError> {
        let mut connection = location.connect().await?;
        connection.migrate().await?;
        let (jobs, waiting) = mpsc::channel(WAITING_WRITES);
        let health = Arc::new(Health::default());
        let readers = location.readers();
        tokio::spawn(Writer::new(location.clone(), connection, Arc::clone(&health)).run(waiting));
        Ok(Self { jobs, readers, health, location: Arc::new(location) })
    }

    /// Stores what is new, and returns what is now stored under the ids, in their order.
    ///
    /// When it returns `Ok`, every row is on the disk. All rows are stored, or none.
    pub async fn put<D: Into<Draft>>(&self, tenant: &str, drafts: Vec<D>) -> Result<Vec<Stored>, StoreError> {
        if drafts.is_empty() {
            return Ok(Vec::new());
        }
        let drafts = drafts.into_iter().map(Into::into).collect();
        self.write(tenant, drafts, Vec::new()).await.map(|committed| committed.stored)
    }

    /// Stores resources as [`put`](Self::put) does and carries out statements, all of it together or nothing.
    ///
    /// For tables that hold no resources. The statements share a transaction and its synchronisation with whatever
    /// else waits to be written.
    pub async fn write(
        &self,
        tenant: &str,
        drafts: Vec<Draft>,
        statements: Vec<Sql>,
    ) -> Result<Committed, StoreError> {
        let prepared: Result<_, _> = drafts.into_iter().map(|draft| prepare(tenant, draft)).collect();
        self.submit(Write { resources: prepared?, statements, ..Write::default() }).await
    }

    /// Stores a new version of a resource, if `expected` is the current one; else does nothing and returns `None`.
    pub async fn revise(
        &self,
        tenant: &str,
        draft: Draft,
        expected: u32,
    ) -> Result<Option<Stored>, StoreError> {
        let revision = Revision { resource: prepare(tenant, draft)?, expected };
        let committed = self.submit(Write { revisions: vec![revision], ..Write::default() }).await?;
        Ok(committed.revised.into_iter().next().flatten())
    }

    async fn submit(&self, change: Write) -> Result<Committed, StoreError> {
        self.health.check()?;
        let (job, reply) = Job::write(change);
        self.jobs.try_send(job).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => StoreError::Overloaded,
            mpsc::error::TrySendError::Closed(_) => StoreError::Stopped,
        })?;
        reply.await.map_err(|_| StoreError::Stopped)?
    }

    /// Reads rows. For tables that hold no resources.
    pub async fn fetch<T: Record>(&self, sql: Sql) -> Result<Vec<T>, StoreError> {
        self.readers.fetch(sql).await.map_err(StoreError::Read)
    }

    /// The current version of a resource; its body is absent when it was deleted.
    pub async fn read(
        &self,
        tenant: &str,
        resource_type: &str,
        id: &str,
    ) -> Result<Option<Stored>, StoreError> {
        let sql = Sql::new(&format!(
            "SELECT {} FROM resource_version WHERE tenant = $1 AND resource_type = $2 AND id = $3 \
             ORDER BY version DESC LIMIT 1",
            stored::COLUMNS
        ));
        Ok(self.fetch(sql.bind(tenant).bind(resource_type).bind(id)).await?.pop())
    }

    /// A secret that everyone who uses this database shares: the one that is kept by the name, which is `fresh` where
    /// none was.
    pub async fn shared_secret(&self, name: &str, fresh: &[u8]) -> Result<Vec<u8>, StoreError> {
        let read = || Sql::new("SELECT value FROM secret WHERE name = $1").bind(name);
        let known: Vec<(Vec<u8>,)> = self.fetch(read()).await?;
        if let Some((value,)) = known.into_iter().next() {
            return Ok(value);
        }
        let insert =
            Sql::new("INSERT INTO secret (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING");
        self.write("", Vec::new(), vec![insert.bind(name).bind(fresh)]).await?;
        let kept: Vec<(Vec<u8>,)> = self.fetch(read()).await?;
        kept.into_iter().next().map(|(value,)| value).ok_or(StoreError::Read(sqlx::Error::RowNotFound))
    }

    /// Whether the store can read and, as far as is known, write.
    pub async fn check(&self) -> Result<(), StoreError> {
        self.health.check()?;
        self.fetch::<(i64,)>(Sql::new("SELECT latest FROM commit_clock")).await.map(drop)
    }

    /// Looks for damage, which means to read the whole database: some seconds a gigabyte, so do it beside the work.
    ///
    /// A damaged database takes no more writes, and says so in the log and in [`check`](Self::check).
    pub async fn look_for_damage(&self) {
        // A PostgreSQL server looks after its own disk.
        let Location::Sqlite(path) = &*self.location else { return };
        match sqlite::is_sound(path).await {
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

/// A draft in the form in which it is written.
fn prepare(tenant: &str, draft: Draft) -> Result<Prepared, StoreError> {
    Prepared::new(tenant, draft).map_err(|error| StoreError::Write(Arc::new(error)))
}

/// Fast, and a third to a fifth of the size.
const COMPRESSION_LEVEL: i32 = 1;

fn compressed(bytes: &[u8]) -> Result<Vec<u8>, StoreError> {
    let failed = |error| StoreError::Write(Arc::new(sqlx::Error::Encode(Box::new(error))));
    zstd::bulk::compress(bytes, COMPRESSION_LEVEL).map_err(failed)
}

fn decompressed(bytes: &[u8]) -> Result<Vec<u8>, StoreError> {
    zstd::stream::decode_all(bytes).map_err(|error| StoreError::Read(sqlx::Error::Decode(Box::new(error))))
}
