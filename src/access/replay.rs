//! Tokens that were used, until they run out.
//!
//! Of a token only a digest is kept. The memory is bounded: when it is full of tokens that are still good, the next one is
//! refused, because one that cannot be remembered could be used twice. Only tokens with a good signature come here, so that
//! nobody but a registered client can fill it. Each process remembers for itself.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use sha2::{Digest, Sha256};

use super::denial::Denial;

/// The most tokens that are remembered: a hundred a second for as long as five minutes, and some megabytes.
const MOST_TOKENS: usize = 50_000;

/// The tokens that were used.
#[derive(Debug, Default)]
pub(super) struct UsedTokens(Mutex<HashMap<[u8; 32], i64>>);

impl UsedTokens {
    /// Remembers a token until it has run out. An error if it was used before.
    pub fn r#use(&self, issuer: &str, name: &str, forget_at: i64, now: i64) -> Result<(), Denial> {
        self.use_within(MOST_TOKENS, issuer, name, forget_at, now)
    }

    fn use_within(
        &self,
        most: usize,
        issuer: &str,
        name: &str,
        forget_at: i64,
        now: i64,
    ) -> Result<(), Denial> {
        let mut digest = Sha256::new();
        digest.update((issuer.len() as u64).to_le_bytes());
        digest.update(issuer);
        digest.update(name);
        let digest: [u8; 32] = digest.finalize().into();
        let mut used = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if used.get(&digest).is_some_and(|forget_at| *forget_at >= now) {
            return Err(Denial::Replayed);
        }
        if used.len() >= most {
            used.retain(|_, forget_at| *forget_at >= now);
        }
        if used.len() >= most {
            return Err(Denial::Overloaded);
        }
        used.insert(digest, forget_at);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_good_once_until_it_has_run_out() {
        let used = UsedTokens::default();
        assert_eq!(used.r#use("ab", "c", 100, 50), Ok(()));
        assert_eq!(used.r#use("ab", "c", 100, 50), Err(Denial::Replayed));
        assert_eq!(used.r#use("ab", "c", 200, 100), Err(Denial::Replayed));
        assert_eq!(used.r#use("a", "bc", 100, 50), Ok(()), "another issuer's");
        assert_eq!(used.r#use("ab", "d", 100, 50), Ok(()), "another token");
    }

    #[test]
    fn what_cannot_be_remembered_is_refused_until_something_has_run_out() {
        let used = UsedTokens::default();
        for name in ["1", "2", "3"] {
            assert_eq!(used.use_within(3, "i", name, 100, 50), Ok(()));
        }
        assert_eq!(used.use_within(3, "i", "4", 100, 50), Err(Denial::Overloaded));
        assert_eq!(used.use_within(3, "i", "1", 100, 50), Err(Denial::Replayed));
        assert_eq!(used.use_within(3, "i", "4", 200, 101), Ok(()));
    }
}
