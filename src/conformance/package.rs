//! What is published, as an npm-format FHIR package, so that other tools can install it.
//!
//! Source: <https://confluence.hl7.org/display/FHIR/NPM+Package+Specification>: a directory `package` with a manifest, an
//! index, and a file for each resource.

use serde_json::{Value, json};

use super::{CANONICAL_BASE, Published, all, exists_in};
use crate::fhir::FhirVersion;

/// The name of the package.
pub const PACKAGE_NAME: &str = "org.spinemet.r4";

/// A file of the package: its name in the directory `package`, and what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageFile {
    /// The name.
    pub name: String,
    /// The content, JSON.
    pub content: String,
}

/// Every file of the package: the manifest, the index, and what exists in R4. Always the same ones.
pub fn package() -> Vec<PackageFile> {
    let resources: Vec<&Published> =
        all().iter().filter(|published| exists_in(published.resource_type(), FhirVersion::R4)).collect();
    let index: Vec<Value> = resources.iter().map(|published| listed(published)).collect();
    let manifest = json!({
        "name": PACKAGE_NAME,
        "version": env!("CARGO_PKG_VERSION"),
        "type": "Conformance",
        "title": "Spinemet: scores and guidance for spinal metastases",
        "description": "The profiles, extensions, code systems, value sets, concept maps, operations and the questionnaire \
                        of Spinemet.",
        "author": "Spinemet",
        "license": "MIT OR Apache-2.0",
        "canonical": CANONICAL_BASE,
        "url": CANONICAL_BASE,
        "fhirVersions": [FhirVersion::R4.publication()],
        "dependencies": {"hl7.fhir.r4.core": FhirVersion::R4.publication()},
    });
    let files = resources.iter().map(|published| PackageFile {
        name: file_name(published),
        content: published.body(FhirVersion::R4).into_owned(),
    });
    let described =
        [("package.json", manifest), (".index.json", json!({"index-version": 1, "files": index}))];
    let described = described
        .into_iter()
        .map(|(name, content)| PackageFile { name: name.to_owned(), content: content.to_string() });
    described.chain(files).collect()
}

fn file_name(published: &Published) -> String {
    format!("{}-{}.json", published.resource_type(), published.id())
}

/// A resource in the index. Tools find profiles and extensions by their kind and type without opening the files.
fn listed(published: &Published) -> Value {
    let mut listed = json!({
        "filename": file_name(published),
        "resourceType": published.resource_type(),
        "id": published.id(),
        "url": published.url(),
        "version": published.header.version,
    });
    let constrained = published.header.of_type.as_ref().and_then(Value::as_str);
    for (name, value) in [("kind", published.header.kind.as_deref()), ("type", constrained)] {
        if let (Some(value), Some(members)) = (value, listed.as_object_mut()) {
            members.insert(name.to_owned(), value.into());
        }
    }
    listed
}
