//! The services on offer: which hook each listens to and which data it asks for.

/// A CDS service of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Service {
    /// Overview of a patient with spinal metastases when the chart is opened.
    PatientView,
}

/// A hook of the CDS Hooks library.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hook {
    /// The chart of a patient is opened.
    PatientView,
}

/// Data that a service asks the EHR to send along.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PrefetchKey {
    /// The patient: whose record it is, and the age.
    Patient,
    /// Problems and diagnoses: the primary tumour and where its metastases are.
    Conditions,
    /// Observations with a code that is known to answer one of our questions.
    Findings,
    /// Observations of the categories exam, imaging and survey: panels whose parts carry the codes, and results whose
    /// code is words, neither of which a search by code finds.
    Exams,
}

impl Service {
    /// Every service.
    pub const ALL: &'static [Self] = &[Self::PatientView];

    /// The last part of the service's path.
    pub const fn id(self) -> &'static str {
        match self {
            Self::PatientView => "spinemet-patient-view",
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
        }
    }

    /// What it asks for.
    pub const fn prefetch(self) -> &'static [PrefetchKey] {
        match self {
            Self::PatientView => {
                &[PrefetchKey::Patient, PrefetchKey::Conditions, PrefetchKey::Findings, PrefetchKey::Exams]
            }
        }
    }
}

impl Hook {
    /// The name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::PatientView => "patient-view",
        }
    }
}

/// Codes of LOINC and SNOMED CT that ask for a performance status. A test keeps them equal to the mapping files.
const PERFORMANCE_CODES: [&str; 6] = [
    "http://loinc.org|89243-0",
    "http://loinc.org|89245-5",
    "http://loinc.org|89247-1",
    "http://loinc.org|89262-0",
    "http://snomed.info/sct|761869008",
    "http://snomed.info/sct|423740007",
];

/// The CodeSystem of our questions.
const FINDING_SYSTEM: &str = "https://spinemet.org/fhir/CodeSystem/finding";

/// The questions of our own CodeSystem. Spelled out, because fewer servers understand a search for a whole system.
const FINDING_CODES: [&str; 18] = [
    "asia-impairment-scale",
    "bone-metastasis-extent",
    "escc-grade",
    "extraspinal-bone-metastasis-count",
    "frankel-grade",
    "pain-type",
    "sins-alignment",
    "sins-collapse",
    "sins-lesion",
    "sins-location",
    "sins-pain",
    "sins-posterolateral",
    "vertebral-collapse-percent",
    "vertebral-level",
    "vertebral-metastasis-count",
    "visceral-metastasis-status",
    "visceral-resectability",
    "visceral-treatability",
];

/// How many resources a page of a search should hold. Servers send 10 to 50 unless they are asked for more, and what is
/// on further pages counts as unknown.
const PAGE: &str = "_count=200";

impl PrefetchKey {
    /// The key in `prefetch`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Patient => "patient",
            Self::Conditions => "conditions",
            Self::Findings => "findings",
            Self::Exams => "exams",
        }
    }

    /// The FHIR query, within the subset that CDS Hooks recommends: reads and type searches by reference and token,
    /// `_count` and `_sort`. Observations come newest first, so that a page left out never holds the newest.
    pub fn template(self) -> String {
        const PATIENT: &str = "{{context.patientId}}";
        match self {
            Self::Patient => format!("Patient/{PATIENT}"),
            Self::Conditions => format!("Condition?patient={PATIENT}&{PAGE}"),
            Self::Findings => {
                let own = FINDING_CODES.iter().map(|code| format!("{FINDING_SYSTEM}|{code}"));
                let codes: Vec<String> =
                    PERFORMANCE_CODES.iter().map(|code| (*code).to_owned()).chain(own).collect();
                format!("Observation?patient={PATIENT}&code={}&_sort=-date&{PAGE}", codes.join(","))
            }
            Self::Exams => {
                format!("Observation?patient={PATIENT}&category=exam,imaging,survey&_sort=-date&{PAGE}")
            }
        }
    }
}
