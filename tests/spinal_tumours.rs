//! Tumours that arose in the spine or within the dura are no metastases, and nothing is scored for them (specification F.5). A
//! benign one beside a metastasis is another lesion and takes nothing away.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may fail loudly"
)]

mod records;

use records::{assess, bundle, outcomes, told};
use serde_json::{Value, json};

const ICD_10: &str = "http://hl7.org/fhir/sid/icd-10";
const ICD_10_CM: &str = "http://hl7.org/fhir/sid/icd-10-cm";
const ICD_10_GM: &str = "http://fhir.de/CodeSystem/bfarm/icd-10-gm";

fn patient() -> Value {
    json!({ "resourceType": "Patient", "id": "p", "birthDate": "1960-01-01" })
}

fn condition(system: &str, code: &str, more: &Value) -> Value {
    let mut condition = json!({
        "resourceType": "Condition", "recordedDate": "2026-11-20",
        "code": { "coding": [{ "system": system, "code": code }] },
    });
    condition.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    condition
}

/// SINS items of L2, whoever has them.
fn sins() -> Value {
    json!({
        "resourceType": "Observation", "status": "final", "code": { "text": "SINS" }, "bodySite": { "text": "L2" },
        "effectiveDateTime": "2026-11-20",
        "component": [
            { "code": { "text": "SINS pain" }, "valueString": "mechanical" },
            { "code": { "text": "Lesion quality" }, "valueString": "lytic" },
        ],
    })
}

/// What the resources behind the patient become.
fn became(resources: &[Value]) -> Vec<String> {
    outcomes(&patient(), resources).iter().map(told).collect()
}

#[test]
fn tumours_of_the_spine_and_within_the_dura_are_no_metastases() {
    let malignant = ["C41.2", "C70.1", "C72.0", "C72.1", "D42.1", "D43.4"];
    let benign = ["D16.6", "D32.1", "D33.4"];
    for system in [ICD_10, ICD_10_CM, ICD_10_GM] {
        for code in malignant.iter().chain(&benign) {
            let condition = condition(system, code, &json!({}));
            assert_eq!(became(&[condition]), ["primary-spinal-tumour"], "{system}|{code}");
        }
    }
    // What is beside them in the classification is not in the spine.
    for (code, expected) in
        [("C72.2", "primary = other"), ("C70.0", "primary = other"), ("D33.0", "(code-not-known)")]
    {
        assert_eq!(became(&[condition(ICD_10, code, &json!({}))]), [expected], "{code}");
    }
}

#[test]
fn a_haemangioma_counts_with_a_site_in_the_spine_only() {
    let cases = [
        (json!([{ "text": "L2" }]), "primary-spinal-tumour"),
        (json!([{ "text": "lumbar spine" }]), "primary-spinal-tumour"),
        (json!([{ "text": "liver" }]), "(not-the-spine)"),
        (json!([]), "(not-the-spine)"),
        (json!([{ "text": "somewhere on the back" }]), "Condition.bodySite: site-not-known"),
    ];
    for (system, code) in
        [(ICD_10, "D18.0"), (ICD_10_CM, "D18.09"), (ICD_10_CM, "D18.00"), (ICD_10_GM, "D18.0")]
    {
        for (sites, expected) in &cases {
            let condition = condition(system, code, &json!({ "bodySite": sites }));
            assert_eq!(became(&[condition]), [*expected], "{code} {sites}");
        }
    }
    // A haemangioma of the skin is not in a vertebra, whatever the site says.
    let of_skin = condition(ICD_10_CM, "D18.01", &json!({ "bodySite": [{ "text": "L2" }] }));
    assert_eq!(became(&[of_skin]), ["(code-not-known)"]);
}

#[test]
fn in_words_it_is_the_same() {
    for words in ["椎体血管瘤", "腰2椎体血管瘤", "Vertebral hemangioma", "Spinal meningioma", "脊柱良性肿瘤"]
    {
        let condition = json!({ "resourceType": "Condition", "code": { "text": words } });
        assert_eq!(became(&[condition]), ["primary-spinal-tumour"], "{words}");
    }
}

#[test]
fn nothing_is_scored_for_a_benign_tumour_alone() {
    let benign = condition(ICD_10_CM, "D16.6", &json!({ "bodySite": [{ "text": "L2" }] }));
    let answer = assess(&bundle(&[patient(), benign, sins()])).unwrap();
    assert!(answer.resources.is_empty());
    let told = answer.issues.iter().any(|issue| issue.details.contains("arose in the spine itself"));
    assert!(told, "{:?}", answer.issues);
}

#[test]
fn a_benign_tumour_beside_a_metastasis_takes_nothing_away() {
    let benign = condition(ICD_10_CM, "D18.09", &json!({ "bodySite": [{ "text": "L4" }] }));
    let metastasis = condition(ICD_10_CM, "C79.51", &json!({ "bodySite": [{ "text": "L2" }] }));
    for resources in [[benign.clone(), metastasis.clone()], [metastasis.clone(), benign.clone()]] {
        let mut told = became(&resources);
        told.sort();
        assert_eq!(told, ["(beside-metastasis)", "spinal-metastasis at L2"]);
    }
    let answer = assess(&bundle(&[patient(), benign, metastasis.clone(), sins()])).unwrap();
    assert!(!answer.resources.is_empty());
    // A malignant one may be what was taken for a metastasis.
    let malignant = condition(ICD_10_CM, "C72.0", &json!({}));
    let answer = assess(&bundle(&[patient(), malignant, metastasis, sins()])).unwrap();
    assert!(answer.resources.is_empty());
}

#[test]
fn a_benign_tumour_that_is_gone_says_nothing_and_a_malignant_one_does() {
    let resolved = json!({ "clinicalStatus": { "coding": [{ "code": "resolved" }] } });
    assert_eq!(became(&[condition(ICD_10, "D16.6", &resolved)]), ["(resolved)"]);
    assert_eq!(became(&[condition(ICD_10, "C41.2", &resolved)]), ["primary-spinal-tumour"]);
    let refuted = json!({ "verificationStatus": { "coding": [{ "code": "refuted" }] } });
    assert_eq!(became(&[condition(ICD_10, "D16.6", &refuted)]), ["(refuted)"]);
}
