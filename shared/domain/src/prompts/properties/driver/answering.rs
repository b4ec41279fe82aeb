//! The phones' side of the driver: answers of every kind, and answers that arrive twice.

use super::{House, PEPPER, Yes};
use crate::device::claims::{AnswerClaims, Decision, DenyReason};
use crate::device::octets::{Challenge, Digest, MessageId};
use crate::prompts::properties::Say;
use crate::prompts::properties::reference::End;
use crate::prompts::{Answered, number_of};
use crate::secret::Secret;

impl House {
    pub(super) fn answer(&mut self, back: usize, phone: usize, say: Say) {
        let Some(number) = self.prompts.len().checked_sub(back + 1) else {
            return;
        };
        let prompt = &self.prompts[number];
        let (right, by) = (number_of(PEPPER, prompt.id, 2), self.person.authenticators[phone].id);
        let approve = |digits: &str| Decision::Approve {
            number: Secret::new(digits.to_owned()),
        };
        let digits = right.digits().expose();
        let (decision, end) = match say {
            Say::Right => (approve(digits), Some(End::Approved)),
            Say::Wrong => (approve(if digits == "10" { "11" } else { "10" }), Some(End::Mismatched)),
            Say::NotMe => (
                Decision::Deny {
                    reason: DenyReason::NotMe,
                },
                Some(End::NotMe),
            ),
            Say::ChangedMind => (
                Decision::Deny {
                    reason: DenyReason::ChangedMind,
                },
                Some(End::ChangedMind),
            ),
            Say::OtherChallenge | Say::OtherShown => (approve(digits), None),
        };
        let claims = AnswerClaims {
            acc: self.ledger.account,
            prompt: prompt.id,
            challenge: if say == Say::OtherChallenge {
                Challenge::new([0; 32])
            } else {
                prompt.challenge
            },
            decision,
            shown: if say == Say::OtherShown {
                Digest::new([0; 32])
            } else {
                prompt.shown.hash()
            },
            unlocked: true,
            iat: self.second,
            jti: MessageId::draw(&self.entropy),
        };
        let answered = self
            .ledger
            .clone()
            .answer(by, &claims, &right, &self.policy, self.now());
        let expected = self.reference.answer(number, phone, end, self.second);
        assert_eq!(
            answered
                .as_ref()
                .map(|(_, answered)| *answered)
                .map_err(|refusal| *refusal),
            expected.map(told)
        );
        let outcome = answered.as_ref().ok().map(|(_, answered)| *answered);
        if let Ok((ledger, answered)) = answered {
            self.ledger = ledger;
            if answered == Answered::Approved {
                self.yes.insert(claims.prompt, Yes { by, at: self.now() });
            }
        }
        self.said = Some((claims, by, outcome));
    }

    /// An answer that decided gets its outcome as long as its prompt is the last; one that did not decide gets none.
    pub(super) fn again(&self) {
        let Some((claims, _, outcome)) = &self.said else { return };
        let last = self.prompts.last().is_some_and(|prompt| prompt.id == claims.prompt);
        assert_eq!(
            self.ledger.outcome_of(claims.prompt, claims.jti),
            outcome.filter(|_| last)
        );
    }
}

/// As the ledger says it.
fn told(end: End) -> Answered {
    match end {
        End::Approved => Answered::Approved,
        End::Mismatched => Answered::Mismatched,
        End::NotMe => Answered::Denied(DenyReason::NotMe),
        End::ChangedMind => Answered::Denied(DenyReason::ChangedMind),
    }
}
