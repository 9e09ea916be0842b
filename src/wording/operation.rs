//! Sentences about the time around an operation: intervals between treatments, and what makes it riskier.

use spinemet_engine::assessment::Assessment;
use spinemet_engine::clinical::{Domain, Drug, Place};
use spinemet_engine::guidance::{
    DrugClass, Elapsed, Hold, Risk, RiskBasis, Timer, TimerState, Truth, drug_class, hold,
};

use super::distinct;
use crate::texts::Speaker;

impl Speaker<'_> {
    /// Every interval in a sentence, the most urgent first.
    pub fn timers(self, assessment: &Assessment) -> Vec<String> {
        assessment.timers.iter().map(|timer| self.timer(timer)).collect()
    }

    /// One interval: what it is, how it stands, how long, since when it would be kept, what is needed, by which rules.
    pub fn timer(self, timer: &Timer) -> String {
        let about = match (timer.drug, timer.place) {
            (Some(drug), _) => self.sentence("timer-drug", &[("drug", self.say("drug", drug.key()))]),
            (None, place @ Place::At(_)) => self.level(Some(place)),
            (None, Place::Unstated) => String::new(),
        };
        let mut elapsed = timer.elapsed.map_or_else(String::new, |elapsed| self.elapsed(elapsed));
        if let Some(drug) = timer.drug {
            elapsed.push_str(&self.hold(drug));
        }
        elapsed.push_str(&self.kept_on(timer));
        let needs: Vec<&str> = timer.needs.iter().map(|need| self.say("timer-need", need.key())).collect();
        let mut needs = if needs.is_empty() {
            String::new()
        } else {
            self.sentence("timer-needs", &[("needs", &self.list(&needs))])
        };
        if timer.is_suspended {
            needs.push_str(self.say("sentence", "timer-suspended"));
        }
        let rules: Vec<&str> = timer.rules.iter().map(|rule| rule.id).collect();
        let words = [
            ("timer", self.say("timer", timer.kind.key())),
            ("about", &about),
            ("state", &self.timer_states(timer)),
            ("elapsed", &elapsed),
            ("needs", &needs),
            ("rules", &self.list(&rules)),
        ];
        self.sentence("timer", &words)
    }

    /// On which days it would be kept, where it may not be.
    fn kept_on(self, timer: &Timer) -> String {
        let Some(earliest) = timer.earliest.filter(|_| !timer.states.contains(TimerState::Kept)) else {
            return String::new();
        };
        let date = earliest.to_string();
        match timer.latest {
            // So vague a date that no day is certainly inside the window.
            Some(latest) if latest < earliest => String::new(),
            Some(latest) => {
                let latest = latest.to_string();
                self.sentence("timer-window", &[("date", &date), ("latest", &latest)])
            }
            None => self.sentence("timer-earliest", &[("date", &date)]),
        }
    }

    /// How it stands, or may stand. That it is not known is said of the others, where there are any.
    fn timer_states(self, timer: &Timer) -> String {
        let say = |state: TimerState| self.say("timer-state", state.key());
        let known: Vec<&str> =
            timer.states.iter().filter(|state| *state != TimerState::Unknown).map(say).collect();
        let known = known.join(self.say("sentence", "or"));
        match (timer.states.contains(TimerState::Unknown), known.is_empty()) {
            (false, _) => known,
            (true, true) => say(TimerState::Unknown).to_owned(),
            (true, false) => self.sentence("timer-uncertain", &[("states", &known)]),
        }
    }

    fn elapsed(self, elapsed: Elapsed) -> String {
        let words = |least: i32, most: i32| [("least", least.to_string()), ("most", most.to_string())];
        let fill = |key: &str, least: i32, most: i32| {
            let words = words(least, most);
            let words: Vec<(&str, &str)> = words.iter().map(|(name, word)| (*name, word.as_str())).collect();
            self.sentence(key, &words)
        };
        match elapsed {
            Elapsed::Days { least, most: Some(most) } if least == most => fill("timer-days", least, most),
            Elapsed::Days { least, most: Some(most) } => fill("timer-days-range", least, most),
            Elapsed::Days { least, most: None } => fill("timer-days-from", least, least),
            Elapsed::Hours { least, most } => fill("timer-hours", least, most),
        }
    }

    /// The figures of a drug, with their sources.
    fn hold(self, drug: Drug) -> String {
        let Hold::Figures { figures, is_disputed, .. } = hold(drug) else {
            return String::new();
        };
        let mut words: Vec<String> = figures
            .iter()
            .map(|figure| {
                let source = self.say("hold-source", figure.source.key());
                self.sentence("hold-figure", &[("days", &figure.days.to_string()), ("source", source)])
            })
            .collect();
        if is_disputed {
            words.push(self.say("sentence", "hold-disputed").to_owned());
        }
        let mut text = self.sentence("hold-figures", &[("figures", &self.list(&words))]);
        if drug_class(drug) == DrugClass::EgfrInhibitor {
            text.push_str(self.say("sentence", "flare"));
        }
        text
    }

    /// What makes an operation riskier: what is present, what is excluded, what is not known.
    pub fn risks(self, assessment: &Assessment) -> Vec<String> {
        let of = |truth: Truth, key: &str| {
            let risks: Vec<&Risk> = assessment.risks.iter().filter(|risk| risk.truth == truth).collect();
            let factors: Vec<String> = risks.iter().map(|risk| self.risk(risk)).collect();
            let rules = distinct(risks.iter().flat_map(|risk| risk.rules).map(|rule| rule.id));
            let words = [("factors", self.list(&factors)), ("rules", self.list(&rules))];
            let words = words.each_ref().map(|(name, word)| (*name, word.as_str()));
            (!risks.is_empty()).then(|| self.sentence(key, &words))
        };
        let kinds = [
            (Truth::True, "risks-present"),
            (Truth::False, "risks-absent"),
            (Truth::Unknown, "risks-unknown"),
        ];
        kinds.into_iter().filter_map(|(truth, key)| of(truth, key)).collect()
    }

    fn risk(self, risk: &Risk) -> String {
        let factor = self.say("risk-factor", risk.factor.key());
        if risk.basis == RiskBasis::NoThreshold {
            return self.sentence("risk-no-threshold", &[("factor", factor)]);
        }
        if risk.truth != Truth::True {
            return factor.to_owned();
        }
        let rules: Vec<&str> = risk.rules.iter().map(|rule| rule.id).collect();
        self.sentence("risk-rules", &[("factor", factor), ("rules", &self.list(&rules))])
    }
}
