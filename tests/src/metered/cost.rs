//! What a flow costs the database: units as it reports them, and how many requests had to wait for one another.

use std::fmt;
use std::time::Instant;

use axum::http::StatusCode;
use serde_json::Value;

/// What a flow costs. Units are what the database reports; a write whose condition does not hold is billed like one whose does.
#[derive(Clone, Copy, PartialEq)]
pub struct Cost {
    /// Write units (W).
    pub writes: f64,
    /// Read units (R); halves are reads that need not be consistent.
    pub reads: f64,
    /// Requests of which each had to wait for the one before.
    pub trips: usize,
}

impl Cost {
    /// So many write units, read units and trips.
    pub const fn of(writes: f64, reads: f64, trips: usize) -> Self {
        Self { writes, reads, trips }
    }

    /// Of these requests together.
    pub(super) fn sum(asked: &[Asked]) -> Self {
        let units = |reads| {
            asked
                .iter()
                .filter(|one| one.reads() == reads)
                .fold(0.0, |sum, one| sum + one.units)
        };
        Self::of(units(false), units(true), trips(asked))
    }
}

impl fmt::Debug for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} W, {} R, {} trips", self.writes, self.reads, self.trips)
    }
}

/// One request as it went.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) operation: String,
    pub(super) began: Instant,
    pub(super) ended: Instant,
    pub(super) units: f64,
}

impl Asked {
    fn reads(&self) -> bool {
        ["GetItem", "Query", "BatchGetItem", "TransactGetItems"].contains(&self.operation.as_str())
    }
}

/// The longest chain of requests of which each began after the one before had ended.
fn trips(asked: &[Asked]) -> usize {
    let mut by_end: Vec<_> = asked.iter().collect();
    by_end.sort_by_key(|one| one.ended);
    let (mut trips, mut free) = (0, None);
    for one in by_end {
        if free.is_none_or(|free| one.began >= free) {
            (trips, free) = (trips + 1, Some(one.ended));
        }
    }
    trips
}

/// The units that an answer reports: one object, or one for each table.
pub(super) fn units(operation: &str, asked: &Value, status: StatusCode, answer: &Value) -> f64 {
    let one = |consumed: &Value| consumed["CapacityUnits"].as_f64().unwrap_or_default();
    match &answer["ConsumedCapacity"] {
        Value::Array(tables) => tables.iter().map(one).sum(),
        Value::Object(_) => one(&answer["ConsumedCapacity"]),
        _ => {
            assert!(!status.is_success(), "{operation} reports no units");
            asked["TransactItems"]
                .as_array()
                .map_or(1.0, |items| items.iter().map(|_| 2.0).sum())
        }
    }
}
