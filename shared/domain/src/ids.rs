//! Identifiers: ULIDs with a prefix that says what they name.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ulid::Ulid;

use crate::entropy::Entropy;

/// The text is not an identifier of this kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a valid identifier")]
pub struct InvalidId;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Ulid);

        impl $name {
            /// A new identifier: 48 bits of time, 80 bits of chance. It is not a secret.
            pub fn new(now: Timestamp, entropy: &dyn Entropy) -> Self {
                let millis = u64::try_from(now.as_millisecond()).unwrap_or(0);
                let mut random = [0; 16];
                random.get_mut(..10).map(|part| entropy.fill(part));
                Self(Ulid::from_parts(millis, u128::from_le_bytes(random)))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "{}"), self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            /// Only the canonical form is an id: aliases of one id would each get counters of their own.
            fn from_str(text: &str) -> Result<Self, InvalidId> {
                let id = text.strip_prefix($prefix).and_then(|rest| Ulid::from_string(rest).ok()).map(Self).ok_or(InvalidId)?;
                if id.to_string() == text { Ok(id) } else { Err(InvalidId) }
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidId;
            fn try_from(text: String) -> Result<Self, InvalidId> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.to_string()
            }
        }
    };
}

id!(/// An account: one person's.
    AccountId, "acc_");
id!(/// One bound thing: "this phone", "that code generator".
    AuthenticatorId, "aut_");
id!(/// One enrollment ceremony.
    EnrollmentId, "enr_");
id!(/// One sign-in under way.
    SignInId, "sgn_");
id!(/// One number-matching prompt.
    PromptId, "prm_");
id!(/// One row of activity; sorts by time.
    ActivityId, "act_");
id!(/// One attempt to change something: a retried request that already won knows its write by it.
    AttemptId, "try_");

impl AccountId {
    /// The user handle of the account's passkeys: 16 bytes that say nothing of the person (WebAuthn Level 3 §14.6.1).
    pub const fn handle(self) -> [u8; 16] {
        self.0.to_bytes()
    }

    /// The account of a user handle.
    pub fn of_handle(handle: &[u8]) -> Option<Self> {
        Some(Self(Ulid::from_bytes(handle.try_into().ok()?)))
    }
}

/// A session as it is shown: the hash of its token, so that showing it gives nothing away.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SessionId(String);

impl SessionId {
    /// The id of the session that a token opens.
    pub fn of_token(token: &[u8; 32]) -> Self {
        Self(format!(
            "ses_{}",
            crate::encoding::base64url(crate::encoding::sha256(token))
        ))
    }
}

impl fmt::Display for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for SessionId {
    type Err = InvalidId;
    fn from_str(text: &str) -> Result<Self, InvalidId> {
        let hash = text
            .strip_prefix("ses_")
            .and_then(crate::encoding::from_base64url)
            .ok_or(InvalidId)?;
        if hash.len() == 32 {
            Ok(Self(text.to_owned()))
        } else {
            Err(InvalidId)
        }
    }
}

impl TryFrom<String> for SessionId {
    type Error = InvalidId;
    fn try_from(text: String) -> Result<Self, InvalidId> {
        text.parse()
    }
}

impl From<SessionId> for String {
    fn from(id: SessionId) -> Self {
        id.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::Seeded;

    #[test]
    fn ids_sort_by_time_and_round_trip() {
        let entropy = Seeded::new("ids");
        let early = ActivityId::new(Timestamp::from_second(1_000).unwrap(), &entropy);
        let late = ActivityId::new(Timestamp::from_second(1_001).unwrap(), &entropy);
        assert!(early.to_string() < late.to_string());
        assert_eq!(early.to_string().parse(), Ok(early));
    }

    #[test]
    fn an_id_of_another_kind_or_spelling_is_refused() {
        let id = AccountId::new(Timestamp::UNIX_EPOCH, &Seeded::new("ids")).to_string();
        assert!(id.parse::<AuthenticatorId>().is_err());
        assert!(id.to_lowercase().parse::<AccountId>().is_err());
        assert!("acc_".parse::<AccountId>().is_err());
        let id = AccountId::new(Timestamp::UNIX_EPOCH, &Seeded::new("ids"));
        assert_eq!(AccountId::of_handle(&id.handle()), Some(id));
        assert_eq!(AccountId::of_handle(&id.handle()[1..]), None);
        assert!("ses_short".parse::<SessionId>().is_err());
    }
}
