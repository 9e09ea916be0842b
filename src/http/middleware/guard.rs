//! The inner layer: no request ends without an answer, and none takes for ever.

use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;

use crate::http::Failure;

/// Answers 500 for a panic, where actix-web would only drop the connection, and 503 when the deadline has passed.
pub(in crate::http) async fn guard<B: MessageBody>(
    deadline: Duration,
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    match tokio::time::timeout(deadline, unwound(next.call(request))).await {
        Ok(Some(outcome)) => outcome,
        Ok(None) => Err(Failure::Panicked.into()),
        Err(_) => Err(Failure::DeadlinePassed.into()),
    }
}

/// The result of a future, or `None` if it panicked.
///
/// Unwinding past shared state is safe here: what requests share is immutable, atomic, or a channel.
async fn unwound<T>(future: impl Future<Output = T>) -> Option<T> {
    let mut future = pin!(future);
    poll_fn(|context| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
        Ok(poll) => poll.map(Some),
        Err(_) => Poll::Ready(None),
    })
    .await
}

#[cfg(test)]
mod tests {
    use actix_web::middleware::from_fn;
    use actix_web::{App, HttpResponse, test, web};

    use super::*;
    use crate::http::middleware::observe::observe;

    async fn panics() -> HttpResponse {
        panic!("a defect that quotes Mustermann")
    }

    async fn never_ends() -> HttpResponse {
        std::future::pending().await
    }

    #[test]
    fn a_panic_and_a_passed_deadline_are_answered() {
        actix_web::rt::System::new().block_on(async {
            for (path, status) in [("/panics", 500), ("/never-ends", 503), ("/panics", 500)] {
                assert_answered(path, status).await;
            }
        });
    }

    async fn assert_answered(path: &str, status: u16) {
        let application = App::new()
            .wrap(from_fn(|request, next| guard(Duration::from_millis(50), request, next)))
            .wrap(from_fn(observe))
            .route("/panics", web::get().to(panics))
            .route("/never-ends", web::get().to(never_ends));
        let service = test::init_service(application).await;
        let request = test::TestRequest::get().uri(path).to_request();
        let response = test::try_call_service(&service, request).await.unwrap_err().error_response();
        assert_eq!(response.status(), status, "{path}");
        assert!(response.headers().contains_key("x-request-id"), "{path}");
        let body = actix_web::body::to_bytes(response.into_body()).await.unwrap();
        let body = String::from_utf8_lossy(&body);
        assert!(body.contains("OperationOutcome") && !body.contains("Mustermann"), "{body}");
    }
}
