//! What a call comes to, before it is known what the user has put aside.
//!
//! Computation makes candidates; which of them are shown depends on earlier feedback and on the settings, and is settled
//! here, without a store in sight. The account of it is what the explanation of a call is made from.

use std::collections::{BTreeMap, HashSet};

use super::request::Request;
use super::response::{Card, CdsResponse};
use super::service::Service;

/// The most cards that an answer shows; the rest is folded into the last.
const MOST_CARDS: usize = 3;

/// Everything that there is to say in one call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The service that was called.
    pub service: Service,
    /// The call, as a UUID in lower case.
    pub hook_instance: String,
    /// Whom the call is about, as a reference; for the audit log, and not kept with the cards.
    pub patient: String,
    /// The cards, the most urgent first.
    pub candidates: Vec<Candidate>,
    /// Why there is nothing to say; `None` where there is something.
    pub silence: Option<Silence>,
}

/// A card that could be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The card.
    pub card: Card,
    /// Each thing that it says.
    pub said: Vec<Said>,
    /// The heading above what is folded into this card, should it be the last one shown.
    pub fold_heading: String,
}

/// One thing that a card says, as it is counted and put aside. It holds nothing of the patient but a digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The rule that leads, or the kind of card where no single rule does.
    pub rule: &'static str,
    /// How urgent.
    pub severity: &'static str,
    /// What is ordered, where it is about an order.
    pub ordered: Option<&'static str>,
    /// A digest of patient, rule, kind of order, severity and what it rests on: the same as long as nothing changes.
    pub key: String,
}

/// Why a call has no cards. Says nothing of the patient beyond that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Silence {
    /// No order of the call is one that the guidance speaks about.
    NoRelevantOrder,
    /// Nothing that was sent speaks of metastasis in spine or bone, or the patient is out of scope.
    OutOfScope,
    /// The record and the orders were looked at, and no rule speaks.
    NothingToSay,
}

impl Silence {
    /// Stable slug.
    pub const fn key(self) -> &'static str {
        match self {
            Self::NoRelevantOrder => "no-relevant-order",
            Self::OutOfScope => "out-of-scope",
            Self::NothingToSay => "nothing-to-say",
        }
    }
}

/// What became of a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It was shown.
    Shown,
    /// Its summary was shown in the last card.
    Folded,
    /// It was overridden before, with a reason, and nothing has changed since.
    Suppressed,
    /// The service is in shadow mode: computed and recorded, not shown.
    Shadow,
}

impl Fate {
    /// Stable slug.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Shown => "shown",
            Self::Folded => "folded",
            Self::Suppressed => "suppressed",
            Self::Shadow => "shadow",
        }
    }
}

/// A candidate and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// The card's name.
    pub card: String,
    /// The card that shows it: itself, or the one that it was folded into.
    pub shown_in: String,
    /// What became of it.
    pub fate: Fate,
    /// Each thing that it says.
    pub said: Vec<Said>,
}

impl Answer {
    pub(super) fn silent(service: Service, request: &Request<'_>, silence: Silence) -> Self {
        Self {
            service,
            hook_instance: request.hook_instance.clone(),
            patient: request.patient.clone(),
            candidates: Vec::new(),
            silence: Some(silence),
        }
    }

    /// The keys of everything that could be said.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.candidates.iter().flat_map(|candidate| &candidate.said).map(|said| said.key.as_str())
    }

    /// Settles what is shown. `put_aside` are the keys of what was overridden with a reason; a card goes only when all that
    /// it says was. In shadow mode nothing is shown.
    pub fn settle(self, put_aside: &HashSet<String>, is_shadow: bool) -> (CdsResponse, Vec<Settled>) {
        let mut cards: Vec<Card> = Vec::new();
        let mut account = Vec::new();
        let mut folded: Vec<Card> = Vec::new();
        let mut heading = String::new();
        for Candidate { card, said, fold_heading } in self.candidates {
            let fate = if said.iter().all(|said| put_aside.contains(&said.key)) {
                Fate::Suppressed
            } else if is_shadow {
                Fate::Shadow
            } else if cards.len() < MOST_CARDS {
                Fate::Shown
            } else {
                Fate::Folded
            };
            account.push(Settled { card: card.uuid.clone(), shown_in: card.uuid.clone(), fate, said });
            match fate {
                Fate::Shown => {
                    heading = fold_heading;
                    cards.push(card);
                }
                Fate::Folded => folded.push(card),
                Fate::Suppressed | Fate::Shadow => {}
            }
        }
        if let Some(last) = cards.last_mut().filter(|_| !folded.is_empty()) {
            for settled in account.iter_mut().filter(|settled| settled.fate == Fate::Folded) {
                settled.shown_in.clone_from(&last.uuid);
            }
            fold(last, &heading, folded);
        }
        (CdsResponse { cards }, account)
    }
}

/// Puts the summaries of further cards, and the orders they name, into a card.
fn fold(into: &mut Card, heading: &str, folded: Vec<Card>) {
    let lines: Vec<String> =
        folded.iter().map(|card| format!("- {}", super::card::own_words(&card.summary))).collect();
    into.detail =
        format!("{}\n\n**{}**\n\n{}", into.detail, super::card::own_words(heading), lines.join("\n"));
    let mut extension: BTreeMap<_, Vec<_>> = std::mem::take(&mut into.extension);
    for (key, references) in folded.into_iter().flat_map(|card| card.extension) {
        let known = extension.entry(key).or_default();
        for reference in references {
            if !known.contains(&reference) {
                known.push(reference);
            }
        }
    }
    into.extension = extension;
}
