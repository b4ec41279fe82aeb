//! Signing in without a password: a user name, and the number typed on a phone that unlocks.

use jiff::Timestamp;

use super::{Aim, Choosing, ReturnTo, SignIn, Way};
use crate::encoding::{base64url, keyed_hash};
use crate::entropy::{Entropy, Seeded};
use crate::ids::{AccountId, AuthenticatorId, SignInId};
use crate::methods::{Asks, Authenticator, MethodKind};
use crate::names::{MethodName, UserName};
use crate::people::Person;
use crate::policy::Policy;
use crate::refusal::Refusal;

impl Person {
    /// The phone that a sign-in without the password may ask: one that says it can unlock, and that policy lets.
    pub fn passwordless_phone(&self, policy: &Policy) -> Result<&Authenticator, Refusal> {
        let unlocks = |one: &&Authenticator| one.binding.unlocks();
        let allowed = self.account.is_active() && self.rules.authenticator.settings.passwordless;
        let found = allowed.then(|| self.usable(policy).into_iter().find(unlocks)).flatten();
        found.ok_or(Refusal::PasswordlessNotAvailable)
    }
}

/// Who is asked. Nobody, where the name is nobody's or the account has no such phone: a stranger must not learn which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// The account.
    pub account: AccountId,
    /// Its phone.
    pub phone: AuthenticatorId,
    /// The account's epoch.
    pub epoch: u64,
}

impl Asked {
    /// A person's phone.
    pub const fn somebody(person: &Person, phone: &Authenticator) -> Self {
        Self {
            account: person.account.id,
            phone: phone.id,
            epoch: person.account.epoch,
        }
    }

    /// An account that never was, always the same for a name. Its prompt waits and expires like any other, and is replaced like any other.
    pub fn nobody(pepper: &[u8], name: &UserName) -> Self {
        let drawn = Seeded::new(&base64url(keyed_hash(pepper, &[b"nobody", name.as_str().as_bytes()])));
        Self {
            account: AccountId::new(Timestamp::UNIX_EPOCH, &drawn),
            phone: AuthenticatorId::new(Timestamp::UNIX_EPOCH, &drawn),
            epoch: 0,
        }
    }
}

impl SignIn<Choosing> {
    /// Begins a sign-in in which nothing was proven yet. Its only way is the phone; the phone's name stays out of it, since a stranger would
    /// be shown it.
    pub fn without_password(
        asked: Asked,
        user_name: UserName,
        phone: MethodName,
        return_to: Option<ReturnTo>,
        policy: &Policy,
        entropy: &dyn Entropy,
        now: Timestamp,
    ) -> Self {
        let way = Way {
            authenticator: asked.phone,
            kind: MethodKind::AUTHENTICATOR,
            name: phone,
            number: None,
            device_bound: false,
            asks: Asks::Number,
        };
        Self {
            id: SignInId::new(now, entropy),
            account: asked.account,
            user_name,
            aim: Aim::SignIn,
            epoch: asked.epoch,
            expires_at: now.saturating_add(policy.sign_in_lifetime).unwrap_or(now),
            return_to,
            proofs: Vec::new(),
            ways: vec![way],
            state: Choosing {},
        }
    }
}
