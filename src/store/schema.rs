//! The tables, and how an older database gets them.

use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{SqlSafeStr, SqliteConnection};

use super::StoreError;

/// The files of `migrations/sqlite`, in their order. A file that was released is never edited: sqlx keeps its digest
/// in the database and refuses one that changed.
const MIGRATIONS: [(i64, &str, &str); 1] =
    [(1, "risk assessment", include_str!("../../migrations/sqlite/0001_risk_assessment.sql"))];

/// Applies what the database does not have yet, each file in a transaction.
pub(super) async fn migrate(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    let migrations = MIGRATIONS.into_iter().map(|(version, description, sql)| {
        Migration::new(version, description.into(), MigrationType::Simple, sql.into_sql_str(), false)
    });
    Migrator::with_migrations(migrations.collect()).run(connection).await.map_err(StoreError::Migrate)
}
