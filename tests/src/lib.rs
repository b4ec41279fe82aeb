//! The world that the tests act in: the whole service over HTTP on an embedded database, with a clock that stands until it is moved.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    clippy::panic,
    clippy::return_self_not_must_use,
    reason = "a test that cannot go on fails"
)]

pub mod attestation;
pub mod browser;
pub mod codes;
pub mod enrolling;
pub mod member;
pub mod metered;
pub mod numbers;
pub mod passkeys;
mod rules;
pub mod secrets;
mod signing_in;
pub mod world;

pub use browser::{Answer, Browser};
pub use member::{Member, MemberBuilder};
pub use metered::{Cost, End, Held, Metered, Trick};
pub use passkeys::SoftPasskey;
pub use world::World;

/// A password that the rules take.
pub const PASSWORD: &str = "violet harbor sings quietly";
