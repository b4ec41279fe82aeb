//! An authenticator: one bound thing of an account, with what its method keeps about it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::authenticator::Phone;
use super::hardware_oath::Held;
use super::look_up::Salt;
use super::pass::Pass;
use super::passkey::Passkey;
use super::recovery_codes::CodeSet;
use super::sent_code::Line;
use super::totp::Generator;
use super::{Asks, Method, MethodKind, Response, Spend, Verdict};
use crate::attempts::Attempts;
use crate::ids::{AccountId, AuthenticatorId};
use crate::names::MethodName;
use crate::policy::Policy;
use crate::secret::Secret;

/// What a method keeps about one authenticator. A new method adds its line here.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Binding {
    /// A passkey or security key.
    Passkey(Passkey),
    /// A phone with a key.
    Authenticator(Phone),
    /// A token that shows codes.
    HardwareOath(Held),
    /// A code generator.
    Totp(Generator),
    /// A temporary access pass.
    Pass(Pass),
    /// A set of recovery codes.
    RecoveryCodes(CodeSet),
    /// A number that text messages go to.
    Sms(Line),
    /// A number that is called.
    Voice(Line),
}

impl Binding {
    /// Its kind.
    pub const fn kind(&self) -> MethodKind {
        match self {
            Self::Passkey(_) => MethodKind::PASSKEY,
            Self::Authenticator(_) => MethodKind::AUTHENTICATOR,
            Self::HardwareOath(_) => MethodKind::HARDWARE_OATH,
            Self::Totp(_) => MethodKind::TOTP,
            Self::Pass(_) => MethodKind::PASS,
            Self::RecoveryCodes(_) => MethodKind::RECOVERY_CODES,
            Self::Sms(_) => MethodKind::SMS,
            Self::Voice(_) => MethodKind::VOICE,
        }
    }

    /// The sealed seed of a method that has one; whoever checks an answer opens it.
    pub fn sealed_seed(&self) -> Option<&str> {
        match self {
            Self::HardwareOath(held) => Some(&held.generator.sealed_seed),
            Self::Totp(generator) => Some(&generator.sealed_seed),
            Self::Passkey(_)
            | Self::Authenticator(_)
            | Self::Pass(_)
            | Self::RecoveryCodes(_)
            | Self::Sms(_)
            | Self::Voice(_) => None,
        }
    }

    /// The salt of a method whose secrets are kept by their hashes; whoever checks an answer hashes it with this first.
    pub const fn salt(&self) -> Option<&Salt> {
        match self {
            Self::Pass(pass) => Some(pass.salt()),
            Self::RecoveryCodes(set) => Some(set.salt()),
            _ => None,
        }
    }

    /// When what it opens has to end, where that is earlier than for any session.
    pub const fn ends_at(&self) -> Option<Timestamp> {
        match self {
            Self::Pass(pass) => Some(pass.ends_at),
            _ => None,
        }
    }

    /// How many codes are left, where they are counted.
    pub fn codes_left(&self) -> Option<usize> {
        match self {
            Self::RecoveryCodes(set) => Some(set.left()),
            _ => None,
        }
    }

    /// The passkey, if it is one.
    pub const fn passkey(&self) -> Option<&Passkey> {
        match self {
            Self::Passkey(passkey) => Some(passkey),
            _ => None,
        }
    }

    /// The token of a method that has one. Its row in the inventory changes hands with the authenticator, in the same transaction.
    pub const fn token(&self) -> Option<&Held> {
        match self {
            Self::HardwareOath(held) => Some(held),
            _ => None,
        }
    }

    /// What no other account may bind as well, where there is such a thing. The attack: registering the credential of somebody else, so that
    /// their authenticator signs in to one's own account, or the other way round (WebAuthn Level 3 §7.1, step 26).
    pub fn claim(&self) -> Option<String> {
        self.passkey().map(Passkey::claim)
    }

    /// The phone number of a method that sends codes to one.
    pub const fn line(&self) -> Option<&Line> {
        match self {
            Self::Sms(line) | Self::Voice(line) => Some(line),
            _ => None,
        }
    }
}

/// Whether an authenticator counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Bound, not used yet: proves nothing, and is gone at `expires_at`.
    Pending,
    /// In use.
    Active,
}

/// One bound thing: "this phone", "that code generator".
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Authenticator {
    /// Its id.
    pub id: AuthenticatorId,
    /// Whose it is.
    pub account: AccountId,
    /// What the member calls it.
    pub name: MethodName,
    /// Whether it counts.
    pub standing: Standing,
    /// When it was bound.
    pub added_at: Timestamp,
    /// When it last proved something; for prompts kept to the hour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_used_at: Option<Timestamp>,
    /// When it is gone: a pending one that is not used, a pass.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
    /// Wrong answers.
    #[serde(default)]
    pub attempts: Attempts,
    /// The highest mark that was consumed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<u64>,
    /// What its method keeps.
    pub binding: Binding,
}

impl Authenticator {
    /// A thing that was just bound: it proves nothing until it has been used once.
    pub const fn bound(
        id: AuthenticatorId,
        account: AccountId,
        name: MethodName,
        binding: Binding,
        now: Timestamp,
    ) -> Self {
        Self {
            id,
            account,
            name,
            standing: Standing::Pending,
            added_at: now,
            last_used_at: None,
            expires_at: None,
            attempts: Attempts {
                fails: 0,
                blocked_until: None,
            },
            mark: None,
            binding,
        }
    }

    /// Its kind.
    pub const fn kind(&self) -> MethodKind {
        self.binding.kind()
    }

    /// Its method.
    pub fn method(&self) -> &'static dyn Method {
        self.kind().method()
    }

    /// Whether it can prove anything at all.
    pub fn is_usable(&self, policy: &Policy) -> bool {
        self.standing == Standing::Active && !self.is_disabled(policy)
    }

    /// Whether too many wrong answers have put it out of use until it is bound again.
    pub fn is_disabled(&self, policy: &Policy) -> bool {
        policy
            .code_attempts
            .disable_at
            .is_some_and(|limit| self.attempts.fails >= limit)
    }

    /// Whether it is still waiting for its first use.
    pub fn is_pending(&self, now: Timestamp) -> bool {
        self.standing == Standing::Pending && self.expires_at.is_some_and(|until| until > now)
    }

    /// What is drawn to ask for it.
    pub fn asks(&self) -> Asks {
        self.method().asks(&self.binding)
    }

    /// Holds an answer against it, replays included: a mark that was consumed is wrong.
    pub fn check(&self, secret: Option<&Secret<Vec<u8>>>, response: &Response<'_>, now: Timestamp) -> Verdict {
        match self.method().check(&self.binding, secret, response, now) {
            Verdict::Right(Spend::Mark { mark, .. }) if self.mark.is_some_and(|spent| mark <= spent) => Verdict::Wrong,
            verdict => verdict,
        }
    }
}
