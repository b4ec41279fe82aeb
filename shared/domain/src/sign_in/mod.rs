//! One sign-in, from the password to the session: its states are types, and a step that is done cannot be done again.

pub mod passwordless;
mod return_to;
mod verified;

pub use return_to::ReturnTo;
pub use verified::Verified;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::accounts::Account;
use crate::entropy::Entropy;
use crate::ids::{AccountId, AuthenticatorId, PromptId, SessionId, SignInId};
use crate::methods::{Asks, Authenticator, MethodKind, Spend, Verdict};
use crate::names::{MethodName, UserName};
use crate::people::Person;
use crate::policy::Policy;
use crate::prompts::{Consumed, Purpose, State};
use crate::refusal::Refusal;
use crate::sessions::Proof;

/// What a sign-in is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "aim", rename_all = "snake_case")]
pub enum Aim {
    /// A new session.
    SignIn,
    /// A fresh proof; the session it was asked from is replaced.
    Reauthenticate {
        /// That session.
        session: SessionId,
    },
}

/// The password was right; a second factor is to be chosen.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Choosing {}

/// A prompt is out.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Prompting {
    /// Which.
    pub prompt: PromptId,
    /// To which phone.
    pub way: Way,
    /// Whether its push was handed over.
    pub delivered: bool,
}

/// One way to prove a second factor, as it was when the sign-in began. It is checked again when it is used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Way {
    /// The authenticator.
    pub authenticator: AuthenticatorId,
    /// Its kind.
    pub kind: MethodKind,
    /// What the member calls it.
    pub name: MethodName,
    /// The masked number that a code goes to, where one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Whether its key provably cannot leave its device.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub device_bound: bool,
    /// What is drawn to ask for it.
    #[serde(flatten)]
    pub asks: Asks,
}

impl Way {
    fn of(authenticator: &Authenticator) -> Self {
        Self {
            authenticator: authenticator.id,
            kind: authenticator.kind(),
            name: authenticator.name.clone(),
            number: authenticator.binding.line().map(|line| line.number.masked()),
            device_bound: authenticator.binding.is_device_bound(),
            asks: authenticator.asks(),
        }
    }

    /// As a session lists it.
    pub fn proof(&self) -> Proof {
        Proof {
            authenticator: Some(self.authenticator),
            kind: self.kind.as_str().to_owned(),
            name: self.name.to_string(),
            unlocked: false,
            device_bound: self.device_bound,
        }
    }
}

/// A sign-in whose first factor was proven. It travels sealed in a cookie: nobody can write one, and it is worth nothing without the
/// consuming write of a second factor.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SignIn<S> {
    /// Its id.
    pub id: SignInId,
    /// Whose.
    pub account: AccountId,
    /// The name that was typed.
    pub user_name: UserName,
    /// What for.
    pub aim: Aim,
    /// The account's epoch at the start: signing out everywhere voids sign-ins under way as well.
    pub epoch: u64,
    /// From when on it is void.
    pub expires_at: Timestamp,
    /// Where the person was going.
    pub return_to: Option<ReturnTo>,
    /// What was proven so far.
    pub proofs: Vec<Proof>,
    /// The ways that the account had at the start, the one to ask first at the front: a pass, which nobody issues where another way works.
    pub ways: Vec<Way>,
    /// Where it stands.
    pub state: S,
}

/// A sign-in under way, in whichever state the cookie holds.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "at", rename_all = "snake_case")]
pub enum UnderWay {
    /// To be chosen.
    Choosing(SignIn<Choosing>),
    /// A prompt is out.
    Prompting(SignIn<Prompting>),
}

impl UnderWay {
    /// The same sign-in, back at the choice.
    pub fn choose(self) -> SignIn<Choosing> {
        match self {
            Self::Choosing(sign_in) => sign_in,
            Self::Prompting(sign_in) => sign_in.moved(Choosing {}),
        }
    }

    /// Whether it can still be finished.
    pub const fn expires_at(&self) -> Timestamp {
        match self {
            Self::Choosing(sign_in) => sign_in.expires_at,
            Self::Prompting(sign_in) => sign_in.expires_at,
        }
    }
}

/// What follows when the password was right.
#[derive(Debug)]
pub enum Begun {
    /// A second factor is bound, so it is asked for, whatever policy says.
    SecondFactor(SignIn<Choosing>),
    /// None is bound: a session that can only register one.
    Registration(Verified),
}

/// Begins a sign-in for a person whose password was just found right.
pub fn begin(
    person: &Person,
    aim: Aim,
    return_to: Option<ReturnTo>,
    policy: &Policy,
    entropy: &dyn Entropy,
    now: Timestamp,
) -> Result<Begun, Refusal> {
    if !person.account.is_active() {
        return Err(Refusal::SignInRejected);
    }
    let account = &person.account;
    let sign_in = SignIn {
        id: SignInId::new(now, entropy),
        account: account.id,
        user_name: account.user_name.clone(),
        aim,
        epoch: account.epoch,
        expires_at: now.saturating_add(policy.sign_in_lifetime).unwrap_or(now),
        return_to,
        proofs: vec![Proof::password()],
        ways: ways(person, policy, now),
        state: Choosing {},
    };
    if person.has_second_factor() {
        Ok(Begun::SecondFactor(sign_in))
    } else {
        Ok(Begun::Registration(Verified::by_password(sign_in)))
    }
}

/// The ways of a person, the one to ask first at the front: a pass, then what the account has. All passkeys are one: the browser offers those
/// that are at hand, and the sign-in that travels in a cookie stays small.
fn ways(person: &Person, policy: &Policy, now: Timestamp) -> Vec<Way> {
    let mut ways: Vec<Way> = Vec::new();
    for one in person.passes(policy, now).chain(person.usable(policy)) {
        let again = one.asks() == Asks::Passkey && ways.iter().any(|way| way.asks == Asks::Passkey);
        if !again {
            ways.push(Way::of(one));
        }
    }
    ways
}

impl<S> SignIn<S> {
    fn moved<T>(self, state: T) -> SignIn<T> {
        let Self {
            id,
            account,
            user_name,
            aim,
            epoch,
            expires_at,
            return_to,
            proofs,
            ways,
            ..
        } = self;
        SignIn {
            id,
            account,
            user_name,
            aim,
            epoch,
            expires_at,
            return_to,
            proofs,
            ways,
            state,
        }
    }

    /// The purpose that a prompt of this sign-in has.
    pub const fn purpose(&self) -> Purpose {
        match self.aim {
            Aim::SignIn if self.proofs.is_empty() => Purpose::Passwordless { flow: self.id },
            Aim::SignIn => Purpose::SignIn { flow: self.id },
            Aim::Reauthenticate { .. } => Purpose::Reauthenticate { flow: self.id },
        }
    }

    /// Whether the account is still as it was when the password was checked, as far as that matters.
    pub fn check(&self, account: &Account, now: Timestamp) -> Result<(), Refusal> {
        if now >= self.expires_at || !account.is_active() || account.epoch != self.epoch {
            return Err(Refusal::SignInNotUnderWay);
        }
        Ok(())
    }
}

impl SignIn<Choosing> {
    /// The way of that authenticator, or the first one.
    pub fn way(&self, authenticator: Option<AuthenticatorId>) -> Result<&Way, Refusal> {
        let wanted = |way: &&Way| authenticator.is_none_or(|id| way.authenticator == id);
        self.ways.iter().find(wanted).ok_or(Refusal::MethodNotFound)
    }

    /// A prompt was opened for it.
    pub fn prompted(self, prompt: PromptId, way: Way, delivered: bool) -> SignIn<Prompting> {
        self.moved(Prompting { prompt, way, delivered })
    }

    /// A code was found right, and the write that consumes it was won. The authenticator is as that write left it.
    pub fn proven_by_code(self, authenticator: &Authenticator, verdict: &Verdict) -> Result<Verified, Refusal> {
        match verdict {
            // Without anything before it, a code would be a factor alone.
            Verdict::Right(Spend::Mark { .. }) if authenticator.account == self.account && !self.proofs.is_empty() => {
                Ok(Verified::by(self, Way::of(authenticator).proof()).after(&authenticator.binding))
            }
            _ => Err(Refusal::CodeRejected),
        }
    }
}

impl SignIn<Choosing> {
    /// A passkey's assertion was found right, and the write that consumes its challenge was won.
    pub fn proven_by_passkey(self, authenticator: &Authenticator, verdict: &Verdict) -> Result<Verified, Refusal> {
        self.proven_by_code(authenticator, verdict)
            .map_err(|_| Refusal::PasskeyRejected)
    }
}

impl SignIn<Prompting> {
    /// The phone said yes to this very sign-in, and the write that consumes the approval was won. Whether the phone is still bound is
    /// asked once more after the session is saved ([`Verified::still_holds`]).
    pub fn proven_by_prompt(self, consumed: &Consumed) -> Result<Verified, Refusal> {
        let prompt = &consumed.prompt;
        let fits = prompt.id == self.state.prompt
            && prompt.purpose == self.purpose()
            && prompt.authenticator == self.state.way.authenticator;
        let unlocked = matches!(prompt.state, State::Approved { unlocked: true });
        if fits && consumed.ledger.account == self.account && (unlocked || !self.proofs.is_empty()) {
            let mut proof = self.state.way.proof();
            proof.unlocked = unlocked;
            Ok(Verified::by(self, proof))
        } else {
            Err(Refusal::ChallengeExpired)
        }
    }
}

#[cfg(test)]
mod tests;
