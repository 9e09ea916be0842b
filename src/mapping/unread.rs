//! What of a resource that is read in part is not read.
//!
//! Where nothing of a resource is known, it is left aside as a whole. Where something is, the rest was sent beside it and may
//! well be what is missing: it must not be lost in silence.

use super::Found;
use super::decision::{Ignored, NearMiss, Outcome};
use crate::fhir::{CodeableConcept, Question};

/// Adds the questions that no rule asks, each with the element by which it would have been recognised.
pub(super) fn add<'q, 'a: 'q>(
    found: &mut Vec<Found>,
    unread: impl Iterator<Item = (String, &'q Question<'a>)>,
) {
    let is_left_aside = |found: &Found| matches!(found, Found::Nothing(Outcome::Ignored(_)));
    let is_all_left_aside = !found.is_empty() && found.iter().all(is_left_aside);
    let mut unread = unread.peekable();
    if is_all_left_aside {
        // What is known of it is not used, so that nobody waits for the rest either.
        found.extend(unread.peek().map(|_| Found::ignored(Ignored::CodeNotKnown)));
    } else {
        found.extend(unread.map(|(element, question)| told(element, question)));
    }
    // The code of a panel without anything in it.
    if found.is_empty() {
        found.push(Found::ignored(Ignored::ByRule));
    }
}

/// What is told of one of them. Where the sender says that there is no value, none is lost.
fn told(element: String, question: &Question<'_>) -> Found {
    if question.value.is_none() && question.is_absent {
        return Found::ignored(Ignored::DataAbsent);
    }
    Found::near_miss(None, element, reason(&question.code))
}

/// Why no rule asks it.
fn reason(code: &CodeableConcept<'_>) -> NearMiss {
    if code.coding.iter().any(|coding| !coding.code.is_empty()) {
        NearMiss::UnknownCode
    } else if code.words().any(|words| !words.trim().is_empty()) {
        NearMiss::UnknownWords
    } else {
        NearMiss::NoCode
    }
}
