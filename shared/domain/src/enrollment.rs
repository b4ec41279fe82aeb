//! Enrollment: the ceremony by which an authenticator is bound, tested, and only then counts.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::accounts::Account;
use crate::device::code::PairingCode;
use crate::encoding::{base64url, keyed_hash};
use crate::entropy::{Entropy, Seeded};
use crate::ids::{AccountId, AuthenticatorId, EnrollmentId, PromptId};
use crate::methods::passkey::Attachment;
use crate::methods::sent_code::{Line, SentCode};
use crate::methods::{Authenticator, Binding, MethodKind, Standing};
use crate::names::{MethodName, SerialNumber};
use crate::people::Person;
use crate::policy::Policy;
use crate::refusal::Refusal;

/// Where a ceremony stands.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "snake_case")]
pub enum Stage {
    /// A pairing code is shown; no phone has come yet.
    Pairing,
    /// A phone is bound and has its test prompt.
    Testing {
        /// The pending authenticator.
        authenticator: AuthenticatorId,
        /// Its test prompt.
        prompt: PromptId,
    },
    /// A seed is shown; its first code is awaited.
    Seed {
        /// The seed, sealed and bound to this ceremony.
        sealed_seed: String,
    },
    /// A passkey is asked for.
    Passkey {
        /// The challenge, base64url.
        challenge: String,
        /// Where the authenticator is to be, if it matters.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        attachment: Option<Attachment>,
    },
    /// Recovery codes are shown; one of them is to be typed.
    Codes {
        /// The codes, sealed and bound to this ceremony.
        sealed_codes: String,
    },
    /// The code of a token is awaited. Whether there is such a token is looked up with the code, so that serial numbers cannot be probed.
    Token {
        /// What the member typed.
        serial: SerialNumber,
    },
    /// A code goes to a number; it is awaited.
    Message {
        /// The id that the authenticator will have: its codes' key hangs on it.
        authenticator: AuthenticatorId,
        /// Whether it is spoken in a call.
        spoken: bool,
        /// The number, and the code that went out last.
        line: Line,
        /// Wrong codes so far.
        wrong: u32,
    },
}

/// One ceremony.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Enrollment {
    /// Its id.
    pub id: EnrollmentId,
    /// Whose.
    pub account: AccountId,
    /// What the member wants to call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<MethodName>,
    /// The phone that hands over to the one that is bound, where one does. It, not a page, confirms.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handed_over_by: Option<AuthenticatorId>,
    /// When it began.
    pub created_at: Timestamp,
    /// When it is over.
    pub expires_at: Timestamp,
    /// Raised by each change.
    pub version: u64,
    /// Where it stands.
    #[serde(flatten)]
    pub stage: Stage,
}

/// A pairing code as it is stored: by its keyed hash.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Pairing {
    /// Keyed hash of the code, base64url.
    pub id: String,
    /// The account that showed it.
    pub account: AccountId,
    /// The ceremony that it belongs to.
    pub enrollment: EnrollmentId,
    /// From when on it is dead.
    pub expires_at: Timestamp,
}

/// The key under which a pairing code is kept.
pub fn pairing_id(pepper: &[u8], code: &PairingCode) -> String {
    base64url(keyed_hash(pepper, &[b"pairing", code.canonical().as_bytes()]))
}

impl Enrollment {
    /// Begins a ceremony.
    pub fn begin(
        account: AccountId,
        name: Option<MethodName>,
        stage: Stage,
        policy: &Policy,
        entropy: &dyn Entropy,
        now: Timestamp,
    ) -> Self {
        let expires_at = now.saturating_add(policy.enrollment_lifetime).unwrap_or(now);
        Self {
            id: EnrollmentId::new(now, entropy),
            account,
            name,
            handed_over_by: None,
            created_at: now,
            expires_at,
            version: 0,
            stage,
        }
    }

    /// The same, begun by a phone that hands over.
    #[must_use]
    pub const fn handed_over_by(mut self, phone: AuthenticatorId) -> Self {
        self.handed_over_by = Some(phone);
        self
    }

    /// Whether it can still be finished.
    pub fn is_open(&self, now: Timestamp) -> bool {
        now < self.expires_at
    }

    /// The kind of method that it binds.
    pub const fn kind(&self) -> MethodKind {
        match self.stage {
            Stage::Pairing | Stage::Testing { .. } => MethodKind::AUTHENTICATOR,
            Stage::Seed { .. } => MethodKind::TOTP,
            Stage::Passkey { .. } => MethodKind::PASSKEY,
            Stage::Codes { .. } => MethodKind::RECOVERY_CODES,
            Stage::Token { .. } => MethodKind::HARDWARE_OATH,
            Stage::Message { spoken: false, .. } => MethodKind::SMS,
            Stage::Message { spoken: true, .. } => MethodKind::VOICE,
        }
    }

    /// The pairing code of this ceremony: derived under the pepper, so that a reload shows it again and the database does not know it.
    pub fn pairing_code(&self, pepper: &[u8]) -> PairingCode {
        let seed = keyed_hash(pepper, &[b"pairing-code", self.id.to_string().as_bytes()]);
        PairingCode::generate(&Seeded::new(&base64url(seed)))
    }

    /// When the pairing code is dead.
    pub fn pairing_expires_at(&self, policy: &Policy) -> Timestamp {
        self.created_at
            .saturating_add(policy.pairing_lifetime)
            .unwrap_or(self.created_at)
    }

    /// The row by which the code is found.
    pub fn pairing(&self, pepper: &[u8], policy: &Policy) -> Pairing {
        let id = pairing_id(pepper, &self.pairing_code(pepper));
        Pairing {
            id,
            account: self.account,
            enrollment: self.id,
            expires_at: self.pairing_expires_at(policy),
        }
    }

    /// The same ceremony after another code went out; none if it sends no codes.
    #[must_use]
    pub fn sent(mut self, code: SentCode) -> Option<Self> {
        let Stage::Message { line, .. } = &mut self.stage else {
            return None;
        };
        line.sent = Some(code);
        self.version += 1;
        Some(self)
    }

    /// The same ceremony after one more wrong code; none if it counts none.
    #[must_use]
    pub fn one_more_wrong(mut self) -> Option<Self> {
        let Stage::Message { wrong, .. } = &mut self.stage else {
            return None;
        };
        *wrong = wrong.saturating_add(1);
        self.version += 1;
        Some(self)
    }

    /// The same ceremony, at the test of a phone.
    #[must_use]
    pub fn testing(mut self, authenticator: AuthenticatorId, prompt: PromptId) -> Self {
        self.stage = Stage::Testing { authenticator, prompt };
        self.version += 1;
        self
    }
}

/// A binding that becomes effective, if the account's methods are still those that were read.
#[derive(Debug, Clone)]
#[must_use]
pub struct Activation {
    /// The authenticator, active.
    pub authenticator: Authenticator,
    /// The account as it is saved with it, on the condition that its methods' version is one lower.
    pub account: Account,
    /// Older entries of the same thing, which it replaces.
    pub replaces: Vec<AuthenticatorId>,
}

impl Person {
    /// Decides whether an authenticator that was just used for the first time may count. The limit is tested here again: two ceremonies
    /// may have begun when there was room for one.
    pub fn activate(
        &self,
        authenticator: Authenticator,
        policy: &Policy,
        now: Timestamp,
    ) -> Result<Activation, Refusal> {
        self.activate_over(authenticator, None, policy, now)
    }

    /// The same in place of a phone that hands over: it ends with this, and the new one has what it had. The account is never without it.
    pub fn hand_over(
        &self,
        authenticator: Authenticator,
        from: AuthenticatorId,
        policy: &Policy,
        now: Timestamp,
    ) -> Result<Activation, Refusal> {
        let old = self.authenticator(from).filter(|one| self.can_use(one, policy));
        old.ok_or(Refusal::DeviceRemoved)?;
        self.activate_over(authenticator, Some(from), policy, now)
    }

    fn activate_over(
        &self,
        mut authenticator: Authenticator,
        from: Option<AuthenticatorId>,
        policy: &Policy,
        now: Timestamp,
    ) -> Result<Activation, Refusal> {
        let replaces: Vec<_> = self
            .authenticators
            .iter()
            .filter(|old| Some(old.id) == from || replaced(old, &authenticator))
            .map(|old| old.id)
            .collect();
        if !self.may_use(authenticator.kind()) {
            return Err(Refusal::MethodNotOffered);
        }
        if !self.is_allowed(&authenticator) {
            return Err(Refusal::PasskeyNotAllowed);
        }
        if authenticator.method().is_spare() && !self.has_more_than_spares(policy) {
            return Err(Refusal::MethodNeedsAnother);
        }
        let family = authenticator.method().family();
        let active = self
            .of(family)
            .filter(|one| one.standing == Standing::Active && one.id != authenticator.id);
        if active.filter(|one| !replaces.contains(&one.id)).count() >= policy.most(family) {
            return Err(Refusal::MethodLimitReached);
        }
        authenticator.standing = Standing::Active;
        authenticator.expires_at = None;
        authenticator.last_used_at = Some(now);
        let mut account = self.account.clone();
        account.methods_version += 1;
        let stays = |default| !replaces.contains(&default) && self.authenticator(default).is_some();
        if !authenticator.method().is_spare() && !account.default.is_some_and(stays) {
            account.default = Some(authenticator.id);
        }
        Ok(Activation {
            authenticator,
            account,
            replaces,
        })
    }
}

fn replaced(old: &Authenticator, new: &Authenticator) -> bool {
    match (&old.binding, &new.binding) {
        (Binding::Authenticator(before), Binding::Authenticator(after)) => {
            old.id != new.id && before.installation == after.installation
        }
        (Binding::RecoveryCodes(_), Binding::RecoveryCodes(_)) => old.id != new.id,
        (Binding::Sms(before), Binding::Sms(after)) | (Binding::Voice(before), Binding::Voice(after)) => {
            old.id != new.id && before.number == after.number
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests;
