//! The base URL of a registered server: what belongs to it, and what a request may ask of it.

use url::Url;

use crate::settings::ServerUrl;

/// A base URL. Everything that is fetched lies below it.
#[derive(Debug, Clone)]
pub(super) struct Base(Url);

impl Base {
    pub(super) fn new(url: &ServerUrl) -> Self {
        Self(url.url().clone())
    }

    /// Whether somebody else's text names this server. Compared as parsed: scheme, host, port and path.
    pub(super) fn is_named_by(&self, text: &str) -> bool {
        ServerUrl::try_from(text.to_owned()).is_ok_and(|named| *named.url() == self.0)
    }

    /// The URL of a query relative to the base, as `Condition?patient=1`. `None` where it would lead elsewhere.
    pub(super) fn query(&self, query: &str) -> Option<Url> {
        let path = query.split('?').next().unwrap_or_default();
        if path.split('/').any(|segment| matches!(segment, "." | "..")) {
            return None;
        }
        // Some servers refuse a bare `|`, which the URL standard lets pass.
        let text = format!("{}/{}", self.0.as_str().trim_end_matches('/'), query.replace('|', "%7C"));
        Url::parse(&text).ok().filter(|url| self.holds(url))
    }

    /// The URL of a link that stands on a page. `None` where it leads elsewhere.
    pub(super) fn link(&self, page: &Url, link: &str) -> Option<Url> {
        page.join(link).ok().filter(|url| self.holds(url))
    }

    /// The URL of a link that somebody else sent along.
    pub(super) fn sent_link(&self, link: &str) -> Option<Url> {
        Url::parse(link).ok().filter(|url| self.holds(url))
    }

    /// Whether a URL lies below the base: same origin, and the path of the base or one below it.
    fn holds(&self, url: &Url) -> bool {
        let below = url.path().strip_prefix(self.0.path().trim_end_matches('/'));
        url.origin() == self.0.origin()
            && url.username().is_empty()
            && url.password().is_none()
            && below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base(text: &str) -> Base {
        Base::new(&text.parse().unwrap())
    }

    #[test]
    fn a_request_names_a_server_however_it_spells_its_url() {
        let base = base("https://ehr.example/fhir");
        for (text, expected) in [
            ("https://ehr.example/fhir", true),
            ("https://ehr.example/fhir/", true),
            ("https://EHR.example:443/fhir", true),
            ("https://ehr.example/a/../fhir", true),
            ("http://ehr.example/fhir", false),
            ("https://ehr.example:8443/fhir", false),
            ("https://ehr.example/fhir2", false),
            ("https://ehr.example/fhir/tenant", false),
            ("https://ehr.example.evil.example/fhir", false),
            ("https://ehr.example@evil.example/fhir", false),
            ("https://user@ehr.example/fhir", false),
            ("https://ehr.example/fhir?x", false),
            ("https://ehr.example/fhir#x", false),
            ("https://evil.example\\@ehr.example/fhir", false),
            ("https://ehr.example", false),
            ("ehr.example/fhir", false),
            ("", false),
        ] {
            assert_eq!(base.is_named_by(text), expected, "{text}");
        }
    }

    #[test]
    fn a_link_stays_below_the_base() {
        let base = base("https://ehr.example/fhir/r4");
        let page = base.query("Condition?patient=1").unwrap();
        for (link, expected) in [
            ("https://ehr.example/fhir/r4?_getpages=1", Some("https://ehr.example/fhir/r4?_getpages=1")),
            ("Condition?page=2", Some("https://ehr.example/fhir/r4/Condition?page=2")),
            ("?page=2", Some("https://ehr.example/fhir/r4/Condition?page=2")),
            ("/fhir/r4/Condition?page=2", Some("https://ehr.example/fhir/r4/Condition?page=2")),
            ("https://ehr.example/fhir/r4/../r5?page=2", None),
            ("https://ehr.example/fhir/r4/%2e%2e/r5", None),
            ("https://ehr.example/fhir/r44", None),
            ("https://ehr.example/", None),
            ("http://ehr.example/fhir/r4?page=2", None),
            ("https://ehr.example:444/fhir/r4?page=2", None),
            ("//evil.example/fhir/r4", None),
            ("https://a:b@ehr.example/fhir/r4", None),
            ("file:///fhir/r4", None),
        ] {
            assert_eq!(base.link(&page, link).as_ref().map(Url::as_str), expected, "{link}");
        }
    }

    #[test]
    fn a_query_cannot_leave_the_base() {
        let base = base("https://ehr.example/fhir");
        let url = base.query("Observation?patient=1&code=http://loinc.org|1,x").unwrap();
        assert_eq!(
            url.as_str(),
            "https://ehr.example/fhir/Observation?patient=1&code=http://loinc.org%7C1,x"
        );
        for query in ["../admin", "Patient/../../admin", "Patient/..", "Patient/.", "..\\..\\admin"] {
            assert!(base.query(query).is_none(), "{query}");
        }
    }
}
