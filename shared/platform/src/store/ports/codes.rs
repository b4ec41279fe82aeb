//! The ports to what is guessed, consumed and sent.

use async_trait::async_trait;
use countersign_domain::attempts::Attempts;
use countersign_domain::enrollment::Enrollment;
use countersign_domain::ids::AttemptId;
use countersign_domain::methods::sent_code::SentCode;
use countersign_domain::methods::{Authenticator, Binding};
use countersign_domain::passwords::{Bucket, Guesses};
use countersign_domain::sendings::Budget;
use jiff::Timestamp;

use super::Saved;
use crate::fault::Fault;

/// Counting wrong passwords by name, in the table of short-lived things.
#[async_trait]
pub trait CountGuesses: Send + Sync {
    /// The count of a name (its keyed hash) from one kind of place, read strongly; none is zero.
    async fn guesses(&self, name: &str, bucket: Bucket) -> Result<Guesses, Fault>;
    /// Saves `next` if `seen` is still what is stored. Called before the password is compared.
    async fn reserve_guess(
        &self,
        name: &str,
        bucket: Bucket,
        seen: &Guesses,
        next: &Guesses,
        expires_at: Timestamp,
    ) -> Result<Saved, Fault>;
    /// Forgets the count after a right password, if `reserved` is still what is stored.
    async fn clear_guesses(&self, name: &str, bucket: Bucket, reserved: &Guesses) -> Result<(), Fault>;
    /// Failed sign-ins from an address (its keyed hash) in the hour that ends at `hour_ends`; eventually consistent.
    async fn address_failures(&self, address: &str, hour_ends: Timestamp) -> Result<u32, Fault>;
    /// Counts one more.
    async fn count_address_failure(&self, address: &str, hour_ends: Timestamp) -> Result<(), Fault>;
}

/// Consuming codes and counting wrong ones, on the authenticator's own item.
#[async_trait]
pub trait ConsumeCodes: Send + Sync {
    /// Consumes `mark` with the count reset, if the authenticator is active, its attempts are still those of `seen`, and its stored mark is
    /// below. Where the answer taught something, that is saved in place of what the method kept, if the stored mark is still that of `seen`.
    /// `attempt` names this try, so that a retried request that already won knows it.
    async fn consume_code(
        &self,
        seen: &Authenticator,
        mark: u64,
        learned: Option<&Binding>,
        at: Timestamp,
        attempt: AttemptId,
    ) -> Result<Saved, Fault>;
    /// Saves the count after a wrong code, if the authenticator is there and its attempts are still those of `seen`.
    async fn count_wrong_code(&self, seen: &Authenticator, next: Attempts, attempt: AttemptId) -> Result<Saved, Fault>;
}

/// What became of a message that was to be taken from its budgets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum Reserved {
    /// It is saved and taken from each: send it.
    Won,
    /// Another request was first: read again and decide again.
    Lost,
    /// A budget has none left, the one at this place.
    Spent(usize),
}

/// Sending codes to phone numbers: a code is saved and taken from every budget in one write, or not at all.
#[async_trait]
pub trait SendCodes: Send + Sync {
    /// Keeps a code in place of the one before, if the authenticator is active and its last code is still that of `seen`; every earlier one
    /// is void from then on.
    async fn send_code(&self, seen: &Authenticator, code: &SentCode, budgets: &[Budget]) -> Result<Reserved, Fault>;
    /// Saves a ceremony with its new code, if the stored version is one lower.
    async fn send_first_code(&self, ceremony: &Enrollment, budgets: &[Budget]) -> Result<Reserved, Fault>;
    /// How many a budget has given in its window; eventually consistent.
    async fn sendings(&self, budget: &Budget) -> Result<u32, Fault>;
}

/// Taking what is good once: a phone's proof, an event that may be delivered twice.
#[async_trait]
pub trait TakeOnce: Send + Sync {
    /// Takes it: `Lost` if it was taken before and has not expired. `key` is unguessable where a stranger could otherwise take it first.
    async fn take_once(&self, key: &str, now: Timestamp, expires_at: Timestamp) -> Result<Saved, Fault>;
}
