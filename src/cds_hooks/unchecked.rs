//! What a service could not check because the data for it could not be had.
//!
//! A service that is silent says that nothing is to be said. Where the very data that it would speak from could not be had,
//! that would be wrong, and one card says that somebody must look.

use spinemet_engine::guidance::order::Ordered;
use spinemet_engine::guidance::{Hold, hold};

use super::drafts::{Draft, Drafts};
use super::prefetch::Shortfall;
use super::prefetch_key::PrefetchKey;
use super::service::{Purpose, Service};

/// Whether the data that a service speaks from could not be had, or not whole.
pub(super) fn is_unchecked(service: Service, drafts: &Drafts<'_>, shortfalls: &[Shortfall]) -> bool {
    let lacks = |key: PrefetchKey| shortfalls.iter().any(|shortfall| shortfall.key == Some(key));
    match service.purpose() {
        // It always speaks, and names what could not be had.
        Purpose::Overview => false,
        Purpose::Urgency => lacks(PrefetchKey::Findings) && lacks(PrefetchKey::Exams),
        Purpose::FollowUp => lacks(PrefetchKey::Procedures),
        Purpose::Orders => {
            let mut in_hand = drafts.orders.iter().filter(|draft| draft.is_in_hand).flat_map(Draft::all);
            in_hand.any(|order| match order.ordered {
                Ordered::Procedure(procedure) if procedure.is_imaging() => {
                    lacks(PrefetchKey::Findings) && lacks(PrefetchKey::Exams)
                }
                Ordered::Procedure(procedure) if procedure.is_open_surgery() => {
                    lacks(PrefetchKey::Procedures)
                        || lacks(PrefetchKey::Medications) && lacks(PrefetchKey::Administrations)
                }
                Ordered::Procedure(_) => lacks(PrefetchKey::Procedures),
                Ordered::Drug(drug) => {
                    let is_held = !matches!(hold(drug), Hold::NotHeld);
                    is_held && (lacks(PrefetchKey::Procedures) || lacks(PrefetchKey::ServiceRequests))
                }
            })
        }
    }
}
