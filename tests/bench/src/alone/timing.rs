//! How long a computation takes, by the CPU time of the thread, and how long the primitive that it rests on.

use std::hint::black_box;
use std::time::{Duration, Instant};

use serde::Serialize;

use crate::figures::quantile;
use crate::process::cpu_time_of_this_thread;

/// How long each is repeated at a time, and how many times.
const BATCH: Duration = Duration::from_millis(40);
const BATCHES: usize = 50;

/// What was measured of one computation.
#[derive(Debug, Serialize)]
pub struct Measured {
    pub(super) computation: &'static str,
    /// CPU time, median over the batches.
    pub(super) nanoseconds: f64,
    /// What it rests on, where that was measured beside it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) bare: Option<Bare>,
}

/// What was measured of a primitive.
#[derive(Debug, Serialize)]
pub struct Bare {
    pub(super) primitive: &'static str,
    /// CPU time, median over the batches.
    pub(super) nanoseconds: f64,
}

impl Measured {
    /// How many times as long as its primitive it takes.
    pub(super) fn ratio(&self) -> Option<f64> {
        self.bare.as_ref().map(|bare| self.nanoseconds / bare.nanoseconds)
    }
}

/// A computation without a primitive beside it.
pub(super) fn by_itself<T>(computation: &'static str, mut compute: impl FnMut() -> T) -> Measured {
    let mut compute = Repeated::of(&mut compute);
    let times: Vec<f64> = (0..BATCHES).map(|_| compute.batch()).collect();
    Measured {
        computation,
        nanoseconds: quantile(&times, 0.5),
        bare: None,
    }
}

/// A computation and the primitive that it rests on, batch by batch in turns: what slows the machine down slows both.
pub(super) fn beside<T, U>(
    computation: &'static str,
    mut compute: impl FnMut() -> T,
    primitive: &'static str,
    mut bare: impl FnMut() -> U,
) -> Measured {
    let (mut compute, mut bare) = (Repeated::of(&mut compute), Repeated::of(&mut bare));
    let (times, bare_times): (Vec<f64>, Vec<f64>) = (0..BATCHES).map(|_| (compute.batch(), bare.batch())).unzip();
    Measured {
        computation,
        nanoseconds: quantile(&times, 0.5),
        bare: Some(Bare {
            primitive,
            nanoseconds: quantile(&bare_times, 0.5),
        }),
    }
}

/// A computation, and how often it fits into a batch.
struct Repeated<'a, F> {
    compute: &'a mut F,
    times: u32,
}

impl<'a, T, F: FnMut() -> T> Repeated<'a, F> {
    /// Warms up for a batch, counting. Later batches look at no clock in between, which would take as long as the shortest computations.
    fn of(compute: &'a mut F) -> Self {
        let (started, mut times) = (Instant::now(), 0);
        while started.elapsed() < BATCH {
            black_box(compute());
            times += 1;
        }
        Self { compute, times }
    }

    /// Nanoseconds for each.
    fn batch(&mut self) -> f64 {
        let before = cpu_time_of_this_thread();
        for _ in 0..self.times {
            black_box((self.compute)());
        }
        let spent = cpu_time_of_this_thread().saturating_sub(before);
        spent.as_secs_f64() * 1e9 / f64::from(self.times)
    }
}
