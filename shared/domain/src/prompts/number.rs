//! The number of a prompt: derived, never stored, so that a reload shows it again and the database does not know it.

use std::fmt;

use crate::encoding::keyed_hash;
use crate::ids::PromptId;
use crate::secret::Secret;

/// The digits that the page shows and the phone must send.
#[derive(Clone)]
pub struct Number(Secret<String>);

impl Number {
    /// The digits, for the one page that shows them.
    pub const fn digits(&self) -> &Secret<String> {
        &self.0
    }

    /// Whether these digits were typed. Spaces do not matter.
    pub fn matches(&self, typed: &str) -> bool {
        let digits: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
        self.0.matches(digits)
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Number(…)")
    }
}

/// The number of a prompt: HMAC-SHA-256 under the pepper, reduced to so many digits, without a leading zero.
pub fn number_of(pepper: &[u8], prompt: PromptId, length: u8) -> Number {
    let hash = keyed_hash(pepper, &[b"number", prompt.to_string().as_bytes()]);
    let wide = hash.iter().take(8).fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte)); // bias under 10^-12
    let lowest = 10_u64.pow(u32::from(length.clamp(2, 6)) - 1);
    Number(Secret::new((lowest + wide % (9 * lowest)).to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::Seeded;
    use jiff::Timestamp;

    #[test]
    fn a_number_has_its_length_and_is_the_same_each_time_it_is_asked_for() {
        let entropy = Seeded::new("numbers");
        for length in [2, 3, 6] {
            for _ in 0..200 {
                let prompt = PromptId::new(Timestamp::UNIX_EPOCH, &entropy);
                let number = number_of(b"pepper", prompt, length);
                assert_eq!(number.digits().expose().len(), usize::from(length));
                assert!(number.matches(number_of(b"pepper", prompt, length).digits().expose()));
            }
        }
    }

    #[test]
    fn all_ninety_numbers_of_two_digits_occur() {
        let entropy = Seeded::new("spread");
        let seen: std::collections::BTreeSet<String> = (0..4000)
            .map(|_| {
                number_of(b"p", PromptId::new(Timestamp::UNIX_EPOCH, &entropy), 2)
                    .digits()
                    .expose()
                    .clone()
            })
            .collect();
        assert_eq!(seen.len(), 90);
    }
}
