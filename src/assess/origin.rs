//! Where an assessment comes from: the Provenance of its RiskAssessments.

use sha2::{Digest, Sha256};
use spinemet_engine::clinical::Evidence;

use super::{Evaluation, Rejection, Rendered, Subject, unwritable};
use crate::fhir::render::{self, Origin, Source};
use crate::fhir::{Json, Resource};

/// The Provenance of RiskAssessments that were just made: each resource that was used, with its version and the digest of
/// its content, the software with its versions, and who asked.
pub(super) fn provenance(
    evaluation: &Evaluation<'_>,
    identity: &str,
    resources: &[Rendered],
    subject: &Subject<'_>,
    circumstances: &Circumstances<'_>,
) -> Result<Rendered, Rejection> {
    let sources: Vec<UsedSource> = used(evaluation);
    let sources: Vec<Source<'_>> = sources
        .iter()
        .map(|used| Source {
            reference: &used.reference,
            version: used.version.as_deref(),
            sha256: used.sha256.as_deref(),
        })
        .collect();
    let targets: Vec<&str> = resources.iter().map(|resource| resource.id.as_str()).collect();
    let rendered = render::provenance(&Origin {
        identity,
        targets: &targets,
        occurred: evaluation.assessment.case.as_of,
        recorded: circumstances.recorded,
        mapping_version: subject.mapping_version,
        sources: &sources,
        requester: circumstances.requester,
    })
    .map_err(|error| unwritable(&error))?;
    Ok(Rendered { id: rendered.id, body: rendered.body, subject: subject.patient.to_owned() })
}

/// When and for whom an assessment is made.
#[derive(Debug, Clone, Copy)]
pub struct Circumstances<'a> {
    /// The clock's time.
    pub recorded: jiff::Timestamp,
    /// Who asked, where that is known.
    pub requester: Option<&'a str>,
}

/// A resource that facts came from.
struct UsedSource {
    reference: String,
    version: Option<String>,
    sha256: Option<String>,
}

/// The resources of the facts that are fit to be used, by reference, each once.
fn used(evaluation: &Evaluation<'_>) -> Vec<UsedSource> {
    let facts = &evaluation.assessment.case.facts;
    let usable = facts.iter().filter(|(_, freshness)| freshness.is_usable());
    let mut evidence: Vec<&Evidence> = usable.map(|(fact, _)| &fact.evidence).collect();
    evidence.sort_by(|a, b| (&a.resource, &a.version).cmp(&(&b.resource, &b.version)));
    evidence.dedup_by(|a, b| a.resource == b.resource);
    let sources = evidence.into_iter().map(|evidence| {
        let resource =
            evaluation.record.resources.iter().find(|resource| resource.reference == evidence.resource);
        UsedSource {
            reference: evidence.resource.clone(),
            version: evidence.version.clone().or_else(|| resource?.version()),
            sha256: resource.map(digest),
        }
    });
    sources.collect()
}

/// The SHA-256 of a resource as it was sent, without the white space between its tokens, in hexadecimal.
///
/// White space says nothing, and senders differ in it. Everything else is just as sent, key order and numbers included.
fn digest(resource: &Resource<'_>) -> String {
    let mut digest = Sha256::new();
    let mut before = "{";
    for (key, value) in resource.object.iter() {
        digest.update(before);
        digest.update(serde_json::Value::from(key).to_string());
        digest.update(":");
        update_without_white_space(&mut digest, value);
        before = ",";
    }
    digest.update(if before == "{" { "{}" } else { "}" });
    digest.finalize().iter().fold(String::with_capacity(64), |hex, byte| format!("{hex}{byte:02x}"))
}

fn update_without_white_space(digest: &mut Sha256, value: Json<'_>) {
    let text = value.text();
    let (mut in_string, mut is_escaped, mut start) = (false, false, 0);
    for (at, byte) in text.bytes().enumerate() {
        if in_string {
            in_string = is_escaped || byte != b'"';
            is_escaped = byte == b'\\' && !is_escaped;
        } else if matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
            digest.update(text.get(start..at).unwrap_or_default());
            start = at + 1;
        } else {
            in_string = byte == b'"';
        }
    }
    digest.update(text.get(start..).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use crate::fhir::Record;

    use super::*;

    fn digest_of(resource: &str) -> String {
        let bundle = format!(
            r#"{{"resourceType":"Bundle","entry":[{{"resource":{{"resourceType":"Patient","id":"p"}}}},{{"resource":{resource}}}]}}"#
        );
        digest(Record::read(bundle.as_bytes()).unwrap().resources.get(1).unwrap())
    }

    #[test]
    fn the_digest_is_of_the_resource_as_sent_without_white_space() {
        let compact = r#"{"resourceType":"Observation","id":"o\"1 ","note":[{"text":"a  \\\" b"}],"valueDecimal":1.50}"#;
        let expected =
            Sha256::digest(compact).iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
        assert_eq!(digest_of(compact), expected);
        let spaced = "{ \"resourceType\" :\t\"Observation\",\n \"id\": \"o\\\"1 \",\"note\": [ { \"text\":\"a  \\\\\\\" b\" } ] ,\r\n\"valueDecimal\": 1.50 }";
        assert_eq!(digest_of(spaced), expected);
        let other = compact.replace("1.50", "1.5");
        assert_ne!(digest_of(&other), expected);
    }
}
