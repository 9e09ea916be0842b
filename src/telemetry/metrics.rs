//! Metrics: what the operator's monitoring reads at `/metrics`, in the OpenMetrics text format.
//!
//! Every part of the service adds its own metrics to the one [`Metrics`] of the process. A label's value is text of the
//! program itself (`&'static str`), so that nothing that was sent can become one: no patient data, and no more series
//! than the program has words. The exceptions are in this file: the version of something, and the route and status of an
//! answer.

use std::fmt;
use std::sync::{Arc, RwLock};
use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter as PlainCounter;
use prometheus_client::metrics::family::{Family, MetricConstructor};
use prometheus_client::metrics::gauge::Gauge as PlainGauge;
use prometheus_client::metrics::histogram::Histogram as PlainHistogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Metric, Registry, Unit};

/// The media type of what [`Metrics::write`] writes.
pub const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Labels with their values, e.g. `[("rule", "CN-3.2-SEP-CI1")]`.
pub type Labels<const N: usize> = [(&'static str, &'static str); N];

/// The upper bounds of durations, in seconds: from an answer out of memory to the deadline of a request.
const DURATION_BOUNDS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0];

/// The metrics of one process. Cheap to clone; all clones are the same.
#[derive(Debug, Clone)]
pub struct Metrics {
    registry: Arc<RwLock<Registry>>,
}

impl Default for Metrics {
    fn default() -> Self {
        Self { registry: Arc::new(RwLock::new(Registry::with_prefix("spinemet"))) }
    }
}

impl Metrics {
    /// Adds counters that differ by their labels. The name is without `spinemet_` and `_total`.
    pub fn counters<const N: usize>(&self, name: &str, help: &str) -> Counters<N> {
        let counters = Counters::default();
        self.register(name, help, counters.0.clone());
        counters
    }

    /// Adds a value that goes up and down.
    pub fn gauge(&self, name: &str, help: &str) -> Gauge {
        let gauge = Gauge::default();
        self.register(name, help, gauge.0.clone());
        gauge
    }

    /// Adds distributions of durations that differ by their labels. The name is without `spinemet_` and `_seconds`.
    pub fn durations<const N: usize>(&self, name: &str, help: &str) -> Durations<N> {
        let family = Family::new_with_constructor(DurationBuckets);
        self.change(|registry| registry.register_with_unit(name, help, Unit::Seconds, family.clone()));
        Durations(family)
    }

    /// Adds what does not change while the process lives.
    pub fn info<const N: usize>(&self, name: &str, help: &str, labels: Labels<N>) {
        self.register(name, help, Info::new(labels.to_vec()));
    }

    /// Adds the one current version of something, as a label with the value 1.
    pub fn version(&self, name: &str, help: &str) -> Version {
        let version = Version::default();
        self.register(name, help, version.0.clone());
        version
    }

    /// Adds what is counted of requests over HTTP.
    pub fn requests(&self) -> Requests {
        let answered = Family::default();
        self.register("http_requests", "Requests that were answered", answered.clone());
        let durations = Family::new_with_constructor(DurationBuckets);
        let help = "Time from the first line of a request to its answer";
        self.change(|registry| {
            registry.register_with_unit("http_request_duration", help, Unit::Seconds, durations.clone());
        });
        Requests { answered, durations }
    }

    /// Everything in the OpenMetrics text format.
    ///
    /// # Errors
    /// Where a metric cannot be written, which would be a defect.
    pub fn write(&self) -> Result<String, fmt::Error> {
        let mut text = String::new();
        // A registry is whole even after a panic: metrics are added to it one at a time.
        let registry = self.registry.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        prometheus_client::encoding::text::encode(&mut text, &registry)?;
        Ok(text)
    }

    fn register(&self, name: &str, help: &str, metric: impl Metric) {
        self.change(|registry| registry.register(name, help, metric));
    }

    fn change(&self, change: impl FnOnce(&mut Registry)) {
        change(&mut self.registry.write().unwrap_or_else(std::sync::PoisonError::into_inner));
    }
}

/// Counters that differ by their labels.
#[derive(Debug, Clone)]
pub struct Counters<const N: usize>(Family<Labels<N>, PlainCounter>);

impl<const N: usize> Default for Counters<N> {
    fn default() -> Self {
        Self(Family::default())
    }
}

impl<const N: usize> Counters<N> {
    /// Counts one more.
    pub fn count(&self, labels: Labels<N>) {
        self.add(labels, 1);
    }

    /// Counts so many more; with none, the series appears with the value it has.
    pub fn add(&self, labels: Labels<N>, number: u64) {
        self.0.get_or_create(&labels).inc_by(number);
    }
}

/// A value that goes up and down.
#[derive(Debug, Clone, Default)]
pub struct Gauge(PlainGauge);

impl Gauge {
    /// Sets the value.
    pub fn set(&self, value: i64) {
        self.0.set(value);
    }
}

/// Distributions of durations that differ by their labels.
#[derive(Debug, Clone)]
pub struct Durations<const N: usize>(Family<Labels<N>, PlainHistogram, DurationBuckets>);

impl<const N: usize> Durations<N> {
    /// Counts a duration.
    pub fn observe(&self, labels: Labels<N>, duration: Duration) {
        self.0.get_or_create(&labels).observe(duration.as_secs_f64());
    }
}

#[derive(Debug, Clone)]
struct DurationBuckets;

impl MetricConstructor<PlainHistogram> for DurationBuckets {
    fn new_metric(&self) -> PlainHistogram {
        PlainHistogram::new(DURATION_BOUNDS)
    }
}

/// The one current version of something.
#[derive(Debug, Clone, Default)]
pub struct Version(Family<[(&'static str, String); 1], PlainGauge>);

impl Version {
    /// Sets the version, in place of the one before.
    pub fn set(&self, version: &str) {
        self.0.clear();
        self.0.get_or_create(&[("version", version.to_owned())]).set(1);
    }
}

/// What is counted of requests over HTTP.
#[derive(Debug, Clone)]
pub struct Requests {
    answered: Family<RequestLabels, PlainCounter>,
    durations: Family<[(&'static str, String); 1], PlainHistogram, DurationBuckets>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RequestLabels {
    method: &'static str,
    route: String,
    status: u16,
}

impl Requests {
    /// Counts an answer. The route is the pattern in the table of routes, never the path, as paths hold ids.
    pub fn answered(&self, method: &'static str, route: &str, status: u16, duration: Duration) {
        self.answered.get_or_create(&RequestLabels { method, route: route.to_owned(), status }).inc();
        self.durations.get_or_create(&[("route", route.to_owned())]).observe(duration.as_secs_f64());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metrics_are_written_under_the_name_of_the_service() {
        let metrics = Metrics::default();
        let cards = metrics.counters("cds_cards", "Cards that were shown");
        cards.count([("rule", "CN-1")]);
        cards.add([("rule", "CN-1")], 2);
        metrics.gauge("store_up", "Whether the store works").set(1);
        let version = metrics.version("mapping_version", "The mapping in use");
        version.set("one");
        version.set("two");
        metrics.requests().answered("GET", "/livez", 200, Duration::from_millis(3));
        let text = metrics.write().unwrap();
        for line in [
            "spinemet_cds_cards_total{rule=\"CN-1\"} 3",
            "spinemet_store_up 1",
            "spinemet_mapping_version{version=\"two\"} 1",
            "spinemet_http_requests_total{method=\"GET\",route=\"/livez\",status=\"200\"} 1",
            "spinemet_http_request_duration_seconds_bucket{le=\"0.0025\",route=\"/livez\"} 0",
            "spinemet_http_request_duration_seconds_bucket{le=\"0.005\",route=\"/livez\"} 1",
            "spinemet_http_request_duration_seconds_count{route=\"/livez\"} 1",
            "# EOF",
        ] {
            assert!(text.lines().any(|found| found == line), "{line}\n{text}");
        }
        assert!(!text.contains("\"one\""), "{text}");
    }
}
