//! All versions of resources, the latest first, page by page at a point in the order of commits.

use super::sql::Sql;
use super::stored::{COLUMNS, Stored};
use super::{Store, StoreError};

/// Which versions.
#[derive(Debug, Clone, Copy)]
pub struct History<'a> {
    /// Whose.
    pub tenant: &'a str,
    /// The type.
    pub resource_type: &'a str,
    /// Of one resource, or of all of the type.
    pub id: Option<&'a str>,
    /// Not what was stored before this, in microseconds since 1970.
    pub since: Option<i64>,
    /// The point in the order of commits; see [`Store::snapshot`].
    pub snapshot: i64,
}

impl Store {
    /// A version of a resource.
    pub async fn read_version(
        &self,
        tenant: &str,
        resource_type: &str,
        id: &str,
        version: u32,
    ) -> Result<Option<Stored>, StoreError> {
        let mut sql = Sql::new("SELECT ");
        sql.push(COLUMNS).push(" FROM resource_version WHERE tenant = ").value(tenant);
        sql.push(" AND resource_type = ").value(resource_type).push(" AND id = ").value(id);
        sql.push(" AND version = ").value(i64::from(version));
        Ok(self.fetch(sql).await?.pop())
    }

    /// Versions, the latest first: those before `before`, in microseconds since 1970, and `limit` of them at most.
    /// Whether there are more is told beside them.
    pub async fn history(
        &self,
        history: &History<'_>,
        before: Option<i64>,
        limit: usize,
    ) -> Result<(Vec<Stored>, bool), StoreError> {
        let mut sql = Sql::new("SELECT ");
        sql.push(COLUMNS);
        history.versions(&mut sql);
        if let Some(before) = before {
            sql.push(" AND sequence < ").value(before);
        }
        // For one resource the index by id is the right one, and it has another order.
        sql.push(if history.id.is_some() { " ORDER BY +sequence DESC" } else { " ORDER BY sequence DESC" });
        sql.push(" LIMIT ").value(i64::try_from(limit.saturating_add(1)).unwrap_or(i64::MAX));
        let mut found: Vec<Stored> = self.fetch(sql).await?;
        let has_more = found.len() > limit;
        found.truncate(limit);
        Ok((found, has_more))
    }

    /// How many versions there are on all pages together.
    pub async fn count_history(&self, history: &History<'_>) -> Result<u64, StoreError> {
        let mut sql = Sql::new("SELECT count(*)");
        history.versions(&mut sql);
        let counted: Vec<(i64,)> = self.fetch(sql).await?;
        Ok(counted.first().map_or(0, |(count,)| u64::try_from(*count).unwrap_or(0)))
    }
}

impl History<'_> {
    fn versions(&self, sql: &mut Sql) {
        sql.push(" FROM resource_version WHERE tenant = ").value(self.tenant);
        sql.push(" AND resource_type = ").value(self.resource_type);
        if let Some(id) = self.id {
            sql.push(" AND id = ").value(id);
        }
        if let Some(since) = self.since {
            sql.push(" AND sequence >= ").value(since);
        }
        sql.push(" AND sequence <= ").value(self.snapshot);
    }
}
