//! `GET /knowledge`: what the program knows, as JSON or as a page. It is made once, when the service starts.

use std::io;

use actix_web::http::header::{CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, VARY};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use super::State;
use super::document::Document;
use super::media::DocumentFormat;
use super::request::ChosenLanguage;
use crate::assess::Assessor;
use crate::language::Language;
use crate::pages::knowledge::{Knowledge, content_security_policy};

/// The knowledge in the form and language that the client asks for.
pub(super) async fn show(
    state: Data<State>,
    request: HttpRequest,
    format: DocumentFormat,
    language: ChosenLanguage,
) -> HttpResponse {
    let served = state.served();
    let documents = &served.knowledge;
    documents.of(format, language.0).answer(&request, |response| {
        response
            .insert_header((VARY, "Accept, Accept-Language"))
            .insert_header((CONTENT_LANGUAGE, language.0.tag()))
            .content_type(match format {
                DocumentFormat::Json => "application/json",
                DocumentFormat::Html => "text/html; charset=utf-8",
            });
        if format == DocumentFormat::Html {
            response.insert_header((CONTENT_SECURITY_POLICY, documents.policy.as_str()));
        }
    })
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

impl KnowledgeDocuments {
    /// The documents of a program with these texts and this mapping.
    pub(super) fn new(assessor: &Assessor) -> io::Result<Self> {
        let of = |language| {
            let (speaker, mapping) = (assessor.speaker(language), assessor.mappings().version());
            Knowledge::new(speaker, mapping, assessor.policy(), assessor.thresholds())
        };
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
