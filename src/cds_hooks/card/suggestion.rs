//! What a clinician may do with one click: create what is missing, move, hold or take back the very order.
//!
//! Every resource is whole. What is created is a draft for somebody to sign; an order that is changed keeps everything but
//! the one element that is meant.

mod revise;

use fhir_wire::{CodeableConcept, Coding, Reference, ServiceRequest, Task, service_request, task};
use jiff::civil::Date;
use spinemet_engine::clinical::Domain;
use spinemet_engine::guidance::order::{Concern, ConcernKind, Ordered};
use spinemet_engine::guidance::{Input, Severity, Timer, TimerKind, TimerState};

use super::{View, order};
use crate::cds_hooks::Service;
use crate::cds_hooks::drafts::Draft;
use crate::cds_hooks::response::{Action, ActionType, ResourceBody, SelectionBehavior, Suggestion};
use crate::wording::distinct;

const SECTION: &str = "card.suggestion";

/// MRI of the spine, and imaging as a category of orders. A test keeps the first equal to the mapping files.
const MRI: (&str, &str, &str) =
    ("http://snomed.info/sct", "241645008", "Magnetic resonance imaging of spine (procedure)");
const IMAGING: (&str, &str, &str) = ("http://snomed.info/sct", "363679005", "Imaging");

/// The most findings that one task asks for.
const MOST_NEEDS: usize = 6;

/// An assessment as a resource to be filed.
pub(in crate::cds_hooks) struct Filed {
    /// The resource.
    pub body: String,
    /// The instrument, in words.
    pub instrument: String,
}

fn suggestion(label: String, actions: Vec<Action>) -> Suggestion {
    Suggestion { label, uuid: String::new(), is_recommended: false, actions }
}

fn create(description: String, body: Vec<u8>) -> Option<Action> {
    let resource = Some(ResourceBody(String::from_utf8(body).ok()?));
    Some(Action { kind: ActionType::Create, description, resource, resource_id: None })
}

/// The inputs of scores that are missing, those that decide most first.
pub(super) fn scored_needs(view: &View<'_>) -> Vec<Input> {
    let missing = view.assessment.missing.iter().filter(|missing| missing.input.is_scored());
    distinct(missing.map(|missing| missing.input))
}

/// The inputs without which an urgent matter cannot be judged.
pub(super) fn urgent_needs(view: &View<'_>) -> Vec<Input> {
    let urgent = [Input::Frankel, Input::Escc, Input::NeurologicalProgression];
    let missing = view.assessment.missing.iter().map(|missing| missing.input);
    distinct(missing.filter(|input| urgent.contains(input)))
}

/// To order MRI where the compression was not graded, and to ask for what else is missing.
pub(super) fn for_missing(view: &View<'_>, needs: &[Input], mri_is_ordered: bool) -> Vec<Suggestion> {
    let lacks_grade = needs.contains(&Input::Escc) && !mri_is_ordered;
    let mri = lacks_grade.then(|| mri(view)).flatten();
    mri.into_iter().chain(recording(view, needs)).collect()
}

fn concept(code: (&'static str, &'static str, &'static str)) -> CodeableConcept<'static> {
    CodeableConcept::coded(Coding::new(code.0, code.1, code.2))
}

fn mri(view: &View<'_>) -> Option<Suggestion> {
    let authored_on = view.as_of.to_string();
    let say = |key: &str| view.speaker.say(SECTION, key);
    let body = service_request(&ServiceRequest {
        category: vec![concept(IMAGING)],
        priority: None,
        code: CodeableConcept {
            text: Some(view.speaker.say("procedure", "spinal-mri").into()),
            ..concept(MRI)
        },
        subject: Reference::literal(view.patient),
        encounter: view.encounter.map(Reference::literal),
        authored_on: authored_on.into(),
        reason_code: vec![CodeableConcept::text(say("mri-reason"))],
        body_site: Vec::new(),
        note: Vec::new(),
    })
    .ok()?;
    let action = create(say("mri-description").to_owned(), body)?;
    Some(suggestion(say("mri").to_owned(), vec![action]))
}

fn recording(view: &View<'_>, needs: &[Input]) -> Option<Suggestion> {
    if needs.is_empty() {
        return None;
    }
    let names: Vec<&str> =
        needs.iter().take(MOST_NEEDS).map(|need| view.speaker.say("input", need.key())).collect();
    let names = view.speaker.list(&names);
    let say = |key: &str| view.text_of(SECTION, key, &[("needs", &names)]);
    let action = create(say("record-description"), proposed_task(view, &say("record-task"))?)?;
    let label = if needs.len() == 1 { say("record-one") } else { say("record") };
    Some(suggestion(label, vec![action]))
}

fn proposed_task(view: &View<'_>, description: &str) -> Option<Vec<u8>> {
    task(&Task {
        code: CodeableConcept::text(view.speaker.say(SECTION, "record-code")),
        description: description.into(),
        patient: Reference::literal(view.patient),
        encounter: view.encounter.map(Reference::literal),
        authored_on: view.as_of.to_string().into(),
        reason_code: None,
    })
    .ok()
}

/// To have radiotherapy booked that must follow an operation.
pub(super) fn booking(view: &View<'_>, timer: &Timer) -> Option<Suggestion> {
    let follows = matches!(timer.kind, TimerKind::SeparationToSsrs | TimerKind::AugmentationToRadiotherapy);
    if !follows || !timer.states.contains(TimerState::NotBooked) && timer.severity() == Severity::Info {
        return None;
    }
    let rules: Vec<&str> = timer.rules.iter().map(|rule| rule.id).collect();
    let date = timer
        .earliest
        .map_or_else(|| view.speaker.say("card.order", "open-end").to_owned(), |date| date.to_string());
    let words = [("rules", view.speaker.list(&rules)), ("date", date)];
    let words: Vec<(&str, &str)> = words.iter().map(|(name, word)| (*name, word.as_str())).collect();
    let say = |key: &str| view.text_of(SECTION, key, &words);
    let body = proposed_task(view, &say("book-radiotherapy-task"))?;
    let action = create(say("book-radiotherapy-description"), body)?;
    Some(suggestion(say("book-radiotherapy"), vec![action]))
}

/// To file the assessment: all its resources in one suggestion, because they belong together.
pub(super) fn filing(view: &View<'_>, filed: &[Filed]) -> Option<Suggestion> {
    let actions: Vec<Action> = filed
        .iter()
        .filter_map(|filed| {
            let words = [("instrument", filed.instrument.as_str())];
            create(view.text_of(SECTION, "file-description", &words), filed.body.clone().into_bytes())
        })
        .collect();
    (!actions.is_empty()).then(|| suggestion(view.speaker.say(SECTION, "file").to_owned(), actions))
}

/// What may be done about an order. Changes of the order exclude each other; what is only created may be taken beside.
pub(super) fn for_order(
    view: &View<'_>,
    draft: &Draft<'_>,
    concerns: &[Concern],
    mri_is_ordered: bool,
) -> (Vec<Suggestion>, SelectionBehavior) {
    let mut changes: Vec<Suggestion> = Vec::new();
    changes.extend(moved_to(view, concerns, draft).and_then(|date| later(view, draft, date)));
    if concerns.iter().any(|concern| asks_to_hold(concern, draft)) {
        changes.extend(held(view, draft));
    }
    let is_forbidden = |concern: &Concern| {
        matches!(concern.kind, ConcernKind::Contraindicated | ConcernKind::EmergencyFirst)
    };
    if concerns.iter().any(|concern| is_forbidden(concern) || asks_to_hold(concern, draft)) {
        changes.extend(taken_back(view, draft));
    }
    let needs = distinct(concerns.iter().flat_map(|concern| concern.needs.iter().copied()));
    let mut suggestions = for_missing(view, &needs, mri_is_ordered);
    let asks_for_mri = concerns.iter().any(|concern| concern.kind == ConcernKind::CompressionNotGraded);
    if let Some(first) = suggestions.first_mut().filter(|_| asks_for_mri && !mri_is_ordered) {
        first.is_recommended = true;
    }
    let selection = if changes.is_empty() { SelectionBehavior::Any } else { SelectionBehavior::AtMostOne };
    changes.extend(suggestions);
    (changes, selection)
}

/// The day to move an order to: the latest of the days on which each interval would be kept, where it is this order that
/// comes later. The other treatment cannot be moved from here.
fn moved_to(view: &View<'_>, concerns: &[Concern], draft: &Draft<'_>) -> Option<Date> {
    let today = view.as_of.to_zoned(jiff::tz::TimeZone::UTC).date();
    let comes_later = |concern: &&Concern| {
        let Some(timer) = &concern.timer else { return concern.kind == ConcernKind::RestartTooEarly };
        let ordered = match draft.order.ordered {
            Ordered::Procedure(procedure) => procedure,
            Ordered::Drug(_) => return false,
        };
        match timer.kind {
            TimerKind::DrugToOperation | TimerKind::RadiotherapyToOperation => ordered.is_open_surgery(),
            TimerKind::OperationToRadiotherapy | TimerKind::SeparationToSsrs => ordered.is_radiotherapy(),
            TimerKind::EmbolisationToOperation | TimerKind::AugmentationToRadiotherapy => false,
        }
    };
    let dates = concerns.iter().filter(comes_later).filter_map(order::earliest);
    dates.max().filter(|date| *date >= today)
}

/// A drug that is begun too close before an operation.
fn asks_to_hold(concern: &Concern, draft: &Draft<'_>) -> bool {
    let is_before_operation =
        concern.timer.as_ref().is_some_and(|timer| timer.kind == TimerKind::DrugToOperation);
    matches!(draft.order.ordered, Ordered::Drug(_))
        && concern.severity < Severity::Info
        && (is_before_operation || concern.kind == ConcernKind::RestartTooEarly)
}

fn update(view: &View<'_>, key: &str, words: &[(&str, &str)], body: String) -> Suggestion {
    let description = view.text_of(SECTION, &format!("{key}-description"), words);
    let action = Action {
        kind: ActionType::Update,
        description,
        resource: Some(ResourceBody(body)),
        resource_id: None,
    };
    suggestion(view.text_of(SECTION, key, words), vec![action])
}

fn later(view: &View<'_>, draft: &Draft<'_>, date: Date) -> Option<Suggestion> {
    let reference = draft.reference.as_deref()?;
    let body = revise::moved(draft, date)?;
    Some(update(view, "move", &[("reference", reference), ("date", &date.to_string())], body))
}

fn held(view: &View<'_>, draft: &Draft<'_>) -> Option<Suggestion> {
    let reference = draft.reference.as_deref()?;
    let body = revise::held(draft)?;
    Some(update(view, "hold", &[("reference", reference)], body))
}

/// To delete a draft. An order that is sent off is none any more, and is not taken back by deleting it.
fn taken_back(view: &View<'_>, draft: &Draft<'_>) -> Option<Suggestion> {
    if view.service == Service::OrderDispatch {
        return None;
    }
    let reference = draft.reference.as_deref()?;
    let action = Action {
        kind: ActionType::Delete,
        description: view.text_of(SECTION, "remove-description", &[("reference", reference)]),
        resource: None,
        resource_id: Some(reference.to_owned()),
    };
    Some(suggestion(view.speaker.say(SECTION, "remove").to_owned(), vec![action]))
}
