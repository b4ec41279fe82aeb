//! Passwords: what is acceptable, how one is kept, and how one is compared.

mod guesses;
mod hash;
mod rules;

pub use guesses::{Bucket, Guesses, counter_key, pass_counter_key};
pub(crate) use hash::stretched;
pub use hash::{Kept, equalize, keep, verify};
pub use rules::{Acceptable, Assessment, assess};

use unicode_normalization::UnicodeNormalization as _;

use crate::secret::Secret;

/// A password as typed, in NFC, so that two keyboards give one password (NIST SP 800-63B-4 §3.1.1.2). Never truncated.
pub fn normalized(typed: &Secret<String>) -> Secret<String> {
    Secret::new(typed.expose().nfc().collect())
}
