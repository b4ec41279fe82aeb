//! Links by which people enter: kept by the hash of their token, an account's current one named beside the account's sessions.

use async_trait::async_trait;
use aws_sdk_dynamodb::types::ReturnValue;
use countersign_domain::accounts::{Account, Status};
use countersign_domain::ids::AccountId;
use countersign_domain::invitations::{For, Invitation};
use countersign_domain::passwords::Kept;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::DynamoStore;
use super::entering::{in_full, mark};
use super::key::Key;
use super::row::encode;
use super::send::Transacted;
use super::write::{Write, attribute};
use crate::fault::Fault;
use crate::store::{Consistency, KeepInvitations, Saved, SetUp};

/// What names an account's current invitation.
#[derive(Debug, Serialize, Deserialize)]
struct Current {
    invitation: String,
}

/// A link used up, if it is there and before its end. The exact end is in the link that the caller read; a link never changes.
fn spend(invitation: &Invitation, now: Timestamp) -> Write {
    Write::delete(Key::invitation(&invitation.id)).if_there().if_alive(now)
}

#[async_trait]
impl KeepInvitations for DynamoStore {
    async fn invite(&self, invitation: &Invitation) -> Result<(), Fault> {
        let what = "sessions: keep invitation";
        let link = Write::put(Key::invitation(&invitation.id), encode(invitation)?).until(invitation.expires_at);
        match invitation.whom {
            For::FirstAdministrator => self.write(what, link, ReturnValue::None).await.map(|_| ()),
            For::Enrollment { account } => {
                let current = Current {
                    invitation: invitation.id.clone(),
                };
                let named =
                    Write::put(Key::current_invitation(account), encode(&current)?).until(invitation.expires_at);
                self.transact(what, vec![link, named]).await.map(|_| ())
            }
        }
    }

    async fn invitation(&self, id: &str) -> Result<Option<Invitation>, Fault> {
        let what = "sessions: read invitation";
        let Some(link) = self
            .read::<Invitation>(what, &Key::invitation(id), Consistency::Strong)
            .await?
        else {
            return Ok(None);
        };
        let For::Enrollment { account } = link.whom else {
            return Ok(Some(link));
        };
        let current: Option<Current> = self
            .read(what, &Key::current_invitation(account), Consistency::Strong)
            .await?;
        Ok(current.filter(|current| current.invitation == id).map(|_| link))
    }

    async fn set_up(&self, invitation: &Invitation, first: &Account, now: Timestamp) -> Result<SetUp, Fault> {
        if !invitation.is_open(now) {
            return Ok(SetUp::LinkSpent);
        }
        let spent = spend(invitation, now)
            .when("#kind = :first")
            .text(":first", "first_administrator");
        let (profile, name) = in_full(first)?;
        Ok(
            match self
                .transact("directory: set up", vec![spent, mark(now)?, profile, name])
                .await?
            {
                Transacted::Done => SetUp::Done,
                Transacted::Refused(places) if places.iter().all(|place| *place >= 2) => SetUp::NameTaken,
                Transacted::Refused(_) => SetUp::LinkSpent,
            },
        )
    }

    async fn enter(
        &self,
        invitation: &Invitation,
        account: AccountId,
        password: &Kept,
        now: Timestamp,
    ) -> Result<Saved, Fault> {
        if !invitation.is_open(now) {
            return Ok(Saved::Lost);
        }
        let newest = Write::delete(Key::current_invitation(account))
            .when("#invitation = :id")
            .text(":id", &invitation.id);
        let active = Write::update(
            Key::profile(account),
            "SET #status = :active, #password = :password, #password_set_at = :at",
        )
        .when("#status = :invited")
        .value(":invited", attribute(&Status::Invited)?)
        .value(":active", attribute(&Status::Active)?)
        .value(":password", attribute(password)?)
        .value(":at", attribute(&now)?);
        Ok(self
            .transact("directory: enter", vec![spend(invitation, now), newest, active])
            .await?
            .into())
    }

    async fn is_set_up(&self) -> Result<bool, Fault> {
        Ok(self
            .row("directory: read set-up", &Key::setup(), Consistency::Strong)
            .await?
            .is_some())
    }
}
