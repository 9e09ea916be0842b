//! The parts of the page that are tables of numbers and readings.

use super::table::{Cell, row, table};
use crate::pages::html::Html;
use crate::pages::knowledge::Knowledge;
use crate::pages::knowledge::drugs::DrugHold;
use crate::pages::knowledge::numbers::Ages;
use crate::pages::knowledge::readings::{Row, Value};
use crate::texts::{Speaker, fill};

pub(super) fn decisions(html: &mut Html, knowledge: &Knowledge<'_>) {
    let speaker = knowledge.speaker;
    let items = ["noms-neurologic", "noms-oncologic", "noms-mechanical", "noms-systemic"];
    let headings: Vec<&str> = items
        .iter()
        .map(|item| speaker.say("item", item))
        .chain([speaker.say("knowledge", "decision")])
        .collect();
    table(html, &headings, |html| {
        for decision in &knowledge.decisions {
            let cells = [
                Cell::Text(decision.neurologic.name),
                Cell::Text(decision.oncologic.name),
                Cell::Text(decision.mechanical.name),
                Cell::Text(decision.systemic.name),
                Cell::Text(decision.outcome.name),
            ];
            row(html, &[], &cells);
        }
    });
}

pub(super) fn readings(html: &mut Html, knowledge: &Knowledge<'_>) {
    let speaker = knowledge.speaker;
    for reading in &knowledge.readings {
        html.element("h3", &[("id", reading.reading.key)], reading.reading.name);
        let headings = ["value", "read-as"].map(|key| speaker.say("knowledge", key));
        table(html, &headings, |html| {
            for read in &reading.rows {
                row(html, &[], &[Cell::Head(read.value), Cell::Text(&read_as(speaker, read))]);
            }
        });
    }
}

fn read_as(speaker: Speaker<'_>, row: &Row<'_>) -> String {
    let value = |value: &Value<'_>| match value.points {
        Some(points) => format!("{points}{}{}", speaker.say("card", "colon"), value.value.name),
        None => value.value.name.to_owned(),
    };
    let all: Vec<String> = row.read_as.iter().map(value).collect();
    if all.is_empty() {
        speaker.say("knowledge", "no-points").to_owned()
    } else {
        all.join(speaker.say("sentence", "or"))
    }
}

pub(super) fn drugs(html: &mut Html, knowledge: &Knowledge<'_>) {
    let speaker = knowledge.speaker;
    let headings = ["drug", "class", "hold", "restart", "healing", "rules"];
    table(html, &headings.map(|key| speaker.say("knowledge", key)), |html| {
        for drug in &knowledge.drug_holds {
            let healing = if drug.delays_healing { "healing-delayed" } else { "healing-not-named" };
            let cells = [
                Cell::Head(drug.drug.name),
                Cell::Text(drug.class.name),
                Cell::Text(&hold(speaker, drug)),
                Cell::Text(&restart(speaker, drug)),
                Cell::Text(speaker.say("knowledge", healing)),
                Cell::Ids(&drug.rules),
            ];
            row(html, &[], &cells);
        }
    });
}

/// The figures with their sources, or why there are none.
fn hold(speaker: Speaker<'_>, drug: &DrugHold<'_>) -> String {
    if drug.figures.is_empty() {
        return drug.standing.name.to_owned();
    }
    let figures: Vec<String> = drug
        .figures
        .iter()
        .map(|figure| {
            let words = [("days", figure.days.to_string()), ("source", figure.citation.to_owned())];
            speaker.sentence("hold-figure", &words.each_ref().map(|(name, word)| (*name, word.as_str())))
        })
        .collect();
    let mut clauses: Vec<&str> = figures.iter().map(String::as_str).collect();
    if drug.is_disputed {
        clauses.push(speaker.say("sentence", "hold-disputed"));
    }
    speaker.clauses(&clauses)
}

fn restart(speaker: Speaker<'_>, drug: &DrugHold<'_>) -> String {
    match drug.restart_days {
        Some(days) => fill(speaker.say("knowledge", "restart-days"), &[("days", &days.to_string())]),
        None if drug.figures.is_empty() => String::new(),
        None => speaker.say("knowledge", "restart-not-known").to_owned(),
    }
}

pub(super) fn intervals(html: &mut Html, knowledge: &Knowledge<'_>) {
    let speaker = knowledge.speaker;
    let headings = ["interval", "limit", "amount", "rules"];
    table(html, &headings.map(|key| speaker.say("knowledge", key)), |html| {
        for interval in &knowledge.intervals {
            let amount = format!("{} {}", interval.amount, interval.unit.name);
            let cells = [
                Cell::Head(interval.interval.name),
                Cell::Text(interval.limit.name),
                Cell::Short(&amount),
                source(speaker, &interval.rules),
            ];
            row(html, &[], &cells);
        }
    });
}

pub(super) fn freshness(html: &mut Html, knowledge: &Knowledge<'_>) {
    let speaker = knowledge.speaker;
    let headings = ["finding", "default", "in-force", "rules"];
    table(html, &headings.map(|key| speaker.say("knowledge", key)), |html| {
        for window in &knowledge.freshness {
            let cells = [
                Cell::Head(window.window.name),
                Cell::Text(&ages(speaker, window.default)),
                Cell::Text(&ages(speaker, window.in_force)),
                source(speaker, &window.rules),
            ];
            row(html, &[], &cells);
        }
    });
}

/// Two ages, in days where they are whole days.
fn ages(speaker: Speaker<'_>, ages: Ages) -> String {
    let say = |hours: u32| {
        let (amount, unit) = if hours.is_multiple_of(24) { (hours / 24, "days") } else { (hours, "hours") };
        format!("{amount} {}", speaker.say("time-unit", unit))
    };
    let (fresh, usable) = (say(ages.fresh_hours), say(ages.usable_hours));
    fill(speaker.say("knowledge", "ages"), &[("fresh", &fresh), ("usable", &usable)])
}

pub(super) fn thresholds(html: &mut Html, knowledge: &Knowledge<'_>) {
    let speaker = knowledge.speaker;
    let say = |key: &str| speaker.say("knowledge", key);
    table(html, &["threshold", "in-force", "rules"].map(say), |html| {
        for threshold in &knowledge.thresholds {
            let cells = [
                Cell::Head(threshold.name.name),
                Cell::Text(threshold.in_force.as_deref().unwrap_or_else(|| say("not-set"))),
                Cell::Ids(&threshold.rules),
            ];
            row(html, &[], &cells);
        }
    });
}

/// The rules, or that there are none.
fn source<'a>(speaker: Speaker<'a>, rules: &'a [&'static str]) -> Cell<'a> {
    if rules.is_empty() { Cell::Text(speaker.say("knowledge", "own-policy")) } else { Cell::Ids(rules) }
}
