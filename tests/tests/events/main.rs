//! The sample events of `events/`, sent through the functions' real handlers; and what has to be complete.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails"
)]

mod answers;
mod binaries;
mod cast;
mod catalogue;
mod complete;
mod director;
mod files;
mod gateway;
mod handed;
mod handler;
mod phone;
mod recorded;
mod scenes;
mod stage;
mod under_way;
mod written;
