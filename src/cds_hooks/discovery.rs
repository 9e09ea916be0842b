//! What an EHR learns of the services before it calls one.

use std::collections::BTreeMap;

use serde::Serialize;

use super::service::Service;
use crate::texts::Speaker;

/// The answer of `GET /cds-services`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Discovery {
    /// Every service.
    pub services: Vec<ServiceDescription>,
}

/// One service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceDescription {
    /// The hook that it listens to.
    pub hook: &'static str,
    /// A short name.
    pub title: String,
    /// What it does and where its limits are.
    pub description: String,
    /// The last part of its path.
    pub id: &'static str,
    /// The data that it wants to be sent along.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub prefetch: BTreeMap<&'static str, String>,
    /// What the service cannot do without.
    pub usage_requirements: String,
}

impl Discovery {
    pub(super) fn of(services: &[Service], speaker: Speaker<'_>) -> Self {
        Self { services: services.iter().map(|service| ServiceDescription::of(*service, speaker)).collect() }
    }
}

impl ServiceDescription {
    fn of(service: Service, speaker: Speaker<'_>) -> Self {
        let text = |part: &str| speaker.say("card.service", &format!("{}-{part}", service.id())).to_owned();
        Self {
            hook: service.hook().name(),
            title: text("title"),
            description: text("description"),
            id: service.id(),
            prefetch: service.prefetch().iter().map(|key| (key.name(), key.template())).collect(),
            usage_requirements: text("requirements"),
        }
    }
}
