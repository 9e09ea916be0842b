//! SQLite or PostgreSQL: the one place where it matters which.

use std::path::PathBuf;
use std::time::Duration;

use sqlx::postgres::{PgArguments, PgConnectOptions, PgRow};
use sqlx::query::{Query, QueryAs};
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{
    AssertSqlSafe, Connection as _, FromRow, PgConnection, PgPool, Postgres, Sqlite, SqliteConnection,
    SqlitePool,
};

use super::sql::{Sql, Value};
use super::{StoreError, postgres, schema, sqlite};

/// A row of either database. Tuples are, and so is what implements `FromRow` for every kind of row.
pub trait Record: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}

impl<T> Record for T where T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}

/// Where the database is.
#[derive(Debug, Clone)]
pub(super) enum Location {
    Sqlite(PathBuf),
    Postgres(Box<PgConnectOptions>),
}

/// The one connection that writes.
#[derive(Debug)]
pub(super) enum Connection {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

/// Connections that read.
#[derive(Debug, Clone)]
pub(super) enum Readers {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

impl Location {
    pub(super) async fn connect(&self) -> Result<Connection, StoreError> {
        match self {
            Self::Sqlite(path) => sqlite::writer(path).await.map(Connection::Sqlite),
            Self::Postgres(options) => postgres::writer(options).await.map(Connection::Postgres),
        }
    }

    pub(super) fn readers(&self) -> Readers {
        match self {
            Self::Sqlite(path) => Readers::Sqlite(sqlite::readers(path)),
            Self::Postgres(options) => Readers::Postgres(postgres::readers(options)),
        }
    }

    /// How long a transaction may take before the connection counts as broken. A file needs no such end: it is never
    /// cut off, and a transaction on it cannot be left half done.
    pub(super) fn commit_wait(&self) -> Duration {
        match self {
            Self::Sqlite(_) => Duration::MAX,
            Self::Postgres(_) => postgres::COMMIT_WAIT,
        }
    }

    /// Whether an error leaves the connection as good as before.
    pub(super) fn keeps_connection(&self, error: &sqlx::Error) -> bool {
        let is_told = matches!(error, sqlx::Error::Database(_) | sqlx::Error::RowNotFound);
        is_told && (matches!(self, Self::Sqlite(_)) || !postgres::is_going_away(error))
    }

    /// Whether an error leaves it open what is on the disk, so that nothing may be written any more.
    ///
    /// PostgreSQL looks after its disk itself, and a broken connection is made anew.
    pub(super) fn is_lost_after(&self, error: &sqlx::Error) -> bool {
        matches!(self, Self::Sqlite(_)) && sqlite::leaves_disk_unknown(error)
    }
}

impl Connection {
    pub(super) async fn migrate(&mut self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(connection) => schema::sqlite().run(connection).await,
            Self::Postgres(connection) => schema::postgres().run(connection).await,
        }
        .map_err(StoreError::Migrate)
    }

    /// Begins a transaction that no other can come before.
    pub(super) async fn begin(&mut self) -> Result<(), sqlx::Error> {
        let begin = match self {
            Self::Sqlite(_) => "BEGIN IMMEDIATE",
            Self::Postgres(_) => "BEGIN",
        };
        self.execute(Sql::new(begin)).await.map(drop)
    }

    pub(super) async fn execute(&mut self, sql: Sql) -> Result<u64, sqlx::Error> {
        Ok(match self {
            Self::Sqlite(connection) => sqlite_query(sql).execute(connection).await?.rows_affected(),
            Self::Postgres(connection) => postgres_query(sql).execute(connection).await?.rows_affected(),
        })
    }

    pub(super) async fn fetch<T: Record>(&mut self, sql: Sql) -> Result<Vec<T>, sqlx::Error> {
        match self {
            Self::Sqlite(connection) => sqlite_rows(sql).fetch_all(connection).await,
            Self::Postgres(connection) => postgres_rows(sql).fetch_all(connection).await,
        }
    }

    pub(super) async fn close(self) -> Result<(), sqlx::Error> {
        match self {
            Self::Sqlite(connection) => connection.close().await,
            Self::Postgres(connection) => connection.close().await,
        }
    }
}

impl Readers {
    pub(super) async fn fetch<T: Record>(&self, sql: Sql) -> Result<Vec<T>, sqlx::Error> {
        match self {
            Self::Sqlite(pool) => sqlite_rows(sql).fetch_all(pool).await,
            Self::Postgres(pool) => postgres_rows(sql).fetch_all(pool).await,
        }
    }

    pub(super) async fn close(&self) {
        match self {
            Self::Sqlite(pool) => pool.close().await,
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

// The text of a statement is put together from literals; what comes from outside is bound.

/// A query with its values. A macro, because the two databases' queries, with rows and without, share no trait that binds.
macro_rules! bound {
    ($query:expr, $values:expr) => {
        $values.into_iter().fold($query, |query, value| match value {
            Value::Integer(value) => query.bind(value),
            Value::Real(value) => query.bind(value),
            Value::Text(value) => query.bind(value),
            Value::Bytes(value) => query.bind(value),
        })
    };
}

fn sqlite_query(sql: Sql) -> Query<'static, Sqlite, SqliteArguments> {
    let (text, values) = sql.into_nameless_parts();
    bound!(sqlx::query(AssertSqlSafe(text)), values)
}

fn sqlite_rows<T: Record>(sql: Sql) -> QueryAs<'static, Sqlite, T, SqliteArguments> {
    let (text, values) = sql.into_nameless_parts();
    bound!(sqlx::query_as(AssertSqlSafe(text)), values)
}

fn postgres_query(sql: Sql) -> Query<'static, Postgres, PgArguments> {
    let (text, values) = sql.into_parts();
    bound!(sqlx::query(AssertSqlSafe(text)), values)
}

fn postgres_rows<T: Record>(sql: Sql) -> QueryAs<'static, Postgres, T, PgArguments> {
    let (text, values) = sql.into_parts();
    bound!(sqlx::query_as(AssertSqlSafe(text)), values)
}
