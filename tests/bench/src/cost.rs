//! What a million sign-ins cost in the cloud: the counted requests of docs/architecture.md, the measured CPU time, and a price list.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::figures::Table;

/// The document with the table of budgets, which tests hold to what each flow really asks.
const ARCHITECTURE: &str = include_str!("../../../docs/architecture.md");

/// Dollars: us-east-1, on demand, arm64, no free tier, November 2026.
mod price {
    pub(super) const WRITE_UNITS: f64 = 0.625; // a million, DynamoDB
    pub(super) const READ_UNITS: f64 = 0.125; // a million
    pub(super) const API: f64 = 1.0; // a million requests, HTTP API
    pub(super) const INVOCATIONS: f64 = 0.2; // a million, Lambda
    pub(super) const GIGABYTE_SECONDS: f64 = 13.333_4; // a million, Lambda
    pub(super) const LOGS: f64 = 0.5; // a gigabyte
    pub(super) const TRACES: f64 = 5.0; // a million
}

/// Kilobytes that a request leaves in the logs: our line, the platform's and the API's.
const LOGGED: f64 = 1.1;
/// One request in so many is traced.
const TRACED: f64 = 20.0;
/// Milliseconds of a request to the database from a function, at the usual time.
const TRIP: f64 = 5.0;
/// Megabytes of memory with which a function has one whole processor.
const PROCESSOR: f64 = 1_769.0;

/// Requests of one kind within a sign-in.
struct Part {
    /// Its row in the table of budgets; none where it asks the database nothing.
    row: Option<&'static str>,
    /// What was measured of it, by the names of the steps.
    steps: &'static [&'static str],
    /// Megabytes of the function that serves it (infra/template.yaml).
    memory: f64,
    /// How many of them.
    times: f64,
}

const fn part(row: &'static str, steps: &'static [&'static str], memory: f64, times: f64) -> Part {
    Part {
        row: Some(row),
        steps,
        memory,
        times,
    }
}

/// What comes with each: the pages, of which four are the web app's own files.
const PAGES: [Part; 2] = [
    part("a request with a session", &["a request with a session"], 256.0, 5.0),
    Part {
        row: None,
        steps: &["a request with a session"],
        memory: 256.0,
        times: 4.0,
    },
];

const BY_NUMBER: [Part; 5] = [
    part(
        "the password and the start of a prompt",
        &["password (Argon2id)", "start of a prompt"],
        1_024.0,
        1.0,
    ),
    part("poll while waiting", &["poll while waiting"], 1_024.0, 7.0),
    part(
        "the phone fetches its prompt for the first time",
        &["the phone fetches its prompt"],
        512.0,
        1.0,
    ),
    part(
        "the phone's answer, the first in an hour",
        &["the phone's answer"],
        512.0,
        1.0,
    ),
    part(
        "last poll: consume, session, record, check",
        &["last poll: consume, session"],
        1_024.0,
        1.0,
    ),
];

const BY_CODE: [Part; 2] = [
    part(
        "the password and the start of a prompt",
        &["password (Argon2id)", "start of a prompt"],
        1_024.0,
        1.0,
    ),
    part(
        "code, where a phone could have been asked too",
        &["code with session"],
        1_024.0,
        1.0,
    ),
];

/// What is read back of `steps.json`.
#[derive(Debug, Deserialize)]
pub struct Step {
    step: String,
    cpu_milliseconds: f64,
}

/// Write units, read units and trips of a row.
type Budget = (f64, f64, f64);

/// What a million sign-ins of one kind cost, in dollars and by what.
#[derive(Debug, Serialize)]
pub struct Cost {
    sign_in: &'static str,
    requests: f64,
    write_units: f64,
    read_units: f64,
    gigabyte_seconds: f64,
    api: f64,
    lambda: f64,
    database: f64,
    logs_and_traces: f64,
    dollars: f64,
}

/// Of both kinds.
///
/// # Errors
/// Where a step was not measured, or the document has no such row.
pub fn model(steps: &[Step]) -> Result<Vec<Cost>, String> {
    let (cpu, budgets) = (
        steps
            .iter()
            .map(|one| (one.step.as_str(), one.cpu_milliseconds))
            .collect(),
        budgets(),
    );
    [
        ("by number, eight polls", BY_NUMBER.as_slice()),
        ("by code", BY_CODE.as_slice()),
    ]
    .into_iter()
    .map(|(name, parts)| cost(name, parts, &cpu, &budgets))
    .collect()
}

fn cost(
    sign_in: &'static str,
    parts: &[Part],
    cpu: &BTreeMap<&str, f64>,
    budgets: &BTreeMap<&str, Budget>,
) -> Result<Cost, String> {
    let (mut requests, mut write_units, mut read_units, mut gigabyte_seconds) = (0.0, 0.0, 0.0, 0.0);
    for part in parts.iter().chain(&PAGES) {
        let (writes, reads, trips) = match part.row {
            Some(row) => *budgets
                .get(row)
                .ok_or_else(|| format!("docs/architecture.md has no row “{row}”"))?,
            None => (0.0, 0.0, 0.0),
        };
        let mut milliseconds = trips * TRIP;
        for step in part.steps {
            let measured = cpu.get(step).ok_or_else(|| format!("“{step}” was not measured"))?;
            milliseconds += measured * (PROCESSOR / part.memory).max(1.0);
        }
        requests += part.times;
        write_units += writes * part.times;
        read_units += reads * part.times;
        gigabyte_seconds += milliseconds / 1e3 * part.memory / 1_024.0 * part.times;
    }
    let (api, lambda) = (
        requests * price::API,
        requests * price::INVOCATIONS + gigabyte_seconds * price::GIGABYTE_SECONDS,
    );
    let database = write_units * price::WRITE_UNITS + read_units * price::READ_UNITS;
    let logs_and_traces = requests * LOGGED * price::LOGS + requests / TRACED * price::TRACES;
    Ok(Cost {
        sign_in,
        requests,
        write_units,
        read_units,
        gigabyte_seconds,
        api,
        lambda,
        database,
        logs_and_traces,
        dollars: api + lambda + database + logs_and_traces,
    })
}

/// The rows of the table of budgets.
fn budgets() -> BTreeMap<&'static str, Budget> {
    let section = ARCHITECTURE.split("## Budgets").nth(1).unwrap_or_default();
    let section = section.split("\n## ").next().unwrap_or_default();
    let rows = section.lines().filter_map(|line| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [_, flow, writes, reads, trips, ..] = cells.as_slice() else {
            return None;
        };
        Some((*flow, (units(writes)?, units(reads)?, units(trips)?)))
    });
    rows.collect()
}

/// `3`, `½`, `3½`.
fn units(text: &str) -> Option<f64> {
    match text.strip_suffix('½') {
        Some("") => Some(0.5),
        Some(whole) => whole.parse::<f64>().ok().map(|whole| whole + 0.5),
        None => text.parse().ok(),
    }
}

/// As a table.
pub fn table(model: &[Cost]) -> Table {
    let mut table = Table::of(&[
        "a million sign-ins",
        "requests",
        "W",
        "R",
        "GB-s",
        "API, $",
        "Lambda, $",
        "database, $",
        "logs, traces, $",
        "together, $",
    ]);
    for one in model {
        table.row(&[
            &one.sign_in,
            &one.requests,
            &one.write_units,
            &one.read_units,
            &format!("{:.3}", one.gigabyte_seconds),
            &format!("{:.2}", one.api),
            &format!("{:.2}", one.lambda),
            &format!("{:.2}", one.database),
            &format!("{:.2}", one.logs_and_traces),
            &format!("{:.0}", one.dollars),
        ]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(milliseconds: f64) -> Vec<Step> {
        let names = BY_NUMBER
            .iter()
            .chain(&BY_CODE)
            .chain(&PAGES)
            .flat_map(|part| part.steps);
        names
            .map(|name| Step {
                step: (*name).to_owned(),
                cpu_milliseconds: milliseconds,
            })
            .collect()
    }

    #[test]
    fn a_million_sign_ins_by_number_cost_what_pen_and_paper_say() {
        let model = model(&measured(0.0)).unwrap();
        let one = &model[0];
        // 11 requests of the sign-in, 9 of pages; the units of its rows, and one read for each of five pages.
        assert!((one.requests - 20.0).abs() < 1e-9);
        assert!((one.write_units - (3.0 + 2.0 + 2.0 + 3.0)).abs() < 1e-9, "{one:?}");
        assert!(
            (one.read_units - (4.5 + 7.0 * 0.5 + 1.5 + 1.0 + 2.5 + 5.0)).abs() < 1e-9,
            "{one:?}"
        );
        // Without CPU time only the waits are left: (5 + 7 + 4) trips with 1 GB, (3 + 2) with half, 5 with a quarter.
        let waits = 0.005 * (16.0 + 5.0 * 0.5 + 5.0 * 0.25);
        assert!((one.gigabyte_seconds - waits).abs() < 1e-9, "{one:?}");
        let dollars = 20.0 + 20.0 * 0.2 + waits * 13.333_4 + 10.0 * 0.625 + 18.0 * 0.125 + 20.0 * 0.55 + 5.0;
        assert!((one.dollars - dollars).abs() < 1e-6, "{one:?}");
    }

    #[test]
    fn a_function_with_a_share_of_a_processor_takes_longer_and_costs_the_same() {
        let of = |milliseconds| model(&measured(milliseconds)).unwrap()[1].gigabyte_seconds;
        // Each millisecond of a whole processor is 1,769 MB for a millisecond, whatever the function has: three steps and nine pages.
        let more = of(1.0) - of(0.0);
        assert!((more - 12.0 * 1.769 / 1_024.0).abs() < 1e-9, "{more}");
    }

    #[test]
    fn what_was_not_measured_is_said() {
        assert!(model(&[]).unwrap_err().contains("was not measured"));
    }
}
