//! Where a body is worked on: where it was read, or on a thread of its own.

use actix_web::web::{self, Bytes};

use super::Failure;

/// Bodies up to this size are worked on by the thread that read them: that takes less than handing them over and
/// well under a millisecond. Larger ones must not keep the other requests of the thread waiting.
const INLINE_LIMIT_BYTES: usize = 256 * 1024;

/// Works on a body without holding up other requests.
pub(super) async fn on_body<T, E>(
    body: Bytes,
    compute: impl FnOnce(&[u8]) -> Result<T, E> + Send + 'static,
) -> Result<T, Failure>
where
    T: Send + 'static,
    E: Send + 'static,
    Failure: From<E>,
{
    if body.len() <= INLINE_LIMIT_BYTES {
        return Ok(compute(&body)?);
    }
    let span = tracing::Span::current();
    // The only error of `block` is that the closure panicked; the panic itself was logged where it happened.
    let result = web::block(move || span.in_scope(|| compute(&body))).await.map_err(|_| Failure::Panicked)?;
    Ok(result?)
}
