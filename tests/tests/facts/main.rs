//! Facts of the whole service, over HTTP. One program, so that it is linked once.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]
#![expect(clippy::too_many_lines, reason = "a story is told in one piece")]

mod activity;
mod adding_numbers;
mod addresses;
mod answers;
mod binding;
mod channels;
mod codes;
mod deliveries;
mod devices;
mod expiry;
mod factors;
mod faults;
mod foreign;
mod freshness;
mod hand_over;
mod hardware_tokens;
mod headers;
mod keys;
mod links;
mod methods;
mod notices;
mod openapi;
mod operator;
mod origins;
mod pairing;
mod passes;
mod passkeys;
mod passwordless;
mod passwords;
mod people;
mod places;
mod policy;
mod probation;
mod prompts;
mod proofs;
mod readiness;
mod recovery_codes;
mod registering;
mod removal;
mod routes;
mod sameness;
mod sealed;
mod secrets;
mod sent_codes;
mod sessions;
mod steps;
mod story;
mod strengths;
mod strikes;
mod support;
mod suspending;
mod tokens;
mod verdicts;
