//! What the largest job takes of a function's memory: a file of ten thousand hardware tokens, in pieces as the page sends them.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::binaries::machine::{Machine, Running};
use crate::gateway;
use crate::written;

/// What a file may have at most, and a piece of it.
const ROWS: usize = 10_000;
const PIECE: usize = 250;
/// In kB, the binary's own pages included; those of a development build too, which are several times those of a deployed one.
const MOST: u64 = 64_000;

/// Posts a piece, in the place of the one in the sample.
fn import(function: &Running, first: usize) -> Value {
    let mut csv = "upn,serial number,secret key,time interval,manufacturer,model\r\n".to_owned();
    for number in first..first + PIECE {
        write!(
            csv,
            ",FT-{number:05},GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ,30,Feitian,c200\r\n"
        )
        .unwrap();
    }
    let body = json!({ "csv": csv, "first_line": first + 2 }).to_string();
    let mut event: Value = serde_json::from_str(&written::read("events/tokens-import.json")).unwrap();
    event["headers"]["content-length"] = json!(body.len().to_string());
    event["body"] = json!(body);
    let answer = function.invoke(&gateway::id("import", 16), &event.to_string()).unwrap();
    assert_eq!(answer["statusCode"], 200, "{answer}");
    serde_json::from_str(answer["body"].as_str().unwrap()).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_tokens_are_imported_within_64_mb() {
    let machine = Machine::start().await;
    let function = machine.function("administration", &[]);
    let mut after = Vec::new();
    for first in (0..ROWS).step_by(PIECE) {
        let done = import(&function, first);
        assert_eq!(
            (&done["imported"], &done["flaws"]),
            (&json!(PIECE), &json!([])),
            "from row {first}: {done}"
        );
        after.push(function.peak_kb());
    }
    let (early, peak) = (after[1], after[after.len() - 1]);
    assert!(early > 0 && peak < MOST, "{peak} kB");
    // What is done leaves nothing behind: thirty-eight more pieces need what two did.
    assert!(
        peak - early < MOST / 16,
        "{early} kB after two pieces, {peak} kB at the end"
    );
}
