//! Secrets that are drawn, shown once and looked up when they come back: recovery codes and passes (NIST SP 800-63B-4 §3.1.2).
//!
//! They have fewer than 112 bits, so they are kept by a salted password hash under a key held apart, never by a plain one (§3.1.2.2).

use serde::{Deserialize, Serialize};

use crate::encoding::{base64url, from_base64url};
use crate::entropy::{self, Entropy};
use crate::passwords::stretched;
use crate::secret::Secret;

/// Digits and capital letters without those that look alike: 32 of them, 5 bits each.
pub(crate) const ALPHABET: &[u8] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
/// Nobody types more than this, separators included.
const TYPED_LIMIT: usize = 128;

/// Sixteen bytes of chance that go into each hash of one binding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Salt(String);

impl Salt {
    pub(crate) fn draw(entropy: &dyn Entropy) -> Self {
        Self(base64url(entropy::bytes::<16>(entropy)))
    }

    /// What is hashed with where there is nothing to compare with, so that time tells nothing.
    pub fn none() -> Self {
        Self(base64url(b"no such binding."))
    }
}

/// A hash as it is kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct KeptSecret(Secret<String>);

impl KeptSecret {
    pub(crate) fn of(pepper: &[u8], salt: &Salt, canonical: &Secret<String>) -> Option<Self> {
        let salt = from_base64url(&salt.0)?;
        let hash = stretched(pepper, &salt, canonical)?;
        Some(Self(Secret::new(base64url(hash.expose()))))
    }
}

/// A typed secret, hashed. One answer costs one hash, however often it is compared again and whatever it is compared with.
#[derive(Debug, Clone)]
pub struct LookedUp {
    salt: Salt,
    canonical: Secret<String>,
    hash: KeptSecret,
}

impl LookedUp {
    /// Hashes what was typed; `None` only if the machine is out of memory.
    pub fn new(pepper: &[u8], salt: &Salt, typed: &Secret<String>) -> Option<Self> {
        let canonical = canonical(typed);
        let hash = KeptSecret::of(pepper, salt, &canonical)?;
        Some(Self {
            salt: salt.clone(),
            canonical,
            hash,
        })
    }

    /// Whether it was hashed for what is kept under that salt.
    pub fn is_for(&self, salt: &Salt) -> bool {
        self.salt == *salt
    }

    /// The first character: which of several it is.
    pub(crate) fn first(&self) -> Option<u8> {
        self.canonical.expose().bytes().next()
    }

    /// Compares in a time that does not depend on where the two differ.
    pub(crate) fn matches(&self, salt: &Salt, kept: &KeptSecret) -> bool {
        self.is_for(salt) && self.hash.0.matches(kept.0.expose())
    }
}

/// As it is hashed and compared: case, dashes and spaces do not matter.
pub(crate) fn canonical(typed: &Secret<String>) -> Secret<String> {
    if typed.expose().len() > TYPED_LIMIT {
        return Secret::new(String::new());
    }
    Secret::new(
        typed
            .expose()
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .map(|c| c.to_ascii_uppercase())
            .collect(),
    )
}

/// In groups of four.
pub(crate) fn grouped(canonical: &str) -> String {
    let characters: Vec<char> = canonical.chars().collect();
    let groups: Vec<String> = characters.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::Seeded;

    fn secret(text: &str) -> Secret<String> {
        Secret::new(text.to_owned())
    }

    #[test]
    fn case_dashes_and_spaces_do_not_matter_and_what_is_too_long_is_nothing() {
        for typed in ["7K3MQ9XW", "7k3m-q9xw", " 7k3m q9xw\t", "7-K-3-M-Q-9-X-W"] {
            assert_eq!(canonical(&secret(typed)).expose(), "7K3MQ9XW");
        }
        assert_eq!(canonical(&secret(&"7".repeat(129))).expose(), "");
        assert_eq!(grouped("7K3MQ9XW2A"), "7K3M-Q9XW-2A");
    }

    #[test]
    fn what_is_kept_matches_only_its_own_secret_salt_and_pepper() {
        let (salt, other) = (Salt::draw(&Seeded::new("one")), Salt::draw(&Seeded::new("two")));
        let kept = KeptSecret::of(b"pepper", &salt, &secret("7K3MQ9XW")).unwrap();
        let matches = |pepper: &[u8], with: &Salt, typed: &str| {
            let looked_up = LookedUp::new(pepper, with, &secret(typed)).unwrap();
            looked_up.matches(&salt, &kept)
        };
        assert!(matches(b"pepper", &salt, "7k3m-q9xw"));
        assert!(!matches(b"pepper", &salt, "7k3m-q9xx"));
        assert!(!matches(b"other", &salt, "7k3m-q9xw"));
        assert!(!matches(b"pepper", &other, "7k3m-q9xw"));
    }
}
