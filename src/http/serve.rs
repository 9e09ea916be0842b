//! `spinemet serve`: from settings to a running service.

use std::io::{self, Write};
use std::sync::Arc;

use super::{Server, start_page};
use crate::assess::Assessor;
use crate::settings::Settings;
use crate::store::{Store, StoreError};

/// Opens the database, takes the port, prints to standard output where it listens and what to try first, and serves
/// until SIGTERM or Ctrl-C.
pub fn serve(settings: Settings, assessor: Arc<Assessor>) -> Result<(), ServeError> {
    actix_web::rt::System::new().block_on(async {
        let store = Store::open(&settings.database).await?;
        let listen = settings.listen;
        let server = Server::build(settings, assessor, store)
            .map_err(|source| ServeError::Listen { listen, source })?;
        // Standard output may be closed, which is no reason not to serve.
        let _ = announce(&server);
        tracing::info!(port = server.port(), "listening");
        server.run_until_stopped().await.map_err(ServeError::Run)
    })
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
