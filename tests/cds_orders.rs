//! What a clinician is promised at order time: one short card that is right about this very order, and otherwise silence.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may fail loudly"
)]

mod hooks;
mod orders;
mod prefetch;
mod records;
mod schema;

use orders::{answered, call, done, given, planned, prescription, record, service_request, signing};
use serde_json::{Value, json};
use spinemet::cds_hooks::CdsError;
use spinemet::language::Language;

fn sign(drafts: &[Value], further: &[Value]) -> Vec<Value> {
    let body = signing(drafts, &record(further));
    let answer = hooks::respond("spinemet-order-sign", &body, Language::English).unwrap();
    answer["cards"].as_array().unwrap().clone()
}

/// The one card about one order.
fn card(draft: &Value, further: &[Value]) -> Value {
    let cards = sign(std::slice::from_ref(draft), further);
    assert_eq!(cards.len(), 1, "{cards:#?}");
    cards[0].clone()
}

fn text<'c>(card: &'c Value, member: &str) -> &'c str {
    card[member].as_str().unwrap()
}

fn labels(card: &Value) -> Vec<&str> {
    card["suggestions"].as_array().into_iter().flatten().map(|each| each["label"].as_str().unwrap()).collect()
}

/// What an order is, what the record holds beside, and what the card must come to.
struct Case {
    name: &'static str,
    draft: Value,
    beside: Vec<Value>,
    indicator: &'static str,
    topic: &'static str,
    rules: &'static [&'static str],
    summary: &'static str,
}

fn fixation(date: &str) -> Value {
    service_request("op", "spinal fixation", Some(date), Some("T12"))
}

#[expect(clippy::too_many_lines, reason = "one table")]
fn cases() -> Vec<Case> {
    let op = || fixation("2026-12-05");
    vec![
        Case {
            name: "bevacizumab 14 days before the operation that is ordered",
            draft: op(),
            beside: vec![given("bev", "bevacizumab", "2026-11-21")],
            indicator: "warning",
            topic: "interval",
            rules: &["CN-1.5-HOLD", "CN-1.5-VEGF-HOLD"],
            summary: "Move spinal fixation to 2026-12-19 or later: only 14 days since bevacizumab, 28 days advised",
        },
        Case {
            name: "radiotherapy ten days before the operation that is ordered",
            draft: op(),
            beside: vec![
                done("rt", "external beam radiotherapy", "2026-11-25"),
                done("rt2", "radiotherapy", "2026-11-21"),
            ],
            indicator: "warning",
            topic: "interval",
            rules: &["CN-3.7-RT-OP-14"],
            summary: "Move the operation to 2026-12-06 or later: 14 days after radiotherapy, more than 14 advised",
        },
        Case {
            name: "a drug ordered before an operation that is planned",
            draft: prescription("bev", "bevacizumab", Some("2026-11-25"), Some("2026-11-25")),
            beside: vec![planned("op", "spinal fixation", "2026-12-05")],
            indicator: "warning",
            topic: "interval",
            rules: &["CN-1.5-VEGF-HOLD"],
            summary: "Hold bevacizumab: operation 10 days after this dose, 28 days advised",
        },
        Case {
            name: "an oral drug without an end, ordered before an operation that is planned",
            draft: prescription("osi", "osimertinib", None, None),
            beside: vec![planned("op", "spinal fixation", "2026-12-02")],
            indicator: "warning",
            topic: "interval",
            rules: &["CN-1.5-EGFR-HOLD"],
            summary: "Hold osimertinib: operation 0 to 10 days after this dose, 14 days advised",
        },
        Case {
            name: "a drug begun again too soon after an operation",
            draft: prescription("bev", "bevacizumab", Some("2026-11-24"), None),
            beside: vec![done("op", "spinal fixation", "2026-11-14")],
            indicator: "warning",
            topic: "restart-too-early",
            rules: &["CN-1.5-HOLD"],
            summary: "Delay bevacizumab to 2026-12-12: 10 days after the operation, label asks 28 days and a healed wound",
        },
        Case {
            name: "radiotherapy too soon after an operation",
            draft: service_request("rt", "radiotherapy", Some("2026-11-24"), None),
            beside: vec![done("op", "spinal fixation", "2026-11-16"), answered("wound-healed", "no", None)],
            indicator: "warning",
            topic: "interval",
            rules: &["CN-3.7-OP-RT-14"],
            summary: "Move radiotherapy to 2026-11-30 or later: 8 days after the operation, 14 advised unless healed",
        },
        Case {
            name: "radiotherapy ordered shortly before an operation that is planned",
            draft: service_request("rt", "radiotherapy", Some("2026-11-25"), None),
            beside: vec![planned("op", "spinal fixation", "2026-12-05")],
            indicator: "warning",
            topic: "interval",
            rules: &["CN-3.7-RT-OP-14"],
            summary: "Move the operation to 2026-12-10 or later: 10 days after radiotherapy, more than 14 advised",
        },
        Case {
            name: "stereotactic radiotherapy beyond day 35 of separation surgery",
            draft: service_request("ssrs", "stereotactic radiosurgery", Some("2026-12-10"), None),
            beside: vec![done("sep", "separation surgery", "2026-11-01")],
            indicator: "critical",
            topic: "interval",
            rules: &["CN-3.7-SEP-35"],
            summary: "Bring radiotherapy forward: 39 days after separation surgery, the limit is day 35",
        },
        Case {
            name: "an embolisation three days before the operation",
            draft: service_request("emb", "embolization of spinal tumor", Some("2026-12-02T08:00:00Z"), None),
            beside: vec![
                planned("op", "spinal fixation", "2026-12-05T08:00:00Z"),
                answered("hypervascular-on-imaging", "yes", None),
                answered("hairpin-artery", "no", None),
            ],
            indicator: "warning",
            topic: "interval",
            rules: &["CN-1.6-48H"],
            summary: "Embolisation and operation lie 72 to 72 hours apart: within 24 advised, 48 at most",
        },
        Case {
            name: "vertebroplasty with an infection on record",
            draft: service_request("pvp", "vertebroplasty", Some("2026-12-05"), Some("T12")),
            beside: vec![answered("infection", "yes", None)],
            indicator: "critical",
            topic: "contraindicated",
            rules: &["CN-3.4-VP-CI1"],
            summary: "Vertebroplasty or kyphoplasty T12 is contraindicated (infection): reconsider this order",
        },
        Case {
            name: "an order of another treatment while neurology gets worse",
            draft: service_request("rt", "radiotherapy", None, None),
            beside: vec![answered("neurological-progression", "yes", None)],
            indicator: "critical",
            topic: "emergency-first",
            rules: &["CN-1.4-NEURO-EMERG"],
            summary: "Neurology getting worse: evaluate decompression now, before radiotherapy",
        },
        Case {
            name: "a glucocorticoid before an operation that is planned",
            draft: prescription("dex", "dexamethasone", None, None),
            beside: vec![planned("op", "spinal fixation", "2026-12-05")],
            indicator: "info",
            topic: "risk-of-operation",
            rules: &["CN-1.1-RISK7"],
            summary: "Glucocorticoid is a risk of the planned operation: agree it with the surgeon",
        },
    ]
}

#[test]
fn a_card_says_at_once_what_is_wrong_with_this_order_and_what_to_do() {
    for case in cases() {
        let card = card(&case.draft, &case.beside);
        let name = case.name;
        assert_eq!(text(&card, "summary"), case.summary, "{name}");
        assert_eq!(card["indicator"], case.indicator, "{name}");
        assert_eq!(card["source"]["topic"]["code"], case.topic, "{name}");
        for rule in case.rules {
            assert!(text(&card, "detail").contains(rule), "{name}: {rule} in {}", text(&card, "detail"));
        }
        let reference = format!("{}/{}", text(&case.draft, "resourceType"), text(&case.draft, "id"));
        assert_eq!(card["extension"]["org.spinemet.order"], json!([{"reference": reference}]), "{name}");
        assert!(text(&card, "detail").contains(&reference), "{name}");
        assert!(card["overrideReasons"].as_array().unwrap().len() == 10, "{name}");
    }
}

#[test]
fn every_card_about_an_order_is_told_in_chinese_too() {
    for case in cases() {
        let body = signing(std::slice::from_ref(&case.draft), &record(&case.beside));
        let answer = hooks::respond("spinemet-order-sign", &body, Language::Chinese).unwrap();
        let summary = answer["cards"][0]["summary"].as_str().unwrap();
        assert!(summary.chars().any(|character| ('\u{4e00}'..='\u{9fff}').contains(&character)), "{summary}");
        println!("{summary}");
    }
}

#[test]
fn an_order_that_no_rule_speaks_against_gets_no_card() {
    let long_ago = [given("bev", "bevacizumab", "2026-09-01"), done("rt", "radiotherapy", "2026-10-01")];
    let tolerates = answered("surgical-tolerance", "yes", None);
    let silent: [(&str, Value, Vec<Value>); 9] = [
        ("a drug to hold, without anything planned", prescription("osi", "osimertinib", None, None), vec![]),
        (
            "a drug without a figure, without anything planned",
            prescription("sor", "sorafenib", None, None),
            vec![],
        ),
        (
            "a drug to hold, long after the operation",
            prescription("bev", "bevacizumab", None, None),
            vec![done("op", "spinal fixation", "2026-09-01")],
        ),
        (
            "an operation with every interval kept",
            fixation("2026-12-05"),
            [&long_ago[..], &[tolerates]].concat(),
        ),
        ("denosumab", prescription("deno", "denosumab", None, None), vec![]),
        ("MRI", service_request("mri", "http://snomed.info/sct|241645008", None, None), vec![]),
        (
            "an anticoagulant without anything planned",
            prescription("war", "anticoagulant", None, None),
            vec![],
        ),
        ("a drug that no rule reads", prescription("ibu", "ibuprofen", None, None), vec![]),
        ("an order of something else", service_request("abd", "appendectomy", None, None), vec![]),
    ];
    for (name, draft, beside) in silent {
        assert_eq!(sign(&[draft], &beside), Vec::<Value>::new(), "{name}");
    }
}

#[test]
fn an_irrelevant_order_is_answered_without_any_data() {
    let mut body = signing(&[prescription("ibu", "ibuprofen", None, None)], &json!({}));
    body.as_object_mut().unwrap().remove("prefetch");
    let answer = hooks::respond("spinemet-order-sign", &body, Language::English).unwrap();
    assert_eq!(answer, json!({"cards": []}));
    body["context"]["draftOrders"] = records::bundle(&[fixation("2026-12-05")]);
    let answer = hooks::respond("spinemet-order-sign", &body, Language::English);
    assert!(matches!(answer, Err(CdsError::MissingData(_))), "{answer:?}");
}

/// Silence says that nothing is to be said. Where the data that a service speaks from could not be had, a card says that
/// somebody must look.
#[test]
fn a_service_that_could_not_look_is_not_silent() {
    let osimertinib = prescription("osi", "osimertinib", None, None);
    let drafts = json!({"draftOrders": records::bundle(&[osimertinib])});
    let nothing = json!({});
    let cases: [(&str, &Value, &[&str], bool); 7] = [
        ("order-sign", &drafts, &[], false),
        ("order-sign", &drafts, &["procedures"], true),
        ("order-sign", &drafts, &["serviceRequests"], true),
        ("order-sign", &drafts, &["administrations"], false),
        ("encounter-start", &nothing, &["exams"], false),
        ("encounter-discharge", &nothing, &["procedures"], true),
        ("encounter-discharge", &nothing, &["medications"], false),
    ];
    for (hook, context, absent, speaks) in cases {
        let mut prefetch = record(&[]);
        prefetch["procedures"] = Value::Null;
        for key in absent {
            prefetch.as_object_mut().unwrap().remove(*key);
        }
        let body = call(hook, context, &prefetch);
        let answer = hooks::respond(&format!("spinemet-{hook}"), &body, Language::English).unwrap();
        let cards = answer["cards"].as_array().unwrap();
        assert_eq!(cards.len(), usize::from(speaks), "{hook} without {absent:?}: {answer}");
        for card in cards {
            assert_eq!(card["indicator"], "info", "{hook}");
            assert!(
                text(card, "summary").contains("not checked")
                    || text(card, "summary").contains("not be checked")
            );
            assert!(text(card, "detail").contains("Not sent by the record system"), "{card}");
        }
    }
}

#[test]
fn a_draft_is_no_fact_of_the_record_and_replaces_what_it_revises() {
    // The operation on record has the same id: the draft moves it, and only its new date counts.
    let beside = [planned("op", "spinal fixation", "2026-11-24"), given("bev", "bevacizumab", "2026-11-01")];
    let kept = fixation("2026-12-20");
    assert!(!sign(&[kept], &beside).iter().any(|card| card.to_string().contains("bevacizumab")));
    let mut replacing = service_request("new", "spinal fixation", Some("2026-12-20"), Some("T12"));
    replacing["replaces"] = json!([{"reference": "ServiceRequest/op"}]);
    assert!(!sign(&[replacing], &beside).iter().any(|card| card.to_string().contains("bevacizumab")));
    // A draft beside the record does not change the overview.
    let view = call("patient-view", &json!({}), &record(&[]));
    let plain = hooks::respond("spinemet-patient-view", &view, Language::English).unwrap();
    let with_draft = call("patient-view", &json!({}), &record(&[fixation("2026-12-05")]));
    let drafted = hooks::respond("spinemet-patient-view", &with_draft, Language::English).unwrap();
    assert_eq!(plain["cards"][0]["summary"], drafted["cards"][0]["summary"]);
}

#[test]
fn orders_written_together_are_looked_at_together() {
    let drafts =
        [prescription("bev", "bevacizumab", Some("2026-11-25"), Some("2026-11-25")), fixation("2026-12-05")];
    let cards = sign(&drafts, &[]);
    assert_eq!(cards.len(), 2, "{cards:#?}");
    assert!(cards.iter().all(|card| card.to_string().contains("28 days advised")), "{cards:#?}");
}

#[test]
fn only_what_is_selected_is_spoken_about() {
    let drafts = records::bundle(&[
        prescription("bev", "bevacizumab", Some("2026-11-25"), Some("2026-11-25")),
        fixation("2026-12-05"),
    ]);
    let context = json!({"draftOrders": drafts, "selections": ["MedicationRequest/bev"]});
    let body = call("order-select", &context, &record(&[]));
    let answer = hooks::respond("spinemet-order-select", &body, Language::English).unwrap();
    let cards = answer["cards"].as_array().unwrap();
    assert_eq!(cards.len(), 1, "{answer}");
    assert_eq!(cards[0]["extension"]["org.spinemet.order"][0]["reference"], "MedicationRequest/bev");
}

#[test]
fn orders_that_are_sent_off_are_found_in_the_record_by_every_spelling() {
    let beside = [planned("op", "spinal fixation", "2026-12-05"), given("bev", "bevacizumab", "2026-11-21")];
    for context in [
        json!({"dispatchedOrders": ["ServiceRequest/op"], "performer": "Organization/x"}),
        json!({"dispatchedOrders": [{"reference": "https://ehr.example/fhir/ServiceRequest/op"}]}),
        json!({"order": "ServiceRequest/op/_history/2", "fulfillment-tasks": []}),
    ] {
        let mut body = call("order-dispatch", &context, &record(&beside));
        body["context"].as_object_mut().unwrap().remove("userId");
        let answer = hooks::respond("spinemet-order-dispatch", &body, Language::English).unwrap();
        let card = &answer["cards"][0];
        assert!(text(card, "summary").starts_with("Move spinal fixation to 2026-12-19"), "{answer}");
    }
    // What is sent off is no draft: it is not taken back by deleting it.
    let beside = [
        prescription("bev", "bevacizumab", Some("2026-11-25"), Some("2026-11-25")),
        planned("op", "spinal fixation", "2026-12-05"),
    ];
    let dispatched =
        json!({"dispatchedOrders": ["MedicationRequest/bev"], "performer": "Organization/pharmacy"});
    let body = call("order-dispatch", &dispatched, &record(&beside));
    let answer = hooks::respond("spinemet-order-dispatch", &body, Language::English).unwrap();
    assert_eq!(labels(&answer["cards"][0]), ["Put this order on hold"], "{answer}");
    let elsewhere =
        call("order-dispatch", &json!({"dispatchedOrders": ["ServiceRequest/other"]}), &record(&beside));
    let answer = hooks::respond("spinemet-order-dispatch", &elsewhere, Language::English);
    assert!(matches!(answer, Err(CdsError::MissingData(_))), "{answer:?}");
}

#[test]
fn an_appointment_is_recognised_by_its_service_and_moved_as_a_whole() {
    let appointment = json!({
        "resourceType": "Appointment", "id": "apt", "status": "proposed", "serviceType": [{"text": "spinal fixation"}],
        "start": "2026-12-05T09:00:00+08:00", "end": "2026-12-05T12:30:00+08:00",
        "participant": [{"actor": {"reference": "Patient/breast-t12"}, "status": "tentative"}],
    });
    let context = json!({"appointments": records::bundle(std::slice::from_ref(&appointment))});
    let body = call("appointment-book", &context, &record(&[given("bev", "bevacizumab", "2026-11-21")]));
    let answer = hooks::respond("spinemet-appointment-book", &body, Language::English).unwrap();
    let card = &answer["cards"][0];
    assert_eq!(labels(card)[0], "Move this order to 2026-12-19");
    let mut expected = appointment;
    expected["start"] = json!("2026-12-19T09:00:00+08:00");
    expected["end"] = json!("2026-12-19T12:30:00+08:00");
    assert_eq!(card["suggestions"][0]["actions"][0]["resource"], expected);
}

#[test]
fn a_suggestion_changes_only_what_is_meant() {
    let mut draft = prescription("bev", "bevacizumab", Some("2026-11-25"), Some("2026-11-25"));
    draft["note"] = json!([{"text": "第 3 周期"}]);
    draft["dispenseRequest"] = json!({"quantity": {"value": 1.50, "unit": "vial"}});
    let card = card(&draft, &[planned("op", "spinal fixation", "2026-12-05")]);
    assert_eq!(card["selectionBehavior"], "at-most-one");
    assert_eq!(labels(&card), ["Put this order on hold", "Take this order back"]);
    let mut expected = draft.clone();
    expected["status"] = json!("on-hold");
    assert_eq!(card["suggestions"][0]["actions"][0]["resource"], expected);
    assert_eq!(
        card["suggestions"][1]["actions"][0],
        json!({
            "type": "delete", "description": "Deletes the draft MedicationRequest/bev", "resourceId": "MedicationRequest/bev",
        })
    );
    // What may not stand in an answer is left out, and where that would change a meaning nothing is offered.
    draft["extension"] = json!([]);
    draft["category"] = Value::Null;
    let cleaned = self::card(&draft, &[planned("op", "spinal fixation", "2026-12-05")]);
    assert_eq!(cleaned["suggestions"][0]["actions"][0]["resource"], expected);
    draft["_instantiatesUri"] = json!([null, {"id": "x"}]);
    let refused = self::card(&draft, &[planned("op", "spinal fixation", "2026-12-05")]);
    assert_eq!(labels(&refused), ["Take this order back"]);
}

#[test]
fn what_must_be_known_first_is_asked_for_with_whole_resources() {
    let draft = service_request("rfa", "radiofrequency ablation of spinal metastasis", None, Some("L3"));
    let card = card(&draft, &[]);
    assert_eq!(
        (&card["indicator"], &card["source"]["topic"]["code"]),
        (&json!("warning"), &json!("must-be-known"))
    );
    assert!(text(&card, "summary").starts_with("Before radiofrequency ablation L3 find out: "), "{card}");
    assert_eq!(card["selectionBehavior"], "any");
    let suggestions = card["suggestions"].as_array().unwrap();
    let resources: Vec<&Value> = suggestions.iter().map(|each| &each["actions"][0]["resource"]).collect();
    assert_eq!(resources[0]["resourceType"], "ServiceRequest");
    assert_eq!(resources[0]["code"]["coding"][0]["code"], "241645008");
    assert_eq!(
        (&resources[0]["status"], &resources[0]["encounter"]),
        (&json!("draft"), &json!({"reference": "Encounter/enc-1"}))
    );
    assert_eq!(
        (&resources[1]["resourceType"], &resources[1]["for"]["reference"]),
        (&json!("Task"), &json!("Patient/breast-t12"))
    );
}

#[test]
fn the_rest_is_folded_into_the_third_card() {
    let drafts: Vec<Value> = ["bevacizumab", "ramucirumab", "sunitinib", "osimertinib", "erlotinib"]
        .iter()
        .map(|drug| prescription(drug, drug, Some("2026-11-25"), Some("2026-11-25")))
        .collect();
    let cards = sign(&drafts, &[planned("op", "spinal fixation", "2026-12-05")]);
    assert_eq!(cards.len(), 3, "{cards:#?}");
    let last = text(&cards[2], "detail");
    assert!(last.contains("More to be said about this call") && last.contains("- Hold"), "{last}");
    assert_eq!(cards[2]["extension"]["org.spinemet.order"].as_array().unwrap().len(), 3);
}

#[test]
fn a_partial_date_is_judged_at_both_ends() {
    let card = card(&fixation("2026-12"), &[given("bev", "bevacizumab", "2026-11-21")]);
    let detail = text(&card, "detail");
    assert!(detail.contains("within what is advised or shorter than advised"), "{detail}");
    assert!(detail.contains("10 to 40 days"), "{detail}");
}

#[test]
fn the_codes_of_the_suggested_mri_are_those_that_the_mapping_knows() {
    let draft = service_request("mri", "http://snomed.info/sct|241645008", None, None);
    let record =
        spinemet::fhir::Record::read(records::bundle(&[draft]).to_string().into_bytes().leak()).unwrap();
    let orders = records::ASSESSOR.mappings().orders(&record, &record.resources[0]).unwrap();
    assert_eq!(orders[0].ordered.key(), "spinal-mri");
}

/// Whatever stands in a draft: a refusal, or an answer in which nothing is null or empty.
#[test]
fn no_draft_makes_an_answer_with_something_empty_in_it() {
    let drafts =
        [prescription("bev", "bevacizumab", Some("2026-11-25"), Some("2026-11-25")), fixation("2026-12-05")];
    let body = signing(&drafts, &record(&[given("bev-1", "bevacizumab", "2026-11-21")]));
    let mut all = Vec::new();
    hooks::places(&body["context"], "/context", &mut all);
    let others = [
        Value::Null,
        json!([]),
        json!({}),
        json!(""),
        json!(7),
        json!([null]),
        json!({"a": null}),
        json!("2026"),
    ];
    let mut answered = 0;
    for place in &all {
        for other in &others {
            let mut mutated = body.clone();
            *mutated.pointer_mut(place).unwrap() = other.clone();
            answered +=
                usize::from(hooks::respond("spinemet-order-sign", &mutated, Language::English).is_ok());
        }
    }
    assert!(answered > all.len(), "{answered} answers to {} places", all.len());
}
