//! A registered issuer of tokens, and the check of one of its tokens.

use std::sync::Arc;

use super::AccessError;
use super::claims::{Claims, Expectation};
use super::denial::Denial;
use super::key_set::KeySet;
use super::key_source::{KeySource, Publication};
use super::token::Token;
use crate::ehr::Document;
use crate::settings::{Tenant, TokenIssuer};

/// An issuer that the operator registered.
pub(super) struct Issuer {
    pub name: String,
    pub tenant: Tenant,
    keys: KeySource,
    audiences: Vec<String>,
    tenant_claim: Option<String>,
    lifetime_limit_seconds: i64,
}

impl Issuer {
    pub fn new(settings: &TokenIssuer, tenant: &Tenant) -> Result<Self, AccessError> {
        Ok(Self {
            name: settings.issuer.as_str().to_owned(),
            tenant: settings.tenant.as_ref().unwrap_or(tenant).clone(),
            keys: key_source(settings)?,
            audiences: settings.audiences.iter().map(|audience| audience.as_str().to_owned()).collect(),
            tenant_claim: settings.tenant_claim.as_ref().map(|claim| claim.as_str().to_owned()),
            lifetime_limit_seconds: settings.token_lifetime_limit_seconds.into(),
        })
    }

    /// The claims of a token of this issuer, once its signature and they are found to be good.
    pub async fn check<'t>(
        &self,
        token: &'t Token<'_>,
        audiences: &[&str],
        leeway_seconds: i64,
        now: i64,
        is_for_one_use: bool,
    ) -> Result<Claims<'t>, Denial> {
        let keys = self.keys.keys(&token.key_id, token.key_url.as_deref()).await?;
        keys.verify(token)?;
        let ours = self.audiences.iter().map(String::as_str);
        let audiences: Vec<&str> = audiences.iter().copied().chain(ours).collect();
        let claims = Claims::check(
            &token.claims,
            &Expectation {
                audiences: &audiences,
                lifetime_limit_seconds: self.lifetime_limit_seconds,
                leeway_seconds,
                now,
                is_for_one_use,
            },
        )?;
        if self.tenant_claim.is_some() && claims.text("tenant") != self.tenant_claim {
            return Err(Denial::Tenant);
        }
        Ok(claims)
    }
}

/// Exactly one of the three ways to name keys.
fn key_source(settings: &TokenIssuer) -> Result<KeySource, AccessError> {
    let issuer = || settings.issuer.as_str().to_owned();
    let known = |text: &str| {
        KeySet::read(text)
            .map(|keys| KeySource::Known(Arc::new(keys)))
            .ok_or_else(|| AccessError::NoKeys(issuer()))
    };
    match (&settings.key_set, &settings.key_set_file, settings.key_set_urls.as_slice()) {
        (Some(text), None, []) => known(text),
        (None, Some(file), []) => {
            let text = std::fs::read_to_string(file);
            known(&text.map_err(|source| AccessError::KeySetFile { file: file.clone(), source })?)
        }
        (None, None, urls @ [_, ..]) => {
            let certificates = settings.certificate_authority_file.as_deref();
            let publication = |url| {
                let document = Document::new(url, &settings.private_addresses, certificates);
                document
                    .map(Publication::new)
                    .map_err(|source| AccessError::KeySetUrl { issuer: issuer(), source })
            };
            Ok(KeySource::Published(urls.iter().map(publication).collect::<Result<_, _>>()?))
        }
        _ => Err(AccessError::WhichKeys(issuer())),
    }
}
