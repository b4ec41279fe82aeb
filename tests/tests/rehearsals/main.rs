//! The rehearsal against the real verification, in process: a version that works passes, and each way of not working fails the deployment.
//! Whatever happened, the account is left disabled and without sessions.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails"
)]

mod account;
mod stage;
mod verdicts;
mod version;
