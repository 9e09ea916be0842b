//! One transaction of the writer: everything that waits, stored together or not at all.
//!
//! The first statement takes the commit clock, which no other transaction can have until this one has ended. So what is
//! then read stays true until the commit, with however many replicas; times increase in the order of commits; and who
//! reads the clock sees everything up to it.

use std::collections::BTreeSet;

use super::current::{Current, NewRow};
use super::database::Connection;
use super::draft::Prepared;
use super::retention::Purge;
use super::sql::{Sql, Value};
use super::stored::Stored;

/// Rows of one statement at most; PostgreSQL takes 65,535 parameters, SQLite 32,766.
pub(super) const ROWS: usize = 1000;

/// What one caller wants done, all of it or nothing.
#[derive(Debug, Clone, Default)]
pub(super) struct Change {
    pub(super) resources: Vec<Prepared>,
    pub(super) revisions: Vec<Revision>,
    pub(super) purge: Option<Purge>,
    pub(super) statements: Vec<Sql>,
}

/// A new version of what is stored.
#[derive(Debug, Clone)]
pub(super) struct Revision {
    pub(super) resource: Prepared,
    /// The version that it takes the place of. Where another is current, nothing is done.
    pub(super) expected: u32,
}

/// What was done.
#[derive(Debug)]
pub struct Committed {
    /// What is now stored under the ids of the drafts, in their order.
    pub stored: Vec<Stored>,
    /// The new versions of what was to be revised, in their order; `None` where another version was current.
    pub revised: Vec<Option<Stored>>,
    /// How many resources were purged.
    pub purged: u64,
    /// How many rows each statement touched, in their order.
    pub rows: Vec<u64>,
}

/// Does everything in the transaction that has begun. When it returns `Ok`, it is on the disk.
pub(super) async fn commit(
    connection: &mut Connection,
    changes: &[Change],
) -> Result<Vec<Committed>, sqlx::Error> {
    let outcome = match within(connection, changes).await {
        Ok(committed) => connection.execute(Sql::new("COMMIT")).await.map(|_| committed),
        Err(error) => Err(error),
    };
    if outcome.is_err() {
        // Where the connection is lost, so is the transaction.
        let _ = connection.execute(Sql::new("ROLLBACK")).await;
    }
    outcome
}

async fn within(connection: &mut Connection, changes: &[Change]) -> Result<Vec<Committed>, sqlx::Error> {
    let mut resources: Vec<&Prepared> = changes.iter().flat_map(|change| &change.resources).collect();
    resources.extend(changes.iter().flat_map(|change| &change.revisions).map(|revision| &revision.resource));
    let purges = changes.iter().filter(|change| change.purge.is_some()).count();
    let mut times = Times::take(connection, resources.len() + purges * Purge::TIMES).await?;
    let mut current = Current::of(connection, &resources).await?;
    let mut rows = Vec::new();
    let mut committed = Vec::with_capacity(changes.len());
    for change in changes {
        let mut stored = Vec::with_capacity(change.resources.len());
        let mut answer = None;
        for resource in &change.resources {
            let time = times.next();
            let answer = *answer.get_or_insert(time);
            if let Some(row) = current.insert(resource, time, answer)? {
                rows.push(row);
            }
            stored.push(current.get(resource)?);
        }
        let mut revised = Vec::with_capacity(change.revisions.len());
        for Revision { resource, expected } in &change.revisions {
            let row = current.revise(resource, *expected, times.next())?;
            revised.push(row.is_some().then(|| current.get(resource)).transpose()?);
            rows.extend(row);
        }
        committed.push(Committed { stored, revised, purged: 0, rows: Vec::new() });
    }
    insert(connection, &rows).await?;
    identify(connection, &resources).await?;
    replace(connection, &rows).await?;
    for (change, committed) in changes.iter().zip(&mut committed) {
        if let Some(purge) = &change.purge {
            committed.purged = purge.carry_out(connection, || times.next()).await?;
        }
        for statement in &change.statements {
            committed.rows.push(connection.execute(statement.clone()).await?);
        }
    }
    Ok(committed)
}

/// Times of storing: the clock's, but strictly increasing though the clock may stand still or go back.
struct Times {
    next: i64,
}

impl Times {
    /// Takes the commit clock, and as many times as may be needed.
    async fn take(connection: &mut Connection, count: usize) -> Result<Self, sqlx::Error> {
        let now = jiff::Timestamp::now().as_microsecond();
        let count = i64::try_from(count.max(1)).unwrap_or(i64::MAX);
        let latest: Vec<(i64,)> = connection
            .fetch(
                Sql::new(
                    "UPDATE commit_clock SET latest = $1 + CASE WHEN latest + 1 > $2 THEN latest + 1 ELSE $3 END \
                     WHERE id = 1 RETURNING latest",
                )
                .bind(count - 1)
                .bind(now)
                .bind(now),
            )
            .await?;
        let (latest,) = latest.first().copied().ok_or(sqlx::Error::RowNotFound)?;
        Ok(Self { next: latest - count + 1 })
    }

    fn next(&mut self) -> i64 {
        self.next += 1;
        self.next - 1
    }
}

/// Ends the time of the versions that new rows take the place of.
async fn replace(connection: &mut Connection, rows: &[NewRow<'_>]) -> Result<(), sqlx::Error> {
    for (row, replaced) in rows.iter().filter_map(|row| row.replaced.map(|replaced| (row, replaced))) {
        let sql = Sql::new("UPDATE resource_version SET replaced = $1, series = NULL WHERE sequence = $2");
        connection.execute(sql.bind(row.time).bind(replaced)).await?;
    }
    Ok(())
}

/// Lets patients be found by their identifiers, also by those that were not sent with what is stored already.
async fn identify(connection: &mut Connection, resources: &[&Prepared]) -> Result<(), sqlx::Error> {
    let identifiers: BTreeSet<&(Vec<u8>, Vec<u8>)> =
        resources.iter().flat_map(|resource| &resource.subject_identifiers).collect();
    let identifiers: Vec<_> = identifiers.into_iter().collect();
    for some in identifiers.chunks(ROWS) {
        let mut sql = Sql::new("INSERT INTO subject_identifier (term, posting) VALUES ");
        sql.rows(some.iter().map(|(term, posting)| [term.as_slice().into(), posting.as_slice().into()]));
        sql.push(" ON CONFLICT DO NOTHING");
        connection.execute(sql).await?;
    }
    Ok(())
}

/// Writes new rows and what finds them.
async fn insert(connection: &mut Connection, rows: &[NewRow<'_>]) -> Result<(), sqlx::Error> {
    for some in rows.chunks(ROWS) {
        let mut sql = Sql::new(
            "INSERT INTO resource_version (sequence, tenant, resource_type, id, version, answer, subject, series, \
             predecessor, date_start, date_end, body) VALUES ",
        );
        sql.rows(some.iter().map(NewRow::values));
        connection.execute(sql).await?;
    }
    let terms: Vec<(&Vec<u8>, i64)> =
        rows.iter().flat_map(|row| row.resource.terms.iter().map(|term| (term, row.time))).collect();
    for some in terms.chunks(ROWS) {
        let mut sql = Sql::new("INSERT INTO posting (term, sequence) VALUES ");
        sql.rows(some.iter().map(|(term, time)| [term.as_slice().into(), (*time).into()]));
        connection.execute(sql).await?;
    }
    let numbers: Vec<(&(Vec<u8>, f64), i64)> =
        rows.iter().flat_map(|row| row.resource.numbers.iter().map(|number| (number, row.time))).collect();
    for some in numbers.chunks(ROWS) {
        let mut sql = Sql::new("INSERT INTO number_posting (term, value, sequence) VALUES ");
        let row = |((term, value), time): &(&(Vec<u8>, f64), i64)| -> [Value; 3] {
            [term.as_slice().into(), (*value).into(), (*time).into()]
        };
        sql.rows(some.iter().map(row)).push(" ON CONFLICT DO NOTHING");
        connection.execute(sql).await?;
    }
    Ok(())
}
