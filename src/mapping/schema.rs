//! The JSON Schema of mapping files: derived from the types that read them, so that the two cannot differ.

use schemars::generate::SchemaSettings;
use schemars::{Schema, SchemaGenerator, json_schema};

use super::file::MappingFile;
use super::input::Input;

/// The schema as JSON, draft 7, which the editors' TOML plugins read.
///
/// # Errors
/// Where it cannot be written, which would be a defect.
pub fn schema() -> Result<String, serde_json::Error> {
    let generator = SchemaSettings::draft07().into_generator();
    let mut text = serde_json::to_string_pretty(&generator.into_root_schema_for::<MappingFile>())?;
    text.push('\n');
    Ok(text)
}

/// One of the inputs, by name.
pub(super) fn input(_: &mut SchemaGenerator) -> Schema {
    let mut keys: Vec<&str> = Input::keys().collect();
    keys.sort_unstable();
    json_schema!({ "type": "string", "enum": keys })
}

/// Codes or starts of codes.
pub(super) fn codes(_: &mut SchemaGenerator) -> Schema {
    json_schema!({
        "type": "array",
        "items": { "type": "string", "pattern": "^[^|]+\\|.+$" },
        "default": [],
    })
}
