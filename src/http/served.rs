//! What answers are made with: replaced as a whole when the site's mapping files are read anew.

use std::io;
use std::sync::{Arc, PoisonError, RwLock};

use super::knowledge::KnowledgeDocuments;
use crate::assess::Assessor;

/// One version of the mapping, and all that depends on it. A request takes it once and keeps it to its end.
#[derive(Debug)]
pub(super) struct Served {
    pub(super) assessor: Arc<Assessor>,
    pub(super) knowledge: KnowledgeDocuments,
}

impl Served {
    pub(super) fn new(assessor: Arc<Assessor>) -> io::Result<Self> {
        let knowledge = KnowledgeDocuments::new(&assessor)?;
        Ok(Self { assessor, knowledge })
    }
}

/// The version in use. The lock is held for as long as it takes to clone or replace a pointer.
#[derive(Debug)]
pub(super) struct InUse(RwLock<Arc<Served>>);

impl InUse {
    pub(super) fn new(served: Served) -> Self {
        Self(RwLock::new(Arc::new(served)))
    }

    pub(super) fn get(&self) -> Arc<Served> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub(super) fn replace(&self, served: Served) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(served);
    }
}
