//! A RiskAssessment that was withdrawn: the same, marked wherever somebody may look.

use fhir_wire::{escape_xhtml, printable};
use serde_json::{Map, Value, json};

const ENTERED_IN_ERROR: &str = "entered-in-error";

/// The body of the version that withdraws another, or `None` where the other is withdrawn already.
///
/// `notice` says so to a reader, in the language of the resource; `reason` is the client's.
pub fn withdrawn(body: &[u8], notice: &str, reason: Option<&str>) -> Option<Vec<u8>> {
    let Ok(Value::Object(mut resource)) = serde_json::from_slice(body) else { return None };
    if is_withdrawn(&resource) {
        return None;
    }
    resource.insert("status".to_owned(), ENTERED_IN_ERROR.into());
    // A score that somebody takes out of it must say so as well.
    if let Some(Value::Array(contained)) = resource.get_mut("contained") {
        for inner in contained.iter_mut().filter_map(Value::as_object_mut) {
            inner.insert("status".to_owned(), ENTERED_IN_ERROR.into());
        }
    }
    let words = match reason {
        Some(reason) => format!("{notice} {}", printable(reason)),
        None => notice.to_owned(),
    };
    if let Some(Value::String(narrative)) = resource.get_mut("text").and_then(|text| text.get_mut("div")) {
        // After the tag of the `div` itself.
        if let Some(end) = narrative.find('>') {
            narrative.insert_str(end + 1, &format!("<p><b>{}</b></p>", escape_xhtml(&words)));
        }
    }
    let notes = resource.entry("note").or_insert_with(|| json!([]));
    if let Value::Array(notes) = notes {
        notes.insert(0, json!({"text": words}));
    }
    serde_json::to_vec(&resource).ok()
}

fn is_withdrawn(resource: &Map<String, Value>) -> bool {
    resource.get("status").and_then(Value::as_str) == Some(ENTERED_IN_ERROR)
}
