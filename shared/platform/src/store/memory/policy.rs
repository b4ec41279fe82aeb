//! What policy goes by, in memory.

use std::collections::BTreeSet;

use async_trait::async_trait;
use countersign_domain::ids::AccountId;
use countersign_domain::methods::rules::MethodsPolicy;
use countersign_domain::names::GroupName;

use super::MemoryStore;
use crate::fault::Fault;
use crate::store::{KeepPolicy, Record, Saved};

#[async_trait]
impl KeepPolicy for MemoryStore {
    async fn save_methods_policy(&self, policy: &MethodsPolicy, tell: Option<&Record>) -> Result<Saved, Fault> {
        let mut state = self.state();
        if policy.version != state.methods_policy.version + 1 {
            return Ok(Saved::Lost);
        }
        state.methods_policy = policy.clone();
        state.tell(tell);
        Ok(Saved::Won)
    }

    async fn save_groups(
        &self,
        account: AccountId,
        groups: &BTreeSet<GroupName>,
        tell: Option<&Record>,
    ) -> Result<Saved, Fault> {
        let mut state = self.state();
        let Some(account) = state.accounts.get_mut(&account) else {
            return Ok(Saved::Lost);
        };
        account.groups.clone_from(groups);
        state.tell(tell);
        Ok(Saved::Won)
    }
}
