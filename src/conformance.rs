//! What is published about the service's data, as FHIR resources: profiles, extensions, code systems, value sets, the
//! questionnaire and the operations from `profiles/`, what the mapping files map, as ConceptMaps, and what can be
//! subscribed to.
//!
//! All of it is inside the program. The resources are R4's; what other releases say differently is adapted.

mod concept_map;
mod files;
mod package;
mod query;
mod subscription_topic;

use std::borrow::Cow;
use std::sync::LazyLock;

use serde::Deserialize;

pub use package::{PACKAGE_NAME, PackageFile, package};
pub use query::{PARAMETERS, Parameter, Query};

use crate::fhir::FhirVersion;

/// Where the canonical URLs of what is published begin.
pub const CANONICAL_BASE: &str = "https://spinemet.org/fhir";

/// The types of resources that are published.
pub const TYPES: [&str; 8] = [
    "CodeSystem",
    "ConceptMap",
    "OperationDefinition",
    "Questionnaire",
    "SearchParameter",
    "StructureDefinition",
    "SubscriptionTopic",
    "ValueSet",
];

/// Whether a release has resources of a type. R4 has no SubscriptionTopic.
pub fn exists_in(resource_type: &str, release: FhirVersion) -> bool {
    resource_type != "SubscriptionTopic" || release != FhirVersion::R4
}

/// A published resource.
#[derive(Debug)]
pub struct Published {
    header: Header,
    body: Cow<'static, str>,
}

/// What a search looks at.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Header {
    resource_type: String,
    id: String,
    url: String,
    version: String,
    /// A SubscriptionTopic has none in R4B.
    #[serde(default)]
    name: String,
    title: Option<String>,
    status: String,
    /// Of a StructureDefinition, whether it is of a data type or a resource.
    kind: Option<String>,
    /// The type that a StructureDefinition constrains; others have something else under this name.
    #[serde(rename = "type")]
    of_type: Option<serde_json::Value>,
}

impl Published {
    /// The resource type.
    pub fn resource_type(&self) -> &str {
        &self.header.resource_type
    }

    /// The logical id.
    pub fn id(&self) -> &str {
        &self.header.id
    }

    /// The canonical URL.
    pub fn url(&self) -> &str {
        &self.header.url
    }

    /// The resource as JSON in a release of FHIR.
    pub fn body(&self, release: FhirVersion) -> Cow<'_, str> {
        match (self.resource_type(), release) {
            ("Questionnaire", FhirVersion::R5) => {
                // The type of an item that is answered with a code has another name there.
                self.body.replace(r#""type":"choice""#, r#""type":"coding""#).into()
            }
            ("ConceptMap", FhirVersion::R5) => concept_map::for_r5(&self.body).into(),
            _ => self.body.as_ref().into(),
        }
    }

    /// A resource from its JSON; `None` where that is no resource that can be published.
    fn new(body: impl Into<Cow<'static, str>>) -> Option<Self> {
        let body = body.into();
        let header = serde_json::from_str(&body).ok()?;
        Some(Self { header, body })
    }
}

/// All that is published, by type and id.
pub fn all() -> &'static [Published] {
    static ALL: LazyLock<Vec<Published>> = LazyLock::new(|| {
        let from_files = files::FILES.iter().filter_map(|body| Published::new(body.trim_end()));
        let from_mapping = concept_map::of_the_mapping().into_iter().filter_map(Published::new);
        let topic = Published::new(subscription_topic::subscription_topic());
        let mut all: Vec<Published> = from_files.chain(from_mapping).chain(topic).collect();
        all.sort_by(|one, other| (one.resource_type(), one.id()).cmp(&(other.resource_type(), other.id())));
        all
    });
    &ALL
}

/// The published resource of a type with an id.
pub fn find(resource_type: &str, id: &str) -> Option<&'static Published> {
    all().iter().find(|published| published.resource_type() == resource_type && published.id() == id)
}
