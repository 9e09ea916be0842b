//! Why a call of a service is not answered with cards.

use crate::assess::Rejection;
use crate::fhir::Issue;

/// Why a call is not answered with cards. The issues never repeat what was sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CdsError {
    /// No service has this id: 404.
    #[error("unknown CDS service")]
    UnknownService,
    /// Nothing is remembered of the call: 404.
    #[error("unknown call of a CDS service")]
    UnknownCall,
    /// The request is not one of this service's hook, or not legible: 400.
    #[error("the CDS Hooks request is not acceptable")]
    Malformed(Vec<Issue>),
    /// Data that the service cannot do without is not in the prefetch: 412.
    #[error("data that the CDS service needs is missing")]
    MissingData(Vec<Issue>),
}

impl CdsError {
    pub(super) fn malformed(issue: Issue) -> Self {
        Self::Malformed(vec![issue])
    }

    /// What is wrong; empty for an unknown service.
    pub fn issues(&self) -> &[Issue] {
        match self {
            Self::UnknownService | Self::UnknownCall => &[],
            Self::Malformed(issues) | Self::MissingData(issues) => issues,
        }
    }
}

/// Inside a prefetch, only a key that stands twice is a reason to refuse: everything else is set aside.
impl From<Rejection> for CdsError {
    fn from(rejection: Rejection) -> Self {
        match rejection {
            Rejection::Malformed(issues) | Rejection::Unprocessable(issues) => Self::Malformed(issues),
        }
    }
}
