//! `Fault`: what nobody wanted. The caller is told that it happened; only the log says what it was.

use std::error::Error;
use std::fmt::Write as _;

/// Something broke. It becomes `503` with `Retry-After` where trying again can help, else `500`, and is logged once, at the edge.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// A service that we stand on did not answer in time, or asked us to wait.
    #[error("{what} is unavailable")]
    Unavailable {
        /// Which service, for doing what: "directory: read account".
        what: &'static str,
        /// What it said.
        #[source]
        source: Box<dyn Error + Send + Sync>,
    },
    /// A stored row cannot be understood. Nothing is decided on it.
    #[error("damaged data in {table}, row {key}, attribute {attribute}")]
    Damaged {
        /// The table.
        table: &'static str,
        /// The row's key; never an attribute's value.
        key: String,
        /// The attribute.
        attribute: String,
    },
    /// A sealed value does not open in its place: moved, altered, or sealed by another key. No secret is ever skipped for it.
    #[error("a sealed value does not open as {context}")]
    Sealed {
        /// The place that it was opened for.
        context: String,
    },
    /// The key ring is missing, unreadable or not of a version that we know.
    #[error("keys: {0}")]
    Keys(&'static str),
    /// A message could not even be put together.
    #[error("delivery: {0}")]
    Delivery(&'static str),
    /// A defect of ours: a panic, or a state that the types could not rule out.
    #[error("defect: {0}")]
    Defect(&'static str),
}

impl Fault {
    /// A service that did not answer.
    pub fn unavailable(what: &'static str, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Unavailable {
            what,
            source: source.into(),
        }
    }

    /// A row that cannot be understood.
    pub fn damaged(table: &'static str, key: impl Into<String>, attribute: impl Into<String>) -> Self {
        Self::Damaged {
            table,
            key: key.into(),
            attribute: attribute.into(),
        }
    }

    /// Whether the same request may work in a moment. A value that does not open counts as such: the proof is refused, the alarm
    /// rings, and once the row or the key is restored the same request works.
    pub const fn may_pass(&self) -> bool {
        matches!(self, Self::Unavailable { .. } | Self::Sealed { .. } | Self::Keys(_))
    }

    /// Its kind in one word, as the `Failures` metric counts it.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Unavailable { .. } => "unavailable",
            Self::Damaged { .. } => "damaged",
            Self::Sealed { .. } => "sealed",
            Self::Keys(_) => "keys",
            Self::Delivery(_) => "delivery",
            Self::Defect(_) => "defect",
        }
    }

    /// The fault and its causes as one line for the log, by their messages only: a `Debug` text could carry a row's attributes.
    pub fn story(&self) -> String {
        let mut story = self.to_string();
        let mut cause = self.source();
        while let Some(next) = cause {
            let _ = write!(story, ": {next}");
            cause = next.source();
        }
        story
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_story_tells_the_causes_in_order() {
        let fault = Fault::unavailable("directory", std::io::Error::other("connection reset"));
        assert_eq!(fault.story(), "directory is unavailable: connection reset");
        assert!(fault.may_pass());
        assert!(!Fault::Defect("x").may_pass());
    }
}
