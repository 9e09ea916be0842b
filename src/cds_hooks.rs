//! The CDS Hooks room: what an EHR sees of the service, by the letter of CDS Hooks 2.0.1.
//!
//! ```text
//! body ──> request ──> drafts ──> prefetch (its states) ──> assess ──> card ──> answer ──> response
//!                        └─> gaps ──> (fetched from the EHR) ──┘
//! ```
//!
//! Two rules lead everything here. Silent unless useful: a patient without metastasis in spine or bone gets no card, and an
//! order that no rule speaks about is answered before anything else is read. And data that could not be had is never read
//! as "none": where the service cannot even tell whether it has something to say, it answers that data is missing instead
//! of an empty list of cards.
//!
//! Orders that are being written are no facts of the record. A card about one names it, in its words and in the extension
//! `org.spinemet.order`: a list of FHIR references, of which each is one of the orders in the request.
//!
//! This room calls nobody. [`Gaps`] says what did not come along and how to ask for it; whoever fetches it gives it to
//! [`call`], which uses it as if it had come along.

mod account;
mod answer;
mod authorization;
mod card;
mod discovery;
mod drafts;
mod error;
mod feedback;
mod fetched;
mod gaps;
mod prefetch;
mod prefetch_key;
mod request;
mod response;
mod service;
mod suppression;
mod unchecked;

use jiff::Timestamp;
use spinemet_engine::assessment::Scope;
use spinemet_engine::clinical::Procedure;
use spinemet_engine::guidance::order::{self, Beside, Concern, Order, Ordered};
use spinemet_engine::scoring::Score;

use crate::assess::{Assessor, Evaluation};
use crate::ehr::Found;
use crate::fhir::Record;
use crate::language::Language;
use crate::wording::distinct;
use card::{Filed, View};
use drafts::{Draft, Drafts};
use prefetch::{Prefetch, Shortfall};
use request::Request;
use service::Purpose;

pub use account::{
    ExplainedStatement, Explanation, RuleFigures, RuleReport, SilentCalls, Why, fate as fate_in_words,
    silence as silence_in_words,
};
pub use answer::{Answer, Candidate, Fate, Said, Settled, Silence};
pub use discovery::{Discovery, ServiceDescription};
pub use error::CdsError;
pub use feedback::{Feedback, FeedbackOutcome};
pub use gaps::Gaps;
pub use prefetch_key::PrefetchKey;
pub use response::{
    Action, ActionType, Card, CdsResponse, Coding, Indicator, Link, LinkType, Reference, ResourceBody,
    SelectionBehavior, Source, Suggestion,
};
pub use service::{Hook, Service};

/// What a hospital decides about its cards.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Presentation {
    /// Where this service is, for links to its pages; no such links without it.
    pub base_url: Option<String>,
    /// A page about the whole assessment, of the hospital's own.
    pub assessment_page_url: Option<String>,
    /// A SMART app to launch.
    pub smart_app_url: Option<String>,
}

/// What a call is looked at with.
#[derive(Debug, Clone, Copy)]
pub struct Circumstances<'a> {
    /// The language of texts.
    pub language: Language,
    /// The instant at which the patient is looked at.
    pub as_of: Timestamp,
    /// Whose data it is; part of the ids of what is offered to be filed, and of the keys by which a statement is recognised.
    pub tenant: &'a str,
    /// What the hospital decides about its cards.
    pub presentation: &'a Presentation,
}

/// What `GET /cds-services` answers.
pub fn discovery(assessor: &Assessor, language: Language) -> Discovery {
    Discovery::of(Service::ALL, assessor.speaker(language))
}

/// Everything that there is to say to `POST /cds-services/{service}`. `found` is what was fetched because it did not come
/// along.
///
/// # Errors
/// [`CdsError`] where there is no such service, the request is not acceptable, or data that the service cannot do
/// without is missing.
pub fn call(
    assessor: &Assessor,
    service: &str,
    body: &[u8],
    found: &[Found],
    circumstances: Circumstances<'_>,
) -> Result<Answer, CdsError> {
    let service = Service::from_id(service).ok_or(CdsError::UnknownService)?;
    let request = Request::read(body, service.hook())?;
    let silent = |silence| Ok(Answer::silent(service, &request, silence));
    let mut drafts = Drafts::read(assessor, &request, service.hook())?;
    let is_dispatch = service == Service::OrderDispatch;
    if service.purpose() == Purpose::Orders && !is_dispatch && !drafts.concern_us() {
        return silent(Silence::NoRelevantOrder);
    }
    let Prefetch { mut record, shortfalls } = Prefetch::read(&request, service, found)?;
    if is_dispatch {
        match Drafts::dispatched(assessor, &request.context, &record)? {
            Some(found) if found.concern_us() => drafts = found,
            Some(_) => return silent(Silence::NoRelevantOrder),
            None => return Err(prefetch::missing_orders(&shortfalls)),
        }
    }
    drafts.take_out_of(&mut record);
    let evaluation = evaluate(assessor, record, circumstances.as_of, &shortfalls)?;
    if !evaluation.assessment.scope.is_assessed() {
        return silent(Silence::OutOfScope);
    }
    let issues = assessor.report(&evaluation, circumstances.language);
    let view = View {
        service,
        hook_instance: &request.hook_instance,
        patient: &evaluation.record.patient,
        encounter: request.encounter.as_deref(),
        as_of: circumstances.as_of,
        assessment: &evaluation.assessment,
        mapping_version: assessor.mappings().version(),
        issues: &issues,
        shortfalls: &shortfalls,
        speaker: assessor.speaker(circumstances.language),
        presentation: circumstances.presentation,
    };
    let mut candidates = match service.purpose() {
        Purpose::Overview => {
            vec![card::overview(&view, &filed(assessor, &evaluation, &view, circumstances.tenant))]
        }
        Purpose::Urgency => card::urgency(&view).into_iter().collect(),
        Purpose::FollowUp => card::follow_up(&view).into_iter().collect(),
        Purpose::Orders => about_orders(assessor, &view, &drafts),
    };
    if candidates.is_empty() && unchecked::is_unchecked(service, &drafts, &shortfalls) {
        candidates.push(card::not_checked(&view));
    }
    let silence = candidates.is_empty().then_some(Silence::NothingToSay);
    let (hook_instance, patient) = (request.hook_instance.clone(), request.patient.clone());
    Ok(Answer { service, hook_instance, patient, candidates, silence })
}

/// What `POST /cds-services/{service}/feedback` tells.
///
/// # Errors
/// [`CdsError::Malformed`] where an entry cannot be read: then none is used.
pub fn feedback(body: &[u8]) -> Result<Vec<Feedback>, CdsError> {
    feedback::read(body)
}

fn evaluate<'a>(
    assessor: &Assessor,
    record: Record<'a>,
    as_of: Timestamp,
    shortfalls: &[Shortfall],
) -> Result<Evaluation<'a>, CdsError> {
    let evaluation = assessor.evaluate(record, as_of)?;
    if evaluation.assessment.scope == Scope::NoSpinalMetastasisOnRecord {
        prefetch::require_needed(&evaluation.record, shortfalls)?;
    }
    Ok(evaluation)
}

/// A card for each order in hand that a rule speaks about, the most urgent first.
fn about_orders(assessor: &Assessor, view: &View<'_>, drafts: &Drafts<'_>) -> Vec<Candidate> {
    let beside =
        Beside { case: &view.assessment.case, policy: assessor.policy(), thresholds: assessor.thresholds() };
    let all: Vec<Order> = drafts.orders.iter().flat_map(Draft::all).cloned().collect();
    let mri_is_ordered = all.iter().any(|order| order.ordered == Ordered::Procedure(Procedure::SpinalMri));
    let mut candidates: Vec<Candidate> = drafts
        .orders
        .iter()
        .filter(|draft| draft.is_in_hand)
        .filter_map(|draft| {
            let each = draft.all().map(|order| order::concerns(beside, order, &all));
            let mut concerns: Vec<Concern> = distinct(each.flatten());
            concerns.sort_by_key(|concern| (concern.severity, concern.kind));
            card::order(view, draft, &concerns, mri_is_ordered)
        })
        .collect();
    candidates.sort_by_key(|candidate| candidate.card.indicator);
    candidates
}

/// What is offered to be filed: the scores of the consensus that have come to one band, of the patient and of the levels that
/// decide. What is still open would be out of date soon, and the guidance is not for a card: it takes more than all the rest.
/// Where a sender's id cannot be written in FHIR there is nothing to file, and still a card.
fn filed(assessor: &Assessor, evaluation: &Evaluation<'_>, view: &View<'_>, tenant: &str) -> Vec<Filed> {
    let scores: Vec<&Score> = card::settled(view).collect();
    let rendered = assessor.render_scores(&scores, evaluation, tenant, view.speaker.language());
    let rendered = rendered.unwrap_or_default();
    let named = rendered.into_iter().zip(&scores).filter_map(|(resource, score)| {
        let instrument = format!("{}{}", view.speaker.instrument(score), view.speaker.level(score.place));
        Some(Filed { body: String::from_utf8(resource.body).ok()?, instrument })
    });
    named.collect()
}
