//! Issuing and revoking passes, in memory.

use async_trait::async_trait;
use countersign_domain::enrollment::Activation;
use countersign_domain::methods::MethodKind;
use countersign_domain::removal::Removal;

use super::MemoryStore;
use crate::fault::Fault;
use crate::store::{IssuePasses, Record, Saved};

#[async_trait]
impl IssuePasses for MemoryStore {
    async fn issue_pass(&self, issue: &Activation, tell: Option<&Record>) -> Result<Saved, Fault> {
        let Activation {
            authenticator,
            account,
            replaces,
        } = issue;
        let mut state = self.state();
        let key = (account.id, authenticator.id);
        let free = !state.authenticators.contains_key(&key);
        let as_read = |stored: &&mut countersign_domain::accounts::Account| {
            free && stored.is_active() && stored.epoch == account.epoch
        };
        let Some(stored) = state.before(account).filter(as_read) else {
            return Ok(Saved::Lost);
        };
        stored.methods_version = account.methods_version;
        for old in replaces {
            state.authenticators.remove(&(account.id, *old));
        }
        state.authenticators.insert(key, authenticator.clone());
        state.tell(tell);
        Ok(Saved::Won)
    }

    async fn revoke_pass(&self, removal: &Removal, tell: Option<&Record>) -> Result<Saved, Fault> {
        let Removal { authenticator, account } = removal;
        let mut state = self.state();
        let key = (account.id, authenticator.id);
        let there = state
            .authenticators
            .get(&key)
            .is_some_and(|one| one.kind() == MethodKind::PASS);
        let Some(stored) = state.before(account).filter(|_| there) else {
            return Ok(Saved::Lost);
        };
        stored.methods_version = account.methods_version;
        state.authenticators.remove(&key);
        state.tell(tell);
        Ok(Saved::Won)
    }
}
