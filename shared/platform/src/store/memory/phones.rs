//! What a phone changes of its own, in memory.

use async_trait::async_trait;
use countersign_domain::delivery::Channel;
use countersign_domain::ids::{AccountId, AuthenticatorId};
use countersign_domain::methods::Binding;
use jiff::Timestamp;

use super::{MemoryStore, saved};
use crate::fault::Fault;
use crate::store::{KeepPhones, Saved, TakeOnce};

#[async_trait]
impl KeepPhones for MemoryStore {
    async fn save_channel(&self, account: AccountId, id: AuthenticatorId, channel: &Channel) -> Result<Saved, Fault> {
        match self
            .state()
            .authenticators
            .get_mut(&(account, id))
            .map(|one| &mut one.binding)
        {
            Some(Binding::Authenticator(phone)) => {
                phone.channel = channel.clone();
                Ok(Saved::Won)
            }
            _ => Ok(Saved::Lost),
        }
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
