//! What an assessment says, in sentences: the same words for narratives, cards, tables and pages.

mod operation;

use std::borrow::Borrow;

use spinemet_engine::assessment::{Assessment, MissingInput, VerdictEffect};
use spinemet_engine::clinical::{Domain, Place, Standing};
use spinemet_engine::guidance::{Alert, Reason, Role, Truth, Verdict, VerdictKind};
use spinemet_engine::scoring::{PointSet, Reachable, Score, ScoredItem};

use crate::texts::{Speaker, fill};

impl<'t> Speaker<'t> {
    /// Words as a list within a clause.
    pub fn list<S: Borrow<str>>(self, words: &[S]) -> String {
        words.join(self.say("sentence", "list-separator"))
    }

    /// Clauses beside each other in a sentence.
    pub fn clauses<S: Borrow<str>>(self, clauses: &[S]) -> String {
        clauses.join(self.say("sentence", "clause-separator"))
    }

    /// The instrument by its full name.
    pub fn instrument(self, score: &Score) -> &'t str {
        self.say("instrument", score.instrument.key())
    }

    /// ` at T12`, or nothing for a score of the whole patient.
    pub fn level(self, place: Option<Place>) -> String {
        match place {
            None => String::new(),
            Some(Place::At(vertebra)) => self.sentence("at-level", &[("level", vertebra.key())]),
            Some(Place::Unstated) => self.say("sentence", "level-unstated").to_owned(),
        }
    }

    /// The score in one sentence: its total or what remains possible, and the bands.
    pub fn score(self, score: &Score) -> String {
        let instrument = self.instrument(score);
        let level = self.level(score.place);
        let totals = self.reachable(score);
        let bands: Vec<&str> = score.bands.iter().map(|band| self.say("band", band.key())).collect();
        if let Reachable::Decisions(_) = score.reachable {
            let key = if bands.len() == 1 { "decision-one" } else { "decisions" };
            let bands = self.clauses(&bands);
            return self.sentence(key, &[("instrument", instrument), ("level", &level), ("bands", &bands)]);
        }
        match bands.as_slice() {
            [band] => {
                let key = if score.is_settled() { "score-settled" } else { "score-one-band" };
                let totals = ("totals", totals.as_str());
                self.sentence(
                    key,
                    &[
                        ("instrument", instrument),
                        ("level", &level),
                        totals,
                        ("total", totals.1),
                        ("band", band),
                    ],
                )
            }
            bands => {
                let bands = self.clauses(bands);
                self.sentence(
                    "score-range",
                    &[("instrument", instrument), ("level", &level), ("totals", &totals), ("bands", &bands)],
                )
            }
        }
    }

    /// The total or grade, or everything that remains possible.
    pub fn reachable(self, score: &Score) -> String {
        match score.reachable {
            Reachable::Totals(totals) => {
                self.totals(totals, score.instrument.range().map_or(0, |(_, greatest)| greatest))
            }
            Reachable::Decisions(decisions) => {
                let list: Vec<&str> =
                    decisions.iter().map(|decision| self.say("band", decision.key())).collect();
                list.join(self.say("sentence", "or"))
            }
            Reachable::Grades(grades) => {
                let list: Vec<&str> =
                    grades.iter().map(|grade| self.say("value.escc-grade", grade.key())).collect();
                let key = if list.len() == 1 { "grade-one" } else { "grades-list" };
                let list = self.list(&list);
                self.sentence(key, &[("grade", &list), ("list", &list)])
            }
        }
    }

    fn totals(self, totals: PointSet, greatest: u8) -> String {
        let list: Vec<String> = totals.iter().map(|total| total.to_string()).collect();
        let greatest = greatest.to_string();
        match (list.as_slice(), totals.min(), totals.max()) {
            ([total], _, _) => self.sentence("total-one", &[("total", total), ("greatest", &greatest)]),
            (_, Some(least), Some(most)) if list.len() == usize::from(most - least) + 1 => {
                let (least, most) = (least.to_string(), most.to_string());
                self.sentence("totals-range", &[("least", &least), ("greatest", &most)])
            }
            _ => self.sentence("totals-list", &[("list", &self.list(&list))]),
        }
    }

    /// The values that an item may have, in words; "unknown" where nothing is known of it.
    pub fn values(self, item: &ScoredItem) -> String {
        if matches!(item.standing, Standing::NotRecorded | Standing::Stale) && !item.is_settled() {
            return self.say("sentence", "unknown").to_owned();
        }
        let section = format!("value.{}", item.item.key());
        let values: Vec<&str> = item.values.iter().map(|value| self.say(&section, value)).collect();
        values.join(self.say("sentence", "or"))
    }

    /// The points that an item may have: `2`, `0, 1, 2`, or nothing for a grade.
    pub fn points(self, item: &ScoredItem) -> String {
        self.list(&item.points.iter().map(|points| points.to_string()).collect::<Vec<_>>())
    }

    /// What a reader must know about an item: how it stands, where that matters, and the remarks.
    pub fn remarks(self, item: &ScoredItem) -> String {
        let standing = match item.standing {
            Standing::Known => None,
            other => Some(self.say("standing", other.key())),
        };
        let remarks = item.remarks.iter().map(|remark| self.say("remark", remark.key()));
        let assignments =
            item.assignments.iter().filter(|_| !item.is_settled() || item.assignments.len() == 1);
        let grounds = assignments
            .filter(|assignment| assignment.status.key() != "named")
            .map(|assignment| self.say("assignment", assignment.status.key()));
        self.clauses(&distinct(standing.into_iter().chain(remarks).chain(grounds)))
    }

    /// The verdict on one option, without its reasons.
    pub fn verdict(self, verdict: &Verdict) -> String {
        let words = [
            ("option", self.say("option", verdict.option.key())),
            ("level", &self.level(verdict.place)),
            ("verdict", self.say("verdict", verdict.kind.key())),
        ];
        self.sentence("verdict-line", &words)
    }

    /// Why the verdict is so, with the rules, and what it needs.
    pub fn reasons(self, verdict: &Verdict) -> String {
        let reasons: Vec<String> = verdict
            .reasons
            .iter()
            .filter(|reason| is_decisive(verdict.kind, reason))
            .map(|reason| self.reason(reason))
            .collect();
        let mut parts = Vec::new();
        if !reasons.is_empty() {
            parts.push(self.clauses(&reasons));
        }
        if !verdict.needs.is_empty() {
            let needs: Vec<&str> = verdict.needs.iter().map(|input| self.say("input", input.key())).collect();
            parts.push(self.sentence("verdict-needs", &[("inputs", &self.list(&needs))]));
        }
        if matches!(verdict.kind, VerdictKind::Option | VerdictKind::Relative)
            && !verdict.afterwards.is_empty()
        {
            let rules: Vec<&str> = verdict.afterwards.iter().map(|rule| rule.id).collect();
            parts.push(self.sentence("verdict-afterwards", &[("rules", &self.list(&rules))]));
        }
        parts.join(self.say("sentence", "sentence-separator"))
    }

    fn reason(self, reason: &Reason) -> String {
        format!("{}{}", self.judged(reason), self.in_brackets(reason.rule.id))
    }

    /// A criterion and whether it holds, without its rule. One that does not hold has words of its own where a "not" before
    /// it would be hard to read.
    pub fn judged(self, reason: &Reason) -> String {
        let key = reason.predicate.key();
        if reason.truth == Truth::False && self.knows("unmet", key) {
            return self.say("unmet", key).to_owned();
        }
        let truth = match reason.truth {
            Truth::True => "true",
            Truth::False => "false",
            Truth::Unknown => "unknown",
        };
        fill(self.say("truth", truth), &[("predicate", self.say("predicate", key))])
    }

    /// An alert with its level and rule.
    pub fn alert(self, alert: &Alert) -> String {
        let words = self.say("alert", alert.kind.key());
        let rule = self.in_brackets(alert.rule.id);
        match alert.place {
            Some(Place::At(vertebra)) => {
                format!("{}{}{words}{rule}", vertebra.key(), self.say("card", "colon"))
            }
            Some(Place::Unstated) | None => format!("{words}{rule}"),
        }
    }

    fn in_brackets(self, text: &str) -> String {
        fill(self.say("card", "in-brackets"), &[("text", text)])
    }

    /// What is missing, the most decisive first: each input of a score in its own sentence with what it would change,
    /// the inputs that only the guidance asks for in one, and which of these may decide alone or can change nothing.
    pub fn missing(self, assessment: &Assessment) -> Vec<String> {
        let others = assessment.missing.iter().filter(|missing| !missing.input.is_scored());
        let mut sentences = self.missing_in_short(assessment, usize::MAX);
        sentences.extend(self.weight(&others.collect::<Vec<_>>()));
        sentences
    }

    /// The first two with so many of the inputs that only the guidance asks for, and how many there are beside them.
    pub fn missing_in_short(self, assessment: &Assessment, most: usize) -> Vec<String> {
        let (scored, others): (Vec<&MissingInput>, Vec<&MissingInput>) =
            assessment.missing.iter().partition(|missing| missing.input.is_scored());
        let mut sentences = distinct(scored.into_iter().map(|missing| self.missing_input(missing)));
        let mut inputs = distinct(others.iter().map(|missing| self.say("input", missing.input.key())));
        if inputs.is_empty() {
            return sentences;
        }
        let more = inputs.len().saturating_sub(most);
        inputs.truncate(most);
        let mut list = self.list(&inputs);
        if more > 0 {
            let words = fill(self.say("card", "more"), &[("count", &more.to_string())]);
            list = self.list(&[list, words]);
        }
        sentences.push(self.sentence("needs-only-guidance", &[("inputs", &list)]));
        sentences
    }

    /// Which of some missing inputs may settle a verdict alone, and which can change nothing.
    fn weight(self, inputs: &[&MissingInput]) -> Vec<String> {
        let name = |missing: &MissingInput| {
            format!("{}{}", self.say("input", missing.input.key()), self.level(missing.place))
        };
        let alone = inputs.iter().filter_map(|missing| {
            let effects = missing.verdicts.iter().filter(|effect| effect.changes_alone());
            let options = distinct(effects.map(|effect| self.say("option", effect.option.key())));
            let options = self.in_brackets(&self.list(&options));
            missing.verdicts.iter().any(VerdictEffect::changes_alone).then(|| name(missing) + &options)
        });
        let nothing = inputs.iter().filter(|missing| !missing.can_change_band());
        let nothing = nothing.filter(|missing| !missing.can_change_verdict()).map(|missing| name(missing));
        [("needs-alone", distinct(alone)), ("needs-no-effect", distinct(nothing))]
            .into_iter()
            .filter(|(_, inputs)| !inputs.is_empty())
            .map(|(key, inputs)| self.sentence(key, &[("inputs", &self.clauses(&inputs))]))
            .collect()
    }

    /// The inputs on which the record contradicts itself.
    pub fn conflicts(self, assessment: &Assessment) -> Vec<String> {
        let conflicts = assessment.conflicts.iter().map(|state| {
            let input = self.say("input", state.input.key());
            let remarks = distinct(state.remarks.iter().map(|remark| self.say("remark", remark.key())));
            let key = if remarks.is_empty() { "conflict" } else { "conflict-remarked" };
            let (level, remarks) = (self.level(state.place), self.clauses(&remarks));
            self.sentence(key, &[("input", input), ("level", &level), ("remarks", &remarks)])
        });
        distinct(conflicts)
    }

    /// One missing input with what it would change: bands of scores, verdicts that it alone would settle, and verdicts
    /// that it would settle together with others.
    fn missing_input(self, missing: &MissingInput) -> String {
        let changing = missing.effects.iter().filter(|effect| effect.can_change_band);
        let scores = distinct(changing.map(|effect| self.say("instrument", effect.instrument.key())));
        let (alone, together): (Vec<&VerdictEffect>, Vec<&VerdictEffect>) =
            missing.verdicts.iter().partition(|effect| effect.changes_alone());
        let not_tried = together.iter().any(|effect| !effect.is_exact);
        let options = |effects: &[&VerdictEffect]| {
            distinct(effects.iter().map(|effect| self.say("option", effect.option.key())))
        };
        let (alone, together) = (options(&alone), options(&together));
        let together: Vec<&str> = together.into_iter().filter(|option| !alone.contains(option)).collect();
        let clause = |key: &str, word: &str, list: &[&str]| {
            (!list.is_empty()).then(|| self.sentence(key, &[(word, &self.list(list))]))
        };
        let mut effects: Vec<String> = [
            clause("missing-scores", "scores", &scores),
            clause("missing-verdict-alone", "options", &alone),
            clause("missing-verdict-together", "options", &together),
        ]
        .into_iter()
        .flatten()
        .collect();
        if effects.is_empty() {
            effects.push(self.say("sentence", "missing-no-effect").to_owned());
        } else if not_tried && !together.is_empty() {
            effects.push(self.say("sentence", "missing-not-tried").to_owned());
        }
        let words = [
            ("input", self.say("input", missing.input.key())),
            ("level", &self.level(missing.place)),
            ("standing", self.say("standing", missing.standing.key())),
            ("effects", &self.clauses(&effects)),
        ];
        capitalised(&self.sentence("missing-input", &words))
    }

    /// What the missing findings can still make of a verdict; nothing where that is what it says anyway.
    pub fn robustness(self, verdict: &Verdict) -> Option<String> {
        let others: Vec<&str> = verdict
            .reachable
            .iter()
            .filter(|kind| *kind != verdict.kind)
            .map(|kind| self.say("verdict", kind.key()))
            .collect();
        match verdict.kind {
            VerdictKind::InsufficientData => None,
            _ if others.is_empty() && verdict.yields_to.is_empty() => {
                Some(self.say("sentence", "robust").to_owned())
            }
            _ if others.is_empty() => {
                let inputs: Vec<&str> =
                    verdict.yields_to.iter().map(|input| self.say("input", input.key())).collect();
                Some(self.sentence("robust-unless", &[("inputs", &self.list(&inputs))]))
            }
            _ => Some(self.sentence("may-become", &[("verdicts", &others.join(self.say("sentence", "or")))])),
        }
    }
}

/// Whether a reason decides a verdict of this kind, rather than merely standing beside it.
pub(crate) const fn is_decisive(kind: VerdictKind, reason: &Reason) -> bool {
    match kind {
        VerdictKind::Contraindicated => {
            matches!(reason.role, Role::Contraindication) && matches!(reason.truth, Truth::True)
        }
        VerdictKind::NotIndicated => {
            matches!(reason.role, Role::Required) && matches!(reason.truth, Truth::False)
        }
        VerdictKind::InsufficientData => false,
        VerdictKind::Relative => {
            matches!(reason.role, Role::Reservation | Role::Waiver | Role::Strengthening)
        }
        VerdictKind::Option => {
            matches!(reason.role, Role::Required | Role::Strengthening | Role::Qualification)
                && matches!(reason.truth, Truth::True)
        }
    }
}

/// Each once, in the order in which they come.
pub(crate) fn distinct<T: PartialEq>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut seen = Vec::new();
    for one in all {
        if !seen.contains(&one) {
            seen.push(one);
        }
    }
    seen
}

/// A sentence with a capital at its start; Chinese has none.
pub(crate) fn capitalised(sentence: &str) -> String {
    let mut characters = sentence.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}
