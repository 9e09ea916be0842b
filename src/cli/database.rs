//! `spinemet backup` and `spinemet purge`: care for what is stored.

use std::num::NonZeroU32;
use std::path::PathBuf;

use clap::Args;

use super::console::Console;
use super::failure::Failure;
use super::status::Status;
use crate::http;
use crate::settings::{DatabaseLocation, Settings};
use crate::store;

const BACKUP_EXAMPLES: &str = "\
Examples:
  spinemet backup /var/backups/spinemet-2026-05-03.db
  spinemet backup --config /etc/spinemet.toml today.db

It copies a SQLite database while the service runs, and reads the copy again
before it says that all is well. To restore, stop the service and put the copy
in the place of the database, without the files -wal and -shm beside it.
PostgreSQL has pg_dump and its archive of the write-ahead log.";

const PURGE_EXAMPLES: &str = "\
Examples:
  spinemet purge --older-than-days 3650

What is purged answers 410 from then on, and its history says that it was
deleted. The setting retention_days does the same every hour.";

/// Copy the database to a new file, also while the service runs.
#[derive(Debug, Args)]
#[command(after_help = super::help(BACKUP_EXAMPLES))]
pub(super) struct BackupArguments {
    /// The file to be made
    #[arg(value_name = "FILE")]
    target: PathBuf,
    /// The settings file [default: the one that the environment variable SPINEMET_CONFIG names, else none]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

/// Remove what was stored before so many days.
#[derive(Debug, Args)]
#[command(after_help = super::help(PURGE_EXAMPLES))]
pub(super) struct PurgeArguments {
    /// The age in days from which on a resource is removed
    #[arg(long, value_name = "DAYS")]
    older_than_days: NonZeroU32,
    /// The settings file [default: the one that the environment variable SPINEMET_CONFIG names, else none]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

/// Copies the database.
pub(super) fn backup(arguments: &BackupArguments, console: &mut Console) -> Result<(), Failure> {
    let settings = Settings::load(arguments.config.as_deref())?;
    let DatabaseLocation::File(path) = &settings.database else {
        console.complain("The settings name a PostgreSQL database: use pg_dump.", Status::NotAll);
        return Ok(());
    };
    runtime()?.block_on(store::backup(path, &arguments.target))?;
    let target = arguments.target.display();
    console.write(format!("{target} is a sound copy of {}.\n", path.display()).as_bytes())
}

/// Removes what is too old.
pub(super) fn purge(arguments: &PurgeArguments, console: &mut Console) -> Result<(), Failure> {
    let settings = Settings::load(arguments.config.as_deref())?;
    let purged = runtime()?.block_on(async {
        let store = http::open(&settings.database).await?;
        let purged = http::purge(&store, arguments.older_than_days).await;
        store.close().await;
        purged
    })?;
    console.write(format!("{purged} resources were purged.\n").as_bytes())
}

fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    Ok(tokio::runtime::Builder::new_current_thread().enable_all().build()?)
}
