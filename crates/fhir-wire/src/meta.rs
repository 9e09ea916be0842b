//! Adding `meta` to a body that is written already.

use crate::{Text, WireError, json, path::Path, primitive};

/// What the server says about a resource rather than the resource about itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meta<'a> {
    /// The version on this server.
    pub version_id: Option<Text<'a>>,
    /// When this version came to be, an `instant`.
    pub last_updated: Option<Text<'a>>,
    /// The canonical URLs of the profiles that the resource says it keeps to.
    pub profile: Vec<Text<'a>>,
}

/// Inserts `meta` directly after the `id` (or the `resourceType`, if there is no id) of a body that this crate
/// wrote, as fhirbolt would have.
///
/// So a body is stored once and serves each FHIR release and version, because only `meta` differs. The body is
/// copied and never parsed.
///
/// # Errors
///
/// When the body does not begin as this crate begins one, has `meta` already, or `meta` is empty or malformed.
pub fn with_meta(body: &[u8], meta: &Meta<'_>) -> Result<Vec<u8>, WireError> {
    let path = Path::resource("meta");
    check(meta, &path)?;
    let (head, tail) = split(body).ok_or_else(|| Path::resource("Resource").malformed("resource body"))?;
    if tail.starts_with(br#","meta":"#) {
        return Err(path.inconsistent("the cardinality of meta: the body has one already"));
    }
    let mut written = Vec::with_capacity(body.len() + 96 + profiles_length(meta));
    written.extend_from_slice(head);
    written.extend_from_slice(br#","meta":"#);
    write(&mut written, meta);
    written.extend_from_slice(tail);
    Ok(written)
}

fn check(meta: &Meta<'_>, path: &Path<'_>) -> Result<(), WireError> {
    if meta.version_id.is_none() && meta.last_updated.is_none() && meta.profile.is_empty() {
        return Err(path.missing());
    }
    if let Some(version) = &meta.version_id {
        primitive::id(version, &path.child("versionId"))?;
    }
    if let Some(instant) = &meta.last_updated {
        primitive::instant(instant, &path.child("lastUpdated"))?;
    }
    for (index, profile) in meta.profile.iter().enumerate() {
        primitive::uri(profile, &path.item("profile", index))?;
    }
    Ok(())
}

/// The body up to and with its `resourceType` and `id`, and the rest.
///
/// Neither value can hold an escape, so that the next quote ends it.
fn split(body: &[u8]) -> Option<(&[u8], &[u8])> {
    let value = body.strip_prefix(br#"{"resourceType":""#)?;
    let mut end = body.len() - value.len() + end_of_string(value)?;
    if let Some(value) = body.get(end..)?.strip_prefix(br#","id":""#) {
        end = body.len() - value.len() + end_of_string(value)?;
    }
    body.split_at_checked(end)
}

/// How long the rest of a string is, with its closing quote.
fn end_of_string(text: &[u8]) -> Option<usize> {
    text.iter().position(|byte| *byte == b'"').map(|quote| quote + 1)
}

fn profiles_length(meta: &Meta<'_>) -> usize {
    meta.profile.iter().map(|profile| profile.len() + 3).sum()
}

fn write(body: &mut Vec<u8>, meta: &Meta<'_>) {
    let mut object = json::Object::open(body);
    if let Some(version) = &meta.version_id {
        object.text("versionId", version);
    }
    if let Some(instant) = &meta.last_updated {
        object.text("lastUpdated", instant);
    }
    object.list("profile", &meta.profile, |body, profile| json::string(body, profile));
    object.close();
}
