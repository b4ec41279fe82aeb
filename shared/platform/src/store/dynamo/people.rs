//! Reading people: a person whole by one query, with the policy beside it; a name by one read.

use std::sync::Arc;

use async_trait::async_trait;
use countersign_domain::accounts::Account;
use countersign_domain::ids::{AccountId, AuthenticatorId};
use countersign_domain::methods::Authenticator;
use countersign_domain::names::UserName;
use countersign_domain::people::Person;
use serde::{Deserialize, Serialize};

use super::attribute::SK;
use super::key::{AUTHENTICATOR, Key, PROFILE, account};
use super::row::{decode, text};
use super::{DynamoStore, Table};
use crate::fault::Fault;
use crate::store::{Consistency, ReadPeople};

/// What a name's row holds.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Named {
    /// Whose name it is.
    pub(super) account: AccountId,
}

#[async_trait]
impl ReadPeople for DynamoStore {
    async fn person(&self, id: AccountId, consistency: Consistency) -> Result<Option<Person>, Fault> {
        let policy = Key::methods_policy();
        let (rows, rules) = tokio::try_join!(
            self.rows("directory: read person", Table::Directory, account(id), "", consistency),
            self.read("directory: read methods policy", &policy, consistency),
        )?;
        let mut found: Option<Account> = None;
        let mut authenticators: Vec<Authenticator> = Vec::new();
        for row in rows {
            match text(&row, SK) {
                Some(PROFILE) => found = Some(decode(Table::Directory, row)?),
                Some(key) if key.starts_with(AUTHENTICATOR) => authenticators.push(decode(Table::Directory, row)?),
                _ => {} // a later version's row
            }
        }
        Ok(found.map(|account| Person {
            account,
            authenticators,
            rules: Arc::new(rules.unwrap_or_default()),
        }))
    }

    async fn account_named(&self, name: &UserName) -> Result<Option<AccountId>, Fault> {
        let named: Option<Named> = self
            .read("directory: read name", &Key::name(name), Consistency::Eventual)
            .await?;
        Ok(named.map(|named| named.account))
    }

    async fn authenticator(
        &self,
        account: AccountId,
        id: AuthenticatorId,
        consistency: Consistency,
    ) -> Result<Option<Authenticator>, Fault> {
        self.read(
            "directory: read authenticator",
            &Key::authenticator(account, id),
            consistency,
        )
        .await
    }
}
