//! An order is recognised however it is written: by each code system that its sender may use, and by its words in English
//! and Chinese.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may fail loudly"
)]

mod orders;
mod prefetch;
mod records;

use orders::{prescription, service_request};
use serde_json::Value;
use spinemet::fhir::Record;

const SCT: &str = "http://snomed.info/sct";
const PCS: &str = "http://www.cms.gov/Medicare/Coding/ICD10";
const NHSA: &str = "urn:spinemet:cn-nhsa-icd9cm3";
const LOINC: &str = "http://loinc.org";
const RXNORM: &str = "http://www.nlm.nih.gov/research/umls/rxnorm";
const ATC: &str = "http://www.whocc.no/atc";

/// What a code or text is read as; each part of one operation.
fn ordered(order: &Value) -> Vec<&'static str> {
    let bytes = records::bundle(std::slice::from_ref(order)).to_string().into_bytes();
    let record = Record::read(bytes.leak()).unwrap();
    let orders = records::ASSESSOR.mappings().orders(&record, &record.resources[0]).unwrap_or_default();
    orders.iter().map(|order| order.ordered.key()).collect()
}

/// A kind of order, its codes by system, and its words. Where a system is not named, it has no code that was confirmed.
type Row = (&'static str, &'static [(&'static str, &'static str)], &'static [&'static str]);

const PROCEDURES: [Row; 14] = [
    (
        "vertebral-augmentation",
        &[(SCT, "401226007"), (SCT, "426243004"), (PCS, "0PU43JZ"), (PCS, "0QU03JZ"), (NHSA, "81.6500")],
        &["vertebroplasty", "Kyphoplasty", "经皮椎体成形术", "经皮椎体后凸成形术", "PVP"],
    ),
    ("radiofrequency-ablation", &[(SCT, "879916008")], &["radiofrequency ablation", "RFA", "射频消融术"]),
    ("microwave-ablation", &[], &["microwave ablation", "微波消融术"]),
    ("en-bloc-spondylectomy", &[(NHSA, "77.9904")], &["total en bloc spondylectomy", "全椎体整块切除术"]),
    ("separation-surgery", &[], &["separation surgery", "分离手术"]),
    (
        "decompression",
        &[(SCT, "283165009"), (PCS, "00NX0ZZ"), (NHSA, "03.0912")],
        &["laminectomy", "spinal decompression", "椎板切除术", "椎管减压术"],
    ),
    ("fixation", &[(SCT, "447833007"), (NHSA, "84.8205")], &["spinal fixation", "脊柱内固定术"]),
    ("embolisation", &[(SCT, "57238002"), (NHSA, "39.7900x061")], &["embolization", "动脉栓塞术"]),
    (
        "biopsy",
        &[(SCT, "3828003"), (PCS, "0PB43ZX"), (PCS, "0QB03ZX"), (NHSA, "77.4904")],
        &["vertebral biopsy", "椎体穿刺活检术"],
    ),
    (
        "radiotherapy",
        &[(SCT, "441799006"), (SCT, "1217123003"), (NHSA, "92.3101")],
        &["radiotherapy", "放疗"],
    ),
    (
        "stereotactic-radiotherapy",
        &[(SCT, "115959002"), (NHSA, "92.3000")],
        &["SBRT", "stereotactic radiosurgery", "立体定向放疗", "体部立体定向放射治疗[SBRT]"],
    ),
    ("spinal-mri", &[(SCT, "241645008"), (LOINC, "36067-7")], &["MRI of the spine", "全脊柱MRI平扫+增强"]),
    ("spinal-ct", &[(SCT, "241577003"), (LOINC, "24964-9")], &["CT thoracic spine", "胸椎CT"]),
    ("spinal-surgery", &[(SCT, "439770000"), (PCS, "0PB40ZZ")], &["spine surgery", "脊柱手术"]),
];

const DRUGS: [Row; 20] = [
    (
        "bevacizumab",
        &[(RXNORM, "253337"), (ATC, "L01FG01"), (ATC, "L01XC07"), (SCT, "409406007")],
        &["bevacizumab 25 mg/ml injection", "Avastin", "贝伐珠单抗注射液"],
    ),
    (
        "ramucirumab",
        &[(RXNORM, "1535922"), (ATC, "L01FG02"), (SCT, "704259004")],
        &["Cyramza", "雷莫西尤单抗"],
    ),
    ("aflibercept", &[(RXNORM, "1232150"), (ATC, "L01XX44"), (SCT, "703840003")], &["Zaltrap", "阿柏西普"]),
    (
        "gefitinib",
        &[(RXNORM, "328134"), (ATC, "L01EB01"), (SCT, "407100002")],
        &["Iressa 250 mg", "吉非替尼片"],
    ),
    ("erlotinib", &[(RXNORM, "337525"), (ATC, "L01EB02"), (SCT, "414123001")], &["erlotinib", "厄洛替尼"]),
    ("afatinib", &[(RXNORM, "1430438"), (ATC, "L01EB03"), (SCT, "703579002")], &["afatinib", "阿法替尼"]),
    (
        "osimertinib",
        &[(RXNORM, "1721560"), (ATC, "L01EB04"), (SCT, "716032009")],
        &["Tagrisso", "甲磺酸奥希替尼片"],
    ),
    ("icotinib", &[(ATC, "L01EB08")], &["icotinib", "埃克替尼"]),
    ("cetuximab", &[(RXNORM, "318341"), (ATC, "L01FE01")], &["Erbitux", "西妥昔单抗"]),
    ("sunitinib", &[(RXNORM, "357977"), (ATC, "L01EX01"), (SCT, "421192001")], &["Sutent", "舒尼替尼"]),
    ("sorafenib", &[(RXNORM, "495881"), (ATC, "L01EX02"), (SCT, "422042001")], &["Nexavar", "索拉非尼"]),
    ("pazopanib", &[(RXNORM, "714438"), (ATC, "L01EX03"), (SCT, "443763005")], &["pazopanib", "培唑帕尼"]),
    ("axitinib", &[(RXNORM, "1242999"), (ATC, "L01EK01"), (SCT, "427882000")], &["Inlyta", "阿昔替尼"]),
    ("lenvatinib", &[(RXNORM, "1603296"), (ATC, "L01EX08"), (SCT, "714108002")], &["Lenvima", "仑伐替尼"]),
    ("everolimus", &[(RXNORM, "141704"), (ATC, "L01EG02"), (SCT, "428698007")], &["Afinitor", "依维莫司"]),
    (
        "anticoagulant",
        &[(RXNORM, "11289"), (ATC, "B01AA03"), (SCT, "372756006")],
        &["warfarin", "rivaroxaban", "低分子肝素", "利伐沙班"],
    ),
    ("antiplatelet", &[(RXNORM, "1191"), (ATC, "B01AC06"), (SCT, "387458008")], &["clopidogrel", "氯吡格雷"]),
    (
        "glucocorticoid",
        &[(RXNORM, "3264"), (ATC, "H02AB02"), (SCT, "372584003")],
        &["dexamethasone", "地塞米松"],
    ),
    (
        "denosumab",
        &[(RXNORM, "993449"), (ATC, "M05BX04"), (SCT, "446321003")],
        &["denosumab", "Xgeva", "地舒单抗"],
    ),
    (
        "cytotoxic-chemotherapy",
        &[(RXNORM, "2555"), (ATC, "L01XA01"), (SCT, "387318005")],
        &["cisplatin", "顺铂注射液"],
    ),
];

fn spellings(row: &Row) -> impl Iterator<Item = String> + use<> {
    let (codes, texts) = (row.1.to_vec(), row.2.to_vec());
    let codes = codes.into_iter().map(|(system, code)| format!("{system}|{code}"));
    codes.chain(texts.into_iter().map(str::to_owned))
}

#[test]
fn a_procedure_is_recognised_by_every_code_system_and_by_its_words() {
    for row in &PROCEDURES {
        for spelling in spellings(row) {
            let order = service_request("o", &spelling, None, Some("T12"));
            assert_eq!(ordered(&order), [row.0], "{spelling}");
        }
    }
}

#[test]
fn a_drug_is_recognised_by_every_code_system_and_by_its_words() {
    for row in &DRUGS {
        for spelling in spellings(row) {
            let order = prescription("o", &spelling, None, None);
            assert_eq!(ordered(&order), [row.0], "{spelling}");
        }
    }
}

#[test]
fn what_may_be_done_elsewhere_in_the_body_counts_in_the_spine_alone() {
    for what in
        ["radiofrequency ablation", "embolization", "biopsy", "PVP", "http://snomed.info/sct|57238002"]
    {
        for site in [None, Some("liver")] {
            let order = service_request("o", what, None, site);
            assert_eq!(ordered(&order), [""; 0], "{what} {site:?}");
        }
    }
}
