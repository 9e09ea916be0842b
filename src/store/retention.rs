//! The end of what is stored: after its time a resource leaves only that it was there.
//!
//! A purged resource becomes a tombstone: a last version without a body, which reads answer with 410 and histories with a
//! deletion. All its other versions are removed, and what finds them.

use super::commit::Change;
use super::database::{Connection, Record};
use super::sql::{Sql, Value};
use super::{Store, StoreError};

/// Resources that one transaction purges at most, so that no other write waits long for it.
const BATCH: usize = 200;
/// Rows that one transaction looks at when it sweeps.
const PIECE: i64 = 10_000;

/// What is to be purged.
#[derive(Debug, Clone)]
pub(super) struct Purge {
    tenant: String,
    resource_type: String,
    before: i64,
}

impl Store {
    /// Everyone whose resources are held.
    pub async fn tenants(&self) -> Result<Vec<String>, StoreError> {
        let tenants: Vec<(String,)> =
            self.fetch(Sql::new("SELECT DISTINCT tenant FROM resource_version")).await?;
        Ok(tenants.into_iter().map(|(tenant,)| tenant).collect())
    }

    /// Purges the resources of a type whose current version was stored before an instant. Returns how many.
    ///
    /// It takes small steps between which others write. What was done stays done when a later step fails.
    pub async fn purge(
        &self,
        tenant: &str,
        resource_type: &str,
        before: jiff::Timestamp,
    ) -> Result<u64, StoreError> {
        let purge = Purge {
            tenant: tenant.to_owned(),
            resource_type: resource_type.to_owned(),
            before: before.as_microsecond(),
        };
        let mut purged = 0;
        loop {
            let change = Change { purge: Some(purge.clone()), ..Change::default() };
            let count = self.submit(change).await?.purged;
            purged += count;
            if count == 0 {
                break;
            }
        }
        if purged > 0 {
            self.sweep(before.as_microsecond()).await?;
        }
        Ok(purged)
    }

    /// Removes what would find rows that are no longer there, and what assessments were made from that are no longer there.
    async fn sweep(&self, before: i64) -> Result<(), StoreError> {
        let has_no_row = |table: &str| {
            let text = format!(
                "sequence < $1 AND NOT EXISTS (SELECT 1 FROM resource_version r WHERE r.sequence = {table}.sequence)"
            );
            Sql::new(&text).bind(before)
        };
        let posting = Swept { table: "posting", key: "term, sequence", is_dead: has_no_row("posting") };
        self.sweep_table(&posting, |(term, sequence): (Vec<u8>, i64)| vec![term.into(), sequence.into()])
            .await?;
        let is_dead = has_no_row("number_posting");
        let number = Swept { table: "number_posting", key: "term, value, sequence", is_dead };
        let key =
            |(term, value, sequence): (Vec<u8>, f64, i64)| vec![term.into(), value.into(), sequence.into()];
        self.sweep_table(&number, key).await?;
        let is_dead =
            Sql::new("NOT EXISTS (SELECT 1 FROM posting p WHERE p.term = subject_identifier.posting)");
        let identifier = Swept { table: "subject_identifier", key: "term, posting", is_dead };
        let key = |(term, posting): (Vec<u8>, Vec<u8>)| vec![term.into(), posting.into()];
        self.sweep_table(&identifier, key).await?;
        // It goes with the last of its RiskAssessments, whose ids begin with its own and '-'; '.' is the character after
        // that.
        let is_dead = Sql::new(
            "NOT EXISTS (SELECT 1 FROM resource_version r WHERE r.tenant = assessment_archive.tenant AND \
             r.resource_type = 'RiskAssessment' AND r.id > assessment_archive.id || '-' AND \
             r.id < assessment_archive.id || '.' AND r.body IS NOT NULL)",
        );
        let archive = Swept { table: "assessment_archive", key: "tenant, id", is_dead };
        self.sweep_table(&archive, |(tenant, id): (String, String)| vec![tenant.into(), id.into()]).await
    }

    /// Removes the dead rows of a table piece by piece, between which others write: to look at all of a large table at
    /// once would take minutes.
    async fn sweep_table<K: Record>(
        &self,
        swept: &Swept<'_>,
        values: impl Fn(K) -> Vec<Value>,
    ) -> Result<(), StoreError> {
        let Swept { table, key, is_dead } = swept;
        let mut after: Option<Vec<Value>> = None;
        loop {
            let mut last = Sql::new(&format!("SELECT {key} FROM {table} WHERE 1 = 1"));
            bound(&mut last, key, " > ", after.as_deref());
            last.push(&format!(" ORDER BY {key} LIMIT 1 OFFSET ")).value(PIECE - 1);
            let through = self.fetch::<K>(last).await?.pop().map(&values);
            let mut remove = is_dead.clone().after(&format!("DELETE FROM {table} WHERE "));
            bound(&mut remove, key, " > ", after.as_deref());
            bound(&mut remove, key, " <= ", through.as_deref());
            self.submit(Change { statements: vec![remove], ..Change::default() }).await?;
            if through.is_none() {
                return Ok(());
            }
            after = through;
        }
    }
}

/// A table of which some rows have lost their purpose.
struct Swept<'a> {
    table: &'a str,
    /// The columns of its primary key.
    key: &'a str,
    /// The condition that holds for such a row.
    is_dead: Sql,
}

/// Adds to a condition that the key lies beyond a place, if there is one.
fn bound(sql: &mut Sql, key: &str, beyond: &str, place: Option<&[Value]>) {
    if let Some(place) = place {
        sql.push(" AND (").push(key).push(")").push(beyond).push("(").values(place.iter().cloned()).push(")");
    }
}

impl Purge {
    /// How many times of storing it needs at most.
    pub(super) const TIMES: usize = BATCH;

    /// Turns some resources into tombstones. Returns how many.
    pub(super) async fn carry_out(
        &self,
        connection: &mut Connection,
        mut next_time: impl FnMut() -> i64,
    ) -> Result<u64, sqlx::Error> {
        let mut sql = Sql::new("SELECT id, version FROM resource_version WHERE tenant = ");
        sql.value(self.tenant.as_str()).push(" AND resource_type = ").value(self.resource_type.as_str());
        sql.push(" AND sequence < ").value(self.before);
        sql.push(" AND replaced = 9223372036854775807 ORDER BY sequence LIMIT ");
        sql.value(i64::try_from(BATCH).unwrap_or(i64::MAX));
        let old: Vec<(String, i64)> = connection.fetch(sql).await?;
        if old.is_empty() {
            return Ok(0);
        }
        let mut sql = Sql::new("DELETE FROM resource_version WHERE tenant = ");
        sql.value(self.tenant.as_str()).push(" AND resource_type = ").value(self.resource_type.as_str());
        sql.push(" AND id IN (").values(old.iter().map(|(id, _)| Value::from(id.as_str()))).push(")");
        connection.execute(sql).await?;
        let mut sql = Sql::new(
            "INSERT INTO resource_version (sequence, tenant, resource_type, id, version, replaced, answer) VALUES ",
        );
        sql.rows(old.iter().map(|(id, version)| -> [Value; 7] {
            let time = next_time();
            [
                time.into(),
                self.tenant.as_str().into(),
                self.resource_type.as_str().into(),
                id.as_str().into(),
                (version + 1).into(),
                time.into(),
                time.into(),
            ]
        }));
        connection.execute(sql).await
    }
}
