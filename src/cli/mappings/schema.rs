//! `spinemet mappings schema`: the JSON Schema of mapping files, for editors.

use super::super::console::Console;
use super::super::failure::Failure;
use crate::mapping::schema;

pub(super) fn run(console: &mut Console) -> Result<(), Failure> {
    console.write(schema()?.as_bytes())
}
