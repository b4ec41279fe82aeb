//! What the service answers, as a phone reads it; unknown members are ignored.

use countersign_domain::device::octets::{Challenge, Digest};
use countersign_domain::device::shown::Shown;
use countersign_domain::ids::{AccountId, AuthenticatorId, EnrollmentId, PromptId};
use jiff::Timestamp;
use serde::Deserialize;

/// What a service says about itself.
#[derive(Debug, Clone, Deserialize)]
pub struct Configuration {
    /// Version of the protocol.
    pub protocol: u32,
    /// The organization's name.
    pub organization: String,
    /// Key that web pushes are signed by (RFC 8292 §3.2), base64url; absent where none are sent.
    #[serde(default)]
    pub vapid_public_key: Option<String>,
    /// What the service can do.
    #[serde(default)]
    pub capabilities: Vec<String>,
    /// Where members find help.
    #[serde(default)]
    pub help_url: Option<String>,
}

/// What pairing bound the phone to.
#[derive(Debug, Clone, Deserialize)]
pub struct Paired {
    /// The account.
    pub account_id: AccountId,
    /// This phone's entry in it.
    pub authenticator_id: AuthenticatorId,
    /// The organization's name.
    pub organization: String,
    /// The member's user name.
    pub user_name: String,
    /// The member's name.
    pub display_name: String,
    /// When the entry that this one replaces was added.
    #[serde(default)]
    pub replaces_added_at: Option<Timestamp>,
}

/// The open prompts, none or one.
#[derive(Debug, Clone, Deserialize)]
pub struct Prompts {
    /// The prompts.
    pub prompts: Vec<Prompt>,
    /// How long to wait before asking again, in milliseconds.
    pub poll_after_ms: u64,
}

/// A prompt that waits for an answer. The number is not here: the member reads it on the sign-in page.
#[derive(Debug, Clone, Deserialize)]
pub struct Prompt {
    /// Its id.
    pub id: PromptId,
    /// What it is for.
    pub purpose: Purpose,
    /// What an answer signs.
    pub challenge: Challenge,
    /// Digits that the member has to type.
    pub number_length: u8,
    /// What the member is shown.
    pub shown: Shown,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it is over.
    pub expires_at: Timestamp,
}

/// What a prompt is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Somebody signs in.
    SignIn,
    /// Somebody signs in without a password: the phone must unlock.
    Passwordless,
    /// Somebody who is signed in confirms an act.
    Reauthenticate,
    /// The phone is being paired.
    Test,
}

/// What became of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The sign-in goes on.
    Approved,
    /// It does not.
    Denied,
}

/// How far a phone's binding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The test prompt is not answered yet.
    Pending,
    /// It signs its member in.
    Active,
}

/// A phone's own entry, as the service keeps it.
#[derive(Debug, Clone, Deserialize)]
pub struct Device {
    /// The account.
    pub account_id: AccountId,
    /// This phone's entry in it.
    pub authenticator_id: AuthenticatorId,
    /// What the member calls it.
    pub name: String,
    /// The organization's name.
    pub organization: String,
    /// The member's user name.
    pub user_name: String,
    /// The member's name.
    pub display_name: String,
    /// How far the binding is.
    pub status: Status,
    /// When it was added.
    pub added_at: Timestamp,
    /// Kind of its push channel.
    pub channel: String,
}

/// A move to a new phone, as the old one sees it.
#[derive(Debug, Clone, Deserialize)]
pub struct HandOver {
    /// Its id.
    pub id: EnrollmentId,
    /// Where it stands.
    pub state: HandOverState,
    /// The pairing code, while it waits for the new phone.
    #[serde(default)]
    pub code: Option<String>,
    /// The digits to type on the new phone, while it is tested.
    #[serde(default)]
    pub number: Option<String>,
    /// The new phone, once it has paired.
    #[serde(default)]
    pub to: Option<NewPhone>,
}

/// Where a move stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HandOverState {
    /// For the new phone to pair.
    Waiting,
    /// For the number on the new phone.
    Testing,
    /// The number was typed: confirm.
    Tested,
    /// It is over.
    Ended,
}

/// The phone that takes another one's place.
#[derive(Debug, Clone, Deserialize)]
pub struct NewPhone {
    /// Its entry.
    pub authenticator_id: AuthenticatorId,
    /// What it calls itself.
    pub model: String,
    /// Thumbprint of its key.
    pub jkt: Digest,
}
