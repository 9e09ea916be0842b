//! Where the records of patients are fetched from when they are assessed by id alone.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::access::NonEmpty;
use super::ehr::ServerUrl;
use super::values::{InvalidValue, Milliseconds};

/// The server that `Patient/{id}/$assess` asks, and who the service is to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PatientRecords {
    /// The base URL of one of the `ehr_servers`.
    pub base_url: ServerUrl,
    /// How long fetching one record may take.
    #[serde(default = "twenty_seconds")]
    pub deadline_milliseconds: Milliseconds,
    /// A file with an access token, read anew for each record, so that it can be replaced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token_file: Option<PathBuf>,
    /// The service as a client of the server's authorization server, in place of a token in a file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client: Option<BackendClient>,
}

impl PatientRecords {
    /// An open server that the operator named on the command line.
    pub fn of_open_server(base_url: ServerUrl) -> Self {
        Self { base_url, deadline_milliseconds: twenty_seconds(), token_file: None, client: None }
    }
}

const fn twenty_seconds() -> Milliseconds {
    Milliseconds::from_seconds(20)
}

/// A client of SMART Backend Services, which signs for itself (`private_key_jwt`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BackendClient {
    /// Where tokens are issued, at a public address or in the networks of the server.
    pub token_url: ServerUrl,
    /// The name under which the service is registered there.
    pub client_id: NonEmpty,
    /// The private key (PEM, PKCS #8) whose public half is registered there.
    pub private_key_file: PathBuf,
    /// The name of the key.
    pub key_id: NonEmpty,
    /// How it signs.
    pub algorithm: SigningAlgorithm,
    /// What is asked for.
    #[serde(default = "reading")]
    pub scope: NonEmpty,
}

fn reading() -> NonEmpty {
    NonEmpty::known("system/*.rs")
}

/// The algorithms that SMART asks authorization servers to take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum SigningAlgorithm {
    /// ECDSA with P-384.
    Es384,
    /// RSA.
    Rs384,
}

impl TryFrom<String> for SigningAlgorithm {
    type Error = InvalidValue;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        match text.as_str() {
            "ES384" => Ok(Self::Es384),
            "RS384" => Ok(Self::Rs384),
            _ => Err(InvalidValue("the algorithm is ES384 or RS384")),
        }
    }
}

impl From<SigningAlgorithm> for String {
    fn from(algorithm: SigningAlgorithm) -> Self {
        match algorithm {
            SigningAlgorithm::Es384 => "ES384".to_owned(),
            SigningAlgorithm::Rs384 => "RS384".to_owned(),
        }
    }
}
