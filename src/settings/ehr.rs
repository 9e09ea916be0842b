//! The hospital's FHIR servers: which there are, and how far each is trusted.

use std::fmt;
use std::net::IpAddr;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use ipnet::IpNet;
use serde::{Deserialize, Serialize};
use url::Url;

use super::access::NonEmpty;
use super::values::InvalidValue;

const MEBIBYTE: usize = 1024 * 1024;

/// A FHIR server that data may be fetched from. A request can select one of these and never bring one of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EhrServer {
    /// Its base URL, as CDS clients send it in `fhirServer`.
    pub base_url: ServerUrl,
    /// The issuers of `cds_clients` that may select it; none named: all of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clients: Vec<String>,
    /// What its authorization server calls this service: the `subject` of the tokens that are used. Without it: any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token_subject: Option<NonEmpty>,
    /// The networks that are not public and in which it may stand.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub private_addresses: Vec<Network>,
    /// Certificates (PEM) of the hospital's own authority, beside those that the machine trusts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate_authority_file: Option<PathBuf>,
    /// How many requests go to it at a time; others wait, within their deadline.
    #[serde(default = "concurrent_requests")]
    pub concurrent_requests: NonZeroUsize,
    /// How many pages of one search are read.
    #[serde(default = "page_limit")]
    pub page_limit: NonZeroUsize,
    /// How large the pages of one search may be together.
    #[serde(default = "response_limit_bytes")]
    pub response_limit_bytes: NonZeroUsize,
}

impl EhrServer {
    /// A server that the operator named on the command line, wherever it stands.
    pub fn named_by_hand(base_url: ServerUrl) -> Self {
        let anywhere = [IpNet::V4(ipnet::Ipv4Net::default()), IpNet::V6(ipnet::Ipv6Net::default())];
        Self {
            base_url,
            clients: Vec::new(),
            token_subject: None,
            private_addresses: anywhere.map(Network).to_vec(),
            certificate_authority_file: None,
            concurrent_requests: concurrent_requests(),
            page_limit: page_limit(),
            response_limit_bytes: response_limit_bytes(),
        }
    }
}

const fn concurrent_requests() -> NonZeroUsize {
    NonZeroUsize::MIN.saturating_add(15)
}

const fn page_limit() -> NonZeroUsize {
    NonZeroUsize::MIN.saturating_add(19)
}

const fn response_limit_bytes() -> NonZeroUsize {
    NonZeroUsize::MIN.saturating_add(16 * MEBIBYTE - 1)
}

/// The absolute http or https URL of a server of somebody else's: no user, query or fragment, and no slash at its end.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ServerUrl(Url);

impl ServerUrl {
    /// The URL as it was parsed: what is compared is what is called.
    pub fn url(&self) -> &Url {
        &self.0
    }
}

impl TryFrom<String> for ServerUrl {
    type Error = InvalidValue;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let invalid = InvalidValue(
            "the URL of a server is like https://ehr.hospital.example/fhir, without user, query and fragment",
        );
        let mut url = Url::parse(&text).map_err(|_| invalid.clone())?;
        let is_plain = matches!(url.scheme(), "http" | "https")
            && url.has_host()
            && url.username().is_empty()
            && url.password().is_none()
            && url.query().is_none()
            && url.fragment().is_none();
        if !is_plain {
            return Err(invalid);
        }
        let path = url.path().trim_end_matches('/').to_owned();
        url.set_path(&path);
        Ok(Self(url))
    }
}

impl std::str::FromStr for ServerUrl {
    type Err = InvalidValue;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::try_from(text.to_owned())
    }
}

impl From<ServerUrl> for String {
    fn from(url: ServerUrl) -> Self {
        url.to_string()
    }
}

impl fmt::Display for ServerUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

impl fmt::Debug for ServerUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A network, as `10.20.0.0/16`, or a single address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Network(IpNet);

impl Network {
    /// Whether an address lies in it.
    pub fn contains(&self, address: IpAddr) -> bool {
        self.0.contains(&address)
    }
}

impl TryFrom<String> for Network {
    type Error = InvalidValue;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let network = text.parse::<IpNet>().or_else(|_| text.parse::<IpAddr>().map(IpNet::from));
        network.map(Self).map_err(|_| InvalidValue("a network is like 10.20.0.0/16, or a single address"))
    }
}

impl From<Network> for String {
    fn from(network: Network) -> Self {
        network.0.to_string()
    }
}
