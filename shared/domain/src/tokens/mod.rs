//! The organization's hardware tokens: which there are, who has which, and what may be done with each.

pub mod import;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ids::{AccountId, AuthenticatorId};
use crate::methods::hardware_oath::Held;
use crate::methods::totp::{Generator, Hash};
use crate::names::{Label, SerialNumber, UserName};
use crate::refusal::Refusal;

/// In whose hands a token is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "custody", rename_all = "snake_case")]
pub enum Custody {
    /// In nobody's: whoever has it in hand may activate it.
    Available,
    /// Kept for one account, which alone may activate it.
    Assigned {
        /// The account.
        holder: AccountId,
        /// Its user name, for lists.
        user_name: UserName,
    },
    /// In use as a sign-in method.
    Active {
        /// The account.
        holder: AccountId,
        /// Its user name, for lists.
        user_name: UserName,
        /// What it is there.
        authenticator: AuthenticatorId,
    },
}

impl Custody {
    /// Which of the three it is.
    pub const fn list(&self) -> List {
        match self {
            Self::Available => List::Available,
            Self::Assigned { .. } => List::Assigned,
            Self::Active { .. } => List::Active,
        }
    }
}

/// One of the three lists of tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// Those in nobody's hands.
    Available,
    /// Those that wait for their member.
    Assigned,
    /// Those in use.
    Active,
}

impl List {
    /// As it stands in the API and in keys.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Available => "available",
            Self::Assigned => "assigned",
            Self::Active => "active",
        }
    }
}

/// A token of the inventory.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct HardwareToken {
    /// What is printed on it, and its key.
    pub serial: SerialNumber,
    /// Who made it.
    pub manufacturer: Label,
    /// What it is called there.
    pub model: Label,
    /// Seconds of a step: 30 or 60.
    pub period: u64,
    /// Its seed, sealed and bound to this row. It is never shown again.
    pub sealed_seed: String,
    /// The highest step of it that was consumed, by whomever: a code is good once in the token's life, not once an account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<u64>,
    /// When it was imported.
    pub added_at: Timestamp,
    /// Raised by each change.
    pub version: u64,
    /// In whose hands it is.
    #[serde(flatten)]
    pub custody: Custody,
}

impl HardwareToken {
    /// Whether an account may activate it. Somebody else's token is to it like one that does not exist.
    pub fn may_be_activated_by(&self, account: AccountId) -> bool {
        match &self.custody {
            Custody::Available => true,
            Custody::Assigned { holder, .. } => *holder == account,
            Custody::Active { .. } => false,
        }
    }

    /// What an account keeps of it, with its seed sealed anew for the authenticator's row. SHA-1 and 6 digits: what the file's columns say
    /// nothing else of.
    pub fn held(&self, sealed_seed: String) -> Held {
        Held {
            serial: self.serial.clone(),
            manufacturer: self.manufacturer.clone(),
            model: self.model.clone(),
            generator: Generator {
                sealed_seed,
                hash: Hash::Sha1,
                digits: 6,
                period: self.period,
            },
            drift: 0,
        }
    }

    /// The same, kept for an account. From one that waits it may be taken, from one that uses it not.
    pub fn assign(self, holder: AccountId, user_name: UserName) -> Result<Self, Refusal> {
        self.moved(Custody::Assigned { holder, user_name })
    }

    /// The same, in nobody's hands.
    pub fn unassign(self) -> Result<Self, Refusal> {
        match self.custody {
            Custody::Available => Err(Refusal::TokenStateConflict),
            Custody::Assigned { .. } | Custody::Active { .. } => self.moved(Custody::Available),
        }
    }

    /// Whether it may be deleted: only what is in nobody's hands.
    pub const fn may_be_deleted(&self) -> Result<(), Refusal> {
        match self.custody {
            Custody::Available => Ok(()),
            Custody::Assigned { .. } => Err(Refusal::TokenStateConflict),
            Custody::Active { .. } => Err(Refusal::TokenInUse),
        }
    }

    fn moved(mut self, to: Custody) -> Result<Self, Refusal> {
        if matches!(self.custody, Custody::Active { .. }) {
            return Err(Refusal::TokenInUse);
        }
        self.custody = to;
        self.version += 1;
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::Seeded;

    fn token(custody: Custody) -> HardwareToken {
        HardwareToken {
            serial: "FT-0042".parse().unwrap(),
            manufacturer: "Feitian".parse().unwrap(),
            model: "c200".parse().unwrap(),
            period: 30,
            sealed_seed: "v1.sealed".to_owned(),
            mark: None,
            added_at: Timestamp::UNIX_EPOCH,
            version: 0,
            custody,
        }
    }

    fn account(name: &str) -> (AccountId, UserName) {
        let id = AccountId::new(Timestamp::UNIX_EPOCH, &Seeded::new(name));
        (id, name.parse().unwrap())
    }

    fn custodies() -> [Custody; 3] {
        let (holder, user_name) = account("ada");
        let authenticator = AuthenticatorId::new(Timestamp::UNIX_EPOCH, &Seeded::new("authenticator"));
        [
            Custody::Available,
            Custody::Assigned {
                holder,
                user_name: user_name.clone(),
            },
            Custody::Active {
                holder,
                user_name,
                authenticator,
            },
        ]
    }

    #[test]
    fn a_token_is_activated_by_whom_it_is_kept_for_and_by_anybody_only_while_in_nobodys_hands() {
        let [available, assigned, active] = custodies().map(token);
        let ((ada, _), (bob, _)) = (account("ada"), account("bob"));
        assert!(available.may_be_activated_by(ada) && available.may_be_activated_by(bob));
        assert!(assigned.may_be_activated_by(ada) && !assigned.may_be_activated_by(bob));
        assert!(!active.may_be_activated_by(ada) && !active.may_be_activated_by(bob));
    }

    #[test]
    fn a_token_in_use_is_left_where_it_is_and_others_move() {
        for (custody, assign, unassign, delete) in [
            (0, Ok(1), Err(Refusal::TokenStateConflict), Ok(())),
            (1, Ok(1), Ok(1), Err(Refusal::TokenStateConflict)),
            (
                2,
                Err(Refusal::TokenInUse),
                Err(Refusal::TokenInUse),
                Err(Refusal::TokenInUse),
            ),
        ] {
            let one = token(custodies()[custody].clone());
            let (bob, name) = account("bob");
            assert_eq!(one.clone().assign(bob, name).map(|moved| moved.version), assign);
            assert_eq!(one.clone().unassign().map(|moved| moved.version), unassign);
            assert_eq!(one.may_be_deleted(), delete);
        }
    }

    #[test]
    fn a_token_comes_back_as_it_was_stored() {
        for custody in custodies() {
            let one = token(custody);
            let stored = serde_json::to_value(&one).unwrap();
            assert_eq!(stored["custody"], one.custody.list().as_str());
            let back: HardwareToken = serde_json::from_value(stored.clone()).unwrap();
            assert_eq!(serde_json::to_value(&back).unwrap(), stored);
        }
    }
}
