//! What policy goes by: the methods policy, saved over the version before it, and the groups of an account.

use std::collections::BTreeSet;

use async_trait::async_trait;
use countersign_domain::ids::AccountId;
use countersign_domain::methods::rules::MethodsPolicy;
use countersign_domain::names::GroupName;

use super::DynamoStore;
use super::activity::told;
use super::key::Key;
use super::row::encode;
use super::write::{Write, attribute};
use crate::fault::Fault;
use crate::store::{KeepPolicy, Record, Saved};

#[async_trait]
impl KeepPolicy for DynamoStore {
    async fn save_methods_policy(&self, policy: &MethodsPolicy, tell: Option<&Record>) -> Result<Saved, Fault> {
        let put = Write::put(Key::methods_policy(), encode(policy)?);
        let put = match policy.version {
            0 => return Err(Fault::Defect("a change of the methods policy without a version")),
            1 => put.if_absent(),
            version => put.when("#version = :before").number(":before", version - 1),
        };
        let writes = std::iter::once(put).chain(told(tell)?).collect();
        Ok(self.transact("directory: save methods policy", writes).await?.into())
    }

    async fn save_groups(
        &self,
        account: AccountId,
        groups: &BTreeSet<GroupName>,
        tell: Option<&Record>,
    ) -> Result<Saved, Fault> {
        let save = Write::update(Key::profile(account), "SET #groups = :groups")
            .if_there()
            .value(":groups", attribute(groups)?);
        let writes = std::iter::once(save).chain(told(tell)?).collect();
        Ok(self.transact("directory: save groups", writes).await?.into())
    }
}
