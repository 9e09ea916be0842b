//! Where an authorization server issues tokens to the service itself.

use std::path::Path;

use tokio::time::{Instant, timeout_at};
use url::form_urlencoded::Serializer;

use super::EhrError;
use super::connection::{Answer, Connection, read};
use super::failure::FetchFailure;
use crate::settings::{Network, ServerUrl};

/// The largest answer that is read.
const MOST_BYTES: usize = 64 * 1024;

/// A token endpoint that the operator named.
pub struct TokenEndpoint {
    url: ServerUrl,
    connection: Connection,
}

impl TokenEndpoint {
    /// The endpoint at a URL, which must be public or in one of the networks.
    ///
    /// # Errors
    /// [`EhrError`] where it is not safe to call.
    pub fn new(url: &ServerUrl, networks: &[Network], certificates: Option<&Path>) -> Result<Self, EhrError> {
        let connection = Connection::to(url, networks, certificates)?;
        Ok(Self { url: url.clone(), connection })
    }

    /// What the endpoint answers to a form.
    ///
    /// # Errors
    /// [`FetchFailure`] where it does not answer by the deadline, or refuses.
    pub async fn ask(&self, form: &[(&str, &str)], deadline: Instant) -> Result<Vec<u8>, FetchFailure> {
        let body = Serializer::new(String::new()).extend_pairs(form).finish();
        let answered = async {
            match self.connection.post_form(self.url.url(), body).await {
                Answer::Body(response) => read(response, MOST_BYTES).await,
                Answer::Busy(_) => Err(FetchFailure::Unavailable),
                Answer::Failed(failure) => Err(failure),
            }
        };
        timeout_at(deadline, answered).await.unwrap_or(Err(FetchFailure::Deadline))
    }
}
