//! Invitations, in memory.

use async_trait::async_trait;
use countersign_domain::accounts::{Account, Status};
use countersign_domain::ids::AccountId;
use countersign_domain::invitations::{For, Invitation};
use countersign_domain::passwords::Kept;
use jiff::Timestamp;

use super::{MemoryStore, State};
use crate::fault::Fault;
use crate::store::{KeepInvitations, Saved, SetUp};

impl State {
    /// A link that is there; for an account, only its current one.
    fn link(&self, id: &str) -> Option<&Invitation> {
        self.invitations.get(id).filter(|link| match link.whom {
            For::FirstAdministrator => true,
            For::Enrollment { account } => self.current.get(&account).is_some_and(|current| current == id),
        })
    }
}

#[async_trait]
impl KeepInvitations for MemoryStore {
    async fn invite(&self, invitation: &Invitation) -> Result<(), Fault> {
        let mut state = self.state();
        state.invitations.insert(invitation.id.clone(), invitation.clone());
        if let For::Enrollment { account } = invitation.whom {
            state.current.insert(account, invitation.id.clone());
        }
        Ok(())
    }

    async fn invitation(&self, id: &str) -> Result<Option<Invitation>, Fault> {
        Ok(self.state().link(id).cloned())
    }

    async fn set_up(&self, invitation: &Invitation, first: &Account, now: Timestamp) -> Result<SetUp, Fault> {
        let mut state = self.state();
        let link = state
            .link(&invitation.id)
            .filter(|link| link.is_open(now) && link.whom == For::FirstAdministrator);
        if link.is_none() || state.set_up {
            return Ok(SetUp::LinkSpent);
        }
        if !state.create(first) {
            return Ok(SetUp::NameTaken);
        }
        state.invitations.remove(&invitation.id);
        state.set_up = true;
        Ok(SetUp::Done)
    }

    async fn enter(
        &self,
        invitation: &Invitation,
        account: AccountId,
        password: &Kept,
        now: Timestamp,
    ) -> Result<Saved, Fault> {
        let mut state = self.state();
        let link = state
            .link(&invitation.id)
            .filter(|link| link.is_open(now) && link.whom == (For::Enrollment { account }));
        if link.is_none() {
            return Ok(Saved::Lost);
        }
        let Some(stored) = state
            .accounts
            .get_mut(&account)
            .filter(|stored| stored.status == Status::Invited)
        else {
            return Ok(Saved::Lost);
        };
        stored.status = Status::Active;
        stored.password = Some(password.clone());
        stored.password_set_at = Some(now);
        state.invitations.remove(&invitation.id);
        state.current.remove(&account);
        Ok(Saved::Won)
    }

    async fn is_set_up(&self) -> Result<bool, Fault> {
        Ok(self.state().set_up)
    }
}
