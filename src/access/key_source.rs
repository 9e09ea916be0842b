//! Where the keys of an issuer come from: the settings, or a URL that the settings name.
//!
//! Keys are fetched when they are needed. One that is not known may be new (issuers change their keys), so the set is
//! fetched again, but not more than once a minute, whatever comes in. A set that cannot be fetched anew is kept for a day.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::Instant;

use super::denial::Denial;
use super::key_set::KeySet;
use crate::ehr::Document;

/// A key that is not known makes the set be fetched again, if the last time is so long ago.
const NOT_AGAIN_WITHIN: Duration = Duration::from_mins(1);
/// A set is fetched again when it is this old, so that keys which were taken back are forgotten.
const FRESH: Duration = Duration::from_mins(15);
/// A set that cannot be fetched again is used until it is this old.
const USABLE: Duration = Duration::from_hours(24);
/// How long fetching may take.
const DEADLINE: Duration = Duration::from_secs(3);

/// Where keys come from.
pub(super) enum KeySource {
    /// They are known.
    Known(Arc<KeySet>),
    /// They are published.
    Published(Vec<Publication>),
}

/// A URL where keys are published, with what was there.
pub(super) struct Publication {
    document: Document,
    keys: RwLock<Option<(Arc<KeySet>, Instant)>>,
    /// When it was last tried to fetch them. Held while fetching, so that many calls with a new key lead to one request.
    tried: Mutex<Option<Instant>>,
}

impl KeySource {
    /// The set that has the key of this name. `url` is where the token says that it is published.
    pub async fn keys(&self, id: &str, url: Option<&str>) -> Result<Arc<KeySet>, Denial> {
        match (self, url) {
            (Self::Known(keys), _) => Ok(Arc::clone(keys)),
            (Self::Published(publications), Some(url)) => {
                let named = publications.iter().find(|publication| publication.document.is_named_by(url));
                named.ok_or(Denial::KeyUrl)?.keys(id).await
            }
            (Self::Published(publications), None) => {
                for publication in publications {
                    if let Ok(keys) = publication.keys(id).await {
                        return Ok(keys);
                    }
                }
                Err(Denial::Key)
            }
        }
    }
}

impl Publication {
    pub fn new(document: Document) -> Self {
        Self { document, keys: RwLock::default(), tried: Mutex::default() }
    }

    async fn keys(&self, id: &str) -> Result<Arc<KeySet>, Denial> {
        if let Some(keys) = self.fetched(id, FRESH) {
            return Ok(keys);
        }
        let mut tried = self.tried.lock().await;
        // Somebody else may have fetched them while this one waited.
        if let Some(keys) = self.fetched(id, FRESH) {
            return Ok(keys);
        }
        let now = Instant::now();
        if tried.is_none_or(|tried| now - tried >= NOT_AGAIN_WITHIN) {
            *tried = Some(now);
            if let Some(keys) = self.fetch(now).await {
                *self.keys.write().unwrap_or_else(PoisonError::into_inner) = Some((Arc::new(keys), now));
            } else {
                tracing::warn!("the key set of an issuer of tokens could not be fetched");
            }
        }
        self.fetched(id, USABLE).ok_or(Denial::Key)
    }

    /// The set, where it has a key of this name and is not older than that.
    fn fetched(&self, id: &str, most: Duration) -> Option<Arc<KeySet>> {
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        let (keys, since) = keys.as_ref()?;
        (keys.has(id) && since.elapsed() < most).then(|| Arc::clone(keys))
    }

    async fn fetch(&self, now: Instant) -> Option<KeySet> {
        let body = self.document.get(now + DEADLINE).await.ok()?;
        KeySet::read(std::str::from_utf8(&body).ok()?)
    }
}
