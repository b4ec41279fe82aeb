//! Byte strings of a fixed length that travel as base64url: message ids, challenges, hashes.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::encoding::{base64url, from_base64url};
use crate::entropy::{self, Entropy};

/// `jti` of a signed message: 16 random bytes (RFC 7519 §4.1.7).
pub type MessageId = Octets<16>;
/// What one installation of the app keeps for itself: 16 random bytes.
pub type InstallationId = Octets<16>;
/// What a prompt asks to be signed: 32 random bytes.
pub type Challenge = Octets<32>;
/// A SHA-256 hash (FIPS 180-4 §6.2).
pub type Digest = Octets<32>;

/// The text is not base64url of that many bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not base64url of the right length")]
pub struct InvalidOctets;

/// Exactly `N` bytes; in text base64url without padding and in canonical form only (RFC 4648 §5, §3.5), so that one value has one spelling.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Octets<const N: usize>([u8; N]);

impl<const N: usize> Octets<N> {
    /// Wraps bytes.
    pub const fn new(bytes: [u8; N]) -> Self {
        Self(bytes)
    }

    /// Draws new ones.
    pub fn draw(entropy: &dyn Entropy) -> Self {
        Self(entropy::bytes(entropy))
    }

    /// The bytes.
    pub const fn bytes(&self) -> &[u8; N] {
        &self.0
    }
}

impl<const N: usize> fmt::Display for Octets<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&base64url(self.0))
    }
}

impl<const N: usize> fmt::Debug for Octets<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<const N: usize> FromStr for Octets<N> {
    type Err = InvalidOctets;
    fn from_str(text: &str) -> Result<Self, InvalidOctets> {
        from_base64url(text)
            .and_then(|bytes| bytes.try_into().ok())
            .map(Self)
            .ok_or(InvalidOctets)
    }
}

impl<const N: usize> TryFrom<String> for Octets<N> {
    type Error = InvalidOctets;
    fn try_from(text: String) -> Result<Self, InvalidOctets> {
        text.parse()
    }
}

impl<const N: usize> From<Octets<N>> for String {
    fn from(octets: Octets<N>) -> Self {
        octets.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_canonical_spelling_of_the_right_length_is_read() {
        assert_eq!("AAAAAAAAAAAAAAAAAAAAAA".parse(), Ok(Octets::<16>::new([0; 16])));
        for text in [
            "",
            "AAAA",
            "AAAAAAAAAAAAAAAAAAAAAB",
            "AAAAAAAAAAAAAAAAAAAAAA==",
            "AAAAAAAAAAAAAAAAAAAAA+",
            "AAAAAAAAAAAAAAAAAAAAAAAA",
        ] {
            assert!(text.parse::<Octets<16>>().is_err(), "{text}");
        }
    }
}
