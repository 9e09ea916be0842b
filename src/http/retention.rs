//! What becomes too old is purged: every hour, where the operator chose an age.

use std::num::NonZeroU32;
use std::time::Duration;

use actix_web::web::Data;
use jiff::{SignedDuration, Timestamp};

use super::State;
use super::resource::TYPES;
use crate::store::{Store, StoreError};

const INTERVAL: Duration = Duration::from_hours(1);
const DAY_HOURS: i64 = 24;

/// Purges what was stored before so many days, whosever it is, and what cards said then. Returns how many resources that
/// were.
pub async fn purge(store: &Store, age_days: NonZeroU32) -> Result<u64, StoreError> {
    let age = SignedDuration::from_hours(i64::from(age_days.get()) * DAY_HOURS);
    // Nothing was stored before time began.
    let Ok(before) = Timestamp::now().checked_sub(age) else { return Ok(0) };
    let mut purged = 0;
    for tenant in store.tenants().await? {
        // The audit log outlives what it tells of.
        for held in TYPES.into_iter().filter(|held| *held != "AuditEvent") {
            purged += store.purge(&tenant, held, before).await?;
        }
    }
    // They are no resources and hold nothing of a patient, and yet are of no use for ever.
    store.forget_cards(before.as_microsecond()).await?;
    Ok(purged)
}

/// Purges now and every hour, for ever.
pub(super) async fn keep(state: Data<State>, age_days: NonZeroU32) {
    let mut ticks = tokio::time::interval(INTERVAL);
    loop {
        ticks.tick().await;
        match purge(&state.store, age_days).await {
            Ok(purged) => tracing::info!(purged, age_days, "retention"),
            Err(error) => tracing::error!(%error, "what is too old could not be purged; again in an hour"),
        }
    }
}
