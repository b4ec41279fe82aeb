//! The few encodings that ids, codes and hashes are written in.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};

/// Bytes as base64url without padding (RFC 4648 §5).
pub fn base64url(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The bytes of a base64url text without padding, or `None` where it is none.
pub fn from_base64url(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

/// SHA-256, for things that are already unguessable (tokens of 128 bits and more).
pub fn sha256(bytes: impl AsRef<[u8]>) -> [u8; 32] {
    Sha256::digest(bytes.as_ref()).into()
}

/// HMAC-SHA-256 under the pepper, for things that can be guessed: a database read alone then does not help an attacker.
/// Each part goes in with its length, so parts cannot be shifted into each other.
#[expect(clippy::missing_panics_doc, reason = "it cannot: see inside")]
pub fn keyed_hash(pepper: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    #[expect(clippy::expect_used, reason = "HMAC takes a key of any length (RFC 2104 §2)")]
    let mut mac = Hmac::<Sha256>::new_from_slice(pepper).expect("any key length");
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_keyed_hash_cannot_be_shifted_into_each_other() {
        assert_ne!(keyed_hash(b"k", &[b"ab", b"c"]), keyed_hash(b"k", &[b"a", b"bc"]));
    }

    #[test]
    fn base64url_round_trips_and_refuses_padding() {
        assert_eq!(from_base64url(&base64url([1, 2, 3, 250])), Some(vec![1, 2, 3, 250]));
        assert_eq!(from_base64url("AQ=="), None);
    }
}
