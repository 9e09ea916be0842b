//! What FHIR itself says about a resource (status, dates, references, versions, containers) decides whether and as what it
//! counts.

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
use spinemet::fhir::Record;
use spinemet::mapping::{Mapped, Outcome};

/// What a Bundle becomes.
fn mapped(record: &Value) -> Mapped {
    let body = record.to_string();
    let record = Record::read(body.as_bytes()).unwrap_or_else(|rejection| panic!("{:?}", rejection.issues()));
    ASSESSOR.mappings().map(&record)
}

/// The statements of a patient's resources, sorted, without the birth date.
fn statements(resources: &[Value]) -> Vec<String> {
    let mut all = vec![json!({ "resourceType": "Patient", "id": "p" })];
    all.extend(resources.iter().cloned());
    let mut statements: Vec<String> =
        mapped(&bundle(&all)).facts.iter().map(|fact| fact.statement.to_string()).collect();
    statements.sort();
    statements
}

/// Why a patient's resources became nothing, by slug.
fn reasons(resources: &[Value]) -> Vec<String> {
    let mut all = vec![json!({ "resourceType": "Patient", "id": "p" })];
    all.extend(resources.iter().cloned());
    let told = mapped(&bundle(&all)).decisions.into_iter().filter(|decision| decision.resource > 0);
    told.filter_map(|decision| match decision.outcome {
        Outcome::Mapped { .. } => None,
        Outcome::Ignored(reason) => Some(reason.key().to_owned()),
        Outcome::NearMiss { reason, .. } => Some(reason.key().to_owned()),
    })
    .collect()
}

/// A resource with members added or replaced.
fn with(resource: &Value, members: &Value) -> Value {
    let mut resource = resource.clone();
    resource.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    resource
}

fn karnofsky() -> Value {
    json!({
        "resourceType": "Observation", "id": "kps", "status": "final",
        "code": { "coding": [{ "system": "http://loinc.org", "code": "89243-0" }] },
        "valueInteger": 80,
    })
}

fn liver_metastasis() -> Value {
    json!({
        "resourceType": "Condition", "id": "liver",
        "code": { "coding": [{ "system": "http://hl7.org/fhir/sid/icd-10", "code": "C78.7" }] },
    })
}

#[test]
fn the_status_decides_whether_a_resource_counts() {
    let observation = |status: &str| reasons(&[with(&karnofsky(), &json!({ "status": status }))]);
    for status in ["final", "amended", "corrected", "preliminary"] {
        assert!(observation(status).is_empty(), "{status}");
    }
    for status in ["registered", "cancelled", "entered-in-error", "unknown", "Final"] {
        assert_eq!(observation(status), ["status"], "{status}");
    }
    let condition = |verification: &str, clinical: &str| {
        let status = |code: &str| json!({ "coding": [{ "code": code }] });
        let members =
            json!({ "verificationStatus": status(verification), "clinicalStatus": status(clinical) });
        reasons(&[with(&liver_metastasis(), &members)])
    };
    for (verification, clinical, expected) in [
        ("confirmed", "active", None),
        ("provisional", "recurrence", None),
        ("unconfirmed", "relapse", None),
        ("refuted", "active", Some("refuted")),
        ("entered-in-error", "active", Some("refuted")),
        ("differential", "active", Some("not-established")),
        ("confirmed", "resolved", Some("resolved")),
        ("confirmed", "remission", Some("resolved")),
        ("confirmed", "inactive", Some("resolved")),
    ] {
        let expected: Vec<&str> = expected.into_iter().collect();
        assert_eq!(condition(verification, clinical), expected, "{verification} {clinical}");
    }
}

#[test]
fn whatever_has_abated_is_over_except_where_a_tumour_arose() {
    for abatement in [
        json!({ "abatementDateTime": "2026-01" }),
        json!({ "abatementPeriod": { "end": "2026" } }),
        json!({ "abatementString": "in spring" }),
        json!({ "abatementBoolean": true }),
    ] {
        assert_eq!(reasons(&[with(&liver_metastasis(), &abatement)]), ["resolved"], "{abatement}");
        let primary = with(
            &liver_metastasis(),
            &json!({ "code": { "coding": [{ "system": "http://hl7.org/fhir/sid/icd-10", "code": "C50" }] } }),
        );
        assert_eq!(statements(&[with(&primary, &abatement)]), ["primary = breast"], "{abatement}");
    }
    assert!(reasons(&[with(&liver_metastasis(), &json!({ "abatementBoolean": false }))]).is_empty());
}

#[test]
fn every_kind_of_effective_date_is_read_as_the_time_it_may_mean() {
    for (effective, expected) in [
        (json!({ "effectiveDateTime": "2026-11-20T08:30:00+08:00" }), "2026-11-20T08:30:00+08:00"),
        (json!({ "effectiveDateTime": "2026-11-20" }), "2026-11-20"),
        (json!({ "effectiveDateTime": "2026-11" }), "2026-11"),
        (json!({ "effectiveDateTime": "2026" }), "2026"),
        (json!({ "effectiveInstant": "2026-11-20T08:30:00Z" }), "2026-11-20T08:30:00Z"),
        (
            json!({ "effectivePeriod": { "start": "2026-11-19", "end": "2026-11-20" } }),
            "2026-11-19/2026-11-20",
        ),
        (json!({ "effectivePeriod": { "start": "2026-11-19" } }), "2026-11-19"),
        (json!({ "effectiveTiming": { "event": ["2026-11-18", "2026-11-20"] } }), "2026-11-18/2026-11-20"),
    ] {
        let patient = json!({ "resourceType": "Patient", "id": "p" });
        let facts = mapped(&bundle(&[patient, with(&karnofsky(), &effective)])).facts;
        let dates: Vec<&str> =
            facts.iter().map(|fact| fact.evidence.effective.as_ref().unwrap().text()).collect();
        assert_eq!(dates, [expected], "{effective}");
    }
    // An illegible date is an issue with its place, and the value stays, undated.
    let patient = json!({ "resourceType": "Patient", "id": "p" });
    let illegible = with(&karnofsky(), &json!({ "effectiveDateTime": "last Tuesday" }));
    let found = mapped(&bundle(&[patient, illegible]));
    assert_eq!(found.facts[0].evidence.effective, None);
    assert_eq!(found.issues[0].expression.as_deref(), Some("Bundle.entry[1].resource.effectiveDateTime"));
}

#[test]
fn data_that_are_said_to_be_absent_are_absent() {
    let absent = json!({ "coding": [{ "code": "unknown" }] });
    let mut without = karnofsky();
    without.as_object_mut().unwrap().remove("valueInteger");
    assert_eq!(reasons(&[with(&without, &json!({ "dataAbsentReason": absent }))]), ["data-absent"]);
    let by_extension = json!({ "_valueInteger": { "extension": [{
        "url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown",
    }] } });
    assert_eq!(reasons(&[with(&without, &by_extension)]), ["data-absent"]);
    assert_eq!(reasons(&[without]), ["no-value"]);
}

#[test]
fn a_modifier_extension_sets_aside_what_it_may_change() {
    let modifier = json!([{ "url": "urn:example:negated", "valueBoolean": true }]);
    let whole = with(&karnofsky(), &json!({ "modifierExtension": modifier }));
    assert_eq!(reasons(&[whole]), ["modifier-extension"]);
    // In a component it sets that component aside, and no other.
    let finding = |code: &str, value: &str| {
        json!({
            "code": { "coding": [{ "system": "https://spinemet.org/fhir/CodeSystem/finding", "code": code }] },
            "valueString": value,
        })
    };
    let panel = json!({
        "resourceType": "Observation", "status": "final", "code": { "text": "SINS" }, "bodySite": { "text": "T12" },
        "component": [
            with(&finding("sins-lesion", "lytic"), &json!({ "modifierExtension": modifier })),
            finding("sins-pain", "mechanical"),
        ],
    });
    assert_eq!(statements(std::slice::from_ref(&panel)), ["sins-pain at T12 = mechanical"]);
    assert_eq!(reasons(&[panel]), ["modifier-extension"]);
}

#[test]
fn a_member_of_a_panel_is_at_the_level_of_the_panel() {
    let member = |id: &str| {
        json!({
            "resourceType": "Observation", "id": id, "status": "final",
            "code": { "coding": [{ "system": "https://spinemet.org/fhir/CodeSystem/finding", "code": "escc-grade" }] },
            "valueString": "2",
        })
    };
    let panel = |id: &str, level: &str, member: &str| {
        json!({
            "resourceType": "Observation", "id": id, "status": "final", "code": { "text": "MRI of the spine" },
            "bodySite": { "text": level }, "hasMember": [{ "reference": member }],
        })
    };
    for reference in ["Observation/e", "https://ehr.example/fhir/Observation/e", "Observation/e/_history/2"] {
        let found = statements(&[member("e"), panel("a", "L2", reference)]);
        assert_eq!(found, ["escc at L2 = 2"], "{reference}");
    }
    let own = with(&member("e"), &json!({ "bodySite": { "text": "L3" } }));
    assert_eq!(statements(&[own, panel("a", "L2", "Observation/e")]), ["escc at L3 = 2"]);
    // In two panels it is in none.
    let twice = [member("e"), panel("a", "L2", "Observation/e"), panel("b", "L4", "Observation/e")];
    assert_eq!(statements(&twice), ["escc = 2"]);
}

#[test]
fn a_level_may_be_a_body_structure() {
    let finding = json!({
        "resourceType": "Observation", "status": "final", "valueString": "1b",
        "code": { "coding": [{ "system": "https://spinemet.org/fhir/CodeSystem/finding", "code": "escc-grade" }] },
        "bodyStructure": { "reference": "BodyStructure/b" },
    });
    let vertebra = json!({ "coding": [{ "system": "http://snomed.info/sct", "code": "23215003" }] });
    for structure in [
        json!({ "resourceType": "BodyStructure", "id": "b", "location": vertebra }),
        json!({ "resourceType": "BodyStructure", "id": "b", "includedStructure": [{ "structure": vertebra }] }),
    ] {
        assert_eq!(statements(&[finding.clone(), structure]), ["escc at T12 = 1b"]);
    }
}

#[test]
fn a_medication_is_found_by_whatever_names_it() {
    let medication = json!({
        "resourceType": "Medication", "id": "m",
        "identifier": [{ "system": "urn:example:stock", "value": "17" }],
        "code": { "coding": [{ "system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "253337" }] },
    });
    let order = |reference: &Value| {
        json!({
            "resourceType": "MedicationRequest", "status": "active", "intent": "order",
            "subject": { "reference": "Patient/p" }, "medicationReference": reference,
        })
    };
    let record = |reference: &Value| {
        json!({ "resourceType": "Bundle", "type": "collection", "entry": [
            { "resource": { "resourceType": "Patient", "id": "p" } },
            { "fullUrl": "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0", "resource": medication },
            { "resource": order(reference) },
        ] })
    };
    for reference in [
        json!({ "reference": "Medication/m" }),
        json!({ "reference": "https://ehr.example/fhir/Medication/m" }),
        json!({ "reference": "Medication/m/_history/4" }),
        json!({ "reference": "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0" }),
        json!({ "identifier": { "system": "urn:example:stock", "value": "17" } }),
    ] {
        let facts = mapped(&record(&reference)).facts;
        assert_eq!(facts.len(), 1, "{reference}");
        assert_eq!(facts[0].statement.to_string(), "drug bevacizumab = prescribed");
    }
    for reference in [json!({ "reference": "Medication/other" }), json!({ "display": "bevacizumab" })] {
        assert!(mapped(&record(&reference)).facts.is_empty(), "{reference}");
    }
}

#[test]
fn only_the_last_of_several_versions_counts() {
    let version =
        |meta: &Value, value: u32| with(&karnofsky(), &json!({ "meta": meta, "valueInteger": value }));
    for (older, newer) in [
        (json!({ "lastUpdated": "2026-11-01T00:00:00Z" }), json!({ "lastUpdated": "2026-11-02T00:00:00Z" })),
        (json!({ "versionId": "9" }), json!({ "versionId": "10" })),
        (
            json!({ "versionId": "1", "lastUpdated": "2026-11-01T00:00:00Z" }),
            json!({ "versionId": "2", "lastUpdated": "2026-11-01T00:00:00Z" }),
        ),
    ] {
        for resources in
            [[version(&older, 50), version(&newer, 80)], [version(&newer, 80), version(&older, 50)]]
        {
            assert_eq!(statements(&resources), ["karnofsky = 80"], "{older} {newer}");
        }
    }
    // Where it cannot be told which is newer, both stand, and the contradiction shows.
    let both = [version(&json!({}), 50), version(&json!({}), 80)];
    assert_eq!(statements(&both), ["karnofsky = 50", "karnofsky = 80"]);
}

#[test]
fn what_a_history_says_was_deleted_is_gone() {
    let version = |updated: Option<&str>| {
        let meta = updated.map_or_else(|| json!({}), |updated| json!({ "meta": { "lastUpdated": updated } }));
        json!({ "fullUrl": "https://ehr.example/fhir/Observation/kps", "resource": with(&karnofsky(), &meta) })
    };
    let deletion = |at: Option<&str>| {
        let mut entry = json!({
            "fullUrl": "https://ehr.example/fhir/Observation/kps",
            "request": { "method": "DELETE", "url": "Observation/kps" },
        });
        if let Some(at) = at {
            entry["response"] = json!({ "status": "204", "lastModified": at });
        }
        entry
    };
    let patient = json!({ "resource": { "resourceType": "Patient", "id": "p" } });
    let (first, second) = (Some("2026-11-01T00:00:00Z"), Some("2026-11-02T00:00:00Z"));
    for (entries, is_there) in [
        // A history begins with the newest.
        (vec![deletion(None), version(None)], false),
        (vec![version(None), deletion(None)], true),
        // Times say more than the order does.
        (vec![deletion(second), version(first)], false),
        (vec![version(first), deletion(second)], false),
        (vec![deletion(first), version(second)], true),
        (vec![version(second), deletion(first), version(first)], true),
    ] {
        let mut all = vec![patient.clone()];
        all.extend(entries);
        let found = mapped(&json!({ "resourceType": "Bundle", "type": "history", "entry": all })).facts;
        assert_eq!(found.len(), usize::from(is_there), "{all:?}");
    }
}

#[test]
fn a_report_carries_the_findings_that_it_contains() {
    let report = json!({
        "resourceType": "DiagnosticReport", "id": "r", "status": "final", "code": { "text": "MRI" },
        "subject": { "reference": "Patient/p" }, "contained": [with(&karnofsky(), &json!({ "id": "k" }))],
    });
    assert_eq!(statements(std::slice::from_ref(&report)), ["karnofsky = 80"]);
    let error = with(&report, &json!({ "status": "entered-in-error" }));
    assert!(statements(&[error]).is_empty());
    let other = with(&report, &json!({ "subject": { "reference": "Patient/other" } }));
    assert!(statements(&[other]).is_empty());
}

#[test]
fn a_subject_by_identifier_is_the_patient_unless_it_is_another_one_of_that_system() {
    let patient = json!({
        "resourceType": "Patient", "id": "p", "identifier": [{ "system": "urn:example:mrn", "value": "1" }],
    });
    let of = |system: &str, value: &str| {
        let subject = json!({ "identifier": { "system": system, "value": value } });
        let found = mapped(&bundle(&[patient.clone(), with(&karnofsky(), &json!({ "subject": subject }))]));
        found.facts.len()
    };
    assert_eq!(of("urn:example:mrn", "1"), 1);
    assert_eq!(of("urn:example:mrn", "2"), 0);
    assert_eq!(of("urn:example:national", "9"), 1);
}

#[test]
fn histology_of_its_own_refines_the_tumour_that_it_is_about() {
    let lung = |id: &str| {
        json!({
            "resourceType": "Condition", "id": id,
            "code": { "coding": [{ "system": "http://hl7.org/fhir/sid/icd-10", "code": "C34.1" }] },
        })
    };
    let histology = |code: &str, focus: Option<&str>| {
        let observation = json!({
            "resourceType": "Observation", "status": "final",
            "code": { "coding": [{ "system": "http://loinc.org", "code": "59847-4" }] },
            "valueCodeableConcept": { "coding": [
                { "system": "http://terminology.hl7.org/CodeSystem/icd-o-3", "code": code },
            ] },
        });
        let focus = focus.map_or_else(|| json!({}), |focus| json!({ "focus": [{ "reference": focus }] }));
        with(&observation, &focus)
    };
    let both = |group: &str| vec![format!("primary = {group}"); 2];
    assert_eq!(statements(&[lung("a"), histology("8041/3", None)]), both("lung-small-cell"));
    assert_eq!(statements(&[histology("8240/3", Some("Condition/a")), lung("a")]), both("carcinoid"));
    // Of two tumours it names neither.
    let breast = json!({
        "resourceType": "Condition", "id": "b",
        "code": { "coding": [{ "system": "http://hl7.org/fhir/sid/icd-10", "code": "C50" }] },
    });
    let two = [lung("a"), breast, histology("8041/3", None)];
    assert_eq!(statements(&two), ["primary = breast", "primary = lung"]);
}

#[test]
fn our_own_questionnaire_is_read_by_the_codes_of_its_links() {
    let item = |link: &str, answer: Value| json!({ "linkId": link, "answer": [answer] });
    let level = |level: &str, grade: &str| {
        json!({ "linkId": "level", "item": [
            item("vertebral-level", json!({ "valueCoding": { "system": "http://snomed.info/sct", "code": level } })),
            item("escc-grade", json!({ "valueCoding": {
                "system": "https://spinemet.org/fhir/CodeSystem/finding", "code": grade,
            } })),
        ] })
    };
    let response = json!({
        "resourceType": "QuestionnaireResponse", "status": "completed", "authored": "2026-11-20",
        "questionnaire": "https://spinemet.org/fhir/Questionnaire/findings|1.0",
        "item": [
            level("23215003", "escc-1c"), level("66794005", "escc-0"),
            item("surgical-tolerance", json!({ "valueBoolean": true })),
            item("vertebral-metastasis-count", json!({ "valueInteger": 2 })),
            item("unknown-question", json!({ "valueBoolean": true })),
        ],
    });
    let expected = ["escc at L1 = 0", "escc at T12 = 1c", "surgical-tolerance = yes", "vertebral-count = 2"];
    assert_eq!(statements(std::slice::from_ref(&response)), expected);
    for (member, reason) in [
        (json!({ "status": "entered-in-error" }), "status"),
        (json!({ "questionnaire": "https://example.org/Questionnaire/pain" }), "code-not-known"),
    ] {
        assert_eq!(reasons(&[with(&response, &member)]), [reason]);
    }
}
