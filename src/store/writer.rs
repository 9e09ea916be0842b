//! The one task that writes.
//!
//! Synchronising the disk costs some milliseconds and everything else microseconds. So the task takes all writes that
//! wait into one transaction, synchronises once, and answers only then (group commit).

use std::io::ErrorKind;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::{mpsc, oneshot};

use super::StoreError;
use super::commit::{Change, Committed, commit};
use super::database::{Connection, Location};

/// How many writes share a transaction at most.
const GROUP: usize = 128;

type Outcome = Result<Committed, StoreError>;

/// What the writer is asked.
#[derive(Debug)]
pub(super) enum Job {
    /// To write.
    Write(Write),
    /// To end.
    Close(oneshot::Sender<()>),
}

/// What belongs together, and who waits for it.
#[derive(Debug)]
pub(super) struct Write {
    change: Change,
    reply: oneshot::Sender<Outcome>,
}

impl Job {
    pub(super) fn write(change: Change) -> (Self, oneshot::Receiver<Outcome>) {
        let (reply, outcome) = oneshot::channel();
        (Self::Write(Write { change, reply }), outcome)
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

/// The writing end of the database.
pub(super) struct Writer {
    location: Location,
    /// None after an error that may have broken it; then it is made anew for the next write.
    connection: Option<Connection>,
    health: Arc<Health>,
}

impl Writer {
    pub(super) fn new(location: Location, connection: Connection, health: Arc<Health>) -> Self {
        Self { location, connection: Some(connection), health }
    }

    /// Writes until it is told to close, or every [`Store`](super::Store) is gone.
    pub(super) async fn run(mut self, mut jobs: mpsc::Receiver<Job>) {
        let mut waiting = Vec::with_capacity(GROUP);
        let mut closing = None;
        while closing.is_none() && jobs.recv_many(&mut waiting, GROUP).await > 0 {
            let mut writes = Vec::with_capacity(waiting.len());
            for job in waiting.drain(..) {
                match job {
                    Job::Write(write) => writes.push(write),
                    Job::Close(reply) => closing = Some(reply),
                }
            }
            if !writes.is_empty() {
                self.write(writes).await;
            }
        }
        // Jobs that come from here on are refused by the closed channel.
        jobs.close();
        self.health.fail();
        if let Some(connection) = self.connection
            && let Err(error) = connection.close().await
        {
            tracing::warn!(%error, "the database did not close cleanly; its log is read at the next start");
        }
        if let Some(reply) = closing {
            // Whoever asked may have gone.
            let _ = reply.send(());
        }
    }

    /// Writes a group together; where that fails, each by itself, so that one does not fail the others.
    async fn write(&mut self, writes: Vec<Write>) {
        let (changes, replies): (Vec<_>, Vec<_>) =
            writes.into_iter().map(|write| (write.change, write.reply)).unzip();
        match self.commit(&changes).await {
            Ok(committed) => answer(replies, committed.into_iter().map(Ok)),
            Err(StoreError::Write(_)) if changes.len() > 1 => {
                let mut outcomes = Vec::with_capacity(changes.len());
                for change in &changes {
                    let outcome = self.commit(std::slice::from_ref(change)).await;
                    outcomes
                        .push(outcome.and_then(|mut committed| committed.pop().ok_or(StoreError::Stopped)));
                }
                answer(replies, outcomes.into_iter());
            }
            Err(error) => answer(replies, std::iter::repeat_with(|| Err(error.again()))),
        }
    }

    async fn commit(&mut self, changes: &[Change]) -> Result<Vec<Committed>, StoreError> {
        self.health.check()?;
        let wait = self.location.commit_wait();
        let mut connection = self.begin().await?;
        match tokio::time::timeout(wait, commit(&mut connection, changes)).await {
            Ok(Ok(committed)) => {
                self.connection = Some(connection);
                Ok(committed)
            }
            Ok(Err(error)) => Err(self.failed(error, connection)),
            Err(_) => Err(self.failed(sqlx::Error::Io(ErrorKind::TimedOut.into()), connection)),
        }
    }

    /// A connection on which a transaction has begun. The one that was kept may have been lost since, e.g. because the
    /// server was started anew; then another is made, as nothing was written yet.
    async fn begin(&mut self) -> Result<Connection, StoreError> {
        if let Some(mut connection) = self.connection.take() {
            match connection.begin().await {
                Ok(()) => return Ok(connection),
                Err(error)
                    if self.location.keeps_connection(&error) || self.location.is_lost_after(&error) =>
                {
                    return Err(self.failed(error, connection));
                }
                Err(_) => (),
            }
        }
        let mut connection = self.location.connect().await?;
        match connection.begin().await {
            Ok(()) => Ok(connection),
            Err(error) => Err(self.failed(error, connection)),
        }
    }

    /// What an error means for those who wait, and for the connection.
    fn failed(&mut self, error: sqlx::Error, connection: Connection) -> StoreError {
        if self.location.is_lost_after(&error) {
            self.health.fail();
            tracing::error!(%error, "the database had an input or output error: no more writes until a restart");
        }
        if self.location.keeps_connection(&error) {
            self.connection = Some(connection);
            StoreError::Write(Arc::new(error))
        } else {
            StoreError::Interrupted(Arc::new(error))
        }
    }
}

fn answer(replies: Vec<oneshot::Sender<Outcome>>, outcomes: impl Iterator<Item = Outcome>) {
    for (reply, outcome) in replies.into_iter().zip(outcomes) {
        // Whoever asked may have gone: the row is stored all the same.
        let _ = reply.send(outcome);
    }
}
