//! Whether the process lives, and whether it should be sent work.

use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::web::Data;

use super::State;
use super::reload::LastReload;

/// A store that takes longer than this to read one row is not ready.
const STORE_DEADLINE: Duration = Duration::from_secs(1);

/// The process answers. It touches nothing else, so that a slow disk does not get the process killed.
pub(super) async fn live() -> HttpResponse {
    HttpResponse::Ok().json(Probe { status: "live", reason: None, mapping: None })
}

/// The service can do its work: it is not stopping, and the store reads and writes.
pub(super) async fn ready(state: Data<State>) -> HttpResponse {
    let reason = if state.readiness.is_stopping() {
        Some("stopping")
    } else {
        (!store_is_up(&state).await).then_some("database")
    };
    let served = state.served();
    let last_reload = state.reloads.last();
    let mapping = Mapping {
        version: served.assessor.mappings().version(),
        last_reload: last_reload.key(),
        reason: match &last_reload {
            LastReload::Refused(reason) => Some(reason),
            _ => None,
        },
    };
    match reason {
        None => HttpResponse::Ok().json(Probe { status: "ready", reason, mapping: Some(mapping) }),
        Some(_) => HttpResponse::ServiceUnavailable().json(Probe {
            status: "not ready",
            reason,
            mapping: Some(mapping),
        }),
    }
}

/// Whether the store reads and, as far as is known, writes.
pub(super) async fn store_is_up(state: &State) -> bool {
    matches!(tokio::time::timeout(STORE_DEADLINE, state.store.check()).await, Ok(Ok(())))
}

#[derive(serde::Serialize)]
struct Probe<'a> {
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mapping: Option<Mapping<'a>>,
}

/// The mapping in use. A refused reload is no reason not to be ready: the version before does its work.
#[derive(serde::Serialize)]
struct Mapping<'a> {
    version: &'a str,
    last_reload: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
}
