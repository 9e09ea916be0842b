//! A realistic RiskAssessment: SINS with one unknown item, ten basis references, a narrative of about 1 KB.

use fhir_wire::{
    CodeableConcept, Coding, Extension, ExtensionValue, Narrative, Observation, ObservationComponent,
    ObservationStatus, ObservationValue, Prediction, Reference, RiskAssessment,
};

pub const BASE: &str = "https://spinemet.org/fhir";
pub const INSTRUMENT: &str = "https://spinemet.org/fhir/CodeSystem/instrument";
pub const SCORE_ITEM: &str = "https://spinemet.org/fhir/CodeSystem/score-item";
pub const BAND: &str = "https://spinemet.org/fhir/CodeSystem/band";

pub fn concept(system: &'static str, code: &'static str, display: &'static str) -> CodeableConcept<'static> {
    CodeableConcept::coded(Coding::new(system, code, display))
}

/// The smallest RiskAssessment that the writer accepts.
pub fn minimal() -> RiskAssessment<'static> {
    RiskAssessment {
        id: "a1".into(),
        language: None,
        narrative: None,
        contained: Vec::new(),
        extension: Vec::new(),
        status: ObservationStatus::Final,
        method: concept(INSTRUMENT, "sins-2010", "Spinal Instability Neoplastic Score (SINS, 2010)"),
        code: CodeableConcept::text("Spinal instability"),
        subject: Reference::literal("Patient/1"),
        occurrence_date_time: "2026-05-04T10:00:00+08:00".into(),
        condition: None,
        performer: None,
        basis: Vec::new(),
        prediction: Vec::new(),
        mitigation: None,
        note: Vec::new(),
    }
}

pub fn score() -> Observation<'static> {
    Observation {
        id: "score".into(),
        extension: vec![reachable_totals()],
        status: ObservationStatus::Preliminary,
        code: concept(INSTRUMENT, "sins-2010", "Spinal Instability Neoplastic Score (SINS, 2010)"),
        subject: Reference::literal("Patient/1"),
        effective_date_time: Some("2026-05-04".into()),
        value: Some(ObservationValue::DataAbsentReason(unknown())),
        body_site: Some(CodeableConcept::text("T12")),
        component: vec![
            item("sins-location", "SINS: location", 3),
            item("sins-pain", "SINS: pain", 3),
            item("sins-lesion", "SINS: bone lesion", 2),
            item("sins-alignment", "SINS: spinal alignment", 0),
            item("sins-collapse", "SINS: vertebral body collapse", 2),
            ObservationComponent {
                extension: vec![reachable_points(&[0, 1, 3])],
                code: concept(SCORE_ITEM, "sins-posterolateral", "SINS: posterolateral involvement"),
                value: Some(ObservationValue::DataAbsentReason(unknown())),
            },
        ],
    }
}

pub fn realistic() -> RiskAssessment<'static> {
    let basis =
        (1..=9).map(|number| Reference::literal(format!("Observation/sins-input-{number}/_history/2")));
    RiskAssessment {
        language: Some("zh".into()),
        narrative: Some(narrative()),
        contained: vec![score()],
        extension: vec![
            Extension::value(
                format!("{BASE}/StructureDefinition/knowledge-version"),
                ExtensionValue::String("2026.1".into()),
            ),
            reachable_totals(),
        ],
        status: ObservationStatus::Preliminary,
        condition: Some(Reference::literal("Condition/spinal-metastasis")),
        performer: Some(Reference::display("Spinemet 0.1.0")),
        basis: std::iter::once(Reference::literal("#score")).chain(basis).collect(),
        prediction: vec![
            Prediction {
                qualitative_risk: Some(concept(
                    BAND,
                    "sins-potentially-unstable",
                    "SINS 7-12: potentially unstable",
                )),
                rationale: Some("The posterolateral item is not known; its answer decides the band.".into()),
                ..Prediction::new(CodeableConcept::text("Spinal instability"))
            },
            Prediction {
                qualitative_risk: Some(concept(BAND, "sins-unstable", "SINS 13-18: unstable")),
                ..Prediction::new(CodeableConcept::text("Spinal instability"))
            },
        ],
        mitigation: Some("A surgical consultation is advised from a total of 7.".into()),
        note: vec!["Expert consensus, 2023. A group estimate and no forecast for one person.".into()],
        ..minimal()
    }
}

/// The totals 10, 11 and 13: five items are known to make 10, and the sixth has 0, 1 or 3 points.
pub fn reachable_totals() -> Extension<'static> {
    let number = |name: &'static str, value: i32| Extension::value(name, ExtensionValue::Integer(value));
    let band =
        |code, display| Extension::value("band", ExtensionValue::Coding(Coding::new(BAND, code, display)));
    Extension::parts(
        format!("{BASE}/StructureDefinition/reachable-totals"),
        vec![
            number("min", 10),
            number("max", 13),
            number("total", 10),
            number("total", 11),
            number("total", 13),
            band("sins-potentially-unstable", "SINS 7-12: potentially unstable"),
            band("sins-unstable", "SINS 13-18: unstable"),
        ],
    )
}

/// The points that an unknown item can still have.
fn reachable_points(points: &[i32]) -> Extension<'static> {
    let number = |name: &'static str, value: i32| Extension::value(name, ExtensionValue::Integer(value));
    let mut parts = vec![
        number("min", points.iter().copied().min().unwrap()),
        number("max", points.iter().copied().max().unwrap()),
    ];
    parts.extend(points.iter().map(|value| number("points", *value)));
    Extension::parts(format!("{BASE}/StructureDefinition/reachable-points"), parts)
}

fn item(code: &'static str, display: &'static str, points: i32) -> ObservationComponent<'static> {
    ObservationComponent {
        extension: vec![reachable_points(&[points])],
        code: concept(SCORE_ITEM, code, display),
        value: Some(ObservationValue::Integer(points)),
    }
}

fn unknown() -> CodeableConcept<'static> {
    concept("http://terminology.hl7.org/CodeSystem/data-absent-reason", "unknown", "Unknown")
}

fn narrative() -> Narrative {
    let rows = [
        ("位置", "T12，交界区", "3"),
        ("疼痛", "机械性疼痛", "3"),
        ("骨病变", "溶骨性", "2"),
        ("力线", "正常", "0"),
        ("椎体塌陷", "<50%", "2"),
        ("后外侧受累", "未知", "0–3"),
    ];
    let rows: Vec<Vec<&str>> =
        rows.iter().map(|(item, answer, points)| vec![*item, *answer, *points]).collect();
    Narrative::new()
        .heading("SINS 10–13")
        .paragraph("脊柱肿瘤不稳定评分：尚缺一项，总分为 10 至 13，跨越潜在不稳定与不稳定两档。")
        .table(&["项目", "结果", "分值"], &rows)
        .list(&["请补充：后外侧附件受累情况（CT）。", "建议脊柱外科会诊。"])
}
