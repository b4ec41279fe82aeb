//! Consuming codes and counting wrong ones, in memory.

use async_trait::async_trait;
use countersign_domain::attempts::Attempts;
use countersign_domain::ids::AttemptId;
use countersign_domain::methods::{Authenticator, Binding, Standing};
use jiff::Timestamp;

use super::{MemoryStore, State};
use crate::fault::Fault;
use crate::store::{ConsumeCodes, Saved};

impl State {
    /// Changes an authenticator that `holds`, unless this attempt has done so before.
    fn attempt(
        &mut self,
        seen: &Authenticator,
        attempt: AttemptId,
        holds: impl FnOnce(&Authenticator) -> bool,
        change: impl FnOnce(&mut Authenticator),
    ) -> Saved {
        match self.authenticators.get_mut(&(seen.account, seen.id)) {
            Some(stored) if stored.attempts == seen.attempts && holds(stored) => {
                change(stored);
                self.attempts.insert(seen.id, attempt);
                Saved::Won
            }
            Some(_) if self.attempts.get(&seen.id) == Some(&attempt) => Saved::Won,
            _ => Saved::Lost,
        }
    }
}

#[async_trait]
impl ConsumeCodes for MemoryStore {
    async fn consume_code(
        &self,
        seen: &Authenticator,
        mark: u64,
        learned: Option<&Binding>,
        at: Timestamp,
        attempt: AttemptId,
    ) -> Result<Saved, Fault> {
        let holds = |one: &Authenticator| {
            let fits = learned.is_none() || one.mark == seen.mark;
            one.standing == Standing::Active && one.mark.is_none_or(|stored| stored < mark) && fits
        };
        Ok(self.state().attempt(seen, attempt, holds, |one| {
            one.mark = Some(mark);
            if let Some(learned) = learned {
                one.binding = learned.clone();
            }
            one.attempts = Attempts::default();
            one.last_used_at = Some(at);
        }))
    }

    async fn count_wrong_code(&self, seen: &Authenticator, next: Attempts, attempt: AttemptId) -> Result<Saved, Fault> {
        Ok(self.state().attempt(seen, attempt, |_| true, |one| one.attempts = next))
    }
}
