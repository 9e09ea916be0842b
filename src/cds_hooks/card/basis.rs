//! What a score rests on: item by item the value, its points, the date and the record.

use spinemet_engine::clinical::{Domain, Evidence, Place};
use spinemet_engine::scoring::{Score, ScoredItem};

use super::View;
use super::markdown::{Inline, Markdown};

/// The most levels whose items are listed; more would bury the rest. The RiskAssessments have all.
const MOST_LEVELS: usize = 3;

/// The most records that are named for one item.
const MOST_RECORDS: usize = 3;

/// The items of the scores of the patient and of the levels that decide.
pub(super) fn write(view: &View<'_>, markdown: &mut Markdown) {
    let places = decisive_places(view);
    let is_shown = |score: &&Score| score.place.is_none_or(|place| places.contains(&place));
    let rows: Vec<[Inline; 5]> = view
        .assessment
        .scores
        .iter()
        .filter(is_shown)
        .flat_map(|score| score.items.iter().map(move |item| row(view, score, item)))
        .collect();
    let say = |key: &str| view.speaker.say("card", key);
    let sentence = |key: &str| view.speaker.say("sentence", key);
    let header = [
        sentence("narrative-item"),
        sentence("narrative-value"),
        sentence("narrative-points"),
        say("basis-record"),
        sentence("narrative-why"),
    ];
    markdown.table(say("basis-heading"), header, &rows);
    let omitted = view.assessment.case.levels.len().saturating_sub(places.len());
    if omitted > 0 {
        let words = view.text("basis-omitted", &[("count", &omitted.to_string())]);
        markdown.paragraph(&Inline::own(&words));
    }
}

/// The levels that may be the least stable or the most compressed, from head to sacrum.
fn decisive_places(view: &View<'_>) -> Vec<Place> {
    let mut places = view.assessment.worst_compression();
    places.extend(view.assessment.least_stable());
    let mut seen: Vec<Place> = Vec::new();
    for place in places {
        if !seen.contains(&place) && seen.len() < MOST_LEVELS {
            seen.push(place);
        }
    }
    seen.sort_unstable();
    seen
}

fn row(view: &View<'_>, score: &Score, item: &ScoredItem) -> [Inline; 5] {
    let speaker = view.speaker;
    let short = speaker.say("card.score", score.instrument.key());
    let level = match score.place {
        Some(Place::At(vertebra)) => view.text("level", &[("level", vertebra.key())]),
        Some(Place::Unstated) | None => String::new(),
    };
    let colon = speaker.say("card", "colon");
    let name = format!("{short}{level}{colon}{}", speaker.say("item", item.item.key()));
    [
        Inline::own(&name),
        Inline::own(&speaker.values(item)),
        Inline::own(&speaker.points(item)),
        records(&item.evidence, speaker.say("sentence", "clause-separator")),
        Inline::own(&speaker.remarks(item)),
    ]
}

/// Date, reference and code of each record.
fn records(evidence: &[Evidence], separator: &str) -> Inline {
    let mut pieces: Vec<Inline> = Vec::new();
    for evidence in evidence {
        let date = evidence.effective.as_ref().map(|date| Inline::foreign(date.text()));
        let code = evidence.code.as_ref().map(|code| Inline::foreign(&code.code));
        let parts: Vec<Inline> =
            [date, Some(Inline::foreign(&evidence.resource)), code].into_iter().flatten().collect();
        let piece = Inline::joined(&parts, " ");
        if !pieces.contains(&piece) {
            pieces.push(piece);
        }
    }
    let more = pieces.len() > MOST_RECORDS;
    pieces.truncate(MOST_RECORDS);
    if more {
        pieces.push(Inline::own("…"));
    }
    Inline::joined(&pieces, separator)
}
