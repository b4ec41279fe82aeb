//! Binding and removing methods: each change of the set raises the account's number of it, so that two cannot act on the same picture.

use async_trait::async_trait;
use aws_sdk_dynamodb::types::ReturnValue;
use countersign_domain::accounts::{Account, Status};
use countersign_domain::enrollment::{Activation, Enrollment, Stage};
use countersign_domain::ids::{AccountId, AuthenticatorId};
use countersign_domain::methods::{Authenticator, Standing};
use countersign_domain::names::MethodName;
use countersign_domain::removal::Removal;

use super::DynamoStore;
use super::activity::told;
use super::attribute::{LAST_TRY, TTL};
use super::key::Key;
use super::row::{Item, encode};
use super::tokens;
use super::trouble::unique;
use super::write::{Write, attribute};
use crate::fault::Fault;
use crate::store::{BindMethods, Consistency, Record, RemoveMethods, Saved};

/// A new authenticator's row.
pub(super) fn bind(authenticator: &Authenticator) -> Result<Write, Fault> {
    let put = Write::put(
        Key::authenticator(authenticator.account, authenticator.id),
        encode(authenticator)?,
    )
    .if_absent();
    Ok(match authenticator.expires_at {
        Some(end) => put.until(end),
        None => put,
    })
}

/// Makes a pending authenticator count. Only what changes is written: its phone may renew its channel meanwhile.
fn promote(authenticator: &Authenticator) -> Result<Write, Fault> {
    let set = format!("SET #standing = :active, #name = :name, #last_used_at = :at REMOVE #expires_at, #{TTL}");
    let promote = Write::update(Key::authenticator(authenticator.account, authenticator.id), set)
        .when("#standing = :pending")
        .value(":pending", attribute(&Standing::Pending)?)
        .value(":active", attribute(&Standing::Active)?)
        .text(":name", &authenticator.name)
        .value(":at", attribute(&authenticator.last_used_at)?);
    Ok(match authenticator.last_used_at {
        Some(now) => promote.if_alive(now),
        None => promote,
    })
}

/// The account's default and number of changes, if that number is one lower.
pub(super) fn changed(account: &Account) -> Result<Write, Fault> {
    let (set, default) = match account.default {
        Some(default) => ("SET #methods_version = :version, #default = :default", Some(default)),
        None => ("SET #methods_version = :version REMOVE #default", None),
    };
    let Some(before) = account.methods_version.checked_sub(1) else {
        return Err(Fault::Defect("a change of methods without a version"));
    };
    let update = Write::update(Key::profile(account.id), set)
        .when("#methods_version = :before")
        .number(":version", account.methods_version)
        .number(":before", before);
    Ok(match default {
        Some(default) => update.text(":default", &default),
        None => update,
    })
}

/// If the account is in use, and nothing has ended its sessions since it was read.
pub(super) fn if_as_read(write: Write, account: &Account) -> Result<Write, Fault> {
    Ok(write
        .when("#status = :in_use AND #epoch = :epoch")
        .value(":in_use", attribute(&Status::Active)?)
        .number(":epoch", account.epoch))
}

/// What no other account may bind as well, if nobody has.
fn claimed(authenticator: &Authenticator) -> Option<Write> {
    let claim = authenticator.binding.claim()?;
    let put = Write::put(Key::credential(&claim), Item::new()).if_absent();
    Some(
        put.with("account", &authenticator.account)
            .with("id", &authenticator.id),
    )
}

#[async_trait]
impl BindMethods for DynamoStore {
    async fn bind_pending(&self, authenticator: &Authenticator) -> Result<Saved, Fault> {
        let attempt = unique();
        let put = bind(authenticator)?.with(LAST_TRY, &attempt);
        Ok(self
            .write("directory: bind authenticator", put, ReturnValue::None)
            .await?
            .saved_by(&attempt))
    }

    async fn activate(
        &self,
        activation: &Activation,
        ceremony: &Enrollment,
        tell: Option<&Record>,
    ) -> Result<Saved, Fault> {
        let Activation {
            authenticator,
            account,
            replaces,
        } = activation;
        let mut writes = vec![
            if_as_read(changed(account)?, account)?,
            match ceremony.stage {
                Stage::Testing { .. } => promote(authenticator)?,
                Stage::Seed { .. }
                | Stage::Passkey { .. }
                | Stage::Codes { .. }
                | Stage::Token { .. }
                | Stage::Message { .. }
                | Stage::Pairing => bind(authenticator)?,
            },
            Write::delete(Key::enrollment(ceremony.account, ceremony.id))
                .when("#version = :version")
                .number(":version", ceremony.version),
        ];
        writes.extend(
            replaces
                .iter()
                .map(|old| Write::delete(Key::authenticator(account.id, *old))),
        );
        writes.extend(claimed(authenticator));
        writes.extend(tokens::taken(authenticator, account)?);
        writes.extend(told(tell)?);
        Ok(self.transact("directory: activate authenticator", writes).await?.into())
    }

    async fn is_claimed(&self, claim: &str) -> Result<bool, Fault> {
        let key = Key::credential(claim);
        let row = self
            .row("directory: read credential", &key, Consistency::Strong)
            .await?;
        Ok(row.is_some())
    }

    async fn rename(
        &self,
        account: AccountId,
        id: AuthenticatorId,
        name: &MethodName,
        tell: Option<&Record>,
    ) -> Result<Saved, Fault> {
        let rename = Write::update(Key::authenticator(account, id), "SET #name = :name")
            .when("#standing = :active")
            .value(":active", attribute(&Standing::Active)?)
            .text(":name", name);
        let writes = std::iter::once(rename).chain(told(tell)?).collect();
        Ok(self.transact("directory: rename authenticator", writes).await?.into())
    }

    async fn save_default(
        &self,
        account: AccountId,
        id: AuthenticatorId,
        methods_version: u64,
        tell: Option<&Record>,
    ) -> Result<Saved, Fault> {
        let there = Write::check(Key::authenticator(account, id))
            .when("#standing = :active")
            .value(":active", attribute(&Standing::Active)?);
        let save = Write::update(Key::profile(account), "SET #default = :default")
            .when("#methods_version = :version")
            .text(":default", &id)
            .number(":version", methods_version);
        let writes = [save, there].into_iter().chain(told(tell)?).collect();
        Ok(self.transact("directory: save default", writes).await?.into())
    }
}

#[async_trait]
impl RemoveMethods for DynamoStore {
    async fn remove(&self, removal: &Removal, tell: Option<&Record>) -> Result<Saved, Fault> {
        let Removal { authenticator, account } = removal;
        let mut gone = Write::delete(Key::authenticator(account.id, authenticator.id)).if_there();
        let back = tokens::given_back(authenticator)?;
        if back.is_some() {
            // Its mark goes back with the token: a code that signs in at this moment must be in it.
            gone = gone.if_same(
                "#mark",
                ":mark",
                authenticator.mark.as_ref().map(attribute).transpose()?,
            );
        }
        let claim = authenticator.binding.claim();
        let free = claim.map(|claim| Write::delete(Key::credential(&claim)));
        let writes = [changed(account)?, gone]
            .into_iter()
            .chain(back)
            .chain(free)
            .chain(told(tell)?)
            .collect();
        Ok(self.transact("directory: remove authenticator", writes).await?.into())
    }
}
