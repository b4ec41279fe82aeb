//! What Countersign knows: accounts, methods, challenges, sessions and activity as types and pure functions.
//!
//! Nothing here knows of AWS, HTTP, the clock or chance: time and entropy are arguments, what was read comes in, and what is to be
//! written and sent goes out.

pub mod accounts;
pub mod activity;
pub mod attempts;
pub mod changes;
pub mod delivery;
pub mod device;
pub mod encoding;
pub mod enrollment;
pub mod entropy;
pub mod ids;
pub mod invitations;
pub mod methods;
pub mod names;
pub mod notices;
pub mod passes;
pub mod passwords;
pub mod people;
pub mod phone_numbers;
pub mod place;
pub mod policy;
pub mod prompts;
pub mod qr;
pub mod readiness;
pub mod refusal;
pub mod removal;
pub mod secret;
pub mod sendings;
pub mod sessions;
pub mod sign_in;
pub mod strengths;
pub mod tokens;
