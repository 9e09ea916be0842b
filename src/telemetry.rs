//! What operations read: the log on standard error, and the [`metrics`].
//!
//! No line holds patient data, at any level: our own code logs neither bodies nor ids nor URLs, libraries are held to
//! warnings whatever the level, and a panic is logged by its place alone, because its message may quote the input.
//! `tests/logs.rs` proves it with canary names.

pub mod metrics;

use std::io::IsTerminal;

use tracing::Subscriber;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::registry::Registry;
use tracing_subscriber::util::SubscriberInitExt;

use crate::settings::{LogFormat, LogLevel};

/// The crates of this workspace, as log targets.
const OWN_TARGETS: [&str; 3] = ["spinemet", "spinemet_engine", "fhir_wire"];

/// Starts logging to standard error, for the rest of the process's life.
///
/// # Errors
///
/// When logging was started before.
pub fn start(format: LogFormat, level: LogLevel) -> Result<(), TelemetryError> {
    let with_colours = std::io::stderr().is_terminal();
    subscriber(format, level, with_colours, std::io::stderr).try_init()?;
    log_panics_by_place();
    Ok(())
}

/// What turns events into lines, for a writer of the caller's choice.
pub fn subscriber<W>(
    format: LogFormat,
    level: LogLevel,
    with_colours: bool,
    writer: W,
) -> impl Subscriber + Send + Sync
where
    W: for<'writer> MakeWriter<'writer> + Send + Sync + 'static,
{
    let lines = tracing_subscriber::fmt::layer().with_ansi(with_colours).with_writer(writer);
    let lines: Box<dyn Layer<Registry> + Send + Sync> = match format {
        LogFormat::Pretty => lines.boxed(),
        LogFormat::Json => lines.json().flatten_event(true).with_span_list(false).boxed(),
    };
    tracing_subscriber::registry().with(lines.with_filter(targets(level)))
}

/// Replaces the standard panic report, whose message may quote the input, by a log line with the place alone.
pub fn log_panics_by_place() {
    std::panic::set_hook(Box::new(|panic| {
        let (file, line) = panic.location().map_or(("unknown", 0), |place| (place.file(), place.line()));
        tracing::error!(file, line, "a defect: the code panicked");
    }));
}

fn targets(level: LogLevel) -> Targets {
    let own = match level {
        LogLevel::Off => LevelFilter::OFF,
        LogLevel::Error => LevelFilter::ERROR,
        LogLevel::Warn => LevelFilter::WARN,
        LogLevel::Info => LevelFilter::INFO,
        LogLevel::Debug => LevelFilter::DEBUG,
        LogLevel::Trace => LevelFilter::TRACE,
    };
    Targets::new()
        .with_default(own.min(LevelFilter::WARN))
        .with_targets(OWN_TARGETS.into_iter().map(|target| (target, own)))
}

/// Why logging did not start.
#[derive(Debug, thiserror::Error)]
#[error("logging was started twice")]
pub struct TelemetryError(#[from] tracing_subscriber::util::TryInitError);
