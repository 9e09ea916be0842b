//! `GET /metrics`: what the operator's monitoring reads.

use actix_web::HttpResponse;
use actix_web::web::Data;
use spinemet_engine::assessment::KNOWLEDGE_VERSION;

use super::{Failure, State, health};
use crate::telemetry::metrics::{CONTENT_TYPE, Counters, Gauge, Metrics, Requests, Version};

/// All metrics of the process.
pub(super) async fn show(state: Data<State>) -> Result<HttpResponse, Failure> {
    let is_up = health::store_is_up(&state).await;
    state.service_metrics.store_up.set(i64::from(is_up));
    let text = state.metrics.write().map_err(Failure::MetricsUnwritable)?;
    Ok(HttpResponse::Ok().content_type(CONTENT_TYPE).body(text))
}

/// What the service says of itself.
#[derive(Debug)]
pub(super) struct ServiceMetrics {
    pub(super) requests: Requests,
    /// What was fetched from EHRs, by data and by how that ended.
    pub(super) fetched: Counters<2>,
    /// Who was not let in, by reason: the one place beside the log where it is said.
    pub(super) denied: Counters<1>,
    store_up: Gauge,
    mapping: Version,
}

impl ServiceMetrics {
    pub(super) fn new(metrics: &Metrics) -> Self {
        metrics.info(
            "build",
            "The program and its knowledge",
            [("version", env!("CARGO_PKG_VERSION")), ("knowledge", KNOWLEDGE_VERSION)],
        );
        Self {
            requests: metrics.requests(),
            fetched: metrics.counters("ehr_fetches", "Data fetched from EHRs, by how that ended"),
            denied: metrics.counters("denied_requests", "Requests that were not let in, by reason"),
            store_up: metrics.gauge("store_up", "1 where the store reads and writes, 0 where it does not"),
            mapping: metrics.version("mapping_version", "The version of the mapping in use"),
        }
    }

    /// Says which version of the mapping is in use.
    pub(super) fn mapping_is(&self, version: &str) {
        self.mapping.set(version);
    }
}
