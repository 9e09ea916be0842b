//! The audit log: who asked for what, and whether it was given.
//!
//! An event is stored after the answer is there and beside it, so that no answer waits for it; where the operator asks
//! for it, an answer waits, and is not given where its event cannot be stored. An event holds identifiers and what was
//! asked, never what was answered. Whoever reads the audit log is in it.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpMessage, HttpResponse};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fhir_wire::{AuditAction, AuditOutcome};

use crate::access::{Caller, CdsClient};
use crate::fhir::render::{self, Audited};
use crate::http::{Failure, State};
use crate::settings::Audit;
use crate::store::Draft;
use crate::subscriptions::identifier;

/// The patient whom an answer is about; a handler that knows it leaves it with its answer.
#[derive(Debug, Clone)]
pub(in crate::http) struct AuditedPatient(String);

impl AuditedPatient {
    /// Leaves the patient, a reference, with an answer, where it is known.
    pub(in crate::http) fn note(response: &mut HttpResponse, patient: Option<&str>) {
        if let Some(patient) = patient {
            response.extensions_mut().insert(Self(patient.to_owned()));
        }
    }
}

/// Stores an event for each request that is about patients.
pub(in crate::http) async fn audit<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let Some(asked) = Asked::of(&request) else { return next.call(request).await };
    let response = next.call(request).await?;
    let state = response.request().app_data::<Data<State>>().cloned().ok_or(Failure::Panicked)?;
    let must_wait = match state.audit() {
        Audit::Off => return Ok(response),
        Audit::Beside => false,
        Audit::Before => true,
    };
    let draft = match asked.draft(&response) {
        Ok(draft) => draft,
        Err(error) => {
            tracing::error!(%error, "an event of the audit log cannot be written");
            return if must_wait { Err(Failure::from(error).into()) } else { Ok(response) };
        }
    };
    let tenant = response.request().extensions().get::<Caller>().map(|caller| caller.tenant().to_owned());
    let tenant = tenant.unwrap_or_else(|| state.settings.tenant.as_str().to_owned());
    if must_wait {
        state.store.put(&tenant, vec![draft]).await.map_err(Failure::from)?;
        return Ok(response);
    }
    actix_web::rt::spawn(async move {
        if let Err(error) = state.store.put(&tenant, vec![draft]).await {
            tracing::error!(%error, "an event of the audit log is lost");
        }
    });
    Ok(response)
}

/// What a request asks for.
struct Asked {
    interaction: &'static str,
    action: AuditAction,
    resource: Option<String>,
    patient: Option<String>,
    query: String,
}

impl Asked {
    /// `None` for what is about no patient: what the service can do, and how it is.
    fn of(request: &ServiceRequest) -> Option<Self> {
        let segments: Vec<&str> = request.path().split('/').skip(1).collect();
        let query = format!("{} {}?{}", request.method(), request.path(), request.query_string());
        let asked = |interaction, action, resource: Option<String>, patient| {
            Some(Self { interaction, action, resource, patient, query: query.clone() })
        };
        let reference = |kind: &str, id: &str| Some(format!("{kind}/{id}"));
        match segments.as_slice() {
            ["fhir", _, "Patient", id, operation] if operation.starts_with('$') => {
                asked("operation", AuditAction::Execute, None, reference("Patient", id))
            }
            ["fhir", _, kind, id, operation] if is_held(kind) && operation.starts_with('$') => {
                asked("operation", AuditAction::Execute, reference(kind, id), None)
            }
            ["fhir", _, operation, ..] if operation.starts_with('$') => {
                asked("operation", AuditAction::Execute, None, None)
            }
            ["cds-services", _, ..] | ["fhir", _, "Patient", ..] => {
                asked("operation", AuditAction::Execute, None, None)
            }
            ["fhir", _, kind, "_history"] if is_held(kind) => {
                asked("history-type", AuditAction::Execute, None, None)
            }
            ["fhir", _, kind] | ["fhir", _, kind, "_search"] if is_held(kind) => match *request.method() {
                Method::POST if segments.len() == 3 => asked("create", AuditAction::Create, None, None),
                _ => asked("search-type", AuditAction::Execute, None, None),
            },
            ["fhir", _, kind, operation] if is_held(kind) && operation.starts_with('$') => {
                asked("operation", AuditAction::Execute, None, None)
            }
            ["fhir", _, kind, id, rest @ ..] if is_held(kind) => {
                let (interaction, action) = match (request.method(), rest.len()) {
                    (&Method::PUT, _) => ("update", AuditAction::Update),
                    (&Method::DELETE, _) => ("delete", AuditAction::Delete),
                    (_, 0) => ("read", AuditAction::Read),
                    (_, 1) => ("history-instance", AuditAction::Read),
                    _ => ("vread", AuditAction::Read),
                };
                asked(interaction, action, reference(kind, id), None)
            }
            _ => None,
        }
    }

    fn draft<B>(self, response: &ServiceResponse<B>) -> Result<Draft, fhir_wire::WireError> {
        let request = response.request();
        let client =
            request.extensions().get::<Caller>().and_then(|caller| caller.client().map(str::to_owned));
        let issuer = request.extensions().get::<CdsClient>().and_then(|client| client.issuer.clone());
        let answered = response.response().extensions().get::<AuditedPatient>().cloned();
        let patient = self.patient.or(answered.map(|patient| patient.0));
        let id = identifier();
        let request_id = response.headers().get("x-request-id").and_then(|value| value.to_str().ok());
        let rendered = render::audit_event(&Audited {
            id: &id,
            recorded: jiff::Timestamp::now(),
            interaction: self.interaction,
            action: self.action,
            outcome: outcome(response.status()),
            client: client.or(issuer).as_deref(),
            // What is no legible reference is in the query.
            resource: self.resource.as_deref().filter(|reference| is_reference(reference)),
            patient: patient.as_deref().filter(|reference| is_reference(reference)),
            query_base64: &STANDARD.encode(self.query),
            request_id: request_id.unwrap_or(&id),
        })?;
        Ok(Draft::new("AuditEvent", rendered.id, patient, rendered.body))
    }
}

fn is_held(kind: &str) -> bool {
    ["RiskAssessment", "Provenance", "AuditEvent", "Subscription"].contains(&kind)
}

fn is_reference(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_graphic())
}

fn outcome(status: StatusCode) -> AuditOutcome {
    if status.is_server_error() {
        AuditOutcome::SeriousFailure
    } else if status.is_client_error() {
        AuditOutcome::MinorFailure
    } else {
        AuditOutcome::Success
    }
}
