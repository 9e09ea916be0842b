//! How pages look, and what a browser may do with one.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

/// The style sheet of every page.
pub(super) const STYLE: &str = include_str!("style.css");

/// What a browser may do with a page: show it with this style sheet, send forms to `form_action`, and nothing else.
pub(super) fn content_security_policy(form_action: &str) -> String {
    let style = BASE64_STANDARD.encode(Sha256::digest(STYLE));
    format!(
        "default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; form-action {form_action}; \
         frame-ancestors 'none'"
    )
}
