//! Whether new work should be sent here.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Ready from the start until the service is told to stop.
#[derive(Debug, Clone, Default)]
pub(super) struct Readiness {
    is_stopping: Arc<AtomicBool>,
}

impl Readiness {
    pub(super) fn stop(&self) {
        self.is_stopping.store(true, Ordering::Release);
    }

    pub(super) fn is_stopping(&self) -> bool {
        self.is_stopping.load(Ordering::Acquire)
    }
}
