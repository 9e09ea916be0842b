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
        let now = Instant::now();
        match (self, url) {
            (Self::Known(keys), _) => Ok(Arc::clone(keys)),
            (Self::Published(publications), Some(url)) => {
                let named = publications.iter().find(|publication| publication.document.is_named_by(url));
                named.ok_or(Denial::KeyUrl)?.keys(id, now).await
            }
            (Self::Published(publications), None) => {
                for publication in publications {
                    if let Ok(keys) = publication.keys(id, now).await {
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

    async fn keys(&self, id: &str, now: Instant) -> Result<Arc<KeySet>, Denial> {
        if let Some(keys) = self.fetched(id, FRESH, now) {
            return Ok(keys);
        }
        let mut tried = self.tried.lock().await;
        // Somebody else may have fetched them while this one waited.
        if let Some(keys) = self.fetched(id, FRESH, now) {
            return Ok(keys);
        }
        if tried.is_none_or(|tried| now.saturating_duration_since(tried) >= NOT_AGAIN_WITHIN) {
            *tried = Some(now);
            if let Some(keys) = self.fetch().await {
                *self.keys.write().unwrap_or_else(PoisonError::into_inner) = Some((Arc::new(keys), now));
            } else {
                tracing::warn!("the key set of an issuer of tokens could not be fetched");
            }
        }
        self.fetched(id, USABLE, now).ok_or(Denial::Key)
    }

    /// The set, where it has a key of this name and is not older than that.
    fn fetched(&self, id: &str, most: Duration, now: Instant) -> Option<Arc<KeySet>> {
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        let (keys, since) = keys.as_ref()?;
        (keys.has(id) && now.saturating_duration_since(*since) < most).then(|| Arc::clone(keys))
    }

    async fn fetch(&self) -> Option<KeySet> {
        let body = self.document.get(Instant::now() + DEADLINE).await.ok()?;
        KeySet::read(std::str::from_utf8(&body).ok()?)
    }
}

#[cfg(test)]
mod tests {
    use wiremock::matchers::any;
    use wiremock::{Mock, MockServer, ResponseTemplate};

    use super::*;
    use crate::settings::Network;

    /// Publishes keys of these names, or nothing.
    async fn publish(server: &MockServer, names: Option<&[&str]>) {
        server.reset().await;
        let key = |name: &&str| {
            serde_json::json!({
                "kid": name, "kty": "EC", "crv": "P-256", "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
                "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
            })
        };
        let answer = match names {
            Some(names) => {
                let keys: Vec<serde_json::Value> = names.iter().map(key).collect();
                let set = serde_json::json!({ "keys": keys }).to_string();
                ResponseTemplate::new(200).set_body_raw(set, "application/json")
            }
            None => ResponseTemplate::new(503),
        };
        Mock::given(any()).respond_with(answer).mount(server).await;
    }

    #[tokio::test]
    async fn keys_change_as_their_owner_publishes_them() {
        let server = MockServer::start().await;
        let url = format!("{}/keys", server.uri()).parse().unwrap();
        let networks = [Network::try_from("127.0.0.0/8".to_owned()).unwrap()];
        let publication = Publication::new(Document::new(&url, &networks, None).unwrap());
        let begun = Instant::now();
        let minutes = |count: u64| begun + Duration::from_mins(count);
        // What is published, when a token comes, with which key, and whether that is found.
        let old: Option<&[&str]> = Some(&["old"]);
        let both: Option<&[&str]> = Some(&["old", "new"]);
        let new: Option<&[&str]> = Some(&["new"]);
        for (published, minute, name, is_found) in [
            (old, 0, "old", true),
            // The owner has changed keys: a new one is looked for, and not again within the minute.
            (both, 0, "new", false),
            (both, 1, "new", true),
            (both, 1, "old", true),
            // The old one was taken back: forgotten as soon as the set is fetched again.
            (new, 10, "old", true),
            (new, 17, "old", false),
            (new, 17, "new", true),
            // What cannot be fetched again is used for a day.
            (None, 60, "new", true),
            (None, 23 * 60, "new", true),
            (None, 25 * 60, "new", false),
            (new, 26 * 60, "new", true),
        ] {
            publish(&server, published).await;
            let found = publication.keys(name, minutes(minute)).await.is_ok();
            assert_eq!(found, is_found, "{name} in minute {minute} with {published:?}");
        }
    }
}
