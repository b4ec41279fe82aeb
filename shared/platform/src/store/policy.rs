//! The port to what policy goes by.

use std::collections::BTreeSet;

use async_trait::async_trait;
use countersign_domain::ids::AccountId;
use countersign_domain::methods::rules::MethodsPolicy;
use countersign_domain::names::GroupName;

use super::{Record, Saved};
use crate::fault::Fault;

/// Keeping what policy goes by: the methods policy, and who is in which group. It is read with each person. What `tell` says is written
/// with the change.
#[async_trait]
pub trait KeepPolicy: Send + Sync {
    /// Saves the methods policy, if the stored version is one lower (or none is stored and this is version 1).
    async fn save_methods_policy(&self, policy: &MethodsPolicy, tell: Option<&Record>) -> Result<Saved, Fault>;
    /// Saves an account's groups in place of those it was in; `Lost` if there is no such account.
    async fn save_groups(
        &self,
        account: AccountId,
        groups: &BTreeSet<GroupName>,
        tell: Option<&Record>,
    ) -> Result<Saved, Fault>;
}
