//! `spinemet serve`: the service.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use super::failure::Failure;
use crate::assess::Assessor;
use crate::settings::{EhrServer, PatientRecords, ServerUrl, Settings};
use crate::{http, telemetry};

const EXAMPLES: &str = "\
Examples:
  spinemet serve
  spinemet serve --config /etc/spinemet.toml
  spinemet serve --ehr http://localhost:8090/fhir
  SPINEMET_LISTEN=127.0.0.1:9090 SPINEMET_LOG_FORMAT=json spinemet serve

Without settings it listens on 127.0.0.1:8080 and keeps its database in
spinemet.db in the current directory. spinemet.example.toml shows every setting;
SPINEMET_ and the name of a setting in capitals is its environment variable.";

/// Run the service until SIGTERM or Ctrl-C.
#[derive(Debug, Args)]
#[command(after_help = super::help(EXAMPLES))]
pub(super) struct Arguments {
    /// The settings file [default: the one that the environment variable SPINEMET_CONFIG names, else none]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// A FHIR server that CDS Hooks calls may name to have fetched what they did not send, wherever it stands; can be
    /// given several times. From the first, Patient/{id}/$assess fetches records
    #[arg(long, value_name = "URL")]
    ehr: Vec<ServerUrl>,
}

/// Runs the service until it is stopped.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let mut settings = Settings::load(arguments.config.as_deref())?;
    settings.ehr_servers.extend(arguments.ehr.iter().cloned().map(EhrServer::named_by_hand));
    if let (None, Some(first)) = (&settings.patient_records, arguments.ehr.first()) {
        settings.patient_records = Some(PatientRecords::of_open_server(first.clone()));
    }
    telemetry::start(settings.log_format, settings.log_level)?;
    let assessor = Assessor::new(settings.site_mappings())?
        .with_policy(settings.clinical.freshness.into(), settings.clinical.thresholds.into());
    http::serve(settings, Arc::new(assessor))?;
    Ok(())
}
