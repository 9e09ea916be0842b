//! One document at one fixed URL, fetched as safely as a hospital's data: what publishes the keys of tokens.

use std::path::Path;

use tokio::time::{Instant, timeout_at};

use super::EhrError;
use super::connection::{Answer, Connection, read};
use super::failure::FetchFailure;
use crate::settings::{Network, ServerUrl};

/// The largest document that is read.
const MOST_BYTES: usize = 256 * 1024;

/// A document that the operator named.
pub struct Document {
    url: ServerUrl,
    connection: Connection,
}

impl Document {
    /// The document at a URL, which must be public or in one of the networks.
    ///
    /// # Errors
    /// [`EhrError`] where it is not safe to fetch.
    pub fn new(url: &ServerUrl, networks: &[Network], certificates: Option<&Path>) -> Result<Self, EhrError> {
        let connection = Connection::to(url, networks, certificates)?;
        Ok(Self { url: url.clone(), connection })
    }

    /// Whether somebody else's text is this very URL, as parsed.
    pub fn is_named_by(&self, text: &str) -> bool {
        ServerUrl::try_from(text.to_owned()).is_ok_and(|named| named == self.url)
    }

    /// The document as it is now.
    ///
    /// # Errors
    /// [`FetchFailure`] where it cannot be had by the deadline.
    pub async fn get(&self, deadline: Instant) -> Result<Vec<u8>, FetchFailure> {
        let answered = async {
            match self.connection.get(self.url.url(), "application/json", None).await {
                Answer::Body(response) => read(response, MOST_BYTES).await,
                Answer::Busy(_) => Err(FetchFailure::Unavailable),
                Answer::Failed(failure) => Err(failure),
            }
        };
        timeout_at(deadline, answered).await.unwrap_or(Err(FetchFailure::Deadline))
    }
}
