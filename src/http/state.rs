//! What every request shares.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use tokio::sync::OnceCell;

use super::capability_statement::CapabilityStatements;
use super::cds_hooks::CdsState;
use super::document::Document;
use super::export::Polls;
use super::metrics::ServiceMetrics;
use super::openapi::{self, Tokens};
use super::page_link::PageLinks;
use super::readiness::Readiness;
use super::reload::{Reloads, log_remarks};
use super::served::{InUse, Served};
use crate::access::{Access, RecordKey};
use crate::assess::Assessor;
use crate::ehr::Ehr;
use crate::settings::{Audit, Settings};
use crate::store::{Store, StoreError};
use crate::subscriptions::Subscriptions;
use crate::telemetry::metrics::Metrics;

/// What every handler can reach, as `web::Data<State>`.
#[derive(Debug)]
pub struct State {
    /// What was answered.
    pub store: Store,
    /// Who may call.
    pub access: Access,
    /// Who the service is to the server whose records it fetches.
    pub record_key: RecordKey,
    /// Where to ask for what was not sent.
    pub ehr: Ehr,
    /// Who is told of what is stored.
    pub subscriptions: Subscriptions,
    /// What the operator chose.
    pub settings: Settings,
    /// What the operator's monitoring reads; every part of the service adds its own.
    pub metrics: Metrics,
    pub(super) service_metrics: ServiceMetrics,
    pub(super) exports: Polls,
    pub(super) in_use: InUse,
    pub(super) reloads: Reloads,
    pub(super) readiness: Readiness,
    page_links: OnceCell<PageLinks>,
    pub(super) capabilities: CapabilityStatements,
    pub(super) openapi: Document,
    base_url: String,
    pub(super) cds: CdsState,
}

impl State {
    #[expect(clippy::too_many_arguments, reason = "what is built before it, each part once")]
    pub(super) fn new(
        settings: Settings,
        assessor: Arc<Assessor>,
        store: Store,
        access: Access,
        record_key: RecordKey,
        ehr: Ehr,
        subscriptions: Subscriptions,
        address: SocketAddr,
    ) -> io::Result<Self> {
        // Not from the Host header: the same request must get the same bytes whatever name it was sent to.
        let base_url = settings
            .public_base_url
            .as_ref()
            .map_or_else(|| format!("http://{address}"), ToString::to_string);
        let metrics = Metrics::default();
        let service_metrics = ServiceMetrics::new(&metrics);
        service_metrics.mapping_is(assessor.mappings().version());
        let capabilities = CapabilityStatements::new(&base_url)?;
        let (of_cds_clients, of_callers) = access.needs_tokens();
        let openapi = openapi::document(&base_url, Tokens { of_cds_clients, of_callers })?;
        log_remarks(assessor.mappings().remarks());
        let in_use = InUse::new(Served::new(assessor)?);
        let reloads = Reloads::new(&metrics);
        let cds = CdsState::new(&settings, &metrics, &base_url)?;
        Ok(Self {
            store,
            access,
            record_key,
            ehr,
            subscriptions,
            settings,
            metrics,
            service_metrics,
            exports: Polls::default(),
            in_use,
            reloads,
            readiness: Readiness::default(),
            page_links: OnceCell::new(),
            capabilities,
            openapi,
            base_url,
            cds,
        })
    }

    /// What makes and reads the links to further pages. Its key is read when it is first needed.
    pub(super) async fn page_links(&self) -> Result<&PageLinks, StoreError> {
        let lifetime = self.settings.page_link_lifetime_milliseconds.duration();
        self.page_links.get_or_try_init(|| PageLinks::new(&self.store, lifetime)).await
    }

    /// Whether requests are noted in the audit log: as the operator says, and else where callers say who they are.
    pub fn audit(&self) -> Audit {
        let usual = if self.access.is_development() { Audit::Off } else { Audit::Beside };
        self.settings.audit.unwrap_or(usual)
    }

    /// Whether callers of the FHIR API need a token.
    pub fn needs_tokens(&self) -> bool {
        self.access.needs_tokens().1
    }

    /// From the bytes of a request to its answer, with the mapping now in use. A request takes it once, so that it sees
    /// one version.
    pub fn assessor(&self) -> Arc<Assessor> {
        Arc::clone(&self.served().assessor)
    }

    pub(super) fn served(&self) -> Arc<Served> {
        self.in_use.get()
    }

    /// The start of every absolute URL of ours, e.g. `https://spinemet.hospital.example`.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }
}
