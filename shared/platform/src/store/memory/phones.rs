//! What a phone changes of its own, in memory.

use async_trait::async_trait;
use countersign_domain::delivery::Channel;
use countersign_domain::device::words::Capabilities;
use countersign_domain::ids::{AccountId, AuthenticatorId};
use countersign_domain::methods::Binding;
use countersign_domain::methods::authenticator::Phone;
use jiff::Timestamp;

use super::{MemoryStore, saved};
use crate::fault::Fault;
use crate::store::{KeepPhones, Saved, TakeOnce};

impl MemoryStore {
    fn change_phone(&self, account: AccountId, id: AuthenticatorId, change: impl FnOnce(&mut Phone)) -> Saved {
        let mut state = self.state();
        let found = state.authenticators.get_mut(&(account, id));
        match found.map(|one| &mut one.binding) {
            Some(Binding::Authenticator(phone)) => {
                change(phone);
                Saved::Won
            }
            _ => Saved::Lost,
        }
    }
}

#[async_trait]
impl KeepPhones for MemoryStore {
    async fn save_channel(&self, account: AccountId, id: AuthenticatorId, channel: &Channel) -> Result<Saved, Fault> {
        Ok(self.change_phone(account, id, |phone| phone.channel = channel.clone()))
    }

    async fn save_capabilities(
        &self,
        account: AccountId,
        id: AuthenticatorId,
        capabilities: &Capabilities,
    ) -> Result<Saved, Fault> {
        Ok(self.change_phone(account, id, |phone| phone.capabilities = capabilities.clone()))
    }

    async fn touch_authenticator(&self, account: AccountId, id: AuthenticatorId, at: Timestamp) -> Result<(), Fault> {
        if let Some(one) = self.state().authenticators.get_mut(&(account, id)) {
            one.last_used_at = Some(at);
        }
        Ok(())
    }
}

#[async_trait]
impl TakeOnce for MemoryStore {
    async fn take_once(&self, key: &str, now: Timestamp, expires_at: Timestamp) -> Result<Saved, Fault> {
        let mut state = self.state();
        let taken = state.taken.get(key).is_some_and(|end| *end > now);
        if !taken {
            state.taken.insert(key.to_owned(), expires_at);
        }
        Ok(saved(!taken))
    }
}
