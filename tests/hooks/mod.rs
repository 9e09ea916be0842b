//! Calling a service without HTTP, and holding every answer to what CDS Hooks asks of all of them.

#![allow(dead_code, missing_docs, reason = "each test file uses its own part")]

use std::collections::HashSet;

use serde_json::Value;
use spinemet::cds_hooks::{self, Answer, CdsError, Circumstances, Presentation};
use spinemet::language::Language;

use crate::records::{AS_OF, ASSESSOR};
use crate::schema;

/// How the tests' hospital presents its cards.
pub fn presentation() -> Presentation {
    Presentation {
        base_url: Some("https://spinemet.example".to_owned()),
        assessment_page_url: None,
        smart_app_url: None,
    }
}

/// What a call comes to, before anything is put aside.
pub fn answer(service: &str, body: &[u8], language: Language) -> Result<Answer, CdsError> {
    let presentation = presentation();
    let circumstances = Circumstances {
        language,
        as_of: AS_OF.parse().unwrap(),
        tenant: "test",
        presentation: &presentation,
    };
    cds_hooks::call(&ASSESSOR, service, body, &[], circumstances)
}

/// What is answered, as JSON that keeps to the schema and holds nothing empty.
pub fn respond(service: &str, body: &Value, language: Language) -> Result<Value, CdsError> {
    let (response, _) =
        answer(service, body.to_string().as_bytes(), language)?.settle(&HashSet::new(), false);
    let response = serde_json::to_value(&response).unwrap();
    assert_eq!(schema::empties(&response), Vec::<String>::new(), "null or empty in {response}");
    if let Some(published) = schema::published("response.schema.json") {
        assert_eq!(schema::violations(&published, &response), Vec::<String>::new(), "{response}");
    }
    for card in response["cards"].as_array().unwrap() {
        let summary = card["summary"].as_str().unwrap();
        assert!(summary.chars().count() < 140, "{summary}");
        assert!(!card.to_string().contains("text missing"), "{card}");
    }
    Ok(response)
}

/// Every place of a value, as JSON Pointers.
pub fn places(value: &Value, place: &str, found: &mut Vec<String>) {
    found.push(place.to_owned());
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                places(item, &format!("{place}/{index}"), found);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                places(member, &format!("{place}/{}", name.replace('~', "~0").replace('/', "~1")), found);
            }
        }
        _ => {}
    }
}
