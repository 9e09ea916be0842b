//! Names become addresses, and only those that may be called.

use std::net::SocketAddr;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::address::AllowedAddresses;

/// The system's resolver behind a filter. Literal addresses never come here; they are judged before the request.
pub(super) struct FilteredResolver(pub(super) AllowedAddresses);

impl NoPermittedAddress {
    /// Whether an error came of this one.
    pub(super) fn caused(error: &(dyn std::error::Error + 'static)) -> bool {
        std::iter::successors(Some(error), |error| error.source()).any(<dyn std::error::Error>::is::<Self>)
    }
}

/// A name has no address that may be called. Says no name and no address.
#[derive(Debug, thiserror::Error)]
#[error("the name has no permitted address")]
pub(super) struct NoPermittedAddress;

impl Resolve for FilteredResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let allowed = self.0.clone();
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let permitted: Vec<SocketAddr> = found.filter(|address| allowed.contain(address.ip())).collect();
            if permitted.is_empty() {
                return Err(NoPermittedAddress.into());
            }
            Ok(Box::new(permitted.into_iter()) as Addrs)
        })
    }
}
