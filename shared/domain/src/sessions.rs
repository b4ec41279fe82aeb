//! Sessions: what opened them, how long they last, and how fresh their proof is.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::encoding::{base64url, from_base64url};
use crate::entropy::{self, Entropy};
use crate::ids::{AccountId, AuthenticatorId, SessionId};
use crate::place::Place;
use crate::policy::Policy;
use crate::secret::Secret;
use crate::strengths::{Level, level};

/// What a session is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Everything that the account may do.
    Full,
    /// Only registering a first method: the account has none yet.
    Registration,
}

/// One thing that was proven when a session was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// The authenticator; none for the password.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authenticator: Option<AuthenticatorId>,
    /// Its kind, or `password`.
    pub kind: String,
    /// What the member calls it.
    pub name: String,
    /// Whether the phone said that it was unlocked for it: a second factor of its own.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unlocked: bool,
    /// Whether its key provably cannot leave its device.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub device_bound: bool,
}

impl Proof {
    /// The password.
    pub fn password() -> Self {
        Self {
            authenticator: None,
            kind: "password".to_owned(),
            name: "Password".to_owned(),
            unlocked: false,
            device_bound: false,
        }
    }
}

/// One session, as it is stored. The token is not in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// The hash of its token.
    pub id: SessionId,
    /// Whose.
    pub account: AccountId,
    /// What it is good for.
    pub scope: Scope,
    /// The account's epoch under which it was opened. One that may only register is worth nothing under a later one.
    #[serde(default)]
    pub epoch: u64,
    /// When it began.
    pub started_at: Timestamp,
    /// When the person last proved who it is.
    pub authenticated_at: Timestamp,
    /// When it was last used, to within a few minutes.
    pub last_seen_at: Timestamp,
    /// When it ends whatever happens.
    pub expires_at: Timestamp,
    /// What opened it. When one of these authenticators is removed, the session ends with it.
    pub proofs: Vec<Proof>,
    /// From where.
    pub place: Place,
}

impl Session {
    /// A new session and the token that opens it.
    pub fn open(
        account: AccountId,
        scope: Scope,
        proofs: Vec<Proof>,
        place: Place,
        policy: &Policy,
        entropy: &dyn Entropy,
        now: Timestamp,
    ) -> (Self, Token) {
        let token = Token {
            account,
            secret: Secret::new(entropy::bytes::<32>(entropy)),
        };
        let lifetime = match scope {
            Scope::Full if is_highest(&proofs) => policy.highest_session_lifetime,
            Scope::Full => policy.session_lifetime,
            Scope::Registration => policy.enrollment_lifetime,
        };
        let session = Self {
            id: token.session(),
            account,
            scope,
            epoch: 0,
            started_at: now,
            authenticated_at: now,
            last_seen_at: now,
            expires_at: now.saturating_add(lifetime).unwrap_or(now),
            proofs,
            place,
        };
        (session, token)
    }

    /// The same, opened under that epoch of its account.
    #[must_use]
    pub const fn under(mut self, epoch: u64) -> Self {
        self.epoch = epoch;
        self
    }

    /// The same, ending no later than that.
    #[must_use]
    pub fn until(mut self, ends_at: Option<Timestamp>) -> Self {
        self.expires_at = ends_at.map_or(self.expires_at, |end| end.min(self.expires_at));
        self
    }

    /// Whether it is still good. The server's times decide, not the cookie's age.
    pub fn is_alive(&self, policy: &Policy, now: Timestamp) -> bool {
        let idle = if is_highest(&self.proofs) {
            policy.highest_session_idle
        } else {
            policy.session_idle
        };
        now < self.expires_at && now.duration_since(self.last_seen_at) < idle
    }

    /// Until when its proof is fresh enough for a change to methods.
    pub fn fresh_until(&self, policy: &Policy) -> Timestamp {
        self.authenticated_at
            .saturating_add(policy.fresh)
            .unwrap_or(self.authenticated_at)
    }

    /// Whether its proof is fresh enough for a change to methods.
    pub fn is_fresh(&self, policy: &Policy, now: Timestamp) -> bool {
        now < self.fresh_until(policy)
    }

    /// Whether "last seen" is worth a write.
    pub fn wants_touch(&self, policy: &Policy, now: Timestamp) -> bool {
        now.duration_since(self.last_seen_at) >= policy.session_touch
    }

    /// Whether this authenticator opened it.
    pub fn was_opened_with(&self, authenticator: AuthenticatorId) -> bool {
        self.proofs
            .iter()
            .any(|proof| proof.authenticator == Some(authenticator))
    }
}

/// Whether these proofs reach the highest level, whose sessions are shorter.
fn is_highest(proofs: &[Proof]) -> bool {
    // Every request asks; hardly any session has such a proof.
    proofs.iter().any(|proof| proof.device_bound) && level(proofs) == Level::DeviceBound
}

/// What the cookie holds: whose session, and a secret of 256 bits of which only the hash is stored.
#[derive(Debug, Clone)]
pub struct Token {
    /// Whose.
    pub account: AccountId,
    secret: Secret<[u8; 32]>,
}

impl Token {
    /// The session that it opens.
    pub fn session(&self) -> SessionId {
        SessionId::of_token(self.secret.expose())
    }

    /// The cookie's value.
    pub fn to_cookie(&self) -> Secret<String> {
        Secret::new(format!("{}.{}", self.account, base64url(self.secret.expose())))
    }

    /// Reads a cookie's value; anything else is no token.
    pub fn from_cookie(value: &str) -> Option<Self> {
        let (account, secret) = value.split_once('.')?;
        let secret: [u8; 32] = from_base64url(secret)?.try_into().ok()?;
        Some(Self {
            account: account.parse().ok()?,
            secret: Secret::new(secret),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::Seeded;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn session() -> (Session, Token) {
        let entropy = Seeded::new("session");
        let account = AccountId::new(at(0), &entropy);
        Session::open(
            account,
            Scope::Full,
            vec![Proof::password()],
            Place::default(),
            &Policy::default(),
            &entropy,
            at(0),
        )
    }

    #[test]
    fn a_session_ends_after_an_hour_of_idleness_and_after_a_day_of_use() {
        let (mut session, _) = session();
        let policy = Policy::default();
        assert!(session.is_alive(&policy, at(3599)));
        assert!(!session.is_alive(&policy, at(3600)));
        session.last_seen_at = at(86_399);
        assert!(session.is_alive(&policy, at(86_399)));
        assert!(!session.is_alive(&policy, at(86_400)));
    }

    #[test]
    fn a_session_at_the_highest_level_ends_after_a_quarter_of_an_hour_of_idleness_and_after_half_a_day_of_use() {
        let (entropy, policy) = (Seeded::new("session"), Policy::default());
        let key = Proof {
            kind: "passkey".to_owned(),
            device_bound: true,
            ..Proof::password()
        };
        let account = AccountId::new(at(0), &entropy);
        let (mut session, _) = Session::open(
            account,
            Scope::Full,
            vec![key],
            Place::default(),
            &policy,
            &entropy,
            at(0),
        );
        assert!(session.is_alive(&policy, at(899)));
        assert!(!session.is_alive(&policy, at(900)));
        session.last_seen_at = at(43_199);
        assert!(session.is_alive(&policy, at(43_199)));
        assert!(!session.is_alive(&policy, at(43_200)));
    }

    #[test]
    fn a_proof_is_fresh_for_five_minutes() {
        let (session, _) = session();
        assert!(session.is_fresh(&Policy::default(), at(299)));
        assert!(!session.is_fresh(&Policy::default(), at(300)));
    }

    #[test]
    fn a_cookie_round_trips_and_a_forged_one_is_no_token() {
        let (session, token) = session();
        let cookie = token.to_cookie();
        assert_eq!(Token::from_cookie(cookie.expose()).unwrap().session(), session.id);
        for forged in ["", ".", "acc_1.x", "x.y.z", &cookie.expose()[..40]] {
            assert!(Token::from_cookie(forged).is_none(), "{forged}");
        }
    }
}
