//! The one task that writes.
//!
//! Synchronising the disk costs some milliseconds and everything else microseconds. So the task takes all writes that
//! wait into one transaction, synchronises once, and answers only then (group commit).

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use sqlx::{Connection, SqliteConnection};
use tokio::sync::{mpsc, oneshot};

use super::{COLUMNS, StoreError, Stored};
use crate::assess::Rendered;

/// How many writes share a transaction at most.
const GROUP: usize = 128;

const INSERT: &str = "INSERT INTO risk_assessment \
    (tenant, id, version, last_updated_microseconds, assessment, subject, body) VALUES (?, ?, ?, ?, ?, ?, ?) \
    ON CONFLICT (tenant, id) DO NOTHING";

const FIRST_VERSION: u32 = 1;

type Outcome = Result<Vec<Stored>, StoreError>;

/// What the writer is asked.
#[derive(Debug)]
pub(super) enum Job {
    /// To store.
    Put(Put),
    /// To end.
    Close(oneshot::Sender<()>),
}

/// What belongs to one answer, and who waits for it.
#[derive(Debug)]
pub(super) struct Put {
    tenant: String,
    resources: Vec<Rendered>,
    reply: oneshot::Sender<Outcome>,
}

impl Job {
    pub(super) fn put(tenant: &str, resources: Vec<Rendered>) -> (Self, oneshot::Receiver<Outcome>) {
        let (reply, outcome) = oneshot::channel();
        (Self::Put(Put { tenant: tenant.to_owned(), resources, reply }), outcome)
    }

    pub(super) fn close() -> (Self, oneshot::Receiver<()>) {
        let (reply, closed) = oneshot::channel();
        (Self::Close(reply), closed)
    }
}

/// Whether the writer still writes.
#[derive(Debug, Default)]
pub(super) struct Health {
    has_failed: AtomicBool,
}

impl Health {
    pub(super) fn check(&self) -> Result<(), StoreError> {
        if self.has_failed.load(Ordering::Acquire) { Err(StoreError::Stopped) } else { Ok(()) }
    }

    pub(super) fn fail(&self) {
        self.has_failed.store(true, Ordering::Release);
    }
}

/// Writes until it is told to close, or every [`Store`](super::Store) is gone.
pub(super) async fn run(
    mut connection: SqliteConnection,
    mut jobs: mpsc::Receiver<Job>,
    health: Arc<Health>,
) {
    let mut waiting = Vec::with_capacity(GROUP);
    let mut closing = None;
    while closing.is_none() && jobs.recv_many(&mut waiting, GROUP).await > 0 {
        let mut puts = Vec::with_capacity(waiting.len());
        for job in waiting.drain(..) {
            match job {
                Job::Put(put) => puts.push(put),
                Job::Close(reply) => closing = Some(reply),
            }
        }
        if !puts.is_empty() {
            write(&mut connection, puts, &health).await;
        }
    }
    // Jobs that come from here on are refused by the closed channel.
    jobs.close();
    health.fail();
    if let Err(error) = connection.close().await {
        tracing::warn!(%error, "the database did not close cleanly; its log is read at the next start");
    }
    if let Some(reply) = closing {
        // Whoever asked may have gone.
        let _ = reply.send(());
    }
}

async fn write(connection: &mut SqliteConnection, puts: Vec<Put>, health: &Health) {
    if health.check().is_err() {
        return puts.into_iter().for_each(|put| put.answer(Err(StoreError::Stopped)));
    }
    match commit(connection, &puts).await {
        Ok(outcomes) => puts.into_iter().zip(outcomes).for_each(|(put, stored)| put.answer(Ok(stored))),
        Err(error) => {
            if leaves_disk_unknown(&error) {
                health.fail();
                tracing::error!(%error, "the database had an input or output error: no more writes until a restart");
            }
            let error = Arc::new(error);
            for put in puts {
                put.answer(Err(StoreError::Write(Arc::clone(&error))));
            }
        }
    }
}

impl Put {
    fn answer(self, outcome: Outcome) {
        // Whoever asked may have gone: the row is stored all the same.
        let _ = self.reply.send(outcome);
    }
}

/// Stores everything in one transaction. When it returns `Ok`, they are on the disk.
async fn commit(connection: &mut SqliteConnection, puts: &[Put]) -> Result<Vec<Vec<Stored>>, sqlx::Error> {
    // Taking the write lock first makes the latest time below the latest of all processes.
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    let latest: Option<i64> =
        sqlx::query_scalar("SELECT max(last_updated_microseconds) FROM risk_assessment")
            .fetch_one(&mut *transaction)
            .await?;
    let mut times = Times { latest: latest.unwrap_or(i64::MIN) };
    let mut outcomes = Vec::with_capacity(puts.len());
    for put in puts {
        outcomes.push(store(&mut transaction, put, &mut times).await?);
    }
    transaction.commit().await?;
    Ok(outcomes)
}

async fn store(
    connection: &mut SqliteConnection,
    put: &Put,
    times: &mut Times,
) -> Result<Vec<Stored>, sqlx::Error> {
    let mut stored = Vec::with_capacity(put.resources.len());
    let mut assessment = None;
    for resource in &put.resources {
        let now = times.next();
        let inserted = sqlx::query(INSERT)
            .bind(&put.tenant)
            .bind(&resource.id)
            .bind(FIRST_VERSION)
            .bind(now)
            .bind(*assessment.get_or_insert(now))
            .bind(&resource.subject)
            .bind(&resource.body)
            .execute(&mut *connection)
            .await?;
        stored.push(if inserted.rows_affected() == 0 {
            sqlx::query_as(COLUMNS).bind(&put.tenant).bind(&resource.id).fetch_one(&mut *connection).await?
        } else {
            stored_at(resource, now)?
        });
    }
    Ok(stored)
}

fn stored_at(resource: &Rendered, microseconds: i64) -> Result<Stored, sqlx::Error> {
    let last_updated = jiff::Timestamp::from_microsecond(microseconds)
        .map_err(|error| sqlx::Error::Encode(Box::new(error)))?;
    Ok(Stored { id: resource.id.clone(), version: FIRST_VERSION, last_updated, body: resource.body.clone() })
}

/// Times of storing: the clock's, but strictly increasing though the clock may stand still or go back.
struct Times {
    latest: i64,
}

impl Times {
    fn next(&mut self) -> i64 {
        self.latest = jiff::Timestamp::now().as_microsecond().max(self.latest.saturating_add(1));
        self.latest
    }
}

/// Whether it is unknown after the error what is on the disk. A full disk or a lock leave no such doubt.
fn leaves_disk_unknown(error: &sqlx::Error) -> bool {
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
