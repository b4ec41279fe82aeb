//! Removing a method: whether it may go, and what goes with it.

use crate::accounts::Account;
use crate::ids::AuthenticatorId;
use crate::methods::{Authenticator, Standing};
use crate::people::Person;
use crate::policy::Policy;
use crate::refusal::Refusal;
use crate::sessions::Session;

/// A removal that may be done, if the account's methods are still those that were read.
#[derive(Debug, Clone)]
#[must_use]
pub struct Removal {
    /// What goes.
    pub authenticator: Authenticator,
    /// The account as it is saved with it, on the condition that its methods' version is one lower.
    pub account: Account,
}

impl Person {
    /// Decides whether an authenticator may go. One second factor must stay: without any, the next sign-in would be by password alone.
    pub fn remove(&self, id: AuthenticatorId, policy: &Policy) -> Result<Removal, Refusal> {
        let authenticator = self
            .authenticator(id)
            .filter(|one| one.standing == Standing::Active)
            .ok_or(Refusal::MethodNotFound)?;
        let others = || {
            let usable = self.usable(policy).into_iter();
            usable.filter(|one| one.id != id && !one.method().is_spare())
        };
        if !authenticator.method().is_spare() && others().next().is_none() {
            return Err(Refusal::MethodLastOrRequired);
        }
        let mut account = self.account.clone();
        account.methods_version += 1;
        if account.default == Some(id) {
            account.default = others()
                .min_by_key(|one| (one.kind().rank(), one.added_at, one.id))
                .map(|one| one.id);
        }
        Ok(Removal {
            authenticator: authenticator.clone(),
            account,
        })
    }
}

/// The sessions that end with an authenticator.
pub fn sessions_of(sessions: &[Session], authenticator: AuthenticatorId) -> impl Iterator<Item = &Session> {
    sessions
        .iter()
        .filter(move |session| session.was_opened_with(authenticator))
}

#[cfg(test)]
mod tests;
