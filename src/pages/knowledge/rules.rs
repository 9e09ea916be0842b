//! The rules of the consensus and the rulings on them.

use serde::Serialize;
use spinemet_engine::clinical::Domain;
use spinemet_engine::guidance::{self, Application, RULES, RULINGS};

use super::Named;
use crate::texts::Speaker;

/// A rule in one sentence, with its place and standing.
#[derive(Debug, Serialize)]
pub(super) struct Rule<'t> {
    pub(super) id: &'static str,
    /// Section of the consensus.
    pub(super) section: &'static str,
    /// Lines of the text that the rule was read from.
    pub(super) lines: &'static str,
    pub(super) kind: Named<'t>,
    pub(super) strength: Named<'t>,
    pub(super) application: Named<'t>,
    /// Why it is left out, where it is.
    pub(super) omission: Option<Named<'t>>,
    pub(super) statement: &'t str,
}

/// A ruling in one sentence, with the rules that it reads.
#[derive(Debug, Serialize)]
pub(super) struct Ruling<'t> {
    pub(super) id: &'static str,
    pub(super) slug: &'static str,
    pub(super) statement: &'t str,
    pub(super) rules: Vec<&'static str>,
}

pub(super) fn all(speaker: Speaker<'_>) -> Vec<Rule<'_>> {
    RULES.iter().map(|rule| of(speaker, *rule)).collect()
}

pub(super) fn rulings(speaker: Speaker<'_>) -> Vec<Ruling<'_>> {
    let ruling = |ruling: &guidance::Ruling| Ruling {
        id: ruling.id,
        slug: ruling.slug,
        statement: speaker.say("ruling", ruling.id),
        rules: ruling.rules.iter().map(|rule| rule.id).collect(),
    };
    RULINGS.iter().map(ruling).collect()
}

fn of(speaker: Speaker<'_>, rule: guidance::Rule) -> Rule<'_> {
    Rule {
        id: rule.id,
        section: rule.section,
        lines: rule.lines,
        kind: Named::of(speaker, "rule-kind", rule.kind.key()),
        strength: Named::of(speaker, "strength", rule.strength.key()),
        application: Named::of(speaker, "application", rule.application.key()),
        omission: match rule.application {
            Application::LeftOut(omission) => Some(Named::of(speaker, "omission", omission.key())),
            Application::Executable | Application::Shown => None,
        },
        statement: speaker.say("rule", rule.id),
    }
}
