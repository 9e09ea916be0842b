//! What assessments were made from, kept beside their resources.
//!
//! The store does not know what is in it: JSON in, JSON out.

use super::{Sql, Store, StoreError};

/// An assessment to be kept, or that was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArchivedAssessment {
    /// The identity of the assessment.
    pub id: String,
    /// The patient, as a reference.
    pub patient: String,
    /// The instant that it speaks of.
    pub as_of: jiff::Timestamp,
    /// JSON.
    pub body: Vec<u8>,
}

impl ArchivedAssessment {
    /// The statement that keeps it, where it is not kept yet; for [`Store::write`], together with its resources.
    ///
    /// # Errors
    /// [`StoreError::Write`] where it cannot be compressed.
    pub fn statement(&self, tenant: &str) -> Result<Sql, StoreError> {
        Ok(Sql::new(
            "INSERT INTO assessment_archive (tenant, id, patient, as_of, body) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (tenant, id) DO NOTHING",
        )
        .bind(tenant)
        .bind(self.id.as_str())
        .bind(self.patient.as_str())
        .bind(self.as_of.as_microsecond())
        .bind(super::compressed(&self.body)?))
    }
}

impl Store {
    /// The archived assessment of an identity.
    pub async fn archived(&self, tenant: &str, id: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let sql = Sql::new("SELECT body FROM assessment_archive WHERE tenant = $1 AND id = $2");
        let rows: Vec<(Vec<u8>,)> = self.fetch(sql.bind(tenant).bind(id)).await?;
        rows.into_iter().next().map(|(body,)| super::decompressed(&body)).transpose()
    }

    /// Archived assessments in the order of their identities, from the one after `after`; of each patient only the
    /// latest, where that is asked.
    pub async fn archived_after(
        &self,
        tenant: &str,
        after: &str,
        latest_only: bool,
        limit: i64,
    ) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        let mut sql =
            Sql::new("SELECT id, body FROM assessment_archive AS kept WHERE tenant = $1 AND id > $2")
                .bind(tenant)
                .bind(after);
        if latest_only {
            sql.push(
                " AND NOT EXISTS (SELECT 1 FROM assessment_archive AS later WHERE later.tenant = kept.tenant AND \
                 later.patient = kept.patient AND (later.as_of, later.id) > (kept.as_of, kept.id))",
            );
        }
        sql.push(" ORDER BY id LIMIT ").value(limit);
        let rows: Vec<(String, Vec<u8>)> = self.fetch(sql).await?;
        rows.into_iter().map(|(id, body)| Ok((id, super::decompressed(&body)?))).collect()
    }
}
