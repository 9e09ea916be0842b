//! PostgreSQL: connections, and what is asked of the server. Several replicas of the service may share one database.

use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions, PgConnection, PgPool};

use super::StoreError;

/// As many as a replica may take of the hundred connections that a server usually allows.
const READERS: u32 = 8;
const READER_WAIT: Duration = Duration::from_secs(5);
/// A replica that hangs in the middle of a transaction holds the lock that all others need to write.
const IDLE_IN_TRANSACTION: &str = "10s";
const LOCK_WAIT: &str = "10s";

/// What a URL such as `postgres://user@host/database` says.
pub(super) fn options(url: &str) -> Result<PgConnectOptions, StoreError> {
    let options: PgConnectOptions = url.parse().map_err(StoreError::Open)?;
    Ok(options.application_name("spinemet").disable_statement_logging())
}

/// Opens the one connection of this replica that writes.
///
/// An administrator can switch off for a whole server, or for a role, that a commit waits for the disk. Ours always
/// wait. With `fsync = off` even that promises nothing; that is said in the log and left to the administrator.
pub(super) async fn writer(options: &PgConnectOptions) -> Result<PgConnection, StoreError> {
    let settings =
        [("idle_in_transaction_session_timeout", IDLE_IN_TRANSACTION), ("lock_timeout", LOCK_WAIT)];
    let mut connection = options.clone().options(settings).connect().await.map_err(StoreError::Open)?;
    let (synchronous_commit, fsync): (String, String) =
        sqlx::query_as("SELECT current_setting('synchronous_commit'), current_setting('fsync')")
            .fetch_one(&mut connection)
            .await
            .map_err(StoreError::Open)?;
    if synchronous_commit == "off" {
        sqlx::query("SET synchronous_commit TO on")
            .execute(&mut connection)
            .await
            .map_err(StoreError::Open)?;
    }
    if fsync == "off" {
        tracing::warn!(
            "the database server runs with fsync = off: a power cut may lose or damage what is stored"
        );
    }
    Ok(connection)
}

/// A pool of connections that read, opened when they are first needed.
pub(super) fn readers(options: &PgConnectOptions) -> PgPool {
    let settings = [("default_transaction_read_only", "on")];
    PgPoolOptions::new()
        .max_connections(READERS)
        .acquire_timeout(READER_WAIT)
        .connect_lazy_with(options.clone().options(settings))
}
