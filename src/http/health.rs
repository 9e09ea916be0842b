//! Whether the process lives, and whether it should be sent work.

use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::web::Data;

use super::State;

/// A store that takes longer than this to read one row is not ready.
const STORE_DEADLINE: Duration = Duration::from_secs(1);

/// The process answers. It touches nothing else, so that a slow disk does not get the process killed.
pub(super) async fn live() -> HttpResponse {
    HttpResponse::Ok().json(Status { status: "live", reason: None })
}

/// The service can do its work: it is not stopping, and the store reads and writes.
pub(super) async fn ready(state: Data<State>) -> HttpResponse {
    let reason = if state.readiness.is_stopping() {
        Some("stopping")
    } else {
        (!store_is_up(&state).await).then_some("database")
    };
    match reason {
        None => HttpResponse::Ok().json(Status { status: "ready", reason }),
        Some(_) => HttpResponse::ServiceUnavailable().json(Status { status: "not ready", reason }),
    }
}

/// Whether the store reads and, as far as is known, writes.
pub(super) async fn store_is_up(state: &State) -> bool {
    matches!(tokio::time::timeout(STORE_DEADLINE, state.store.check()).await, Ok(Ok(())))
}

#[derive(serde::Serialize)]
struct Status {
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
}
