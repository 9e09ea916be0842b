//! A request body that is watched from outside the handler: how much of it was read, and whether it was left unread.

use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use actix_web::HttpMessage;
use actix_web::dev::{Payload, ServiceRequest};
use actix_web::error::PayloadError;
use actix_web::web::Bytes;
use futures_core::Stream;

/// How long the connection of a refused body is kept to let the client read the answer.
const FAREWELL: Duration = Duration::from_secs(2);

/// One body, shared by the handler that reads it and the middleware that watches it.
#[derive(Clone)]
pub(super) struct WatchedBody(Rc<Inner>);

struct Inner {
    payload: RefCell<Payload>,
    bytes: Cell<usize>,
    has_ended: Cell<bool>,
}

impl WatchedBody {
    /// Puts itself between a request and its body.
    pub(super) fn install(request: &mut ServiceRequest) -> Self {
        let payload = request.take_payload();
        let has_ended = Cell::new(matches!(payload, Payload::None));
        let body = Self(Rc::new(Inner { payload: RefCell::new(payload), bytes: Cell::new(0), has_ended }));
        if !body.0.has_ended.get() {
            request.set_payload(Payload::Stream { payload: Box::pin(body.clone()) });
        }
        body
    }

    /// How many bytes were read.
    pub(super) fn bytes(&self) -> usize {
        self.0.bytes.get()
    }

    /// Ends the connection soon if the body was not read to its end.
    ///
    /// actix-web does so itself while somebody holds the body: it sends the answer, throws away what still comes for
    /// a moment, and closes. A chunked body that nobody holds, it reads to its end instead, however long the client
    /// makes that, and the connection with it. So the body is held until actix-web has decided.
    pub(super) fn say_farewell(self) {
        if !self.0.has_ended.get() {
            actix_web::rt::spawn(async move {
                tokio::time::sleep(FAREWELL).await;
                drop(self);
            });
        }
    }
}

impl Stream for WatchedBody {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let inner = &self.0;
        let item = ready!(Pin::new(&mut *inner.payload.borrow_mut()).poll_next(context));
        match &item {
            Some(Ok(chunk)) => inner.bytes.set(inner.bytes.get() + chunk.len()),
            Some(Err(_)) | None => inner.has_ended.set(true),
        }
        Poll::Ready(item)
    }
}
