//! `spinemet serve`: from settings to a running service.

use std::io::{self, Write};
use std::sync::Arc;

use super::{Server, start_page};
use crate::access::AccessError;
use crate::assess::Assessor;
use crate::ehr::EhrError;
use crate::settings::{DatabaseLocation, Settings};
use crate::store::{Store, StoreError};

/// Opens the database, takes the port, prints to standard output where it listens and what to try first, and serves
/// until SIGTERM or Ctrl-C.
pub fn serve(settings: Settings, assessor: Arc<Assessor>) -> Result<(), ServeError> {
    actix_web::rt::System::new().block_on(async {
        let store = open(&settings.database).await?;
        let server = Server::build(settings, assessor, store)?;
        warn_if_open(&server);
        // Standard output may be closed, which is no reason not to serve.
        let _ = announce(&server);
        tracing::info!(port = server.port(), "listening");
        server.run_until_stopped().await.map_err(ServeError::Run)
    })
}

/// Says loudly where nobody is asked who they are.
fn warn_if_open(server: &Server) {
    let access = &server.state().access;
    if access.is_development() {
        tracing::warn!(
            "DEVELOPMENT MODE: nobody is registered who may call, so everybody on this machine may, without a token"
        );
        return;
    }
    match access.needs_tokens() {
        (true, true) => {}
        (false, true) => {
            tracing::warn!("CDS Hooks is answered WITHOUT TOKENS: cds_hooks_without_token is \"allowed\"");
        }
        (true, false) => {
            tracing::warn!("the FHIR API is answered WITHOUT TOKENS: fhir_without_token is \"allowed\"");
        }
        (false, false) => tracing::warn!(
            "everything is answered WITHOUT TOKENS: cds_hooks_without_token and fhir_without_token are \"allowed\""
        ),
    }
}

/// Opens the database that the settings name. Must be called within a Tokio runtime, where its writer then lives.
pub async fn open(database: &DatabaseLocation) -> Result<Store, StoreError> {
    match database {
        DatabaseLocation::File(path) => Store::open(path).await,
        DatabaseLocation::Server(url) => Store::connect(url).await,
    }
}

fn announce(server: &Server) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "Listening on {}. Ctrl-C stops.\n\n{}",
        server.base_url(),
        start_page::text(server.base_url())
    )?;
    out.flush()
}

/// Why the service does not run.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The settings about access would let in everybody by accident, or name keys that cannot be used.
    #[error(transparent)]
    Access(#[from] AccessError),
    /// A registered FHIR server cannot be called as it is described.
    #[error(transparent)]
    Ehr(#[from] EhrError),
    /// The address is taken, or not this machine's.
    #[error("cannot listen on {listen}: {source}")]
    Listen {
        /// The address.
        listen: std::net::SocketAddr,
        /// Why.
        source: io::Error,
    },
    /// The server ended by itself.
    #[error("the server failed: {0}")]
    Run(io::Error),
}
