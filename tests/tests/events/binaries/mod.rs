//! The same events posted to the functions' own binaries, each behind a stand-in for Lambda's runtime API; at noon, on an embedded
//! database that holds the same people. Their answers are those of the handlers, but for what is drawn.

mod direct;
mod likeness;
mod machine;
mod memory;
mod requests;
