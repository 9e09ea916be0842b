//! Why a card was or was not shown, and how rules fare with those who see them.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use serde::Serialize;

use super::answer::{Fate, Silence};
use super::service::Service;
use crate::texts::Speaker;

/// How many silent calls are remembered. They are kept in memory alone: that a call was silent is soon of no interest, and
/// nothing of a patient whom nothing concerns is stored.
const REMEMBERED: usize = 8192;

/// From how many cases on, and from which share of overrides, a rule is flagged.
const FLAG_CASES: i64 = 50;
const FLAG_PERCENT: i64 = 90;

/// The calls that had nothing to say, the newest last.
#[derive(Debug, Default)]
pub struct SilentCalls(Mutex<VecDeque<(Service, String, Silence)>>);

impl SilentCalls {
    /// Remembers a call.
    pub fn remember(&self, service: Service, hook_instance: &str, silence: Silence) {
        let mut calls = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if calls.len() >= REMEMBERED {
            calls.pop_front();
        }
        calls.push_back((service, hook_instance.to_owned(), silence));
    }

    /// Why a call was silent, as far as it is remembered.
    pub fn why(&self, service: Service, hook_instance: &str) -> Option<Silence> {
        let calls = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut newest = calls.iter().rev();
        newest.find(|(of, call, _)| *of == service && call == hook_instance).map(|(_, _, silence)| *silence)
    }
}

/// The explanation of one call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Explanation {
    /// The service.
    pub service: String,
    /// The call.
    pub hook_instance: String,
    /// Why nothing was said, where nothing was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub silence: Option<Why>,
    /// Each thing that was said, or would have been.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub statements: Vec<ExplainedStatement>,
}

/// A slug and its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Why {
    /// The slug.
    pub code: String,
    /// The words.
    pub text: String,
}

/// One thing that was said, or would have been, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ExplainedStatement {
    /// The card that it belongs to.
    pub card: String,
    /// The card in which it was shown, if another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shown_in: Option<String>,
    /// The rule that leads.
    pub rule: String,
    /// How urgent.
    pub severity: String,
    /// What is ordered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ordered: Option<String>,
    /// What became of it, and why.
    pub fate: Why,
}

/// Why nothing was said, in words.
pub fn silence(silence: Silence, speaker: Speaker<'_>) -> Why {
    Why { code: silence.key().to_owned(), text: speaker.say("card.silence", silence.key()).to_owned() }
}

/// What became of something said, in words.
pub fn fate(key: &str, speaker: Speaker<'_>) -> Why {
    let fate = [Fate::Shown, Fate::Folded, Fate::Suppressed, Fate::Shadow];
    let known = fate.into_iter().map(Fate::key).find(|known| *known == key).unwrap_or("shown");
    Why { code: known.to_owned(), text: speaker.say("card.fate", known).to_owned() }
}

/// How rules fare.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RuleReport {
    /// Each rule that was ever said, in alphabetical order.
    pub rules: Vec<RuleFigures>,
}

/// How one rule fares, in cards.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RuleFigures {
    /// The rule.
    pub rule: String,
    /// Shown, in a card of its own or folded into one.
    pub shown: i64,
    /// Not shown, because it was overridden before.
    pub suppressed: i64,
    /// Not shown, because the service is in shadow mode.
    pub shadow: i64,
    /// Answered by taking a suggestion.
    pub accepted: i64,
    /// Answered by putting it aside.
    pub overridden: i64,
    /// The share of overrides among the answers, in percent, rounded down. Cards that were ignored are never reported.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overridden_percent: Option<i64>,
    /// Whether it is overridden in more than 90 % of at least 50 cases: somebody should look at the rule.
    pub flagged: bool,
}

impl RuleReport {
    /// From how many cards of each rule came to what.
    pub fn of<'c>(counts: impl Iterator<Item = (&'c str, &'c str, i64)>) -> Self {
        let mut rules: BTreeMap<&str, RuleFigures> = BTreeMap::new();
        for (rule, what, cards) in counts {
            let figures = rules.entry(rule).or_default();
            rule.clone_into(&mut figures.rule);
            match what {
                "shown" | "folded" => figures.shown += cards,
                "suppressed" => figures.suppressed += cards,
                "shadow" => figures.shadow += cards,
                "accepted" => figures.accepted += cards,
                "overridden" => figures.overridden += cards,
                _ => {}
            }
        }
        for figures in rules.values_mut() {
            let cases = figures.accepted + figures.overridden;
            figures.overridden_percent = (figures.overridden * 100).checked_div(cases);
            figures.flagged = cases >= FLAG_CASES && figures.overridden * 100 > FLAG_PERCENT * cases;
        }
        Self { rules: rules.into_values().collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_flagged_above_ninety_percent_of_at_least_fifty_cases() {
        for (accepted, overridden, flagged) in [
            (0, 49, false),
            (0, 50, true),
            (5, 45, false),
            (4, 46, true),
            (10, 91, true),
            (10, 90, false),
            (0, 0, false),
        ] {
            let counts = [("R", "accepted", accepted), ("R", "overridden", overridden)];
            let report = RuleReport::of(counts.into_iter());
            assert_eq!(report.rules[0].flagged, flagged, "{accepted} {overridden}");
        }
    }

    #[test]
    fn only_the_newest_silent_calls_are_remembered() {
        let calls = SilentCalls::default();
        for number in 0..=REMEMBERED {
            calls.remember(Service::OrderSign, &number.to_string(), Silence::NoRelevantOrder);
        }
        assert_eq!(calls.why(Service::OrderSign, "0"), None);
        assert_eq!(calls.why(Service::OrderSign, "1"), Some(Silence::NoRelevantOrder));
        assert_eq!(calls.why(Service::OrderSelect, "1"), None);
    }
}
