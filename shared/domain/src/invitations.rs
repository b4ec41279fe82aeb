//! Links by which a person enters: the first administrator's and those of people that an administrator made.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::encoding::{base64url, from_base64url, sha256};
use crate::entropy::{self, Entropy};
use crate::ids::AccountId;
use crate::policy::Policy;
use crate::secret::Secret;

/// Whom a link lets in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum For {
    /// Whoever sets the organization up.
    FirstAdministrator,
    /// The person of that account.
    Enrollment {
        /// Whose.
        account: AccountId,
    },
}

/// A link as it is stored: by the hash of its token.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Invitation {
    /// SHA-256 of the token, base64url.
    pub id: String,
    /// Whom it lets in.
    #[serde(flatten)]
    pub whom: For,
    /// From when on it is dead.
    pub expires_at: Timestamp,
}

/// The token in a link's fragment: 256 bits.
#[derive(Debug, Clone)]
pub struct LinkToken(Secret<[u8; 32]>);

impl LinkToken {
    /// Reads a token; anything else is none.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes: [u8; 32] = from_base64url(text)?.try_into().ok()?;
        Some(Self(Secret::new(bytes)))
    }

    /// The id of the invitation that it opens.
    pub fn invitation(&self) -> String {
        base64url(sha256(self.0.expose()))
    }

    /// The link, its token in the fragment, so that no server log on the way has it.
    pub fn link(&self, origin: &str) -> Secret<String> {
        Secret::new(format!("{origin}/welcome#token={}", base64url(self.0.expose())))
    }
}

impl Invitation {
    /// A new invitation and its token.
    pub fn new(whom: For, policy: &Policy, entropy: &dyn Entropy, now: Timestamp) -> (Self, LinkToken) {
        let token = LinkToken(Secret::new(entropy::bytes::<32>(entropy)));
        let lifetime: SignedDuration = match whom {
            For::FirstAdministrator => policy.first_administrator_link,
            For::Enrollment { .. } => policy.enrollment_link,
        };
        (
            Self {
                id: token.invitation(),
                whom,
                expires_at: now.saturating_add(lifetime).unwrap_or(now),
            },
            token,
        )
    }

    /// Whether it can still be used.
    pub fn is_open(&self, now: Timestamp) -> bool {
        now < self.expires_at
    }
}
