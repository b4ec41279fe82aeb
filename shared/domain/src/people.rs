//! A person whole: the account and its authenticators, read together, and what follows from the two.

use jiff::Timestamp;

use crate::accounts::Account;
use crate::ids::AuthenticatorId;
use crate::methods::{Authenticator, MethodKind, REGISTRY};
use crate::policy::Policy;
use crate::refusal::Refusal;

/// An account with everything that is bound to it.
#[derive(Debug, Clone)]
pub struct Person {
    /// The account.
    pub account: Account,
    /// Its authenticators, pending ones included.
    pub authenticators: Vec<Authenticator>,
}

/// A method that may be added now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offered {
    /// It may.
    Yes,
    /// It may not, and why.
    No(Refusal),
}

impl Person {
    /// An authenticator by id.
    pub fn authenticator(&self, id: AuthenticatorId) -> Option<&Authenticator> {
        self.authenticators.iter().find(|authenticator| authenticator.id == id)
    }

    /// The authenticators that can prove something, the one to ask first at the front: the default, then the strongest, then the oldest.
    pub fn usable(&self, policy: &Policy) -> Vec<&Authenticator> {
        let mut usable: Vec<_> = self
            .authenticators
            .iter()
            .filter(|authenticator| authenticator.is_usable(policy))
            .collect();
        usable.sort_by_key(|one| {
            (
                Some(one.id) != self.account.default,
                one.kind().rank(),
                one.added_at,
                one.id,
            )
        });
        usable
    }

    /// Whether a second factor is bound. One that is bound is always asked for.
    pub fn has_second_factor(&self, policy: &Policy) -> bool {
        !self.usable(policy).is_empty()
    }

    /// The usable authenticator of that id, or the first one.
    pub fn chosen(&self, id: Option<AuthenticatorId>, policy: &Policy) -> Result<&Authenticator, Refusal> {
        let usable = self.usable(policy);
        match id {
            Some(id) => usable
                .into_iter()
                .find(|one| one.id == id)
                .ok_or(Refusal::MethodNotFound),
            None => usable.into_iter().next().ok_or(Refusal::MethodNotFound),
        }
    }

    /// How many authenticators and code generators count against the limit: active ones (disabled included) and, at `now`, pending ones
    /// other than `but`.
    pub fn bound(&self, now: Timestamp, but: Option<AuthenticatorId>) -> usize {
        self.authenticators
            .iter()
            .filter(|one| {
                Some(one.id) != but && (one.standing == crate::methods::Standing::Active || one.is_pending(now))
            })
            .count()
    }

    /// Each registered method, strongest first, and whether this account may add one.
    pub fn offers(&self, policy: &Policy, now: Timestamp) -> Vec<(MethodKind, Offered)> {
        let full = self.bound(now, None) >= policy.authenticators;
        let offered = if full {
            Offered::No(Refusal::MethodLimitReached)
        } else {
            Offered::Yes
        };
        REGISTRY
            .iter()
            .filter_map(|method| MethodKind::parse(method.kind()))
            .map(|kind| (kind, offered))
            .collect()
    }
}
