//! From exec to the first poll of the runtime API and to the first answer, the memory then, and the size of what is uploaded; against a hello.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use serde::Serialize;

use crate::figures::{Table, quantile};
use crate::function::{FUNCTIONS, Function, SETTINGS, Trap, binary};
use crate::process::resident_kb;
use crate::runtime_api::RuntimeApi;

/// A request to a path that no function has: it is answered without any data, by the edge.
const NOWHERE: &str = include_str!("../../../events/pages-show-unknown-interface.json");

/// How often each is started.
const TIMES: usize = 20;

/// What was measured of one function.
#[derive(Debug, Serialize)]
pub struct StartUp {
    function: String,
    /// Milliseconds from exec to the first poll: median, the fastest, the slowest.
    milliseconds: f64,
    fastest: f64,
    slowest: f64,
    /// Resident memory at that moment, the binary's own pages included; median.
    resident_kb: f64,
    /// Milliseconds from exec to the first answer, to a request that needs no data; median.
    answered: f64,
    /// The binary.
    bytes: u64,
    /// The same, deflated as in a package.
    zipped_bytes: usize,
}

/// Measures all functions and hello, in turns, so that what else the machine does hits all alike.
pub fn measure(beside: &Path) -> Vec<StartUp> {
    let names: Vec<String> = std::iter::once("hello".to_owned())
        .chain(FUNCTIONS.iter().map(|name| format!("countersign-{name}")))
        .collect();
    let trap = Trap::set();
    let mut figures: Vec<[Vec<f64>; 3]> = vec![Default::default(); names.len()];
    // The first round only brings the binaries into memory.
    for round in 0..=TIMES {
        for (name, sums) in names.iter().zip(&mut figures) {
            let measured = once(&binary(beside, name), &trap);
            if round > 0 {
                sums.iter_mut().zip(measured).for_each(|(sum, one)| sum.push(one));
            }
        }
    }
    assert_eq!(
        trap.calls(),
        0,
        "a function called another service before it was asked to"
    );
    names
        .into_iter()
        .zip(figures)
        .map(|(name, [times, answers, memory])| told(beside, &name, &times, &answers, &memory))
        .collect()
}

/// Milliseconds to the first poll and to the first answer, and kilobytes.
fn once(binary: &Path, trap: &Trap) -> [f64; 3] {
    let api = RuntimeApi::start();
    let mut function = Function::start(binary, &api, trap, &SETTINGS);
    let Some(polled) = api.first_poll(|| function.gone()) else {
        panic!("{} asked for nothing and said: {}", binary.display(), function.said());
    };
    let since = |at: Instant| at.duration_since(function.started).as_secs_f64() * 1e3;
    let first = since(polled);
    #[expect(clippy::cast_precision_loss, reason = "kilobytes")]
    let resident = resident_kb(function.pid()) as f64;
    let asked = Instant::now();
    let answer = api.invoke("first", NOWHERE, || false);
    assert!(matches!(answer, Some(Ok(_))), "{}: {answer:?}", binary.display());
    // Without the time that this program took between the two.
    let answered = first + asked.elapsed().as_secs_f64() * 1e3;
    [first, answered, resident]
}

fn told(beside: &Path, name: &str, times: &[f64], answers: &[f64], memory: &[f64]) -> StartUp {
    let path = binary(beside, name);
    StartUp {
        function: name.trim_start_matches("countersign-").to_owned(),
        milliseconds: quantile(times, 0.5),
        fastest: quantile(times, 0.0),
        slowest: quantile(times, 1.0),
        resident_kb: quantile(memory, 0.5),
        answered: quantile(answers, 0.5),
        bytes: fs::metadata(&path).unwrap().len(),
        zipped_bytes: zipped(&path),
    }
}

/// The size as deflated by gzip, which a zip file of one entry exceeds by some hundred bytes.
fn zipped(path: &Path) -> usize {
    let output = Command::new("gzip")
        .args(["-9", "-c"])
        .arg(path)
        .stderr(Stdio::inherit())
        .output();
    output.map_or(0, |output| output.stdout.len())
}

/// As a table.
pub fn table(measured: &[StartUp]) -> Table {
    let mut table = Table::of(&[
        "function",
        "first poll, ms",
        "fastest",
        "slowest",
        "first answer, ms",
        "memory, MB",
        "binary, MB",
        "zipped, MB",
    ]);
    for one in measured {
        #[expect(clippy::cast_precision_loss, reason = "megabytes with two places")]
        let (bytes, zipped) = (one.bytes as f64 / 1e6, one.zipped_bytes as f64 / 1e6);
        table.row(&[
            &one.function,
            &format!("{:.1}", one.milliseconds),
            &format!("{:.1}", one.fastest),
            &format!("{:.1}", one.slowest),
            &format!("{:.1}", one.answered),
            &format!("{:.1}", one.resident_kb / 1e3),
            &format!("{bytes:.2}"),
            &format!("{zipped:.2}"),
        ]);
    }
    table
}
