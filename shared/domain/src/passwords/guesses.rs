//! Wrong passwords, counted per user name, whether an account has that name or not.
//!
//! The attack: telling which names exist by which of them lock. So the count does not live on the account but on the name.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::normalized;
use crate::attempts::{Attempts, Gate};
use crate::encoding::{base64url, keyed_hash};
use crate::names::UserName;
use crate::policy::Policy;
use crate::secret::Secret;

/// Wrong passwords that are remembered, so that the same typing error does not count twice.
const REMEMBERED: usize = 3;

/// Which counter a request falls under, so that a stranger cannot lock a member out of the browser that the member always uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bucket {
    /// A browser that this account has signed in with before.
    Familiar,
    /// Any other.
    Unfamiliar,
}

impl Bucket {
    /// As it stands in a key.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Familiar => "familiar",
            Self::Unfamiliar => "unfamiliar",
        }
    }
}

/// The count of one name from one kind of place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guesses {
    /// How many, and when the next is taken.
    #[serde(flatten)]
    pub attempts: Attempts,
    /// Keyed hashes of the last wrong ones.
    #[serde(default)]
    pub wrong: Vec<String>,
}

impl Guesses {
    /// Whether this very password was among the last wrong ones: it teaches a guesser nothing, so it does not count again.
    pub fn repeats(&self, pepper: &[u8], name: &UserName, typed: &Secret<String>) -> bool {
        self.wrong.contains(&fingerprint(pepper, name, typed))
    }

    /// Whether the next password is looked at, and the record to save before it is; or when the next one will be.
    pub fn next(
        &self,
        policy: &Policy,
        pepper: &[u8],
        name: &UserName,
        typed: &Secret<String>,
        now: Timestamp,
    ) -> Result<Self, Timestamp> {
        match self.attempts.gate(&policy.password_attempts, now) {
            Gate::Open { if_wrong } => {
                let latest = fingerprint(pepper, name, typed);
                let wrong = std::iter::once(latest)
                    .chain(self.wrong.iter().cloned())
                    .take(REMEMBERED)
                    .collect();
                Ok(Self {
                    attempts: if_wrong,
                    wrong,
                })
            }
            Gate::Closed(until) => Err(until),
            Gate::Disabled => Err(now.saturating_add(policy.password_attempts.longest_wait).unwrap_or(now)),
        }
    }
}

/// A short keyed hash of a wrong password.
fn fingerprint(pepper: &[u8], name: &UserName, typed: &Secret<String>) -> String {
    let hash = keyed_hash(
        pepper,
        &[
            b"wrong-password",
            name.as_str().as_bytes(),
            normalized(typed).expose().as_bytes(),
        ],
    );
    hash.get(..12).map(base64url).unwrap_or_default()
}

/// The key under which a name's counter is kept: no list of tried names is left in the database.
pub fn counter_key(pepper: &[u8], name: &UserName) -> String {
    base64url(keyed_hash(pepper, &[b"password-counter", name.as_str().as_bytes()]))
}

/// The same for passes. They have a count of their own: who is shut out by somebody else's guesses at the password gets in by a pass.
pub fn pass_counter_key(pepper: &[u8], name: &UserName) -> String {
    base64url(keyed_hash(pepper, &[b"pass-counter", name.as_str().as_bytes()]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(text: &str) -> Secret<String> {
        Secret::new(text.to_owned())
    }

    #[test]
    fn the_last_three_wrong_passwords_are_remembered_and_a_fourth_pushes_the_first_out() {
        let (policy, name) = (Policy::default(), "ada".parse::<UserName>().unwrap());
        let mut guesses = Guesses::default();
        for wrong in ["one", "two", "three", "four"] {
            guesses = guesses
                .next(&policy, b"p", &name, &secret(wrong), Timestamp::UNIX_EPOCH)
                .unwrap();
        }
        assert!(guesses.repeats(b"p", &name, &secret("four")));
        assert!(guesses.repeats(b"p", &name, &secret("two")));
        assert!(!guesses.repeats(b"p", &name, &secret("one")));
    }

    #[test]
    fn the_tenth_wrong_password_closes_the_name_for_a_minute() {
        let (policy, name) = (Policy::default(), "ada".parse::<UserName>().unwrap());
        let mut guesses = Guesses::default();
        for n in 0..10 {
            guesses = guesses
                .next(
                    &policy,
                    b"p",
                    &name,
                    &secret(&format!("wrong {n}")),
                    Timestamp::UNIX_EPOCH,
                )
                .unwrap();
        }
        let closed = guesses.next(&policy, b"p", &name, &secret("another"), Timestamp::UNIX_EPOCH);
        assert_eq!(closed, Err(Timestamp::from_second(60).unwrap()));
    }
}
