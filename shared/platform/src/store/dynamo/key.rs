//! Where each thing lies: every key of the three tables is made here.

use aws_sdk_dynamodb::types::AttributeValue;
use countersign_domain::ids::{AccountId, ActivityId, AuthenticatorId, EnrollmentId, SessionId};
use countersign_domain::names::{SerialNumber, UserName};
use countersign_domain::passwords::Bucket;
use jiff::Timestamp;

use super::Table;
use super::attribute::{PK, SK};
use super::row::Item;

/// A row's place.
#[derive(Debug, Clone)]
pub(super) struct Key {
    pub(super) table: Table,
    pub(super) pk: String,
    pub(super) sk: String,
}

/// What the sort keys of an account's authenticators begin with.
pub(super) const AUTHENTICATOR: &str = "AUTHENTICATOR#";
/// What the sort keys of an account's sessions begin with.
pub(super) const SESSION: &str = "SESSION#";
/// The sort key of the account itself.
pub(super) const PROFILE: &str = "PROFILE";

/// The partition of an account, in whichever table.
pub(super) fn account(id: AccountId) -> String {
    format!("ACCOUNT#{id}")
}

impl Key {
    fn new(table: Table, pk: String, sk: impl Into<String>) -> Self {
        Self {
            table,
            pk,
            sk: sk.into(),
        }
    }

    pub(super) fn profile(id: AccountId) -> Self {
        Self::new(Table::Directory, account(id), PROFILE)
    }

    pub(super) fn authenticator(of: AccountId, id: AuthenticatorId) -> Self {
        Self::new(Table::Directory, account(of), format!("{AUTHENTICATOR}{id}"))
    }

    pub(super) fn name(name: &UserName) -> Self {
        Self::new(Table::Directory, format!("NAME#{name}"), "NAME")
    }

    /// That an account holds a credential, by what must be unique of it.
    pub(super) fn credential(claim: &str) -> Self {
        Self::new(Table::Directory, format!("CREDENTIAL#{claim}"), "CREDENTIAL")
    }

    /// The mark that the organization is set up.
    pub(super) fn setup() -> Self {
        Self::new(Table::Directory, "ORGANIZATION".to_owned(), "SETUP")
    }

    /// A hardware token of the inventory.
    pub(super) fn token(serial: &SerialNumber) -> Self {
        Self::new(Table::Directory, format!("TOKEN#{serial}"), "TOKEN")
    }

    /// The methods policy, one document.
    pub(super) fn methods_policy() -> Self {
        Self::new(Table::Directory, "POLICY".to_owned(), "METHODS")
    }

    pub(super) fn ledger(of: AccountId) -> Self {
        Self::new(Table::Sessions, account(of), "PROMPT")
    }

    pub(super) fn session(of: AccountId, id: &SessionId) -> Self {
        Self::new(Table::Sessions, account(of), format!("{SESSION}{id}"))
    }

    pub(super) fn enrollment(of: AccountId, id: EnrollmentId) -> Self {
        Self::new(Table::Sessions, account(of), format!("ENROLLMENT#{id}"))
    }

    pub(super) fn pairing(id: &str) -> Self {
        Self::new(Table::Sessions, format!("PAIRING#{id}"), "PAIRING")
    }

    pub(super) fn invitation(id: &str) -> Self {
        Self::new(Table::Sessions, format!("INVITATION#{id}"), "INVITATION")
    }

    /// Which invitation of an account is the current one.
    pub(super) fn current_invitation(of: AccountId) -> Self {
        Self::new(Table::Sessions, account(of), "INVITATION")
    }

    pub(super) fn guesses(name: &str, bucket: Bucket) -> Self {
        Self::new(Table::Sessions, format!("GUESSES#{name}"), bucket.as_str())
    }

    pub(super) fn address(address: &str, hour_ends: Timestamp) -> Self {
        Self::new(Table::Sessions, format!("ADDRESS#{address}"), hour_ends.to_string())
    }

    /// One window of a budget of messages.
    pub(super) fn sendings(of: &str, window_ends: Timestamp) -> Self {
        Self::new(Table::Sessions, format!("SENDINGS#{of}"), window_ends.to_string())
    }

    pub(super) fn proof(key: &str) -> Self {
        Self::new(Table::Sessions, format!("PROOF#{key}"), "PROOF")
    }

    pub(super) fn activity(of: AccountId, id: ActivityId) -> Self {
        Self::new(Table::Activity, account(of), id.to_string())
    }

    /// As the database takes it.
    pub(super) fn attributes(&self) -> Item {
        Item::from([
            (PK.to_owned(), AttributeValue::S(self.pk.clone())),
            (SK.to_owned(), AttributeValue::S(self.sk.clone())),
        ])
    }
}
