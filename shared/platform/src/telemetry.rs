//! Logs as JSON lines and metrics as EMF lines, to one writer. No secret, no body, no path of a stranger's making.

mod capture;
mod lines;
mod metrics;

use std::io;

use tracing::Subscriber;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::JsonFields;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::{Layer as _, fmt, registry};

pub use capture::Captured;
pub use metrics::{Metric, metric};

/// Starts logging to standard output for a function; a second call changes nothing.
///
/// What the libraries under us say is kept from `WARN` up, and no variable can turn it up: at their loudest they print requests.
pub fn init(service: &'static str) {
    let filter = Targets::new()
        .with_default(LevelFilter::WARN)
        .with_target("countersign", LevelFilter::INFO)
        // It calls whatever a stranger sends wrong an error of its own, and prints it. We say what it came to.
        .with_target("webauthn_rs_core", LevelFilter::OFF)
        .with_target("webauthn_attestation_ca", LevelFilter::OFF)
        .with_target("crypto_glue", LevelFilter::OFF);
    let _ = tracing::subscriber::set_global_default(subscriber(io::stdout, filter));
    std::panic::set_hook(Box::new(move |panic| {
        // Where, not what: a panic's text may hold what was being worked on.
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(faas.name = service, code.location = place, "a panic at {place}");
    }));
}

fn subscriber<W>(writer: W, filter: Targets) -> impl Subscriber + Send + Sync
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let lines = fmt::layer()
        .fmt_fields(JsonFields::new())
        .event_format(lines::Lines::default())
        .with_writer(writer);
    registry().with(lines.with_filter(filter))
}
