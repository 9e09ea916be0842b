//! The EHR room: the client to the hospital's FHIR servers.
//!
//! A request can *select* one of the servers that the operator registered and never introduce one. What is asked lies
//! below the registered base URL, at an address that the server may have, and never goes on to anywhere else. All of it
//! happens within one deadline; what could not be had by then is said to be missing, with a typed reason.

mod address;
mod base;
mod bearer;
mod breaker;
mod connection;
mod document;
mod failure;
mod fetch;
mod gather;
mod page;
mod resolver;
mod server;
mod token_endpoint;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

pub use bearer::BearerToken;
pub(crate) use connection::{Connection, PostFailure};
pub use document::Document;
pub use failure::FetchFailure;
pub use fetch::{Found, Start, Wanted};
pub use gather::{GatherFailure, GatheredRecord};
pub(crate) use page::next_link;
pub use server::Server;
pub use token_endpoint::TokenEndpoint;

use crate::settings::Settings;

/// The registered servers.
pub struct Ehr {
    servers: Vec<Arc<Server>>,
    deadline: Duration,
    /// Where whole records are fetched, and how long that may take.
    records: Option<(Arc<Server>, Duration)>,
}

impl Ehr {
    /// The servers of the settings.
    ///
    /// # Errors
    /// [`EhrError`] where one of them is not safe to call as it is described.
    pub fn new(settings: &Settings) -> Result<Self, EhrError> {
        let servers = settings.ehr_servers.iter().map(|server| Server::new(server).map(Arc::new));
        let servers: Vec<Arc<Server>> = servers.collect::<Result<_, _>>()?;
        let records = settings.patient_records.as_ref().map(|records| {
            let at = settings.ehr_servers.iter().position(|server| server.base_url == records.base_url);
            let server = at.and_then(|at| servers.get(at)).map(Arc::clone);
            let unknown = || EhrError::UnregisteredRecords(records.base_url.to_string());
            Ok((server.ok_or_else(unknown)?, records.deadline_milliseconds.duration()))
        });
        Ok(Self {
            servers,
            records: records.transpose()?,
            deadline: settings.ehr_deadline_milliseconds.duration(),
        })
    }

    /// Whether there is none, so that nobody is ever called.
    pub fn is_empty(&self) -> bool {
        self.servers.is_empty()
    }

    /// The registered server that a client's request names, if that client may select it.
    pub fn select(&self, base_url: &str, client: Option<&str>) -> Option<&Arc<Server>> {
        self.servers.iter().find(|server| server.is_for(client) && server.base.is_named_by(base_url))
    }

    /// Fetches everything that is wanted at once, within the deadline of the settings.
    pub async fn fetch(
        &self,
        server: &Arc<Server>,
        wanted: Vec<Wanted>,
        token: Option<BearerToken>,
    ) -> Vec<Found> {
        fetch::fetch(server, wanted, token.map(Arc::new), Instant::now() + self.deadline).await
    }

    /// Whether there is a server whose records can be fetched whole.
    pub fn has_records(&self) -> bool {
        self.records.is_some()
    }

    /// Fetches the record of the patient with this id.
    ///
    /// # Errors
    /// [`GatherFailure`] where what an assessment cannot do without could not be had.
    pub async fn gather(
        &self,
        id: &str,
        token: Option<Arc<BearerToken>>,
    ) -> Result<GatheredRecord, GatherFailure> {
        let Some((server, deadline)) = &self.records else {
            return Err(GatherFailure::NotHad { kind: "Patient", failure: FetchFailure::LeftAlone });
        };
        gather::gather(server, id, token, Instant::now() + *deadline).await
    }
}

impl std::fmt::Debug for Ehr {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ehr").field("servers", &self.servers.len()).finish_non_exhaustive()
    }
}

/// Why a registered server cannot be called as it is described.
#[derive(Debug, thiserror::Error)]
pub enum EhrError {
    /// Its address is not public, and the settings do not name it.
    #[error("{0} is at an address that is not public: name its network in private_addresses")]
    PrivateAddress(String),
    /// Records cannot be fetched from a server that is not described.
    #[error("patient_records: {0} is none of the ehr_servers")]
    UnregisteredRecords(String),
    /// Patients' data and tokens would go over the open internet.
    #[error("{0} is not encrypted: use https, or name the inner network in private_addresses")]
    Unencrypted(String),
    /// The file of its certificate authority.
    #[error("cannot use the certificates in {file}: {source}", file = file.display())]
    Certificates {
        /// The file.
        file: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The client could not be made, e.g. because the machine has no certificates.
    #[error("no client can be made: {0}")]
    Client(reqwest::Error),
}
