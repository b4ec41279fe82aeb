//! Number-matching prompts: one open an account, answered once, on the condition that nobody else was first.

mod ledger;
mod number;
#[cfg(test)]
mod properties;

pub use ledger::{Answered, Consumed, Ledger, Opening};
pub use number::{Number, number_of};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::device::claims::DenyReason;
use crate::device::octets::{Challenge, MessageId};
use crate::device::shown::Shown;
use crate::ids::{AuthenticatorId, EnrollmentId, PromptId, SignInId};

/// What a prompt is for. An approval is good for nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "purpose", rename_all = "snake_case")]
pub enum Purpose {
    /// A sign-in, that one.
    SignIn {
        /// Which.
        flow: SignInId,
    },
    /// A sign-in without a password: the number on an unlocked phone is all there is.
    Passwordless {
        /// Which.
        flow: SignInId,
    },
    /// A renewed proof within a session.
    Reauthenticate {
        /// Which.
        flow: SignInId,
    },
    /// The test at enrollment.
    Test {
        /// Which.
        flow: EnrollmentId,
    },
}

impl Purpose {
    /// As the device protocol names it.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::SignIn { .. } => "sign_in",
            Self::Passwordless { .. } => "passwordless",
            Self::Reauthenticate { .. } => "reauthenticate",
            Self::Test { .. } => "test",
        }
    }
}

/// Where a prompt stands. Every state but `Waiting` is final for the phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum State {
    /// For the phone's answer.
    Waiting,
    /// The right number was typed.
    Approved {
        /// Whether the phone says that it was unlocked for it.
        unlocked: bool,
    },
    /// The member said no.
    Denied {
        /// Why.
        reason: DenyReason,
    },
    /// A wrong number was typed.
    Mismatched,
    /// The approval has opened what it was for.
    Consumed,
    /// Nobody answered in time.
    Unanswered,
    /// Its sign-in was finished by another method; it counts for nothing.
    Withdrawn,
}

/// One prompt.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Prompt {
    /// Its id.
    pub id: PromptId,
    /// What it is for.
    #[serde(flatten)]
    pub purpose: Purpose,
    /// The only authenticator that may see and answer it.
    pub authenticator: AuthenticatorId,
    /// 32 random bytes that the answer must sign.
    pub challenge: Challenge,
    /// Digits of the number.
    pub number_length: u8,
    /// Nobody has proven anything yet, and the browser is not one that the member signs in from: no notification is sent, and what is left
    /// unanswered says nothing about the member.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub quiet: bool,
    /// What the phone shows.
    pub shown: Shown,
    /// When it was made.
    pub created_at: Timestamp,
    /// From when on it is dead.
    pub expires_at: Timestamp,
    /// When the phone first fetched it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened_at: Option<Timestamp>,
    /// Where it stands.
    #[serde(flatten)]
    pub state: State,
    /// The `jti` of the answer that decided it: the same answer again gets the same outcome.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<MessageId>,
}

impl Prompt {
    /// Whether it can still be answered.
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.state == State::Waiting && now < self.expires_at
    }

    /// Whether leaving it unanswered, or refusing it, counts towards a pause. A test comes from a person with a fresh proof at the page.
    const fn counts(&self) -> bool {
        !matches!(self.purpose, Purpose::Test { .. })
    }

    /// Whether it was approved and not consumed yet, in its lifetime.
    pub fn is_approved(&self, now: Timestamp) -> bool {
        matches!(self.state, State::Approved { .. }) && now < self.expires_at
    }
}
