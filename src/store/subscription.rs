//! Subscriptions: who wants to be told, which events there were, and how far each has been told.
//!
//! One process at a time tends to a subscription: whoever has its lease. A number is given to an event in the order of
//! commits, so that two processes that overlap for a moment give the same numbers to the same events.

use super::{Sql, Store, StoreError, Value};

/// A subscription with how far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubscriptionRow {
    /// Whose.
    pub tenant: String,
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: i64,
    /// When it became that version.
    pub updated: jiff::Timestamp,
    /// The client that made it.
    pub owner: Option<String>,
    /// The code of its status.
    pub status: String,
    /// What is subscribed to, as JSON.
    pub body: String,
    /// What went wrong last.
    pub problem: Option<String>,
    /// How far it is.
    pub progress: Progress,
}

/// How far a subscription is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// The last commit of a RiskAssessment that was looked at.
    pub position: i64,
    /// How many events there were.
    pub events: i64,
    /// How many of them were acknowledged.
    pub delivered: i64,
    /// How often in a row the endpoint did not acknowledge.
    pub failures: i64,
    /// When it is asked again, in microseconds since 1970.
    pub next_attempt: i64,
    /// When it was last sent something, in microseconds since 1970.
    pub last_sent: i64,
}

/// An event of a subscription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubscriptionEvent {
    /// Its number, from 1.
    pub number: i64,
    /// The id of the RiskAssessment.
    pub resource: String,
    /// Its version.
    pub version: i64,
    /// When it was stored, in microseconds since 1970.
    pub stored: i64,
}

/// A version of a RiskAssessment as a subscription looks at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its commit.
    pub sequence: i64,
    /// The id of the RiskAssessment.
    pub id: String,
    /// The version.
    pub version: i64,
    /// Whom it is about.
    pub subject: Option<String>,
    /// Its JSON, without `meta`.
    pub body: Vec<u8>,
}

const COLUMNS: &str = "SELECT tenant, id, version, updated, owner, status, body, problem, position, events, delivered, \
                       failures, next_attempt, last_sent FROM subscription";

type ChangeColumns = (i64, String, i64, Option<String>, Vec<u8>);

type Columns =
    (String, String, i64, i64, Option<String>, String, String, Option<String>, i64, i64, i64, i64, i64, i64);

impl Store {
    /// Keeps a new subscription, which hears of what is stored from now on; `false` where there are so many already.
    pub async fn add_subscription(&self, row: &SubscriptionRow, most: i64) -> Result<bool, StoreError> {
        let position = self.snapshot().await?;
        let sql = Sql::new(
            "INSERT INTO subscription (tenant, id, version, updated, owner, status, body, position) \
             SELECT $1, $2, $3, $4, $5, $6, $7, $8 WHERE (SELECT count(*) FROM subscription WHERE tenant = $9) < $10",
        )
        .bind(row.tenant.as_str())
        .bind(row.id.as_str())
        .bind(row.version)
        .bind(row.updated.as_microsecond())
        .bind(row.owner.clone())
        .bind(row.status.as_str())
        .bind(row.body.as_str())
        .bind(position)
        .bind(row.tenant.as_str())
        .bind(most);
        Ok(self.write(&row.tenant, Vec::new(), vec![sql]).await?.rows.first() == Some(&1))
    }

    /// A subscription.
    pub async fn subscription(&self, tenant: &str, id: &str) -> Result<Option<SubscriptionRow>, StoreError> {
        let sql = Sql::new(&format!("{COLUMNS} WHERE tenant = $1 AND id = $2")).bind(tenant).bind(id);
        Ok(self.subscription_rows(sql).await?.pop())
    }

    /// Every subscription of a tenant, by id.
    pub async fn subscriptions(&self, tenant: &str) -> Result<Vec<SubscriptionRow>, StoreError> {
        let sql = Sql::new(&format!("{COLUMNS} WHERE tenant = $1 ORDER BY id")).bind(tenant);
        self.subscription_rows(sql).await
    }

    /// The subscriptions that nobody tends to, and to which it is time to tend.
    pub async fn subscriptions_to_tend(&self, now: i64) -> Result<Vec<SubscriptionRow>, StoreError> {
        let sql = Sql::new(&format!(
            "{COLUMNS} WHERE status IN ('requested', 'active') AND lease_until <= $1 AND next_attempt <= $2"
        ));
        self.subscription_rows(sql.bind(now).bind(now)).await
    }

    async fn subscription_rows(&self, sql: Sql) -> Result<Vec<SubscriptionRow>, StoreError> {
        Ok(self.fetch::<Columns>(sql).await?.into_iter().map(row).collect())
    }

    /// Changes what is subscribed to and starts it anew, if it is still of that version. What was not acknowledged
    /// before is sent once it is active again.
    pub async fn change_subscription(
        &self,
        row: &SubscriptionRow,
        expected: i64,
    ) -> Result<bool, StoreError> {
        let sql = Sql::new(
            "UPDATE subscription SET version = $1, updated = $2, status = $3, body = $4, problem = NULL, failures = 0, \
             next_attempt = 0, lease_holder = NULL, lease_until = 0 WHERE tenant = $5 AND id = $6 AND version = $7",
        )
        .bind(row.version)
        .bind(row.updated.as_microsecond())
        .bind(row.status.as_str())
        .bind(row.body.as_str())
        .bind(row.tenant.as_str())
        .bind(row.id.as_str())
        .bind(expected);
        Ok(self.write(&row.tenant, Vec::new(), vec![sql]).await?.rows.first() == Some(&1))
    }

    /// Removes a subscription with its events; `false` where there is none.
    pub async fn remove_subscription(&self, tenant: &str, id: &str) -> Result<bool, StoreError> {
        let remove = Sql::new("DELETE FROM subscription WHERE tenant = $1 AND id = $2").bind(tenant).bind(id);
        let events = Sql::new("DELETE FROM subscription_event WHERE tenant = $1 AND subscription = $2");
        let statements = vec![remove, events.bind(tenant).bind(id)];
        Ok(self.write(tenant, Vec::new(), statements).await?.rows.first() == Some(&1))
    }

    /// Takes the lease of a subscription, where nobody has it.
    pub async fn lease_subscription(
        &self,
        row: &SubscriptionRow,
        holder: &str,
        now: i64,
        until: i64,
    ) -> Result<bool, StoreError> {
        let sql = Sql::new(
            "UPDATE subscription SET lease_holder = $1, lease_until = $2 \
             WHERE tenant = $3 AND id = $4 AND version = $5 AND lease_until <= $6",
        )
        .bind(holder)
        .bind(until)
        .bind(row.tenant.as_str())
        .bind(row.id.as_str())
        .bind(row.version)
        .bind(now);
        Ok(self.write(&row.tenant, Vec::new(), vec![sql]).await?.rows.first() == Some(&1))
    }

    /// Keeps how far a subscription is, with events that it has now; `false` where the lease was lost or the subscription
    /// was changed.
    pub async fn advance_subscription(
        &self,
        row: &SubscriptionRow,
        holder: &str,
        until: i64,
        events: &[SubscriptionEvent],
    ) -> Result<bool, StoreError> {
        let mut statements = Vec::with_capacity(2);
        if !events.is_empty() {
            let mut insert = Sql::new(
                "INSERT INTO subscription_event (tenant, subscription, number, resource, version, stored) VALUES ",
            );
            insert.rows(events.iter().map(|event| -> [Value; 6] {
                [
                    row.tenant.as_str().into(),
                    row.id.as_str().into(),
                    event.number.into(),
                    event.resource.as_str().into(),
                    event.version.into(),
                    event.stored.into(),
                ]
            }));
            // Another process that overlapped gave the same numbers to the same events.
            insert.push(" ON CONFLICT DO NOTHING");
            statements.push(insert);
        }
        let Progress { position, events, delivered, failures, next_attempt, last_sent } = row.progress;
        statements.push(
            Sql::new(
                "UPDATE subscription SET status = $1, problem = $2, position = $3, events = $4, delivered = $5, \
                 failures = $6, next_attempt = $7, last_sent = $8, lease_until = $9 \
                 WHERE tenant = $10 AND id = $11 AND version = $12 AND lease_holder = $13",
            )
            .bind(row.status.as_str())
            .bind(row.problem.clone())
            .bind(position)
            .bind(events)
            .bind(delivered)
            .bind(failures)
            .bind(next_attempt)
            .bind(last_sent)
            .bind(until)
            .bind(row.tenant.as_str())
            .bind(row.id.as_str())
            .bind(row.version)
            .bind(holder),
        );
        Ok(self.write(&row.tenant, Vec::new(), statements).await?.rows.last() == Some(&1))
    }

    /// Forgets acknowledged events that were stored before a time.
    pub async fn forget_events(&self, row: &SubscriptionRow, before: i64) -> Result<(), StoreError> {
        let sql = Sql::new(
            "DELETE FROM subscription_event WHERE tenant = $1 AND subscription = $2 AND number <= $3 AND stored < $4",
        )
        .bind(row.tenant.as_str())
        .bind(row.id.as_str())
        .bind(row.progress.delivered)
        .bind(before);
        self.write(&row.tenant, Vec::new(), vec![sql]).await.map(drop)
    }

    /// Events of a subscription by their numbers, both included.
    pub async fn subscription_events(
        &self,
        tenant: &str,
        subscription: &str,
        first: i64,
        last: i64,
        most: i64,
    ) -> Result<Vec<SubscriptionEvent>, StoreError> {
        let sql = Sql::new(
            "SELECT number, resource, version, stored FROM subscription_event \
             WHERE tenant = $1 AND subscription = $2 AND number >= $3 AND number <= $4 ORDER BY number LIMIT $5",
        )
        .bind(tenant)
        .bind(subscription)
        .bind(first)
        .bind(last)
        .bind(most);
        let rows: Vec<(i64, String, i64, i64)> = self.fetch(sql).await?;
        let event =
            |(number, resource, version, stored)| SubscriptionEvent { number, resource, version, stored };
        Ok(rows.into_iter().map(event).collect())
    }

    /// The last commit of a RiskAssessment of a tenant.
    pub async fn latest_change(&self, tenant: &str) -> Result<i64, StoreError> {
        let sql = Sql::new(
            "SELECT sequence FROM resource_version WHERE tenant = $1 AND resource_type = 'RiskAssessment' \
             ORDER BY sequence DESC LIMIT 1",
        );
        let rows: Vec<(i64,)> = self.fetch(sql.bind(tenant)).await?;
        Ok(rows.first().map_or(0, |(sequence,)| *sequence))
    }

    /// The versions of RiskAssessments after a commit, in the order of commits. Deletions are no event.
    pub async fn changes_after(
        &self,
        tenant: &str,
        position: i64,
        most: i64,
    ) -> Result<Vec<Change>, StoreError> {
        let sql = Sql::new(
            "SELECT sequence, id, version, subject, body FROM resource_version WHERE tenant = $1 AND \
             resource_type = 'RiskAssessment' AND sequence > $2 AND body IS NOT NULL ORDER BY sequence LIMIT $3",
        );
        let rows: Vec<ChangeColumns> = self.fetch(sql.bind(tenant).bind(position).bind(most)).await?;
        rows.into_iter()
            .map(|(sequence, id, version, subject, body)| {
                Ok(Change { sequence, id, version, subject, body: super::decompressed(&body)? })
            })
            .collect()
    }
}

fn row(columns: Columns) -> SubscriptionRow {
    let (
        tenant,
        id,
        version,
        updated,
        owner,
        status,
        body,
        problem,
        position,
        events,
        delivered,
        failures,
        next,
        last,
    ) = columns;
    let (next_attempt, last_sent) = (next, last);
    SubscriptionRow {
        tenant,
        id,
        version,
        updated: jiff::Timestamp::from_microsecond(updated).unwrap_or(jiff::Timestamp::MIN),
        owner,
        status,
        body,
        problem,
        progress: Progress { position, events, delivered, failures, next_attempt, last_sent },
    }
}
