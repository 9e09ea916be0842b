//! Records that contradict themselves, and words that deny what a code says, become no fact: each is reported with its reason.
//! What only looks like it is still read.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may fail loudly"
)]

mod records;

use records::{ASSESSOR, bundle, outcomes, told};
use serde_json::{Value, json};
use spinemet::fhir::Record;
use spinemet::mapping::Outcome;

const SNOMED: &str = "http://snomed.info/sct";
const LOINC: &str = "http://loinc.org";
const ICD_10: &str = "http://hl7.org/fhir/sid/icd-10";
const BASIS: &str = "https://www.medizininformatik-initiative.de/fhir/ext/modul-onko/CodeSystem/\
                     mii-cs-onko-primaertumor-diagnosesicherung";
const FINDING: &str = "https://spinemet.org/fhir/CodeSystem/finding";

/// What a resource of the patient becomes: its statements, and the reasons of what became none.
fn became(resource: &Value) -> Vec<String> {
    let patient = json!({ "resourceType": "Patient", "id": "p" });
    let told = |outcome: &Outcome| match outcome {
        Outcome::NearMiss { reason, .. } => format!("({reason})"),
        other => told(other),
    };
    outcomes(&patient, std::slice::from_ref(resource)).iter().map(told).collect()
}

/// A resource with members added or replaced.
fn with(resource: &Value, members: &Value) -> Value {
    let mut resource = resource.clone();
    resource.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    resource
}

fn coding(system: &str, code: &str) -> Value {
    json!({ "system": system, "code": code })
}

/// A concept with words: as its text, and as the display of its code.
fn labelled(system: &str, code: &str, words: &str) -> [Value; 2] {
    [
        json!({ "coding": [coding(system, code)], "text": words }),
        json!({ "coding": [{ "system": system, "code": code, "display": words }] }),
    ]
}

fn condition(code: &Value) -> Value {
    json!({ "resourceType": "Condition", "code": code })
}

fn bone_metastasis() -> Value {
    condition(&json!({ "coding": [coding(ICD_10, "C79.5")] }))
}

fn observation(system: &str, code: &str, members: &Value) -> Value {
    let observation = json!({
        "resourceType": "Observation", "status": "final", "code": { "coding": [coding(system, code)] },
    });
    with(&observation, members)
}

fn karnofsky(members: &Value) -> Value {
    observation(LOINC, "89243-0", members)
}

#[test]
fn words_beside_the_code_of_a_diagnosis_must_not_deny_it() {
    for words in [
        "Rule out bone metastasis",
        "r/o bone mets",
        "No evidence of bone metastases",
        "Bone metastases: ruled out",
        "bone metastasis?",
        "Suspected osseous metastases",
        "Family history of bone cancer",
        "Ausschluss Knochenmetastasen",
        "V.a. ossäre Metastasen",
        "keine Knochenmetastasen",
        "pas de métastase osseuse",
        "Suspicion de métastases osseuses",
        "骨转移待排",
        "疑似骨转移",
        "未见骨转移",
        "骨转移？",
        "否认骨转移",
        "无骨质破坏",
        "Mother: bone cancer",
        "母亲骨癌",
    ] {
        for code in labelled(ICD_10, "C79.5", words) {
            assert_eq!(became(&condition(&code)), ["(label-in-doubt)"], "{words}");
        }
    }
    for words in [
        "Secondary malignant neoplasm of bone and bone marrow",
        "Sekundäre bösartige Neubildung des Knochens, nicht näher bezeichnet",
        "Tumeur maligne secondaire des os",
        "骨和骨髓继发性恶性肿瘤，未特指",
        "Mets to node and bone",
        "无症状的骨继发恶性肿瘤",
    ] {
        for code in labelled(ICD_10, "C79.5", words) {
            assert_eq!(became(&condition(&code)), ["bone-metastasis"], "{words}");
        }
    }
}

#[test]
fn a_known_allergy_is_not_what_its_words_deny_and_a_family_s_disease_not_the_patient_s() {
    let allergy = |words: &str| {
        let [code, _] = labelled(SNOMED, "427811002", words);
        became(&json!({ "resourceType": "AllergyIntolerance", "code": code, "category": ["medication"] }))
    };
    assert_eq!(allergy("Polymethyl methacrylate"), ["pmma-allergy = yes"]);
    assert_eq!(allergy("No known allergy to bone cement"), ["(label-in-doubt)"]);
    let category = |words: &str| {
        let category = json!([{ "coding": [{ "system": SNOMED, "code": "1", "display": words }] }]);
        became(&with(&bone_metastasis(), &json!({ "category": category })))
    };
    assert_eq!(category("Problem List Item"), ["bone-metastasis"]);
    assert_eq!(category("Family history of clinical finding"), ["(label-in-doubt)"]);
}

#[test]
fn words_beside_a_code_must_not_name_something_else() {
    let cases = [
        ("Condition", ICD_10, "C50.9", "Prostate cancer", "(label-disagrees)"),
        ("Condition", ICD_10, "C50.9", "Breast cancer", "primary = breast"),
        ("Condition", ICD_10, "C79.5", "肝转移", "(label-disagrees)"),
        ("Condition", ICD_10, "C79.5", "脊柱转移瘤", "bone-metastasis"),
        ("Condition", ICD_10, "C79.5", "Metastatic renal cell carcinoma", "bone-metastasis"),
        ("Condition", ICD_10, "C79.5", "Breast cancer", "(label-disagrees)"),
        ("Condition", SNOMED, "44054006", "obesity", "(label-disagrees)"),
        ("Procedure", SNOMED, "283165009", "vertebroplasty", "(label-disagrees)"),
        ("Procedure", SNOMED, "283165009", "laminectomy", "procedure decompression = done"),
        ("Procedure", SNOMED, "283165009", "no laminectomy", "(label-in-doubt)"),
        (
            "ServiceRequest",
            LOINC,
            "36067-7",
            "MRI to rule out cord compression",
            "procedure spinal-mri = planned",
        ),
        ("ServiceRequest", LOINC, "36067-7", "vertebroplasty", "(label-disagrees)"),
    ];
    for (kind, system, code, words, expected) in cases {
        let status = if kind == "ServiceRequest" { "active" } else { "completed" };
        for code in labelled(system, code, words) {
            let resource = json!({ "resourceType": kind, "status": status, "intent": "order", "code": code });
            assert_eq!(became(&resource), [expected], "{words}");
        }
    }
}

#[test]
fn a_vertebra_with_the_name_of_another_is_no_level() {
    let escc = |site: &Value| {
        became(&observation(FINDING, "escc-grade", &json!({ "bodySite": site, "valueString": "2" })))
    };
    for (words, expected) in [
        ("T12", "escc at T12 = 2"),
        ("Structure of twelfth thoracic vertebra", "escc at T12 = 2"),
        ("thoracic spine", "escc at T12 = 2"),
        ("L1", "(site-not-known)"),
        ("liver", "(site-not-known)"),
    ] {
        for site in labelled(SNOMED, "23215003", words) {
            assert_eq!(escc(&site), [expected], "{words}");
        }
    }
}

#[test]
fn two_vertebrae_in_one_text_are_not_the_vertebra_with_both_digits() {
    for text in
        ["T1,2", "T1, 2", "T1 2", "T1;2", "T1、2", "Ｔ１、２", "胸1、2", "T1.2", "T1/2", "T1-2", "T1～2"]
    {
        let escc =
            observation(FINDING, "escc-grade", &json!({ "bodySite": { "text": text }, "valueString": "2" }));
        assert_eq!(became(&escc), ["(site-not-known)"], "{text}");
        let named = condition(&json!({ "text": format!("{text}椎体转移") }));
        assert_eq!(became(&named), ["(code-not-known)"], "{text}");
    }
    let one = condition(&json!({ "text": "T 12 椎体转移" }));
    assert_eq!(became(&one), ["spinal-metastasis at T12"]);
}

#[test]
fn a_level_that_is_said_twice_must_be_the_same() {
    let level = |text: &str| json!({ "code": { "coding": [coding(FINDING, "vertebral-level")] }, "valueString": text });
    let grade = json!({ "code": { "coding": [coding(FINDING, "escc-grade")] }, "valueString": "2" });
    let panel = |levels: &[&str], site: Option<&str>| {
        let mut component: Vec<Value> = levels.iter().map(|text| level(text)).collect();
        component.push(grade.clone());
        let mut panel = json!({
            "resourceType": "Observation", "status": "final", "code": { "text": "MRI" }, "component": component,
        });
        if let Some(site) = site {
            panel["bodySite"] = json!({ "text": site });
        }
        became(&panel).join(" ")
    };
    for (levels, site, expected) in [
        (vec!["T12"], None, "escc at T12 = 2"),
        (vec!["T12", "T12"], Some("T12"), "escc at T12 = 2"),
        (vec!["T12"], Some("thoracic spine"), "escc at T12 = 2"),
        (vec!["T12"], Some("L1"), "(codes-disagree)"),
        (vec!["T12", "L1"], None, "(codes-disagree)"),
    ] {
        assert_eq!(panel(&levels, site), expected, "{levels:?} {site:?}");
    }
    let named = |kind: &str, text: &str, site: &str| {
        let resource = json!({
            "resourceType": kind, "status": "completed", "code": { "text": text }, "bodySite": [{ "text": site }],
        });
        became(&resource).join(" ")
    };
    for (site, procedure, diagnosis) in [
        ("L1", "procedure vertebral-augmentation at L1 = done", "spinal-metastasis at L1"),
        ("lumbar spine", "procedure vertebral-augmentation at L1 = done", "spinal-metastasis at L1"),
        ("T12", "(site-contradicts-code)", "(site-contradicts-code)"),
    ] {
        assert_eq!(named("Procedure", "L1椎体成形术", site), procedure, "{site}");
        assert_eq!(named("Condition", "L1椎体转移瘤", site), diagnosis, "{site}");
    }
}

#[test]
fn a_body_site_that_the_code_excludes_is_a_contradiction() {
    let cases = [
        ("C78.7", "T12", "(site-contradicts-code)"),
        ("C78.7", "liver", "visceral-metastasis = liver"),
        ("C78.7", "lung", "(site-contradicts-code)"),
        ("C79.5", "liver", "(site-contradicts-code)"),
        ("C79.5", "T12", "spinal-metastasis at T12"),
        ("C79.5", "rib", "extraspinal-bone-metastasis = rib"),
        // What is not known excludes nothing; where it might have said more, it is named.
        ("C79.5", "flank", "bone-metastasis (site-not-known)"),
        ("C78.7", "flank", "visceral-metastasis = liver"),
    ];
    for (code, site, expected) in cases {
        let code = json!({ "coding": [coding(ICD_10, code)] });
        let found = became(&with(&condition(&code), &json!({ "bodySite": [{ "text": site }] })));
        assert_eq!(found.join(" "), expected, "{code} {site}");
    }
}

#[test]
fn a_status_in_whatever_form_is_never_taken_for_none() {
    let status = |code: &str| json!({ "coding": [{ "code": code }] });
    let verification = [
        (json!("refuted"), "(refuted)"),
        (json!("entered-in-error"), "(refuted)"),
        (json!("unknown"), "bone-metastasis"),
        (json!({ "text": "Entered in Error" }), "(refuted)"),
        (json!({ "text": "Confirmed" }), "bone-metastasis"),
        (status("Refuted"), "(refuted)"),
        (status("rule-out"), "(status-not-known)"),
        (json!({ "text": "?" }), "(status-not-known)"),
        (json!(["refuted"]), "(status-not-known)"),
        (json!({}), "(status-not-known)"),
        (json!(null), "bone-metastasis"),
        // On what a German diagnosis rests is no status, beside one or alone.
        (json!({ "coding": [coding(BASIS, "2"), coding("", "refuted")] }), "(refuted)"),
        (json!({ "coding": [coding(BASIS, "2")] }), "bone-metastasis"),
        (json!({ "coding": [coding("urn:example:status", "2")] }), "(status-not-known)"),
    ];
    for (status, expected) in verification {
        let found = became(&with(&bone_metastasis(), &json!({ "verificationStatus": status })));
        assert_eq!(found, [expected], "{status}");
    }
    let clinical = [
        (json!("resolved"), "(resolved)"),
        (json!("active"), "bone-metastasis"),
        (json!({ "text": "Resolved" }), "(resolved)"),
        (status("gone"), "(status-not-known)"),
    ];
    for (status, expected) in clinical {
        let found = became(&with(&bone_metastasis(), &json!({ "clinicalStatus": status })));
        assert_eq!(found, [expected], "{status}");
    }
}

#[test]
fn the_certainty_of_a_german_diagnosis_is_heeded() {
    let url = "http://fhir.de/StructureDefinition/icd-10-gm-diagnosesicherheit";
    let system = "https://fhir.kbv.de/CodeSystem/KBV_CS_SFHIR_ICD_DIAGNOSESICHERHEIT";
    for (certainty, expected) in [
        ("G", "bone-metastasis"),
        ("V", "(not-established)"),
        ("A", "(refuted)"),
        ("Z", "(resolved)"),
        ("X", "(status-not-known)"),
    ] {
        let extensions = json!([{ "url": url, "valueCoding": coding(system, certainty) }]);
        let mut of_coding = coding("http://fhir.de/CodeSystem/bfarm/icd-10-gm", "C79.5");
        of_coding["extension"] = extensions.clone();
        let of_condition = with(&bone_metastasis(), &json!({ "extension": extensions }));
        for condition in [condition(&json!({ "coding": [of_coding] })), of_condition] {
            assert_eq!(became(&condition), [expected], "{certainty}");
        }
    }
}

#[test]
fn an_answer_with_the_words_of_another_or_with_a_second_value_is_a_contradiction() {
    let answered = |words: &str| {
        labelled(LOINC, "LA29177-5", words)
            .map(|answer| became(&karnofsky(&json!({ "valueCodeableConcept": answer }))))
    };
    for (words, expected) in [
        ("80", "karnofsky = 80"),
        ("Normal activity with effort; some signs or symptoms of disease", "karnofsky = 80"),
        ("70-80", "karnofsky = 80"),
        ("50", "(label-disagrees)"),
        ("50-60", "(label-disagrees)"),
    ] {
        assert_eq!(answered(words), [[expected], [expected]], "{words}");
    }
    let twice = karnofsky(&json!({ "valueInteger": 80, "valueString": "50" }));
    assert_eq!(became(&twice), ["(several-values)"]);
    assert_eq!(became(&karnofsky(&json!({ "valueString": "-80" }))), ["(illegible)"]);
}

#[test]
fn a_measurement_in_another_unit_than_it_says_is_not_read() {
    // The code, the number, the words and the code of the unit.
    let cases = [
        ("718-7", "12.8", "g/dL", "g/dL", "haemoglobin = 12.8 g/dL"),
        ("718-7", "128", "g/L", "g/L", "haemoglobin = 12.8 g/dL"),
        ("718-7", "128", "g/dL", "g/dL", "(implausible)"),
        ("718-7", "12.8", "g/L", "g/L", "(implausible)"),
        ("718-7", "12.8", "g/L", "g/dL", "(units-disagree)"),
        ("718-7", "0.39", "%", "%", "(unit)"),
        ("718-7", "-12", "g/dL", "g/dL", "(implausible)"),
        ("1751-7", "35", "g/dL", "g/dL", "(implausible)"),
        ("17861-6", "2.4", "mg/dL", "mg/dL", "(implausible)"),
        ("17861-6", "2.4", "mmol/L", "mmol/L", "(unit-contradicts-code)"),
        ("777-3", "150000", "10*9/L", "10*9/L", "(implausible)"),
        ("777-3", "150000", "/uL", "/uL", "platelets = 150 10*9/L"),
        ("2532-0", "4.5", "U/L", "U/L", "(implausible)"),
        ("6301-6", "85", "%", "%", "(unit)"),
        ("6301-6", "85", "{INR}", "{INR}", "(implausible)"),
        ("39156-5", "250", "kg/m2", "kg/m2", "(implausible)"),
    ];
    for (code, number, words, unit, expected) in cases {
        let number: Value = serde_json::from_str(number).unwrap();
        let quantity = json!({ "valueQuantity": { "value": number, "unit": words, "code": unit } });
        assert_eq!(became(&observation(LOINC, code, &quantity)), [expected], "{code} {quantity}");
    }
}

#[test]
fn a_period_that_ends_before_it_begins_has_no_date() {
    let period = |start: &str, end: &str| json!({ "start": start, "end": end });
    let dated = |resource: &Value| {
        let patient = json!({ "resourceType": "Patient", "id": "p" });
        let body = bundle(&[patient, resource.clone()]).to_string();
        let mapped = ASSESSOR.mappings().map(&Record::read(body.as_bytes()).unwrap());
        let date = mapped.facts[0].evidence.effective.as_ref().map(|date| date.text().to_owned());
        (date, mapped.issues.into_iter().find_map(|issue| issue.expression))
    };
    let resources = [
        (
            "performedPeriod",
            json!({ "resourceType": "Procedure", "status": "completed", "code": { "text": "laminectomy" } }),
        ),
        (
            "effectivePeriod",
            json!({ "resourceType": "MedicationAdministration", "status": "completed",
            "medicationCodeableConcept": { "text": "bevacizumab" } }),
        ),
        ("effectivePeriod", karnofsky(&json!({ "valueInteger": 80 }))),
    ];
    for (element, resource) in resources {
        let swapped = with(&resource, &json!({ element: period("2026-11-20", "2026-11-01") }));
        let place = format!("Bundle.entry[1].resource.{element}");
        assert_eq!(dated(&swapped), (None, Some(place)), "{resource}");
        // A day that is not more exact than the other end is no contradiction.
        let same = with(&resource, &json!({ element: period("2026-11-20", "2026-11") }));
        assert!(dated(&same).0.is_some(), "{resource}");
    }
}

#[test]
fn what_is_about_somebody_else_is_not_the_patient_s() {
    let about =
        |focus: &str| became(&karnofsky(&json!({ "valueInteger": 80, "focus": [{ "reference": focus }] })));
    for focus in ["Patient/p", "Condition/c", "Observation/o", "BodyStructure/b"] {
        assert_eq!(about(focus), ["karnofsky = 80"], "{focus}");
    }
    for focus in
        ["RelatedPerson/r", "Patient/other", "https://ehr.example/fhir/Person/1", "Group/g", "Device/d"]
    {
        assert_eq!(about(focus), ["(other-subject)"], "{focus}");
    }
    let contained = karnofsky(&json!({
        "valueInteger": 80, "focus": [{ "reference": "#r" }],
        "contained": [{ "resourceType": "RelatedPerson", "id": "r" }],
    }));
    assert_eq!(became(&contained), ["(other-subject)"]);
}

#[test]
fn a_drug_that_shall_not_be_taken_is_not_prescribed() {
    let order = json!({
        "resourceType": "MedicationRequest", "status": "active", "intent": "order",
        "medicationCodeableConcept": { "coding": [coding("http://www.whocc.no/atc", "L01FG01")] },
    });
    assert_eq!(became(&order), ["drug bevacizumab = prescribed"]);
    assert_eq!(became(&with(&order, &json!({ "doNotPerform": true }))), ["(status)"]);
    for (words, expected) in [
        ("Avastin 25 mg/ml", "drug bevacizumab = prescribed"),
        ("stopped: bevacizumab", "(label-in-doubt)"),
        ("停用贝伐珠单抗", "(label-in-doubt)"),
        ("erlotinib", "(label-disagrees)"),
    ] {
        for medication in labelled("http://www.whocc.no/atc", "L01FG01", words) {
            let order = with(&order, &json!({ "medicationCodeableConcept": medication }));
            assert_eq!(became(&order), [expected], "{words}");
        }
    }
}
