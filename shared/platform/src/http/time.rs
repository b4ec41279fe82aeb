//! A point in time as the API writes it: RFC 3339, UTC.

use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// RFC 3339, UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = String, format = DateTime, example = "2026-11-24T17:00:00Z")]
pub struct Time(pub Timestamp);

impl From<Timestamp> for Time {
    fn from(at: Timestamp) -> Self {
        // Whole milliseconds are what a person or a program can use; more digits only differ between machines.
        Self(Timestamp::from_millisecond(at.as_millisecond()).unwrap_or(at))
    }
}
