//! Sign-in methods: what each proves and how its answer is checked, one file a method, one line in the registry.

pub mod authenticator;
pub mod binding;
pub mod hardware_oath;
pub mod look_up;
pub mod pass;
pub mod passkey;
pub mod recovery_codes;
pub mod rules;
pub mod sent_code;
pub mod telephone;
pub mod totp;

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize};

pub use binding::{Authenticator, Binding, Standing};

use crate::prompts::Prompt;
use crate::secret::Secret;

/// What a successful use proves (NIST SP 800-63B-4 §2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Factor {
    /// Something one knows.
    Knowledge,
    /// Something one has.
    Possession,
    /// Something one is.
    Inherence,
}

/// How much a method is worth, weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// One knows it.
    Knowledge,
    /// One has it.
    Possession,
    /// One has it, and it binds to the site.
    PhishingResistant,
}

/// What the page draws to ask for a method. A new thing to draw adds a variant here and a module in the web app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "asks", rename_all = "snake_case")]
pub enum Asks {
    /// A number on the page, typed on the phone.
    Number,
    /// A code of so many digits, typed on the page.
    Code {
        /// How many.
        digits: u8,
    },
    /// Letters and digits of a secret that was handed out, typed on the page.
    Text,
    /// A passkey, by the browser. One way stands for all that an account has: the browser offers those that are at hand.
    Passkey,
    /// A code that is sent first, then typed on the page.
    Message {
        /// How many digits it has.
        digits: u8,
    },
}

impl Asks {
    /// Whether the page can draw it as soon as it is chosen: nothing has to be sent or begun before.
    pub const fn is_ready(self) -> bool {
        matches!(self, Self::Code { .. } | Self::Text | Self::Passkey)
    }
}

/// What becomes of a method when the member's phone is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whereabouts {
    /// It is a phone: each is one of its own.
    Phone,
    /// It is on the member's phone, as far as anybody can tell.
    OnPhone,
    /// It lies elsewhere.
    Apart,
}

/// Methods that share one limit an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Family {
    /// Authenticators and code generators.
    Authenticators,
    /// Passkeys and security keys.
    Passkeys,
    /// Temporary access passes.
    Passes,
    /// Sets of recovery codes.
    RecoveryCodes,
    /// Phone numbers that codes go to.
    Phones,
}

/// A member's answer, ready to be checked.
#[derive(Debug)]
pub enum Response<'a> {
    /// A typed code.
    Code(&'a Secret<String>),
    /// A typed secret that was handed out, hashed for the binding that it is held against.
    LookUp(&'a look_up::LookedUp),
    /// A typed code that was sent.
    SentCode {
        /// The digits.
        code: &'a Secret<String>,
        /// The sign-in or ceremony that it is typed in.
        flow: &'a str,
    },
    /// A prompt that the phone has answered.
    Prompt(&'a Prompt),
    /// An assertion whose signature is right.
    Assertion(&'a passkey::Asserted),
}

/// What checking an answer says. Nobody learns it before it has been saved on condition.
#[derive(Debug, Clone)]
pub enum Verdict {
    /// Right, once what makes it good once is saved.
    Right(Spend),
    /// Wrong, late, or not an answer to this method.
    Wrong,
}

impl Verdict {
    /// Right, and spent by that mark.
    pub const fn marked(mark: u64) -> Self {
        Self::Right(Spend::Mark { mark, learned: None })
    }

    /// Whether it is right.
    pub const fn is_right(&self) -> bool {
        matches!(self, Self::Right(_))
    }
}

/// What makes an answer good once.
#[derive(Debug, Clone)]
pub enum Spend {
    /// A prompt is spent in the ledger that holds it.
    Prompt,
    /// A number that must exceed the authenticator's own, which it becomes in the consuming write: the time step of a code.
    Mark {
        /// The number.
        mark: u64,
        /// What the method keeps from now on, where the answer taught it something: a signature counter, the drift of a clock.
        learned: Option<Box<Binding>>,
    },
}

/// One kind of method. All that the rest of the house knows of it.
pub trait Method: Send + Sync + fmt::Debug {
    /// Its name in the API.
    fn kind(&self) -> &'static str;
    /// Its title on pages.
    fn title(&self) -> &'static str;
    /// One sentence for the person who chooses.
    fn description(&self) -> &'static str;
    /// What a use proves.
    fn factor(&self) -> Factor;
    /// How much it is worth.
    fn strength(&self) -> Strength;
    /// Whose limit it shares.
    fn family(&self) -> Family;
    /// Whether it is only a spare: offered beside others, never asked first, and no reason to let the last other method go.
    fn is_spare(&self) -> bool {
        false
    }
    /// Whether it goes with the phone.
    fn whereabouts(&self) -> Whereabouts {
        Whereabouts::Apart
    }
    /// Whether it is there only for a while, by an administrator's hand: members do not add it, and it is not among what they have.
    fn is_temporary(&self) -> bool {
        false
    }
    /// Whether binding another one replaces the one before.
    fn renews(&self) -> bool {
        false
    }
    /// Authentication method references (RFC 8176 §2).
    fn amr(&self) -> &'static [&'static str];
    /// What it lacks, in plain words.
    fn lacks(&self) -> &'static [&'static str];
    /// What is drawn to ask for it.
    fn asks(&self, binding: &Binding) -> Asks;
    /// The line below its name in a list.
    fn detail(&self, binding: &Binding) -> String;
    /// Holds an answer against the binding. `secret` is the opened seed of methods that have one.
    fn check(
        &self,
        binding: &Binding,
        secret: Option<&Secret<Vec<u8>>>,
        response: &Response<'_>,
        now: Timestamp,
    ) -> Verdict;
}

/// Every method, strongest first: the order in which they are offered.
pub const REGISTRY: &[&dyn Method] = &[
    &pass::TemporaryAccessPass,
    &passkey::PasskeyMethod,
    &authenticator::AuthenticatorPrompt,
    &hardware_oath::HardwareOath,
    &totp::SoftwareOath,
    &telephone::TEXT_MESSAGE,
    &telephone::VOICE_CALL,
    &recovery_codes::RecoveryCodes,
];

/// The name of a registered method.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct MethodKind(&'static str);

impl MethodKind {
    /// The temporary access pass.
    pub const PASS: Self = Self("pass");
    /// A passkey or security key (WebAuthn).
    pub const PASSKEY: Self = Self("passkey");
    /// The phone that answers with a number.
    pub const AUTHENTICATOR: Self = Self("authenticator");
    /// A token that shows codes, handed out by the organization.
    pub const HARDWARE_OATH: Self = Self("hardware_oath");
    /// A code generator (RFC 6238).
    pub const TOTP: Self = Self("totp");
    /// Codes kept on paper.
    pub const RECOVERY_CODES: Self = Self("recovery_codes");
    /// A code in a text message.
    pub const SMS: Self = Self("sms");
    /// A code that is spoken in a call.
    pub const VOICE: Self = Self("voice");

    /// The registered kind of that name.
    pub fn parse(name: &str) -> Option<Self> {
        REGISTRY
            .iter()
            .find(|method| method.kind() == name)
            .map(|method| Self(method.kind()))
    }

    /// The method.
    pub fn method(self) -> &'static dyn Method {
        REGISTRY
            .iter()
            .copied()
            .find(|method| method.kind() == self.0)
            .unwrap_or(&totp::SoftwareOath)
    }

    /// Its place in the order of strength; 0 is asked first.
    pub fn rank(self) -> usize {
        REGISTRY
            .iter()
            .position(|method| method.kind() == self.0)
            .unwrap_or(usize::MAX)
    }

    /// The name.
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

impl fmt::Debug for MethodKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl<'de> Deserialize<'de> for MethodKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Self::parse(&name).ok_or_else(|| serde::de::Error::custom("not a registered method"))
    }
}

#[cfg(test)]
mod contract;
#[cfg(test)]
pub(crate) mod testing;
