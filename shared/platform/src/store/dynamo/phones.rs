//! What a phone changes of its own: its push channel, when it was last used, and what is good once.

use async_trait::async_trait;
use aws_sdk_dynamodb::types::ReturnValue;
use countersign_domain::delivery::Channel;
use countersign_domain::device::words::Capabilities;
use countersign_domain::ids::{AccountId, AuthenticatorId};
use countersign_domain::methods::MethodKind;
use jiff::Timestamp;

use super::DynamoStore;
use super::attribute::{LAST_TRY, TTL};
use super::key::Key;
use super::row::{Item, seconds_now};
use super::trouble::unique;
use super::write::{Write, attribute};
use crate::fault::Fault;
use crate::store::{KeepPhones, Saved, TakeOnce};

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

    async fn save_capabilities(
        &self,
        account: AccountId,
        id: AuthenticatorId,
        capabilities: &Capabilities,
    ) -> Result<Saved, Fault> {
        let set = "SET #binding.#capabilities = :capabilities";
        let save = Write::update(Key::authenticator(account, id), set)
            .when("#binding.#kind = :phone")
            .text(":phone", MethodKind::AUTHENTICATOR.as_str())
            .value(":capabilities", attribute(capabilities)?);
        Ok(self
            .write("directory: save capabilities", save, ReturnValue::None)
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
}

#[async_trait]
impl TakeOnce for DynamoStore {
    async fn take_once(&self, key: &str, now: Timestamp, expires_at: Timestamp) -> Result<Saved, Fault> {
        let attempt = unique();
        let take = Write::put(Key::proof(key), Item::new())
            .when(format!("(attribute_not_exists(#PK) OR #{TTL} <= :now)"))
            .value(":now", seconds_now(now))
            .until(expires_at)
            .with(LAST_TRY, &attempt);
        Ok(self
            .write("sessions: take once", take, ReturnValue::None)
            .await?
            .saved_by(&attempt))
    }
}
