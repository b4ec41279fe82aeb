//! How an event becomes a line: JSON for the log, and metrics as the text they already are.

use std::fmt;

use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::fmt::format::{Format, FormatEvent, FormatFields, Json, Writer, format};
use tracing_subscriber::fmt::{FmtContext, time::SystemTime};
use tracing_subscriber::registry::LookupSpan;

/// The target of events that are metrics.
pub(super) const METRIC: &str = "countersign::metric";

/// The one line format.
pub(super) struct Lines(Format<Json, SystemTime>);

impl Default for Lines {
    fn default() -> Self {
        Self(
            format()
                .json()
                .flatten_event(true)
                .with_current_span(true)
                .with_span_list(false),
        )
    }
}

impl<S, N> FormatEvent<S, N> for Lines
where
    S: Subscriber + for<'l> LookupSpan<'l>,
    N: for<'w> FormatFields<'w> + 'static,
{
    fn format_event(&self, context: &FmtContext<'_, S, N>, mut writer: Writer<'_>, event: &Event<'_>) -> fmt::Result {
        if event.metadata().target() != METRIC {
            return self.0.format_event(context, writer, event);
        }
        let mut emf = Emf(String::new());
        event.record(&mut emf);
        writeln!(writer, "{}", emf.0)
    }
}

struct Emf(String);

impl Visit for Emf {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "emf" {
            value.clone_into(&mut self.0);
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn fmt::Debug) {}
}
