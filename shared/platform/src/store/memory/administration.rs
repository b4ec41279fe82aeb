//! Administering people, in memory.

use std::ops::Bound::{Excluded, Unbounded};

use async_trait::async_trait;
use countersign_domain::accounts::{Account, Status};
use countersign_domain::ids::AccountId;
use countersign_domain::names::UserName;

use super::{MemoryStore, State, saved};
use crate::fault::Fault;
use crate::store::{AdministerPeople, Page, Record, Saved};

impl State {
    /// Keeps an account and its name, if neither is there.
    pub(super) fn create(&mut self, account: &Account) -> bool {
        if self.names.contains_key(&account.user_name) || self.accounts.contains_key(&account.id) {
            return false;
        }
        self.names.insert(account.user_name.clone(), account.id);
        self.accounts.insert(account.id, account.clone());
        true
    }
}

#[async_trait]
impl AdministerPeople for MemoryStore {
    async fn people(&self, after: Option<&str>, limit: u16) -> Result<Page<Account>, Fault> {
        let state = self.state();
        let after = after
            .and_then(|after| after.parse::<UserName>().ok())
            .map_or(Unbounded, Excluded);
        let mut rest = state
            .names
            .range((after, Unbounded))
            .filter_map(|(_, id)| state.accounts.get(id));
        let listed = rest.by_ref().take(usize::from(limit)).map(|account| Account {
            password: None,
            ..account.clone()
        });
        let items: Vec<_> = listed.collect();
        let more = rest.next().is_some();
        let next = items
            .last()
            .filter(|_| more)
            .map(|account| account.user_name.to_string());
        Ok(Page { items, next })
    }

    async fn create(&self, account: &Account, tell: Option<&Record>) -> Result<Saved, Fault> {
        let mut state = self.state();
        let created = state.create(account);
        if created {
            state.tell(tell);
        }
        Ok(saved(created))
    }

    async fn move_status(
        &self,
        account: AccountId,
        from: Status,
        to: Status,
        tell: Option<&Record>,
    ) -> Result<Saved, Fault> {
        let mut state = self.state();
        let Some(account) = state
            .accounts
            .get_mut(&account)
            .filter(|account| account.status == from)
        else {
            return Ok(Saved::Lost);
        };
        account.status = to;
        account.epoch += 1;
        state.tell(tell);
        Ok(Saved::Won)
    }
}
