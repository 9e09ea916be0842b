//! The parts of the page.

use super::table::{Cell, ids, linked, row, table};
use crate::pages::html::Html;
use crate::pages::knowledge::options::TreatmentOption;
use crate::pages::knowledge::rules::Rule;
use crate::pages::knowledge::scores::{Instrument, Range};
use crate::pages::knowledge::tumours::{Assignment, Group};
use crate::pages::knowledge::{Knowledge, Named};
use crate::texts::{Speaker, fill};
use crate::wording::capitalised;

pub(super) fn attributes(html: &mut Html, knowledge: &Knowledge<'_>) {
    for group in &knowledge.source_attributes {
        html.element("h3", &[], group.name.name);
        html.within("dl", &[], |html| {
            for attribute in &group.attributes {
                let anchor = format!("attribute-{}", attribute.name.key);
                html.element("dt", &[("id", &anchor)], attribute.name.name);
                html.within("dd", &[], |html| linked(html, &attribute.value));
            }
        });
    }
}

pub(super) fn instruments(html: &mut Html, knowledge: &Knowledge<'_>) {
    for instrument in &knowledge.instruments {
        html.element("h3", &[("id", instrument.name.key)], instrument.name.name);
        self::instrument(html, knowledge.speaker, instrument);
    }
}

fn instrument(html: &mut Html, speaker: Speaker<'_>, instrument: &Instrument<'_>) {
    let say = |key: &str| speaker.say("knowledge", key);
    labelled(html, speaker, "source", instrument.citation);
    if let Some(Range { least, greatest }) = instrument.totals {
        let (least, greatest) = (least.to_string(), greatest.to_string());
        html.element("p", &[], &fill(say("total"), &[("least", &least), ("greatest", &greatest)]));
    }
    table(html, &["item", "value", "points", "rules"].map(say), |html| {
        for item in &instrument.items {
            for (index, choice) in item.choices.iter().enumerate() {
                let group = (index == 0).then_some(Cell::Group(item.name.name, item.choices.len()));
                let cells =
                    [Cell::Text(choice.value.name), Cell::Number(choice.points), Cell::Ids(&item.rules)];
                row(html, &[], &group.into_iter().chain(cells).collect::<Vec<_>>());
            }
        }
    });
    table(html, &["band", "meaning", "rules"].map(say), |html| {
        for band in &instrument.bands {
            let cells = [Cell::Head(band.name.name), Cell::Text(band.meaning), Cell::Ids(&band.rules)];
            row(html, &[], &cells);
        }
    });
    labelled(html, speaker, "limits", instrument.limits);
    labelled(html, speaker, "performance", instrument.performance);
    if instrument.rules.is_empty() {
        labelled(html, speaker, "rules", say("no-rules"));
    } else {
        labelled_ids(html, speaker, "rules", &instrument.rules);
    }
}

pub(super) fn tumours(html: &mut Html, knowledge: &Knowledge<'_>) {
    let speaker = knowledge.speaker;
    let say = |key: &str| speaker.say("knowledge", key);
    let score = |key: &str| speaker.say("instrument", key);
    let headings = [
        say("tumour"),
        score("tomita-2001"),
        score("tokuhashi-2005"),
        score("modified-bauer-2008"),
        score("katagiri-2014"),
        score("van-der-linden-2005"),
        say("response"),
        say("vessels"),
        say("rules"),
    ];
    table(html, &headings, |html| {
        for tumour in &knowledge.primary_tumours {
            let is_vascular = tumour.hypervascular == Some(true);
            let cells = [
                Cell::Head(tumour.name.name),
                Cell::Text(&assignment(speaker, &tumour.tomita)),
                Cell::Text(&assignment(speaker, &tumour.tokuhashi)),
                Cell::Text(&assignment(speaker, &tumour.modified_bauer)),
                Cell::Text(&assignment(speaker, &tumour.katagiri)),
                Cell::Text(&assignment(speaker, &tumour.van_der_linden)),
                Cell::Text(tumour.radiotherapy.name),
                Cell::Text(say(if is_vascular { "vessels-yes" } else { "vessels-imaging" })),
                Cell::Ids(&tumour.radiotherapy_rules),
            ];
            row(html, &[], &cells);
        }
    });
}

fn assignment(speaker: Speaker<'_>, assignment: &Assignment<'_>) -> String {
    let colon = speaker.say("card", "colon");
    let group = |group: &Group<'_>| format!("{}{colon}{}", group.points, group.name.name);
    let groups: Vec<String> = assignment.groups.iter().map(group).collect();
    let groups = groups.join(speaker.say("sentence", "or"));
    let ground = assignment.ground.map_or_else(String::new, |ground| {
        fill(speaker.say("card", "in-brackets"), &[("text", ground.name)])
    });
    format!("{groups}{ground}")
}

pub(super) fn options(html: &mut Html, knowledge: &Knowledge<'_>) {
    for option in &knowledge.options {
        html.element("h3", &[("id", option.name.key)], option.name.name);
        self::option(html, knowledge.speaker, option);
    }
}

fn option(html: &mut Html, speaker: Speaker<'_>, option: &TreatmentOption<'_>) {
    let say = |key: &str| speaker.say("knowledge", key);
    let strength = format!("{}{}{}", say("strength"), speaker.say("card", "colon"), option.strength.name);
    let standing = speaker.clauses(&[option.scope.name, &strength]);
    html.element("p", &[("class", "quiet")], &capitalised(&standing));
    table(html, &["part", "criterion", "rule", "inputs"].map(say), |html| {
        for criterion in &option.criteria {
            let inputs: Vec<&str> = criterion.inputs.iter().map(|input| input.name).collect();
            let cells = [
                Cell::Text(criterion.part.name),
                Cell::Head(criterion.predicate.name),
                Cell::Ids(&[criterion.rule]),
                Cell::Text(&speaker.list(&inputs)),
            ];
            row(html, &[], &cells);
        }
    });
    if !option.afterwards.is_empty() {
        labelled_ids(html, speaker, "afterwards", &option.afterwards);
    }
}

/// The sections of the consensus with their titles, in its order.
pub(super) fn sections<'t>(knowledge: &Knowledge<'t>) -> Vec<(&'static str, &'t str)> {
    let mut sections: Vec<&'static str> = knowledge.rules.iter().map(|rule| rule.section).collect();
    sections.dedup();
    let titled = |section| (section, knowledge.speaker.say("section", section));
    sections.into_iter().map(titled).collect()
}

pub(super) fn rules(html: &mut Html, knowledge: &Knowledge<'_>) {
    let speaker = knowledge.speaker;
    let headings = ["rule", "statement", "strength", "kind", "application", "place"];
    let headings = headings.map(|key| speaker.say("knowledge", key));
    for (section, title) in sections(knowledge) {
        html.element("h3", &[("id", &format!("section-{section}"))], &format!("{section} {title}"));
        table(html, &headings, |html| {
            for rule in knowledge.rules.iter().filter(|rule| rule.section == section) {
                self::rule(html, speaker, rule);
            }
        });
    }
}

fn rule(html: &mut Html, speaker: Speaker<'_>, rule: &Rule<'_>) {
    let standing = standing(speaker, rule.application, rule.omission);
    let cells = [
        Cell::Ids(&[rule.id]),
        Cell::Text(rule.statement),
        Cell::Short(rule.strength.name),
        Cell::Short(rule.kind.name),
        if rule.omission.is_none() { Cell::Short(&standing) } else { Cell::Text(&standing) },
        Cell::Short(rule.lines),
    ];
    row(html, &[("id", rule.id)], &cells);
}

/// What becomes of a rule, and why where it is left out.
fn standing(speaker: Speaker<'_>, application: Named<'_>, omission: Option<Named<'_>>) -> String {
    omission.map_or_else(
        || application.name.to_owned(),
        |omission| format!("{}{}{}", application.name, speaker.say("card", "colon"), omission.name),
    )
}

pub(super) fn rulings(html: &mut Html, knowledge: &Knowledge<'_>) {
    let say = |key: &str| knowledge.speaker.say("knowledge", key);
    table(html, &["rulings-heading", "statement", "rules"].map(say), |html| {
        for ruling in &knowledge.rulings {
            let cells = [Cell::Ids(&[ruling.id]), Cell::Text(ruling.statement), Cell::Ids(&ruling.rules)];
            row(html, &[("id", ruling.id)], &cells);
        }
    });
}

pub(super) fn held_back(html: &mut Html, knowledge: &Knowledge<'_>) {
    let say = |key: &str| knowledge.speaker.say("knowledge", key);
    table(html, &["item", "reason", "source"].map(say), |html| {
        for score in &knowledge.held_back {
            let cells = [
                Cell::Head(score.name.name),
                Cell::Text(score.reason),
                Cell::Text(score.citation.unwrap_or_default()),
            ];
            row(html, &[("id", score.name.key)], &cells);
        }
    });
}

pub(super) fn labelled(html: &mut Html, speaker: Speaker<'_>, label: &str, text: &str) {
    html.within("p", &[], |html| {
        html.element("strong", &[], speaker.say("knowledge", label));
        html.text(speaker.say("card", "colon"));
        linked(html, text);
    });
}

fn labelled_ids(html: &mut Html, speaker: Speaker<'_>, label: &str, rules: &[&'static str]) {
    html.within("p", &[], |html| {
        html.element("strong", &[], speaker.say("knowledge", label));
        html.text(speaker.say("card", "colon"));
        ids(html, rules);
    });
}
