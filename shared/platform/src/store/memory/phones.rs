//! What a phone changes of its own, in memory.

use async_trait::async_trait;
use countersign_domain::delivery::Channel;
use countersign_domain::ids::{AccountId, AuthenticatorId};
use countersign_domain::methods::Binding;
use jiff::Timestamp;

use super::{MemoryStore, saved};
use crate::fault::Fault;
use crate::store::{KeepPhones, Saved};

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

    async fn take_proof(&self, key: &str, _: Timestamp) -> Result<Saved, Fault> {
        Ok(saved(self.state().proofs.insert(key.to_owned())))
    }
}
