//! The request of a CDS client, as far as it is used.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::error::CdsError;
use super::service::Hook;
use crate::fhir::{Issue, Json, MAXIMUM_DEPTH, Object, Reader, is_id, is_too_deep};
use fhir_wire::IssueType;

/// A request that is acceptable in shape.
pub(super) struct Request<'a> {
    /// The call of the hook, as a UUID in lower case.
    pub hook_instance: String,
    /// The patient, as a reference: `Patient/123`.
    pub patient: String,
    /// The encounter, as a reference, where the context names one.
    pub encounter: Option<String>,
    /// What else the hook says of where the user is.
    pub context: Object<'a>,
    /// What was sent along; `None` where the client sent no prefetch at all.
    pub prefetch: Option<Object<'a>>,
    /// Where more could be had, as sent.
    pub fhir_server: Option<&'a RawValue>,
    /// The key to it, as sent: opened by nobody but [`Gaps`](super::Gaps), stored and logged by nobody.
    pub fhir_authorization: Option<&'a RawValue>,
}

/// The members that are read, in one pass over the body; the values stay text. Members that are not named here
/// (extensions) are passed over.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    #[serde(borrow, default)]
    hook: Option<&'a RawValue>,
    #[serde(borrow, default)]
    hook_instance: Option<&'a RawValue>,
    #[serde(borrow, default)]
    context: Option<&'a RawValue>,
    #[serde(borrow, default)]
    prefetch: Option<Object<'a>>,
    #[serde(borrow, default)]
    fhir_server: Option<&'a RawValue>,
    #[serde(borrow, default)]
    fhir_authorization: Option<&'a RawValue>,
}

impl<'a> Request<'a> {
    /// Reads a request for a hook.
    pub fn read(body: &'a [u8], hook: Hook) -> Result<Self, CdsError> {
        let body = parse(text(body)?)?;
        let sent = string(body.hook).ok_or_else(|| missing("hook", "Name the hook as a string."))?;
        if sent != hook.name() {
            let details = format!("This service listens to the hook {} and to no other.", hook.name());
            return Err(CdsError::malformed(Issue::error(IssueType::Value, details).at("hook")));
        }
        let hook_instance = string(body.hook_instance)
            .filter(|text| is_uuid(text))
            .ok_or_else(|| missing("hookInstance", "Send a UUID that names this call of the hook."))?
            .to_ascii_lowercase();
        let context = context(body.context)?;
        let (patient, encounter) = (patient(&context, hook)?, encounter(&context));
        Ok(Self {
            hook_instance,
            patient,
            encounter,
            context,
            prefetch: body.prefetch,
            fhir_server: body.fhir_server,
            fhir_authorization: body.fhir_authorization,
        })
    }
}

/// The body as text of bearable shape.
fn text(body: &[u8]) -> Result<&str, CdsError> {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    if is_too_deep(body) {
        let details =
            format!("The body is nested more than {MAXIMUM_DEPTH} levels deep, which no FHIR data is.");
        return Err(CdsError::malformed(Issue::error(IssueType::TooLong, details)));
    }
    std::str::from_utf8(body).map_err(|error| {
        let details =
            format!("The body is not UTF-8 from byte {} on. Send JSON in UTF-8.", error.valid_up_to());
        CdsError::malformed(Issue::error(IssueType::Structure, details))
    })
}

fn parse(text: &str) -> Result<Body<'_>, CdsError> {
    // Without this, an array would be read as the members in their order.
    if !text.trim_ascii_start().starts_with('{') {
        let details = "Expected a JSON object: the request of a CDS client.";
        return Err(CdsError::malformed(Issue::error(IssueType::Structure, details)));
    }
    serde_json::from_str(text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        let issue = if !error.is_data() {
            let details = format!("The body is not JSON: line {line} column {column} cannot be read.");
            Issue::error(IssueType::Structure, details)
        } else if error.to_string().starts_with("duplicate") {
            let details = format!(
                "A key stands twice in the same object, at line {line} column {column}; which of the two is meant \
                 cannot be known. Send it once."
            );
            Issue::error(IssueType::Structure, details)
        } else {
            Issue::error(IssueType::Structure, "Expected an object with one member a prefetch key.").at("prefetch")
        };
        CdsError::malformed(issue)
    })
}

fn context(context: Option<&RawValue>) -> Result<Object<'_>, CdsError> {
    let context = context.and_then(|raw| Json::parse(raw.get()).ok());
    let context = context.ok_or_else(|| missing("context", "Send the context of the hook."))?;
    let mut reader = Reader::at("context");
    let object = reader.object(context);
    match (object, reader.into_issues()) {
        (Some(object), issues) if issues.is_empty() => Ok(object),
        (_, issues) => Err(CdsError::Malformed(issues)),
    }
}

/// The patient of the context. Most hooks require the user as well, though nothing here depends on who it is: a
/// practitioner, the patient, or somebody related.
fn patient(context: &Object<'_>, hook: Hook) -> Result<String, CdsError> {
    let mut reader = Reader::at("context");
    let (patient, user) = (reader.string(context, "patientId"), reader.string(context, "userId"));
    let issues = reader.into_issues();
    if !issues.is_empty() {
        return Err(CdsError::Malformed(issues));
    }
    if hook.names_user() && user.is_none_or(|user| user.trim().is_empty()) {
        return Err(missing("context.userId", "Send the user as a reference, as in Practitioner/123."));
    }
    let patient = patient.ok_or_else(|| missing("context.patientId", "Send the id of the patient."))?;
    if !is_id(&patient) {
        let details =
            "This is no FHIR id: 1 to 64 letters, digits, hyphens and dots, without the type before it.";
        return Err(CdsError::malformed(Issue::error(IssueType::Value, details).at("context.patientId")));
    }
    Ok(format!("Patient/{patient}"))
}

/// The encounter of the context. It decides nothing, so that an illegible one is no reason to refuse.
fn encounter(context: &Object<'_>) -> Option<String> {
    let id = context.get("encounterId")?.string().ok()?;
    is_id(&id).then(|| format!("Encounter/{id}"))
}

pub(super) fn missing(place: &str, details: &str) -> CdsError {
    CdsError::malformed(
        Issue::error(IssueType::Required, format!("{place} is missing or illegible. {details}")).at(place),
    )
}

fn string(raw: Option<&RawValue>) -> Option<String> {
    Json::parse(raw?.get()).ok()?.string().ok().map(std::borrow::Cow::into_owned)
}

/// 8-4-4-4-12 hexadecimal digits, of whatever version.
fn is_uuid(text: &str) -> bool {
    let mut groups = text.split('-');
    let fits = [8, 4, 4, 4, 12].into_iter().all(|length| {
        groups
            .next()
            .is_some_and(|group| group.len() == length && group.bytes().all(|byte| byte.is_ascii_hexdigit()))
    });
    fits && groups.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hook_instance_is_a_uuid_of_any_version() {
        for (text, expected) in [
            ("d1577c69-dfbe-44ad-ba6d-3e05e953b2ea", true),
            ("D1577C69-DFBE-14AD-0A6D-3E05E953B2EA", true),
            ("d1577c69dfbe44adba6d3e05e953b2ea", false),
            ("d1577c69-dfbe-44ad-ba6d-3e05e953b2ea-", false),
            ("d1577c69-dfbe-44ad-ba6d-3e05e953b2e", false),
            ("g1577c69-dfbe-44ad-ba6d-3e05e953b2ea", false),
            ("", false),
        ] {
            assert_eq!(is_uuid(text), expected, "{text}");
        }
    }
}
