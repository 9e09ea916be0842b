//! The answer for people.

use fhir_wire::IssueSeverity;
use spinemet_engine::clinical::Domain;
use spinemet_engine::guidance::{Severity, Verdict, VerdictKind};
use spinemet_engine::scoring::{Instrument, Score};

use super::super::page::{ALARM, FAINT, HEADING, Look, PLAIN, Page, TITLE, WARNING};
use super::super::records::Place;
use crate::assess::Evaluation;
use crate::fhir::Issue;
use crate::texts::Speaker;
use crate::wording::capitalised;

/// The verdicts in the order in which they matter to the reader.
const VERDICTS: [VerdictKind; 5] = [
    VerdictKind::Option,
    VerdictKind::Relative,
    VerdictKind::Contraindicated,
    VerdictKind::InsufficientData,
    VerdictKind::NotIndicated,
];

/// Everything that is said about one patient.
pub(super) fn answer(
    evaluation: &Evaluation<'_>,
    issues: &[Issue],
    place: &Place<'_>,
    speaker: Speaker<'_>,
    look: Look,
) -> Vec<u8> {
    let assessment = &evaluation.assessment;
    let mut sheet = Sheet { page: Page::new(look), speaker };
    sheet.title(&evaluation.record.patient, &format!("{} · {place}", assessment.case.as_of));
    sheet.page.line(0, PLAIN, speaker.say("scope", assessment.scope.key()));
    sheet.alerts(evaluation);
    for score in &assessment.scores {
        sheet.score(score);
    }
    sheet.limits(&assessment.scores);
    sheet.verdicts(&assessment.verdicts);
    sheet.timers(evaluation);
    sheet.list("risks", PLAIN, speaker.risks(assessment));
    sheet.list("conflicts", WARNING, speaker.conflicts(assessment));
    sheet.missing(evaluation);
    sheet.problems(issues);
    if assessment.scope.is_assessed() {
        sheet.page.space();
        sheet.page.line(0, FAINT, speaker.say("sentence", "group-estimate"));
    }
    sheet.page.space();
    sheet.page.into_bytes()
}

/// A page in a language.
struct Sheet<'t> {
    page: Page,
    speaker: Speaker<'t>,
}

impl Sheet<'_> {
    fn title(&mut self, title: &str, subtitle: &str) {
        self.page.line(0, TITLE, title);
        self.page.line(0, FAINT, subtitle);
    }

    fn heading(&mut self, key: &str) {
        self.page.space();
        self.page.line(0, HEADING, self.speaker.say("cli", key));
    }

    fn list(&mut self, heading: &str, style: anstyle::Style, lines: Vec<String>) {
        if !lines.is_empty() {
            self.heading(heading);
            for line in lines {
                self.page.bullet(2, style, &line);
            }
        }
    }

    fn alerts(&mut self, evaluation: &Evaluation<'_>) {
        let alerts = &evaluation.assessment.alerts;
        if alerts.is_empty() {
            return;
        }
        self.heading("alerts");
        for alert in alerts {
            let style = match alert.kind.severity() {
                Severity::Critical => ALARM,
                Severity::Warning => WARNING,
                Severity::Info => PLAIN,
            };
            self.page.bullet(2, style, &self.speaker.alert(alert));
        }
    }

    /// The score in one sentence, its items, and its notes.
    fn score(&mut self, score: &Score) {
        let speaker = self.speaker;
        self.page.space();
        self.page.line(0, HEADING, &speaker.score(score));
        // A grading has no points.
        let has_points = score.totals().is_some();
        let mut header = vec!["narrative-item", "narrative-value"];
        header.extend(has_points.then_some("narrative-points"));
        header.push("narrative-why");
        let header: Vec<&str> = header.into_iter().map(|column| speaker.say("sentence", column)).collect();
        let rows: Vec<Vec<String>> = score
            .items
            .iter()
            .map(|item| {
                let mut row = vec![speaker.say("item", item.item.key()).to_owned(), speaker.values(item)];
                row.extend(has_points.then(|| speaker.points(item)));
                row.push(speaker.remarks(item));
                row
            })
            .collect();
        self.page.table(2, Some(&header), &rows);
        for note in &score.notes {
            self.page.bullet(2, PLAIN, speaker.say("score-note", note.key()));
        }
    }

    /// What each instrument cannot say, once, whatever number of levels it was applied to.
    fn limits(&mut self, scores: &[Score]) {
        let speaker = self.speaker;
        let mut instruments: Vec<Instrument> = scores.iter().map(|score| score.instrument).collect();
        instruments.dedup();
        let limit = |instrument: &Instrument| {
            let say = |section: &str| speaker.say(section, instrument.key());
            let words = [
                ("instrument", say("instrument")),
                ("limit", say("limit")),
                ("citation", instrument.citation()),
            ];
            speaker.sentence("instrument-limit", &words)
        };
        self.list("limits", FAINT, instruments.iter().map(limit).collect());
    }

    /// The options by verdict, each with its reasons and their rules.
    fn verdicts(&mut self, verdicts: &[Verdict]) {
        if verdicts.is_empty() {
            return;
        }
        let speaker = self.speaker;
        self.heading("options");
        for kind in VERDICTS {
            let rows: Vec<Vec<String>> = verdicts
                .iter()
                .filter(|verdict| verdict.kind == kind)
                .map(|verdict| {
                    let option = speaker.say("option", verdict.option.key());
                    let why = [Some(speaker.reasons(verdict)), speaker.robustness(verdict)];
                    let why: Vec<String> =
                        why.into_iter().flatten().filter(|words| !words.is_empty()).collect();
                    vec![format!("{option}{}", speaker.level(verdict.place)), speaker.clauses(&why)]
                })
                .collect();
            if !rows.is_empty() {
                self.page.line(2, HEADING, &capitalised(speaker.say("verdict", kind.key())));
                self.page.table(4, None, &rows);
            }
        }
        self.page.line(2, FAINT, speaker.say("mdt", "guidance"));
        self.page.line(2, FAINT, speaker.say("cli", "consensus"));
    }

    /// The intervals between treatments, the most urgent first.
    fn timers(&mut self, evaluation: &Evaluation<'_>) {
        let timers = &evaluation.assessment.timers;
        if timers.is_empty() {
            return;
        }
        self.heading("timers");
        for timer in timers {
            let style = match timer.severity() {
                Severity::Critical => ALARM,
                Severity::Warning => WARNING,
                Severity::Info => PLAIN,
            };
            self.page.bullet(2, style, &self.speaker.timer(timer));
        }
    }

    /// What is missing and whether it matters.
    fn missing(&mut self, evaluation: &Evaluation<'_>) {
        let assessment = &evaluation.assessment;
        let mut missing = self.speaker.missing(assessment);
        if missing.is_empty() && assessment.scope.is_assessed() {
            missing.push(self.speaker.say("sentence", "nothing-missing").to_owned());
        }
        self.list("missing", PLAIN, missing);
    }

    /// What was wrong with the input, the worst first.
    fn problems(&mut self, issues: &[Issue]) {
        let problems = issues.iter().filter(|issue| issue.severity != IssueSeverity::Information);
        let lines: Vec<(anstyle::Style, String)> = problems
            .map(|issue| {
                let is_warning = issue.severity == IssueSeverity::Warning;
                (if is_warning { WARNING } else { ALARM }, issue.in_one_line())
            })
            .collect();
        if !lines.is_empty() {
            self.heading("problems");
        }
        for (style, line) in lines {
            self.page.bullet(2, style, &line);
        }
    }
}
