//! Cards as an encounter begins and ends: only what cannot wait, and only what must follow.

use spinemet_engine::clinical::Domain;
use spinemet_engine::guidance::{Alert, Severity, Timer, TimerKind, TimerState};

use super::markdown::{Inline, Markdown};
use super::{Parts, Topic, View, candidate, detail, sources, suggestion, summary};
use crate::cds_hooks::answer::{Candidate, Said};
use crate::cds_hooks::response::SelectionBehavior;
use crate::cds_hooks::suppression;

/// What must be seen first: alerts and intervals that are at least a warning. None, no card.
pub(in crate::cds_hooks) fn urgency(view: &View<'_>) -> Option<Candidate> {
    let alerts: Vec<&Alert> =
        view.assessment.alerts.iter().filter(|alert| alert.kind.severity() < Severity::Info).collect();
    let timers: Vec<&Timer> =
        view.assessment.timers.iter().filter(|timer| timer.severity() < Severity::Info).collect();
    let of_alerts = alerts.iter().map(|alert| Said {
        rule: alert.rule.id,
        severity: alert.kind.severity().key(),
        ordered: None,
        key: suppression::of_alert(view.patient, view.assessment, alert),
    });
    let said: Vec<Said> = of_alerts.chain(timers.iter().filter_map(|timer| said(view, timer))).collect();
    let severity = super::severity(view.assessment);
    let summary = match (alerts.first(), timers.first()) {
        (None, None) => return None,
        (Some(_), _) => summary::summary(view),
        (None, Some(timer)) => timer_summary(view, timer),
    };
    let rule = said.first().map(|said| said.rule);
    Some(candidate(
        view,
        Parts {
            summary,
            detail: detail::urgent(view),
            severity,
            topic: Topic::Guidance,
            rule,
            suggestions: suggestion::for_missing(view, &suggestion::urgent_needs(view), false),
            selection: SelectionBehavior::Any,
            orders: Vec::new(),
            said,
        },
    ))
}

/// What must follow after the encounter: intervals that run on and are not simply kept. None, no card.
pub(in crate::cds_hooks) fn follow_up(view: &View<'_>) -> Option<Candidate> {
    let timers: Vec<&Timer> = view.assessment.timers.iter().filter(|timer| runs_on(timer)).collect();
    let first = timers.first()?;
    let said: Vec<Said> = timers.iter().filter_map(|timer| said(view, timer)).collect();
    let mut markdown = Markdown::default();
    let items = timers.iter().map(|timer| Inline::own(&view.speaker.timer(timer)));
    markdown.list(view.speaker.say("card.follow-up", "heading"), &items.collect::<Vec<_>>());
    let mut rules: Vec<&str> = timers.iter().flat_map(|timer| timer.rules).map(|rule| rule.id).collect();
    rules.dedup();
    sources::close(view, &rules, &mut markdown);
    let booking = timers.iter().filter_map(|timer| suggestion::booking(view, timer));
    Some(candidate(
        view,
        Parts {
            summary: timer_summary(view, first),
            detail: markdown.finish(),
            severity: first.severity(),
            topic: Topic::Guidance,
            rule: first.rules.first().map(|rule| rule.id),
            suggestions: booking.collect(),
            selection: SelectionBehavior::Any,
            orders: Vec::new(),
            said,
        },
    ))
}

fn said(view: &View<'_>, timer: &Timer) -> Option<Said> {
    let rule = timer.rules.first()?.id;
    let key = suppression::of_timer(view.patient, rule, timer);
    Some(Said { rule, severity: timer.severity().key(), ordered: None, key })
}

/// Whether something has to follow what was done.
fn runs_on(timer: &Timer) -> bool {
    let follows = matches!(
        timer.kind,
        TimerKind::OperationToRadiotherapy
            | TimerKind::SeparationToSsrs
            | TimerKind::AugmentationToRadiotherapy
    );
    follows && timer.states.single() != Some(TimerState::Kept)
}

fn timer_summary(view: &View<'_>, timer: &Timer) -> String {
    let key = match timer.kind {
        TimerKind::SeparationToSsrs if timer.severity() == Severity::Critical => "separation-to-ssrs-late",
        TimerKind::SeparationToSsrs if timer.earliest.is_some() => "separation-to-ssrs",
        TimerKind::AugmentationToRadiotherapy => "augmentation-to-radiotherapy",
        TimerKind::OperationToRadiotherapy if timer.elapsed.is_some() => "operation-to-radiotherapy",
        _ => "other",
    };
    let elapsed = super::order::elapsed(view, timer.elapsed);
    let date = timer.earliest.map(|date| date.to_string()).unwrap_or_default();
    let words = view.speaker.timer(timer);
    summary::shortened(&view.text_of(
        "card.follow-up",
        key,
        &[("elapsed", &elapsed), ("date", &date), ("timer", &words)],
    ))
}
