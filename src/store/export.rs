//! Exports: what was asked for, and the resources as they stood at one commit, range by range.
//!
//! Nothing is copied. A file of an export is a range of the order of commits, and is read as it stood at the snapshot
//! whenever somebody fetches it; what is stored later is beyond the snapshot.

use super::{Sql, Store, StoreError, Stored};

/// An export that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportJob {
    /// Its id.
    pub id: String,
    /// The last commit that it holds.
    pub snapshot: i64,
    /// Until when it may be fetched.
    pub expires: jiff::Timestamp,
    /// What was asked, as JSON.
    pub request: String,
    /// Its files, as JSON, once they are laid out.
    pub files: Option<String>,
}

/// Which resources an export holds, of one type.
#[derive(Debug, Clone, Copy)]
pub struct Exported<'a> {
    /// Whose.
    pub tenant: &'a str,
    /// The type.
    pub resource_type: &'a str,
    /// As they stood after this commit.
    pub snapshot: i64,
    /// Only of these patients; of all, where there is none.
    pub patients: &'a [String],
}

impl Exported<'_> {
    /// The rows in a range of the order of commits.
    fn select(&self, columns: &str, after: i64, through: i64) -> Sql {
        let mut sql = Sql::new(&format!(
            "SELECT {columns} FROM resource_version WHERE tenant = $1 AND resource_type = $2 AND sequence > $3 AND \
             sequence <= $4 AND replaced > $5 AND body IS NOT NULL"
        ))
        .bind(self.tenant)
        .bind(self.resource_type)
        .bind(after)
        .bind(through.min(self.snapshot))
        .bind(self.snapshot);
        if !self.patients.is_empty() {
            sql.push(" AND subject IN (");
            sql.values(self.patients.iter().map(|patient| patient.as_str().into())).push(")");
        }
        sql
    }
}

impl Store {
    /// Keeps an export, unless so many are kept already, and forgets those that have expired.
    pub async fn add_export(
        &self,
        tenant: &str,
        job: &ExportJob,
        now: jiff::Timestamp,
        limit: i64,
    ) -> Result<bool, StoreError> {
        let forget = Sql::new("DELETE FROM export_job WHERE expires <= $1").bind(now.as_microsecond());
        let add = Sql::new(
            "INSERT INTO export_job (tenant, id, snapshot, expires, request) SELECT $1, $2, $3, $4, $5 \
             WHERE (SELECT count(*) FROM export_job WHERE tenant = $6) < $7",
        )
        .bind(tenant)
        .bind(job.id.as_str())
        .bind(job.snapshot)
        .bind(job.expires.as_microsecond())
        .bind(job.request.as_str())
        .bind(tenant)
        .bind(limit);
        let committed = self.write(tenant, Vec::new(), vec![forget, add]).await?;
        Ok(committed.rows.last() == Some(&1))
    }

    /// An export that has not expired.
    pub async fn export(
        &self,
        tenant: &str,
        id: &str,
        now: jiff::Timestamp,
    ) -> Result<Option<ExportJob>, StoreError> {
        let sql = Sql::new(
            "SELECT id, snapshot, expires, request, files FROM export_job \
             WHERE tenant = $1 AND id = $2 AND expires > $3",
        );
        let rows: Vec<(String, i64, i64, String, Option<String>)> =
            self.fetch(sql.bind(tenant).bind(id).bind(now.as_microsecond())).await?;
        let job = rows.into_iter().next().map(|(id, snapshot, expires, request, files)| ExportJob {
            id,
            snapshot,
            expires: jiff::Timestamp::from_microsecond(expires).unwrap_or(jiff::Timestamp::MIN),
            request,
            files,
        });
        Ok(job)
    }

    /// Keeps the files of an export.
    pub async fn lay_out_export(&self, tenant: &str, id: &str, files: &str) -> Result<(), StoreError> {
        let sql =
            Sql::new("UPDATE export_job SET files = $1 WHERE tenant = $2 AND id = $3 AND files IS NULL");
        self.write(tenant, Vec::new(), vec![sql.bind(files).bind(tenant).bind(id)]).await.map(drop)
    }

    /// Forgets an export; `false` where there is none.
    pub async fn cancel_export(&self, tenant: &str, id: &str) -> Result<bool, StoreError> {
        let sql = Sql::new("DELETE FROM export_job WHERE tenant = $1 AND id = $2").bind(tenant).bind(id);
        let committed = self.write(tenant, Vec::new(), vec![sql]).await?;
        Ok(committed.rows.first() == Some(&1))
    }

    /// The last commit of a file that begins after `after` and holds so many resources, with the number that it holds:
    /// fewer in the last file, none where there is no more.
    pub async fn end_of_export_file(
        &self,
        exported: &Exported<'_>,
        after: i64,
        most: i64,
    ) -> Result<(i64, i64), StoreError> {
        let mut full = exported.select("sequence", after, i64::MAX);
        full.push(" ORDER BY sequence LIMIT 1 OFFSET ").value(most - 1);
        let rows: Vec<(i64,)> = self.fetch(full).await?;
        if let Some((last,)) = rows.first() {
            return Ok((*last, most));
        }
        let rows: Vec<(i64,)> = self.fetch(exported.select("count(*)", after, i64::MAX)).await?;
        Ok((exported.snapshot, rows.first().map_or(0, |(count,)| *count)))
    }

    /// The next resources of a file, in the order of commits.
    pub async fn exported(
        &self,
        exported: &Exported<'_>,
        after: i64,
        through: i64,
        most: i64,
    ) -> Result<Vec<Stored>, StoreError> {
        let mut sql = exported.select(super::stored::COLUMNS, after, through);
        sql.push(" ORDER BY sequence LIMIT ").value(most);
        self.fetch(sql).await
    }
}
