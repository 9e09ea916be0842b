//! What can go wrong with the database. No text repeats a stored value.

use std::sync::Arc;

/// Why the store did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file cannot be opened as a database.
    #[error("the database cannot be opened")]
    Open(#[source] sqlx::Error),
    /// The file system does not let SQLite promise that a commit survives a power cut.
    #[error("the database cannot write durably here (it needs a write-ahead log with full synchronisation)")]
    NotDurable,
    /// The URL of a PostgreSQL server asks for TLS that would not show who the server is.
    #[error(
        "sslmode=verify-ca does not check the server's name, and so hardly anything: use sslmode=verify-full"
    )]
    WeakTls,
    /// The tables could not be brought up to date, e.g. because a newer version of the service wrote them.
    #[error("the database's tables cannot be brought up to date")]
    Migrate(#[source] sqlx::migrate::MigrateError),
    /// Too many writes wait already; nothing was stored.
    #[error("too many writes wait for the database")]
    Overloaded,
    /// A write failed; nothing of it was stored.
    #[error("a write to the database failed")]
    Write(#[source] Arc<sqlx::Error>),
    /// The connection broke while something was written, or could not be had: whether it was stored is not known.
    #[error("the connection to the database broke during a write")]
    Interrupted(#[source] Arc<sqlx::Error>),
    /// The database server cannot be reached; nothing was stored.
    #[error("the database server cannot be reached")]
    Unreachable,
    /// A read failed.
    #[error("a read from the database failed")]
    Read(#[source] sqlx::Error),
    /// The store writes no more: it was closed, is damaged, or had an input or output error.
    #[error("the database takes no more writes")]
    Stopped,
}

impl StoreError {
    /// The same for another who waits.
    pub(super) fn again(&self) -> Self {
        match self {
            Self::Write(error) => Self::Write(Arc::clone(error)),
            Self::Interrupted(error) => Self::Interrupted(Arc::clone(error)),
            Self::Open(_) => Self::Unreachable,
            _ => Self::Stopped,
        }
    }
}
