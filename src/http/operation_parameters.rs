//! The parameters of an operation that changes nothing: in the URL, and in the body as FHIR Parameters.

use actix_web::HttpRequest;
use actix_web::web::Query;

use super::request::{DeclaredBody, read_body};
use super::{Failure, State};
use crate::fhir::Json;

/// Names and values, as they were sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct OperationParameters(Vec<(String, String)>);

impl OperationParameters {
    /// Reads those of the URL, and then those of the body, if there is one.
    ///
    /// # Errors
    /// [`Failure::IllegibleParameter`] where the URL is no list of pairs, the body no Parameters with values of a simple
    /// type, or a value empty; what [`read_body`] refuses.
    pub(super) async fn read(
        request: &HttpRequest,
        body: DeclaredBody,
        state: &State,
    ) -> Result<Self, Failure> {
        let body = read_body(body, &state.settings).await?;
        let in_url = Query::<Vec<(String, String)>>::from_query(request.query_string());
        let mut parameters = in_url.map(Query::into_inner).map_err(|_| Failure::IllegibleParameter {
            name: "of the operation",
            expected: "they are percent-encoded pairs",
        })?;
        if !body.is_empty() {
            parameters.extend(of_body(&body).ok_or(Failure::IllegibleParameter {
                name: "of the operation",
                expected: "the body is FHIR Parameters with a name and a value each",
            })?);
        }
        if parameters.iter().any(|(_, value)| value.is_empty()) {
            return Err(Failure::IllegibleParameter {
                name: "of the operation",
                expected: "each has a value; leave out what has none",
            });
        }
        Ok(Self(parameters))
    }

    /// The first value of a parameter.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    /// All of them.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// The names and simple values of Parameters; of a reference, what it refers to.
fn of_body(body: &[u8]) -> Option<Vec<(String, String)>> {
    let resource = Json::parse(std::str::from_utf8(body).ok()?).ok()?.object().ok()?;
    if resource.get("resourceType")?.string().ok()? != "Parameters" {
        return None;
    }
    let Some(list) = resource.get("parameter") else { return Some(Vec::new()) };
    let read = |parameter: Json<'_>| {
        let parameter = parameter.object().ok()?;
        let name = parameter.get("name")?.string().ok()?.into_owned();
        let (_, value) = parameter.iter().find(|(key, _)| key.starts_with("value"))?;
        Some((name, text(value)?))
    };
    list.array().ok()?.into_iter().map(read).collect()
}

fn text(value: Json<'_>) -> Option<String> {
    if let Ok(reference) = value.object() {
        return Some(reference.get("reference")?.string().ok()?.into_owned());
    }
    if let Ok(number) = value.number() {
        return Some(number.to_owned());
    }
    if let Ok(is_so) = value.boolean() {
        return Some(is_so.to_string());
    }
    Some(value.string().ok()?.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_simple_types_and_references_are_read_and_nothing_else() {
        let cases = [
            (r#"{"resourceType":"Parameters"}"#, Some(vec![])),
            (
                r#"{"resourceType":"Parameters","parameter":[{"name":"a","valueString":"x"},{"name":"b","valueInteger":5},
                    {"name":"c","valueBoolean":true},{"name":"d","valueReference":{"reference":"Patient/1"}}]}"#,
                Some(vec![("a", "x"), ("b", "5"), ("c", "true"), ("d", "Patient/1")]),
            ),
            (r#"{"resourceType":"Parameters","parameter":[{"name":"a"}]}"#, None),
            (r#"{"resourceType":"Parameters","parameter":[{"name":"a","valuePeriod":{}}]}"#, None),
            (r#"{"resourceType":"Parameters","parameter":{}}"#, None),
            (r#"{"resourceType":"Bundle"}"#, None),
            ("[]", None),
            ("", None),
        ];
        for (body, expected) in cases {
            let expected = expected.map(|pairs: Vec<(&str, &str)>| {
                pairs.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect::<Vec<_>>()
            });
            assert_eq!(of_body(body.as_bytes()), expected, "{body}");
        }
    }
}
