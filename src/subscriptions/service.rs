//! What the rest of the program has of subscriptions: whom they may tell, and a way to wake whoever tells them.

use std::sync::Arc;

use tokio::sync::Notify;

use super::{Dispatcher, Endpoints};
use crate::ehr::EhrError;
use crate::settings::Settings;
use crate::store::Store;

/// Subscriptions of this process. Cheap to clone.
#[derive(Clone)]
pub struct Subscriptions {
    endpoints: Arc<Endpoints>,
    wake: Arc<Notify>,
}

impl std::fmt::Debug for Subscriptions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Subscriptions").finish_non_exhaustive()
    }
}

impl Subscriptions {
    /// Those that the settings allow.
    ///
    /// # Errors
    /// [`EhrError`] where an endpoint is not safe to call as it is described.
    pub fn new(settings: &Settings) -> Result<Self, EhrError> {
        Ok(Self { endpoints: Arc::new(Endpoints::new(settings)?), wake: Arc::new(Notify::new()) })
    }

    /// Whether notifications may go to a URL.
    pub fn allow(&self, url: &str) -> bool {
        self.endpoints.allow(url)
    }

    /// Something was stored, or subscribed to.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    /// What tells the subscribers; `None` where nobody may be told.
    pub fn dispatcher(&self, store: Store, base_url: &str) -> Option<Dispatcher> {
        let dispatcher =
            || Dispatcher::new(store, Arc::clone(&self.endpoints), base_url, Arc::clone(&self.wake));
        (!self.endpoints.is_empty()).then(dispatcher)
    }
}
