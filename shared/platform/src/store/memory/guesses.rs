//! Counting wrong passwords, in memory.

use async_trait::async_trait;
use countersign_domain::passwords::{Bucket, Guesses};
use jiff::Timestamp;

use super::MemoryStore;
use crate::fault::Fault;
use crate::store::{CountGuesses, Saved};

#[async_trait]
impl CountGuesses for MemoryStore {
    async fn guesses(&self, name: &str, bucket: Bucket) -> Result<Guesses, Fault> {
        Ok(self
            .state()
            .guesses
            .get(&(name.to_owned(), bucket.as_str()))
            .cloned()
            .unwrap_or_default())
    }

    async fn reserve_guess(
        &self,
        name: &str,
        bucket: Bucket,
        seen: &Guesses,
        next: &Guesses,
        _: Timestamp,
    ) -> Result<Saved, Fault> {
        let mut state = self.state();
        let stored = state.guesses.entry((name.to_owned(), bucket.as_str())).or_default();
        if stored != seen {
            return Ok(Saved::Lost);
        }
        *stored = next.clone();
        Ok(Saved::Won)
    }

    async fn clear_guesses(&self, name: &str, bucket: Bucket, reserved: &Guesses) -> Result<(), Fault> {
        let mut state = self.state();
        let key = (name.to_owned(), bucket.as_str());
        if state.guesses.get(&key) == Some(reserved) {
            state.guesses.remove(&key);
        }
        Ok(())
    }

    async fn address_failures(&self, address: &str, hour_ends: Timestamp) -> Result<u32, Fault> {
        Ok(self
            .state()
            .failures
            .get(&(address.to_owned(), hour_ends))
            .copied()
            .unwrap_or_default())
    }

    async fn count_address_failure(&self, address: &str, hour_ends: Timestamp) -> Result<(), Fault> {
        *self
            .state()
            .failures
            .entry((address.to_owned(), hour_ends))
            .or_default() += 1;
        Ok(())
    }
}
