//! Where notifications of subscriptions may go.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::ehr::{Network, ServerUrl};

/// A place below which the endpoints of subscriptions may lie. A subscriber can choose among these and bring no other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubscriptionEndpoint {
    /// Its URL; endpoints are this one or lie below it.
    pub url: ServerUrl,
    /// The networks that are not public and in which it may stand.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub private_addresses: Vec<Network>,
    /// Certificates (PEM) of the hospital's own authority, beside those that the machine trusts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate_authority_file: Option<PathBuf>,
}
