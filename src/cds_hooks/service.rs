//! The services on offer: which hook each listens to and which data it asks for.

use super::prefetch_key::PrefetchKey;

/// A CDS service of ours. One a hook, each with an id of its own: CDS Hooks lets services share one, and then the cards
/// of one replace those of the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Service {
    /// Overview of a patient with spinal metastases when the chart is opened.
    PatientView,
    /// What is to be said of the orders that are being selected.
    OrderSelect,
    /// What is to be said of the orders that are about to be signed.
    OrderSign,
    /// What is to be said of orders as they go to who carries them out.
    OrderDispatch,
    /// What is to be said of the dates of operations and radiotherapy as they are booked.
    AppointmentBook,
    /// What must be seen first as an encounter begins.
    EncounterStart,
    /// What must follow after the encounter.
    EncounterDischarge,
}

/// A hook of the CDS Hooks library.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hook {
    /// The chart of a patient is opened.
    PatientView,
    /// Orders are being selected.
    OrderSelect,
    /// Orders are about to be signed.
    OrderSign,
    /// Orders are sent to who carries them out.
    OrderDispatch,
    /// Appointments are being booked.
    AppointmentBook,
    /// An encounter begins.
    EncounterStart,
    /// An encounter ends.
    EncounterDischarge,
}

/// What a service speaks about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// The patient as a whole.
    Overview,
    /// What cannot wait.
    Urgency,
    /// What must follow.
    FollowUp,
    /// Single orders.
    Orders,
}

impl Service {
    /// Every service.
    pub const ALL: &'static [Self] = &[
        Self::PatientView,
        Self::OrderSelect,
        Self::OrderSign,
        Self::OrderDispatch,
        Self::AppointmentBook,
        Self::EncounterStart,
        Self::EncounterDischarge,
    ];

    /// The last part of the service's path.
    pub const fn id(self) -> &'static str {
        match self {
            Self::PatientView => "spinemet-patient-view",
            Self::OrderSelect => "spinemet-order-select",
            Self::OrderSign => "spinemet-order-sign",
            Self::OrderDispatch => "spinemet-order-dispatch",
            Self::AppointmentBook => "spinemet-appointment-book",
            Self::EncounterStart => "spinemet-encounter-start",
            Self::EncounterDischarge => "spinemet-encounter-discharge",
        }
    }

    /// The service with this id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|service| service.id() == id)
    }

    /// The hook that it listens to.
    pub const fn hook(self) -> Hook {
        match self {
            Self::PatientView => Hook::PatientView,
            Self::OrderSelect => Hook::OrderSelect,
            Self::OrderSign => Hook::OrderSign,
            Self::OrderDispatch => Hook::OrderDispatch,
            Self::AppointmentBook => Hook::AppointmentBook,
            Self::EncounterStart => Hook::EncounterStart,
            Self::EncounterDischarge => Hook::EncounterDischarge,
        }
    }

    pub(super) const fn purpose(self) -> Purpose {
        match self {
            Self::PatientView => Purpose::Overview,
            Self::EncounterStart => Purpose::Urgency,
            Self::EncounterDischarge => Purpose::FollowUp,
            Self::OrderSelect | Self::OrderSign | Self::OrderDispatch | Self::AppointmentBook => {
                Purpose::Orders
            }
        }
    }

    /// What it asks for: nine keys at most. An order is looked at beside the doses that were given; the other services
    /// show scores that rest on the laboratory.
    pub const fn prefetch(self) -> &'static [PrefetchKey] {
        match self.purpose() {
            Purpose::Orders => &[
                PrefetchKey::Patient,
                PrefetchKey::Conditions,
                PrefetchKey::Findings,
                PrefetchKey::Exams,
                PrefetchKey::Procedures,
                PrefetchKey::ServiceRequests,
                PrefetchKey::Medications,
                PrefetchKey::Administrations,
                PrefetchKey::Encounters,
            ],
            Purpose::Overview | Purpose::Urgency | Purpose::FollowUp => &[
                PrefetchKey::Patient,
                PrefetchKey::Conditions,
                PrefetchKey::Findings,
                PrefetchKey::Exams,
                PrefetchKey::Procedures,
                PrefetchKey::ServiceRequests,
                PrefetchKey::Medications,
                PrefetchKey::Laboratory,
                PrefetchKey::Encounters,
            ],
        }
    }
}

impl Hook {
    /// The name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::PatientView => "patient-view",
            Self::OrderSelect => "order-select",
            Self::OrderSign => "order-sign",
            Self::OrderDispatch => "order-dispatch",
            Self::AppointmentBook => "appointment-book",
            Self::EncounterStart => "encounter-start",
            Self::EncounterDischarge => "encounter-discharge",
        }
    }

    /// Whether its context names the user. Orders are dispatched by a system.
    pub(super) const fn names_user(self) -> bool {
        !matches!(self, Self::OrderDispatch)
    }
}
