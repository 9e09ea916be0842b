//! A card about one very order: what is wrong with it, what to do, and what that rests on.

use jiff::civil::Date;
use spinemet_engine::clinical::{Domain, Evidence, Place, Statement};
use spinemet_engine::guidance::order::{Concern, ConcernKind, Order, Ordered};
use spinemet_engine::guidance::{Elapsed, Hold, Severity, Timer, TimerKind, TimerState, hold};

use super::markdown::{Inline, Markdown};
use super::{Parts, Topic, View, candidate, detail, sources, suggestion, summary};
use crate::cds_hooks::answer::{Candidate, Said};
use crate::cds_hooks::drafts::Draft;
use crate::cds_hooks::suppression;
use crate::texts::fill;
use crate::wording::{capitalised, distinct};

const SECTION: &str = "card.order";
const SUMMARY: &str = "card.order.summary";
const SENTENCE: &str = "card.order.sentence";

/// The most records that are listed.
const MOST_RECORDS: usize = 12;

/// The card about an order; `concerns` come the most urgent first and are not empty.
pub(in crate::cds_hooks) fn order(
    view: &View<'_>,
    draft: &Draft<'_>,
    concerns: &[Concern],
    mri_is_ordered: bool,
) -> Option<Candidate> {
    let first = concerns.first()?;
    let order = &draft.order;
    let words = Words::of(view, order);
    let (suggestions, selection) = suggestion::for_order(view, draft, concerns, mri_is_ordered);
    let said = concerns.iter().filter_map(|concern| {
        let rule = concern.rules.first()?.id;
        let key = suppression::of_concern(view.patient, rule, order, concern);
        Some(Said { rule, severity: concern.severity.key(), ordered: Some(order.ordered.key()), key })
    });
    Some(candidate(
        view,
        Parts {
            summary: summary::shortened(&summary_of(view, order, &words, first)),
            detail: detail(view, draft, &words, concerns),
            severity: first.severity,
            topic: Topic::Order(first.kind.key(), view.speaker.say("concern", first.kind.key())),
            rule: first.rules.first().map(|rule| rule.id),
            suggestions,
            selection,
            orders: draft.reference.iter().cloned().collect(),
            said: said.collect(),
        },
    ))
}

/// What is ordered, in words.
pub(super) struct Words {
    pub ordered: String,
    pub level: String,
}

impl Words {
    fn of(view: &View<'_>, order: &Order) -> Self {
        let level = match order.place {
            Place::At(vertebra) => view.text("level", &[("level", vertebra.key())]),
            Place::Unstated => String::new(),
        };
        Self { ordered: ordered(view, order.ordered).to_owned(), level }
    }
}

fn ordered<'v>(view: &'v View<'_>, ordered: Ordered) -> &'v str {
    let section = match ordered {
        Ordered::Procedure(_) => "procedure",
        Ordered::Drug(_) => "drug",
    };
    view.speaker.say(section, ordered.key())
}

/// The concern that leads, with the action in it.
fn summary_of(view: &View<'_>, order: &Order, words: &Words, concern: &Concern) -> String {
    let key = match (concern.kind, &concern.timer) {
        (ConcernKind::Interval, Some(timer)) => timer_key(timer, order),
        (ConcernKind::Contraindicated, _) if concern.severity != Severity::Critical => {
            "contraindicated-somewhere"
        }
        (kind, _) => kind.key(),
    };
    let drug =
        concern.timer.as_ref().and_then(|timer| timer.drug).map(|drug| view.speaker.say("drug", drug.key()));
    let drug = drug.unwrap_or(&words.ordered);
    let reasons: Vec<String> =
        concern.reasons.iter().take(2).map(|reason| view.speaker.judged(reason)).collect();
    let needs: Vec<&str> = concern.needs.iter().map(|need| view.speaker.say("input", need.key())).collect();
    let elapsed = match (&concern.timer, &concern.restart) {
        (Some(timer), _) => elapsed(view, timer.elapsed),
        (_, Some(restart)) => {
            elapsed(view, Some(Elapsed::Days { least: restart.least_days, most: Some(restart.most_days) }))
        }
        _ => String::new(),
    };
    let date = earliest(concern)
        .map_or_else(|| view.speaker.say(SECTION, "open-end").to_owned(), |date| date.to_string());
    let advised = advised(concern).map(|days| days.to_string()).unwrap_or_default();
    let fields = [
        ("order", words.ordered.as_str()),
        ("Order", &capitalised(&words.ordered)),
        ("level", &words.level),
        ("drug", drug),
        ("Drug", &capitalised(drug)),
        ("reasons", &view.speaker.list(&reasons)),
        ("needs", &view.speaker.list(&needs)),
        ("elapsed", &elapsed),
        ("date", &date),
        ("advised", &advised),
    ];
    fill(view.speaker.say(SUMMARY, key), &fields)
}

/// Which sentence an interval leads with: by its kind, by what is known, and by which of its two ends is the order.
fn timer_key(timer: &Timer, order: &Order) -> &'static str {
    let is_drug = matches!(order.ordered, Ordered::Drug(_));
    let is = |state: TimerState| timer.states.contains(state);
    let is_measured = timer.elapsed.is_some() && !is(TimerState::Unknown);
    match timer.kind {
        TimerKind::DrugToOperation if is(TimerState::NoFigure) => "drug-to-operation-no-figure",
        TimerKind::DrugToOperation if is(TimerState::NoOperationDate) && is_drug => {
            "drug-to-operation-no-date-for-drug"
        }
        TimerKind::DrugToOperation if is(TimerState::NoOperationDate) => "drug-to-operation-no-date",
        TimerKind::DrugToOperation if is_drug => "drug-to-operation-for-drug",
        TimerKind::DrugToOperation if is_measured && timer.earliest.is_some() => "drug-to-operation",
        TimerKind::DrugToOperation => "drug-to-operation-open",
        TimerKind::RadiotherapyToOperation if is_measured && timer.earliest.is_some() => {
            "radiotherapy-to-operation"
        }
        TimerKind::RadiotherapyToOperation => "radiotherapy-to-operation-open",
        TimerKind::OperationToRadiotherapy | TimerKind::AugmentationToRadiotherapy
            if is_measured && timer.earliest.is_some() =>
        {
            "operation-to-radiotherapy"
        }
        TimerKind::OperationToRadiotherapy | TimerKind::AugmentationToRadiotherapy => {
            "operation-to-radiotherapy-open"
        }
        TimerKind::SeparationToSsrs if is(TimerState::TooLate) => "separation-to-ssrs-late",
        TimerKind::SeparationToSsrs if is_measured && timer.earliest.is_some() => "separation-to-ssrs-early",
        TimerKind::SeparationToSsrs => "separation-to-ssrs-open",
        TimerKind::EmbolisationToOperation if is_measured => "embolisation-to-operation",
        TimerKind::EmbolisationToOperation => "embolisation-to-operation-open",
    }
}

/// How long it is from one treatment to the other, in words.
pub(super) fn elapsed(view: &View<'_>, elapsed: Option<Elapsed>) -> String {
    let say = |key: &str, least: i32, most: i32| {
        view.text_of(SECTION, key, &[("least", &least.to_string()), ("most", &most.to_string())])
    };
    match elapsed {
        None => view.speaker.say(SECTION, "open-end").to_owned(),
        Some(Elapsed::Days { least, most: Some(most) }) if least == most => say("days", least, most),
        Some(Elapsed::Days { least, most: Some(most) }) => say("days-range", least, most),
        Some(Elapsed::Days { least, most: None }) => say("days-from", least, least),
        Some(Elapsed::Hours { least, most }) => say("hours", least, most),
    }
}

/// The first day on which the interval would be kept.
pub(super) fn earliest(concern: &Concern) -> Option<Date> {
    let timer = concern.timer.as_ref().and_then(|timer| timer.earliest);
    timer.or_else(|| concern.restart.as_ref().and_then(|restart| restart.earliest))
}

/// The days that are advised: for a drug the longest of its figures.
fn advised(concern: &Concern) -> Option<i32> {
    if let Some(restart) = &concern.restart {
        return Some(restart.label_days);
    }
    match hold(concern.timer.as_ref()?.drug?) {
        Hold::Figures { figures, .. } => figures.iter().map(|figure| i32::from(figure.days)).max(),
        _ => None,
    }
}

fn detail(view: &View<'_>, draft: &Draft<'_>, words: &Words, concerns: &[Concern]) -> String {
    let mut markdown = Markdown::default();
    markdown.paragraph(&about(view, draft, words));
    let sentences = concerns.iter().map(|concern| {
        let sentence = Inline::own(&sentence(view, words, concern));
        if concern.severity == Severity::Info { sentence } else { sentence.bold() }
    });
    markdown.bullets(&sentences.collect::<Vec<_>>());
    let needs = distinct(concerns.iter().flat_map(|concern| &concern.needs));
    let needs = needs.iter().map(|need| Inline::own(view.speaker.say("input", need.key())));
    markdown.list(view.speaker.say(SECTION, "needs-heading"), &needs.collect::<Vec<_>>());
    evidence(view, concerns, &mut markdown);
    detail::scores(view, &mut markdown);
    detail::not_had(view, &mut markdown);
    let mut rules: Vec<&str> =
        concerns.iter().flat_map(|concern| &concern.rules).map(|rule| rule.id).collect();
    rules.push("CN-1.5-MDT");
    sources::close(view, &distinct(rules.into_iter()), &mut markdown);
    markdown.finish()
}

/// Names the very order: what, where, when, and its reference.
fn about(view: &View<'_>, draft: &Draft<'_>, words: &Words) -> Inline {
    const REFERENCE: &str = "{reference}";
    let date = match &draft.order.evidence.effective {
        Some(date) => view.text_of(SECTION, "date", &[("date", date.text())]),
        None => view.speaker.say(SECTION, "no-date").to_owned(),
    };
    let key = if draft.reference.is_some() { "about" } else { "about-unnamed" };
    let fields = [("order", words.ordered.as_str()), ("level", &words.level), ("date", &date)];
    let text = view.text_of(SECTION, key, &fields);
    let (before, after) = text.split_once(REFERENCE).unwrap_or((&text, ""));
    let reference = Inline::foreign(draft.reference.as_deref().unwrap_or_default());
    Inline::joined(&[Inline::own(before), reference, Inline::own(after)], "")
}

/// A concern in a sentence, with its rules.
fn sentence(view: &View<'_>, words: &Words, concern: &Concern) -> String {
    if let Some(timer) = &concern.timer {
        return view.speaker.timer(timer);
    }
    let reasons: Vec<String> = concern
        .reasons
        .iter()
        .map(|reason| {
            format!("{} [{}]", view.speaker.say("predicate", reason.predicate.key()), reason.rule.id)
        })
        .collect();
    let failed: Vec<String> = concern
        .reasons
        .iter()
        .map(|reason| format!("{} [{}]", view.speaker.judged(reason), reason.rule.id))
        .collect();
    let reasons = if concern.kind == ConcernKind::CriteriaNotMet { failed } else { reasons };
    let restart = concern.restart.as_ref();
    let days =
        restart.map(|restart| Elapsed::Days { least: restart.least_days, most: Some(restart.most_days) });
    let date = earliest(concern).map(|date| date.to_string()).unwrap_or_default();
    let advised = advised(concern).map(|days| days.to_string()).unwrap_or_default();
    let fields = [
        ("Drug", capitalised(&words.ordered)),
        ("level", view.speaker.level(concern.place)),
        ("reasons", view.speaker.list(&reasons)),
        ("elapsed", elapsed(view, days)),
        ("date", date),
        ("advised", advised),
    ];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, word)| (*name, word.as_str())).collect();
    let text = fill(view.speaker.say(SENTENCE, concern.kind.key()), &fields);
    if concern.reasons.is_empty() {
        let rules: Vec<&str> = concern.rules.iter().map(|rule| rule.id).collect();
        return format!("{text} [{}]", view.speaker.list(&rules));
    }
    text
}

/// The records behind the concerns, with their dates.
fn evidence(view: &View<'_>, concerns: &[Concern], markdown: &mut Markdown) {
    let say = |key: &str| view.speaker.say(SECTION, key);
    let records = distinct(concerns.iter().flat_map(|concern| &concern.evidence));
    let rows: Vec<[Inline; 3]> =
        records.into_iter().take(MOST_RECORDS).map(|record| row(view, record)).collect();
    let header = [say("evidence-what"), say("evidence-date"), say("evidence-record")];
    markdown.table(say("evidence-heading"), header, &rows);
}

fn row(view: &View<'_>, record: &Evidence) -> [Inline; 3] {
    let facts = view.assessment.case.facts.iter().map(|(fact, _)| fact);
    let mut statements = facts.filter(|fact| fact.evidence == *record).map(|fact| &fact.statement);
    let code = record.code.as_ref().map(|code| Inline::foreign(&code.code));
    let date = record.effective.as_ref().map(|date| Inline::foreign(date.text()));
    [
        statements.find_map(|statement| treatment(view, statement)).or(code).unwrap_or_default(),
        date.unwrap_or_else(|| Inline::own(view.speaker.say("sentence", "unknown"))),
        Inline::foreign(&record.resource),
    ]
}

/// A drug or procedure and how it stands, in words.
fn treatment(view: &View<'_>, statement: &Statement) -> Option<Inline> {
    let (what, how) = match statement {
        Statement::Drug(drug, taken) => {
            (view.speaker.say("drug", drug.key()), view.speaker.say("drug-use", taken.key()))
        }
        Statement::Procedure(procedure, state, _) => {
            (view.speaker.say("procedure", procedure.key()), view.speaker.say("procedure-state", state.key()))
        }
        _ => return None,
    };
    Some(Inline::own(&format!("{what}{}{how}", view.speaker.say("card", "comma"))))
}
