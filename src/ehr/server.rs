//! A registered server: who may select it, and one GET that is tried twice at most.

use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::time::{Instant, sleep, timeout_at};
use url::Url;

use super::EhrError;
use super::base::Base;
use super::bearer::BearerToken;
use super::breaker::Breaker;
use super::connection::{Answer, Connection, read};
use super::failure::FetchFailure;
use crate::settings::EhrServer;

/// What is accepted of a FHIR server.
const ACCEPT: &str = "application/fhir+json, application/json;q=0.9";
/// How long to wait before the second try, where the server says nothing about it; up to twice as long, so that those who
/// failed together do not come back together.
const PAUSE: Duration = Duration::from_millis(25);

/// A FHIR server that the operator registered.
pub struct Server {
    pub(super) base: Base,
    pub(super) page_limit: usize,
    pub(super) response_limit_bytes: usize,
    clients: Vec<String>,
    token_subject: Option<String>,
    connection: Connection,
    at_once: Semaphore,
    breaker: Breaker,
}

impl Server {
    pub(super) fn new(settings: &EhrServer) -> Result<Self, EhrError> {
        let authority = settings.certificate_authority_file.as_deref();
        Ok(Self {
            base: Base::new(&settings.base_url),
            page_limit: settings.page_limit.get(),
            response_limit_bytes: settings.response_limit_bytes.get(),
            clients: settings.clients.clone(),
            token_subject: settings.token_subject.as_ref().map(|subject| subject.as_str().to_owned()),
            connection: Connection::to(&settings.base_url, &settings.private_addresses, authority)?,
            at_once: Semaphore::new(settings.concurrent_requests.get().min(Semaphore::MAX_PERMITS)),
            breaker: Breaker::default(),
        })
    }

    /// Whether a client may select it. `None` is a client of the development mode, where nobody has a name.
    pub(super) fn is_for(&self, client: Option<&str>) -> bool {
        self.clients.is_empty()
            || client.is_some_and(|client| self.clients.iter().any(|known| known == client))
    }

    /// Whether a token may be used here that was given to this service, as the sender says.
    pub fn takes_token_of(&self, subject: Option<&str>) -> bool {
        self.token_subject.is_none() || self.token_subject.as_deref() == subject
    }

    /// A body of at most `limit_bytes`, by `deadline`.
    pub(super) async fn get(
        &self,
        url: &Url,
        token: Option<&BearerToken>,
        limit_bytes: usize,
        deadline: Instant,
    ) -> Result<Vec<u8>, FetchFailure> {
        if !self.breaker.admits(std::time::Instant::now()) {
            return Err(FetchFailure::LeftAlone);
        }
        let outcome = timeout_at(deadline, self.try_twice(url, token, limit_bytes, deadline)).await;
        let outcome = outcome.unwrap_or(Err(FetchFailure::Deadline));
        match outcome {
            Err(FetchFailure::Deadline | FetchFailure::Connection | FetchFailure::Unavailable) => {
                self.breaker.failed(std::time::Instant::now());
            }
            _ => self.breaker.succeeded(),
        }
        outcome
    }

    /// A GET changes nothing, so that a second one is safe; but only where the first found nobody, or one who was busy.
    async fn try_twice(
        &self,
        url: &Url,
        token: Option<&BearerToken>,
        limit_bytes: usize,
        deadline: Instant,
    ) -> Result<Vec<u8>, FetchFailure> {
        let _permit = self.at_once.acquire().await.map_err(|_| FetchFailure::LeftAlone)?;
        let pause = match self.connection.get(url, ACCEPT, token).await {
            Answer::Body(response) => return read(response, limit_bytes).await,
            Answer::Failed(failure) => return Err(failure),
            Answer::Busy(pause) => pause.unwrap_or_else(pause_of_our_own),
        };
        if Instant::now() + pause >= deadline {
            return Err(FetchFailure::Unavailable);
        }
        sleep(pause).await;
        match self.connection.get(url, ACCEPT, token).await {
            Answer::Body(response) => read(response, limit_bytes).await,
            Answer::Failed(failure) => Err(failure),
            Answer::Busy(_) => Err(FetchFailure::Unavailable),
        }
    }
}

/// A little more than [`PAUSE`], by chance.
fn pause_of_our_own() -> Duration {
    let chance = RandomState::new().hash_one(0_u8) % 25;
    PAUSE + Duration::from_millis(chance)
}
