//! A ceremony in which a passkey is asked for: its challenge, and for whom and until when it is good.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::encoding::base64url;
use crate::entropy::{self, Entropy};
use crate::ids::{AccountId, SessionId, SignInId};
use crate::policy::Policy;

/// A new challenge, base64url: 32 bytes of chance, where 16 are the least (WebAuthn Level 3 §13.4.3).
pub fn new_challenge(entropy: &dyn Entropy) -> String {
    base64url(entropy::bytes::<32>(entropy))
}

/// Whose passkey is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "whom", rename_all = "snake_case")]
pub enum Whom {
    /// Whoever has one: the passkey itself says whose it is.
    Anybody,
    /// The person whose password was right, in this sign-in and no other.
    SignIn {
        /// That sign-in.
        sign_in: SignInId,
        /// Whose.
        account: AccountId,
    },
    /// The person of a session, once more.
    Again {
        /// That session, which is replaced.
        session: SessionId,
        /// Whose.
        account: AccountId,
        /// The account's epoch: the end of all sessions voids this as well.
        epoch: u64,
    },
}

impl Whom {
    /// The account, where it is known before.
    pub const fn account(&self) -> Option<AccountId> {
        match self {
            Self::Anybody => None,
            Self::SignIn { account, .. } | Self::Again { account, .. } => Some(*account),
        }
    }
}

/// One ceremony. It travels sealed in a cookie of the browser that asked: an assertion that is carried elsewhere finds no challenge there.
/// The challenge is spent on the authenticator, by the write that raises its mark.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Ceremony {
    /// The challenge, base64url.
    pub challenge: String,
    /// When it was drawn.
    pub drawn_at: Timestamp,
    /// From when on it is void.
    pub expires_at: Timestamp,
    /// Whose passkey is asked for.
    #[serde(flatten)]
    pub whom: Whom,
}

impl Ceremony {
    /// Draws one.
    pub fn draw(whom: Whom, policy: &Policy, entropy: &dyn Entropy, now: Timestamp) -> Self {
        Self {
            challenge: new_challenge(entropy),
            drawn_at: now,
            expires_at: now.saturating_add(policy.sign_in_lifetime).unwrap_or(now),
            whom,
        }
    }

    /// Whether it can still be answered.
    pub fn is_open(&self, now: Timestamp) -> bool {
        now < self.expires_at
    }
}
