//! The one place where fhirbolt's generic code is instantiated.

use fhirbolt::serde::{SerializeResource, json};

use crate::error::WireError;

/// Room for a RiskAssessment without growing: `json::to_vec` starts at 128 bytes.
const CAPACITY: usize = 8 * 1024;

/// Writes one of fhirbolt's resources as JSON.
///
/// The writer is always a `Vec`, so that the code of the 146 resource types that may be contained in another is
/// compiled once.
pub(crate) fn to_json<T: SerializeResource>(resource: &T) -> Result<Vec<u8>, WireError> {
    let mut body = Vec::with_capacity(CAPACITY);
    json::to_writer(&mut body, resource, None).map_err(|error| WireError::Serializer(error.to_string()))?;
    Ok(body)
}
