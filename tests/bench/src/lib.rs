//! What `make bench` measures with, and the start-up tests: a stand-in for Lambda's runtime API, functions as processes, figures.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    reason = "a measurement that cannot go on ends"
)]

pub mod alone;
pub mod cost;
pub mod figures;
pub mod function;
pub mod members;
pub mod process;
pub mod runtime_api;
pub mod seat;
pub mod service;
pub mod start_up;
pub mod steps;
