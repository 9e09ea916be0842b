//! Who the service is to the server whose records it fetches: nobody, the bearer of a token in a file, or a client that signs
//! for itself ([SMART Backend Services](https://hl7.org/fhir/smart-app-launch/backend-services.html)).

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jsonwebtoken::{Algorithm, EncodingKey, Header};
use tokio::sync::Mutex;
use tokio::time::Instant;
use zeroize::Zeroizing;

use super::AccessError;
use super::token::{member, object};
use crate::ehr::{BearerToken, FetchFailure, TokenEndpoint};
use crate::settings::{BackendClient, EhrServer, Settings, SigningAlgorithm};

/// How long an assertion is good, and so how far the clock of the other side may be behind.
const ASSERTION_SECONDS: i64 = 300;
/// A token is not used when it runs out sooner than this.
const MARGIN: Duration = Duration::from_secs(30);
/// How long asking for a token may take.
const DEADLINE: Duration = Duration::from_secs(5);

/// The key to the records.
pub enum RecordKey {
    /// None is needed.
    Open,
    /// A token in a file.
    File(PathBuf),
    /// The tokens of an authorization server.
    Client(Box<Client>),
}

/// A client of an authorization server.
pub struct Client {
    endpoint: TokenEndpoint,
    audience: String,
    id: String,
    key_id: String,
    scope: String,
    algorithm: Algorithm,
    key: EncodingKey,
    /// Held while asking, so that many records at once lead to one request.
    token: Mutex<Option<(Arc<BearerToken>, Instant)>>,
    /// Counted into the name of each assertion.
    count: std::sync::atomic::AtomicU64,
}

impl RecordKey {
    /// The key that the settings describe.
    ///
    /// # Errors
    /// [`AccessError`] where it cannot be used.
    pub fn new(settings: &Settings) -> Result<Self, AccessError> {
        let Some(records) = &settings.patient_records else { return Ok(Self::Open) };
        match (&records.token_file, &records.client) {
            (None, None) => Ok(Self::Open),
            (Some(file), None) => Ok(Self::File(file.clone())),
            (None, Some(client)) => {
                let server = settings.ehr_servers.iter().find(|server| server.base_url == records.base_url);
                Ok(Self::Client(Box::new(Client::new(client, server)?)))
            }
            (Some(_), Some(_)) => Err(AccessError::TwoRecordKeys),
        }
    }

    /// A token that is good now; `None` where none is needed.
    ///
    /// # Errors
    /// [`FetchFailure`] where none can be had.
    pub async fn token(&self) -> Result<Option<Arc<BearerToken>>, FetchFailure> {
        match self {
            Self::Open => Ok(None),
            Self::File(file) => {
                let text = tokio::task::spawn_blocking({
                    let file = file.clone();
                    move || std::fs::read_to_string(file).map(Zeroizing::new)
                });
                let text = text.await.ok().and_then(Result::ok).ok_or(FetchFailure::NoToken)?;
                let token = BearerToken::new(text.trim().to_owned()).ok_or(FetchFailure::NoToken)?;
                Ok(Some(Arc::new(token)))
            }
            Self::Client(client) => client.token().await.map(Some),
        }
    }
}

impl std::fmt::Debug for RecordKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RecordKey")
    }
}

impl Client {
    fn new(settings: &BackendClient, server: Option<&EhrServer>) -> Result<Self, AccessError> {
        let networks = server.map_or(&[][..], |server| &server.private_addresses);
        let certificates = server.and_then(|server| server.certificate_authority_file.as_deref());
        let endpoint =
            TokenEndpoint::new(&settings.token_url, networks, certificates).map_err(AccessError::TokenUrl)?;
        let file = &settings.private_key_file;
        let unreadable = |source| AccessError::PrivateKey { file: file.clone(), source };
        let pem = Zeroizing::new(std::fs::read(file).map_err(unreadable)?);
        let (algorithm, key) = match settings.algorithm {
            SigningAlgorithm::Es384 => (Algorithm::ES384, EncodingKey::from_ec_pem(&pem)),
            SigningAlgorithm::Rs384 => (Algorithm::RS384, EncodingKey::from_rsa_pem(&pem)),
        };
        let key = key.map_err(|_| {
            unreadable(std::io::Error::other("it holds no private key in PEM for the algorithm"))
        })?;
        Ok(Self {
            endpoint,
            audience: settings.token_url.to_string(),
            id: settings.client_id.as_str().to_owned(),
            key_id: settings.key_id.as_str().to_owned(),
            scope: settings.scope.as_str().to_owned(),
            algorithm,
            key,
            token: Mutex::default(),
            count: std::sync::atomic::AtomicU64::new(0),
        })
    }

    async fn token(&self) -> Result<Arc<BearerToken>, FetchFailure> {
        let mut held = self.token.lock().await;
        let now = Instant::now();
        if let Some((token, good_until)) = held.as_ref()
            && now < *good_until
        {
            return Ok(Arc::clone(token));
        }
        let assertion = self.assertion().ok_or(FetchFailure::NoToken)?;
        let form = [
            ("grant_type", "client_credentials"),
            ("scope", self.scope.as_str()),
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            ("client_assertion", assertion.as_str()),
        ];
        let body = self.endpoint.ask(&form, now + DEADLINE).await?;
        let (token, good_for) = issued(&body).ok_or(FetchFailure::NoToken)?;
        let token = Arc::new(token);
        *held = Some((Arc::clone(&token), now + good_for.saturating_sub(MARGIN)));
        Ok(token)
    }

    /// What the service says of itself, signed, for one use.
    fn assertion(&self) -> Option<String> {
        let now = jiff::Timestamp::now();
        let count = self.count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let claims = serde_json::json!({
            "iss": self.id,
            "sub": self.id,
            "aud": self.audience,
            "iat": now.as_second(),
            "exp": now.as_second() + ASSERTION_SECONDS,
            "jti": format!("{:x}-{count:x}-{:x}", now.as_nanosecond(), std::process::id()),
        });
        let mut header = Header::new(self.algorithm);
        header.kid = Some(self.key_id.clone());
        jsonwebtoken::encode(&header, &claims, &self.key).ok()
    }
}

/// The token of an answer, and for how long it is good. One that does not say is used once.
fn issued(body: &[u8]) -> Option<(BearerToken, Duration)> {
    let answer = object(std::str::from_utf8(body).ok()?).ok()?;
    let is_bearer = member(&answer, "token_type").is_some_and(|kind| kind.eq_ignore_ascii_case("Bearer"));
    let seconds = answer.get("expires_in").and_then(|seconds| seconds.number().ok()?.parse::<u32>().ok());
    let token = BearerToken::new(member(&answer, "access_token")?)?;
    is_bearer.then(|| (token, Duration::from_secs(seconds.unwrap_or_default().into())))
}
