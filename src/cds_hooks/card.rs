//! From an assessment to cards.

mod basis;
mod detail;
mod encounter;
mod levels;
mod markdown;
mod order;
mod sources;
mod suggestion;
mod summary;
mod uuid;

use std::collections::BTreeMap;

use jiff::Timestamp;
use spinemet_engine::assessment::Assessment;
use spinemet_engine::clinical::Domain;
use spinemet_engine::guidance::{Severity, Timer};
use spinemet_engine::scoring::Score;

use super::Presentation;
use super::answer::{Candidate, Said};
use super::prefetch::Shortfall;
use super::response::{
    Card, Coding, Indicator, Link, LinkType, Reference, SelectionBehavior, Source, Suggestion,
};
use super::service::Service;
use super::suppression;
use crate::fhir::Issue;
use crate::texts::{Speaker, fill};

pub(super) use encounter::{follow_up, urgency};
pub(super) use order::order;
pub(super) use suggestion::Filed;

/// Who says it. A link to one patient's assessment does not belong here.
const SOURCE_URL: &str = "https://spinemet.org";

/// The CodeSystem of instruments, in which the topic of an overview is the guidance.
const INSTRUMENT_SYSTEM: &str = "https://spinemet.org/fhir/CodeSystem/instrument";
const GUIDANCE: &str = "guidance";

/// The CodeSystem of what orders are about, and of our own reasons for overriding a card.
const ORDER_TOPIC_SYSTEM: &str = "https://spinemet.org/fhir/CodeSystem/card-topic";
const OWN_REASON_SYSTEM: &str = "https://spinemet.org/fhir/CodeSystem/override-reason";

/// The extension that names the orders a card is about, as Da Vinci CRD's `davinci-crd.associated-resource` does.
const ORDER_EXTENSION: &str = "org.spinemet.order";

/// HL7's reasons for not following a card, as CDS Hooks names them.
const HL7_REASON_SYSTEM: &str = "http://terminology.hl7.org/CodeSystem/non-adherence-reason-codes";
const HL7_REASONS: [&str; 6] = [
    "action-completed",
    "need-more-info",
    "patient-contraindication",
    "patient-refuses",
    "service-not-available",
    "likely-negative-health-outcomes",
];

/// Reasons that HL7's list lacks, for orders.
const OWN_REASONS: [&str; 4] = ["discussed-by-team", "emergency", "known-elsewhere", "record-is-wrong"];

/// All that a card is made from.
pub(super) struct View<'a> {
    /// The service that answers.
    pub service: Service,
    /// The call of the hook.
    pub hook_instance: &'a str,
    /// The patient, as a reference.
    pub patient: &'a str,
    /// The encounter, as a reference.
    pub encounter: Option<&'a str>,
    /// The instant of the call.
    pub as_of: Timestamp,
    /// What there is to say.
    pub assessment: &'a Assessment,
    /// The version of the mapping files.
    pub mapping_version: &'a str,
    /// What was wrong with the record.
    pub issues: &'a [Issue],
    /// Where data could not be had.
    pub shortfalls: &'a [Shortfall],
    /// The texts.
    pub speaker: Speaker<'a>,
    /// Where cards link to.
    pub presentation: &'a Presentation,
}

impl View<'_> {
    /// A text of the section `[card]` with its words filled in.
    fn text(&self, key: &str, words: &[(&str, &str)]) -> String {
        self.text_of("card", key, words)
    }

    /// A text of a section with its words filled in.
    fn text_of(&self, section: &str, key: &str, words: &[(&str, &str)]) -> String {
        fill(self.speaker.say(section, key), words)
    }
}

/// What is particular to one card.
struct Parts<'p> {
    summary: String,
    detail: String,
    severity: Severity,
    /// What it is about, in our CodeSystem of topics or of instruments.
    topic: Topic<'p>,
    /// The rule to read on about.
    rule: Option<&'static str>,
    suggestions: Vec<Suggestion>,
    selection: SelectionBehavior,
    orders: Vec<String>,
    said: Vec<Said>,
}

/// What a card is about.
enum Topic<'p> {
    /// The guidance as a whole.
    Guidance,
    /// A kind of concern about an order.
    Order(&'static str, &'p str),
}

/// Our own words as they stand in Markdown.
pub(super) fn own_words(text: &str) -> String {
    markdown::Inline::own(text).into_text()
}

/// The scores that an overview shows, but the adjusted ones, that have come to one band.
pub(super) fn settled<'a>(view: &View<'a>) -> impl Iterator<Item = &'a Score> + use<'a> {
    let levels = levels::decisive(view.assessment);
    detail::shown_raw(view, &levels).filter(|score| score.band().is_some())
}

/// The one card of an overview.
pub(super) fn overview(view: &View<'_>, filed: &[Filed]) -> Candidate {
    let severity = severity(view.assessment);
    let rule = view.assessment.alerts.first().map(|alert| alert.rule.id);
    let mut suggestions = suggestion::for_missing(view, &suggestion::scored_needs(view), false);
    suggestions.extend(suggestion::filing(view, filed));
    let key = suppression::of_overview(view.patient, "overview", severity, view.assessment);
    candidate(
        view,
        Parts {
            summary: summary::summary(view),
            detail: detail::detail(view),
            severity,
            topic: Topic::Guidance,
            rule,
            suggestions,
            selection: SelectionBehavior::Any,
            orders: Vec::new(),
            said: vec![Said { rule: "overview", severity: severity.key(), ordered: None, key }],
        },
    )
}

/// The card of a service that would be silent, and could not look: what could not be had, and that somebody must look.
pub(super) fn not_checked(view: &View<'_>) -> Candidate {
    const RULE: &str = "not-checked";
    let mut markdown = markdown::Markdown::default();
    detail::not_had(view, &mut markdown);
    sources::close(view, &["CN-1.5-MDT"], &mut markdown);
    let key = suppression::of_shortfalls(view.patient, RULE, view.service.id(), view.shortfalls);
    candidate(
        view,
        Parts {
            summary: summary::shortened(view.speaker.say("card.not-checked", view.service.id())),
            detail: markdown.finish(),
            severity: Severity::Info,
            topic: Topic::Guidance,
            rule: None,
            suggestions: Vec::new(),
            selection: SelectionBehavior::Any,
            orders: Vec::new(),
            said: vec![Said { rule: RULE, severity: Severity::Info.key(), ordered: None, key }],
        },
    )
}

/// Makes a card of its parts.
fn candidate(view: &View<'_>, parts: Parts<'_>) -> Candidate {
    let fields = [view.hook_instance, view.service.id(), view.patient, &parts.summary, &parts.detail];
    let uuid = uuid::of(&fields);
    let mut suggestions = parts.suggestions;
    for (position, suggestion) in suggestions.iter_mut().enumerate() {
        suggestion.uuid = uuid::of(&[&uuid, &position.to_string(), &suggestion.label]);
    }
    let is_about_order = !matches!(parts.topic, Topic::Guidance);
    let references: Vec<Reference> =
        parts.orders.into_iter().map(|reference| Reference { reference }).collect();
    let mut extension = BTreeMap::new();
    if !references.is_empty() {
        extension.insert(ORDER_EXTENSION, references);
    }
    let card = Card {
        uuid,
        indicator: indicator(parts.severity),
        source: Source { label: "Spinemet", url: SOURCE_URL, topic: topic(view, &parts.topic) },
        selection_behavior: (!suggestions.is_empty()).then_some(parts.selection),
        suggestions,
        override_reasons: override_reasons(view.speaker, is_about_order),
        links: links(view, parts.rule),
        extension,
        summary: parts.summary,
        detail: parts.detail,
    };
    let fold_heading = view.speaker.say("card.order", "fold-heading").to_owned();
    Candidate { card, said: parts.said, fold_heading }
}

fn topic(view: &View<'_>, topic: &Topic<'_>) -> Coding {
    match topic {
        Topic::Guidance => Coding {
            system: INSTRUMENT_SYSTEM,
            code: GUIDANCE,
            display: view.speaker.say("instrument", GUIDANCE).to_owned(),
        },
        Topic::Order(code, display) => {
            Coding { system: ORDER_TOPIC_SYSTEM, code, display: (*display).to_owned() }
        }
    }
}

/// As urgent as the most urgent alert or interval. The engine calls nothing critical but what specification F.4 does.
fn severity(assessment: &Assessment) -> Severity {
    let alerts = assessment.alerts.iter().map(|alert| alert.kind.severity());
    alerts.chain(assessment.timers.iter().map(Timer::severity)).min().unwrap_or(Severity::Info)
}

const fn indicator(severity: Severity) -> Indicator {
    match severity {
        Severity::Critical => Indicator::Critical,
        Severity::Warning => Indicator::Warning,
        Severity::Info => Indicator::Info,
    }
}

fn override_reasons(speaker: Speaker<'_>, is_about_order: bool) -> Vec<Coding> {
    let reason =
        |system, code| Coding { system, code, display: speaker.say("card.override-reason", code).to_owned() };
    let own = OWN_REASONS.into_iter().filter(|_| is_about_order).map(|code| reason(OWN_REASON_SYSTEM, code));
    own.chain(HL7_REASONS.into_iter().map(|code| reason(HL7_REASON_SYSTEM, code))).collect()
}

/// The rule on the page about the knowledge, the assessment and the app, where the settings name them.
fn links(view: &View<'_>, rule: Option<&'static str>) -> Vec<Link> {
    let presentation = view.presentation;
    let say = |key: &str| view.speaker.say("card.link", key).to_owned();
    let rule = rule.zip(presentation.base_url.as_deref()).map(|(rule, base)| Link {
        label: view.text_of("card.link", "rule", &[("rule", rule)]),
        url: format!("{base}/knowledge?language={}#{rule}", view.speaker.language().tag()),
        kind: LinkType::Absolute,
    });
    let assessment = presentation.assessment_page_url.as_ref().map(|url| Link {
        label: say("assessment"),
        url: url.clone(),
        kind: LinkType::Absolute,
    });
    let app = presentation.smart_app_url.as_ref().map(|url| Link {
        label: say("app"),
        url: url.clone(),
        kind: LinkType::Smart,
    });
    [assessment, app, rule].into_iter().flatten().collect()
}
