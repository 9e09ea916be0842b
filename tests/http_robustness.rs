//! Whatever arrives, the service answers it with the right status and an OperationOutcome, and goes on serving.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod support;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use spinemet::settings::Milliseconds;
use support::{FHIR_JSON, TestApp, assert_refused, bundle, ids};

#[tokio::test]
async fn what_is_not_json_is_refused() {
    let app = TestApp::start().await;
    for body in ["", "<Bundle/>", "{", "\u{feff}", "[1,", "\0"] {
        assert_refused(app.assess(body).await, 400).await;
    }
    assert_refused(app.assess(&b"{\"resourceType\":\"\xff\"}"[..]).await, 400).await;
}

#[tokio::test]
async fn json_that_cannot_be_assessed_is_refused() {
    let app = TestApp::start().await;
    for body in ["{}", "[]", "null", "1", r#"{"resourceType":"Patient","id":"p1"}"#] {
        assert_refused(app.assess(body).await, 422).await;
    }
}

#[tokio::test]
async fn deep_nesting_is_refused() {
    let app = TestApp::start().await;
    let objects = |depth: usize| format!("{}1{}", r#"{"a":"#.repeat(depth), "}".repeat(depth));
    let entry = |resource: String| {
        format!(r#"{{"resourceType":"Bundle","type":"collection","entry":[{{"resource":{resource}}}]}}"#)
    };
    for (bomb, code) in [
        ("[".repeat(5_000_000), "structure"),
        (r#"{"a":"#.repeat(1_000_000), "structure"),
        (entry(objects(500_000)), "too-long"),
        (format!(" {}", entry(objects(100))), "too-long"),
    ] {
        let outcome = assert_refused(app.assess(bomb).await, 400).await;
        assert_eq!(outcome["issue"][0]["code"], code, "{outcome}");
    }
}

/// The answer comes after the declaration, before a byte of the body.
#[tokio::test]
async fn a_body_whose_declared_length_is_over_the_limit_is_not_waited_for() {
    let app = TestApp::start().await;
    let mut socket = connect(&app);
    let head = "POST /fhir/R4/$assess HTTP/1.1\r\nHost: test\r\nContent-Length: 50000000\r\n\r\n";
    socket.write_all(head.as_bytes()).unwrap();
    let answer = tokio::task::spawn_blocking(move || read_to_close(socket)).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused_though_its_length_was_not_declared() {
    let app =
        TestApp::start_with(|settings| settings.assess_body_limit_bytes = 10_000.try_into().unwrap()).await;
    let head = "POST /fhir/R4/$assess HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n";
    let mut socket = connect(&app);
    socket.write_all(head.as_bytes()).unwrap();
    for _ in 0..4 {
        socket.write_all(format!("1000\r\n{}\r\n", " ".repeat(0x1000)).as_bytes()).unwrap();
    }
    let answer = tokio::task::spawn_blocking(move || read_to_close(socket)).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
}

#[tokio::test]
async fn a_body_at_the_limit_is_taken() {
    let app =
        TestApp::start_with(|settings| settings.assess_body_limit_bytes = 100_000.try_into().unwrap()).await;
    let mut body = bundle().to_string();
    body.push_str(&" ".repeat(100_000 - body.len()));
    assert_eq!(app.assess(body.clone()).await.status(), 200);
    body.push(' ');
    assert_refused(app.assess(body).await, 413).await;
}

/// With one worker, so that a body which holds it would stop everything.
#[tokio::test]
async fn a_body_that_trickles_is_ended_by_the_deadline_and_holds_up_nobody() {
    for head in ["Content-Length: 100000", "Transfer-Encoding: chunked"] {
        let app = TestApp::start_with(|settings| {
            settings.workers = Some(1.try_into().unwrap());
            settings.body_read_deadline_milliseconds = Milliseconds::new(300);
        })
        .await;
        let mut tricklers = Vec::new();
        for _ in 0..20 {
            let socket = connect(&app);
            tricklers.push(tokio::task::spawn_blocking(move || trickle(socket, head)));
        }
        let begun = Instant::now();
        assert_eq!(app.get("/livez").send().await.unwrap().status(), 200);
        assert_eq!(app.assess(bundle().to_string()).await.status(), 200);
        assert!(begun.elapsed() < Duration::from_millis(500), "{:?}", begun.elapsed());
        for trickler in tricklers {
            let (answer, answered_after, closed_after) = trickler.await.unwrap();
            assert!(answer.starts_with("HTTP/1.1 408"), "{head}: {answer}");
            assert!(answer.contains("OperationOutcome"), "{head}: {answer}");
            assert!(answered_after < Duration::from_secs(1), "{head}: {answered_after:?}");
            assert!(closed_after < Duration::from_secs(4), "{head}: {closed_after:?}");
        }
    }
}

#[tokio::test]
async fn a_request_that_takes_too_long_is_answered_all_the_same() {
    let app = TestApp::start_with(|settings| {
        settings.request_deadline_milliseconds = Milliseconds::new(300);
    })
    .await;
    let socket = connect(&app);
    let (answer, answered_after, closed_after) =
        tokio::task::spawn_blocking(move || trickle(socket, "Transfer-Encoding: chunked")).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 503"), "{answer}");
    assert!(answer.contains("x-request-id") && answer.contains("OperationOutcome"), "{answer}");
    assert!(answered_after < Duration::from_secs(1), "{answered_after:?}");
    assert!(closed_after < Duration::from_secs(4), "{closed_after:?}");
}

#[tokio::test]
async fn a_client_that_goes_away_early_harms_nobody() {
    let app = TestApp::start_with(|settings| settings.workers = Some(1.try_into().unwrap())).await;
    let body = bundle().to_string();
    for _ in 0..50 {
        let mut half_sent = connect(&app);
        let head =
            format!("POST /fhir/R4/$assess HTTP/1.1\r\nHost: test\r\nContent-Length: {}\r\n\r\n", body.len());
        half_sent.write_all(head.as_bytes()).unwrap();
        half_sent.write_all(&body.as_bytes()[..body.len() / 2]).unwrap();
        drop(half_sent);
        let mut unread = connect(&app);
        unread.write_all(head.as_bytes()).unwrap();
        unread.write_all(body.as_bytes()).unwrap();
        drop(unread);
    }
    assert_eq!(app.assess(body).await.status(), 200);
}

#[tokio::test]
async fn the_same_question_fifty_times_at_once_gets_one_answer_and_one_row_each() {
    let app = TestApp::start().await;
    let asked: Vec<_> =
        (0..50).map(|_| tokio::spawn(app.post("/fhir/R4/$assess", bundle().to_string()).send())).collect();
    let mut answers = Vec::new();
    for answer in asked {
        let answer = answer.await.unwrap().unwrap();
        assert_eq!(answer.status(), 200);
        answers.push(answer.bytes().await.unwrap());
    }
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "the answers differ");
    let ids = ids(&serde_json::from_slice(&answers[0]).unwrap());
    assert_eq!(app.rows().await, i64::try_from(ids.len()).unwrap());
}

#[tokio::test]
async fn an_answer_that_cannot_be_stored_is_not_given() {
    let app = TestApp::start().await;
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&app.database);
    let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
    sqlx::query("ALTER TABLE resource_version RENAME TO elsewhere").execute(&pool).await.unwrap();
    let refused = app.assess(bundle().to_string()).await;
    assert!(refused.headers().contains_key("retry-after"));
    let outcome = assert_refused(refused, 503).await.to_string();
    assert!(!outcome.contains("resource_version"), "the inside stays inside: {outcome}");
    sqlx::query("ALTER TABLE elsewhere RENAME TO resource_version").execute(&pool).await.unwrap();
    assert_eq!(app.assess(bundle().to_string()).await.status(), 200);
}

#[tokio::test]
async fn many_requests_share_one_connection() {
    let app = TestApp::start().await;
    let mut socket = connect(&app);
    socket.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    let body = bundle().to_string();
    let request = format!(
        "POST /fhir/R4/$assess HTTP/1.1\r\nHost: test\r\nContent-Type: {FHIR_JSON}\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let answered = tokio::task::spawn_blocking(move || {
        let mut reader = std::io::BufReader::new(socket.try_clone().unwrap());
        (0..10).all(|_| {
            socket.write_all(request.as_bytes()).unwrap();
            answered_with_200(&mut reader)
        })
    });
    assert!(answered.await.unwrap());
}

/// Reads one whole answer from the connection.
fn answered_with_200(reader: &mut impl std::io::BufRead) -> bool {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        if line.trim().is_empty() {
            break;
        }
        lines.push(line.to_ascii_lowercase());
    }
    let length = lines.iter().find_map(|line| line.strip_prefix("content-length: "));
    let length: usize = length.unwrap().trim().parse().unwrap();
    reader.read_exact(&mut vec![0; length]).unwrap();
    lines[0].starts_with("http/1.1 200")
}

fn connect(app: &TestApp) -> TcpStream {
    TcpStream::connect(("127.0.0.1", app.port)).unwrap()
}

fn read_to_close(mut socket: TcpStream) -> String {
    socket.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let mut answer = Vec::new();
    // A reset after the answer is a way to close as well.
    let _ = socket.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

/// Sends a byte (or a chunk of one) every 20 milliseconds for as long as it can; returns the answer, how long it took,
/// and how long the connection lived.
fn trickle(mut socket: TcpStream, framing: &str) -> (String, Duration, Duration) {
    let head = format!("POST /fhir/R4/$assess HTTP/1.1\r\nHost: test\r\n{framing}\r\n\r\n");
    let piece: &[u8] = if framing.contains("chunked") { b"1\r\n \r\n" } else { b" " };
    let begun = Instant::now();
    socket.write_all(head.as_bytes()).unwrap();
    socket.set_nonblocking(true).unwrap();
    let (mut answer, mut answered_after) = (Vec::new(), None);
    let mut buffer = [0; 4096];
    while begun.elapsed() < Duration::from_secs(6) {
        match socket.read(&mut buffer) {
            Ok(0) => break,
            Ok(length) => {
                answer.extend_from_slice(&buffer[..length]);
                answered_after.get_or_insert_with(|| begun.elapsed());
            }
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
            Err(_) => break,
        }
        if socket.write_all(piece).is_err() {
            break;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    let answered_after = answered_after.unwrap_or(Duration::MAX);
    (String::from_utf8_lossy(&answer).into_owned(), answered_after, begun.elapsed())
}
