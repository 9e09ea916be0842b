//! Where notifications may go: below the URLs that the operator listed, and nowhere else.

use std::time::Duration;

use url::Url;

use super::subscription::Subscription;
use crate::ehr::{Connection, EhrError, PostFailure};
use crate::settings::{ServerUrl, Settings};

/// How long an endpoint may take to answer, unless the subscription says less.
const TIMEOUT: Duration = Duration::from_secs(10);
/// Longer than this no endpoint is waited for: a lease must outlive it.
pub(super) const LONGEST_TIMEOUT: Duration = Duration::from_secs(30);

/// The endpoints of the settings, each with a client that can call nothing else.
pub struct Endpoints(Vec<Endpoint>);

struct Endpoint {
    url: ServerUrl,
    connection: Connection,
}

/// Why an endpoint did not acknowledge. Neither its address nor what it answered is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DeliveryFailure {
    /// It is not, or no longer, among those that the operator allows.
    #[error("the endpoint is not among those that the operator allows")]
    NotAllowed,
    /// It leads to an address that the operator does not allow.
    #[error("the endpoint leads to an address that the operator does not allow")]
    Address,
    /// It cannot be reached.
    #[error("the endpoint cannot be reached")]
    Unreachable,
    /// It took too long.
    #[error("the endpoint took too long")]
    TooSlow,
    /// It answered with something else than 2xx.
    #[error("the endpoint answered with status {0}")]
    Status(u16),
}

impl Endpoints {
    /// Those of the settings.
    ///
    /// # Errors
    /// [`EhrError`] where one of them is not safe to call as it is described.
    pub fn new(settings: &Settings) -> Result<Self, EhrError> {
        let endpoints = settings.subscription_endpoints.iter().map(|endpoint| {
            let file = endpoint.certificate_authority_file.as_deref();
            let connection = Connection::to(&endpoint.url, &endpoint.private_addresses, file)?;
            Ok(Endpoint { url: endpoint.url.clone(), connection })
        });
        endpoints.collect::<Result<_, _>>().map(Self)
    }

    /// Whether there is none, so that nobody is ever called.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether notifications may go to a URL.
    pub fn allow(&self, url: &str) -> bool {
        self.find(url).is_some()
    }

    fn find(&self, url: &str) -> Option<(&Endpoint, Url)> {
        let url = Url::parse(url).ok()?;
        let is_plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
        let endpoint = self.0.iter().find(|endpoint| is_below(&url, endpoint.url.url()))?;
        is_plain.then_some((endpoint, url))
    }

    /// Sends a notification, once.
    pub(super) async fn send(
        &self,
        subscription: &Subscription,
        body: Vec<u8>,
    ) -> Result<(), DeliveryFailure> {
        let (endpoint, url) = self.find(&subscription.endpoint).ok_or(DeliveryFailure::NotAllowed)?;
        let asked = subscription.timeout_seconds.map(|seconds| Duration::from_secs(seconds.into()));
        let deadline = asked.unwrap_or(TIMEOUT).min(LONGEST_TIMEOUT);
        let headers: Vec<(&str, &str)> =
            subscription.headers.iter().map(|header| (header.name.as_str(), header.value.as_str())).collect();
        let sent = endpoint.connection.post(&url, "application/fhir+json", &headers, body);
        match tokio::time::timeout(deadline, sent).await {
            Ok(Ok(status)) if (200..300).contains(&status) => Ok(()),
            Ok(Ok(status)) => Err(DeliveryFailure::Status(status)),
            Ok(Err(PostFailure::Address)) => Err(DeliveryFailure::Address),
            Ok(Err(PostFailure::Connection)) => Err(DeliveryFailure::Unreachable),
            Err(_) => Err(DeliveryFailure::TooSlow),
        }
    }
}

/// Whether a URL is another or lies below it. What the parser made of both is compared, not their spelling.
fn is_below(url: &Url, base: &Url) -> bool {
    let path = base.path().trim_end_matches('/');
    let rest = url.path().strip_prefix(path);
    url.origin() == base.origin() && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_lies_below_a_listed_url_is_allowed() {
        let base = Url::parse("https://hooks.example/fhir").unwrap();
        for (url, expected) in [
            ("https://hooks.example/fhir", true),
            ("https://hooks.example/fhir/a?b=c", true),
            ("https://HOOKS.example:443/fhir/a", true),
            ("https://hooks.example/fhir/../fhir/a", true),
            ("https://hooks.example/fhir/../secret", false),
            ("https://hooks.example/fhir/%2e%2e/secret", false),
            ("https://hooks.example/fhirx", false),
            ("https://hooks.example/", false),
            ("http://hooks.example/fhir", false),
            ("https://hooks.example:8443/fhir", false),
            ("https://hooks.example.evil/fhir", false),
            ("https://evil/https://hooks.example/fhir", false),
        ] {
            assert_eq!(is_below(&Url::parse(url).unwrap(), &base), expected, "{url}");
        }
    }
}
