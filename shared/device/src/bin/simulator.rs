//! The phone simulator: `cargo run -p countersign-device -- pair <CODE>`, then `approve <NUMBER>`; `--help` says the rest.

use std::process::ExitCode;

use clap::Parser as _;
use countersign_device::simulator::{Arguments, run};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(complaint) => {
            eprintln!("{}", complaint.report());
            ExitCode::FAILURE
        }
    }
}
