//! What an operator can choose.
//!
//! Three layers, the later wins: the defaults below, a TOML file, and environment variables. A key that nobody knows
//! is an error, so that a typing mistake never leaves a default in force unnoticed. `spinemet.example.toml` shows
//! every key with its default.

mod access;
mod clinical;
mod ehr;
mod layers;
mod records;
mod subscription;
mod values;

use std::net::{Ipv4Addr, SocketAddr};
use std::num::{NonZeroU32, NonZeroUsize};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

pub use access::{NonEmpty, TokenIssuer, WebOrigin, WithoutToken};
pub use clinical::{Clinical, Decimal, Freshness, Hours, Thresholds};
pub use ehr::{EhrServer, Network, ServerUrl};
pub use layers::SettingsError;
pub use records::{BackendClient, PatientRecords, SigningAlgorithm};
pub use subscription::SubscriptionEndpoint;
pub use values::{
    Audit, BaseUrl, DatabaseLocation, InvalidValue, LogFormat, LogLevel, Milliseconds, Names, PageUrl,
    SearchHandling, StartCheck, Tenant,
};

use crate::language::Language;

const MEBIBYTE: usize = 1024 * 1024;

/// Everything that an operator can choose. Field names are the keys of the file; `SPINEMET_` and the key in capitals
/// is the environment variable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Where the service listens. Port 0 takes any free port.
    pub listen: SocketAddr,
    /// The start of every absolute URL that the service writes; without it, the address it listens on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_base_url: Option<BaseUrl>,
    /// A SQLite database file, made when absent, or the URL of a PostgreSQL database.
    pub database: DatabaseLocation,
    /// Whether the database is checked for damage after the start.
    pub database_check: StartCheck,
    /// After how many days what is stored is purged; without it, never.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retention_days: Option<NonZeroU32>,
    /// Whose data this is; part of every id.
    pub tenant: Tenant,
    /// The language of texts where the request asks for none of ours.
    #[serde(with = "values::language")]
    pub language: Language,
    /// A directory of the site's own mapping files.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mappings_directory: Option<PathBuf>,
    /// FHIR ConceptMaps that translate the site's codes, besides those in the directory.
    #[serde(with = "values::paths", skip_serializing_if = "Vec::is_empty")]
    pub concept_maps: Vec<PathBuf>,
    /// The largest body that `$assess` takes.
    pub assess_body_limit_bytes: NonZeroUsize,
    /// How long a client may take to send its whole body.
    pub body_read_deadline_milliseconds: Milliseconds,
    /// How long a request may take from its first line to its answer.
    pub request_deadline_milliseconds: Milliseconds,
    /// What becomes of a search that has a parameter which is not known, where the client does not say.
    pub search_handling: SearchHandling,
    /// How long the link to the next page of a search or history can be followed.
    pub page_link_lifetime_milliseconds: Milliseconds,
    /// How many connections are open at most; others wait to be accepted.
    pub max_connections: NonZeroUsize,
    /// How many threads answer requests; without it, one a processor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub workers: Option<NonZeroUsize>,
    /// Whether requests are noted in the audit log; without it they are, but not in development mode.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audit: Option<Audit>,
    /// How long an answer is kept that was given to a request with an `Idempotency-Key`.
    pub idempotency_lifetime_milliseconds: Milliseconds,
    /// How long an export can be fetched.
    pub export_lifetime_milliseconds: Milliseconds,
    /// How many exports there are at a time at most.
    pub export_limit: NonZeroUsize,
    /// Where the endpoints of subscriptions may lie; only in the file.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub subscription_endpoints: Vec<SubscriptionEndpoint>,
    /// The form of the log on standard error.
    pub log_format: LogFormat,
    /// How much is logged.
    pub log_level: LogLevel,
    /// How long the service says that it is not ready before it stops listening, so that load balancers turn away.
    pub shutdown_notice_milliseconds: Milliseconds,
    /// How long requests under way may take to finish once the service has stopped listening.
    pub shutdown_grace_milliseconds: Milliseconds,
    /// How long all fetching for one call of a CDS service may take.
    pub ehr_deadline_milliseconds: Milliseconds,
    /// The FHIR servers that data may be fetched from; only in the file.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ehr_servers: Vec<EhrServer>,
    /// Where `Patient/{id}/$assess` fetches records; only in the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub patient_records: Option<PatientRecords>,
    /// Whether CDS clients are answered without a token where none is registered.
    pub cds_hooks_without_token: WithoutToken,
    /// Whether callers of the FHIR API are answered without a token where no issuer of tokens is registered.
    pub fhir_without_token: WithoutToken,
    /// How far the clocks of those who issue tokens may be from ours.
    pub token_leeway_seconds: u8,
    /// The web pages of other origins that may call from a browser.
    pub allowed_origins: Vec<WebOrigin>,
    /// The CDS clients, each of which signs its own tokens; only in the file.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cds_clients: Vec<TokenIssuer>,
    /// The authorization servers that issue tokens for the FHIR API; only in the file.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub api_clients: Vec<TokenIssuer>,
    /// A SMART app that cards offer to launch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub smart_app_url: Option<PageUrl>,
    /// A page of the hospital's own about a whole assessment, to which cards link.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assessment_page_url: Option<PageUrl>,
    /// The CDS services that compute and record their cards and show none.
    pub shadow_services: Names,
    /// What the hospital's clinicians sign off; only in the file.
    pub clinical: Clinical,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)),
            public_base_url: None,
            database: DatabaseLocation::default(),
            database_check: StartCheck::Quick,
            retention_days: None,
            tenant: Tenant::default(),
            language: Language::default(),
            mappings_directory: None,
            concept_maps: Vec::new(),
            assess_body_limit_bytes: NonZeroUsize::MIN.saturating_add(32 * MEBIBYTE - 1),
            body_read_deadline_milliseconds: Milliseconds::from_seconds(30),
            request_deadline_milliseconds: Milliseconds::from_seconds(60),
            search_handling: SearchHandling::Lenient,
            page_link_lifetime_milliseconds: Milliseconds::from_seconds(3600),
            max_connections: NonZeroUsize::MIN.saturating_add(1023),
            workers: None,
            audit: None,
            idempotency_lifetime_milliseconds: Milliseconds::from_seconds(24 * 3600),
            export_lifetime_milliseconds: Milliseconds::from_seconds(24 * 3600),
            export_limit: NonZeroUsize::MIN.saturating_add(15),
            subscription_endpoints: Vec::new(),
            log_format: LogFormat::Pretty,
            log_level: LogLevel::Info,
            shutdown_notice_milliseconds: Milliseconds::from_seconds(1),
            shutdown_grace_milliseconds: Milliseconds::from_seconds(10),
            ehr_deadline_milliseconds: Milliseconds::new(400),
            ehr_servers: Vec::new(),
            patient_records: None,
            cds_hooks_without_token: WithoutToken::Development,
            fhir_without_token: WithoutToken::Development,
            token_leeway_seconds: 5,
            allowed_origins: Vec::new(),
            cds_clients: Vec::new(),
            api_clients: Vec::new(),
            smart_app_url: None,
            assessment_page_url: None,
            shadow_services: Names::default(),
            clinical: Clinical::default(),
        }
    }
}

impl Settings {
    /// The site's own mapping files: directories and single files.
    pub fn site_mappings(&self) -> impl Iterator<Item = &Path> {
        self.mappings_directory.iter().chain(&self.concept_maps).map(PathBuf::as_path)
    }
}
