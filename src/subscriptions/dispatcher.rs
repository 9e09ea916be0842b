//! Telling subscribers: one task that looks for what is to be done, and a task for each subscription that it is done to.
//!
//! Everything that matters is in the store: the events with their numbers, what was acknowledged, when to try again. So
//! a restart loses nothing; at most a notification is sent again that was sent and not yet noted, with the same numbers.
//! Several processes share one store by leases: who has the lease of a subscription tends to it, and nobody else.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, Semaphore};

use super::backoff::{MOST_FAILURES, wait};
use super::endpoints::{DeliveryFailure, Endpoints, LONGEST_TIMEOUT};
use super::notification::{Event, Frame, Kind, notification};
use super::subscription::{Content, Status, Subscription};
use super::{identifier, render_event, uuid};
use crate::fhir::FhirVersion;
use crate::store::{Change, Store, StoreError, SubscriptionEvent, SubscriptionRow};

/// How often the task looks, should nobody wake it: other processes do not.
const LOOK: Duration = Duration::from_secs(1);
/// How many subscriptions are tended to at a time.
const AT_A_TIME: usize = 8;
/// How many RiskAssessments are looked at, and events sent, at a time.
const PAGE: i64 = 200;
const USUAL_EVENTS: u32 = 20;
/// How long a lease lasts: it outlives a call of an endpoint.
const LEASE: Duration = Duration::from_secs(2 * LONGEST_TIMEOUT.as_secs());
/// How long acknowledged events are kept for those who ask for them.
const EVENTS_KEPT: Duration = Duration::from_hours(30 * 24);

/// Tells subscribers.
#[derive(Clone)]
pub struct Dispatcher {
    store: Store,
    endpoints: Arc<Endpoints>,
    base_url: Arc<str>,
    holder: Arc<str>,
    wake: Arc<Notify>,
}

impl Dispatcher {
    /// One for this process. `wake` is notified where something was stored or subscribed to.
    pub fn new(store: Store, endpoints: Arc<Endpoints>, base_url: &str, wake: Arc<Notify>) -> Self {
        Self { store, endpoints, base_url: base_url.into(), holder: identifier().into(), wake }
    }

    /// Runs until it is dropped.
    pub async fn run(self) {
        let places = Arc::new(Semaphore::new(AT_A_TIME));
        loop {
            if let Err(error) = self.look(&places).await {
                tracing::warn!(%error, "subscriptions cannot be looked at");
            }
            tokio::select! {
                () = self.wake.notified() => (),
                () = tokio::time::sleep(LOOK) => (),
            }
        }
    }

    async fn look(&self, places: &Arc<Semaphore>) -> Result<(), StoreError> {
        for row in self.store.subscriptions_to_tend(now()).await? {
            let Ok(subscription) = serde_json::from_str::<Subscription>(&row.body) else {
                tracing::error!("a subscription cannot be read by this version");
                continue;
            };
            if !self.has_work(&row, &subscription).await? {
                continue;
            }
            let Ok(place) = Arc::clone(places).acquire_owned().await else { return Ok(()) };
            if self.store.lease_subscription(&row, &self.holder, now(), now() + microseconds(LEASE)).await? {
                let task = Tending { dispatcher: self.clone(), row, subscription };
                tokio::spawn(async move {
                    task.run().await;
                    drop(place);
                });
            }
        }
        Ok(())
    }

    async fn has_work(&self, row: &SubscriptionRow, subscription: &Subscription) -> Result<bool, StoreError> {
        Ok(row.status == Status::Requested.code()
            || has_ended(subscription)
            || row.progress.delivered < row.progress.events
            || is_heartbeat_due(row, subscription)
            || self.store.latest_change(&row.tenant).await? > row.progress.position)
    }
}

fn now() -> i64 {
    jiff::Timestamp::now().as_microsecond()
}

fn microseconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}

fn has_ended(subscription: &Subscription) -> bool {
    let end = subscription.end.as_deref().and_then(|end| end.parse::<jiff::Timestamp>().ok());
    end.is_some_and(|end| end <= jiff::Timestamp::now())
}

fn is_heartbeat_due(row: &SubscriptionRow, subscription: &Subscription) -> bool {
    let period =
        subscription.heartbeat_seconds.map(|seconds| microseconds(Duration::from_secs(seconds.into())));
    row.status == Status::Active.code()
        && period.is_some_and(|period| now() - row.progress.last_sent >= period)
}

/// One subscription whose lease this process has.
struct Tending {
    dispatcher: Dispatcher,
    row: SubscriptionRow,
    subscription: Subscription,
}

/// Why tending ends before all is done.
enum Stop {
    /// Somebody else has the lease now, or the subscriber changed the subscription.
    Lost,
    Store(StoreError),
    /// The endpoint did not acknowledge.
    Refused,
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl Tending {
    async fn run(mut self) {
        if let Err(Stop::Store(error)) = self.tend().await {
            tracing::warn!(%error, "a subscription could not be tended to; it is tried again when its lease ends");
        }
    }

    async fn tend(&mut self) -> Result<(), Stop> {
        if has_ended(&self.subscription) {
            Status::Off.code().clone_into(&mut self.row.status);
            return self.keep(&[], 0).await;
        }
        if self.row.status == Status::Requested.code() {
            self.send(Kind::Handshake, &[]).await?;
            Status::Active.code().clone_into(&mut self.row.status);
            self.keep(&[], lease_end()).await?;
        }
        loop {
            let is_all_seen = self.number_changes().await?;
            let is_all_told = self.tell().await?;
            if is_all_seen && is_all_told {
                break;
            }
        }
        if is_heartbeat_due(&self.row, &self.subscription) {
            self.send(Kind::Heartbeat, &[]).await?;
        }
        let before = now() - microseconds(EVENTS_KEPT);
        self.dispatcher.store.forget_events(&self.row, before).await?;
        self.keep(&[], 0).await
    }

    /// Gives numbers to the next changes that the subscription is about; `true` where there are no more.
    async fn number_changes(&mut self) -> Result<bool, Stop> {
        let (tenant, position) = (self.row.tenant.clone(), self.row.progress.position);
        let changes = self.dispatcher.store.changes_after(&tenant, position, PAGE).await?;
        let Some(last) = changes.last() else { return Ok(true) };
        let is_last_page = i64::try_from(changes.len()).is_ok_and(|length| length < PAGE);
        self.row.progress.position = last.sequence;
        let mut events = Vec::new();
        for change in &changes {
            if !self.is_told_of(change) {
                continue;
            }
            self.row.progress.events += 1;
            events.push(SubscriptionEvent {
                number: self.row.progress.events,
                resource: change.id.clone(),
                version: change.version,
                stored: change.sequence,
            });
        }
        self.keep(&events, lease_end()).await?;
        Ok(is_last_page)
    }

    fn is_told_of(&self, change: &Change) -> bool {
        self.subscription.matches(change.subject.as_deref().unwrap_or_default(), &methods(&change.body))
    }

    /// Sends the next events; `true` where there are no more.
    async fn tell(&mut self) -> Result<bool, Stop> {
        let first = self.row.progress.delivered + 1;
        let most = i64::from(self.subscription.max_count.unwrap_or(USUAL_EVENTS));
        let (tenant, id) = (self.row.tenant.clone(), self.row.id.clone());
        let events = self
            .dispatcher
            .store
            .subscription_events(&tenant, &id, first, self.row.progress.events, most)
            .await?;
        let Some(last) = events.last().map(|event| event.number) else { return Ok(true) };
        self.send(Kind::EventNotification, &events).await?;
        self.row.progress.delivered = last;
        self.keep(&[], lease_end()).await?;
        Ok(last == self.row.progress.events)
    }

    /// Sends a notification and notes whether it was acknowledged.
    async fn send(&mut self, kind: Kind, events: &[SubscriptionEvent]) -> Result<(), Stop> {
        let outcome = match self.body(kind, events).await? {
            Some(body) => self.dispatcher.endpoints.send(&self.subscription, body).await,
            None => return Err(Stop::Lost),
        };
        self.row.progress.last_sent = now();
        match outcome {
            Ok(()) => {
                self.row.progress.failures = 0;
                self.row.problem = None;
                Ok(())
            }
            Err(failure) => self.note(kind, failure).await,
        }
    }

    async fn body(&self, kind: Kind, events: &[SubscriptionEvent]) -> Result<Option<Vec<u8>>, Stop> {
        let Ok(release) = self.subscription.release.parse::<FhirVersion>() else { return Ok(None) };
        let mut told: Vec<Event> = Vec::with_capacity(events.len());
        for event in events {
            let is_full = self.subscription.content == Content::FullResource;
            told.push(render_event(&self.dispatcher.store, &self.row.tenant, event, is_full, release).await?);
        }
        let base = format!("{}/fhir/{release}", self.dispatcher.base_url);
        let frame = Frame {
            base: &base,
            release,
            subscription: &self.row.id,
            status: Status::from_code(&self.row.status).unwrap_or(Status::Active),
            events: self.row.progress.events,
            kind,
            uuid: &uuid(),
        };
        match notification(&frame, self.subscription.content, &told) {
            Ok(body) => Ok(Some(body)),
            Err(error) => {
                tracing::error!(%error, "a notification cannot be written");
                Ok(None)
            }
        }
    }

    async fn note(&mut self, kind: Kind, failure: DeliveryFailure) -> Result<(), Stop> {
        tracing::info!(kind = kind.code(), failures = self.row.progress.failures + 1, %failure, "not acknowledged");
        let progress = &mut self.row.progress;
        progress.failures += 1;
        let chance = u8::try_from(now().rem_euclid(256)).unwrap_or_default();
        progress.next_attempt = now() + microseconds(wait(progress.failures, chance));
        // An endpoint that does not even answer the handshake is wrong; one that is not allowed will not become right.
        let is_final = kind == Kind::Handshake
            || failure == DeliveryFailure::NotAllowed
            || self.row.progress.failures >= MOST_FAILURES;
        if is_final {
            Status::Error.code().clone_into(&mut self.row.status);
        }
        self.row.problem = Some(failure.to_string());
        self.keep(&[], 0).await?;
        Err(Stop::Refused)
    }

    async fn keep(&self, events: &[SubscriptionEvent], lease_until: i64) -> Result<(), Stop> {
        let Dispatcher { store, holder, .. } = &self.dispatcher;
        if store.advance_subscription(&self.row, holder, lease_until, events).await? {
            Ok(())
        } else {
            Err(Stop::Lost)
        }
    }
}

fn lease_end() -> i64 {
    now() + microseconds(LEASE)
}

/// The codes of a RiskAssessment's method, each with its system.
fn methods(body: &[u8]) -> Vec<(String, String)> {
    let Ok(resource) = serde_json::from_slice::<serde_json::Value>(body) else { return Vec::new() };
    let text = |coding: &serde_json::Value, name: &str| {
        coding.get(name).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned()
    };
    let codings = resource.pointer("/method/coding").and_then(serde_json::Value::as_array);
    codings.into_iter().flatten().map(|coding| (text(coding, "system"), text(coding, "code"))).collect()
}
