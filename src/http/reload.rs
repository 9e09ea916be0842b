//! Reading the site's mapping files anew while the service runs.
//!
//! On SIGHUP, and not whenever a file changes: what a record means to the service is a clinical decision, so it changes
//! when somebody says so, and not while an editor saves the second of three files.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use actix_web::web::Data;
use tokio::signal::unix::Signal;

use super::State;
use super::served::Served;
use crate::mapping::{MappingRemark, MappingSet};
use crate::telemetry::metrics::{Counters, Gauge, Metrics};

/// How the last attempt to read the mapping files ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum LastReload {
    /// There was none since the start.
    None,
    /// A new version is in use.
    Replaced,
    /// The files say what they said before.
    Unchanged,
    /// The files cannot be used, and the version before stays: file, line and reason.
    Refused(String),
}

impl LastReload {
    pub(super) const fn key(&self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Replaced => "replaced",
            Self::Unchanged => "unchanged",
            Self::Refused(_) => "refused",
        }
    }
}

/// How reading anew went so far.
#[derive(Debug)]
pub(super) struct Reloads {
    last: RwLock<LastReload>,
    counted: Counters<1>,
    is_current: Gauge,
}

impl Reloads {
    pub(super) fn new(metrics: &Metrics) -> Self {
        let counted = metrics.counters("mapping_reloads", "Attempts to read the site's mapping files anew");
        for outcome in [LastReload::Replaced, LastReload::Unchanged, LastReload::Refused(String::new())] {
            counted.add([("outcome", outcome.key())], 0);
        }
        let help = "1 where the mapping in use is that of the files as last read, 0 where these were refused";
        let is_current = metrics.gauge("mapping_current", help);
        is_current.set(1);
        Self { last: RwLock::new(LastReload::None), counted, is_current }
    }

    pub(super) fn last(&self) -> LastReload {
        self.last.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn note(&self, outcome: LastReload) {
        self.counted.count([("outcome", outcome.key())]);
        self.is_current.set(i64::from(!matches!(outcome, LastReload::Refused(_))));
        *self.last.write().unwrap_or_else(PoisonError::into_inner) = outcome;
    }
}

/// Reads the mapping files anew whenever the signal comes.
pub(super) async fn reload_on(mut signal: Signal, state: Data<State>) {
    while signal.recv().await.is_some() {
        reload(&state).await;
    }
}

async fn reload(state: &State) {
    let paths: Vec<PathBuf> = state.settings.site_mappings().map(Path::to_path_buf).collect();
    let loaded = tokio::task::spawn_blocking(move || MappingSet::load(paths.iter().map(PathBuf::as_path)));
    let outcome = match loaded.await {
        Ok(Ok(mappings)) => replace(state, mappings),
        Ok(Err(error)) => LastReload::Refused(error.to_string()),
        Err(_) => LastReload::Refused("reading the files panicked: a defect".to_owned()),
    };
    if let LastReload::Refused(reason) = &outcome {
        tracing::error!(reason, "the mapping files cannot be used; the mapping before stays in use");
    } else {
        tracing::info!(outcome = outcome.key(), "read the mapping files anew");
    }
    state.reloads.note(outcome);
}

fn replace(state: &State, mappings: MappingSet) -> LastReload {
    let served = state.served();
    if mappings.version() == served.assessor.mappings().version() {
        return LastReload::Unchanged;
    }
    log_remarks(mappings.remarks());
    let assessor = served.assessor.with_mappings(mappings);
    let version = assessor.mappings().version().to_owned();
    match Served::new(Arc::new(assessor)) {
        Ok(served) => state.in_use.replace(served),
        Err(error) => return LastReload::Refused(error.to_string()),
    }
    state.service_metrics.mapping_is(&version);
    LastReload::Replaced
}

/// What of the site's files is read and not used.
pub(super) fn log_remarks(remarks: &[MappingRemark]) {
    for remark in remarks {
        tracing::warn!(%remark, "a part of the mapping files is not used");
    }
}
