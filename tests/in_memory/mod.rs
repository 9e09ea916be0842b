//! RiskAssessments as a list in memory, and searches with what each of them means for one of the list.

// Each test file uses its own part of this.
#![allow(dead_code, missing_docs)]

use serde_json::{Value, json};
use spinemet::store::Draft;

pub const TYPE: &str = "RiskAssessment";
const METHODS: &str = "https://spinemet.org/fhir/CodeSystem/instrument";

/// What a resource of the list is like.
#[derive(Debug, Clone)]
pub struct Known {
    pub id: String,
    pub patient: usize,
    pub method: &'static str,
    pub status: &'static str,
    /// Seconds since 1970.
    pub date: i64,
    pub probability: Option<f64>,
    pub identifier: Option<usize>,
    /// Of a qualitative risk, a condition and an encounter, which go together here.
    pub risk: Option<&'static str>,
    pub performer: Option<&'static str>,
    pub updated: i64,
}

impl Known {
    pub fn number(number: usize) -> Self {
        Self {
            id: format!("id-{:03}", number * 7919 % 1000),
            patient: number % 7,
            method: ["tomita", "sins", "guidance"][number / 3 % 3],
            status: if number.is_multiple_of(5) { "preliminary" } else { "final" },
            // Many share a second, and the order is not that of storing.
            date: 1_767_225_600 + i64::try_from(number * 37 % 60).unwrap() * 86_400,
            probability: number
                .is_multiple_of(4)
                .then(|| f64::from(u8::try_from(number % 100).unwrap()) / 100.0),
            identifier: number.is_multiple_of(3).then_some(number % 10),
            risk: (number % 6 < 4).then_some(["low", "high"][number % 2]),
            performer: [None, Some("Practitioner/1"), Some("Device/1")][number % 3],
            updated: 0,
        }
    }

    pub fn draft(&self) -> Draft {
        let mut body = json!({
            "resourceType": TYPE,
            "id": self.id,
            "status": self.status,
            "method": {"coding": [{"system": METHODS, "code": self.method}]},
            "subject": {"reference": format!("Patient/{}", self.patient)},
            "occurrenceDateTime": instant(self.date),
        });
        if let Some(probability) = self.probability {
            body["prediction"] = json!([{"probabilityDecimal": probability}]);
        }
        if let Some(risk) = self.risk {
            let coding =
                json!([{"system": "http://terminology.hl7.org/CodeSystem/risk-probability", "code": risk}]);
            let prediction = json!({"qualitativeRisk": {"coding": coding}});
            match body.get_mut("prediction").and_then(Value::as_array_mut) {
                Some(predictions) => predictions.push(prediction),
                None => body["prediction"] = json!([prediction]),
            }
            body["condition"] = json!({"reference": format!("Condition/{risk}")});
            body["encounter"] =
                json!({"reference": "http://elsewhere/fhir/Encounter/1", "identifier": {"value": risk}});
        }
        if let Some(performer) = self.performer {
            body["performer"] = json!({"reference": performer});
        }
        if let Some(identifier) = self.identifier {
            body["identifier"] = json!([{"system": "urn:x", "value": identifier.to_string()}]);
        }
        let subject = Some(format!("Patient/{}", self.patient));
        Draft::new(TYPE, self.id.clone(), subject, body.to_string().into_bytes())
            .with_subject_identifier("urn:mrn", &format!("mrn-{}", self.patient))
    }
}

fn instant(seconds: i64) -> String {
    jiff::Timestamp::from_second(seconds).unwrap().to_string()
}

pub type Matches = Box<dyn Fn(&Known) -> bool>;

fn case(text: &str, matches: Matches) -> (String, Matches) {
    (text.to_owned(), matches)
}

/// Searches, and what they mean.
pub fn searches(all: &[Known]) -> Vec<(String, Matches)> {
    let mut searches = by_codes_and_references();
    searches.extend(by_numbers_times_and_others(all));
    searches
}

fn by_codes_and_references() -> Vec<(String, Matches)> {
    vec![
        case("", Box::new(|_| true)),
        case("patient=3", Box::new(|known| known.patient == 3)),
        case("subject=Patient/3", Box::new(|known| known.patient == 3)),
        case("subject:Patient=3,4", Box::new(|known| matches!(known.patient, 3 | 4))),
        case("subject=Group/3", Box::new(|_| false)),
        case("patient=3&subject=Patient/4", Box::new(|_| false)),
        case("subject:identifier=urn:mrn|mrn-2", Box::new(|known| known.patient == 2)),
        case("patient.identifier=mrn-2", Box::new(|known| known.patient == 2)),
        case("subject:identifier=urn:other|mrn-2", Box::new(|_| false)),
        case("method=sins", Box::new(|known| known.method == "sins")),
        case("method=sins,tomita", Box::new(|known| known.method != "guidance")),
        case(&format!("method={METHODS}|sins"), Box::new(|known| known.method == "sins")),
        case(&format!("method={METHODS}|"), Box::new(|_| true)),
        case("method=|sins", Box::new(|_| false)),
        case("method:not=sins", Box::new(|known| known.method != "sins")),
        case("method:not=sins,tomita", Box::new(|known| known.method == "guidance")),
        case("method=sins&patient=1", Box::new(|known| known.method == "sins" && known.patient == 1)),
        case(
            "method=sins,guidance&status=final,preliminary&patient=1,2",
            Box::new(|known| {
                known.method != "tomita"
                    && known.status != "entered-in-error"
                    && matches!(known.patient, 1 | 2)
            }),
        ),
        case("status=entered-in-error", Box::new(|known| known.status == "entered-in-error")),
        case("status:not=entered-in-error", Box::new(|known| known.status != "entered-in-error")),
        case(
            "status:not=final&method=sins",
            Box::new(|known| known.status != "final" && known.method == "sins"),
        ),
        case("identifier=urn:x|4", Box::new(|known| known.identifier == Some(4))),
        case("identifier:missing=true", Box::new(|known| known.identifier.is_none())),
        case("identifier:missing=false", Box::new(|known| known.identifier.is_some())),
        case("identifier=4", Box::new(|known| known.identifier == Some(4))),
        case("identifier=urn:x|4,urn:x|5", Box::new(|known| matches!(known.identifier, Some(4 | 5)))),
        case("identifier:not=urn:x|4", Box::new(|known| known.identifier != Some(4))),
        case("condition=Condition/high", Box::new(|known| known.risk == Some("high"))),
        case("condition=high,low", Box::new(|known| known.risk.is_some())),
        case("condition:Condition=low", Box::new(|known| known.risk == Some("low"))),
        case("condition:missing=true", Box::new(|known| known.risk.is_none())),
        case("encounter=http://elsewhere/fhir/Encounter/1", Box::new(|known| known.risk.is_some())),
        case("encounter=Encounter/1", Box::new(|_| false)),
        case("encounter:identifier=high", Box::new(|known| known.risk == Some("high"))),
        case("encounter.identifier=|low", Box::new(|known| known.risk == Some("low"))),
        case("encounter:missing=false", Box::new(|known| known.risk.is_some())),
        case("performer=Device/1", Box::new(|known| known.performer == Some("Device/1"))),
        case("performer=1", Box::new(|known| known.performer.is_some())),
        case("performer:Practitioner=1", Box::new(|known| known.performer == Some("Practitioner/1"))),
        case("performer:missing=true", Box::new(|known| known.performer.is_none())),
        case("risk=high", Box::new(|known| known.risk == Some("high"))),
        case("risk:not=high", Box::new(|known| known.risk != Some("high"))),
        case(
            "risk=http://terminology.hl7.org/CodeSystem/risk-probability|low",
            Box::new(|known| known.risk == Some("low")),
        ),
        case("risk:missing=true", Box::new(|known| known.risk.is_none())),
    ]
}

fn by_numbers_times_and_others(all: &[Known]) -> Vec<(String, Matches)> {
    let middle = all[100].updated;
    let middle_text = format!("{:.6}", jiff::Timestamp::from_microsecond(middle).unwrap());
    let day = 1_767_225_600 + 30 * 86_400;
    let date = instant(day)[..10].to_owned();
    vec![
        case("probability=lt0.24", Box::new(|known| known.probability.is_some_and(|number| number < 0.24))),
        case("probability=ge0.24", Box::new(|known| known.probability.is_some_and(|number| number >= 0.24))),
        case(
            "probability=ne0.24",
            Box::new(|known| known.probability.is_some_and(|number| (number - 0.24).abs() > 0.001)),
        ),
        case("probability=0.24", Box::new(|known| known.probability == Some(0.24))),
        case("probability=gt0.24", Box::new(|known| known.probability.is_some_and(|number| number > 0.24))),
        case(
            "probability=le0.24,0.92",
            Box::new(|known| {
                known.probability.is_some_and(|number| number <= 0.24 || (number - 0.92).abs() < 0.001)
            }),
        ),
        case("probability:missing=true", Box::new(|known| known.probability.is_none())),
        case("_id=id-000,id-919,id-nothing", Box::new(|known| known.id == "id-000" || known.id == "id-919")),
        case("_id=id-000&status=final", Box::new(|_| false)),
        case(&format!("_lastUpdated=gt{middle_text}"), Box::new(move |known| known.updated > middle)),
        case(&format!("_lastUpdated=ge{middle_text}"), Box::new(move |known| known.updated >= middle)),
        case(&format!("_lastUpdated=lt{middle_text}"), Box::new(move |known| known.updated < middle)),
        case(&format!("_lastUpdated={middle_text}"), Box::new(move |known| known.updated == middle)),
        case(
            &format!("_lastUpdated=gt{middle_text}&method=sins"),
            Box::new(move |known| known.updated > middle && known.method == "sins"),
        ),
        case("_lastUpdated=lt2001", Box::new(|_| false)),
        case(&format!("date={date}"), Box::new(move |known| known.date == day)),
        case(&format!("date=ne{date}"), Box::new(move |known| known.date != day)),
        case(&format!("date=gt{date}"), Box::new(move |known| known.date > day)),
        case(&format!("date=ge{date}"), Box::new(move |known| known.date >= day)),
        case(&format!("date=lt{date}"), Box::new(move |known| known.date < day)),
        case(&format!("date=le{date}"), Box::new(move |known| known.date <= day)),
        case(&format!("date=sa{date}"), Box::new(move |known| known.date > day)),
        case(&format!("date=eb{date}"), Box::new(move |known| known.date < day)),
        case("date=2026-01", Box::new(|known| instant(known.date).starts_with("2026-01"))),
        case(
            &format!("date=ge{date}&date=lt2026-02-10&method=sins"),
            Box::new(move |known| {
                known.date >= day && instant(known.date).as_str() < "2026-02-10" && known.method == "sins"
            }),
        ),
        case("date:missing=true", Box::new(|_| false)),
        case("date:missing=false&patient=1", Box::new(|known| known.patient == 1)),
        case("_profile=http://nobody", Box::new(|_| false)),
        case("_tag:not=x", Box::new(|_| true)),
        case("_security=x", Box::new(|_| false)),
        case("_source=urn:x", Box::new(|_| false)),
        case(
            "performer:missing=true&patient=6",
            Box::new(|known| known.performer.is_none() && known.patient == 6),
        ),
        case("subject:missing=true", Box::new(|_| false)),
        case("patient:missing=false", Box::new(|_| true)),
        case("method:missing=true", Box::new(|_| false)),
    ]
}
