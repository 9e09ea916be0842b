//! A copy of a SQLite database, taken while the service runs.

use std::path::{Path, PathBuf};

use sqlx::AssertSqlSafe;
use sqlx::Connection;

use super::sqlite;

/// Why there is no backup.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// A copy never takes the place of a file, which may be the backup before it.
    #[error("{path} exists already", path = .0.display())]
    Exists(PathBuf),
    /// The database is not there, or cannot be read.
    #[error("the database cannot be copied")]
    Copy(#[source] sqlx::Error),
    /// The copy could not be brought to the disk.
    #[error("the copy cannot be brought to the disk")]
    Disk(#[source] std::io::Error),
    /// The copy was read again and is damaged; so may be the database.
    #[error("the copy is damaged, and so may be the database: keep the backup before it")]
    Damaged,
}

/// Copies a database as it is at one moment, whoever writes meanwhile. When it returns `Ok`, the copy was read from end to
/// end, is sound, and is on the disk; when it does not, nothing is left that could be taken for a backup.
pub async fn backup(database: &Path, target: &Path) -> Result<(), BackupError> {
    if target.exists() {
        return Err(BackupError::Exists(target.to_path_buf()));
    }
    let copied = copy(database, target).await;
    if copied.is_err() {
        // There may be none.
        let _ = std::fs::remove_file(target);
    }
    copied
}

async fn copy(database: &Path, target: &Path) -> Result<(), BackupError> {
    // It has all that the write-ahead log holds, and no free pages.
    let quoted = target.to_string_lossy().replace('\'', "''");
    let mut connection = sqlite::reader(database).await.map_err(BackupError::Copy)?;
    let copy = AssertSqlSafe(format!("VACUUM INTO '{quoted}'"));
    sqlx::query(copy).execute(&mut connection).await.map_err(BackupError::Copy)?;
    connection.close().await.map_err(BackupError::Copy)?;
    let synchronise = |path: &Path| std::fs::File::open(path)?.sync_all();
    synchronise(target).map_err(BackupError::Disk)?;
    // The name of the new file is its directory's.
    let directory = target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    synchronise(directory).map_err(BackupError::Disk)?;
    match sqlite::is_sound(target).await {
        Ok(true) => Ok(()),
        Ok(false) => Err(BackupError::Damaged),
        Err(error) => Err(BackupError::Copy(error)),
    }
}
