//! What handlers ask about whoever calls: the middleware has let in nobody else.

use actix_web::{HttpMessage, HttpRequest};

use super::{Failure, State};
use crate::access::{Caller, Permission};

/// Whose data a request is about.
pub(super) fn tenant_of(state: &State, request: &HttpRequest) -> String {
    let extensions = request.extensions();
    let tenant = extensions.get::<Caller>().map(|caller| caller.tenant().to_owned());
    tenant.unwrap_or_else(|| state.settings.tenant.as_str().to_owned())
}

/// The client that calls; `None` where no tokens are asked for.
pub(super) fn caller_name(request: &HttpRequest) -> Option<String> {
    request.extensions().get::<Caller>().and_then(|caller| caller.client().map(str::to_owned))
}

/// Whether a caller may do whatever there is.
pub(super) fn may_see_everything(request: &HttpRequest) -> bool {
    request.extensions().get::<Caller>().is_none_or(Caller::may_everything)
}

/// Asks whether a caller may search for all resources of a type.
///
/// # Errors
/// [`Failure::Forbidden`] where it may not.
pub(super) fn require_search(request: &HttpRequest, kind: &str) -> Result<(), Failure> {
    let may = request.extensions().get::<Caller>().is_none_or(|caller| caller.may(Permission::Search, kind));
    if may { Ok(()) } else { Err(Failure::Forbidden) }
}
