//! Accounts: who a person is to the organization, and what state that is in.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ids::{AccountId, AuthenticatorId};
use crate::names::{DisplayName, GroupName, MailAddress, UserName};
use crate::passwords::Kept;

/// What an account may do beyond its own affairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Only its own affairs.
    Member,
    /// People and policy.
    Administrator,
}

/// Where an account stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Made by an administrator; has not set a password yet.
    Invited,
    /// In use.
    Active,
    /// Suspended by an administrator: no sign-in, no session.
    Disabled,
}

/// One person's account.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// What it signs in with; unique.
    pub user_name: UserName,
    /// How it is greeted.
    pub display_name: DisplayName,
    /// Where mail goes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mail: Option<MailAddress>,
    /// Its role.
    pub role: Role,
    /// Its state.
    pub status: Status,
    /// When it was made.
    pub created_at: Timestamp,
    /// Raised by everything that ends all sessions; whatever was begun under a lower one is void.
    #[serde(default)]
    pub epoch: u64,
    /// Raised by each change to the set of methods, so that two changes cannot both act on the same picture.
    #[serde(default)]
    pub methods_version: u64,
    /// The groups that policy goes by.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub groups: BTreeSet<GroupName>,
    /// The method that is asked first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<AuthenticatorId>,
    /// The password, once set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<Kept>,
    /// When the password was set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password_set_at: Option<Timestamp>,
}

impl Account {
    /// A new account that its person has not entered yet.
    pub fn invited(
        id: AccountId,
        user_name: UserName,
        display_name: DisplayName,
        mail: Option<MailAddress>,
        role: Role,
        now: Timestamp,
    ) -> Self {
        Self {
            id,
            user_name,
            display_name,
            mail,
            role,
            status: Status::Invited,
            created_at: now,
            epoch: 0,
            methods_version: 0,
            groups: BTreeSet::new(),
            default: None,
            password: None,
            password_set_at: None,
        }
    }

    /// Whether it may sign in and hold sessions.
    pub fn is_active(&self) -> bool {
        self.status == Status::Active
    }
}
