//! One request to one server: no redirects, no proxy of the environment, no cookies, permitted addresses only, and never
//! more than was agreed.

use std::path::Path;
use std::time::Duration;

use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use reqwest::redirect::Policy;
use reqwest::{Certificate, Client, RequestBuilder, Response, StatusCode};
use url::Url;

use super::EhrError;
use super::address::AllowedAddresses;
use super::bearer::BearerToken;
use super::failure::FetchFailure;
use super::resolver::{FilteredResolver, NoPermittedAddress};
use crate::settings::{Network, ServerUrl};

/// How long a connection may take to be made; every request has its own deadline beside this.
const CONNECT: Duration = Duration::from_secs(5);
/// How long an idle connection is kept.
const IDLE: Duration = Duration::from_secs(30);

/// Asks URLs of one server.
pub(crate) struct Connection {
    client: Client,
    allowed: AllowedAddresses,
}

/// Why something could not be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PostFailure {
    /// The URL leads to an address that is not permitted.
    Address,
    /// The server cannot be reached, or broke off.
    Connection,
}

/// What a server answered, without its body.
pub(super) enum Answer {
    /// A body of the media type that was accepted.
    Body(Response),
    /// It cannot at the moment; perhaps it said for how long.
    Busy(Option<Duration>),
    /// Anything else.
    Failed(FetchFailure),
}

impl Connection {
    /// A client for what lies below a URL, at a public address or in one of the networks.
    pub(crate) fn to(
        url: &ServerUrl,
        networks: &[Network],
        certificate_authority: Option<&Path>,
    ) -> Result<Self, EhrError> {
        let allowed = AllowedAddresses::new(networks);
        let is_encrypted = url.url().scheme() == "https";
        if !allowed.permit_literal(url.url()) {
            return Err(EhrError::PrivateAddress(url.to_string()));
        }
        if !is_encrypted && networks.is_empty() {
            return Err(EhrError::Unencrypted(url.to_string()));
        }
        let mut builder = Client::builder()
            .redirect(Policy::none())
            .no_proxy()
            .referer(false)
            .connect_timeout(CONNECT)
            .pool_idle_timeout(IDLE)
            .user_agent(concat!("spinemet/", env!("CARGO_PKG_VERSION")))
            .dns_resolver(FilteredResolver(allowed.clone()));
        if is_encrypted {
            builder = builder.https_only(true);
        } else {
            // Nothing to verify, so a machine without certificates will do.
            builder = builder.tls_certs_only([]);
        }
        if let Some(file) = certificate_authority {
            builder = builder.tls_certs_merge(certificates(file)?);
        }
        let client = builder.build().map_err(|source| EhrError::Client(source.without_url()))?;
        Ok(Self { client, allowed })
    }

    /// Asks for a URL once. The caller sets the deadline.
    pub(super) async fn get(&self, url: &Url, accept: &'static str, token: Option<&BearerToken>) -> Answer {
        if !self.allowed.permit_literal(url) {
            return Answer::Failed(FetchFailure::Address);
        }
        let mut request = self.client.get(url.clone()).header(ACCEPT, HeaderValue::from_static(accept));
        if let Some(header) = token.and_then(BearerToken::header) {
            request = request.header(AUTHORIZATION, header);
        }
        send(request).await
    }

    /// Sends a form once. The caller sets the deadline.
    pub(super) async fn post_form(&self, url: &Url, form: String) -> Answer {
        if !self.allowed.permit_literal(url) {
            return Answer::Failed(FetchFailure::Address);
        }
        let form_type = HeaderValue::from_static("application/x-www-form-urlencoded");
        let request = self.client.post(url.clone()).header(CONTENT_TYPE, form_type);
        send(request.header(ACCEPT, HeaderValue::from_static("application/json")).body(form)).await
    }
}

async fn send(request: RequestBuilder) -> Answer {
    match request.send().await {
        Ok(response) => judge(response),
        Err(error) if NoPermittedAddress::caused(&error) => Answer::Failed(FetchFailure::Address),
        Err(error) if error.is_connect() => Answer::Busy(None),
        Err(_) => Answer::Failed(FetchFailure::Connection),
    }
}

impl Connection {
    /// Sends a body to a URL once and returns the status of the answer, which is not read. The caller sets the deadline.
    pub(crate) async fn post(
        &self,
        url: &Url,
        content_type: &'static str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> Result<u16, PostFailure> {
        if !self.allowed.permit_literal(url) {
            return Err(PostFailure::Address);
        }
        let mut request = self.client.post(url.clone());
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        match request.header(CONTENT_TYPE, content_type).body(body).send().await {
            Ok(response) => Ok(response.status().as_u16()),
            Err(error) if NoPermittedAddress::caused(&error) => Err(PostFailure::Address),
            Err(_) => Err(PostFailure::Connection),
        }
    }
}

fn judge(response: Response) -> Answer {
    match response.status() {
        StatusCode::OK if is_json(&response) => Answer::Body(response),
        StatusCode::OK => Answer::Failed(FetchFailure::NotAsAsked),
        StatusCode::TOO_MANY_REQUESTS
        | StatusCode::BAD_GATEWAY
        | StatusCode::SERVICE_UNAVAILABLE
        | StatusCode::GATEWAY_TIMEOUT => Answer::Busy(retry_after(&response)),
        StatusCode::NOT_FOUND | StatusCode::GONE => Answer::Failed(FetchFailure::NotFound),
        status if status.is_redirection() => Answer::Failed(FetchFailure::Redirected),
        status if status.is_server_error() => Answer::Failed(FetchFailure::Unavailable),
        status if status.is_success() => Answer::Failed(FetchFailure::NotAsAsked),
        _ => Answer::Failed(FetchFailure::Refused),
    }
}

/// `application/json`, or a type whose suffix says so.
fn is_json(response: &Response) -> bool {
    let value =
        response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind == "application/json" || kind.starts_with("application/") && kind.ends_with("+json")
}

/// The seconds of `Retry-After`. A date is not worth waiting for here.
fn retry_after(response: &Response) -> Option<Duration> {
    let value = response.headers().get(RETRY_AFTER)?.to_str().ok()?;
    value.trim().parse().ok().map(Duration::from_secs)
}

/// The body, up to a limit.
pub(super) async fn read(mut response: Response, limit_bytes: usize) -> Result<Vec<u8>, FetchFailure> {
    if response.content_length().is_some_and(|length| length > limit_bytes as u64) {
        return Err(FetchFailure::TooLarge);
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|_| FetchFailure::Connection)? {
        if body.len() + chunk.len() > limit_bytes {
            return Err(FetchFailure::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn certificates(file: &Path) -> Result<Vec<Certificate>, EhrError> {
    let unreadable = |source| EhrError::Certificates { file: file.to_path_buf(), source };
    let pem = std::fs::read(file).map_err(unreadable)?;
    let found = Certificate::from_pem_bundle(&pem).unwrap_or_default();
    if found.is_empty() {
        return Err(unreadable(std::io::Error::other("it holds no certificate in PEM")));
    }
    Ok(found)
}
