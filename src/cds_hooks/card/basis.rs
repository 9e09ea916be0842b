//! What the scores rest on: each record with its date, its age, and what it says for which score.

use spinemet_engine::clinical::{Domain, Evidence, Place};
use spinemet_engine::scoring::{Item, Score, ScoredItem};

use super::detail::shown_raw;
use super::markdown::{Inline, Markdown};
use super::{View, levels};
use crate::wording::distinct;

const SECTION: &str = "card.detail";

/// The most rows.
const MOST_ROWS: usize = 12;

/// The most records that are named together.
const MOST_RECORDS: usize = 2;

/// Records that were read together, and the items that they say something about, each with its score.
struct Row<'a> {
    records: Vec<&'a Evidence>,
    items: Vec<(&'a Score, &'a ScoredItem)>,
}

/// The records behind the scores of the patient and of the levels that decide.
pub(super) fn write(view: &View<'_>, markdown: &mut Markdown) {
    let decisive = levels::decisive(view.assessment);
    // What is adjusted rests on the same records.
    let items =
        shown_raw(view, &decisive).flat_map(|score| score.items.iter().map(move |item| (score, item)));
    let items = items.filter(|(_, item)| !item.evidence.is_empty());
    // The location follows from the level, on which all records of the level agree: it is told with one of them.
    let (locations, items): (Vec<_>, Vec<_>) = items.partition(|(_, item)| item.item == Item::SinsLocation);
    let mut rows: Vec<Row<'_>> = Vec::new();
    for (score, item) in items {
        let records = records(item);
        match rows.iter_mut().find(|row| is_same(&row.records, &records)) {
            Some(row) => row.items.push((score, item)),
            None => rows.push(Row { records, items: vec![(score, item)] }),
        }
    }
    for (score, item) in locations {
        let beside = rows.iter_mut().find_map(|row| {
            let at = row.items.iter().position(|(of, _)| *of == score)?;
            Some((row, at))
        });
        match beside {
            Some((row, at)) => row.items.insert(at, (score, item)),
            None => rows.push(Row { records: records(item), items: vec![(score, item)] }),
        }
    }
    let more = rows.len().saturating_sub(MOST_ROWS);
    let cells: Vec<[Inline; 3]> = rows.iter().take(MOST_ROWS).map(|row| cells(view, row)).collect();
    let say = |key: &str| view.speaker.say(SECTION, key);
    let header = [say("basis-date"), view.speaker.say("card", "basis-record"), say("basis-says")];
    markdown.table(view.speaker.say("card", "basis-heading"), header, &cells);
    if more > 0 {
        markdown.paragraph(&Inline::own(&view.text("more", &[("count", &more.to_string())])));
    }
}

/// The records behind an item, each resource once.
fn records(item: &ScoredItem) -> Vec<&Evidence> {
    let mut records: Vec<&Evidence> = Vec::new();
    for evidence in &item.evidence {
        if !records.iter().any(|known| known.resource == evidence.resource) {
            records.push(evidence);
        }
    }
    records
}

fn is_same(one: &[&Evidence], other: &[&Evidence]) -> bool {
    let resources = |records: &[&Evidence]| -> Vec<String> {
        records.iter().map(|evidence| evidence.resource.clone()).collect()
    };
    resources(one) == resources(other)
}

fn cells(view: &View<'_>, row: &Row<'_>) -> [Inline; 3] {
    let separator = view.speaker.say("sentence", "clause-separator");
    let dates = distinct(row.records.iter().filter_map(|evidence| date(view, evidence)));
    let mut names: Vec<Inline> =
        row.records.iter().take(MOST_RECORDS).map(|evidence| Inline::foreign(&evidence.resource)).collect();
    if row.records.len() > MOST_RECORDS {
        names.push(Inline::own("…"));
    }
    [Inline::joined(&dates, separator), Inline::joined(&names, separator), Inline::own(&says(view, row))]
}

/// The date of a record, and how many days ago that was, where it is a day.
fn date(view: &View<'_>, evidence: &Evidence) -> Option<Inline> {
    let date = evidence.effective.as_ref()?;
    let text = date.text();
    let day = text.get(..10).and_then(|day| day.parse::<jiff::civil::Date>().ok());
    let today = view.as_of.to_zoned(jiff::tz::TimeZone::UTC).date();
    let age = day.and_then(|day| day.until(today).ok()).map(|age| age.get_days());
    let shown = Inline::foreign(text.get(..10).unwrap_or(text));
    Some(match age.filter(|age| *age >= 0) {
        Some(days) => {
            let age = view.text_of(SECTION, "age", &[("days", &days.to_string())]);
            Inline::joined(&[shown, Inline::own(&age)], "")
        }
        None => shown,
    })
}

/// `Tomita: visceral metastases none (0); SINS T12: pain mechanical (3), bone lesion lytic (2)`.
fn says(view: &View<'_>, row: &Row<'_>) -> String {
    let speaker = view.speaker;
    let mut clauses: Vec<(String, Vec<String>)> = Vec::new();
    for (score, item) in &row.items {
        let level = match score.place {
            Some(Place::At(vertebra)) => view.text("level", &[("level", vertebra.key())]),
            Some(Place::Unstated) | None => String::new(),
        };
        let name = format!("{}{level}", speaker.say("card.score", score.instrument.key()));
        let words = item_in_words(view, item);
        match clauses.last_mut().filter(|(known, _)| *known == name) {
            Some((_, items)) => items.push(words),
            None => clauses.push((name, vec![words])),
        }
    }
    let (colon, comma) = (speaker.say("card", "colon"), speaker.say("card", "comma"));
    let clauses: Vec<String> =
        clauses.into_iter().map(|(name, items)| format!("{name}{colon}{}", items.join(comma))).collect();
    speaker.clauses(&clauses)
}

/// `Visceral metastases: none (0)`, and what a reader must know of it in the brackets too.
fn item_in_words(view: &View<'_>, item: &ScoredItem) -> String {
    let speaker = view.speaker;
    let brackets: Vec<String> =
        [speaker.points(item), speaker.remarks(item)].into_iter().filter(|text| !text.is_empty()).collect();
    let brackets = if brackets.is_empty() {
        String::new()
    } else {
        view.text("in-brackets", &[("text", &speaker.clauses(&brackets))])
    };
    let words = [("item", speaker.say("item", item.item.key())), ("value", &speaker.values(item))];
    format!("{}{brackets}", view.text_of(SECTION, "item", &words))
}
