//! What somebody sees who opens the address.

use actix_web::HttpResponse;
use actix_web::web::Data;

use super::State;

/// What this is and what to try, as plain text.
pub(super) async fn show(state: Data<State>) -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(text(state.base_url()))
}

/// Also printed where the service was started.
pub(super) fn text(base_url: &str) -> String {
    format!(
        "Spinemet {version}: from a FHIR record to the scores and guidance for spinal metastases.\n\
         It informs clinicians and does not replace their judgement.\n\
         \n\
         Try:\n  \
         curl {base_url}/readyz\n  \
         curl -H 'Content-Type: application/fhir+json' --data-binary @examples/breast-t12.json '{base_url}/fhir/R4/$assess?asOf=2026-11-22'\n  \
         curl {base_url}/fhir/R4/RiskAssessment/ID\n  \
         curl {base_url}/cds-services\n  \
         curl {base_url}/knowledge\n\n\
         Open in a browser: {base_url}/knowledge and {base_url}/explain\n",
        version = env!("CARGO_PKG_VERSION"),
    )
}
