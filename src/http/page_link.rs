//! The links from one page of a search or history to the next.
//!
//! A link holds everything that the next page needs: the question, the point in the order of commits at which it was
//! asked, and the place where the page begins. The server remembers nothing, so that a link survives a restart and
//! works on every replica. It is encrypted, because the question may name a patient and links are written to logs, and
//! so it cannot be forged either. The key is in the database.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_lc_rs::aead::{AES_256_GCM, Aad, Nonce, RandomizedNonceKey};
use aws_lc_rs::rand;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use super::Failure;
use crate::store::{Position, Store, StoreError};

/// The query parameter that holds the link.
pub(super) const PARAMETER: &str = "_page";

/// The name of the key in the database.
const KEY: &str = "page-link-key";
const KEY_BYTES: usize = 32;
const NONCE_BYTES: usize = 12;

/// The place of a page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Place {
    /// What was asked for, such as `RiskAssessment` or `RiskAssessment/_history`, with its FHIR release.
    pub(super) path: String,
    /// The parameters.
    pub(super) parameters: Vec<(String, String)>,
    /// The id of the patient to whom the caller was limited; the link opens for nobody else.
    pub(super) patient: Option<String>,
    /// The point in the order of commits.
    pub(super) snapshot: i64,
    /// Whether the order is descending, and what it is by, is told by the position's kind.
    pub(super) is_descending: bool,
    /// After which resource the page begins.
    pub(super) after: Position,
    /// How many there are on all pages together.
    pub(super) total: Option<u64>,
    /// Seconds since 1970 after which the link is too old.
    expires: u64,
}

impl Place {
    pub(super) fn new(
        path: String,
        parameters: Vec<(String, String)>,
        patient: Option<String>,
        snapshot: i64,
        is_descending: bool,
        after: Position,
        total: Option<u64>,
    ) -> Self {
        Self { path, parameters, patient, snapshot, is_descending, after, total, expires: 0 }
    }
}

/// Makes links and reads them.
pub(super) struct PageLinks {
    key: RandomizedNonceKey,
    lifetime: Duration,
}

impl PageLinks {
    /// With the key that all replicas share.
    pub(super) async fn new(store: &Store, lifetime: Duration) -> Result<Self, StoreError> {
        let mut fresh = [0; KEY_BYTES];
        rand::fill(&mut fresh).map_err(|_| StoreError::Stopped)?;
        let key = store.shared_secret(KEY, &fresh).await?;
        let key = RandomizedNonceKey::new(&AES_256_GCM, &key).map_err(|_| StoreError::Stopped)?;
        Ok(Self { key, lifetime })
    }

    /// The value of the parameter for a place.
    pub(super) fn seal(&self, tenant: &str, mut place: Place) -> Result<String, Failure> {
        place.expires = seconds_now() + self.lifetime.as_secs().max(1);
        let mut sealed = serde_json::to_vec(&place).map_err(|_| Failure::Unlinkable)?;
        let nonce = self
            .key
            .seal_in_place_append_tag(Aad::from(tenant), &mut sealed)
            .map_err(|_| Failure::Unlinkable)?;
        Ok(URL_SAFE_NO_PAD.encode([nonce.as_ref().as_slice(), &sealed].concat()))
    }

    /// The place that a link leads to, if it is ours, for this path and this
    /// caller, and not too old.
    pub(super) fn open(
        &self,
        tenant: &str,
        text: &str,
        path: &str,
        patient: Option<&str>,
    ) -> Result<Place, Failure> {
        let mut bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| Failure::ForeignLink)?;
        let (nonce, sealed) = bytes.split_first_chunk_mut::<NONCE_BYTES>().ok_or(Failure::ForeignLink)?;
        let nonce = Nonce::assume_unique_for_key(*nonce);
        let plain =
            self.key.open_in_place(nonce, Aad::from(tenant), sealed).map_err(|_| Failure::ForeignLink)?;
        let place: Place = serde_json::from_slice(plain).map_err(|_| Failure::ForeignLink)?;
        if place.path != path || place.patient.as_deref() != patient {
            return Err(Failure::ForeignLink);
        }
        if place.expires < seconds_now() { Err(Failure::ExpiredLink) } else { Ok(place) }
    }
}

impl std::fmt::Debug for PageLinks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PageLinks").finish_non_exhaustive()
    }
}

fn seconds_now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
