//! The ledgers of prompts, in memory.

use async_trait::async_trait;
use countersign_domain::ids::{AccountId, AttemptId};
use countersign_domain::prompts::Ledger;

use super::{MemoryStore, saved};
use crate::fault::Fault;
use crate::store::{Consistency, KeepPrompts, Saved};

#[async_trait]
impl KeepPrompts for MemoryStore {
    async fn ledger(&self, account: AccountId, _: Consistency) -> Result<Ledger, Fault> {
        Ok(self
            .state()
            .ledgers
            .get(&account)
            .map_or_else(|| Ledger::empty(account), |(ledger, _)| ledger.clone()))
    }

    async fn save_ledger(&self, ledger: &Ledger, attempt: AttemptId) -> Result<Saved, Fault> {
        let mut state = self.state();
        let (version, last) = state
            .ledgers
            .get(&ledger.account)
            .map_or((0, None), |(stored, last)| (stored.version, Some(*last)));
        if ledger.version.checked_sub(1) != Some(version) {
            return Ok(saved(last == Some(attempt)));
        }
        state.ledgers.insert(ledger.account, (ledger.clone(), attempt));
        Ok(Saved::Won)
    }
}
