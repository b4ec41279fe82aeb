//! A person whole: the account, its authenticators and the policy they fall under, read together, and what follows from the three.

use std::sync::Arc;

use jiff::Timestamp;

use crate::accounts::Account;
use crate::ids::AuthenticatorId;
use crate::methods::pass::PassStanding;
use crate::methods::rules::{Bar, MethodsPolicy, Settings as _};
use crate::methods::{Authenticator, Binding, Family, MethodKind, REGISTRY, Standing};
use crate::policy::Policy;
use crate::refusal::Refusal;

/// An account with everything that is bound to it.
#[derive(Debug, Clone)]
pub struct Person {
    /// The account.
    pub account: Account,
    /// Its authenticators, pending ones included.
    pub authenticators: Vec<Authenticator>,
    /// The organization's methods policy. It comes with every person, so that no door can forget it and a change holds at the next request.
    pub rules: Arc<MethodsPolicy>,
}

/// A method that may be added now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Offered {
    /// It may.
    Yes,
    /// It may not: what the caller is told, and the rule that says so.
    No(Refusal, Because),
}

/// The rule that keeps a method from an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Because {
    /// A line of the methods policy.
    Policy(Bar),
    /// It is only a spare, and there is nothing yet that it could be a spare of.
    Spare,
    /// The methods policy names no country whose numbers may be sent to.
    NoCountry,
    /// This deployment has nothing to send its codes with.
    NotSetUp,
    /// The limit of its family.
    Limit(usize),
}

impl Person {
    /// A person under the default policy.
    pub fn new(account: Account, authenticators: Vec<Authenticator>) -> Self {
        Self {
            account,
            authenticators,
            rules: Arc::default(),
        }
    }

    /// Whether policy gives a method to this account.
    pub fn may_use(&self, kind: MethodKind) -> bool {
        self.rules.audience(kind).includes(&self.account.groups)
    }

    /// Whether policy lets this account use this very thing: its method, and what its settings say of such a one.
    pub fn is_allowed(&self, one: &Authenticator) -> bool {
        self.may_use(one.kind()) && self.rules.takes(&one.binding)
    }

    /// Whether an authenticator of this account can prove something: in use, not disabled, and allowed by policy.
    pub fn can_use(&self, one: &Authenticator, policy: &Policy) -> bool {
        one.is_usable(policy) && self.is_allowed(one)
    }

    /// The account's passkeys that can prove something.
    pub fn usable_passkeys(&self, policy: &Policy) -> Vec<&Authenticator> {
        let mut usable = self.usable(policy);
        usable.retain(|one| one.kind() == MethodKind::PASSKEY);
        usable
    }

    /// The authenticator that holds a credential, whether or not it can be used.
    pub fn holder(&self, credential_id: &str) -> Option<&Authenticator> {
        let is_it = |one: &&Authenticator| {
            let passkey = one.binding.passkey();
            passkey.is_some_and(|passkey| passkey.credential_id == credential_id)
        };
        self.authenticators.iter().find(is_it)
    }

    /// An authenticator by id.
    pub fn authenticator(&self, id: AuthenticatorId) -> Option<&Authenticator> {
        self.authenticators.iter().find(|authenticator| authenticator.id == id)
    }

    /// Passes that can be used now. They are not among what the account has: they come and go by an administrator's hand.
    pub fn passes(&self, policy: &Policy, now: Timestamp) -> impl Iterator<Item = &Authenticator> {
        let open = move |one: &&Authenticator| {
            self.can_use(one, policy)
                && matches!(&one.binding, Binding::Pass(pass) if pass.standing(now) == PassStanding::Open)
        };
        self.authenticators.iter().filter(open)
    }

    /// The authenticators that can prove something, the one to ask first at the front: the default (unless the system's order is preferred),
    /// then the strongest, then the oldest; spares last.
    pub fn usable(&self, policy: &Policy) -> Vec<&Authenticator> {
        let mut usable: Vec<_> = self
            .authenticators
            .iter()
            .filter(|one| self.can_use(one, policy) && !one.method().is_temporary())
            .filter(|one| one.binding.codes_left() != Some(0))
            .collect();
        usable.sort_by_key(|one| {
            (
                one.method().is_spare(),
                self.rules.system_preferred || Some(one.id) != self.account.default,
                one.kind().rank(),
                one.added_at,
                one.id,
            )
        });
        usable
    }

    /// Whether a second factor is bound. One that is bound is always asked for, also where too many wrong answers or a change of policy have
    /// put it out of use: running it into the ground must not open the door that an account without factors has.
    pub fn has_second_factor(&self) -> bool {
        self.authenticators
            .iter()
            .any(|one| one.standing == Standing::Active && !one.method().is_temporary())
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

    /// How many of a family count against its limit: active ones (disabled included) and, at `now`, pending ones.
    pub fn bound(&self, family: Family, now: Timestamp) -> usize {
        let counts = |one: &&Authenticator| one.standing == Standing::Active || one.is_pending(now);
        self.of(family).filter(counts).count()
    }

    /// The authenticators of a family, pending ones included.
    pub fn of(&self, family: Family) -> impl Iterator<Item = &Authenticator> {
        self.authenticators
            .iter()
            .filter(move |one| one.method().family() == family)
    }

    /// Each registered method that members add themselves, strongest first, and whether this account may add one.
    pub fn offers(&self, policy: &Policy, now: Timestamp) -> Vec<(MethodKind, Offered)> {
        REGISTRY
            .iter()
            .filter(|method| !method.is_temporary())
            .filter_map(|method| MethodKind::parse(method.kind()))
            .map(|kind| (kind, self.offered(kind, policy, now)))
            .collect()
    }

    /// Whether a ceremony for a method may begin: if it is offered, or if what it binds replaces what there is.
    pub fn may_begin(&self, kind: MethodKind, policy: &Policy, now: Timestamp) -> Result<(), Refusal> {
        match self.offered(kind, policy, now) {
            _ if kind.method().is_temporary() => Err(Refusal::MethodNotOffered),
            Offered::Yes => Ok(()),
            Offered::No(Refusal::MethodLimitReached, _) if kind.method().renews() => Ok(()),
            Offered::No(refusal, _) => Err(refusal),
        }
    }

    /// Whether the account can sign in by something that is not only a spare.
    pub fn has_more_than_spares(&self, policy: &Policy) -> bool {
        self.usable(policy).iter().any(|one| !one.method().is_spare())
    }

    fn offered(&self, kind: MethodKind, policy: &Policy, now: Timestamp) -> Offered {
        let (family, groups) = (kind.method().family(), &self.account.groups);
        let most = policy.most(family);
        if let Some(bar) = self.rules.audience(kind).bars(groups) {
            Offered::No(Refusal::MethodNotOffered, Because::Policy(bar))
        } else if kind.method().is_spare() && !self.has_more_than_spares(policy) {
            Offered::No(Refusal::MethodNeedsAnother, Because::Spare)
        } else if self.rules.phones(kind).is_some_and(|phones| !phones.are_usable()) {
            Offered::No(Refusal::CountryNotAllowed, Because::NoCountry)
        } else if self.bound(family, now) >= most {
            Offered::No(Refusal::MethodLimitReached, Because::Limit(most))
        } else {
            Offered::Yes
        }
    }
}
