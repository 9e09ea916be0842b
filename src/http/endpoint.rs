//! A path and the methods that it answers, as a value.
//!
//! One list of them (`routes.rs`) is registered with actix-web, and becomes the `Allow` headers and the
//! CapabilityStatement. So neither can forget a route.

use actix_web::http::header::ALLOW;
use actix_web::web::{self, ServiceConfig};
use actix_web::{FromRequest, Handler, HttpResponse, Resource, Responder, Route};

use super::{Failure, routes};

/// The methods that endpoints answer. GET also answers HEAD, with the same headers and no body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    Get,
    Post,
    Put,
    Delete,
}

impl Method {
    /// As in an `Allow` header.
    const fn allowed(self) -> &'static str {
        match self {
            Self::Get => "GET, HEAD",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

/// A path with the methods that it answers, in their order.
pub(super) struct Endpoint {
    /// The path, with parameters in braces.
    pub path: String,
    /// The methods.
    pub methods: Vec<Method>,
    resource: Resource,
}

/// A path that answers GET, and HEAD with the same headers and no body.
pub(super) fn get<F, Args>(path: &str, handler: F) -> Endpoint
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    at(path).get(handler)
}

/// A path that answers POST.
pub(super) fn post<F, Args>(path: &str, handler: F) -> Endpoint
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    at(path).post(handler)
}

/// An operation that changes nothing that a client sees: FHIR lets it be called by GET and by POST.
pub(super) fn read_only_operation<F, Args>(path: &str, handler: F) -> Endpoint
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    at(path).get(handler.clone()).post(handler)
}

/// A path that answers what is added.
pub(super) fn at(path: &str) -> Endpoint {
    Endpoint { path: path.to_owned(), methods: Vec::new(), resource: web::resource(path) }
}

/// A method with its name.
macro_rules! answers {
    ($($name:ident $method:ident $about:literal)*) => {
        $(
            #[doc = $about]
            pub(super) fn $name<F, Args>(mut self, handler: F) -> Self
            where
                F: Handler<Args>,
                Args: FromRequest + 'static,
                F::Output: Responder + 'static,
            {
                self.methods.push(Method::$method);
                if Method::$method == Method::Get {
                    self.resource = self.resource.route(web::head().to(handler.clone()));
                }
                self.resource = self.resource.route(web::$name().to(handler));
                self
            }
        )*
    };
}

impl Endpoint {
    answers! {
        get Get "Answers GET, and HEAD."
        post Post "Answers POST."
        put Put "Answers PUT."
        delete Delete "Answers DELETE."
    }
}

/// The endpoints, in the order in which they are tried.
#[derive(Default)]
pub(super) struct Endpoints(Vec<Endpoint>);

impl Endpoints {
    /// Those of the service.
    pub(super) fn all() -> Self {
        let mut all = Self::default();
        routes::add(&mut all);
        all
    }

    /// Adds an endpoint after the others.
    pub(super) fn service(&mut self, endpoint: Endpoint) {
        self.0.push(endpoint);
    }

    /// The path of each method that is answered.
    pub(super) fn described(&self) -> impl Iterator<Item = (Method, &str)> {
        self.0
            .iter()
            .flat_map(|endpoint| endpoint.methods.iter().map(|method| (*method, endpoint.path.as_str())))
    }

    /// Adds them to an application. A method that a path does not answer is told those that it does.
    pub(super) fn register(self, to: &mut ServiceConfig) {
        for Endpoint { methods, resource, .. } in self.0 {
            let allowed: Vec<&str> = methods.into_iter().map(Method::allowed).collect();
            to.service(resource.default_service(only(allowed.join(", "))));
        }
        to.default_service(web::to(|| std::future::ready(Failure::UnknownPath)));
    }
}

/// What is answered to every other method: to OPTIONS the methods that there are, to the rest that they are not.
fn only(allowed: String) -> Route {
    web::to(move |method: actix_web::http::Method| {
        let allowed = allowed.clone();
        std::future::ready(if method == actix_web::http::Method::OPTIONS {
            Ok(HttpResponse::NoContent().insert_header((ALLOW, format!("{allowed}, OPTIONS"))).finish())
        } else {
            Err(Failure::MethodNotAllowed { allowed })
        })
    })
}
