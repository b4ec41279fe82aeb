//! The ledger of an account's prompts: the open one, the strikes, and until when prompts pause. It is one item; each change is saved on
//! the condition that its version is still the one that was read.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Number, Prompt, Purpose, State};
use crate::device::claims::{AnswerClaims, Decision, DenyReason};
use crate::device::octets::{Challenge, MessageId};
use crate::device::shown::Shown;
use crate::entropy::Entropy;
use crate::ids::{AccountId, AuthenticatorId, PromptId};
use crate::policy::Policy;
use crate::refusal::Refusal;

/// What is asked for when a prompt is opened.
#[derive(Debug, Clone)]
pub struct Opening {
    /// What it is for.
    pub purpose: Purpose,
    /// Who may answer.
    pub authenticator: AuthenticatorId,
    /// What the phone shows.
    pub shown: Shown,
    /// Digits of the number.
    pub number_length: u8,
    /// Whether it is asked by a stranger's browser on a user name alone.
    pub quiet: bool,
}

/// How the phone's answer ended the prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answered {
    /// With the right number.
    Approved,
    /// With a no.
    Denied(DenyReason),
    /// With a wrong number.
    Mismatched,
}

/// The approval of a prompt, taken out of a ledger that is to be saved. It proves nothing until that is saved.
#[derive(Debug, Clone)]
#[must_use]
pub struct Consumed {
    /// The prompt.
    pub prompt: Prompt,
    /// The ledger to save on condition.
    pub ledger: Ledger,
}

/// An account's prompts.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Ledger {
    /// Whose.
    pub account: AccountId,
    /// Raised by each change.
    pub version: u64,
    /// When prompts went wrong lately.
    #[serde(default)]
    pub strikes: Vec<Timestamp>,
    /// Until when no prompt is opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub muted_until: Option<Timestamp>,
    /// The last prompt, open or over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prompt: Option<Prompt>,
}

impl Ledger {
    /// An account's first.
    pub const fn empty(account: AccountId) -> Self {
        Self {
            account,
            version: 0,
            strikes: Vec::new(),
            muted_until: None,
            prompt: None,
        }
    }

    /// The prompt of that id, if it is the last one.
    pub fn prompt(&self, id: PromptId) -> Option<&Prompt> {
        self.prompt.as_ref().filter(|prompt| prompt.id == id)
    }

    /// Until when prompts pause, the one that went unanswered included.
    pub fn muted(&self, policy: &Policy, now: Timestamp) -> Option<Timestamp> {
        let settled = self.clone().settled(policy, now);
        settled.muted_until.filter(|until| *until > now)
    }

    /// Opens a prompt and voids the one before, which counts against the account if nobody had answered it: that is how prompts are
    /// used to wear a person down.
    pub fn open(
        self,
        opening: Opening,
        policy: &Policy,
        entropy: &dyn Entropy,
        now: Timestamp,
    ) -> Result<Self, Refusal> {
        // The attack: voiding a member's prompts, again and again, by nothing but their user name.
        let busy = |prompt: &Prompt| !prompt.quiet && (prompt.is_open(now) || prompt.is_approved(now));
        if opening.quiet && self.prompt.as_ref().is_some_and(busy) {
            return Err(Refusal::ChallengeSuperseded);
        }
        let settled = self.settled(policy, now);
        // A test comes from a person with a fresh proof at the page; it is neither muted nor counted.
        if let Some(until) = settled
            .muted_until
            .filter(|until| *until > now && !matches!(opening.purpose, Purpose::Test { .. }))
        {
            return Err(Refusal::PromptMuted(until));
        }
        let prompt = Prompt {
            id: PromptId::new(now, entropy),
            purpose: opening.purpose,
            authenticator: opening.authenticator,
            challenge: Challenge::draw(entropy),
            number_length: opening.number_length,
            quiet: opening.quiet,
            shown: opening.shown,
            created_at: now,
            expires_at: now.saturating_add(policy.prompt_lifetime).unwrap_or(now),
            opened_at: None,
            state: State::Waiting,
            answer: None,
        };
        Ok(Self {
            prompt: Some(prompt),
            ..settled
        }
        .changed())
    }

    /// Marks the open prompt as fetched by its phone.
    #[must_use]
    pub fn fetched(mut self, now: Timestamp) -> Self {
        if let Some(prompt) = self.prompt.as_mut() {
            prompt.opened_at.get_or_insert(now);
        }
        self.changed()
    }

    /// Takes the phone's answer, whose signature was checked against the authenticator's key. The caller learns the outcome only after
    /// the ledger was saved on condition.
    pub fn answer(
        mut self,
        authenticator: AuthenticatorId,
        claims: &AnswerClaims,
        number: &Number,
        policy: &Policy,
        now: Timestamp,
    ) -> Result<(Self, Answered), Refusal> {
        let prompt = self
            .prompt
            .as_mut()
            .filter(|prompt| prompt.id == claims.prompt)
            .ok_or(Refusal::ChallengeExpired)?;
        if prompt.authenticator != authenticator {
            return Err(Refusal::ChallengeExpired); // somebody else's prompt looks like none
        }
        if !matches!(prompt.state, State::Waiting | State::Unanswered) {
            return Err(Refusal::ChallengeAnswered);
        }
        if prompt.state == State::Unanswered || now >= prompt.expires_at {
            return Err(Refusal::ChallengeExpired);
        }
        if prompt.challenge != claims.challenge || prompt.shown.hash() != claims.shown {
            return Err(Refusal::DeviceSignatureInvalid); // signed over something else than we asked and showed
        }
        let yes = matches!(claims.decision, Decision::Approve { .. });
        if yes && !claims.unlocked && matches!(prompt.purpose, Purpose::Passwordless { .. }) {
            return Err(Refusal::DeviceUnlockRequired); // possession alone would be one factor; the prompt stays open
        }
        let answered = match &claims.decision {
            Decision::Approve { number: typed } if number.matches(typed.expose()) => Answered::Approved,
            Decision::Approve { .. } => Answered::Mismatched,
            Decision::Deny { reason } => Answered::Denied(*reason),
        };
        prompt.answer = Some(claims.jti);
        prompt.state = match answered {
            Answered::Approved => State::Approved {
                unlocked: claims.unlocked,
            },
            Answered::Denied(reason) => State::Denied { reason },
            Answered::Mismatched => State::Mismatched,
        };
        let counts = prompt.counts();
        if answered != Answered::Approved && counts {
            self.strike(now, policy, now);
        }
        if answered == Answered::Denied(DenyReason::NotMe) {
            self.muted_until = now.saturating_add(policy.mute).ok();
        }
        Ok((self.changed(), answered))
    }

    /// What the same answer got before, if it was this one that decided the prompt.
    pub fn outcome_of(&self, prompt: PromptId, jti: MessageId) -> Option<Answered> {
        let prompt = self.prompt(prompt).filter(|prompt| prompt.answer == Some(jti))?;
        match prompt.state {
            State::Approved { .. } | State::Consumed => Some(Answered::Approved),
            State::Denied { reason } => Some(Answered::Denied(reason)),
            State::Mismatched => Some(Answered::Mismatched),
            State::Waiting | State::Unanswered | State::Withdrawn => None,
        }
    }

    /// Takes the approval out, for the purpose it was given. Whoever saves the result is the one whose prompt it was.
    pub fn consume(mut self, id: PromptId, purpose: Purpose, now: Timestamp) -> Result<Consumed, Refusal> {
        let prompt = self
            .prompt
            .as_mut()
            .filter(|prompt| prompt.id == id && prompt.purpose == purpose)
            .ok_or(Refusal::ChallengeSuperseded)?;
        match prompt.state {
            State::Approved { .. } if now < prompt.expires_at => {}
            State::Consumed | State::Withdrawn => return Err(Refusal::ChallengeAnswered),
            State::Denied { .. } => return Err(Refusal::ChallengeDenied),
            State::Mismatched => return Err(Refusal::NumberMismatch),
            State::Approved { .. } | State::Waiting | State::Unanswered => return Err(Refusal::ChallengeExpired),
        }
        let approved = prompt.clone();
        prompt.state = State::Consumed;
        self.strikes.clear();
        self.muted_until = None;
        Ok(Consumed {
            prompt: approved,
            ledger: self.changed(),
        })
    }

    /// Notes that the last prompt's time is over without an answer; `None` if there is nothing to note. Whoever saves it records it.
    pub fn lapse(self, policy: &Policy, now: Timestamp) -> Option<Self> {
        let over = self
            .prompt
            .as_ref()
            .is_some_and(|prompt| prompt.state == State::Waiting && now >= prompt.expires_at);
        over.then(|| self.settled(policy, now).changed())
    }

    /// Takes an unanswered prompt back whose sign-in was finished by another method: the phone shows it no longer, and it is no strike. `None`
    /// where the last prompt is another one's, or is over.
    pub fn withdraw(mut self, purpose: Purpose) -> Option<Self> {
        let prompt = self.prompt.as_mut()?;
        if prompt.purpose != purpose || prompt.state != State::Waiting {
            return None;
        }
        prompt.state = State::Withdrawn;
        Some(self.changed())
    }

    /// The last prompt, if opening another one would leave it unanswered: that is to be recorded with it.
    pub fn unanswered(&self) -> Option<&Prompt> {
        self.prompt.as_ref().filter(|prompt| prompt.state == State::Waiting)
    }

    /// Counts the last prompt as a strike if it was never answered, and forgets strikes that are old.
    fn settled(mut self, policy: &Policy, now: Timestamp) -> Self {
        let Some(prompt) = self.prompt.as_mut().filter(|prompt| prompt.state == State::Waiting) else {
            return self;
        };
        prompt.state = State::Unanswered;
        // A quiet one rang nowhere: that it was not seen is no sign of anything. Counted, a stranger could pause a member's prompts at will.
        let (counts, at) = (prompt.counts() && !prompt.quiet, prompt.expires_at.min(now));
        if counts {
            self.strike(at, policy, now);
        }
        self
    }

    fn strike(&mut self, at: Timestamp, policy: &Policy, now: Timestamp) {
        self.strikes.push(at);
        self.strikes
            .retain(|strike| now.duration_since(*strike) < policy.strike_window);
        if self.strikes.len() >= policy.strikes {
            self.muted_until = at.saturating_add(policy.mute).ok().max(self.muted_until);
            self.strikes.clear();
        }
    }

    const fn changed(mut self) -> Self {
        self.version += 1;
        self
    }
}
