//! What an export is asked to hold.

use std::collections::BTreeSet;

use actix_web::HttpRequest;
use serde::{Deserialize, Serialize};

use crate::http::operation_parameters::OperationParameters;
use crate::http::{Failure, OperationFailure};

/// The types that can be exported. What is audited is given only where it is asked for.
pub(super) const TYPES: [&str; 3] = ["RiskAssessment", "Provenance", "AuditEvent"];
const USUAL_TYPES: [&str; 2] = ["RiskAssessment", "Provenance"];
const FORMATS: [&str; 3] = ["application/fhir+ndjson", "application/ndjson", "ndjson"];

/// What was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ExportRequest {
    /// The URL of the kick-off.
    pub(super) url: String,
    /// The types, in the order of [`TYPES`].
    pub(super) types: Vec<String>,
    /// Only what was stored after this, in microseconds since 1970.
    pub(super) since: Option<i64>,
    /// Only of these patients, as references; of all, where there is none.
    pub(super) patients: Vec<String>,
    /// What was asked and is not done, in words.
    pub(super) ignored: Vec<String>,
    /// Who asked.
    pub(super) client: Option<String>,
}

/// Which export is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    System,
    Patient,
}

impl ExportRequest {
    /// Reads the parameters of a kick-off.
    pub(super) fn read(
        request: &HttpRequest,
        parameters: &OperationParameters,
        level: Level,
        url: String,
        client: Option<&str>,
    ) -> Result<Self, Failure> {
        let prefer = Preferences::of(request);
        if !prefer.asks_async {
            return Err(OperationFailure::IllegibleHeader {
                name: "Prefer",
                expected: "an export needs respond-async",
            }
            .into());
        }
        let mut export = Self {
            url,
            types: Vec::new(),
            since: None,
            patients: Vec::new(),
            ignored: Vec::new(),
            client: client.map(str::to_owned),
        };
        let mut asked = BTreeSet::new();
        for (name, value) in parameters.iter() {
            export.take(name, value, level, &prefer, &mut asked)?;
        }
        let is_asked =
            |kind: &&str| asked.contains(*kind) || (asked.is_empty() && USUAL_TYPES.contains(kind));
        let types = TYPES.into_iter().filter(is_asked).map(str::to_owned);
        // Where only types were asked for that are not held, nothing is exported, and not everything.
        export.types =
            if asked.is_empty() && parameters.get("_type").is_some() { Vec::new() } else { types.collect() };
        Ok(export)
    }

    fn take(
        &mut self,
        name: &str,
        value: &str,
        level: Level,
        prefer: &Preferences,
        asked: &mut BTreeSet<&'static str>,
    ) -> Result<(), Failure> {
        match name {
            "_outputFormat" if FORMATS.contains(&value.replace(' ', "+").as_str()) => Ok(()),
            "_outputFormat" => Err(Failure::IllegibleParameter {
                name: "_outputFormat",
                expected: "exports are application/fhir+ndjson",
            }),
            "_since" => {
                // An unescaped plus sign arrives as a space.
                let since = value.replace(' ', "+").parse::<jiff::Timestamp>();
                self.since = Some(since.map(jiff::Timestamp::as_microsecond).map_err(|_| {
                    let expected = "it is an instant, such as 2026-05-03T10:00:00Z";
                    Failure::IllegibleParameter { name: "_since", expected }
                })?);
                Ok(())
            }
            "_type" => {
                for kind in value.split(',').map(str::trim).filter(|kind| !kind.is_empty()) {
                    match TYPES.into_iter().find(|known| *known == kind) {
                        Some(known) if known != "AuditEvent" || level == Level::System => {
                            asked.insert(known);
                        }
                        _ => self.ignore("_type", "a type that is not held here", prefer)?,
                    }
                }
                Ok(())
            }
            "patient" if level == Level::Patient => {
                self.patients.push(value.to_owned());
                Ok(())
            }
            // The media type of the answer, not of the export.
            "_format" | "_pretty" => Ok(()),
            _ => self.ignore("of the export", "a parameter that is not known here", prefer),
        }
    }

    /// Leaves something out where the client allows it, and says so in the export.
    fn ignore(&mut self, name: &'static str, what: &str, prefer: &Preferences) -> Result<(), Failure> {
        if !prefer.is_lenient {
            return Err(Failure::IllegibleParameter {
                name,
                expected: "it asks for what is not exported here (RiskAssessment, Provenance and, by the system, \
                           AuditEvent are); with Prefer: handling=lenient it is left out",
            });
        }
        self.ignored.push(format!("Left out: {what}."));
        Ok(())
    }
}

/// What the header `Prefer` asks for.
struct Preferences {
    asks_async: bool,
    is_lenient: bool,
}

impl Preferences {
    fn of(request: &HttpRequest) -> Self {
        let headers = request.headers().get_all("prefer").filter_map(|value| value.to_str().ok());
        let preferences: Vec<String> = headers
            .flat_map(|value| value.split([',', ';']))
            .map(|preference| preference.trim().to_ascii_lowercase())
            .collect();
        let has = |wanted: &str| preferences.iter().any(|preference| preference == wanted);
        Self { asks_async: has("respond-async"), is_lenient: has("handling=lenient") }
    }
}
