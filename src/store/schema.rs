//! The tables, and how an older database gets them.
//!
//! Each database has its own files, `migrations/sqlite` and `migrations/postgres`, with the same numbers and the same
//! tables. To add a table, add a file to both and a line to both lists.

use sqlx::SqlSafeStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};

/// The number, the description and the text of a file. A file that was released is never edited: sqlx keeps its digest
/// in the database and refuses one that changed.
type File = (i64, &'static str, &'static str);

const SQLITE: [File; 7] = [
    (1, "resource", include_str!("../../migrations/sqlite/0001_resource.sql")),
    (20, "assessment archive", include_str!("../../migrations/sqlite/0020_assessment_archive.sql")),
    (21, "idempotency", include_str!("../../migrations/sqlite/0021_idempotency.sql")),
    (22, "export job", include_str!("../../migrations/sqlite/0022_export_job.sql")),
    (23, "subscription", include_str!("../../migrations/sqlite/0023_subscription.sql")),
    (40, "card", include_str!("../../migrations/sqlite/0040_card.sql")),
    (41, "subject identifier", include_str!("../../migrations/sqlite/0041_subject_identifier.sql")),
];
const POSTGRES: [File; 7] = [
    (1, "resource", include_str!("../../migrations/postgres/0001_resource.sql")),
    (20, "assessment archive", include_str!("../../migrations/postgres/0020_assessment_archive.sql")),
    (21, "idempotency", include_str!("../../migrations/postgres/0021_idempotency.sql")),
    (22, "export job", include_str!("../../migrations/postgres/0022_export_job.sql")),
    (23, "subscription", include_str!("../../migrations/postgres/0023_subscription.sql")),
    (40, "card", include_str!("../../migrations/postgres/0040_card.sql")),
    (41, "subject identifier", include_str!("../../migrations/postgres/0041_subject_identifier.sql")),
];

/// What brings a SQLite database up to date, each file in a transaction.
pub(super) fn sqlite() -> Migrator {
    migrator(&SQLITE)
}

/// What brings a PostgreSQL database up to date. Replicas that start together wait for each other.
pub(super) fn postgres() -> Migrator {
    migrator(&POSTGRES)
}

fn migrator(files: &[File]) -> Migrator {
    let migrations = files.iter().map(|(version, description, sql)| {
        Migration::new(*version, (*description).into(), MigrationType::Simple, sql.into_sql_str(), false)
    });
    Migrator::with_migrations(migrations.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_databases_have_the_same_migrations() {
        let names =
            |files: &[File]| files.iter().map(|(number, name, _)| (*number, *name)).collect::<Vec<_>>();
        assert_eq!(names(&SQLITE), names(&POSTGRES));
    }
}
