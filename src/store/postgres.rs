//! PostgreSQL: connections, and what is asked of the server. Several replicas of the service may share one database.

use std::net::IpAddr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions, PgSslMode};
use sqlx::{ConnectOptions, PgConnection, PgPool};

use super::StoreError;

/// As many as a replica may take of the hundred connections that a server usually allows.
const READERS: u32 = 8;
const READER_WAIT: Duration = Duration::from_secs(5);
/// A replica that hangs in the middle of a transaction holds the lock that all others need to write.
const IDLE_IN_TRANSACTION: &str = "10s";
const LOCK_WAIT: &str = "10s";
/// How long a connection may take to be made. A server that is off the network does not even refuse.
const CONNECT_WAIT: Duration = Duration::from_secs(5);
/// How long a transaction may take. A server that was cut off from the network says nothing, for many minutes.
pub(super) const COMMIT_WAIT: Duration = Duration::from_secs(45);

/// What a URL such as `postgres://user@host/database?sslmode=verify-full&sslrootcert=/etc/ssl/hospital.pem` says.
///
/// # Errors
/// [`StoreError::WeakTls`] for `sslmode=verify-ca`: an authority that the URL names is trusted besides those of the web,
/// any of whose certificates would then do, for whatever name.
pub(super) fn options(url: &str) -> Result<PgConnectOptions, StoreError> {
    let options: PgConnectOptions = url.parse().map_err(StoreError::Open)?;
    if matches!(options.get_ssl_mode(), PgSslMode::VerifyCa) {
        return Err(StoreError::WeakTls);
    }
    if is_elsewhere(&options) && !matches!(options.get_ssl_mode(), PgSslMode::VerifyFull) {
        tracing::warn!(
            "the database server is not asked to prove who it is: for one on another machine, say sslmode=verify-full"
        );
    }
    Ok(options.application_name("spinemet").disable_statement_logging())
}

/// Whether the server is on another machine, as far as the URL tells.
fn is_elsewhere(options: &PgConnectOptions) -> bool {
    let host = options.get_host();
    let is_loopback = host.parse::<IpAddr>().map_or(host == "localhost", |address| address.is_loopback());
    options.get_socket().is_none() && !is_loopback
}

/// Opens the one connection of this replica that writes.
///
/// An administrator can switch off for a whole server, or for a role, that a commit waits for the disk. Ours always
/// wait. With `fsync = off` even that promises nothing; that is said in the log and left to the administrator.
pub(super) async fn writer(options: &PgConnectOptions) -> Result<PgConnection, StoreError> {
    let settings =
        [("idle_in_transaction_session_timeout", IDLE_IN_TRANSACTION), ("lock_timeout", LOCK_WAIT)];
    let options = options.clone().options(settings);
    let mut connection = tokio::time::timeout(CONNECT_WAIT, options.connect())
        .await
        .map_err(|_| StoreError::Unreachable)?
        .map_err(StoreError::Open)?;
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

/// Whether an error that the server told means that it is going away or was lost, so that it is not known whether it still
/// carried out what it was asked: SQLSTATE classes 08 and 57P.
pub(super) fn is_going_away(error: &sqlx::Error) -> bool {
    error
        .as_database_error()
        .and_then(|error| error.code().map(|code| code.starts_with("08") || code.starts_with("57P")))
        .unwrap_or(false)
}
