//! The knowledge as a page: complete in itself, without scripts, with an anchor for every rule, ruling, score and option.

mod numbers;
mod parts;
mod table;

use super::Knowledge;
use crate::language::Language;
use crate::pages::html::Html;
use crate::pages::style::{self, STYLE};
use crate::texts::{Speaker, fill};

/// The parts of the page in their order: the anchor, which is also the key of their texts, and what writes them.
const PARTS: [(&str, Part); 13] = [
    ("attributes", parts::attributes),
    ("instruments", parts::instruments),
    ("decisions", numbers::decisions),
    ("readings", numbers::readings),
    ("tumours", parts::tumours),
    ("options", parts::options),
    ("drugs", numbers::drugs),
    ("intervals", numbers::intervals),
    ("freshness", numbers::freshness),
    ("thresholds", numbers::thresholds),
    (RULES, parts::rules),
    ("rulings", parts::rulings),
    ("held-back", parts::held_back),
];

/// The anchor of the rules, the one part with sections.
const RULES: &str = "rules";

type Part = fn(&mut Html, &Knowledge<'_>);

/// What a browser may do with the page: show it, with this style sheet, and nothing else.
pub fn content_security_policy() -> String {
    style::content_security_policy("'none'")
}

pub(super) fn render(knowledge: &Knowledge<'_>) -> String {
    let speaker = knowledge.speaker;
    let mut html = Html::default();
    html.verbatim("<!DOCTYPE html>\n");
    html.within("html", &[("lang", knowledge.language)], |html| {
        html.within("head", &[], |html| head(html, speaker));
        html.within("body", &[], |html| {
            html.within("header", &[], |html| header(html, knowledge));
            html.within("nav", &[("aria-labelledby", "contents")], |html| contents(html, knowledge));
            html.within("main", &[], |html| {
                for (anchor, write) in PARTS {
                    html.within("section", &[("id", anchor)], |html| {
                        html.element("h2", &[], speaker.say("knowledge", &format!("{anchor}-heading")));
                        html.element("p", &[], speaker.say("knowledge", &format!("{anchor}-note")));
                        write(html, knowledge);
                    });
                }
            });
        });
    });
    html.into_string()
}

fn head(html: &mut Html, speaker: Speaker<'_>) {
    html.void("meta", &[("charset", "utf-8")]);
    html.void("meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")]);
    html.element("title", &[], speaker.say("knowledge", "title"));
    html.within("style", &[], |html| html.verbatim(STYLE));
}

fn header(html: &mut Html, knowledge: &Knowledge<'_>) {
    let speaker = knowledge.speaker;
    let versions = knowledge.versions;
    let words =
        [("program", versions.program), ("knowledge", versions.knowledge), ("mapping", versions.mapping)];
    let other = match speaker.language() {
        Language::English => Language::Chinese,
        Language::Chinese => Language::English,
    };
    let page = format!("?_format=html&language={}", other.tag());
    let json = format!("?_format=json&language={}", speaker.language().tag());
    html.element("h1", &[], speaker.say("knowledge", "title"));
    html.element("p", &[("class", "notice")], knowledge.notice);
    html.element("p", &[], &fill(speaker.say("knowledge", "introduction"), &words));
    html.element("p", &[("class", "quiet")], &knowledge.source);
    html.within("p", &[], |html| {
        let language = [("href", page.as_str()), ("hreflang", other.tag()), ("lang", other.tag())];
        html.element("a", &language, speaker.say("knowledge", "other-language"));
        html.text(" · ");
        html.element("a", &[("href", &json)], speaker.say("knowledge", "json"));
    });
}

fn contents(html: &mut Html, knowledge: &Knowledge<'_>) {
    let speaker = knowledge.speaker;
    html.element("h2", &[("id", "contents")], speaker.say("knowledge", "contents"));
    html.within("ol", &[], |html| {
        for (anchor, _) in PARTS {
            html.within("li", &[], |html| {
                let heading = speaker.say("knowledge", &format!("{anchor}-heading"));
                html.element("a", &[("href", &format!("#{anchor}"))], heading);
                if anchor == RULES {
                    html.within("ul", &[], |html| sections(html, knowledge));
                }
            });
        }
    });
}

/// The sections of the consensus, which have numbers of their own.
fn sections(html: &mut Html, knowledge: &Knowledge<'_>) {
    for (section, title) in parts::sections(knowledge) {
        html.within("li", &[], |html| {
            html.element("a", &[("href", &format!("#section-{section}"))], &format!("{section} {title}"));
        });
    }
}
