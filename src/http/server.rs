//! The server: built, run, and stopped without losing a request.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::middleware::{Compress, from_fn};
use actix_web::web::Data;
use actix_web::{App, HttpServer};
use tokio::signal::unix::{SignalKind, signal};

use super::endpoint::Endpoints;
use super::middleware::{
    admission::admit, audit::audit, cross_origin::cross_origin, guard::guard, observe::observe,
    pretty::pretty,
};
use super::reload::reload_on;
use super::{ServeError, State, retention};
use crate::access::{Access, RecordKey};
use crate::assess::Assessor;
use crate::ehr::Ehr;
use crate::settings::{Settings, StartCheck};
use crate::store::Store;
use crate::subscriptions::Subscriptions;

/// How long a client may take to send its headers.
const HEADERS_DEADLINE: Duration = Duration::from_secs(5);
/// How long an idle connection is kept; longer than the idle times of usual proxies, so that they close first.
const KEEP_ALIVE: Duration = Duration::from_secs(75);
/// How long a connection lingers after an answer that came before the end of the body, so that the client sees the
/// answer rather than a reset.
const DISCONNECT_DEADLINE: Duration = Duration::from_secs(1);
/// Threads for large bodies, for each worker: a bound on how many are assessed at once.
const BLOCKING_THREADS: usize = 2;

/// A server that has its port and is not running yet.
pub struct Server {
    running: actix_web::dev::Server,
    address: SocketAddr,
    state: Data<State>,
}

impl Server {
    /// Takes the port. Must be called within an actix (or single-threaded Tokio) runtime.
    pub fn build(settings: Settings, assessor: Arc<Assessor>, store: Store) -> Result<Self, ServeError> {
        let access = Access::new(&settings, settings.listen.ip())?;
        let record_key = RecordKey::new(&settings)?;
        let ehr = Ehr::new(&settings)?;
        let subscriptions = Subscriptions::new(&settings)?;
        let listen = settings.listen;
        let cannot_listen = |source| ServeError::Listen { listen, source };
        let listener = TcpListener::bind(listen).map_err(cannot_listen)?;
        let address = listener.local_addr().map_err(cannot_listen)?;
        let workers = workers(&settings);
        let connections = settings.max_connections.get().div_ceil(workers);
        let grace = settings.shutdown_grace_milliseconds.duration().as_millis().div_ceil(1000);
        let deadline = settings.request_deadline_milliseconds.duration();
        let state = Data::new(
            State::new(settings, assessor, store, access, record_key, ehr, subscriptions, address)
                .map_err(ServeError::Run)?,
        );
        let shared = state.clone();
        let application = move || {
            App::new()
                .app_data(shared.clone())
                .wrap(from_fn(admit))
                .wrap(from_fn(audit))
                .wrap(cross_origin(&shared))
                .wrap(from_fn(move |request, next| guard(deadline, request, next)))
                .wrap(from_fn(pretty))
                .wrap(Compress::default())
                .wrap(from_fn(observe))
                .configure(|to| Endpoints::all().register(to))
        };
        let running = HttpServer::new(application)
            .workers(workers)
            .worker_max_blocking_threads(BLOCKING_THREADS)
            .max_connections(connections)
            .keep_alive(KEEP_ALIVE)
            .client_request_timeout(HEADERS_DEADLINE)
            .client_disconnect_timeout(DISCONNECT_DEADLINE)
            .shutdown_timeout(u64::try_from(grace).unwrap_or(u64::MAX))
            .disable_signals()
            .listen(listener)
            .map_err(cannot_listen)?
            .run();
        Ok(Self { running, address, state })
    }

    /// The port it listens on.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// What its requests share.
    pub(super) fn state(&self) -> &State {
        &self.state
    }

    /// The start of its absolute URLs.
    pub fn base_url(&self) -> &str {
        self.state.base_url()
    }

    /// Serves until SIGTERM or Ctrl-C, and then stops as [`run_until`](Self::run_until) does.
    pub async fn run_until_stopped(self) -> io::Result<()> {
        let mut terminate = signal(SignalKind::terminate())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        let stop = async move || {
            tokio::select! {
                _ = terminate.recv() => (),
                _ = interrupt.recv() => (),
            }
        };
        self.run_until(stop).await
    }

    /// Serves until `stop` returns for the first time, reading the mapping files anew on SIGHUP, and stops in order: it says that it is not ready while it
    /// still answers, then it stops listening, then the requests under way finish, then the store closes.
    ///
    /// When `stop` returns for the second time, what is still under way is cut off.
    pub async fn run_until(self, mut stop: impl AsyncFnMut()) -> io::Result<()> {
        let Self { running, state, .. } = self;
        if state.settings.database_check == StartCheck::Quick {
            let store = state.store.clone();
            tokio::spawn(async move { store.look_for_damage().await });
        }
        if let Some(age_days) = state.settings.retention_days {
            actix_web::rt::spawn(retention::keep(state.clone(), age_days));
        }
        let base_url = state.base_url().to_owned();
        let dispatcher = state.subscriptions.dispatcher(state.store.clone(), &base_url);
        let telling = dispatcher.map(|dispatcher| tokio::spawn(dispatcher.run()));
        actix_web::rt::spawn(reload_on(signal(SignalKind::hangup())?, state.clone()));
        let handle = running.handle();
        let mut running = actix_web::rt::spawn(running);
        tokio::select! {
            ended = &mut running => return ended.map_err(io::Error::other)?,
            () = stop() => (),
        }
        tracing::info!("stopping");
        // What is under way may be sent again after the next start.
        if let Some(telling) = telling {
            telling.abort();
        }
        let ended = tokio::select! {
            () = stop_in_order(&state, &handle) => running.await.map_err(io::Error::other)?,
            () = stop() => {
                running.abort();
                Ok(())
            }
        };
        state.store.close().await;
        tracing::info!("stopped");
        ended
    }
}

async fn stop_in_order(state: &State, handle: &ServerHandle) {
    state.readiness.stop();
    tokio::time::sleep(state.settings.shutdown_notice_milliseconds.duration()).await;
    handle.stop(true).await;
}

fn workers(settings: &Settings) -> usize {
    settings.workers.or_else(|| available_parallelism().ok()).map_or(1, NonZeroUsize::get)
}
