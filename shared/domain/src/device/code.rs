//! The code that a member types or scans to pair a phone.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::entropy::{self, Entropy};
use crate::secret::Secret;

/// Digits and capital letters without those that look alike: 32 of them, 5 bits each.
const ALPHABET: &[u8] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
/// Characters of a code: 50 bits, good once and for 10 minutes.
const LENGTH: usize = 10;
/// Nobody types more than this, separators included.
const TYPED_LIMIT: usize = 64;

/// The text is not a pairing code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a pairing code is ten characters of 2-9 and A-Z without I and O")]
pub struct InvalidCode;

/// A pairing code (docs/protocol.md, "Pairing"). Who holds it can bind a phone, so it prints only where it is shown on purpose (`Display`).
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PairingCode(Secret<String>);

impl PairingCode {
    /// A new code.
    pub fn generate(entropy: &dyn Entropy) -> Self {
        Self(Secret::new(entropy::text(entropy, ALPHABET, LENGTH)))
    }

    /// The ten characters, upper case, without separators: as hashed, compared and sent.
    pub fn canonical(&self) -> &str {
        self.0.expose()
    }
}

impl fmt::Display for PairingCode {
    /// As it is shown: `ABCDE-FGHJK`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (left, right) = self.canonical().split_at(LENGTH / 2);
        write!(f, "{left}-{right}")
    }
}

impl FromStr for PairingCode {
    type Err = InvalidCode;

    /// As it is typed: case, dashes and spaces do not matter.
    fn from_str(typed: &str) -> Result<Self, InvalidCode> {
        if typed.len() > TYPED_LIMIT {
            return Err(InvalidCode);
        }
        let code = Secret::new(
            typed
                .chars()
                .filter(|c| !matches!(c, '-' | ' '))
                .map(|c| c.to_ascii_uppercase())
                .collect::<String>(),
        );
        let valid = code.expose().len() == LENGTH && code.expose().bytes().all(|byte| ALPHABET.contains(&byte));
        if valid { Ok(Self(code)) } else { Err(InvalidCode) }
    }
}

impl TryFrom<String> for PairingCode {
    type Error = InvalidCode;
    fn try_from(typed: String) -> Result<Self, InvalidCode> {
        typed.parse()
    }
}

impl From<PairingCode> for String {
    fn from(code: PairingCode) -> Self {
        code.canonical().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::Seeded;

    #[test]
    fn a_generated_code_reads_back_as_it_is_shown_and_does_not_print_by_debug() {
        let code = PairingCode::generate(&Seeded::new("code"));
        let shown = code.to_string();
        assert_eq!(shown.len(), LENGTH + 1);
        assert_eq!(shown.parse::<PairingCode>().unwrap().canonical(), code.canonical());
        assert!(!format!("{code:?}").contains(code.canonical()));
    }

    #[test]
    fn case_dashes_and_spaces_do_not_matter() {
        for typed in ["7K3MQ9XW2A", "7k3mq-9xw2a", " 7k3m q9xw 2a ", "7-K-3-M-Q-9-X-W-2-A"] {
            assert_eq!(typed.parse::<PairingCode>().unwrap().canonical(), "7K3MQ9XW2A");
        }
    }

    #[test]
    fn what_is_not_ten_characters_of_the_alphabet_is_no_code() {
        for typed in [
            "",
            "7K3MQ9XW2",
            "7K3MQ9XW2AA",
            "0K3MQ9XW2A",
            "1K3MQ9XW2A",
            "IK3MQ9XW2A",
            "OK3MQ9XW2A",
            "7K3MQ_9XW2A",
            "７K3MQ9XW2",
            "ıK3MQ9XW2A",
        ] {
            assert!(typed.parse::<PairingCode>().is_err(), "{typed}");
        }
        assert!("-".repeat(100_000).parse::<PairingCode>().is_err());
    }
}
