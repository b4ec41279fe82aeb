//! A code generator that shares nothing with the service's: the codes of a seed by RFC 6238, through `totp-rs` with its defaults.

use jiff::Timestamp;
use totp_rs::{Algorithm, Builder};

/// The code of a seed at a time: SHA-1, 6 digits, 30 s.
pub fn code(seed: &[u8], at: Timestamp) -> String {
    let totp = Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        .with_step_duration(30)
        .with_secret(seed.to_vec());
    totp.build_noncompliant()
        .generate(at.as_second().unsigned_abs())
        .to_string()
}

/// A code that is not right at this time, nor a step before or after.
pub fn wrong_code(seed: &[u8], at: Timestamp, n: u32) -> String {
    let right: Vec<String> = [-30, 0, 30]
        .map(|shift| code(seed, at + jiff::SignedDuration::from_secs(shift)))
        .to_vec();
    (0..9)
        .map(|k| format!("{:06}", (n * 7 + k * 131) % 1_000_000))
        .find(|guess| !right.contains(guess))
        .unwrap()
}
