//! Facts about the device protocol's client, its simulator and the published vectors.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test ends where something is not as it should be"
)]

mod client;
mod simulator;
mod stub;
mod vectors;
