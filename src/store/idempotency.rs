//! Answers to requests that came with an Idempotency-Key.

use super::{Sql, Store, StoreError};

/// An answer that was given before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenAnswer {
    /// The digest of the request that it was given to.
    pub request: Vec<u8>,
    /// The body.
    pub body: Vec<u8>,
}

impl Store {
    /// The answer that was given under a key, unless it has expired by now.
    pub async fn given_answer(
        &self,
        tenant: &str,
        key: &[u8],
        now: jiff::Timestamp,
    ) -> Result<Option<GivenAnswer>, StoreError> {
        let sql = Sql::new(
            "SELECT request, answer FROM idempotency WHERE tenant = $1 AND key = $2 AND expires > $3",
        )
        .bind(tenant)
        .bind(key)
        .bind(now.as_microsecond());
        let rows: Vec<(Vec<u8>, Vec<u8>)> = self.fetch(sql).await?;
        let found = rows.into_iter().next();
        found
            .map(|(request, body)| Ok(GivenAnswer { request, body: super::decompressed(&body)? }))
            .transpose()
    }

    /// Keeps an answer under a key, and forgets those that have expired. `false` where another answer was kept under the
    /// key meanwhile.
    pub async fn keep_answer(
        &self,
        tenant: &str,
        key: &[u8],
        answer: &GivenAnswer,
        now: jiff::Timestamp,
        expires: jiff::Timestamp,
    ) -> Result<bool, StoreError> {
        let forget = Sql::new("DELETE FROM idempotency WHERE expires <= $1").bind(now.as_microsecond());
        let keep = Sql::new(
            "INSERT INTO idempotency (tenant, key, request, expires, answer) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (tenant, key) DO NOTHING",
        )
        .bind(tenant)
        .bind(key)
        .bind(answer.request.as_slice())
        .bind(expires.as_microsecond())
        .bind(super::compressed(&answer.body)?);
        let committed = self.write(tenant, Vec::new(), vec![forget, keep]).await?;
        Ok(committed.rows.last() == Some(&1))
    }
}
