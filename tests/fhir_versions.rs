//! The same patient in the shapes of R4, R4B and R5 becomes the same facts.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may fail loudly"
)]

mod records;

use records::{ASSESSOR, bundle};
use serde_json::{Value, json};
use spinemet::fhir::{FhirVersion, Record};

fn sct(code: &str) -> Value {
    json!({ "coding": [{ "system": "http://snomed.info/sct", "code": code }] })
}

fn rxnorm(code: &str) -> Value {
    json!({ "coding": [{ "system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": code }] })
}

/// What R4 and R4B call one thing and R5 another: the name of the member, and a concept that R5 wraps.
struct Shapes(FhirVersion);

impl Shapes {
    fn is_r5(&self) -> bool {
        self.0 == FhirVersion::R5
    }

    fn name(&self, before: &str, in_r5: &str) -> String {
        if self.is_r5() { in_r5 } else { before }.to_owned()
    }

    /// A CodeableConcept where R5 has a CodeableReference.
    fn concept(&self, concept: &Value) -> Value {
        if self.is_r5() { json!({ "concept": concept }) } else { concept.clone() }
    }

    /// `medication[x]` with a code.
    fn medication(&self, resource: &mut Value, code: &str) {
        let name = self.name("medicationCodeableConcept", "medication");
        resource[name] = self.concept(&rxnorm(code));
    }

    fn resources(&self) -> Vec<Value> {
        let subject = json!({ "reference": "Patient/p" });
        let mut request = json!({
            "resourceType": "MedicationRequest", "id": "order", "status": "active", "intent": "order", "subject": subject,
            "authoredOn": "2026-11-01",
        });
        self.medication(&mut request, "328134");
        let mut given = json!({
            "resourceType": "MedicationAdministration", "id": "given", "status": "completed", "subject": subject,
        });
        self.medication(&mut given, "253337");
        given[self.name("effectiveDateTime", "occurenceDateTime")] = json!("2026-11-02");
        let mut taken = json!({
            "resourceType": self.name("MedicationStatement", "MedicationUsage"), "id": "taken", "subject": subject,
            "status": self.name("active", "recorded"), "effectiveDateTime": "2026-10-01",
        });
        self.medication(&mut taken, "3264");
        let mut dispensed = json!({
            "resourceType": "MedicationDispense", "id": "dispensed", "status": "completed", "subject": subject,
            "whenHandedOver": "2026-10-30",
        });
        self.medication(&mut dispensed, "1114195");
        let mut procedure = json!({
            "resourceType": "Procedure", "id": "operation", "status": "completed", "subject": subject,
            "code": sct("283165009"), "bodySite": [sct("23215003")],
        });
        procedure[self.name("performedPeriod", "occurrencePeriod")] =
            json!({ "start": "2026-11-01", "end": "2026-11-01" });
        let service = json!({
            "resourceType": "ServiceRequest", "id": "service", "status": "active", "intent": "order",
            "subject": subject, "code": self.concept(&sct("115959002")), "bodySite": [sct("66794005")],
            "occurrenceDateTime": "2026-12-01",
        });
        let mut appointment = json!({
            "resourceType": "Appointment", "id": "appointment", "status": "booked", "start": "2026-12-02T08:00:00Z",
            "serviceType": [self.concept(&sct("426243004"))],
        });
        if self.is_r5() {
            appointment["subject"] = subject.clone();
        } else {
            appointment["participant"] = json!([{ "status": "accepted", "actor": subject }]);
        }
        let active = json!({ "coding": [{ "code": "active" }] });
        let mut condition = json!({
            "resourceType": "Condition", "id": "primary", "clinicalStatus": active, "subject": subject,
            "code": sct("254837009"), "onsetDateTime": "2020",
        });
        if self.is_r5() {
            condition["participant"] = json!([{ "actor": { "reference": "Practitioner/1" } }]);
        } else {
            condition["asserter"] = json!({ "reference": "Practitioner/1" });
        }
        let allergy = json!({
            "resourceType": "AllergyIntolerance", "id": "allergy", "clinicalStatus": active,
            "patient": subject, "code": sct("427811002"),
        });
        let mut grade = json!({
            "resourceType": "Observation", "id": "grade", "status": "final", "subject": subject,
            "code": { "coding": [{ "system": "https://spinemet.org/fhir/CodeSystem/finding", "code": "escc-grade" }] },
            "effectiveDateTime": "2026-11-20", "valueString": "1c",
        });
        let mut resources = vec![
            json!({ "resourceType": "Patient", "id": "p", "birthDate": "1960-05-05" }),
            json!({ "resourceType": "Practitioner", "id": "1" }),
        ];
        if self.is_r5() {
            grade["bodyStructure"] = json!({ "reference": "BodyStructure/site" });
            resources.push(json!({
                "resourceType": "BodyStructure", "id": "site", "patient": subject,
                "includedStructure": [{ "structure": sct("23215003") }],
            }));
        } else {
            grade["bodySite"] = sct("23215003");
        }
        resources.extend([
            request,
            given,
            taken,
            dispensed,
            procedure,
            service,
            appointment,
            condition,
            allergy,
            grade,
        ]);
        resources
    }
}

/// Each fact with its date and preliminary mark, sorted.
fn facts(version: FhirVersion) -> Vec<String> {
    let body = bundle(&Shapes(version).resources()).to_string();
    let record = Record::read(body.as_bytes()).unwrap();
    let mapped = ASSESSOR.mappings().map(&record);
    assert_eq!(mapped.issues, [], "{version}");
    let mut facts: Vec<String> = mapped
        .facts
        .iter()
        .map(|fact| {
            let date = fact.evidence.effective.as_ref().map_or("undated", |date| date.text());
            format!("{} {date} {}", fact.statement, fact.evidence.preliminary)
        })
        .collect();
    facts.sort();
    facts
}

#[test]
fn the_three_releases_say_the_same() {
    let expected = [
        "birth-date = 1960-05-05 undated false",
        "drug anticoagulant = prescribed 2026-10-30 false",
        "drug bevacizumab = given 2026-11-02 false",
        "drug gefitinib = prescribed 2026-11-01 false",
        "drug glucocorticoid = prescribed 2026-10-01 false",
        "escc at T12 = 1c 2026-11-20 false",
        "pmma-allergy = yes undated false",
        "primary = breast 2020 false",
        "procedure decompression at T12 = done 2026-11-01 false",
        "procedure stereotactic-radiotherapy at L1 = planned 2026-12-01 false",
        "procedure vertebral-augmentation = planned 2026-12-02T08:00:00Z false",
    ];
    for version in FhirVersion::ALL {
        assert_eq!(facts(version), expected, "{version}");
    }
}
