//! `Idempotency-Key`: a request that is sent again gets the answer that it got.
//!
//! The same key with the same request gives the same bytes, and the header `Idempotent-Replayed: true` says so. The same
//! key with another request is an error of the client, and is refused. Only answers that succeeded are kept, on the disk
//! before they leave, for as long as the operator chose; an error may be tried again under its key.

use std::future::{Ready, ready};

use actix_web::http::header::{CONTENT_TYPE, HeaderName};
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest, HttpResponse, dev};
use sha2::{Digest, Sha256};

use super::caller::caller_name;
use super::{Failure, OperationFailure, State, outcome};
use crate::store::GivenAnswer;

const KEY: &str = "idempotency-key";
const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");
const LONGEST_KEY: usize = 255;
/// As much of a digest as an id needs.
const IDENTITY_BYTES: usize = 16;

/// The key of a request, and the part of the request that must be the same, apart from its body.
#[derive(Debug)]
pub(super) struct IdempotencyKey(Option<Key>);

#[derive(Debug)]
struct Key {
    key: Vec<u8>,
    request: Sha256,
}

impl FromRequest for IdempotencyKey {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _payload: &mut dev::Payload) -> Self::Future {
        ready(Self::of(request))
    }
}

impl IdempotencyKey {
    fn of(request: &HttpRequest) -> Result<Self, Failure> {
        let mut sent = request.headers().get_all(KEY);
        let Some(key) = sent.next() else { return Ok(Self(None)) };
        let is_legible = (1..=LONGEST_KEY).contains(&key.len())
            && key.as_bytes().iter().all(u8::is_ascii_graphic)
            && sent.next().is_none();
        if !is_legible {
            return Err(OperationFailure::IllegibleHeader {
                name: "Idempotency-Key",
                expected: "it is one value of 1 to 255 visible ASCII characters",
            }
            .into());
        }
        let mut digest = Sha256::new();
        for field in [request.method().as_str(), request.path(), request.query_string()] {
            update(&mut digest, field.as_bytes());
        }
        // What decides on the language and the form of the answer.
        for name in ["accept-language", "accept", "prefer", CONTENT_TYPE.as_str()] {
            update(&mut digest, request.headers().get(name).map_or(&b""[..], |value| value.as_bytes()));
        }
        // A key belongs to who sent it: nobody is answered with what was said to another.
        let mut sender = Sha256::new();
        update(&mut sender, key.as_bytes());
        update(&mut sender, caller_name(request).unwrap_or_default().as_bytes());
        Ok(Self(Some(Key { key: sender.finalize().to_vec(), request: digest })))
    }

    /// Letters and digits that the same key with the same request always gives and that nobody can guess; none without a
    /// key. What is made under a key is named so, and is found again should its answer not have been kept.
    pub(super) fn identity(&self, body: &[u8]) -> Option<String> {
        let Key { key, request } = self.0.as_ref()?;
        let mut digest = request.clone();
        update(&mut digest, body);
        update(&mut digest, key);
        let digest = digest.finalize();
        let first = digest.first_chunk::<IDENTITY_BYTES>()?;
        Some(format!("{:032x}", u128::from_be_bytes(*first)))
    }

    /// The answer that was given before, or the key under which one may be kept.
    pub(super) async fn before(
        self,
        state: &Data<State>,
        tenant: &str,
        body: &[u8],
    ) -> Result<Before, Failure> {
        let Some(Key { key, mut request }) = self.0 else { return Ok(Before::New(Pending(None))) };
        update(&mut request, body);
        let tenant = tenant.to_owned();
        let pending = PendingAnswer { tenant, key, request: request.finalize().to_vec() };
        match pending.given(state).await? {
            Some(answer) => Ok(Before::Given(answer)),
            None => Ok(Before::New(Pending(Some(pending)))),
        }
    }
}

/// Whether a request was answered before.
pub(super) enum Before {
    /// It was, and so again.
    Given(HttpResponse),
    /// It was not.
    New(Pending),
}

/// An answer that is not given yet.
pub(super) struct Pending(Option<PendingAnswer>);

struct PendingAnswer {
    tenant: String,
    key: Vec<u8>,
    request: Vec<u8>,
}

impl Pending {
    /// Keeps an answer under its key, if there is one, and gives it. Where the same request was answered meanwhile, that
    /// answer is given.
    pub(super) async fn give(self, state: &Data<State>, body: Vec<u8>) -> Result<HttpResponse, Failure> {
        let Some(pending) = self.0 else { return Ok(response(body)) };
        let now = jiff::Timestamp::now();
        let expires = now
            .checked_add(state.settings.idempotency_lifetime_milliseconds.duration())
            .unwrap_or(jiff::Timestamp::MAX);
        let answer = GivenAnswer { request: pending.request.clone(), body };
        if state.store.keep_answer(&pending.tenant, &pending.key, &answer, now, expires).await? {
            return Ok(response(answer.body));
        }
        // Another one was first. Should it have expired this instant, this answer is as good.
        Ok(pending.given(state).await?.unwrap_or_else(|| response(answer.body)))
    }
}

impl PendingAnswer {
    async fn given(&self, state: &Data<State>) -> Result<Option<HttpResponse>, Failure> {
        let now = jiff::Timestamp::now();
        let given = state.store.given_answer(&self.tenant, &self.key, now).await?;
        match given {
            Some(answer) if answer.request == self.request => {
                let mut response = response(answer.body);
                response
                    .headers_mut()
                    .insert(REPLAYED, actix_web::http::header::HeaderValue::from_static("true"));
                Ok(Some(response))
            }
            Some(_) => Err(OperationFailure::IdempotencyKeyReused.into()),
            None => Ok(None),
        }
    }
}

fn response(body: Vec<u8>) -> HttpResponse {
    HttpResponse::Ok().content_type(outcome::CONTENT_TYPE).body(body)
}

/// A field with its length, so that no two different lists of fields digest alike.
fn update(digest: &mut Sha256, field: &[u8]) {
    digest.update((field.len() as u64).to_be_bytes());
    digest.update(field);
}
