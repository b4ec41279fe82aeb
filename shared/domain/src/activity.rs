//! Activity: what happened to an account, as its member sees it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::entropy::Entropy;
use crate::ids::{AccountId, ActivityId, SessionId};
use crate::place::Place;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// Somebody signed in, or tried to.
    SignIn,
    /// A prompt went to a phone and ended without a sign-in.
    Prompt,
    /// A passkey's counter did not rise: there may be a copy of it.
    PasskeyCopied,
    /// A method was added.
    MethodAdded,
    /// A method was removed.
    MethodRemoved,
    /// A method got another name.
    MethodRenamed,
    /// Another method is asked first.
    DefaultChanged,
    /// A session was ended by its own browser.
    SignedOut,
    /// A session was ended from elsewhere.
    SessionEnded,
    /// All sessions were ended.
    SignedOutEverywhere,
    /// The password was set.
    PasswordSet,
    /// An administrator disabled the account.
    AccountDisabled,
    /// An administrator enabled it again.
    AccountEnabled,
    /// An administrator made the account or sent a new link.
    Invited,
    /// An administrator issued a temporary access pass.
    PassIssued,
    /// An administrator revoked it.
    PassRevoked,
    /// An administrator changed the account's groups.
    GroupsChanged,
    /// The member, an administrator, changed the organization's policy.
    PolicyChanged,
}

/// How it went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// As it was meant.
    Success,
    /// It was refused.
    Failure,
    /// Neither: something worth knowing.
    Information,
}

/// Whether the number was typed right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NumberMatch {
    /// It was.
    Matched,
    /// It was not.
    Mismatched,
}

/// Who did it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// The member.
    Member,
    /// An administrator.
    Administrator,
}

/// What the member says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Claim {
    /// "This was me."
    Me,
    /// "This wasn't me."
    NotMe,
}

/// The method that was used or changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Used {
    /// Its kind, or `password`.
    pub kind: String,
    /// What the member calls it.
    pub name: String,
}

/// One row of activity. Kept short: it is written at each sign-in and read twenty at a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Its id; sorts by time.
    pub id: ActivityId,
    /// Whose.
    pub account: AccountId,
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: What,
    /// How it went.
    pub outcome: Outcome,
    /// The code of the refusal or the reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// For which app.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub app: Option<String>,
    /// With which method.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used: Option<Used>,
    /// From where and with what.
    #[serde(flatten)]
    pub place: Place,
    /// The session that it opened or ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionId>,
    /// Whether the number matched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number_match: Option<NumberMatch>,
    /// Who did it, where that is not plain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<By>,
    /// What the member says of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim: Option<Claim>,
}

impl Event {
    /// A row that says what happened to whom from where; the rest is added by the methods below.
    pub fn new(
        account: AccountId,
        what: What,
        outcome: Outcome,
        place: Place,
        entropy: &dyn Entropy,
        now: Timestamp,
    ) -> Self {
        Self {
            id: ActivityId::new(now, entropy),
            account,
            at: now,
            what,
            outcome,
            code: None,
            app: None,
            used: None,
            place,
            session: None,
            number_match: None,
            by: None,
            claim: None,
        }
    }

    /// With a reason.
    #[must_use]
    pub fn because(mut self, code: impl Into<String>) -> Self {
        self.code = Some(code.into());
        self
    }

    /// With the method that was used or changed.
    #[must_use]
    pub fn with(mut self, kind: impl Into<String>, name: impl Into<String>) -> Self {
        self.used = Some(Used {
            kind: kind.into(),
            name: name.into(),
        });
        self
    }

    /// With the session that it opened or ended.
    #[must_use]
    pub fn session(mut self, session: SessionId) -> Self {
        self.session = Some(session);
        self
    }

    /// With the app that it was for.
    #[must_use]
    pub fn app(mut self, app: impl Into<String>) -> Self {
        self.app = Some(app.into());
        self
    }

    /// With what became of the number.
    #[must_use]
    pub const fn number(mut self, number_match: NumberMatch) -> Self {
        self.number_match = Some(number_match);
        self
    }

    /// With who did it.
    #[must_use]
    pub const fn by(mut self, by: By) -> Self {
        self.by = Some(by);
        self
    }
}
