//! Files that lie beside the repository in development, and not in a bare clone.

use serde_json::Value;

/// A JSON file of the specification, or `None`, said aloud, where it is absent.
pub fn specification(name: &str) -> Option<Value> {
    let path = format!("{}/../../../shared/clinical/{name}", env!("CARGO_MANIFEST_DIR"));
    match std::fs::read_to_string(&path) {
        Ok(text) => Some(serde_json::from_str(&text).unwrap()),
        Err(error) => {
            println!("ABSENT, its checks are skipped: {name} ({error})");
            None
        }
    }
}
