//! Binding and removing methods, in memory.

use async_trait::async_trait;
use countersign_domain::accounts::Account;
use countersign_domain::enrollment::{Activation, Enrollment, Stage};
use countersign_domain::ids::{AccountId, AuthenticatorId};
use countersign_domain::methods::{Authenticator, Standing};
use countersign_domain::names::MethodName;
use countersign_domain::removal::Removal;

use super::{MemoryStore, State};
use crate::fault::Fault;
use crate::store::{BindMethods, Record, RemoveMethods, Saved};

impl State {
    /// The stored account, if its set of methods is still the one before this change.
    pub(super) fn before(&mut self, changed: &Account) -> Option<&mut Account> {
        let before = changed.methods_version.checked_sub(1);
        self.accounts
            .get_mut(&changed.id)
            .filter(|stored| Some(stored.methods_version) == before)
    }

    /// The stored authenticator, if it is in use.
    fn active(&mut self, account: AccountId, id: AuthenticatorId) -> Option<&mut Authenticator> {
        self.authenticators
            .get_mut(&(account, id))
            .filter(|one| one.standing == Standing::Active)
    }

    /// The authenticator as it is stored once active: changed where it was pending, as given where it never was; none if it is neither.
    fn promoted(&self, authenticator: &Authenticator, ceremony: &Enrollment) -> Option<Authenticator> {
        let stored = self.authenticators.get(&(authenticator.account, authenticator.id));
        match (&ceremony.stage, stored) {
            (Stage::Testing { .. }, Some(pending)) => {
                let alive = authenticator.last_used_at.is_none_or(|now| pending.is_pending(now));
                (pending.standing == Standing::Pending && alive).then(|| Authenticator {
                    standing: Standing::Active,
                    name: authenticator.name.clone(),
                    last_used_at: authenticator.last_used_at,
                    expires_at: None,
                    ..pending.clone()
                })
            }
            (
                Stage::Seed { .. }
                | Stage::Passkey { .. }
                | Stage::Codes { .. }
                | Stage::Token { .. }
                | Stage::Message { .. }
                | Stage::Pairing,
                None,
            ) => Some(authenticator.clone()),
            _ => None,
        }
    }
}

#[async_trait]
impl BindMethods for MemoryStore {
    async fn bind_pending(&self, authenticator: &Authenticator) -> Result<Saved, Fault> {
        let mut state = self.state();
        let key = (authenticator.account, authenticator.id);
        if state.authenticators.contains_key(&key) {
            return Ok(Saved::Lost);
        }
        state.authenticators.insert(key, authenticator.clone());
        Ok(Saved::Won)
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
        let mut state = self.state();
        let key = (ceremony.account, ceremony.id);
        let ceremony_stands = state
            .enrollments
            .get(&key)
            .is_some_and(|stored| stored.version == ceremony.version);
        let Some(promoted) = state.promoted(authenticator, ceremony).filter(|_| ceremony_stands) else {
            return Ok(Saved::Lost);
        };
        let claim = authenticator.binding.claim();
        if claim.as_ref().is_some_and(|claim| state.claims.contains(claim)) {
            return Ok(Saved::Lost);
        }
        let Ok(token) = state.taken(authenticator, account) else {
            return Ok(Saved::Lost);
        };
        let as_read = |stored: &&mut Account| stored.is_active() && stored.epoch == account.epoch;
        let Some(stored) = state.before(account).filter(as_read) else {
            return Ok(Saved::Lost);
        };
        stored.methods_version = account.methods_version;
        stored.default = account.default;
        state.claims.extend(claim);
        state.put_token(token);
        state.enrollments.remove(&key);
        state.authenticators.insert((account.id, authenticator.id), promoted);
        for old in replaces {
            state.authenticators.remove(&(account.id, *old));
        }
        state.tell(tell);
        Ok(Saved::Won)
    }

    async fn is_claimed(&self, claim: &str) -> Result<bool, Fault> {
        Ok(self.state().claims.contains(claim))
    }

    async fn rename(
        &self,
        account: AccountId,
        id: AuthenticatorId,
        name: &MethodName,
        tell: Option<&Record>,
    ) -> Result<Saved, Fault> {
        let mut state = self.state();
        let Some(one) = state.active(account, id) else {
            return Ok(Saved::Lost);
        };
        one.name = name.clone();
        state.tell(tell);
        Ok(Saved::Won)
    }

    async fn save_default(
        &self,
        account: AccountId,
        id: AuthenticatorId,
        methods_version: u64,
        tell: Option<&Record>,
    ) -> Result<Saved, Fault> {
        let mut state = self.state();
        let there = state.active(account, id).is_some();
        let stored = state
            .accounts
            .get_mut(&account)
            .filter(|stored| there && stored.methods_version == methods_version);
        let Some(stored) = stored else {
            return Ok(Saved::Lost);
        };
        stored.default = Some(id);
        state.tell(tell);
        Ok(Saved::Won)
    }
}

#[async_trait]
impl RemoveMethods for MemoryStore {
    async fn remove(&self, removal: &Removal, tell: Option<&Record>) -> Result<Saved, Fault> {
        let Removal { authenticator, account } = removal;
        let mut state = self.state();
        let key = (account.id, authenticator.id);
        let there = state.authenticators.contains_key(&key);
        let Ok(token) = state.given_back(authenticator) else {
            return Ok(Saved::Lost);
        };
        let Some(stored) = state.before(account).filter(|_| there) else {
            return Ok(Saved::Lost);
        };
        stored.methods_version = account.methods_version;
        stored.default = account.default;
        state.put_token(token);
        state.authenticators.remove(&key);
        if let Some(claim) = authenticator.binding.claim() {
            state.claims.remove(&claim);
        }
        state.tell(tell);
        Ok(Saved::Won)
    }
}
