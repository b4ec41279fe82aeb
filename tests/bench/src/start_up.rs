//! From exec to the first poll of the runtime API, the memory then, and the size of what is uploaded; against a hello.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use serde::Serialize;

use crate::figures::{Table, quantile};
use crate::function::{FUNCTIONS, Function, SETTINGS, Trap, binary};
use crate::process::resident_kb;
use crate::runtime_api::RuntimeApi;

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
    let mut figures: Vec<(Vec<f64>, Vec<f64>)> = vec![Default::default(); names.len()];
    // The first round only brings the binaries into memory.
    for round in 0..=TIMES {
        for (name, (times, memory)) in names.iter().zip(&mut figures) {
            let (milliseconds, kilobytes) = once(&binary(beside, name), &trap);
            if round > 0 {
                times.push(milliseconds);
                memory.push(kilobytes);
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
        .map(|(name, (times, memory))| told(beside, &name, &times, &memory))
        .collect()
}

fn once(binary: &Path, trap: &Trap) -> (f64, f64) {
    let api = RuntimeApi::start();
    let mut function = Function::start(binary, &api, trap, &SETTINGS);
    let Some(polled) = api.first_poll(|| function.gone()) else {
        panic!("{} asked for nothing and said: {}", binary.display(), function.said());
    };
    let milliseconds = polled.duration_since(function.started).as_secs_f64() * 1e3;
    #[expect(clippy::cast_precision_loss, reason = "kilobytes")]
    let resident = resident_kb(function.pid()) as f64;
    (milliseconds, resident)
}

fn told(beside: &Path, name: &str, times: &[f64], memory: &[f64]) -> StartUp {
    let path = binary(beside, name);
    StartUp {
        function: name.trim_start_matches("countersign-").to_owned(),
        milliseconds: quantile(times, 0.5),
        fastest: quantile(times, 0.0),
        slowest: quantile(times, 1.0),
        resident_kb: quantile(memory, 0.5),
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
            &format!("{:.1}", one.resident_kb / 1e3),
            &format!("{bytes:.2}"),
            &format!("{zipped:.2}"),
        ]);
    }
    table
}
