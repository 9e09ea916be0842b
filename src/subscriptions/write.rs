//! A Subscription as it is given: of R4 and R4B by the profile of the Subscriptions Backport, and of R5.

use serde_json::{Map, Value, json};

use super::read::BACKPORT;
use super::subscription::{HIDDEN, Status, Subscription, TOPIC};
use crate::fhir::FhirVersion;

/// A subscription as it stands.
#[derive(Debug, Clone, Copy)]
pub struct Standing<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its version.
    pub version: u32,
    /// When it became so.
    pub last_updated: jiff::Timestamp,
    /// How far it is.
    pub status: Status,
    /// What went wrong last.
    pub problem: Option<&'a str>,
}

/// Writes a Subscription. The values of its headers are not shown.
pub fn write(standing: &Standing<'_>, subscription: &Subscription, release: FhirVersion) -> Vec<u8> {
    let mut resource = Map::from_iter([
        ("resourceType".to_owned(), json!("Subscription")),
        ("id".to_owned(), json!(standing.id)),
        ("status".to_owned(), json!(standing.status.code())),
    ]);
    let (version, updated) = (standing.version.to_string(), format!("{:.6}", standing.last_updated));
    resource.insert("meta".to_owned(), json!({ "versionId": version, "lastUpdated": updated }));
    match release {
        FhirVersion::R4 | FhirVersion::R4B => backport(&mut resource, standing.problem, subscription),
        FhirVersion::R5 => r5(&mut resource, subscription),
    }
    Value::Object(resource).to_string().into_bytes()
}

/// Why a value is not there that must be.
const DATA_ABSENT_REASON: &str = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

fn extension(name: &str, value: &str, content: impl Into<Value>) -> Value {
    json!({ "url": format!("{BACKPORT}{name}"), value: content.into() })
}

fn backport(resource: &mut Map<String, Value>, problem: Option<&str>, subscription: &Subscription) {
    resource.insert("criteria".to_owned(), json!(TOPIC));
    if !subscription.filters.is_empty() {
        let query = query(subscription);
        let criteria = json!({ "extension": [extension("backport-filter-criteria", "valueString", query)] });
        resource.insert("_criteria".to_owned(), criteria);
    }
    insert(resource, "reason", subscription.reason.as_deref());
    if subscription.reason.is_none() {
        // It was made by R5, which does not ask for a reason.
        let absent = json!({ "url": DATA_ABSENT_REASON, "valueCode": "not-asked" });
        resource.insert("_reason".to_owned(), json!({ "extension": [absent] }));
    }
    insert(resource, "end", subscription.end.as_deref());
    insert(resource, "error", problem);
    let numbers = [
        ("backport-heartbeat-period", "valueUnsignedInt", subscription.heartbeat_seconds),
        ("backport-timeout", "valueUnsignedInt", subscription.timeout_seconds),
        ("backport-max-count", "valuePositiveInt", subscription.max_count),
    ];
    let numbers: Vec<Value> = numbers
        .into_iter()
        .filter_map(|(name, value, number)| Some(extension(name, value, number?)))
        .collect();
    let content = extension("backport-payload-content", "valueCode", subscription.content.code());
    let mut channel = json!({
        "type": "rest-hook",
        "endpoint": subscription.endpoint,
        "payload": "application/fhir+json",
        "_payload": { "extension": [content] },
    });
    if let Some(members) = channel.as_object_mut() {
        if !numbers.is_empty() {
            members.insert("extension".to_owned(), numbers.into());
        }
        let headers: Vec<String> =
            subscription.headers.iter().map(|header| format!("{}: {HIDDEN}", header.name)).collect();
        if !headers.is_empty() {
            members.insert("header".to_owned(), json!(headers));
        }
    }
    resource.insert("channel".to_owned(), channel);
}

fn r5(resource: &mut Map<String, Value>, subscription: &Subscription) {
    resource.insert("topic".to_owned(), json!(TOPIC));
    insert(resource, "end", subscription.end.as_deref());
    insert(resource, "reason", subscription.reason.as_deref());
    let filters: Vec<Value> = subscription
        .filters
        .iter()
        .map(|filter| {
            let value = filter.values.join(",");
            json!({ "resourceType": "RiskAssessment", "filterParameter": filter.parameter, "value": value })
        })
        .collect();
    if !filters.is_empty() {
        resource.insert("filterBy".to_owned(), filters.into());
    }
    let channel_type = json!({
        "system": "http://terminology.hl7.org/CodeSystem/subscription-channel-type",
        "code": "rest-hook",
    });
    resource.insert("channelType".to_owned(), channel_type);
    resource.insert("endpoint".to_owned(), json!(subscription.endpoint));
    let headers: Vec<Value> =
        subscription.headers.iter().map(|header| json!({ "name": header.name, "value": HIDDEN })).collect();
    if !headers.is_empty() {
        resource.insert("parameter".to_owned(), headers.into());
    }
    for (name, number) in
        [("heartbeatPeriod", subscription.heartbeat_seconds), ("timeout", subscription.timeout_seconds)]
    {
        if let Some(number) = number {
            resource.insert(name.to_owned(), json!(number));
        }
    }
    resource.insert("contentType".to_owned(), json!("application/fhir+json"));
    resource.insert("content".to_owned(), json!(subscription.content.code()));
    if let Some(most) = subscription.max_count {
        resource.insert("maxCount".to_owned(), json!(most));
    }
}

fn insert(resource: &mut Map<String, Value>, name: &str, text: Option<&str>) {
    if let Some(text) = text {
        resource.insert(name.to_owned(), json!(text));
    }
}

fn query(subscription: &Subscription) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for filter in &subscription.filters {
        query.append_pair(&filter.parameter, &filter.values.join(","));
    }
    format!("RiskAssessment?{}", query.finish())
}
