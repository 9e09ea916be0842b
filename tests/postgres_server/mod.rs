//! A PostgreSQL server of a test's own, which it may stop, start anew, and give a certificate.

// Each test file uses its own part of this.
#![allow(dead_code, missing_docs)]

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A server in a temporary directory. It runs until it is stopped or dropped.
pub struct PostgresServer {
    programs: PathBuf,
    directory: tempfile::TempDir,
    port: u16,
}

impl PostgresServer {
    /// Makes a server that waits for its disk, as one in use does, and starts it; `None`, said aloud, where PostgreSQL is
    /// not installed.
    pub fn start() -> Option<Self> {
        let server = Self::make()?;
        server.run();
        Some(server)
    }

    /// The same with TLS: with this certificate and its private key, in PEM.
    pub fn start_with_tls(certificate: &str, key: &str) -> Option<Self> {
        let server = Self::make()?;
        for (name, text) in [("server.crt", certificate), ("server.key", key)] {
            let path = server.data().join(name);
            std::fs::write(&path, text).unwrap();
            give_to_owner(&path);
            assert!(Command::new("chmod").arg("600").arg(&path).status().unwrap().success());
        }
        let settings = server.data().join("postgresql.conf");
        let text = std::fs::read_to_string(&settings).unwrap();
        std::fs::write(settings, format!("{text}\nssl = on\n")).unwrap();
        server.run();
        Some(server)
    }

    fn make() -> Option<Self> {
        let Some(programs) = programs() else {
            eprintln!("SKIPPED: no initdb was found, so that there is no PostgreSQL to start and stop");
            return None;
        };
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let server = Self { programs, directory: tempfile::tempdir().unwrap(), port };
        give_to_owner(server.directory.path());
        let mut command = server.command("initdb");
        command.arg("--pgdata").arg(server.data());
        command.args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]);
        assert!(command.status().unwrap().success(), "initdb");
        Some(server)
    }

    pub fn run(&self) {
        let options =
            format!("-c listen_addresses=127.0.0.1 -c port={} -c unix_socket_directories=''", self.port);
        let log = self.directory.path().join("log");
        let mut command = self.command("pg_ctl");
        command.arg("--pgdata").arg(self.data()).arg("--log").arg(&log);
        command.args(["--wait", "--silent", "--options"]).arg(options).arg("start");
        let text = || std::fs::read_to_string(&log).unwrap_or_default();
        assert!(command.status().unwrap().success(), "{}", text());
    }

    /// Stops it as a crash would: nobody is waited for and nothing is put in order.
    pub fn crash(&self) {
        let mut command = self.command("pg_ctl");
        command.arg("--pgdata").arg(self.data()).args(["--mode=immediate", "--wait", "--silent", "stop"]);
        assert!(command.status().unwrap().success());
    }

    /// Its URL by the name `localhost`.
    pub fn url(&self) -> String {
        self.url_at("localhost")
    }

    pub fn url_at(&self, host: &str) -> String {
        format!("postgres://postgres@{host}:{}/postgres", self.port)
    }

    fn data(&self) -> PathBuf {
        self.directory.path().join("data")
    }

    /// A program of PostgreSQL, which refuses to run as root.
    fn command(&self, name: &str) -> Command {
        let program = self.programs.join(name);
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        // The owner may not be allowed to look into the working directory.
        command.current_dir("/").stdout(Stdio::null()).stderr(Stdio::null());
        command
    }
}

impl Drop for PostgresServer {
    fn drop(&mut self) {
        let mut command = self.command("pg_ctl");
        command.arg("--pgdata").arg(self.data()).args(["--mode=immediate", "--silent", "stop"]);
        // It may have been stopped already.
        let _ = command.status();
    }
}

fn give_to_owner(path: &Path) {
    if is_root() {
        assert!(Command::new("chown").arg("postgres").arg(path).status().unwrap().success());
    }
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    id.stdout.trim_ascii() == b"0"
}

/// Where the server's programs are: where Debian puts them, else in the path.
fn programs() -> Option<PathBuf> {
    let mut places: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|version| version.path().join("bin"))
        .collect();
    places.sort();
    places.reverse();
    let path = std::env::var_os("PATH").unwrap_or_default();
    places.extend(std::env::split_paths(&path));
    places.into_iter().find(|place| place.join("initdb").exists() && place.join("pg_ctl").exists())
}
