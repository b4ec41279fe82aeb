//! Passkeys and security keys (WebAuthn Level 3): a key pair of this site alone, used only after its authenticator has verified the person.

mod aaguid;
mod ceremony;
mod settings;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use aaguid::{Aaguid, InvalidAaguid};
pub use ceremony::{Ceremony, Whom, new_challenge};
pub use settings::{AttestationRule, ListMode, Models, PasskeySettings};

use super::{Asks, Binding, Factor, Family, Method, Response, Spend, Strength, Verdict};
use crate::encoding::{base64url, sha256};
use crate::secret::Secret;

/// Where the authenticator is, as the browser told when it was registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Attachment {
    /// In this device: Windows Hello, Touch ID, Android's screen lock.
    Platform,
    /// Beside it: a security key, a phone.
    CrossPlatform,
}

/// What is kept about a credential.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passkey {
    /// Its id, base64url; at most 1,023 bytes, unique over all accounts.
    pub credential_id: String,
    /// Its public key (COSE), as the platform writes it.
    pub public_key: String,
    /// The model of its authenticator.
    pub aaguid: Aaguid,
    /// The highest signature counter that was seen; 0 where the authenticator has none.
    pub sign_count: u32,
    /// Whether its provider may sync it (BE). It never changes.
    pub backup_eligible: bool,
    /// Whether it is synced now (BS).
    pub backed_up: bool,
    /// How browsers reach it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub transports: Vec<String>,
    /// Where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attachment: Option<Attachment>,
    /// The form of the proof of its model: `none`, `packed`, …
    pub attestation_format: String,
    /// Whether that proof led to a root that the organization trusts.
    #[serde(default)]
    pub attested: bool,
}

/// An assertion of which the platform has found everything right that needs no memory: signature, origin, relying party, type, challenge,
/// user present and verified (WebAuthn Level 3 §7.2, steps 6 to 21).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asserted {
    /// By which credential, base64url.
    pub credential_id: String,
    /// When its challenge was drawn: no two of one account are the same.
    pub challenged_at: Timestamp,
    /// Until when the challenge could be answered.
    pub expires_at: Timestamp,
    /// The signature counter.
    pub sign_count: u32,
    /// BE.
    pub backup_eligible: bool,
    /// BS.
    pub backed_up: bool,
}

impl Asserted {
    /// The time of the challenge as a mark: each authenticator answers a later one each time.
    pub fn mark(&self) -> u64 {
        u64::try_from(self.challenged_at.as_microsecond()).unwrap_or(0)
    }
}

/// What is wrong with an assertion whose signature is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misfit {
    /// It is another credential's.
    Other,
    /// The challenge is too old.
    Late,
    /// The counter did not rise: there may be a copy of the key (§7.2, step 22).
    CounterWentBack,
    /// What it says of being synced cannot be (§7.2, steps 17 and 18).
    BackupImpossible,
}

impl Passkey {
    /// What must be unique over all accounts: the credential's id, hashed to a length that fits a key.
    pub fn claim(&self) -> String {
        base64url(sha256(&self.credential_id))
    }

    /// The passkey as it is after an assertion, or what is wrong with that.
    ///
    /// The attack on the counter: a key that was copied out of its authenticator. Which of the two is the copy cannot be told, so neither is
    /// let in until its counter is ahead, and the member is told. An authenticator without a counter always says 0, which is no sign of
    /// anything.
    pub fn after(&self, asserted: &Asserted, now: Timestamp) -> Result<Self, Misfit> {
        let counts = self.sign_count > 0 || asserted.sign_count > 0;
        if asserted.credential_id != self.credential_id {
            Err(Misfit::Other)
        } else if now >= asserted.expires_at || asserted.challenged_at > now {
            Err(Misfit::Late)
        } else if asserted.backup_eligible != self.backup_eligible || (asserted.backed_up && !asserted.backup_eligible)
        {
            Err(Misfit::BackupImpossible)
        } else if counts && asserted.sign_count <= self.sign_count {
            Err(Misfit::CounterWentBack)
        } else {
            Ok(Self {
                sign_count: asserted.sign_count,
                backed_up: asserted.backed_up,
                ..self.clone()
            })
        }
    }
}

/// The method.
#[derive(Debug)]
pub struct PasskeyMethod;

impl Method for PasskeyMethod {
    fn kind(&self) -> &'static str {
        "passkey"
    }

    fn title(&self) -> &'static str {
        "Passkey or security key"
    }

    fn description(&self) -> &'static str {
        "Your face, fingerprint, PIN or security key. Nothing to type, and no false page can use it."
    }

    fn factor(&self) -> Factor {
        Factor::Possession
    }

    fn strength(&self) -> Strength {
        Strength::PhishingResistant
    }

    fn family(&self) -> Family {
        Family::Passkeys
    }

    /// A key, and somebody who was there. That it is in hardware (`hwk`) is not claimed: a synced one leaves it, and of the others nobody knows
    /// without attestation. `mfa` follows from the user verification.
    fn amr(&self) -> &'static [&'static str] {
        &["swk", "user"]
    }

    fn lacks(&self) -> &'static [&'static str] {
        &["If what holds it is lost, it is lost too. Keep another method."]
    }

    fn asks(&self, _: &Binding) -> Asks {
        Asks::Passkey
    }

    fn detail(&self, binding: &Binding) -> String {
        match binding {
            Binding::Passkey(passkey) if passkey.backup_eligible => "Synced between your devices".to_owned(),
            Binding::Passkey(_) => "Stays on one device".to_owned(),
            _ => String::new(),
        }
    }

    /// The mark is the time of the challenge: an assertion, and any other to the same or an older challenge, is taken once.
    fn check(
        &self,
        binding: &Binding,
        _: Option<&Secret<Vec<u8>>>,
        response: &Response<'_>,
        now: Timestamp,
    ) -> Verdict {
        let (Binding::Passkey(passkey), Response::Assertion(asserted)) = (binding, response) else {
            return Verdict::Wrong;
        };
        match passkey.after(asserted, now) {
            Ok(learned) => Verdict::Right(Spend::Mark {
                mark: asserted.mark(),
                learned: Some(Box::new(Binding::Passkey(learned))),
            }),
            Err(_) => Verdict::Wrong,
        }
    }
}

#[cfg(test)]
mod tests;
