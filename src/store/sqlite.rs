//! SQLite: connections to the database file, and what they promise.

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, SqliteConnection, SqlitePool};

use super::StoreError;

/// How long a connection waits for the lock of another process, e.g. a backup.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// Reads are short and a connection costs a thread and its page cache: two keep up with two processors.
const READERS: u32 = 2;
const READER_WAIT: Duration = Duration::from_secs(5);

/// `PRAGMA synchronous` in numbers: FULL.
const SYNCHRONOUS_FULL: i64 = 2;

/// Opens the one connection that writes.
///
/// With `synchronous = NORMAL` a power cut loses acknowledged commits, and nothing but a power cut shows it. SQLite
/// also falls back to another journal in silence where the file system cannot do a write-ahead log. So both settings
/// are read back, and a store that cannot keep its promise does not open.
pub(super) async fn writer(path: &Path) -> Result<SqliteConnection, StoreError> {
    let mut connection = options(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .connect()
        .await
        .map_err(StoreError::Open)?;
    let journal_mode: String = sqlx::query_scalar("PRAGMA journal_mode")
        .fetch_one(&mut connection)
        .await
        .map_err(StoreError::Open)?;
    let synchronous: i64 = sqlx::query_scalar("PRAGMA synchronous")
        .fetch_one(&mut connection)
        .await
        .map_err(StoreError::Open)?;
    if journal_mode == "wal" && synchronous == SYNCHRONOUS_FULL {
        Ok(connection)
    } else {
        Err(StoreError::NotDurable)
    }
}

/// A pool of connections that cannot write, opened when they are first needed.
pub(super) fn readers(path: &Path) -> SqlitePool {
    SqlitePoolOptions::new()
        .max_connections(READERS)
        .acquire_timeout(READER_WAIT)
        .connect_lazy_with(options(path).read_only(true))
}

/// One connection that cannot write.
pub(super) async fn reader(path: &Path) -> Result<SqliteConnection, sqlx::Error> {
    options(path).read_only(true).connect().await
}

/// SQLite's `quick_check`: reads the whole file, and checks everything but whether the indices agree with their
/// tables.
pub(super) async fn is_sound(path: &Path) -> Result<bool, sqlx::Error> {
    let mut connection = reader(path).await?;
    let verdict: String = sqlx::query_scalar("PRAGMA quick_check(1)").fetch_one(&mut connection).await?;
    connection.close().await?;
    Ok(verdict == "ok")
}

/// Whether it is unknown after the error what is on the disk. A full disk or a lock leave no such doubt.
pub(super) fn leaves_disk_unknown(error: &sqlx::Error) -> bool {
    /// SQLite's primary result codes IOERR, CORRUPT and NOTADB.
    const DOUBTFUL: [i32; 3] = [10, 11, 26];
    match error {
        sqlx::Error::Database(error) => error
            .code()
            .and_then(|code| code.parse::<i32>().ok())
            .is_some_and(|extended| DOUBTFUL.contains(&(extended & 0xff))),
        sqlx::Error::WorkerCrashed | sqlx::Error::Io(_) => true,
        _ => false,
    }
}

fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        .disable_statement_logging()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Killing the process cannot show a wrong setting, as the page cache outlives it; so the settings are the test.
    #[tokio::test]
    async fn the_writer_synchronises_the_write_ahead_log_at_every_commit() {
        let directory = tempfile::tempdir().unwrap();
        let mut connection = writer(&directory.path().join("test.db")).await.unwrap();
        let journal: String =
            sqlx::query_scalar("PRAGMA journal_mode").fetch_one(&mut connection).await.unwrap();
        let synchronous: i64 =
            sqlx::query_scalar("PRAGMA synchronous").fetch_one(&mut connection).await.unwrap();
        let foreign_keys: i64 =
            sqlx::query_scalar("PRAGMA foreign_keys").fetch_one(&mut connection).await.unwrap();
        assert_eq!((journal.as_str(), synchronous, foreign_keys), ("wal", 2, 1));
    }

    #[tokio::test]
    async fn a_place_without_a_write_ahead_log_is_refused() {
        // A database in memory has no log; it stands for a file system that cannot have one.
        assert!(matches!(writer(Path::new(":memory:")).await, Err(StoreError::NotDurable)));
    }
}
