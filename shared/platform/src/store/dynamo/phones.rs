//! What a phone changes of its own: its push channel, when it was last used, the ids of proofs that it has spent.

use async_trait::async_trait;
use aws_sdk_dynamodb::types::ReturnValue;
use countersign_domain::delivery::Channel;
use countersign_domain::ids::{AccountId, AuthenticatorId};
use countersign_domain::methods::MethodKind;
use jiff::Timestamp;

use super::DynamoStore;
use super::attribute::LAST_TRY;
use super::key::Key;
use super::row::Item;
use super::trouble::unique;
use super::write::{Write, attribute};
use crate::fault::Fault;
use crate::store::{KeepPhones, Saved};

#[async_trait]
impl KeepPhones for DynamoStore {
    async fn save_channel(&self, account: AccountId, id: AuthenticatorId, channel: &Channel) -> Result<Saved, Fault> {
        let save = Write::update(Key::authenticator(account, id), "SET #binding.#channel = :channel")
            .when("#binding.#kind = :phone")
            .text(":phone", MethodKind::AUTHENTICATOR.as_str())
            .value(":channel", attribute(channel)?);
        Ok(self
            .write("directory: save channel", save, ReturnValue::None)
            .await?
            .saved())
    }

    async fn touch_authenticator(&self, account: AccountId, id: AuthenticatorId, at: Timestamp) -> Result<(), Fault> {
        let touch = Write::update(Key::authenticator(account, id), "SET #last_used_at = :at")
            .if_there()
            .value(":at", attribute(&at)?);
        self.write("directory: touch authenticator", touch, ReturnValue::None)
            .await?;
        Ok(())
    }

    async fn take_proof(&self, key: &str, expires_at: Timestamp) -> Result<Saved, Fault> {
        let attempt = unique();
        let take = Write::put(Key::proof(key), Item::new())
            .if_absent()
            .until(expires_at)
            .with(LAST_TRY, &attempt);
        Ok(self
            .write("sessions: take proof", take, ReturnValue::None)
            .await?
            .saved_by(&attempt))
    }
}
