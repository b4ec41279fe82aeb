//! Reading people, in memory.

use std::sync::Arc;

use async_trait::async_trait;
use countersign_domain::ids::{AccountId, AuthenticatorId};
use countersign_domain::methods::Authenticator;
use countersign_domain::names::UserName;
use countersign_domain::people::Person;

use super::MemoryStore;
use crate::fault::Fault;
use crate::store::{Consistency, ReadPeople};

#[async_trait]
impl ReadPeople for MemoryStore {
    async fn person(&self, id: AccountId, _: Consistency) -> Result<Option<Person>, Fault> {
        let state = self.state();
        let theirs = state
            .authenticators
            .iter()
            .filter(|((of, _), _)| *of == id)
            .map(|(_, one)| one.clone());
        let authenticators = theirs.collect();
        Ok(state.accounts.get(&id).map(|account| Person {
            account: account.clone(),
            authenticators,
            rules: Arc::new(state.methods_policy.clone()),
        }))
    }

    async fn account_named(&self, name: &UserName) -> Result<Option<AccountId>, Fault> {
        Ok(self.state().names.get(name).copied())
    }

    async fn authenticator(
        &self,
        account: AccountId,
        id: AuthenticatorId,
        _: Consistency,
    ) -> Result<Option<Authenticator>, Fault> {
        Ok(self.state().authenticators.get(&(account, id)).cloned())
    }
}
