//! The ports in memory, under one lock: for tests of handlers. It keeps the same conditions as the database; the contract suite runs on both.

mod activity;
mod administration;
mod codes;
mod enrollments;
mod guesses;
mod invitations;
mod methods;
mod passes;
mod people;
mod phones;
mod policy;
mod prompts;
mod sendings;
mod sessions;
mod tokens;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use countersign_domain::accounts::Account;
use countersign_domain::activity::Event;
use countersign_domain::enrollment::{Enrollment, Pairing};
use countersign_domain::ids::{AccountId, ActivityId, AttemptId, AuthenticatorId, EnrollmentId, SessionId};
use countersign_domain::invitations::Invitation;
use countersign_domain::methods::Authenticator;
use countersign_domain::methods::rules::MethodsPolicy;
use countersign_domain::names::{SerialNumber, UserName};
use countersign_domain::passwords::Guesses;
use countersign_domain::prompts::Ledger;
use countersign_domain::sessions::Session;
use countersign_domain::tokens::HardwareToken;
use jiff::Timestamp;

use super::Saved;

/// A store that is gone with the process.
#[derive(Debug, Default)]
pub struct MemoryStore(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    set_up: bool,
    methods_policy: MethodsPolicy,
    accounts: BTreeMap<AccountId, Account>,
    names: BTreeMap<UserName, AccountId>,
    authenticators: BTreeMap<(AccountId, AuthenticatorId), Authenticator>,
    /// What is bound and must be unique over all accounts.
    claims: BTreeSet<String>,
    /// Who wrote an authenticator last.
    attempts: BTreeMap<AuthenticatorId, AttemptId>,
    guesses: BTreeMap<(String, &'static str), Guesses>,
    failures: BTreeMap<(String, Timestamp), u32>,
    sendings: BTreeMap<(String, Timestamp), u32>,
    /// The ledgers, and who wrote each last.
    ledgers: BTreeMap<AccountId, (Ledger, AttemptId)>,
    enrollments: BTreeMap<(AccountId, EnrollmentId), Enrollment>,
    pairings: BTreeMap<String, Pairing>,
    /// What is good once, and until when it stays taken.
    taken: BTreeMap<String, Timestamp>,
    sessions: BTreeMap<(AccountId, SessionId), Session>,
    events: BTreeMap<(AccountId, ActivityId), (Event, Timestamp)>,
    tokens: BTreeMap<SerialNumber, HardwareToken>,
    invitations: BTreeMap<String, Invitation>,
    /// Each account's current invitation.
    current: BTreeMap<AccountId, String>,
}

impl MemoryStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

const fn saved(won: bool) -> Saved {
    if won { Saved::Won } else { Saved::Lost }
}
