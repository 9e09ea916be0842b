//! Data that nobody on the project wrote (`../shared/data`): every Bundle goes through, and becomes what a person reads
//! in it. A clone without the data says so and passes.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may fail loudly"
)]

mod records;

use records::{AS_OF, ASSESSOR, assess_bytes, example, resources, shared};
use serde_json::{Value, json};
use spinemet::assess::{Rejection, Request};
use spinemet::fhir::{FhirVersion, Record};
use spinemet::language::Language;
use spinemet::mapping::{NearMiss, Outcome};
use spinemet_engine::assessment::Scope;

/// The statements that a body becomes, sorted, and whether the scores apply, as seen at an instant.
fn statements(body: &[u8], as_of: &str) -> (Vec<String>, Scope) {
    let record = Record::read(body).unwrap_or_else(|rejection| panic!("{:?}", rejection.issues()));
    let evaluation = ASSESSOR.evaluate(record, as_of.parse().unwrap()).unwrap();
    let mut statements: Vec<String> =
        evaluation.assessment.case.facts.iter().map(|(fact, _)| fact.statement.to_string()).collect();
    statements.sort();
    (statements, evaluation.assessment.scope)
}

#[test]
#[expect(clippy::too_many_lines, reason = "one table")]
fn each_record_becomes_what_a_person_reads_in_it() {
    use Scope::{Minor, NoSpinalMetastasisOnRecord as NotOnRecord, SpineNotConfirmed};
    let cases: &[(&str, &[&str], Scope)] = &[
        // Lung cancer, metastasis in the brain, none in bone. Two courses of cisplatin are over; gefitinib is taken.
        // Heart failure. The leukaemia in the Bundle is somebody else's.
        (
            "mcode_john_anyperson.json",
            &[
                "birth-date = 1951-01-20",
                "cardiovascular-disease = yes",
                "drug cytotoxic-chemotherapy = stopped",
                "drug cytotoxic-chemotherapy = stopped",
                "drug gefitinib = prescribed",
                "ecog = 0",
                "karnofsky = 90",
                "pregnancy = no",
                "primary = lung-non-small-cell",
                "visceral-metastasis = brain",
            ],
            NotOnRecord,
        ),
        // Breast cancer without metastasis, ER positive, PR and HER2 negative, chemotherapy with three substances, and two courses
        // of radiotherapy elsewhere than in the spine.
        (
            "mcode_jenny_m.json",
            &[
                "birth-date = 1965-01-01",
                "breast-receptors = er-positive",
                "breast-receptors = er-positive|er-negative-pr-positive|triple-negative",
                "breast-receptors = er-positive|hr-negative-her2-positive|triple-negative",
                "drug cytotoxic-chemotherapy = given",
                "drug cytotoxic-chemotherapy = given",
                "drug cytotoxic-chemotherapy = given",
                "drug cytotoxic-chemotherapy = prescribed",
                "drug cytotoxic-chemotherapy = prescribed",
                "drug cytotoxic-chemotherapy = prescribed",
                "ecog = 0",
                "primary = breast",
                "prior-radiotherapy = yes",
                "prior-radiotherapy = yes",
                "smoking = yes",
            ],
            NotOnRecord,
        ),
        // Breast cancer with metastasis in bone, which bone is not said. ER and PR positive, HER2 negative.
        // Drugs by the codes of products, known by their names.
        (
            "mcode_trialmatching_patient02.json",
            &[
                "birth-date = 1973-01-01",
                "bone-metastasis",
                "breast-receptors = er-positive",
                "breast-receptors = er-positive|er-negative-pr-positive",
                "breast-receptors = er-positive|er-negative-pr-positive|triple-negative",
                "drug cdk4-6-inhibitor = last-taken",
                "drug cdk4-6-inhibitor = last-taken",
                "drug cytotoxic-chemotherapy = last-taken",
                "drug cytotoxic-chemotherapy = last-taken",
                "drug zoledronic-acid = last-taken",
                "ecog = 1",
                "primary = breast",
            ],
            SpineNotConfirmed,
        ),
        // A child with leukaemia, treated after the day the record is looked at.
        (
            "mcode_brian_l_pediatric_all.json",
            &[
                "birth-date = 2021-01-01",
                "drug cytotoxic-chemotherapy = given",
                "drug cytotoxic-chemotherapy = prescribed",
                "drug glucocorticoid = given",
                "drug glucocorticoid = prescribed",
                "haemoglobin = 6.7 g/dL",
                "leukocytes = 88.5 10*9/L",
                "pregnancy = no",
                "primary = leukaemia",
            ],
            Minor,
        ),
        // German: peritoneum by code, ovary by body site. Two substances in one statement, and two more
        // alone; niraparib ended.
        (
            "mii_onko_kim_musterperson_de.json",
            &[
                "birth-date = 1956-03-14",
                "drug cytotoxic-chemotherapy = last-taken",
                "drug cytotoxic-chemotherapy = last-taken",
                "drug cytotoxic-chemotherapy = last-taken",
                "drug parp-inhibitor = stopped",
                "primary = ovary",
            ],
            NotOnRecord,
        ),
        // No cancer at all; a fracture of the spine without a tumour among them.
        ("synthea_java_bennett146.json", &["birth-date = 1983-10-04", "pregnancy = no"], NotOnRecord),
        // The order for "Alendronate" carries the RxNorm code of cyclophosphamide: one of the two is wrong, neither is used.
        (
            "clinosim_vertebral_fracture_us.json",
            &[
                "albumin = 3.4 g/dL",
                "birth-date = 1937-01-01",
                "body-mass-index = 21.9 kg/m2",
                "calcium = 8.8 mg/dL",
                "crp = 0.59 mg/dL",
                "crp = 0.74 mg/dL",
                "crp = 0.8 mg/dL",
                "crp = 0.84 mg/dL",
                "crp = 1.35 mg/dL",
                "crp = 1.79 mg/dL",
                "crp = 1.92 mg/dL",
                "event = hospitalisation",
                "haemoglobin = 15.8 g/dL",
                "leukocytes = 8.677 10*9/L",
                "pregnancy = no",
                "smoking = no",
            ],
            NotOnRecord,
        ),
        // Placeholders instead of codes.
        ("mcodeef_csv_medication_request_bundle.json", &[], NotOnRecord),
        // Stages only; what they say of distant metastases is known and not used.
        ("mcodeef_csv_staging_bundle.json", &[], NotOnRecord),
        // A patient whose birth date is masked.
        ("mcodeef_masked_patient_bundle.json", &[], NotOnRecord),
        // An invented operation, and one on a lung; no rule knows either.
        ("mcodeef_surgical_radiation_procedure_bundle.json", &[], NotOnRecord),
        // A sepsis of 2011 still stands as active. Aspirin was stopped twice. Laboratory
        // values with sixteen digits.
        (
            "synthea_johnetta_mayert.json",
            &[
                "albumin = 4.663 g/dL",
                "bilirubin = 0.801 mg/dL",
                "birth-date = 1957-07-29",
                "calcium = 8.6 mg/dL",
                "drug antiplatelet = stopped",
                "drug antiplatelet = stopped",
                "haemoglobin = 12.419 g/dL",
                "infection = yes",
                "leukocytes = 4.176 10*9/L",
                "platelets = 160.962 10*9/L",
                "primary = lung-non-small-cell",
                "primary = lung-non-small-cell",
            ],
            NotOnRecord,
        ),
    ];
    for (file, expected, scope) in cases {
        let Some(body) = shared(file) else { return };
        let (found, found_scope) = statements(&body, "2022-03-01T00:00:00Z");
        assert_eq!(
            (found, found_scope),
            (expected.iter().map(ToString::to_string).collect(), *scope),
            "{file}"
        );
    }
}

/// The resources of a shared file that are of one patient, as a record of their own.
fn of_patient(body: &[u8], patient: &str) -> Vec<u8> {
    let bundle: Value = serde_json::from_slice(body).unwrap();
    let mut own = bundle["entry"].as_array().unwrap().clone();
    own.retain(|entry| {
        let resource = &entry["resource"];
        let subject = [&resource["subject"], &resource["patient"]];
        let own_name = format!("Patient/{}", resource["id"].as_str().unwrap());
        let is_patient = resource["resourceType"] == "Patient" && own_name == patient;
        is_patient || subject.iter().any(|subject| subject["reference"] == patient)
    });
    json!({ "resourceType": "Bundle", "type": "collection", "entry": own }).to_string().into_bytes()
}

#[test]
fn records_of_several_patients_are_what_a_person_reads_in_them_one_by_one() {
    let john = "Patient/cancer-patient-john-anyperson";
    let cases: [(&str, &str, &[&str]); 4] = [
        // A blood count, calcium and bilirubin; the creatinine is read by no rule.
        (
            "us_core_6.1.0_examples.json",
            "Patient/example",
            &[
                "bilirubin = 8.6 mg/dL",
                "birth-date = 1987-02-20",
                "calcium = 7.7 mg/dL",
                "haemoglobin = 17 g/dL",
                "leukocytes = 10 10*9/L",
                "platelets = 200 10*9/L",
            ],
        ),
        (
            "us_core_6.1.0_examples.json",
            "Patient/child-example",
            &["birth-date = 2016-01-15", "pregnancy = no"],
        ),
        // Stages of many cancers, a history of metastases, and no patient beside them.
        ("mcode_staging_and_performance_observations.json", john, &["ecog = 0", "karnofsky = 90"]),
        ("mcode_staging_and_performance_observations.json", "Patient/cancer-patient-jenny-m", &["ecog = 0"]),
    ];
    for (file, patient, expected) in cases {
        let Some(body) = shared(file) else { return };
        assert_eq!(statements(&of_patient(&body, patient), AS_OF).0, expected, "{file} {patient}");
    }
}

#[test]
fn a_child_with_a_broken_wrist_in_187_resources_has_nothing_of_the_spine() {
    let Some(body) = shared("patient-view-187-resources.json") else { return };
    let request: Value = serde_json::from_slice(&body).unwrap();
    let record = request["prefetch"]["record"].to_string();
    let (found, scope) = statements(record.as_bytes(), "2022-03-01T00:00:00Z");
    // Seventeen visits of somebody who never smoked, ten with a body mass index, one blood count, and ibuprofen that was stopped.
    let mut expected: Vec<String> = vec!["smoking = no".to_owned(); 17];
    for index in
        ["19.155", "19.257", "19.396", "19.428", "19.769", "20.013", "20.419", "20.835", "22.047", "23.552"]
    {
        expected.push(format!("body-mass-index = {index} kg/m2"));
    }
    expected.extend(
        [
            "birth-date = 2009-03-20",
            "drug nsaid = stopped",
            "haemoglobin = 15.045 g/dL",
            "leukocytes = 4.616 10*9/L",
            "platelets = 212.111 10*9/L",
        ]
        .map(str::to_owned),
    );
    expected.sort();
    assert_eq!((found, scope), (expected, Scope::Minor));
}

#[test]
fn bone_metastasis_without_its_site_leaves_the_spine_open() {
    let Some(body) = shared("mcode_trialmatching_patient02.json") else { return };
    let as_of = "2019-04-05T00:00:00Z".parse().unwrap();
    let request =
        Request { body: &body, version: FhirVersion::R4, tenant: "test", language: Language::English, as_of };
    let found = resources(&ASSESSOR.assess(&request).unwrap());
    let reachable = |suffix: &str| -> Vec<i64> {
        let resource =
            found.iter().find(|resource| resource["id"].as_str().unwrap().ends_with(suffix)).unwrap();
        let totals = resource["extension"]
            .as_array()
            .unwrap()
            .iter()
            .find(|extension| extension["url"].as_str().unwrap().ends_with("reachable-totals"));
        let parts = totals.unwrap()["extension"].as_array().unwrap().iter();
        parts
            .filter(|part| part["url"] == "total")
            .map(|part| part["valueInteger"].as_i64().unwrap())
            .collect()
    };
    // Breast 1; visceral 0, 2 or 4; bone 1 or 2.
    assert_eq!(reachable("-tomita-2001"), [2, 3, 4, 5, 6, 7]);
    // Breast 5, ECOG 1 is Karnofsky 70-80 and so 1 or 2; everything else open.
    assert_eq!(reachable("-tokuhashi-2005"), (6..=15).collect::<Vec<i64>>());
}

#[test]
fn a_resource_whose_codes_contradict_each_other_becomes_nothing() {
    // ICD-10-CM says secondary, SNOMED CT and ICD-9-CM primary breast cancer; the verification status has the shape of STU3.
    let Some(body) = shared("mcodeef_secondary_cancer_condition.json") else { return };
    let condition: Value = serde_json::from_slice(&body).unwrap();
    let patient = json!({ "resourceType": "Patient", "id": "p" });
    let record = records::bundle(&[condition, patient]).to_string();
    let record = Record::read(record.as_bytes()).unwrap();
    let evaluation = ASSESSOR.evaluate(record, AS_OF.parse().unwrap()).unwrap();
    assert!(evaluation.assessment.case.facts.is_empty());
    let is_contradiction =
        |outcome: &Outcome| matches!(outcome, Outcome::NearMiss { reason: NearMiss::CodesDisagree, .. });
    assert!(evaluation.mapped.decisions.iter().any(|decision| is_contradiction(&decision.outcome)));
}

#[test]
fn several_patients_in_one_bundle_are_refused() {
    for file in ["mcode_staging_and_performance_observations.json", "us_core_6.1.0_examples.json"] {
        let Some(body) = shared(file) else { return };
        assert!(matches!(assess_bytes(&body), Err(Rejection::Unprocessable(_))), "{file}");
    }
}

#[test]
fn nothing_in_the_data_makes_the_reader_fail_or_invent() {
    let Some(_) = shared("hl7_r4_riskassessment_example.json") else { return };
    let directory = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data");
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let body = std::fs::read(&path).unwrap();
        // Each answer is either an assessment or a refusal with a place.
        match assess_bytes(&body) {
            Ok(answer) => assert!(!answer.issues.is_empty(), "{path:?}"),
            Err(rejection) => {
                assert!(rejection.issues().iter().all(|issue| issue.expression.is_some()), "{path:?}");
            }
        }
    }
}

#[test]
fn bystanders_of_a_real_record_change_no_score() {
    let Some(body) = shared("patient-view-187-resources.json") else { return };
    let request: Value = serde_json::from_slice(&body).unwrap();
    let own = example("breast-t12.json");
    let alone = records::assess(&own).unwrap();
    let mut crowded = own;
    let subject = crowded["entry"]
        .as_array()
        .unwrap()
        .iter()
        .find(|entry| entry["resource"]["resourceType"] == "Patient")
        .map(|entry| format!("Patient/{}", entry["resource"]["id"].as_str().unwrap()))
        .unwrap();
    for value in request["prefetch"].as_object().unwrap().values() {
        for entry in value["entry"].as_array().into_iter().flatten() {
            let mut resource = entry["resource"].clone();
            if resource["resourceType"] == "Patient" {
                continue;
            }
            resource["subject"] = json!({ "reference": subject });
            crowded["entry"].as_array_mut().unwrap().push(json!({ "resource": resource }));
        }
    }
    // Its laboratory values and habits are read for the guidance; the four scores of the consensus have none of it.
    let scores = |answer: &spinemet::assess::Answer| -> Vec<Value> {
        let mut scores = resources(answer);
        scores.retain(|resource| {
            let id = resource["id"].as_str().unwrap();
            ["-tomita-2001", "-tokuhashi-2005"].iter().any(|instrument| id.ends_with(instrument))
                || id.contains("-sins-2010")
                || id.contains("-escc-2010")
        });
        // The identity of an answer covers every fact, so it differs.
        for score in &mut scores {
            let object = score.as_object_mut().unwrap();
            for identity in ["id", "identifier", "contained", "text"] {
                object.remove(identity);
            }
        }
        scores
    };
    let own = scores(&alone);
    assert!(own.len() >= 4);
    assert_eq!(scores(&records::assess(&crowded).unwrap()), own);
}
