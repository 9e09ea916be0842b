//! Subscriptions: telling interface engines that a RiskAssessment was stored.
//!
//! One topic, rest-hook channels, in R4 and R4B by the Subscriptions Backport and in R5 as R5 has it. A subscription is
//! one value whatever its release ([`Subscription`]); [`read`] and [`write`] know the shapes, [`Dispatcher`] sends.
//!
//! **Nobody is called but whom the operator listed.** **Event numbers have no gaps**, and delivery is at least once: what
//! was not acknowledged is sent again, also after a restart. **The values of headers are shown to nobody.**

mod backoff;
mod dispatcher;
mod endpoints;
mod notification;
mod read;
mod service;
mod subscription;
mod write;

pub use dispatcher::Dispatcher;
pub use endpoints::{DeliveryFailure, Endpoints};
pub use notification::{Event, Frame, Kind, notification, status};
pub use read::{Sent, read};
pub use service::Subscriptions;
pub use subscription::{Content, FILTERS, Filter, HIDDEN, Header, Status, Subscription, TOPIC};
pub use write::{Standing, write};

use crate::fhir::FhirVersion;
use crate::fhir::render::Given;
use crate::store::{Store, StoreError, SubscriptionEvent};

/// An event as it is told, with its RiskAssessment where that is wanted and still there.
///
/// # Errors
/// [`StoreError`] where it cannot be read.
pub async fn render_event(
    store: &Store,
    tenant: &str,
    event: &SubscriptionEvent,
    is_full: bool,
    release: FhirVersion,
) -> Result<Event, StoreError> {
    let version = u32::try_from(event.version).unwrap_or(u32::MAX);
    let stored = if is_full {
        store.read_version(tenant, "RiskAssessment", &event.resource, version).await?
    } else {
        None
    };
    let resource = stored.filter(|stored| stored.body.is_some()).and_then(|stored| {
        let given = Given {
            resource_type: &stored.resource_type,
            id: &stored.id,
            body: stored.json(),
            version: stored.version,
            last_updated: Some(stored.last_updated),
            predecessor: stored.predecessor.as_deref(),
            subject: stored.subject.as_deref(),
        };
        given.resource(release).ok()
    });
    Ok(Event {
        number: event.number,
        instant: jiff::Timestamp::from_microsecond(event.stored).unwrap_or(jiff::Timestamp::MIN),
        id: event.resource.clone(),
        version: event.version,
        resource,
    })
}

/// 128 bits that nobody can guess.
fn random() -> [u8; 16] {
    let mut bytes = [0; 16];
    if getrandom::fill(&mut bytes).is_err() {
        // Without a source of randomness nothing else here works either, TLS least of all.
        tracing::error!("the system gives no random numbers");
    }
    bytes
}

/// 128 random bits in hexadecimal: an id that nobody can guess.
pub fn identifier() -> String {
    random().iter().fold(String::with_capacity(32), |hex, byte| format!("{hex}{byte:02x}"))
}

/// A random UUID.
pub fn uuid() -> String {
    let mut bytes = random();
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = bytes.iter().fold(String::with_capacity(32), |hex, byte| format!("{hex}{byte:02x}"));
    let mut parts = hex.as_str();
    let groups = [8, 4, 4, 4, 12].map(|length| {
        let (group, rest) = parts.split_at(length);
        parts = rest;
        group
    });
    groups.join("-")
}
