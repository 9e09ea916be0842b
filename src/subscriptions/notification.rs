//! A notification: the Bundle that an endpoint is sent, or that a subscriber asks for.

use fhir_wire::{
    Bundle, BundleEntry, BundleRequest, BundleResponse, BundleType, Meta, Parameter, ParameterContent,
    WireError,
};
use serde_json::json;

use super::read::BACKPORT;
use super::subscription::{Content, Status, TOPIC};
use crate::fhir::FhirVersion;

/// Why a notification is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// To see whether the endpoint answers.
    Handshake,
    /// To say that all is well.
    Heartbeat,
    /// Because something happened.
    EventNotification,
    /// Because the subscriber asked how the subscription stands.
    QueryStatus,
    /// Because the subscriber asked what happened.
    QueryEvent,
}

impl Kind {
    /// The code in FHIR.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Handshake => "handshake",
            Self::Heartbeat => "heartbeat",
            Self::EventNotification => "event-notification",
            Self::QueryStatus => "query-status",
            Self::QueryEvent => "query-event",
        }
    }
}

/// What a notification says of its subscription.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    /// The start of absolute URLs: `https://host/fhir/R4`.
    pub base: &'a str,
    /// The release in which it is written.
    pub release: FhirVersion,
    /// The id of the subscription.
    pub subscription: &'a str,
    /// How far the subscription is.
    pub status: Status,
    /// How many events there have been since its start.
    pub events: i64,
    /// Why it is sent.
    pub kind: Kind,
    /// A UUID of its own.
    pub uuid: &'a str,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its number.
    pub number: i64,
    /// When.
    pub instant: jiff::Timestamp,
    /// The id of the RiskAssessment.
    pub id: String,
    /// Its version.
    pub version: i64,
    /// The RiskAssessment, where it is told.
    pub resource: Option<Vec<u8>>,
}

/// Writes a notification.
///
/// # Errors
/// [`WireError`] where FHIR would not allow what was to be written.
pub fn notification(frame: &Frame<'_>, content: Content, events: &[Event]) -> Result<Vec<u8>, WireError> {
    let status = status(frame, content, events)?;
    let is_r5 = frame.release == FhirVersion::R5;
    // The history of R4 wants a request and a response with each entry; the notification of R5 has none.
    let response =
        |status: &'static str| BundleResponse { status: status.into(), etag: None, last_modified: None };
    let url = format!("{}/Subscription/{}/$status", frame.base, frame.subscription);
    let first = BundleEntry {
        full_url: Some(format!("urn:uuid:{}", frame.uuid).into()),
        resource: Some(&status),
        request: (!is_r5).then(|| BundleRequest { method: "GET".into(), url: url.into() }),
        response: (!is_r5).then(|| response("200")),
        ..BundleEntry::default()
    };
    let told = events.iter().filter_map(|event| {
        let (method, url, status) = match event.version {
            1 => ("POST", "RiskAssessment".to_owned(), "201"),
            _ => ("PUT", format!("RiskAssessment/{}", event.id), "200"),
        };
        Some(BundleEntry {
            full_url: Some(format!("{}/RiskAssessment/{}", frame.base, event.id).into()),
            resource: Some(event.resource.as_deref()?),
            request: (!is_r5).then(|| BundleRequest { method: method.into(), url: url.into() }),
            response: (!is_r5).then(|| response(status)),
            ..BundleEntry::default()
        })
    });
    let kind = if is_r5 { BundleType::SubscriptionNotification } else { BundleType::History };
    let entry = std::iter::once(first).chain(told).collect();
    let timestamp = jiff::Timestamp::now().to_string();
    let bundle = Bundle { timestamp: Some(timestamp.into()), entry, ..Bundle::new(kind) };
    let body = fhir_wire::bundle(&bundle)?;
    let profile = match frame.release {
        FhirVersion::R4 => "backport-subscription-notification-r4",
        FhirVersion::R4B => "backport-subscription-notification",
        FhirVersion::R5 => return Ok(body),
    };
    fhir_wire::with_meta(
        &body,
        &Meta { profile: vec![format!("{BACKPORT}{profile}").into()], ..Meta::default() },
    )
}

/// Writes how a subscription stands: a SubscriptionStatus, which R4 does not have and says in Parameters.
///
/// # Errors
/// [`WireError`] where FHIR would not allow what was to be written.
pub fn status(frame: &Frame<'_>, content: Content, events: &[Event]) -> Result<Vec<u8>, WireError> {
    match frame.release {
        FhirVersion::R4 => status_r4(frame, content, events),
        FhirVersion::R4B | FhirVersion::R5 => Ok(status_r5(frame, content, events)),
    }
}

fn reference(frame: &Frame<'_>, event: &Event, content: Content) -> Option<String> {
    (content != Content::Empty).then(|| format!("{}/RiskAssessment/{}", frame.base, event.id))
}

fn status_r4(frame: &Frame<'_>, content: Content, events: &[Event]) -> Result<Vec<u8>, WireError> {
    let subscription = format!("{}/Subscription/{}", frame.base, frame.subscription);
    let mut parameters = vec![
        Parameter::new("subscription", ParameterContent::Reference(subscription.into())),
        Parameter::new("topic", ParameterContent::Canonical(TOPIC.into())),
        Parameter::new("status", ParameterContent::Code(frame.status.code().into())),
        Parameter::new("type", ParameterContent::Code(frame.kind.code().into())),
        Parameter::new(
            "events-since-subscription-start",
            ParameterContent::String(frame.events.to_string().into()),
        ),
    ];
    parameters.extend(events.iter().map(|event| {
        let mut parts = vec![
            Parameter::new("event-number", ParameterContent::String(event.number.to_string().into())),
            Parameter::new("timestamp", ParameterContent::Instant(format!("{:.6}", event.instant).into())),
        ];
        let focus = reference(frame, event, content);
        parts.extend(focus.map(|focus| Parameter::new("focus", ParameterContent::Reference(focus.into()))));
        Parameter::new("notification-event", ParameterContent::Parts(parts))
    }));
    let profile = format!("{BACKPORT}backport-subscription-status-r4");
    fhir_wire::parameters(Some(frame.uuid), Some(&profile), &parameters)
}

fn status_r5(frame: &Frame<'_>, content: Content, events: &[Event]) -> Vec<u8> {
    let told: Vec<serde_json::Value> = events
        .iter()
        .map(|event| {
            let mut told = json!({
                "eventNumber": event.number.to_string(),
                "timestamp": format!("{:.6}", event.instant),
            });
            if let (Some(focus), Some(members)) = (reference(frame, event, content), told.as_object_mut()) {
                members.insert("focus".to_owned(), json!({ "reference": focus }));
            }
            told
        })
        .collect();
    let mut status = json!({
        "resourceType": "SubscriptionStatus",
        "id": frame.uuid,
        "status": frame.status.code(),
        "type": frame.kind.code(),
        "eventsSinceSubscriptionStart": frame.events.to_string(),
        "subscription": { "reference": format!("{}/Subscription/{}", frame.base, frame.subscription) },
        "topic": TOPIC,
    });
    if let (false, Some(members)) = (told.is_empty(), status.as_object_mut()) {
        members.insert("notificationEvent".to_owned(), told.into());
    }
    status.to_string().into_bytes()
}
