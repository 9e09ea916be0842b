//! `GET /knowledge`: what the program knows, as JSON or as a page. It is made once, when the service starts.

use std::fmt::Write;
use std::io;

use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, ETAG, EntityTag, Header, IfNoneMatch, VARY,
};
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse};
use sha2::{Digest, Sha256};

use super::media::DocumentFormat;
use super::request::ChosenLanguage;
use super::{Failure, State};
use crate::assess::Assessor;
use crate::language::Language;
use crate::pages::knowledge::{Knowledge, content_security_policy};

/// The knowledge in the form and language that the client asks for.
pub(super) async fn show(
    state: Data<State>,
    request: HttpRequest,
    format: DocumentFormat,
    language: ChosenLanguage,
) -> Result<HttpResponse, Failure> {
    let documents = &state.knowledge;
    let document = documents.of(format, language.0);
    let is_known = is_known(&request, &document.tag);
    let mut response = if is_known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response
        .insert_header((ETAG, document.tag.to_string()))
        .insert_header((VARY, "Accept, Accept-Language"))
        // No patient's data: it may be kept, and is asked for again each time, as a new version may be running.
        .insert_header((CACHE_CONTROL, "public, no-cache"))
        .insert_header((CONTENT_LANGUAGE, language.0.tag()))
        .content_type(match format {
            DocumentFormat::Json => "application/json",
            DocumentFormat::Html => "text/html; charset=utf-8",
        });
    if format == DocumentFormat::Html {
        response.insert_header((CONTENT_SECURITY_POLICY, documents.policy.as_str()));
    }
    Ok(if is_known { response.finish() } else { response.body(document.body.clone()) })
}

/// Whether the client has this document already.
fn is_known(request: &HttpRequest, tag: &EntityTag) -> bool {
    match IfNoneMatch::parse(request) {
        Ok(IfNoneMatch::Any) => true,
        Ok(IfNoneMatch::Items(tags)) => tags.iter().any(|known| known.weak_eq(tag)),
        Err(_) => false,
    }
}

/// The knowledge in every form and language.
#[derive(Debug)]
pub(super) struct KnowledgeDocuments {
    english: Document,
    english_page: Document,
    chinese: Document,
    chinese_page: Document,
    policy: String,
}

#[derive(Debug)]
struct Document {
    body: Bytes,
    tag: EntityTag,
}

impl KnowledgeDocuments {
    /// The documents of a program with these texts and this mapping.
    pub(super) fn new(assessor: &Assessor) -> io::Result<Self> {
        let of = |language| Knowledge::new(assessor.speaker(language), assessor.mappings().version());
        let (english, chinese) = (of(Language::English), of(Language::Chinese));
        Ok(Self {
            english: Document::new(serde_json::to_string(&english)?),
            english_page: Document::new(english.page()),
            chinese: Document::new(serde_json::to_string(&chinese)?),
            chinese_page: Document::new(chinese.page()),
            policy: content_security_policy(),
        })
    }

    const fn of(&self, format: DocumentFormat, language: Language) -> &Document {
        match (format, language) {
            (DocumentFormat::Json, Language::English) => &self.english,
            (DocumentFormat::Html, Language::English) => &self.english_page,
            (DocumentFormat::Json, Language::Chinese) => &self.chinese,
            (DocumentFormat::Html, Language::Chinese) => &self.chinese_page,
        }
    }
}

impl Document {
    /// The same bytes have the same tag, whichever process serves them.
    fn new(body: String) -> Self {
        let mut tag = String::new();
        for byte in Sha256::digest(&body).iter().take(16) {
            // Writing to a string cannot fail.
            let _ = write!(tag, "{byte:02x}");
        }
        Self { body: body.into(), tag: EntityTag::new_strong(tag) }
    }
}
