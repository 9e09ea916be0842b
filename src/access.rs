//! The access room: who may call.
//!
//! Callers show a JWT that a registered issuer has signed. CDS clients sign their own, one for each call ([CDS Hooks
//! 2.0.1](https://cds-hooks.hl7.org/STU2/#trusting-cds-clients)); the FHIR API is a resource server behind the hospital's
//! authorization server, and takes its access tokens ([SMART](https://hl7.org/fhir/smart-app-launch/)).
//!
//! Whoever is refused learns nothing about why; the log does, at level debug, and it learns nothing of the token.

mod caller;
mod claims;
mod denial;
mod issuer;
mod key_set;
mod key_source;
mod record_key;
mod replay;
mod scope;
mod token;

use std::net::IpAddr;
use std::path::PathBuf;

pub use caller::Caller;
pub use denial::Denial;
pub use record_key::RecordKey;
pub use scope::Permission;

use crate::ehr::EhrError;
use crate::settings::{Settings, Tenant, TokenIssuer, WithoutToken};
use claims::Claims;
use issuer::Issuer;
use replay::UsedTokens;
use token::Token;

/// Who may call, for all requests.
pub struct Access {
    cds: Gate,
    fhir: Gate,
    used: UsedTokens,
    tenant: Tenant,
    leeway_seconds: i64,
    is_development: bool,
}

/// Who may call a part of the service.
enum Gate {
    /// Anybody.
    Open,
    /// Whoever has a token of one of these; nobody, where there is none.
    Tokens(Vec<Issuer>),
}

/// A CDS client that was let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CdsClient {
    /// Its issuer; `None` where no tokens are asked for.
    pub issuer: Option<String>,
    /// Whose data its calls are about.
    pub tenant: Tenant,
}

impl Access {
    /// Who may call according to the settings. `listens_on` is the address where callers come in.
    ///
    /// # Errors
    /// [`AccessError`] where the settings would let in everybody by accident, or name keys that cannot be used.
    pub fn new(settings: &Settings, listens_on: IpAddr) -> Result<Self, AccessError> {
        let is_development =
            listens_on.is_loopback() && settings.cds_clients.is_empty() && settings.api_clients.is_empty();
        let gate = |issuers: &[TokenIssuer], without_token| {
            let is_open = match without_token {
                WithoutToken::Development => is_development,
                WithoutToken::Allowed => true,
                WithoutToken::Refused => false,
            };
            if issuers.is_empty() && is_open {
                return Ok(Gate::Open);
            }
            let issuers = issuers.iter().map(|issuer| Issuer::new(issuer, &settings.tenant));
            issuers.collect::<Result<_, _>>().map(Gate::Tokens)
        };
        let access = Self {
            cds: gate(&settings.cds_clients, settings.cds_hooks_without_token)?,
            fhir: gate(&settings.api_clients, settings.fhir_without_token)?,
            used: UsedTokens::default(),
            tenant: settings.tenant.clone(),
            leeway_seconds: settings.token_leeway_seconds.into(),
            is_development,
        };
        access.cds.require_different_issuers()?;
        access.fhir.require_different_issuers()?;
        let nobody_decided = |without_token| without_token == WithoutToken::Development;
        if access.cds.lets_in_nobody()
            && access.fhir.lets_in_nobody()
            && nobody_decided(settings.cds_hooks_without_token)
            && nobody_decided(settings.fhir_without_token)
        {
            return Err(AccessError::NobodyRegistered);
        }
        Ok(access)
    }

    /// Whether nobody is registered and the service is for this machine alone, so that everybody is let in.
    pub fn is_development(&self) -> bool {
        self.is_development
    }

    /// Whether CDS clients, and callers of the FHIR API, need a token.
    pub fn needs_tokens(&self) -> (bool, bool) {
        (self.cds.needs_tokens(), self.fhir.needs_tokens())
    }

    /// Lets a CDS client in that shows a token for calling this URL. `now` is in seconds of Unix time.
    ///
    /// # Errors
    /// [`Denial`], for the log alone.
    pub async fn cds_client(&self, token: Option<&str>, url: &str, now: i64) -> Result<CdsClient, Denial> {
        let Gate::Tokens(issuers) = &self.cds else {
            return Ok(CdsClient { issuer: None, tenant: self.tenant.clone() });
        };
        let token = Token::read(token.ok_or(Denial::NoToken)?)?;
        if token.kind.as_deref() != Some("jwt") {
            return Err(Denial::Header);
        }
        let issuer = of_token(issuers, &token)?;
        let claims = issuer.check(&token, &[url], self.leeway_seconds, now, true).await?;
        let name = claims.text("jti").ok_or(Denial::Claim)?;
        self.used.r#use(&issuer.name, &name, claims.expires + self.leeway_seconds, now)?;
        Ok(CdsClient { issuer: Some(issuer.name.clone()), tenant: issuer.tenant.clone() })
    }

    /// Lets a caller of the FHIR API in that shows an access token for one of these audiences.
    ///
    /// # Errors
    /// [`Denial`], for the log alone.
    pub async fn caller(&self, token: Option<&str>, audiences: &[&str], now: i64) -> Result<Caller, Denial> {
        let Gate::Tokens(issuers) = &self.fhir else {
            return Ok(Caller::without_token(self.tenant.clone()));
        };
        let token = Token::read(token.ok_or(Denial::NoToken)?)?;
        if !matches!(token.kind.as_deref(), None | Some("jwt" | "at+jwt" | "application/at+jwt")) {
            return Err(Denial::Header);
        }
        let issuer = of_token(issuers, &token)?;
        let claims = issuer.check(&token, audiences, self.leeway_seconds, now, false).await?;
        let scopes = ["scope", "scp"].into_iter().flat_map(|name| claims.words(name));
        let client = ["client_id", "azp", "sub"].into_iter().find_map(|name| claims.text(name));
        let client = client.ok_or(Denial::Claim)?;
        Ok(Caller::with_token(client, issuer.tenant.clone(), scopes, claims.text("patient")))
    }
}

impl Gate {
    fn needs_tokens(&self) -> bool {
        matches!(self, Self::Tokens(_))
    }

    fn lets_in_nobody(&self) -> bool {
        matches!(self, Self::Tokens(issuers) if issuers.is_empty())
    }

    fn require_different_issuers(&self) -> Result<(), AccessError> {
        let Self::Tokens(issuers) = self else { return Ok(()) };
        let twice = issuers
            .iter()
            .enumerate()
            .find(|(index, issuer)| issuers.iter().take(*index).any(|earlier| earlier.name == issuer.name));
        twice.map_or(Ok(()), |(_, issuer)| Err(AccessError::IssuerTwice(issuer.name.clone())))
    }
}

/// The issuer whom a token names. Nothing of the token is believed by that: its keys decide.
fn of_token<'i>(issuers: &'i [Issuer], token: &Token<'_>) -> Result<&'i Issuer, Denial> {
    let name = Claims::issuer(&token.claims)?;
    issuers.iter().find(|issuer| issuer.name == name).ok_or(Denial::Issuer)
}

impl std::fmt::Debug for Access {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Access").field("is_development", &self.is_development).finish_non_exhaustive()
    }
}

/// Why the settings about access cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum AccessError {
    /// The service would be open to a network without anybody having said so.
    #[error(
        "nobody is registered who may call, and the service would not listen on this machine alone: register cds_clients \
         and api_clients, or set cds_hooks_without_token and fhir_without_token to \"allowed\" (something in front of the \
         service must then know who calls) or \"refused\""
    )]
    NobodyRegistered,
    /// An issuer must name its keys in one way.
    #[error("the issuer {0} needs exactly one of key_set, key_set_file and key_set_urls")]
    WhichKeys(String),
    /// A key set that is none.
    #[error(
        "the key set of the issuer {0} is no JSON Web Key Set with a key that can check signatures and has a kid"
    )]
    NoKeys(String),
    /// A key set cannot be read.
    #[error("cannot read the key set {file}: {source}", file = file.display())]
    KeySetFile {
        /// The file.
        file: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A key set is not safe to fetch.
    #[error("the key_set_urls of the issuer {issuer}: {source}")]
    KeySetUrl {
        /// The issuer.
        issuer: String,
        /// Why.
        source: EhrError,
    },
    /// Two ways to be somebody.
    #[error("patient_records needs token_file or client, or neither, and not both")]
    TwoRecordKeys,
    /// The token endpoint is not safe to call.
    #[error("patient_records.client.token_url: {0}")]
    TokenUrl(EhrError),
    /// A private key cannot be used.
    #[error("cannot use the private key {file}: {source}", file = file.display())]
    PrivateKey {
        /// The file.
        file: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// An issuer stands twice in one list.
    #[error("the issuer {0} stands twice")]
    IssuerTwice(String),
}
