//! The page on which an integration engineer pastes a record and sees what each resource became.

use crate::explanation::{Counts, Explanation, Outcome, Row};
use crate::language::Language;
use crate::pages::html::Html;
use crate::pages::style::{self, STYLE};
use crate::texts::{Speaker, fill};

/// What a browser may do with the page: show it, and send its form to where it came from.
pub fn content_security_policy() -> String {
    style::content_security_policy("'self'")
}

/// The form.
pub fn form(speaker: Speaker<'_>) -> String {
    page(speaker, |_| ())
}

/// What became of each resource, and the form for the next record.
pub fn answer(explanation: &Explanation, speaker: Speaker<'_>) -> String {
    page(speaker, |html| {
        html.element("p", &[], &counts_in_words(&explanation.counts, speaker));
        let about = [("patient", explanation.patient.as_str()), ("instant", explanation.as_of.as_str())];
        html.element("p", &[("class", "quiet")], &fill(speaker.say("explain", "about"), &about));
        for outcome in Outcome::ALL {
            let rows: Vec<&Row> = explanation.rows.iter().filter(|row| row.outcome == outcome).collect();
            if !rows.is_empty() {
                html.element("h2", &[], speaker.say("explain.outcome", outcome.key()));
                table(html, outcome, &rows, speaker);
            }
        }
        issues(html, &explanation.issues, speaker);
    })
}

/// Why the record could not be read, and the form for the next one.
pub fn refusal(problems: &[crate::fhir::Issue], speaker: Speaker<'_>) -> String {
    page(speaker, |html| {
        html.element("p", &[("class", "notice")], speaker.say("explain", "not-read"));
        issues(html, problems, speaker);
    })
}

/// How many resources became what, in one sentence.
pub fn counts_in_words(counts: &Counts, speaker: Speaker<'_>) -> String {
    let [resources, mapped, near_misses, left_aside] =
        [counts.resources, counts.mapped, counts.near_misses, counts.left_aside]
            .map(|count| count.to_string());
    let words = [
        ("resources", resources.as_str()),
        ("mapped", mapped.as_str()),
        ("near-misses", near_misses.as_str()),
        ("left-aside", left_aside.as_str()),
    ];
    fill(speaker.say("explain", "counts"), &words)
}

fn page(speaker: Speaker<'_>, content: impl FnOnce(&mut Html)) -> String {
    let language = speaker.language();
    let other = match language {
        Language::English => Language::Chinese,
        Language::Chinese => Language::English,
    };
    let say = |key: &str| speaker.say("explain", key);
    let mut html = Html::default();
    html.verbatim("<!DOCTYPE html>\n");
    html.within("html", &[("lang", language.tag())], |html| {
        html.within("head", &[], |html| {
            html.void("meta", &[("charset", "utf-8")]);
            html.void("meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")]);
            html.element("title", &[], say("title"));
            html.within("style", &[], |html| html.verbatim(STYLE));
        });
        html.within("body", &[], |html| {
            html.within("header", &[], |html| {
                html.element("h1", &[], say("title"));
                html.element("p", &[], say("introduction"));
                let address = format!("?language={}", other.tag());
                let link = [("href", address.as_str()), ("hreflang", other.tag()), ("lang", other.tag())];
                html.within("p", &[], |html| {
                    html.element("a", &link, speaker.say("knowledge", "other-language"));
                });
            });
            html.within("main", &[], |html| {
                content(html);
                html.element("h2", &[("id", "record-label")], say("record"));
                let action = format!("explain?language={}", language.tag());
                html.within("form", &[("method", "post"), ("action", &action)], |html| {
                    let field = [
                        ("name", "record"),
                        ("rows", "18"),
                        ("spellcheck", "false"),
                        ("required", ""),
                        ("aria-labelledby", "record-label"),
                    ];
                    html.element("textarea", &field, "");
                    html.within("p", &[], |html| html.element("button", &[("type", "submit")], say("send")));
                });
            });
        });
    });
    html.into_string()
}

fn table(html: &mut Html, outcome: Outcome, rows: &[&Row], speaker: Speaker<'_>) {
    let say = |key: &str| speaker.say("explain", key);
    let third = if outcome == Outcome::Mapped { "statement" } else { "why" };
    let headings = [say("resource"), say("code"), say(third), say("rule")];
    html.within("div", &[("class", "scroll")], |html| {
        html.within("table", &[], |html| {
            html.within("thead", &[], |html| {
                html.within("tr", &[], |html| {
                    for heading in headings {
                        html.element("th", &[("scope", "col")], heading);
                    }
                });
            });
            html.within("tbody", &[], |html| {
                for row in rows {
                    let what = match outcome {
                        Outcome::Mapped => row.statement_in_words(speaker),
                        Outcome::NearMiss | Outcome::LeftAside => row.reason_in_words(speaker),
                    };
                    html.within("tr", &[], |html| {
                        html.element("th", &[("scope", "row"), ("title", &row.place)], &row.name());
                        for cell in [row.code.clone().unwrap_or_default(), what, row.rule_in_words()] {
                            html.element("td", &[], &cell);
                        }
                    });
                }
            });
        });
    });
}

fn issues(html: &mut Html, issues: &[crate::fhir::Issue], speaker: Speaker<'_>) {
    if issues.is_empty() {
        return;
    }
    html.element("h2", &[], speaker.say("cli", "problems"));
    html.within("ul", &[], |html| {
        for issue in issues {
            html.element("li", &[], &issue.in_one_line());
        }
    });
}
