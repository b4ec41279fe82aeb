//! Facts of the whole service, over HTTP. One program, so that it is linked once.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod addresses;
mod answers;
mod codes;
mod passwords;
mod prompts;
mod sameness;
mod steps;
mod story;
mod strikes;
mod support;
