//! What was fetched because it did not come along, as far as it can be used.

use super::prefetch_key::PrefetchKey;
use crate::ehr::Found;
use crate::fhir::{Json, RecordBuilder};

/// What was fetched, by key.
pub(super) struct Fetched<'a>(Vec<(&'a str, Vec<Json<'a>>)>);

impl<'a> Fetched<'a> {
    /// Takes what can be read as a record of the patient. A page with a key that stands twice is the server's fault and
    /// not the caller's: it and what follows it are left out, and count as not had.
    pub fn of(found: &'a [Found], patient: &str) -> Self {
        let usable = |found: &'a Found| {
            let pages = found.pages.iter().map_while(|page| Json::parse(page).ok());
            (found.key, pages.take_while(|page| is_usable(*page, patient)).collect())
        };
        Self(found.iter().map(usable).collect())
    }

    /// The pages of a key; none where nothing was fetched.
    pub fn pages(&self, key: PrefetchKey) -> &[Json<'a>] {
        self.of_key(key).map_or(&[], |(_, pages)| pages)
    }

    /// Whether it was tried to fetch a key.
    pub fn was_tried(&self, key: PrefetchKey) -> bool {
        self.of_key(key).is_some()
    }

    fn of_key(&self, key: PrefetchKey) -> Option<&(&'a str, Vec<Json<'a>>)> {
        self.0.iter().find(|(name, _)| *name == key.name())
    }
}

fn is_usable(page: Json<'_>, patient: &str) -> bool {
    let mut builder = RecordBuilder::default();
    builder.add(page, "fetched").is_ok() && builder.finish(Some(patient)).is_ok()
}
