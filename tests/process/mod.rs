//! The service as a process of its own, which can be watched, hindered and killed. A test file that uses it has the module
//! `support` too.

// Each test file uses its own part of this.
#![allow(dead_code, missing_docs)]

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use regex_lite::Regex;
use reqwest::Client;

use crate::support::{FHIR_JSON, bundle};

pub const PROGRAM: &str = env!("CARGO_BIN_EXE_spinemet");

/// The service as its own process, which can be killed.
pub struct Service {
    /// The process that watches it, or itself.
    pub child: Child,
    pub base: String,
}

impl Service {
    pub fn start(mut command: Command, database: &Path) -> Self {
        command.arg("serve").env("SPINEMET_DATABASE", database).env("SPINEMET_LISTEN", "127.0.0.1:0");
        // The check of the file that comes after the start would only make the trace longer.
        command.env("SPINEMET_DATABASE_CHECK", "off").env_remove("SPINEMET_TEST_POSTGRES");
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let (_, rest) = line.split_once("http://").unwrap();
        let address = rest.split_once(". ").unwrap().0;
        Self { child, base: format!("http://{address}") }
    }

    /// Many write at once, each for so many patients of its own, until the service answers no more. Returns the ids that
    /// they were given, whose number is told meanwhile.
    pub async fn written(
        &self,
        run: &str,
        writers: usize,
        patients: usize,
        count: &Arc<AtomicUsize>,
    ) -> BTreeSet<String> {
        let client = Client::new();
        let writers: Vec<_> = (0..writers)
            .map(|writer| {
                let (client, count) = (client.clone(), Arc::clone(count));
                let (url, run) = (format!("{}/fhir/R4/$assess", self.base), run.to_owned());
                tokio::spawn(async move {
                    let mut given = BTreeSet::new();
                    for number in 0..patients {
                        let body = bundle().to_string().replace("p1", &format!("{run}-{writer}-{number}"));
                        let request = client.post(&url).header("Content-Type", FHIR_JSON).body(body);
                        let Ok(answer) = request.send().await else { break };
                        // On a loaded machine a request may wait too long; then nothing was acknowledged.
                        if answer.status() != 200 {
                            assert!(matches!(answer.status().as_u16(), 408 | 503), "{}", answer.status());
                            continue;
                        }
                        let Ok(answer) = answer.text().await else { break };
                        given.extend(ids(&answer));
                        count.fetch_add(1, Ordering::Relaxed);
                    }
                    given
                })
            })
            .collect();
        let mut given = BTreeSet::new();
        for writer in writers {
            given.extend(writer.await.unwrap());
        }
        given
    }

    /// The process id of the service itself.
    pub fn process(&self) -> u32 {
        let children = format!("/proc/{0}/task/{0}/children", self.child.id());
        let children = std::fs::read_to_string(children).unwrap_or_default();
        children.split_whitespace().next().map_or(self.child.id(), |child| child.parse().unwrap())
    }

    pub fn end(mut self, signal: &str) {
        let status = Command::new("kill").args([signal, &self.process().to_string()]).status().unwrap();
        assert!(status.success());
        self.child.wait().unwrap();
    }
}

impl Drop for Service {
    /// Whatever became of the test, nothing is left running.
    fn drop(&mut self) {
        if let Ok(None) = self.child.try_wait() {
            let _ = Command::new("kill").args(["-KILL", &self.process().to_string()]).status();
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

/// The ids of the RiskAssessments in an answer.
pub fn ids(answer: &str) -> Vec<String> {
    let pattern = Regex::new(r#""resourceType":"RiskAssessment","id":"([0-9a-z.-]+)""#).unwrap();
    pattern.captures_iter(answer).map(|found| found[1].to_owned()).collect()
}
