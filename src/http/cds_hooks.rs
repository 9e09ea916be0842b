//! `/cds-services`: CDS Hooks for an EHR, and what becomes of the cards.
//!
//! Nothing of a patient is stored: of what a card says only its rule, how urgent it is, and a digest by which the same
//! statement is recognised. Of a call that has nothing to say not even that; it is remembered in memory for a while.

use std::collections::HashSet;
use std::future::poll_fn;
use std::io;
use std::task::Poll;

use actix_web::HttpResponse;
use actix_web::web::{Data, Path, ReqData};
use spinemet_engine::guidance::Rule;

use super::as_of::AsOf;
use super::computation::on_body;
use super::media::JsonBody;
use super::middleware::audit::AuditedPatient;
use super::request::{DeclaredBody, SpokenLanguage, read_body};
use super::{Failure, State};
use crate::access::CdsClient;
use crate::assess::Assessor;
use crate::cds_hooks::{
    self, Answer, CdsError, CdsResponse, ExplainedStatement, Explanation, Feedback, FeedbackOutcome, Gaps,
    Presentation, RuleReport, Service, Settled, SilentCalls,
};
use crate::ehr::{FetchFailure, Found};
use crate::settings::{Settings, Tenant};
use crate::store::{CardFeedback, CardStatement};
use crate::telemetry::metrics::{Counters, Metrics};

/// What the CDS services keep between calls.
#[derive(Debug)]
pub(super) struct CdsState {
    presentation: Presentation,
    shadow: Vec<Service>,
    silent: SilentCalls,
    statements: Counters<2>,
    feedback: Counters<2>,
}

impl CdsState {
    /// From the settings.
    ///
    /// # Errors
    /// Where a service in shadow mode does not exist.
    pub(super) fn new(settings: &Settings, metrics: &Metrics, base_url: &str) -> io::Result<Self> {
        let unknown = |name: &str| {
            let text = format!("shadow_services: no CDS service is called {name}");
            io::Error::new(io::ErrorKind::InvalidInput, text)
        };
        let names = settings.shadow_services.iter();
        Ok(Self {
            presentation: Presentation {
                base_url: Some(base_url.to_owned()),
                assessment_page_url: settings.assessment_page_url.as_ref().map(ToString::to_string),
                smart_app_url: settings.smart_app_url.as_ref().map(ToString::to_string),
            },
            shadow: names
                .map(|name| Service::from_id(name).ok_or_else(|| unknown(name)))
                .collect::<Result<_, _>>()?,
            silent: SilentCalls::default(),
            statements: metrics
                .counters("cds_statements", "What cards said, by rule and by whether it was shown"),
            feedback: metrics.counters("cds_feedback", "What users did with cards, by rule"),
        })
    }
}

/// Which services there are.
pub(super) async fn discover(state: Data<State>, language: SpokenLanguage) -> HttpResponse {
    HttpResponse::Ok().json(cds_hooks::discovery(&state.assessor(), language.0))
}

/// Answers a hook with cards.
pub(super) async fn call(
    state: Data<State>,
    service: Path<String>,
    client: ReqData<CdsClient>,
    _sent: JsonBody,
    language: SpokenLanguage,
    as_of: AsOf,
    body: DeclaredBody,
) -> Result<HttpResponse, Failure> {
    let body = read_body(body, &state.settings).await?;
    let service = service.into_inner();
    let client = client.into_inner();
    let assessor = state.assessor();
    let found = fetch_gaps(&state, &assessor, &service, &body, client.issuer.as_deref()).await;
    let (of_call, tenant) = (state.clone(), client.tenant.clone());
    let answer = on_body(body, move |body| {
        let circumstances = cds_hooks::Circumstances {
            language: language.0,
            as_of: as_of.0,
            tenant: tenant.as_str(),
            presentation: &of_call.cds.presentation,
        };
        cds_hooks::call(&assessor, &service, body, &found, circumstances)
    })
    .await?;
    let patient = answer.patient.clone();
    let mut response = HttpResponse::Ok().json(settle(&state, client.tenant, answer).await);
    AuditedPatient::note(&mut response, Some(&patient));
    Ok(response)
}

/// Fetches what did not come along, if the request names a registered server for it.
async fn fetch_gaps(
    state: &State,
    assessor: &Assessor,
    service: &str,
    body: &[u8],
    client: Option<&str>,
) -> Vec<Found> {
    if state.ehr.is_empty() {
        return Vec::new();
    }
    let Some(Gaps { server, token, subject, wanted }) = Gaps::of(assessor, service, body) else {
        return Vec::new();
    };
    let Some(server) = state.ehr.select(&server, client) else {
        tracing::debug!("the fhirServer of the request is not a registered one");
        state.service_metrics.fetched.count([("data", "all"), ("outcome", "server-not-registered")]);
        return Vec::new();
    };
    if token.is_some() && !server.takes_token_of(subject.as_deref()) {
        tracing::debug!("the token of the request was given to another service");
        state.service_metrics.fetched.count([("data", "all"), ("outcome", "token-of-another")]);
        return Vec::new();
    }
    let found = state.ehr.fetch(server, wanted, token).await;
    for Found { key, failure, .. } in &found {
        let outcome = failure.map_or("whole", FetchFailure::key);
        state.service_metrics.fetched.count([("data", *key), ("outcome", outcome)]);
    }
    found
}

/// Leaves out what was overridden before, and keeps account of the rest.
async fn settle(state: &Data<State>, tenant: Tenant, answer: Answer) -> CdsResponse {
    if let Some(silence) = answer.silence {
        state.cds.silent.remember(answer.service, &answer.hook_instance, silence);
        return CdsResponse { cards: Vec::new() };
    }
    let keys: Vec<&str> = answer.keys().collect();
    // A store that cannot be asked must not keep a warning from being seen.
    let put_aside = state.store.overridden(tenant.as_str(), &keys).await.unwrap_or_else(|error| {
        tracing::warn!(%error, "earlier feedback could not be read; every card is shown");
        Vec::new()
    });
    let put_aside: HashSet<String> = put_aside.into_iter().collect();
    let is_shadow = state.cds.shadow.contains(&answer.service);
    let (service, hook_instance) = (answer.service, answer.hook_instance.clone());
    let (response, account) = answer.settle(&put_aside, is_shadow);
    for settled in &account {
        for said in &settled.said {
            state.cds.statements.count([("rule", said.rule), ("fate", settled.fate.key())]);
        }
    }
    let statements = statements(service, &hook_instance, account);
    record(state, tenant, statements).await;
    response
}

/// Hands what was said to the store before the answer leaves, and does not wait until it is on the disk: a clinician is
/// waiting. So a stop loses nothing, and a crash the calls of the last milliseconds, whose cards are then shown again although
/// they were put aside.
async fn record(state: &Data<State>, tenant: Tenant, statements: Vec<CardStatement>) {
    let store = state.store.clone();
    let mut recording = Box::pin(async move {
        if let Err(error) = store.record_cards(tenant.as_str(), statements).await {
            tracing::warn!(%error, "what the cards of a call said could not be recorded");
        }
    });
    // The first poll puts it into the queue of the writer.
    let first = poll_fn(|context| Poll::Ready(recording.as_mut().poll(context))).await;
    if first.is_pending() {
        actix_web::rt::spawn(recording);
    }
}

fn statements(service: Service, hook_instance: &str, account: Vec<Settled>) -> Vec<CardStatement> {
    let said_at = jiff::Timestamp::now().as_microsecond();
    account
        .into_iter()
        .flat_map(|settled| {
            let (card, shown_in, fate) = (settled.card, settled.shown_in, settled.fate.key());
            settled.said.into_iter().zip(0_i64..).map(move |(said, position)| CardStatement {
                card: card.clone(),
                position,
                service: service.id().to_owned(),
                hook_instance: hook_instance.to_owned(),
                rule: said.rule.to_owned(),
                severity: said.severity.to_owned(),
                ordered: said.ordered.map(str::to_owned),
                suppression_key: said.key,
                fate: fate.to_owned(),
                shown_in: shown_in.clone(),
                said_at,
            })
        })
        .collect()
}

/// Takes what users did with cards. Acknowledged once it is on the disk.
pub(super) async fn feedback(
    state: Data<State>,
    service: Path<String>,
    client: ReqData<CdsClient>,
    _sent: JsonBody,
    body: DeclaredBody,
) -> Result<HttpResponse, Failure> {
    let body = read_body(body, &state.settings).await?;
    let service = Service::from_id(&service).ok_or(CdsError::UnknownService)?;
    let feedback = on_body(body, cds_hooks::feedback).await?;
    let counted: Vec<(String, &'static str)> =
        feedback.iter().map(|feedback| (feedback.card.clone(), feedback.outcome.key())).collect();
    let tenant = client.tenant.as_str();
    let received_at = jiff::Timestamp::now().as_microsecond();
    let rows = feedback.into_iter().map(row).collect();
    let new = state.store.record_feedback(tenant, service.id(), received_at, rows).await?;
    for ((card, outcome), _) in counted.into_iter().zip(new).filter(|(_, is_new)| *is_new) {
        for rule in state.store.rules_of_card(tenant, &card).await? {
            // Never a word of a request.
            let rule = match rule.as_str() {
                "overview" => "overview",
                "not-checked" => "not-checked",
                id => Rule::from_id(id).map_or("unknown", |rule| rule.id),
            };
            state.cds.feedback.count([("rule", rule), ("outcome", outcome)]);
        }
    }
    Ok(HttpResponse::Ok().finish())
}

fn row(feedback: Feedback) -> CardFeedback {
    let outcome = feedback.outcome.key();
    let (suggestions, reason, has_comment) = match feedback.outcome {
        FeedbackOutcome::Accepted { suggestions } => (suggestions, None, false),
        FeedbackOutcome::Overridden { reason, has_comment } => (Vec::new(), reason, has_comment),
    };
    CardFeedback {
        card: feedback.card,
        outcome,
        outcome_at: feedback.outcome_at,
        has_reason: reason.is_some() || has_comment,
        suggestions,
        reason,
    }
}

/// Why the cards of a call were or were not shown.
pub(super) async fn explain(
    state: Data<State>,
    path: Path<(String, String)>,
    client: ReqData<CdsClient>,
    language: SpokenLanguage,
) -> Result<HttpResponse, Failure> {
    let (service, hook_instance) = path.into_inner();
    let service = Service::from_id(&service).ok_or(CdsError::UnknownService)?;
    let hook_instance = hook_instance.to_ascii_lowercase();
    let assessor = state.assessor();
    let speaker = assessor.speaker(language.0);
    let tenant = client.tenant.as_str();
    let said = state.store.cards_of_call(tenant, service.id(), &hook_instance).await?;
    let silence = state.cds.silent.why(service, &hook_instance).filter(|_| said.is_empty());
    if said.is_empty() && silence.is_none() {
        return Err(CdsError::UnknownCall.into());
    }
    let statements = said.into_iter().map(|said| ExplainedStatement {
        shown_in: (said.shown_in != said.card).then_some(said.shown_in),
        card: said.card,
        rule: said.rule,
        severity: said.severity,
        ordered: said.ordered,
        fate: cds_hooks::fate_in_words(&said.fate, speaker),
    });
    Ok(HttpResponse::Ok().json(Explanation {
        service: service.id().to_owned(),
        hook_instance,
        silence: silence.map(|silence| cds_hooks::silence_in_words(silence, speaker)),
        statements: statements.collect(),
    }))
}

/// How each rule of a service fares with those who see its cards.
pub(super) async fn report(
    state: Data<State>,
    service: Path<String>,
    client: ReqData<CdsClient>,
) -> Result<HttpResponse, Failure> {
    let service = Service::from_id(&service).ok_or(CdsError::UnknownService)?;
    let counts = state.store.rule_counts(client.tenant.as_str(), service.id()).await?;
    let counts = counts.iter().map(|count| (count.rule.as_str(), count.what.as_str(), count.cards));
    Ok(HttpResponse::Ok().json(RuleReport::of(counts)))
}
