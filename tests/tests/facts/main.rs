//! Facts of the whole service, over HTTP. One program, so that it is linked once.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod activity;
mod addresses;
mod channels;
mod answers;
mod codes;
mod foreign;
mod freshness;
mod links;
mod openapi;
mod pairing;
mod passwords;
mod people;
mod prompts;
mod proofs;
mod registering;
mod removal;
mod sameness;
mod sealed;
mod sessions;
mod steps;
mod story;
mod strikes;
mod support;
