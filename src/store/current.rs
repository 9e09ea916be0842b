//! What is stored under the ids that a transaction writes, as the transaction goes on.

use std::collections::HashMap;

use super::commit::ROWS;
use super::database::Connection;
use super::draft::Prepared;
use super::sql::{Sql, Value};
use super::stored::{COLUMNS, Owned, Stored, instant};

const FIRST_VERSION: u32 = 1;

/// Tenant, type and id.
type Key<'a> = (&'a str, &'a str, &'a str);

fn key(resource: &Prepared) -> Key<'_> {
    (&resource.tenant, resource.resource_type, &resource.id)
}

/// The current versions of what is to be stored, and what came before in the series.
pub(super) struct Current<'a> {
    versions: HashMap<Key<'a>, Stored>,
    before: HashMap<Key<'a>, Member>,
    added: HashMap<&'a [u8], Vec<Member>>,
}

/// A member of a series. The later date comes later, and of the same date the one that was stored later.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Member {
    date: i64,
    sequence: i64,
    id: String,
}

/// A row to be written.
pub(super) struct NewRow<'a> {
    pub(super) resource: &'a Prepared,
    pub(super) time: i64,
    /// The time of the version that it takes the place of.
    pub(super) replaced: Option<i64>,
    answer: i64,
    version: u32,
    predecessor: Option<String>,
}

impl NewRow<'_> {
    /// The values of its columns, in the order of the statement that inserts them.
    pub(super) fn values(&self) -> [Value; 12] {
        let resource = self.resource;
        [
            self.time.into(),
            resource.tenant.as_str().into(),
            resource.resource_type.into(),
            resource.id.as_str().into(),
            i64::from(self.version).into(),
            self.answer.into(),
            resource.subject.clone().into(),
            resource.series.clone().into(),
            self.predecessor.clone().into(),
            resource.date.map(|(start, _)| start).into(),
            resource.date.map(|(_, end)| end).into(),
            resource.compressed.as_slice().into(),
        ]
    }
}

impl<'a> Current<'a> {
    pub(super) async fn of(
        connection: &mut Connection,
        resources: &[&'a Prepared],
    ) -> Result<Self, sqlx::Error> {
        let mut current = Self { versions: HashMap::new(), before: HashMap::new(), added: HashMap::new() };
        for some in resources.chunks(ROWS) {
            current.read_versions(connection, some).await?;
        }
        let is_new = |resource: &&Prepared| !current.versions.contains_key(&key(resource));
        let new: Vec<&Prepared> =
            resources.iter().copied().filter(|resource| resource.series.is_some()).filter(is_new).collect();
        for some in new.chunks(ROWS) {
            current.read_series(connection, some).await?;
        }
        Ok(current)
    }

    async fn read_versions(
        &mut self,
        connection: &mut Connection,
        some: &[&'a Prepared],
    ) -> Result<(), sqlx::Error> {
        let mut sql = Sql::new("SELECT tenant, ");
        sql.push(COLUMNS).push(" FROM resource_version WHERE (tenant, resource_type, id) IN (VALUES ");
        sql.rows(some.iter().map(|resource| {
            let (tenant, resource_type, id) = key(resource);
            [tenant.into(), resource_type.into(), id.into()]
        }));
        sql.push(") ORDER BY version");
        let asked: HashMap<Key<'a>, Key<'a>> =
            some.iter().map(|resource| (key(resource), key(resource))).collect();
        for Owned { tenant, stored } in connection.fetch::<Owned>(sql).await? {
            let found = (tenant.as_str(), stored.resource_type.as_str(), stored.id.as_str());
            if let Some(key) = asked.get(&found) {
                // In the order of versions: the last one stays.
                self.versions.insert(*key, stored);
            }
        }
        Ok(())
    }

    /// The last of each series up to the date of the new one, that was not withdrawn or deleted.
    async fn read_series(
        &mut self,
        connection: &mut Connection,
        some: &[&'a Prepared],
    ) -> Result<(), sqlx::Error> {
        let mut sql = Sql::new("SELECT asked.column3, r.date_start, r.sequence, r.id FROM (VALUES ");
        sql.rows(some.iter().zip(0_i64..).map(|(resource, number)| {
            [resource.series.clone().into(), date(resource).into(), number.into()]
        }));
        sql.push(
            ") AS asked JOIN resource_version r ON r.sequence = (SELECT s.sequence FROM resource_version s \
             WHERE s.series = asked.column1 AND s.date_start <= asked.column2 \
             AND s.replaced = 9223372036854775807 ORDER BY s.date_start DESC, s.sequence DESC LIMIT 1)",
        );
        for (number, date, sequence, id) in connection.fetch::<(i64, i64, i64, String)>(sql).await? {
            if let Some(resource) = usize::try_from(number).ok().and_then(|number| some.get(number)) {
                self.before.insert(key(resource), Member { date, sequence, id });
            }
        }
        Ok(())
    }

    /// The new row, where the resource is not stored already or was deleted.
    pub(super) fn insert(
        &mut self,
        resource: &'a Prepared,
        time: i64,
        answer: i64,
    ) -> Result<Option<NewRow<'a>>, sqlx::Error> {
        let version = match self.versions.get(&key(resource)) {
            Some(stored) if stored.body.is_some() => return Ok(None),
            Some(deleted) => deleted.version.saturating_add(1),
            None => FIRST_VERSION,
        };
        let predecessor = self.follow(resource, time);
        let stored = Stored {
            resource_type: resource.resource_type.to_owned(),
            id: resource.id.clone(),
            version,
            last_updated: instant(time)?,
            subject: resource.subject.clone(),
            predecessor: predecessor.clone(),
            body: Some(resource.body.clone()),
        };
        self.versions.insert(key(resource), stored);
        Ok(Some(NewRow { resource, time, replaced: None, answer, version, predecessor }))
    }

    /// The row of a new version, where the expected one is current. It keeps what it follows.
    pub(super) fn revise(
        &mut self,
        resource: &'a Prepared,
        expected: u32,
        time: i64,
    ) -> Result<Option<NewRow<'a>>, sqlx::Error> {
        let is_expected = |stored: &&Stored| stored.version == expected && stored.body.is_some();
        let Some(old) = self.versions.get(&key(resource)).filter(is_expected) else { return Ok(None) };
        let (version, predecessor) = (old.version.saturating_add(1), old.predecessor.clone());
        let replaced = Some(old.last_updated.as_microsecond());
        let stored = Stored {
            version,
            last_updated: instant(time)?,
            body: Some(resource.body.clone()),
            ..old.clone()
        };
        self.versions.insert(key(resource), stored);
        Ok(Some(NewRow { resource, time, replaced, answer: time, version, predecessor }))
    }

    /// Adds a resource to its series, and tells which one it follows.
    fn follow(&mut self, resource: &'a Prepared, sequence: i64) -> Option<String> {
        let added = self.added.entry(resource.series.as_deref()?).or_default();
        let date = date(resource);
        let before = self.before.get(&key(resource));
        let last = added.iter().filter(|member| member.date <= date).chain(before).max();
        let predecessor = last.map(|member| member.id.clone());
        added.push(Member { date, sequence, id: resource.id.clone() });
        predecessor
    }

    pub(super) fn get(&self, resource: &Prepared) -> Result<Stored, sqlx::Error> {
        self.versions.get(&key(resource)).cloned().ok_or(sqlx::Error::RowNotFound)
    }
}

fn date(resource: &Prepared) -> i64 {
    resource.date.map_or(i64::MAX, |(start, _)| start)
}
