//! Races, request budgets and faults of the whole service, over HTTP. A second program beside the facts, since its tests take the whole
//! machine for themselves.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails"
)]

mod budgets;
mod codes;
mod disabling;
mod dying;
mod endings;
mod faults;
mod finishing;
mod gaps;
mod hardware_tokens;
mod links;
mod methods;
mod old_reads;
mod passes;
mod passkeys;
mod passwords;
mod phones;
mod policy;
mod prompts;
mod race;
mod recovery_codes;
mod scale;
mod sent_codes;
mod sizes;
