//! Passes: issued in place of the one before, and revoked, each with the account's number of changes, so that two cannot be there.

use async_trait::async_trait;
use countersign_domain::enrollment::Activation;
use countersign_domain::methods::MethodKind;
use countersign_domain::removal::Removal;

use super::DynamoStore;
use super::activity::told;
use super::key::Key;
use super::methods::{bind, changed, if_as_read};
use super::write::Write;
use crate::fault::Fault;
use crate::store::{IssuePasses, Record, Saved};

#[async_trait]
impl IssuePasses for DynamoStore {
    async fn issue_pass(&self, issue: &Activation, tell: Option<&Record>) -> Result<Saved, Fault> {
        let Activation {
            authenticator,
            account,
            replaces,
        } = issue;
        let mut writes = vec![if_as_read(changed(account)?, account)?, bind(authenticator)?];
        writes.extend(
            replaces
                .iter()
                .map(|old| Write::delete(Key::authenticator(account.id, *old))),
        );
        writes.extend(told(tell)?);
        Ok(self.transact("directory: issue pass", writes).await?.into())
    }

    async fn revoke_pass(&self, removal: &Removal, tell: Option<&Record>) -> Result<Saved, Fault> {
        let Removal { authenticator, account } = removal;
        let gone = Write::delete(Key::authenticator(account.id, authenticator.id))
            .when("#binding.#kind = :pass")
            .text(":pass", MethodKind::PASS.as_str());
        let writes = [changed(account)?, gone].into_iter().chain(told(tell)?).collect();
        Ok(self.transact("directory: revoke pass", writes).await?.into())
    }
}
