//! A document that is made once, when the service starts, and given with a tag by which clients keep it.

use std::fmt::Write;

use actix_web::http::header::{CACHE_CONTROL, ETAG, EntityTag, Header, IfNoneMatch};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use sha2::{Digest, Sha256};

/// The bytes of a document, and the tag that is theirs alone.
#[derive(Debug)]
pub(super) struct Document {
    body: Bytes,
    tag: EntityTag,
}

impl Document {
    /// The same bytes have the same tag, whichever process serves them.
    pub(super) fn new(body: impl Into<Bytes>) -> Self {
        let body = body.into();
        let mut tag = String::new();
        for byte in Sha256::digest(&body).iter().take(16) {
            // Writing to a string cannot fail.
            let _ = write!(tag, "{byte:02x}");
        }
        Self { body, tag: EntityTag::new_strong(tag) }
    }

    /// The document; without its body (304) for a client that has it already.
    pub(super) fn answer(
        &self,
        request: &HttpRequest,
        describe: impl FnOnce(&mut HttpResponseBuilder),
    ) -> HttpResponse {
        let is_known = self.is_known(request);
        let mut response = if is_known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
        response
            .insert_header((ETAG, self.tag.to_string()))
            // No patient's data: it may be kept, and is asked for again each time, as a new version may be running.
            .insert_header((CACHE_CONTROL, "public, no-cache"));
        describe(&mut response);
        if is_known { response.finish() } else { response.body(self.body.clone()) }
    }

    /// Whether the client has this document already.
    fn is_known(&self, request: &HttpRequest) -> bool {
        match IfNoneMatch::parse(request) {
            Ok(IfNoneMatch::Any) => true,
            Ok(IfNoneMatch::Items(tags)) => tags.iter().any(|known| known.weak_eq(&self.tag)),
            Err(_) => false,
        }
    }
}
