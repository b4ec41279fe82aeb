//! The steps of a sign-in over HTTP, from a few connections that are kept alive: CPU time and requests a second of each.

use std::time::Instant;

use futures::future::join_all;
use serde::Serialize;

use crate::figures::{Table, quantile};
use crate::process::CpuTime;
use crate::seat::{Seat, Worker};
use crate::service::{STEP, Service};

/// Connections of browsers; phones have as many of their own.
const CONNECTIONS: usize = 4;
/// Members, so many for each connection.
const SEATS: usize = 12;
/// How often everybody goes through all steps, after once to warm up.
const ROUNDS: usize = 5;

/// One step of a sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// User name and password; the page then offers the choice.
    Password,
    /// A prompt goes out.
    Prompt,
    /// The page asks while the prompt waits.
    Poll,
    /// The phone fetches it.
    Fetch,
    /// The phone answers with the number.
    Answer,
    /// The page asks again and gets its session.
    Finish,
    /// User name and password again.
    Again,
    /// A code, and the session.
    Code,
    /// Whose session it is.
    Session,
    /// A page of activity.
    Activity,
}

/// In the order in which they are taken.
const STEPS: [(Step, &str); 10] = [
    (Step::Password, "password (Argon2id)"),
    (Step::Prompt, "start of a prompt"),
    (Step::Poll, "poll while waiting"),
    (Step::Fetch, "the phone fetches its prompt"),
    (Step::Answer, "the phone's answer"),
    (Step::Finish, "last poll: consume, session"),
    (Step::Again, "password, again"),
    (Step::Code, "code with session"),
    (Step::Session, "a request with a session"),
    (Step::Activity, "a page of activity"),
];

/// What was measured of one step.
#[derive(Debug, Default, Serialize)]
pub struct Measured {
    step: &'static str,
    requests: u32,
    requests_per_second: f64,
    /// Milliseconds of the process a request, the embedded database included.
    cpu_milliseconds: f64,
    /// Milliseconds that a caller waited: median, and what one in twenty exceeds.
    median: f64,
    slow: f64,
}

#[derive(Debug, Default, Clone)]
struct Sum {
    waits: Vec<f64>,
    seconds: f64,
    cpu: f64,
}

/// Takes all steps many times.
pub async fn measure() -> Vec<Measured> {
    let service = Service::start(CONNECTIONS * SEATS);
    let mut workers: Vec<Worker> = service
        .ready
        .members
        .chunks(SEATS)
        .map(|members| Worker::new(&service.ready.origin, members))
        .collect();
    let mut cpu = CpuTime::of(service.pid());
    let mut sums = vec![Sum::default(); STEPS.len()];
    for round in 0..=ROUNDS {
        for ((step, _), sum) in STEPS.iter().zip(&mut sums) {
            let (before, started) = (cpu.now(), Instant::now());
            let waits = join_all(workers.iter_mut().map(|worker| worker.take(*step))).await;
            let (seconds, used) = (started.elapsed().as_secs_f64(), cpu.now().saturating_sub(before));
            if round > 0 {
                sum.waits.extend(waits.concat());
                sum.seconds += seconds;
                #[expect(clippy::cast_precision_loss, reason = "nanoseconds of a few seconds")]
                let milliseconds = used as f64 / 1e6;
                sum.cpu += milliseconds;
            }
        }
        later(&mut workers, &service.ready.origin).await;
    }
    STEPS
        .iter()
        .zip(&sums)
        .map(|((_, name), sum)| told(name, sum))
        .collect()
}

/// Moves everybody's clock on, so that each generator has a new code.
async fn later(workers: &mut [Worker], origin: &str) {
    let moved = reqwest::Client::new()
        .post(format!("{origin}/bench/later"))
        .send()
        .await
        .unwrap();
    assert!(moved.status().is_success());
    for seat in workers.iter_mut().flat_map(|worker| &mut worker.seats) {
        Seat::later(seat, STEP);
    }
}

fn told(step: &'static str, sum: &Sum) -> Measured {
    let requests = u32::try_from(sum.waits.len()).unwrap_or(u32::MAX);
    Measured {
        step,
        requests,
        requests_per_second: f64::from(requests) / sum.seconds,
        cpu_milliseconds: sum.cpu / f64::from(requests),
        median: quantile(&sum.waits, 0.5),
        slow: quantile(&sum.waits, 0.95),
    }
}

/// As a table.
pub fn table(measured: &[Measured]) -> Table {
    let mut table = Table::of(&["step", "requests/s", "CPU, ms", "wait, ms", "95 %, ms"]);
    for one in measured {
        table.row(&[
            &one.step,
            &format!("{:.0}", one.requests_per_second),
            &format!("{:.2}", one.cpu_milliseconds),
            &format!("{:.1}", one.median),
            &format!("{:.1}", one.slow),
        ]);
    }
    table
}
