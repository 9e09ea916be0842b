//! Reading a Subscription: of R4 and R4B by the profile of the Subscriptions Backport, and of R5.

use fhir_wire::IssueType;

use super::subscription::{Content, FILTERS, Filter, Header, Subscription, TOPIC};
use crate::fhir::{FhirVersion, Issue, Json, Object, Reader};

/// Where the extensions of the backport are defined.
pub(super) const BACKPORT: &str = "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/";
/// The only form in which notifications are written.
const MEDIA_TYPE: &str = "application/fhir+json";
/// The largest number of events of a notification, heartbeat and timeout, so that none is beyond reason.
const MOST_SECONDS: u32 = 86_400;
const MOST_EVENTS: u32 = 100;

/// A Subscription as it was sent.
#[derive(Debug)]
pub struct Sent {
    /// Its id, where it has one.
    pub id: Option<String>,
    /// Whether the subscriber turns it off.
    pub is_off: bool,
    /// What is subscribed to.
    pub subscription: Subscription,
}

/// Reads a Subscription.
///
/// # Errors
/// What is wrong with it, each with its place.
pub fn read(body: &[u8], release: FhirVersion) -> Result<Sent, Vec<Issue>> {
    let illegible = || {
        vec![Issue::error(IssueType::Structure, "The body is no FHIR resource in JSON.").at("Subscription")]
    };
    let text = std::str::from_utf8(body).map_err(|_| illegible())?;
    let resource = Json::parse(text).map_err(|_| illegible())?;
    let mut reader = Reader::at("Subscription");
    let sent = reader.object(resource).and_then(|object| {
        let kind = reader.string(&object, "resourceType");
        if kind.as_deref() != Some("Subscription") {
            reader.report(Issue::error(IssueType::Invalid, "Expected a Subscription."));
            return None;
        }
        let id = reader.string(&object, "id").map(std::borrow::Cow::into_owned);
        let is_off = reader.string(&object, "status").as_deref() == Some("off");
        let subscription = match release {
            FhirVersion::R4 | FhirVersion::R4B => read_backport(&mut reader, &object, release),
            FhirVersion::R5 => read_r5(&mut reader, &object),
        };
        Some(Sent { id, is_off, subscription: subscription? })
    });
    let has_duplicate_key = reader.has_duplicate_key();
    let issues = reader.into_issues();
    match sent {
        Some(sent) if issues.is_empty() && !has_duplicate_key => Ok(sent),
        _ if issues.is_empty() => Err(illegible()),
        _ => Err(issues),
    }
}

fn read_backport(reader: &mut Reader<'_>, object: &Object<'_>, release: FhirVersion) -> Option<Subscription> {
    let topic = reader.string(object, "criteria");
    require_topic(reader, topic.as_deref(), "criteria");
    let reason = text(reader, object, "reason");
    if reason.is_none() {
        reader.report(
            Issue::error(IssueType::Required, "A Subscription needs a reason.").at("Subscription.reason"),
        );
    }
    let filters = reader.member(object, "_criteria", |reader, value| {
        let criteria = reader.object(value)?;
        Some(extension(reader, &criteria, "backport-filter-criteria", |reader, extension| {
            text(reader, extension, "valueString")
        }))
    });
    let filters = filters.flatten().map(|query| read_query(reader, &query)).unwrap_or_default();
    let end = text(reader, object, "end");
    let channel = reader.member(object, "channel", |reader, value| {
        let channel = reader.object(value)?;
        read_channel(reader, &channel)
    });
    let Some(channel) = channel else {
        reader.report(Issue::error(IssueType::Required, "A Subscription needs a channel."));
        return None;
    };
    Some(Subscription { release: release.to_string(), reason, end, filters, ..channel })
}

fn read_channel(reader: &mut Reader<'_>, channel: &Object<'_>) -> Option<Subscription> {
    let kind = reader.string(channel, "type");
    require(reader, kind.as_deref() == Some("rest-hook"), "Only channels of type rest-hook are served.");
    let payload = reader.string(channel, "payload");
    require_media_type(reader, payload.as_deref());
    let content = reader.member(channel, "_payload", |reader, value| {
        let payload = reader.object(value)?;
        Some(extension(reader, &payload, "backport-payload-content", |reader, extension| {
            text(reader, extension, "valueCode")
        }))
    });
    let content = read_content(reader, content.flatten().as_deref());
    let mut number = |name, element| {
        extension(reader, channel, name, |reader, extension| {
            reader.number(extension, element).map(str::to_owned)
        })
    };
    let heartbeat = number("backport-heartbeat-period", "valueUnsignedInt");
    let timeout = number("backport-timeout", "valueUnsignedInt");
    let max_count = number("backport-max-count", "valuePositiveInt");
    let headers = reader.list(channel, "header", |reader, value| {
        let line = value.string().ok();
        let header = line.as_deref().and_then(|line| line.split_once(':'));
        let header = header.and_then(|(name, value)| read_header(name, value));
        require(reader, header.is_some(), "A header is a name and a value with a colon between them.");
        header
    });
    let endpoint = read_endpoint(reader, channel)?;
    Some(Subscription {
        release: String::new(),
        reason: None,
        end: None,
        endpoint,
        headers,
        content: content?,
        heartbeat_seconds: bounded(reader, heartbeat.as_deref(), MOST_SECONDS),
        timeout_seconds: bounded(reader, timeout.as_deref(), MOST_SECONDS),
        max_count: bounded(reader, max_count.as_deref(), MOST_EVENTS),
        filters: Vec::new(),
    })
}

fn read_r5(reader: &mut Reader<'_>, object: &Object<'_>) -> Option<Subscription> {
    let topic = reader.string(object, "topic");
    require_topic(reader, topic.as_deref(), "topic");
    let kind = reader.member(object, "channelType", |reader, value| {
        let coding = reader.object(value)?;
        text(reader, &coding, "code")
    });
    require(reader, kind.as_deref() == Some("rest-hook"), "Only channels of type rest-hook are served.");
    let media_type = reader.string(object, "contentType");
    require_media_type(reader, media_type.as_deref());
    let content = reader.string(object, "content");
    let content = read_content(reader, content.as_deref());
    let mut number = |name| reader.number(object, name).map(str::to_owned);
    let (heartbeat, timeout, max_count) = (number("heartbeatPeriod"), number("timeout"), number("maxCount"));
    let headers = reader.list(object, "parameter", |reader, value| {
        let parameter = reader.object(value)?;
        let (name, value) = (text(reader, &parameter, "name")?, text(reader, &parameter, "value")?);
        let header = read_header(&name, &value);
        require(reader, header.is_some(), "A parameter of a rest-hook is a header: a name and a value.");
        header
    });
    let filters = reader.list(object, "filterBy", |reader, value| {
        let filter = reader.object(value)?;
        let (parameter, value) = (text(reader, &filter, "filterParameter")?, text(reader, &filter, "value")?);
        let comparator = text(reader, &filter, "comparator");
        let is_plain = comparator.as_deref().is_none_or(|comparator| comparator == "eq")
            && filter.get("modifier").is_none();
        require(reader, is_plain, "Filters are served without modifiers, and with no comparator but eq.");
        read_filter(reader, &parameter, &value)
    });
    Some(Subscription {
        release: FhirVersion::R5.to_string(),
        reason: text(reader, object, "reason"),
        end: text(reader, object, "end"),
        endpoint: read_endpoint(reader, object)?,
        headers,
        content: content?,
        heartbeat_seconds: bounded(reader, heartbeat.as_deref(), MOST_SECONDS),
        timeout_seconds: bounded(reader, timeout.as_deref(), MOST_SECONDS),
        max_count: bounded(reader, max_count.as_deref(), MOST_EVENTS),
        filters,
    })
}

fn text(reader: &mut Reader<'_>, object: &Object<'_>, name: &'static str) -> Option<String> {
    reader.string(object, name).map(std::borrow::Cow::into_owned)
}

fn require(reader: &mut Reader<'_>, holds: bool, otherwise: &str) {
    if !holds {
        reader.report(Issue::error(IssueType::NotSupported, otherwise));
    }
}

fn require_topic(reader: &mut Reader<'_>, topic: Option<&str>, element: &str) {
    if topic != Some(TOPIC) {
        reader.report(Issue::error(
            IssueType::NotSupported,
            format!("The only topic here is {TOPIC}; name it in {element}."),
        ));
    }
}

fn require_media_type(reader: &mut Reader<'_>, media_type: Option<&str>) {
    let is_served = media_type.is_none_or(|media_type| {
        let name = media_type.split(';').next().unwrap_or_default().trim();
        name == MEDIA_TYPE || name == "application/json"
    });
    require(reader, is_served, "Notifications are application/fhir+json.");
}

fn read_content(reader: &mut Reader<'_>, code: Option<&str>) -> Option<Content> {
    // Ids are enough to come for the rest, and tell an endpoint nothing about a patient.
    let Some(code) = code else { return Some(Content::IdOnly) };
    let content = Content::ALL.into_iter().find(|content| content.code() == code);
    require(reader, content.is_some(), "The content of a notification is empty, id-only or full-resource.");
    content
}

fn read_endpoint(reader: &mut Reader<'_>, object: &Object<'_>) -> Option<String> {
    let endpoint = text(reader, object, "endpoint");
    if endpoint.is_none() {
        reader.report(Issue::error(IssueType::Required, "A rest-hook needs an endpoint."));
    }
    endpoint
}

/// The value of the extension of the backport with this name.
fn extension<T>(
    reader: &mut Reader<'_>,
    object: &Object<'_>,
    name: &str,
    mut value: impl FnMut(&mut Reader<'_>, &Object<'_>) -> Option<T>,
) -> Option<T> {
    let values = reader.list(object, "extension", |reader, element| {
        let extension = reader.object(element)?;
        let url = text(reader, &extension, "url")?;
        if url.strip_prefix(BACKPORT) == Some(name) { value(reader, &extension) } else { None }
    });
    values.into_iter().next()
}

/// `RiskAssessment?patient=Patient/1&method=sins-2010`
fn read_query(reader: &mut Reader<'_>, query: &str) -> Vec<Filter> {
    let parameters = match query.split_once('?') {
        Some(("RiskAssessment", parameters)) => parameters,
        Some(_) => {
            require(reader, false, "A filter is about RiskAssessment: RiskAssessment?patient=Patient/1.");
            return Vec::new();
        }
        None => query,
    };
    let pairs = url::form_urlencoded::parse(parameters.as_bytes());
    pairs.filter_map(|(parameter, value)| read_filter(reader, &parameter, &value)).collect()
}

fn read_filter(reader: &mut Reader<'_>, parameter: &str, value: &str) -> Option<Filter> {
    let values: Vec<String> = value.split(',').map(str::to_owned).collect();
    let is_known = FILTERS.contains(&parameter) && values.iter().all(|value| !value.is_empty());
    // A filter that is left out would tell an endpoint of more patients than it may hear of.
    require(reader, is_known, "The filters are patient, subject and method, each with a value.");
    is_known.then(|| Filter { parameter: parameter.to_owned(), values })
}

/// Headers that say how the message is sent are the client's that sends it.
const OURS: [&str; 9] = [
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "expect",
    "host",
    "te",
    "transfer-encoding",
    "upgrade",
];

fn read_header(name: &str, value: &str) -> Option<Header> {
    let (name, value) = (name.trim(), value.trim());
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    let is_name = !name.is_empty() && name.bytes().all(is_token);
    let is_value =
        !value.is_empty() && value.bytes().all(|byte| (b' '..=b'~').contains(&byte) || byte == b'\t');
    let is_ours = OURS.iter().any(|ours| name.eq_ignore_ascii_case(ours));
    (is_name && is_value && !is_ours).then(|| Header { name: name.to_owned(), value: value.to_owned() })
}

fn bounded(reader: &mut Reader<'_>, number: Option<&str>, most: u32) -> Option<u32> {
    let number = number?;
    let read = number.parse::<u32>().ok().filter(|number| (1..=most).contains(number));
    require(reader, read.is_some(), "Heartbeat and timeout are 1 to 86400 seconds, events 1 to 100.");
    read
}
