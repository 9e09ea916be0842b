//! A PostgreSQL server that must prove who it is, that goes away and that comes back.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod postgres_server;
mod support;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use postgres_server::PostgresServer;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use spinemet::store::{Draft, Sql, Store, StoreError};
use support::{TestApp, assert_refused, bundle, ids, json};

const TENANT: &str = "hospital-a";
const TYPE: &str = "RiskAssessment";

fn draft(id: &str) -> Draft {
    Draft::new(TYPE, id.to_owned(), Some("Patient/1".to_owned()), format!("{{\"id\":\"{id}\"}}").into_bytes())
}

/// An authority with a certificate for the name `localhost` and its key, all in PEM.
fn authority() -> (String, String, String) {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let issuer = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new(["localhost".to_owned()]).unwrap();
    let certificate = params.signed_by(&key, &issuer).unwrap();
    (issuer.pem(), certificate.pem(), key.serialize_pem())
}

#[tokio::test]
async fn a_server_proves_who_it_is_where_that_is_asked_for() {
    let (ours, certificate, key) = authority();
    let (anothers, ..) = authority();
    let Some(server) = PostgresServer::start_with_tls(&certificate, &key) else { return };
    let directory = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = directory.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let (ours, anothers) = (file("ours.pem", &ours), file("anothers.pem", &anothers));
    let verified = |root: &str| format!("?sslmode=verify-full&sslrootcert={root}");
    // What the URL says; whether the connection is encrypted, or none where the server is refused.
    let cases = [
        (server.url() + &verified(&ours), Some(true)),
        (server.url() + &verified(&anothers), None),
        (server.url() + "?sslmode=verify-full", None),
        // The certificate is for another name.
        (server.url_at("127.0.0.1") + &verified(&ours), None),
        (server.url_at("127.0.0.1") + "?sslmode=require", Some(true)),
        (server.url(), Some(true)),
        (server.url() + "?sslmode=disable", Some(false)),
    ];
    for (url, expected) in cases {
        let opened = Store::connect(&url).await;
        let encrypted = match opened {
            Ok(store) => {
                let sql = "SELECT CASE WHEN ssl THEN 1::BIGINT ELSE 0 END FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
                let rows: Vec<(i64,)> = store.fetch(Sql::new(sql)).await.unwrap();
                store.put(TENANT, vec![draft("a")]).await.unwrap();
                store.close().await;
                Some(rows == [(1,)])
            }
            Err(StoreError::Open(_)) => None,
            Err(error) => panic!("{url}: {error:?}"),
        };
        assert_eq!(encrypted, expected, "{url}");
    }
    let weak = Store::connect(&(server.url() + "?sslmode=verify-ca&sslrootcert=" + &ours)).await;
    assert!(matches!(weak, Err(StoreError::WeakTls)));
}

#[tokio::test]
async fn a_server_without_tls_is_refused_where_tls_is_asked_for() {
    let Some(server) = PostgresServer::start() else { return };
    for mode in ["require", "verify-full"] {
        let opened = Store::connect(&format!("{}?sslmode={mode}", server.url())).await;
        assert!(matches!(opened, Err(StoreError::Open(_))), "{mode}");
    }
    Store::connect(&server.url()).await.unwrap();
}

#[tokio::test]
async fn the_service_says_so_while_the_server_is_away_and_goes_on_when_it_is_back() {
    let Some(server) = PostgresServer::start() else { return };
    let app = TestApp::start_with(|settings| settings.database = server.url().try_into().unwrap()).await;
    let before = ids(&json(app.assess(bundle().to_string()).await).await).remove(0);
    let path = format!("/fhir/R4/RiskAssessment/{before}");
    let mut other = bundle();
    other["entry"][0]["resource"]["birthDate"] = "1950-02-03".into();

    server.crash();
    let refused = app.assess(other.to_string()).await;
    assert_eq!(refused.headers()["retry-after"], "10");
    assert_refused(refused, 503).await;
    assert_refused(app.get(&path).send().await.unwrap(), 503).await;
    assert_eq!(app.get("/readyz").send().await.unwrap().status(), 503);
    assert_eq!(app.get("/livez").send().await.unwrap().status(), 200);

    server.run();
    // The first request already, by whichever of the two ways it goes.
    assert_eq!(app.assess(other.to_string()).await.status(), 200);
    assert_eq!(json(app.get(&path).send().await.unwrap()).await["id"], before);
    assert_eq!(app.get("/readyz").send().await.unwrap().status(), 200);

    // Also where nobody asked while it was away.
    server.crash();
    server.run();
    assert_eq!(app.assess(bundle().to_string()).await.status(), 200);
}

/// The server crashes again and again while many write: whatever was acknowledged is there, and what was not may be.
#[tokio::test]
async fn what_was_acknowledged_survives_every_crash_of_the_server() {
    const WRITERS: usize = 16;
    const CRASHES: usize = 3;
    let Some(server) = PostgresServer::start() else { return };
    let store = Store::connect(&server.url()).await.unwrap();
    let is_over = Arc::new(AtomicBool::new(false));
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let (store, is_over) = (store.clone(), Arc::clone(&is_over));
            tokio::spawn(async move {
                let mut acknowledged = BTreeMap::new();
                for number in 0.. {
                    if is_over.load(Ordering::Acquire) {
                        break;
                    }
                    let id = format!("{writer}-{number}");
                    if let Ok(stored) = store.put(TENANT, vec![draft(&id)]).await {
                        acknowledged.insert(id, stored.into_iter().next().unwrap());
                    } else {
                        tokio::time::sleep(Duration::from_millis(20)).await;
                    }
                }
                acknowledged
            })
        })
        .collect();
    for _ in 0..CRASHES {
        tokio::time::sleep(Duration::from_millis(400)).await;
        server.crash();
        server.run();
    }
    // It goes on after the last crash.
    tokio::time::sleep(Duration::from_millis(400)).await;
    store.put(TENANT, vec![draft("last")]).await.unwrap();
    is_over.store(true, Ordering::Release);
    let mut acknowledged = BTreeMap::new();
    for writer in writers {
        acknowledged.extend(writer.await.unwrap());
    }
    assert!(acknowledged.len() > WRITERS * CRASHES, "{}", acknowledged.len());
    server.crash();
    server.run();
    let store = Store::connect(&server.url()).await.unwrap();
    for (id, stored) in acknowledged {
        assert_eq!(store.read(TENANT, TYPE, &id).await.unwrap(), Some(stored), "{id}");
    }
}
