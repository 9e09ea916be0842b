//! Whether the resources inside and the references to them match.

use std::collections::HashSet;

use crate::{Extension, ExtensionContent, ExtensionValue, Reference, RiskAssessment, WireError, path::Path};

const UNREFERENCED: &str = "dom-3: a contained resource must be referred to from the resource around it";
const DANGLING: &str = "ref-1: a local reference must point to a contained resource";
const REPEATED: &str = "the ids of contained resources must differ";

/// Checks that each contained Observation has its own id and is referred to, and that each `#id` leads to one.
pub(crate) fn check(value: &RiskAssessment<'_>, path: &Path<'_>) -> Result<(), WireError> {
    let mut ids = HashSet::with_capacity(value.contained.len());
    for (index, observation) in value.contained.iter().enumerate() {
        if !ids.insert(observation.id.as_ref()) {
            return Err(path.item("contained", index).child("id").inconsistent(REPEATED));
        }
    }
    let used: HashSet<&str> = references(value).into_iter().filter_map(local_id).collect();
    if !used.iter().all(|id| id.is_empty() || ids.contains(id)) {
        return Err(path.inconsistent(DANGLING));
    }
    for (index, observation) in value.contained.iter().enumerate() {
        if !used.contains(observation.id.as_ref()) {
            return Err(path.item("contained", index).inconsistent(UNREFERENCED));
        }
    }
    Ok(())
}

/// The id in `#id`; the empty id of `#` means the resource around.
fn local_id<'a>(reference: &'a Reference<'_>) -> Option<&'a str> {
    reference.reference.as_ref()?.strip_prefix('#')
}

/// Every reference in the resource and in the resources inside.
fn references<'a, 'text>(value: &'a RiskAssessment<'text>) -> Vec<&'a Reference<'text>> {
    let mut found = vec![&value.subject];
    found.extend(&value.condition);
    found.extend(&value.performer);
    found.extend(&value.basis);
    in_extensions(&value.extension, &mut found);
    for observation in &value.contained {
        found.push(&observation.subject);
        in_extensions(&observation.extension, &mut found);
        for component in &observation.component {
            in_extensions(&component.extension, &mut found);
        }
    }
    found
}

fn in_extensions<'a, 'text>(extensions: &'a [Extension<'text>], found: &mut Vec<&'a Reference<'text>>) {
    for extension in extensions {
        match &extension.content {
            ExtensionContent::Value(ExtensionValue::Reference(reference)) => found.push(reference),
            ExtensionContent::Value(_) => {}
            ExtensionContent::Extension(parts) => in_extensions(parts, found),
        }
    }
}
