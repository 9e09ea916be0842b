//! Of a resource that is read in part, the rest is named: where it stands and why it was not read. Nothing that was sent beside
//! what is known gets lost in silence.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may fail loudly"
)]

mod records;

use records::{ASSESSOR, assess, bundle, outcomes, told};
use serde_json::{Value, json};
use spinemet::fhir::Record;
use spinemet::mapping::{Sighting, UnmappedPlace, unmapped};

/// What a resource of the patient becomes: its statements, the reasons of what was left aside in brackets, and near misses as
/// their element and reason.
fn became(resource: &Value) -> Vec<String> {
    let patient = json!({ "resourceType": "Patient", "id": "p" });
    outcomes(&patient, std::slice::from_ref(resource)).iter().map(told).collect()
}

/// What an engineer is told to add.
fn suggested(resource: &Value) -> Vec<Sighting> {
    let patient = json!({ "resourceType": "Patient", "id": "p" });
    let body = bundle(&[patient, resource.clone()]).to_string();
    let record = Record::read(body.as_bytes()).unwrap_or_else(|rejection| panic!("{:?}", rejection.issues()));
    unmapped(ASSESSOR.mappings(), &record, &ASSESSOR.mappings().map(&record))
}

/// An Observation of T12 with components.
fn observation(component: &[Value]) -> Value {
    json!({
        "resourceType": "Observation", "id": "o", "status": "final", "code": { "text": "CT spine" },
        "effectiveDateTime": "2026-11-20", "bodySite": { "text": "T12" }, "component": component,
    })
}

fn in_words(question: &str, answer: &str) -> Value {
    json!({ "code": { "text": question }, "valueString": answer })
}

fn coded(system: &str, code: &str) -> Value {
    json!({ "code": { "coding": [{ "system": system, "code": code }] }, "valueQuantity": { "value": 3, "unit": "mm" } })
}

#[test]
fn a_component_that_is_not_read_is_named_beside_those_that_are() {
    let known = in_words("Alignment", "normal");
    let fact = "sins-alignment at T12 = normal";
    let cases = [
        (coded("http://loinc.org", "99999-9"), "unknown-code"),
        (coded("https://hospital.example/codes", "X1"), "unknown-code"),
        (in_words("Strange finding", "Yes"), "unknown-words"),
        (json!({ "valueString": "Yes" }), "no-code"),
        (json!({ "code": {}, "valueString": "Yes" }), "no-code"),
        (json!("Yes"), "no-code"),
        (json!({ "code": { "text": "Strange finding" } }), "unknown-words"),
    ];
    for (component, reason) in cases {
        let first = became(&observation(&[component.clone(), known.clone()]));
        assert_eq!(
            first,
            [fact.to_owned(), format!("Observation.component[0].code: {reason}")],
            "{component}"
        );
        let last = became(&observation(&[known.clone(), component.clone()]));
        assert_eq!(
            last,
            [fact.to_owned(), format!("Observation.component[1].code: {reason}")],
            "{component}"
        );
    }
}

#[test]
fn a_value_that_is_not_understood_keeps_the_number_of_its_component() {
    let components =
        [json!({ "valueString": "Yes" }), in_words("SINS alignment", "askew"), in_words("Level", "T99")];
    assert_eq!(
        became(&observation(&components)),
        [
            "Observation.component[1].valueString: illegible",
            "Observation.component[2].valueString: site-not-known",
            "Observation.component[0].code: no-code",
        ]
    );
}

#[test]
fn a_level_that_is_not_understood_is_named_where_it_stands() {
    let components = [in_words("Level", "T99"), in_words("Alignment", "normal")];
    let level = "Observation.component[0].valueString: site-not-known";
    assert_eq!(became(&observation(&components)), [level, level]);
}

#[test]
fn the_code_of_a_panel_asks_nothing_unless_it_has_a_value() {
    let known = in_words("Alignment", "normal");
    let fact = "sins-alignment at T12 = normal";
    assert_eq!(became(&observation(std::slice::from_ref(&known))), [fact]);
    let mut with_value = observation(&[known]);
    with_value["valueString"] = json!("No fracture");
    assert_eq!(became(&with_value), [fact, "Observation.code: unknown-words"]);
}

#[test]
fn nothing_is_missed_where_the_sender_has_no_value_or_nothing_of_the_resource_is_used() {
    let absent = json!({
        "code": { "text": "Strange finding" },
        "dataAbsentReason": { "coding": [{ "code": "unknown" }] },
    });
    let known = in_words("Alignment", "normal");
    assert_eq!(became(&observation(&[known, absent])), ["sins-alignment at T12 = normal", "(data-absent)"]);
    // Pain intensity is known and not used.
    let unused = in_words("VAS", "3");
    let strange = in_words("Strange finding", "Yes");
    assert_eq!(became(&observation(&[unused, strange.clone()])), ["(by-rule)", "(code-not-known)"]);
    assert_eq!(became(&observation(&[strange])), ["(code-not-known)"]);
}

#[test]
fn a_panel_of_which_only_the_name_is_known_is_not_silent() {
    let mut panel = observation(&[in_words("Strange finding", "Yes")]);
    panel["code"] = json!({ "text": "SINS" });
    assert_eq!(became(&panel), ["Observation.component[0].code: unknown-words"]);
    panel["component"] = json!([]);
    assert_eq!(became(&panel), ["(by-rule)"]);
}

#[test]
fn an_answer_to_no_question_of_ours_is_named_with_its_link() {
    let response = json!({
        "resourceType": "QuestionnaireResponse", "status": "completed", "authored": "2026-11-20",
        "questionnaire": "https://spinemet.org/fhir/Questionnaire/spinal-metastasis",
        "item": [
            { "linkId": "karnofsky", "answer": [{ "valueInteger": 80 }] },
            { "linkId": "loinc|89243-0", "answer": [{ "valueInteger": 80 }] },
            { "linkId": "handed", "answer": [{ "valueString": "left" }] },
        ],
    });
    assert_eq!(
        became(&response),
        [
            "karnofsky = 80",
            "QuestionnaireResponse.item[0].linkId: unknown-code",
            "QuestionnaireResponse.item[2].linkId: unknown-code",
        ]
    );
}

#[test]
fn what_is_suggested_is_just_what_is_not_known() {
    let components = [
        in_words("Alignment", "normal"),
        in_words("Strange finding", "Yes"),
        coded("http://loinc.org", "99999-9"),
        in_words("SINS alignment", "a sentence about the patient"),
    ];
    let suggested = suggested(&observation(&components));
    let told: Vec<(UnmappedPlace, &str)> =
        suggested.iter().map(|sighting| (sighting.unmapped.place, sighting.unmapped.code.as_str())).collect();
    assert_eq!(
        told,
        [
            (UnmappedPlace::Answer, ""),
            (UnmappedPlace::Question, "Strange finding"),
            (UnmappedPlace::Question, "99999-9"),
        ]
    );
    assert!(!format!("{suggested:?}").contains("sentence"), "{suggested:?}");
}

#[test]
fn the_operation_outcome_names_the_component() {
    let components =
        [in_words("Alignment", "normal"), in_words("Strange finding", "a sentence about the patient")];
    let patient = json!({ "resourceType": "Patient", "id": "p" });
    let answer = assess(&bundle(&[patient, observation(&components)])).unwrap();
    let place = "Bundle.entry.resource.where(id='o').component[1].code";
    let issue = answer.issues.iter().find(|issue| issue.expression.as_deref() == Some(place));
    let issue = issue.unwrap_or_else(|| panic!("{:?}", answer.issues));
    assert!(issue.details.contains("no mapping rule knows these words"), "{}", issue.details);
    assert!(!format!("{:?}", answer.issues).contains("sentence about"), "{:?}", answer.issues);
}

/// A metastasis of bone at some body sites.
fn metastasis(sites: &Value) -> Value {
    json!({
        "resourceType": "Condition", "id": "c", "bodySite": sites,
        "code": { "coding": [{ "system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "C79.51" }] },
    })
}

#[test]
fn each_body_site_that_is_not_known_is_named_beside_those_that_are() {
    let (t10, rib) = (json!({ "text": "T10" }), json!({ "text": "Right 5th rib, lateral third" }));
    let femur = json!({ "text": "Left proximal femur, somewhere" });
    let fact = "spinal-metastasis at T10";
    let unknown = |number: usize| format!("Condition.bodySite[{number}]: site-not-known");
    let cases = [
        (json!([t10]), vec![fact.to_owned()]),
        (json!([t10, femur, rib]), vec![fact.to_owned(), unknown(1), unknown(2)]),
        (json!([femur, t10, rib]), vec![fact.to_owned(), unknown(0), unknown(2)]),
        (json!([null, {}, t10]), vec![fact.to_owned(), unknown(0), unknown(1)]),
        (
            json!([femur]),
            vec!["bone-metastasis".to_owned(), "Condition.bodySite[0]: site-not-known".to_owned()],
        ),
        (json!([femur, rib]), vec!["bone-metastasis".to_owned(), unknown(0), unknown(1)]),
        (
            json!([t10, { "text": "liver" }]),
            vec![fact.to_owned(), "Condition.bodySite[1]: site-contradicts-code".to_owned()],
        ),
    ];
    for (sites, expected) in cases {
        let expected: Vec<String> = match sites.as_array().unwrap().len() {
            1 => expected.iter().map(|told| told.replace("[0]", "")).collect(),
            _ => expected,
        };
        assert_eq!(became(&metastasis(&sites)), expected, "{sites}");
    }
}

#[test]
fn a_site_in_the_name_of_a_diagnosis_hides_no_other_that_is_not_known() {
    let condition = json!({
        "resourceType": "Condition", "code": { "text": "胸12转移瘤" },
        "bodySite": [{ "text": "spine" }, { "text": "Left proximal femur, somewhere" }],
    });
    assert_eq!(became(&condition), ["spinal-metastasis at T12", "Condition.bodySite[1]: site-not-known"]);
}

#[test]
fn a_procedure_at_a_known_level_names_the_site_that_is_not_known() {
    let procedure = json!({
        "resourceType": "Procedure", "status": "completed", "performedDateTime": "2026-11-01",
        "code": { "text": "vertebroplasty" },
        "bodySite": [{ "text": "T10" }, { "text": "the one that hurts" }],
    });
    let told = became(&procedure);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains("at T10"), "{told:?}");
    assert_eq!(told[1], "Procedure.bodySite[1]: site-not-known");
}

#[test]
fn just_the_body_sites_that_are_not_known_are_suggested() {
    let sites = json!([{ "text": "T10" }, { "text": "Left proximal femur, somewhere" }]);
    let suggested = suggested(&metastasis(&sites));
    let told: Vec<(UnmappedPlace, &str)> =
        suggested.iter().map(|sighting| (sighting.unmapped.place, sighting.unmapped.code.as_str())).collect();
    assert_eq!(told, [(UnmappedPlace::Site, "Left proximal femur, somewhere")]);
}

#[test]
fn the_details_of_a_variant_are_known_and_its_significance_is_named() {
    let component = |code: &str, value: &Value| {
        json!({
            "code": { "coding": [{ "system": "http://loinc.org", "code": code }] },
            "valueCodeableConcept": { "coding": [value] },
        })
    };
    let gene =
        component("48018-6", &json!({ "system": "http://www.genenames.org/geneId", "code": "HGNC:3236" }));
    let source = component("48002-0", &json!({ "system": "http://loinc.org", "code": "LA6684-0" }));
    let significance = component("53037-8", &json!({ "system": "http://loinc.org", "code": "LA6675-8" }));
    let variant = json!({
        "resourceType": "Observation", "status": "final", "effectiveDateTime": "2026-11-20",
        "code": { "coding": [{ "system": "http://loinc.org", "code": "69548-6" }] },
        "valueCodeableConcept": { "coding": [{ "system": "http://loinc.org", "code": "LA9633-4" }] },
        "component": [gene, source, significance],
    });
    assert_eq!(
        became(&variant),
        ["driver egfr = yes", "(by-rule)", "Observation.component[2].code: unknown-code"]
    );
}
