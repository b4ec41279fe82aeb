//! Facts about the deployed service. They need a deployment, which `make test-deployed` makes; by themselves they are left out.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

mod foreign;
mod logs;
mod phones;
mod releases;
mod rows;
mod story;
mod variables;
