//! What somebody subscribed to, the same for every FHIR release.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The topic: a RiskAssessment was stored, or a later version of one, such as a withdrawal.
pub const TOPIC: &str = "https://spinemet.org/fhir/SubscriptionTopic/risk-assessment";

/// The parameters by which a subscriber can narrow the topic.
pub const FILTERS: [&str; 3] = ["patient", "subject", "method"];

/// A subscription as it was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subscription {
    /// The release under whose base it was made: notifications are written in it.
    pub release: String,
    /// Why it was made; R4 asks for it.
    pub reason: Option<String>,
    /// When it ends, as an instant.
    pub end: Option<String>,
    /// Where notifications go.
    pub endpoint: String,
    /// What goes with them. Their values may be secrets.
    pub headers: Vec<Header>,
    /// How much a notification holds.
    pub content: Content,
    /// After how many seconds without a notification one is sent that says that all is well.
    pub heartbeat_seconds: Option<u32>,
    /// How long the endpoint may take to answer.
    pub timeout_seconds: Option<u32>,
    /// How many events a notification holds at most.
    pub max_count: Option<u32>,
    /// Of which RiskAssessments it tells: those that meet all of them.
    pub filters: Vec<Filter>,
}

/// A header of a notification.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// Its name.
    pub name: String,
    /// Its value: often a secret.
    pub value: String,
}

/// Without the value, so that no log and no error can hold it.
impl fmt::Debug for Header {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Header").field("name", &self.name).finish_non_exhaustive()
    }
}

/// What stands where a secret is not shown, and means "as before" where it is sent back.
pub const HIDDEN: &str = "********";

/// A condition of a subscription: the parameter has one of the values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Filter {
    /// The parameter, one of [`FILTERS`].
    pub parameter: String,
    /// The values, of which one is enough.
    pub values: Vec<String>,
}

/// How much a notification holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Content {
    /// That something happened.
    Empty,
    /// And the ids.
    IdOnly,
    /// And the RiskAssessments.
    FullResource,
}

impl Content {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Empty, Self::IdOnly, Self::FullResource];

    /// The code in FHIR.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::IdOnly => "id-only",
            Self::FullResource => "full-resource",
        }
    }
}

/// How far a subscription is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Asked for; the endpoint has not answered yet.
    Requested,
    /// Notifications are sent.
    Active,
    /// The endpoint did not answer for too long. Nothing is lost: once it is asked for again, what was missed is sent.
    Error,
    /// Ended, by the subscriber or by its end.
    Off,
}

impl Status {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::Requested, Self::Active, Self::Error, Self::Off];

    /// The code in FHIR.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Active => "active",
            Self::Error => "error",
            Self::Off => "off",
        }
    }

    /// From the code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }
}

impl Subscription {
    /// Whether it tells of a RiskAssessment with this subject and these codes (`system`, `code`) of its method.
    pub fn matches(&self, subject: &str, methods: &[(String, String)]) -> bool {
        self.filters.iter().all(|filter| match filter.parameter.as_str() {
            "method" => filter.values.iter().any(|value| methods.iter().any(|method| is_code(value, method))),
            _ => filter.values.iter().any(|value| is_reference(value, subject)),
        })
    }
}

/// `code` or `system|code`.
fn is_code(asked: &str, (system, code): &(String, String)) -> bool {
    match asked.split_once('|') {
        Some((asked_system, "")) => asked_system == system,
        Some((asked_system, asked)) => asked_system == system && asked == code,
        None => asked == code,
    }
}

/// `Patient/1` or `1`.
fn is_reference(asked: &str, subject: &str) -> bool {
    asked == subject || (!asked.contains('/') && subject.strip_prefix("Patient/") == Some(asked))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subscription_tells_of_what_meets_all_its_filters() {
        let of = |filters: &[(&str, &[&str])]| Subscription {
            release: "R4".to_owned(),
            reason: None,
            end: None,
            endpoint: String::new(),
            headers: Vec::new(),
            content: Content::Empty,
            heartbeat_seconds: None,
            timeout_seconds: None,
            max_count: None,
            filters: filters
                .iter()
                .map(|(parameter, values)| Filter {
                    parameter: (*parameter).to_owned(),
                    values: values.iter().map(|value| (*value).to_owned()).collect(),
                })
                .collect(),
        };
        let methods = [("urn:s".to_owned(), "sins-2010".to_owned())];
        for (filters, expected) in [
            (&[][..], true),
            (&[("patient", &["Patient/1"][..])][..], true),
            (&[("subject", &["1"][..])][..], true),
            (&[("patient", &["Patient/2", "Patient/1"][..])][..], true),
            (&[("patient", &["Patient/2"][..])][..], false),
            (&[("patient", &["Patient/11"][..])][..], false),
            (&[("method", &["sins-2010"][..])][..], true),
            (&[("method", &["urn:s|sins-2010"][..])][..], true),
            (&[("method", &["urn:s|"][..])][..], true),
            (&[("method", &["|sins-2010"][..])][..], false),
            (&[("patient", &["1"][..]), ("method", &["tomita-2001"][..])][..], false),
        ] {
            assert_eq!(of(filters).matches("Patient/1", &methods), expected, "{filters:?}");
        }
    }

    #[test]
    fn the_value_of_a_header_is_in_no_debug_text() {
        let header = Header { name: "Authorization".to_owned(), value: "Bearer secret".to_owned() };
        assert!(!format!("{header:?}").contains("secret"));
    }
}
