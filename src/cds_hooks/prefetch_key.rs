//! The data that services ask an EHR to send along, as queries of FHIR.

/// Data that a service asks the EHR to send along.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    /// What was done: operations, radiotherapy, embolisation.
    Procedures,
    /// What is ordered and stands: planned operations and radiotherapy.
    ServiceRequests,
    /// Drugs that are, or were, prescribed.
    Medications,
    /// Drugs that were given: the only source of a last dose.
    Administrations,
    /// Laboratory values.
    Laboratory,
    /// Stays in hospital: performance status of before may be another since.
    Encounters,
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

/// The classes of an Encounter that are stays in hospital. A test keeps them equal to the mapping files.
const INPATIENT_CLASSES: [&str; 3] = ["ACUTE", "IMP", "NONAC"];

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
            Self::Procedures => "procedures",
            Self::ServiceRequests => "serviceRequests",
            Self::Medications => "medications",
            Self::Administrations => "administrations",
            Self::Laboratory => "laboratory",
            Self::Encounters => "encounters",
        }
    }

    /// Whether nothing need be said where it did not come: without it the age of a finding is judged by its date alone, as
    /// wherever a record knows nothing of a stay in hospital.
    pub const fn may_be_missing(self) -> bool {
        matches!(self, Self::Encounters)
    }

    /// The FHIR query, within the subset that CDS Hooks recommends: reads and type searches by reference and token,
    /// `_count` and `_sort`. What can be sorted comes newest first, so that a page left out never holds the newest.
    /// Administrations cannot: their date has one name in R4 and another in R5.
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
            Self::Procedures => format!("Procedure?patient={PATIENT}&_sort=-date&{PAGE}"),
            Self::ServiceRequests => {
                format!("ServiceRequest?patient={PATIENT}&status=active,on-hold&_sort=-authored&{PAGE}")
            }
            Self::Medications => format!("MedicationRequest?patient={PATIENT}&_sort=-authoredon&{PAGE}"),
            Self::Administrations => format!("MedicationAdministration?patient={PATIENT}&{PAGE}"),
            Self::Laboratory => {
                format!("Observation?patient={PATIENT}&category=laboratory&_sort=-date&{PAGE}")
            }
            Self::Encounters => {
                let classes = INPATIENT_CLASSES.join(",");
                format!("Encounter?patient={PATIENT}&class={classes}&_sort=-date&{PAGE}")
            }
        }
    }
}
