//! A draft order as it would be with one thing changed.
//!
//! Everything else stays as it was sent, but for what CDS Hooks forbids in an answer: members that are null or empty are
//! left out. Where that would change a meaning (a null inside an array is a place), nothing is offered.

use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::{Map, Value};

use crate::cds_hooks::drafts::Draft;

/// Where the dates of an order stand.
const DATES: [&str; 6] = [
    "/occurrenceDateTime",
    "/occurrencePeriod/start",
    "/occurrencePeriod/end",
    "/occurrenceTiming/repeat/boundsPeriod/start",
    "/occurrenceTiming/repeat/boundsPeriod/end",
    "/performedDateTime",
];

/// Where those of an appointment stand.
const BOOKED: [&str; 2] = ["/start", "/end"];

/// The draft on another day: every date of it moved by as many days. A request without any date gets one.
pub(super) fn moved(draft: &Draft<'_>, to: Date) -> Option<String> {
    let mut resource = whole(draft)?;
    let places: Vec<String> = match draft.kind.as_ref() {
        "Appointment" => BOOKED.map(str::to_owned).to_vec(),
        "MedicationRequest" => doses(&resource),
        _ => DATES.map(str::to_owned).to_vec(),
    };
    let present: Vec<&String> = places.iter().filter(|place| resource.pointer(place).is_some()).collect();
    if present.is_empty() {
        let may_get_one = draft.kind == "ServiceRequest" && !has_occurrence(&resource);
        let members = resource.as_object_mut().filter(|_| may_get_one)?;
        members.insert("occurrenceDateTime".to_owned(), Value::String(to.to_string()));
        return Some(resource.to_string());
    }
    let days = present
        .iter()
        .map(|place| day(resource.pointer(place)?.as_str()?))
        .collect::<Option<Vec<Date>>>()?
        .into_iter()
        .min()?
        .until(to)
        .ok()?
        .get_days();
    if days == 0 {
        return None;
    }
    for place in present {
        let date = resource.pointer_mut(place)?;
        let text = date.as_str()?;
        let moved = day(text)?.checked_add(days.days()).ok()?;
        let rest = text.get(10..)?;
        *date = Value::String(format!("{moved}{rest}"));
    }
    Some(resource.to_string())
}

/// The draft of a drug on hold.
pub(super) fn held(draft: &Draft<'_>) -> Option<String> {
    let mut resource = whole(draft)?;
    let members = resource.as_object_mut().filter(|_| draft.kind == "MedicationRequest")?;
    members.insert("status".to_owned(), Value::String("on-hold".to_owned()));
    Some(resource.to_string())
}

fn has_occurrence(resource: &Value) -> bool {
    resource.as_object().is_some_and(|members| members.keys().any(|name| name.starts_with("occurrence")))
}

/// The bounds of every instruction.
fn doses(resource: &Value) -> Vec<String> {
    let count = resource.pointer("/dosageInstruction").and_then(Value::as_array).map_or(0, Vec::len);
    let bounds = |index: usize| {
        ["start", "end"].map(|end| format!("/dosageInstruction/{index}/timing/repeat/boundsPeriod/{end}"))
    };
    (0..count).flat_map(bounds).collect()
}

/// The day that a date begins with; `None` for one that is only a month or a year.
fn day(text: &str) -> Option<Date> {
    text.get(..10)?.parse().ok()
}

/// The resource as it was sent, without what may not stand in an answer.
fn whole(draft: &Draft<'_>) -> Option<Value> {
    let mut members = Map::new();
    for (name, text) in &draft.members {
        match cleaned(serde_json::from_str(text).ok()?) {
            Cleaned::Kept(value) => drop(members.insert(name.clone(), value)),
            Cleaned::Empty => {}
            Cleaned::Refused => return None,
        }
    }
    Some(Value::Object(members))
}

/// A value without its null and empty members.
enum Cleaned {
    /// What is left.
    Kept(Value),
    /// Nothing is left.
    Empty,
    /// Leaving something out would change a meaning.
    Refused,
}

fn cleaned(value: Value) -> Cleaned {
    match value {
        Value::Null => Cleaned::Empty,
        Value::String(text) if text.trim().is_empty() => Cleaned::Empty,
        Value::Array(items) if items.is_empty() => Cleaned::Empty,
        Value::Array(items) => {
            let mut kept = Vec::with_capacity(items.len());
            for item in items {
                let Cleaned::Kept(item) = cleaned(item) else { return Cleaned::Refused };
                kept.push(item);
            }
            Cleaned::Kept(Value::Array(kept))
        }
        Value::Object(members) => {
            let mut kept = Map::new();
            for (name, member) in members {
                match cleaned(member) {
                    Cleaned::Kept(member) => drop(kept.insert(name, member)),
                    Cleaned::Empty => {}
                    Cleaned::Refused => return Cleaned::Refused,
                }
            }
            if kept.is_empty() { Cleaned::Empty } else { Cleaned::Kept(Value::Object(kept)) }
        }
        other => Cleaned::Kept(other),
    }
}
