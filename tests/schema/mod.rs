//! The part of JSON Schema that the CDS Hooks schemas use. An unknown keyword fails the test rather than passes.

#![allow(dead_code, missing_docs, reason = "each test file uses its own part")]

use regex_lite::Regex;
use serde_json::Value;

/// A schema of the published reference; `None`, said aloud, where it is not there.
pub fn published(name: &str) -> Option<Value> {
    let path = format!("{}/../shared/reference/cds-hooks-schemas/{name}", env!("CARGO_MANIFEST_DIR"));
    let Ok(text) = std::fs::read(&path) else {
        println!("SKIPPED: ../shared/reference/cds-hooks-schemas/{name} is not there");
        return None;
    };
    Some(serde_json::from_slice(&text).expect("a schema is JSON"))
}

/// Everything in which a value does not keep to a schema.
pub fn violations(schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    check(schema, schema, value, "$", &mut found);
    found
}

fn keeps(root: &Value, schema: &Value, value: &Value) -> bool {
    let mut found = Vec::new();
    check(root, schema, value, "$", &mut found);
    found.is_empty()
}

fn check(root: &Value, schema: &Value, value: &Value, place: &str, found: &mut Vec<String>) {
    let Some(keywords) = schema.as_object() else {
        if schema == &Value::Bool(false) {
            found.push(format!("{place} is not allowed"));
        }
        return;
    };
    for (keyword, expected) in keywords {
        let holds = match keyword.as_str() {
            "$schema" | "$id" | "title" | "$defs" | "format" | "then" | "minContains" | "maxContains" => true,
            "$ref" => {
                let pointer = expected.as_str().unwrap().trim_start_matches('#');
                check(root, root.pointer(pointer).unwrap(), value, place, found);
                true
            }
            "type" => is_of_type(expected, value),
            "enum" => expected.as_array().unwrap().contains(value),
            "const" => expected == value,
            "pattern" => value
                .as_str()
                .is_none_or(|text| Regex::new(expected.as_str().unwrap()).unwrap().is_match(text)),
            "minLength" => value.as_str().is_none_or(|text| text.chars().count() >= limit(expected)),
            "maxLength" => value.as_str().is_none_or(|text| text.chars().count() <= limit(expected)),
            "minItems" => value.as_array().is_none_or(|items| items.len() >= limit(expected)),
            "minProperties" => value.as_object().is_none_or(|object| object.len() >= limit(expected)),
            "required" => {
                let names = expected.as_array().unwrap().iter().map(|name| name.as_str().unwrap());
                value.as_object().is_none_or(|object| names.into_iter().all(|name| object.contains_key(name)))
            }
            "properties" => {
                for (name, schema) in expected.as_object().unwrap() {
                    if let Some(member) = value.get(name) {
                        check(root, schema, member, &format!("{place}.{name}"), found);
                    }
                }
                true
            }
            "additionalProperties" => {
                let known = schema.get("properties").and_then(Value::as_object);
                let others = value.as_object().into_iter().flatten();
                for (name, member) in
                    others.filter(|(name, _)| known.is_none_or(|known| !known.contains_key(*name)))
                {
                    check(root, expected, member, &format!("{place}.{name}"), found);
                }
                true
            }
            "items" => {
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    check(root, expected, item, &format!("{place}[{index}]"), found);
                }
                true
            }
            "allOf" => {
                for schema in expected.as_array().unwrap() {
                    check(root, schema, value, place, found);
                }
                true
            }
            "anyOf" => expected.as_array().unwrap().iter().any(|schema| keeps(root, schema, value)),
            "not" => !keeps(root, expected, value),
            "if" => {
                if keeps(root, expected, value) {
                    check(root, &schema["then"], value, place, found);
                }
                true
            }
            "contains" => value.as_array().is_none_or(|items| {
                let count = items.iter().filter(|item| keeps(root, expected, item)).count();
                let least = schema.get("minContains").map_or(1, limit);
                count >= least && schema.get("maxContains").is_none_or(|most| count <= limit(most))
            }),
            unknown => panic!("the keyword {unknown} is not known here"),
        };
        if !holds {
            found.push(format!("{place} breaks {keyword} {expected}"));
        }
    }
}

fn limit(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap()).unwrap()
}

fn is_of_type(expected: &Value, value: &Value) -> bool {
    let is = |name: &str| match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "null" => value.is_null(),
        unknown => panic!("the type {unknown} is not known here"),
    };
    match expected {
        Value::Array(names) => names.iter().any(|name| is(name.as_str().unwrap())),
        name => is(name.as_str().unwrap()),
    }
}

/// Every place with a `null` or with something empty, which CDS Hooks forbids everywhere but in `cards` and `services`.
pub fn empties(value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    find_empties(value, "$", &mut found);
    found
}

fn find_empties(value: &Value, place: &str, found: &mut Vec<String>) {
    match value {
        Value::Null => found.push(place.to_owned()),
        Value::String(text) if text.trim().is_empty() => found.push(place.to_owned()),
        Value::Array(items) => {
            if items.is_empty() && place != "$.cards" && place != "$.services" {
                found.push(place.to_owned());
            }
            for (index, item) in items.iter().enumerate() {
                find_empties(item, &format!("{place}[{index}]"), found);
            }
        }
        Value::Object(members) => {
            if members.is_empty() {
                found.push(place.to_owned());
            }
            for (name, member) in members {
                find_empties(member, &format!("{place}.{name}"), found);
            }
        }
        Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
