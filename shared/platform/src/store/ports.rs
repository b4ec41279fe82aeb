//! The ports to what is stored: one small trait a verb, split where IAM splits, so that a function's signature says what its role may.
//!
//! "Not there" is `Ok(None)`; a condition that did not hold is a value; `Fault` is what nobody wanted.

mod codes;
mod tokens;

use async_trait::async_trait;
use countersign_domain::accounts::{Account, Status};
use countersign_domain::activity::{Claim, Event};
use countersign_domain::delivery::Channel;
use countersign_domain::device::words::Capabilities;
use countersign_domain::enrollment::{Activation, Enrollment, Pairing};
use countersign_domain::ids::{AccountId, ActivityId, AttemptId, AuthenticatorId, EnrollmentId, SessionId};
use countersign_domain::invitations::Invitation;
use countersign_domain::methods::Authenticator;
use countersign_domain::names::{MethodName, UserName};
use countersign_domain::passwords::Kept;
use countersign_domain::people::Person;
use countersign_domain::prompts::Ledger;
use countersign_domain::removal::Removal;
use countersign_domain::sessions::Session;
use jiff::Timestamp;

use super::KeepPolicy;
use crate::fault::Fault;
pub use codes::{ConsumeCodes, CountGuesses, Reserved, SendCodes, TakeOnce};
pub use tokens::{KeepTokens, Kept as KeptToken, ReadTokens};

/// How a read is made. What decides is read strongly; an eventual read is only for what a conditional write makes true afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consistency {
    /// Sees every write that was confirmed before.
    Strong,
    /// May be a moment old; half the price.
    Eventual,
}

/// What became of a write on condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum Saved {
    /// The condition held, and it is written (also when this very attempt had already won and its reply was lost).
    Won,
    /// Somebody was first: read again and decide again.
    Lost,
}

/// One page of a list.
#[derive(Debug, Clone)]
pub struct Page<T> {
    /// What is on it.
    pub items: Vec<T>,
    /// Where the next one begins; none at the end. Opaque to callers.
    pub next: Option<String>,
}

/// A row of activity about a change, and until when it is kept. It is written with the change or not at all, so that no change is untold.
#[derive(Debug, Clone)]
pub struct Record {
    /// The row.
    pub event: Event,
    /// Until when it is kept.
    pub expires_at: Timestamp,
}

/// Reading people. One query reads a person whole.
#[async_trait]
pub trait ReadPeople: Send + Sync {
    /// A person by account.
    async fn person(&self, account: AccountId, consistency: Consistency) -> Result<Option<Person>, Fault>;
    /// The account of that name (eventually consistent is enough: names never move from one account to another).
    async fn account_named(&self, name: &UserName) -> Result<Option<AccountId>, Fault>;
    /// One authenticator.
    async fn authenticator(
        &self,
        account: AccountId,
        id: AuthenticatorId,
        consistency: Consistency,
    ) -> Result<Option<Authenticator>, Fault>;
}

/// The ledger of prompts.
#[async_trait]
pub trait KeepPrompts: Send + Sync {
    /// An account's ledger; an empty one if it has none.
    async fn ledger(&self, account: AccountId, consistency: Consistency) -> Result<Ledger, Fault>;
    /// Saves it if the stored version is `ledger.version - 1` (or none is stored and `ledger.version` is 1).
    async fn save_ledger(&self, ledger: &Ledger, attempt: AttemptId) -> Result<Saved, Fault>;
}

/// Binding methods. What `tell` says is written with the change.
#[async_trait]
pub trait BindMethods: Send + Sync {
    /// Keeps a pending authenticator; `Lost` if the id is taken.
    async fn bind_pending(&self, authenticator: &Authenticator) -> Result<Saved, Fault>;
    /// Makes it count, in one transaction: the authenticator active (a tested phone if it is still pending and before its end, changed only
    /// in what activation changes; a generator, which was never pending, if its id is free), older ones of the installation gone, the
    /// account's default and methods' version saved (if the version is one lower, the epoch the same and the account active), the ceremony
    /// gone (if it was still there at its version), what it claims claimed (if nobody has). The token of a method that has one is active for
    /// this account (if it was available or kept for it, and its mark is below the authenticator's: one token, one account; one code, one
    /// activation).
    async fn activate(
        &self,
        activation: &Activation,
        ceremony: &Enrollment,
        tell: Option<&Record>,
    ) -> Result<Saved, Fault>;
    /// Whether an account has bound what must be unique over all accounts.
    async fn is_claimed(&self, claim: &str) -> Result<bool, Fault>;
    /// Renames an active authenticator; `Lost` if it is not there.
    async fn rename(
        &self,
        account: AccountId,
        id: AuthenticatorId,
        name: &MethodName,
        tell: Option<&Record>,
    ) -> Result<Saved, Fault>;
    /// Saves another default, if the methods' version is still `methods_version` and that authenticator is there and active.
    async fn save_default(
        &self,
        account: AccountId,
        id: AuthenticatorId,
        methods_version: u64,
        tell: Option<&Record>,
    ) -> Result<Saved, Fault>;
}

/// What a phone may change about its own authenticator.
#[async_trait]
pub trait KeepPhones: Send + Sync {
    /// Saves another push channel, if the authenticator is there and a phone.
    async fn save_channel(&self, account: AccountId, id: AuthenticatorId, channel: &Channel) -> Result<Saved, Fault>;
    /// Saves what its app can do now, if the authenticator is there and a phone.
    async fn save_capabilities(
        &self,
        account: AccountId,
        id: AuthenticatorId,
        capabilities: &Capabilities,
    ) -> Result<Saved, Fault>;
    /// Notes when it was last used, if it is there.
    async fn touch_authenticator(&self, account: AccountId, id: AuthenticatorId, at: Timestamp) -> Result<(), Fault>;
}

/// Removing methods.
#[async_trait]
pub trait RemoveMethods: Send + Sync {
    /// Removes in one transaction: the authenticator (if there) with what it claims, and the account's default and methods' version (if the
    /// version is one lower).
    /// The token of a method that has one is kept for the account from then on, with its mark (if both are as they were read).
    /// What `tell` says is written with it.
    async fn remove(&self, removal: &Removal, tell: Option<&Record>) -> Result<Saved, Fault>;
}

/// Issuing passes. What `tell` says is written with the change.
#[async_trait]
pub trait IssuePasses: Send + Sync {
    /// Keeps a pass in one transaction: the pass (if its id is free), those that it replaces gone, and the account's methods' version (if
    /// the version is one lower, the epoch the same and the account active).
    async fn issue_pass(&self, issue: &Activation, tell: Option<&Record>) -> Result<Saved, Fault>;
    /// Removes a pass in one transaction: the authenticator (if there, and a pass), and the account's methods' version (if one lower).
    async fn revoke_pass(&self, removal: &Removal, tell: Option<&Record>) -> Result<Saved, Fault>;
}

/// Ceremonies and pairing codes.
#[async_trait]
pub trait KeepEnrollments: Send + Sync {
    /// Keeps a new ceremony and, where it has one, its pairing code.
    async fn begin_enrollment(&self, enrollment: &Enrollment, pairing: Option<&Pairing>) -> Result<(), Fault>;
    /// A ceremony, read strongly; expired ones are not filtered.
    async fn enrollment(&self, account: AccountId, id: EnrollmentId) -> Result<Option<Enrollment>, Fault>;
    /// Saves a changed ceremony, if the stored version is one lower.
    async fn save_enrollment(&self, enrollment: &Enrollment) -> Result<Saved, Fault>;
    /// Ends a ceremony that was given up; nothing if it is not there.
    async fn end_enrollment(&self, account: AccountId, id: EnrollmentId) -> Result<(), Fault>;
    /// Takes a pairing code (its keyed hash), once and only before it is dead: the winner gets it, everybody else nothing.
    async fn take_pairing(&self, id: &str, now: Timestamp) -> Result<Option<Pairing>, Fault>;
}

/// Reading sessions.
#[async_trait]
pub trait ReadSessions: Send + Sync {
    /// A session, read strongly: the first request after a revocation fails.
    async fn session(&self, account: AccountId, id: &SessionId) -> Result<Option<Session>, Fault>;
    /// All of an account's, read strongly; expired ones are not filtered.
    async fn sessions(&self, account: AccountId) -> Result<Vec<Session>, Fault>;
    /// Notes that a session was used, if it is still there.
    async fn touch_session(&self, account: AccountId, id: &SessionId, at: Timestamp) -> Result<(), Fault>;
}

/// Opening sessions.
#[async_trait]
pub trait OpenSessions: Send + Sync {
    /// Saves a new session.
    async fn open_session(&self, session: &Session) -> Result<(), Fault>;
}

/// Ending sessions.
#[async_trait]
pub trait EndSessions: Send + Sync {
    /// Ends one; whether it was there.
    async fn end_session(&self, account: AccountId, id: &SessionId) -> Result<bool, Fault>;
    /// Ends many (batches, unprocessed ones again until done).
    async fn end_sessions(&self, account: AccountId, ids: &[SessionId]) -> Result<(), Fault>;
    /// Raises the account's epoch, so that every sign-in under way is void; `Lost` if there is no such account.
    async fn raise_epoch(&self, account: AccountId) -> Result<Saved, Fault>;
}

/// Writing activity. Append only.
#[async_trait]
pub trait RecordActivity: Send + Sync {
    /// Appends a row, kept until `expires_at`. A row of that id that is there stays as it is: it is this one, sent again.
    async fn record(&self, event: &Event, expires_at: Timestamp) -> Result<(), Fault>;
}

/// Reading activity.
#[async_trait]
pub trait ReadActivity: Send + Sync {
    /// A page, newest first, from the row after `after`; eventually consistent, one query. Rows past their `expires_at` are left out.
    async fn activity(
        &self,
        account: AccountId,
        after: Option<ActivityId>,
        limit: u16,
        now: Timestamp,
    ) -> Result<Page<Event>, Fault>;
    /// Keeps what the member says of a row; the row as it is then, or none if there is no such row.
    async fn claim(&self, account: AccountId, id: ActivityId, claim: Claim) -> Result<Option<Event>, Fault>;
}

/// Invitations.
#[async_trait]
pub trait KeepInvitations: Send + Sync {
    /// Keeps a link. For an account, it replaces the one before: the old link is dead (the account's item names its current invitation).
    async fn invite(&self, invitation: &Invitation) -> Result<(), Fault>;
    /// A link by its id, read strongly; expired ones are not filtered; one that was replaced is not there.
    async fn invitation(&self, id: &str) -> Result<Option<Invitation>, Fault>;
    /// Uses a link up and makes the first administrator, in one transaction: link gone (if there and before its end), account and name
    /// kept (if neither is there), the organization marked as set up (if it was not).
    async fn set_up(&self, invitation: &Invitation, first: &Account, now: Timestamp) -> Result<SetUp, Fault>;
    /// Uses a link up and sets a first password, in one transaction: link gone (if there and before its end), account active with its
    /// password (if it was invited).
    async fn enter(
        &self,
        invitation: &Invitation,
        account: AccountId,
        password: &Kept,
        now: Timestamp,
    ) -> Result<Saved, Fault>;
    /// Whether the organization has its first administrator.
    async fn is_set_up(&self) -> Result<bool, Fault>;
}

/// What became of setting up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum SetUp {
    /// Done.
    Done,
    /// The link was used, is too old, or the organization is set up.
    LinkSpent,
    /// Another account has that name.
    NameTaken,
}

/// Administering people. What `tell` says is written with the change.
#[async_trait]
pub trait AdministerPeople: Send + Sync {
    /// A page of accounts by user name, from the one after `after`; eventually consistent, through an index that decides nothing and holds
    /// no passwords, so that `password` is none in each.
    async fn people(&self, after: Option<&str>, limit: u16) -> Result<Page<Account>, Fault>;
    /// Makes an account and its name in one transaction; `Lost` if the name is taken.
    async fn create(&self, account: &Account, tell: Option<&Record>) -> Result<Saved, Fault>;
    /// Moves an account from one status to another and raises its epoch; `Lost` if it does not stand there.
    async fn move_status(
        &self,
        account: AccountId,
        from: Status,
        to: Status,
        tell: Option<&Record>,
    ) -> Result<Saved, Fault>;
}

/// Everything together, for the process that serves all functions and for tests. Functions take the ports they need.
pub trait Store:
    ReadPeople
    + CountGuesses
    + ConsumeCodes
    + SendCodes
    + KeepPrompts
    + BindMethods
    + KeepPhones
    + TakeOnce
    + RemoveMethods
    + IssuePasses
    + KeepEnrollments
    + ReadSessions
    + OpenSessions
    + EndSessions
    + RecordActivity
    + ReadActivity
    + KeepInvitations
    + AdministerPeople
    + KeepPolicy
    + KeepTokens
{
}

impl<T> Store for T where
    T: ReadPeople
        + CountGuesses
        + ConsumeCodes
        + SendCodes
        + KeepPrompts
        + BindMethods
        + KeepPhones
        + TakeOnce
        + RemoveMethods
        + IssuePasses
        + KeepEnrollments
        + ReadSessions
        + OpenSessions
        + EndSessions
        + RecordActivity
        + ReadActivity
        + KeepInvitations
        + AdministerPeople
        + KeepPolicy
        + KeepTokens
{
}
