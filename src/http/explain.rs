//! `POST /fhir/{version}/$explain-mapping`, and the page for people at `/explain`: what each resource of a record became,
//! and why. Nothing of it is stored.

use actix_web::HttpResponse;
use actix_web::http::header::{CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY};
use actix_web::web::{Bytes, Data, Query};

use super::as_of::AsOf;
use super::computation::on_body;
use super::media::{FormBody, JsonAccepted, JsonBody};
use super::request::{ChosenLanguage, DeclaredBody, Release, SpokenLanguage, read_body};
use super::{Failure, State, outcome};
use crate::assess::{Assessor, Rejection};
use crate::explanation::Explanation;
use crate::fhir::Record;
use crate::language::Language;
use crate::mapping;
use crate::pages::explain;

/// Explains, as a FHIR Parameters resource.
pub(super) async fn operation(
    state: Data<State>,
    _release: Release,
    _accepted: JsonAccepted,
    _sent: JsonBody,
    language: SpokenLanguage,
    as_of: AsOf,
    body: DeclaredBody,
) -> Result<HttpResponse, Failure> {
    let body = read_body(body, &state.settings).await?;
    let assessor = state.assessor();
    let explanation = on_body(body, move |body| explanation(&assessor, body, as_of.0, language.0)).await?;
    Ok(HttpResponse::Ok().content_type(outcome::CONTENT_TYPE).body(explanation.parameters()?))
}

/// The JSON Schema of mapping files, for editors.
pub(super) async fn schema() -> Result<HttpResponse, Failure> {
    let text = mapping::schema().map_err(Failure::SchemaUnwritable)?;
    Ok(HttpResponse::Ok().content_type("application/schema+json").body(text))
}

/// The form.
pub(super) async fn form(state: Data<State>, language: ChosenLanguage) -> HttpResponse {
    let assessor = state.assessor();
    page(language.0, explain::form(assessor.speaker(language.0)))
}

/// The form with the answer above it.
pub(super) async fn answer(
    state: Data<State>,
    _sent: FormBody,
    language: ChosenLanguage,
    as_of: AsOf,
    body: DeclaredBody,
) -> Result<HttpResponse, Failure> {
    let body = read_body(body, &state.settings).await?;
    let record = pasted(&body)?;
    let assessor = state.assessor();
    let speaking = state.assessor();
    let speaker = speaking.speaker(language.0);
    let explained =
        on_body(record, move |record| Ok::<_, Failure>(explanation(&assessor, record, as_of.0, language.0)));
    let text = match explained.await? {
        Ok(explanation) => explain::answer(&explanation, speaker),
        Err(rejection) => explain::refusal(rejection.issues(), speaker),
    };
    Ok(page(language.0, text))
}

fn explanation(
    assessor: &Assessor,
    body: &[u8],
    as_of: jiff::Timestamp,
    language: Language,
) -> Result<Explanation, Rejection> {
    let evaluation = assessor.evaluate(Record::read(body)?, as_of)?;
    Ok(Explanation::of(&evaluation, assessor.mappings(), assessor.speaker(language)))
}

/// The record in the body of the form.
fn pasted(body: &[u8]) -> Result<Bytes, Failure> {
    let illegible = Failure::UnsupportedBody("Send the form of GET /explain, with a field \"record\".");
    let Ok(form) = std::str::from_utf8(body) else { return Err(illegible) };
    let fields = Query::<Vec<(String, String)>>::from_query(form).map_err(|_| illegible)?;
    let record = fields.into_inner().into_iter().find(|(name, _)| name == "record");
    Ok(record.map(|(_, text)| Bytes::from(text)).unwrap_or_default())
}

fn page(language: Language, text: String) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_LANGUAGE, language.tag()))
        .insert_header((CONTENT_SECURITY_POLICY, explain::content_security_policy()))
        .content_type("text/html; charset=utf-8")
        .body(text)
}
