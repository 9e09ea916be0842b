//! The topic that can be subscribed to, as a resource. R4 has no such resource: there the topic is its canonical URL. What
//! is said here has the same form in R4B and R5.

use serde_json::{Value, json};

use crate::subscriptions::{FILTERS, TOPIC};

/// The SubscriptionTopic.
pub(super) fn subscription_topic() -> String {
    let id = TOPIC.rsplit('/').next().unwrap_or_default();
    let filters: Vec<Value> = FILTERS
        .iter()
        .map(|parameter| json!({"resource": "RiskAssessment", "filterParameter": parameter}))
        .collect();
    json!({
        "resourceType": "SubscriptionTopic",
        "id": id,
        "url": TOPIC,
        "version": env!("CARGO_PKG_VERSION"),
        "title": "Assessments of patients with spinal metastases",
        "status": "draft",
        "experimental": false,
        "date": "2026-01-01",
        "publisher": "Spinemet",
        "description": "A RiskAssessment was stored, or a later version of one, such as its withdrawal.",
        "resourceTrigger": [{
            "description": "A RiskAssessment was stored, or a later version of one.",
            "resource": "RiskAssessment",
            "supportedInteraction": ["create", "update"],
        }],
        "canFilterBy": filters,
        "notificationShape": [{"resource": "RiskAssessment"}],
    })
    .to_string()
}
