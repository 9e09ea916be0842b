//! A hospital's own certificate authority: what it vouches for is called, and nobody else, whatever he shows.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may fail loudly"
)]

mod fhir_server;
mod prefetch;
mod records;
mod support;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use fhir_server::{FhirServer, TOKEN};
use prefetch::{breast, request_with};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use serde_json::{Value, json};
use spinemet::settings::{EhrServer, Milliseconds, Network};
use support::{TestApp, json};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

const SERVICE: &str = "/cds-services/spinemet-patient-view?asOf=2026-11-22";

/// A certificate authority with its own certificate in a file.
struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
    file: PathBuf,
}

impl Authority {
    fn new(directory: &Path, name: &str) -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let issuer = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
        let file = directory.join(name);
        std::fs::write(&file, issuer.pem()).unwrap();
        Self { issuer, file }
    }

    /// What a server shows whom the authority vouches for under a name, until a year.
    fn server(&self, name: &str, last_year: i32) -> TlsAcceptor {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        params.not_before = rcgen::date_time_ymd(2020, 1, 1);
        params.not_after = rcgen::date_time_ymd(last_year, 1, 1);
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)
            .unwrap();
        TlsAcceptor::from(Arc::new(config))
    }
}

/// Puts TLS in front of a server. Returns the base URL.
async fn behind_tls(acceptor: TlsAcceptor, ehr: &FhirServer) -> String {
    let inside = ehr.url().trim_start_matches("http://").trim_end_matches("/fhir").to_owned();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((connection, _)) = listener.accept().await {
            let (acceptor, inside) = (acceptor.clone(), inside.clone());
            tokio::spawn(async move {
                let mut outer = acceptor.accept(connection).await.ok()?;
                let mut inner = TcpStream::connect(inside).await.ok()?;
                tokio::io::copy_bidirectional(&mut outer, &mut inner).await.ok()
            });
        }
    });
    format!("https://localhost:{port}/fhir")
}

/// The card of a call that leaves it to the service to fetch the examinations.
async fn card(base_url: &str, authority: Option<&Path>) -> Value {
    let networks = ["127.0.0.0/8", "::1"].map(|text| Network::try_from(text.to_owned()).unwrap());
    let mut ehr = EhrServer::named_by_hand(base_url.parse().unwrap());
    ehr.private_addresses = networks.to_vec();
    ehr.certificate_authority_file = authority.map(Path::to_path_buf);
    let app = TestApp::start_with(|settings| {
        settings.ehr_servers = vec![ehr];
        settings.ehr_deadline_milliseconds = Milliseconds::new(5_000);
    })
    .await;
    let mut prefetch = breast();
    prefetch.as_object_mut().unwrap().remove("exams");
    let authorization = json!({
        "access_token": TOKEN, "token_type": "Bearer", "expires_in": 300, "scope": "patient/*.rs", "subject": "spinemet",
    });
    let call = request_with(&prefetch, &json!({"fhirServer": base_url, "fhirAuthorization": authorization}));
    json(app.post(SERVICE, call.to_string()).send().await.unwrap()).await["cards"][0].clone()
}

#[tokio::test]
async fn only_a_server_that_the_hospitals_authority_vouches_for_is_called() {
    let directory = tempfile::tempdir().unwrap();
    let hospital = Authority::new(directory.path(), "hospital.pem");
    let stranger = Authority::new(directory.path(), "stranger.pem");
    let ehr = FhirServer::of_sample().await;
    for (what, server, trusted, is_called) in [
        ("the hospital's", hospital.server("localhost", 2099), Some(&hospital), true),
        ("a stranger's", stranger.server("localhost", 2099), Some(&hospital), false),
        ("of another name", hospital.server("ehr.example", 2099), Some(&hospital), false),
        ("run out", hospital.server("localhost", 2021), Some(&hospital), false),
        ("of an authority that nobody named", hospital.server("localhost", 2099), None, false),
    ] {
        ehr.forget();
        let base_url = behind_tls(server, &ehr).await;
        let card = card(&base_url, trusted.map(|authority| authority.file.as_path())).await;
        let detail = card["detail"].as_str().unwrap();
        assert_eq!(ehr.requests().len(), usize::from(is_called), "{what}");
        assert_eq!(ehr.tokens().len(), usize::from(is_called), "{what}");
        assert_eq!(!detail.contains("Not available from the record system"), is_called, "{what}: {detail}");
    }
}

#[test]
fn a_file_that_holds_no_certificate_stops_the_start() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("authority.pem");
    for (text, expected) in [(None, "No such file"), (Some("no certificate"), "authority.pem")] {
        if let Some(text) = text {
            std::fs::write(&file, text).unwrap();
        }
        let mut ehr = EhrServer::named_by_hand("https://ehr.example/fhir".parse().unwrap());
        ehr.certificate_authority_file = Some(file.clone());
        let settings = spinemet::settings::Settings { ehr_servers: vec![ehr], ..Default::default() };
        let error = spinemet::ehr::Ehr::new(&settings).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }
}
