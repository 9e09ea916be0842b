//! A database of each kind for tests, empty and their own.

// Each test file uses its own part of this.
#![allow(dead_code, missing_docs)]

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use spinemet::fhir::search::{Context, Query};
use spinemet::settings::DatabaseLocation;
use spinemet::store::Store;
use sqlx::AssertSqlSafe;
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Executor};

/// Names the server on which tests make their databases; `script/with-postgres` sets it.
const SERVER: &str = "SPINEMET_TEST_POSTGRES";

/// A database that nobody else uses.
pub enum TestDatabase {
    Sqlite { path: PathBuf, _directory: tempfile::TempDir },
    Postgres { url: String },
}

impl TestDatabase {
    pub fn sqlite() -> Self {
        let directory = tempfile::tempdir().unwrap();
        Self::Sqlite { path: directory.path().join("test.db"), _directory: directory }
    }

    /// A schema of its own on the server for tests, or `None`, said aloud, where there is none.
    pub async fn postgres() -> Option<Self> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let Ok(server) = std::env::var(SERVER) else {
            eprintln!("SKIPPED: {SERVER} names no PostgreSQL server (script/with-postgres starts one)");
            return None;
        };
        let schema = format!("test_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let options: PgConnectOptions = server.parse().unwrap();
        let mut connection = options.connect().await.unwrap();
        connection.execute(AssertSqlSafe(format!("CREATE SCHEMA {schema}"))).await.unwrap();
        let join = if server.contains('?') { '&' } else { '?' };
        Some(Self::Postgres { url: format!("{server}{join}options[search_path]={schema}") })
    }

    /// Opens it. Several times for PostgreSQL: several replicas.
    pub async fn open(&self) -> Store {
        match self {
            Self::Sqlite { path, .. } => Store::open(path).await.unwrap(),
            Self::Postgres { url } => Store::connect(url).await.unwrap(),
        }
    }

    pub fn location(&self) -> DatabaseLocation {
        match self {
            Self::Sqlite { path, .. } => path.clone().into(),
            Self::Postgres { url } => url.clone().try_into().unwrap(),
        }
    }

    /// Carries out a statement behind the service's back.
    pub async fn execute(&self, sql: &'static str) {
        match self {
            Self::Sqlite { path, .. } => {
                let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path);
                options.connect().await.unwrap().execute(sql).await.unwrap();
            }
            Self::Postgres { url } => {
                let options: PgConnectOptions = url.parse().unwrap();
                options.connect().await.unwrap().execute(sql).await.unwrap();
            }
        }
    }
}

/// A strict search for RiskAssessments, from the text after the question mark.
pub fn query(text: &str) -> Query {
    let pairs: Vec<(String, String)> = text
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let context = Context {
        resource_type: "RiskAssessment",
        base: "http://here/fhir/R4",
        profiles: &[],
        now: 0,
        is_strict: true,
    };
    Query::parse(&pairs, &context).unwrap()
}

/// Makes of each function two tests, one on each database.
#[macro_export]
macro_rules! on_both_databases {
    ($($name:ident),* $(,)?) => {
        mod sqlite {
            $(#[tokio::test]
            async fn $name() {
                super::$name(&super::TestDatabase::sqlite()).await;
            })*
        }

        mod postgres {
            $(#[tokio::test]
            async fn $name() {
                if let Some(database) = super::TestDatabase::postgres().await {
                    super::$name(&database).await;
                }
            })*
        }
    };
}
